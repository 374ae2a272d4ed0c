"""Small files as people attach them, real enough for whoever looks inside."""

from io import BytesIO

import pikepdf
from PIL import Image


def pdf() -> bytes:
    """One empty page."""
    with pikepdf.new() as document:
        document.add_blank_page()
        return saved(document)


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    """The bytes of a document."""
    stream = BytesIO()
    document.save(stream, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (20, 10)) -> bytes:
    """A grey picture."""
    stream = BytesIO()
    Image.new("L", size, 128).save(stream, kind)
    return stream.getvalue()
