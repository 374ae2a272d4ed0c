"""Files are looked at from the inside: locked, active, swelling and damaged ones are refused."""

import struct
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.applications.upload_checks import Unwelcome, media_type_of, unwelcome
from tests.support.papers import pdf, picture, saved

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
LOCK = pikepdf.Encryption(user="x", owner="y")


def _with(change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        return saved(document, **options)


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    document.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)]
    )


def _attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


def _png(width: int, height: int, data: bytes = b"\x78\x9c") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(pdf(), PDF), (picture("PNG"), PNG), (picture("JPEG"), JPEG), (picture("PNG", (900, 1)), PNG)],
)
def test_ordinary_files_are_welcome(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type
    assert unwelcome(content, media_type) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_with(_script), Unwelcome.ACTIVE),
        # The same inside a packed object stream, where no search for a word would find it.
        (_with(_script, object_stream_mode=pikepdf.ObjectStreamMode.generate), Unwelcome.ACTIVE),
        (_with(_launch), Unwelcome.ACTIVE),
        (_with(_attachment), Unwelcome.ACTIVE),
        (_with(lambda _: None, encryption=LOCK), Unwelcome.ENCRYPTED),
        (b"%PDF-1.7\n%%EOF\n", Unwelcome.DAMAGED),
        (pdf()[:200], Unwelcome.DAMAGED),
        (_png(20_000, 20_000), Unwelcome.TOO_MANY_PIXELS),
        (_png(40_000, 1), Unwelcome.TOO_MANY_PIXELS),
        (_png(0, 5), Unwelcome.DAMAGED),
        (picture("PNG")[:40], Unwelcome.DAMAGED),
        (picture("JPEG")[:30], Unwelcome.DAMAGED),
    ],
)  # fmt: skip
def test_others_are_refused_with_their_reason(content: bytes, reason: Unwelcome) -> None:
    media_type = media_type_of(content)
    assert media_type is not None
    assert unwelcome(content, media_type) is reason


def test_what_swells_is_refused() -> None:
    swelling = zlib.compress(b"\0" * (600 * 1024 * 1024), 9)
    assert len(swelling) < 1024 * 1024
    assert unwelcome(_png(1000, 1000, swelling), PNG) is Unwelcome.BOMB
    stream = b"%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n" + swelling
    assert unwelcome(stream, PDF) is Unwelcome.BOMB


@pytest.mark.parametrize(
    "content",
    [b"", b"<script>", b"PK\x03\x04", b"MZ\x90", b"GIF89a", b" %PDF-1.7", b"\x89PNG\n"],
)
def test_a_name_makes_no_type(content: bytes) -> None:
    assert media_type_of(content) is None


@given(
    beginning=st.sampled_from([b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", pdf()[:300]]),
    rest=st.binary(max_size=200),
)
def test_no_bytes_raise(beginning: bytes, rest: bytes) -> None:
    content = beginning + rest
    media_type = media_type_of(content)
    assert media_type is not None
    unwelcome(content, media_type)
