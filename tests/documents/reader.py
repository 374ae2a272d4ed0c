"""Reads a PDF as other programs do: with PDFium, which knows nothing of how it was made."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image


@dataclass(frozen=True)
class ReadPage:
    #: what copying the whole page gives
    text: str
    picture: Image.Image
    #: kind of element → what stands instead of it, in reading order
    elements: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReadPdf:
    title: str
    pages: tuple[ReadPage, ...]
    bookmarks: tuple[str, ...]

    @property
    def text(self) -> str:
        """All pages, without the line breaks of the layout."""
        return "".join(page.text for page in self.pages).replace("\r\n", "").replace("\n", "")

    @property
    def codes(self) -> tuple[str, ...]:
        """What a camera reads from the first page."""
        return tuple(code.text for code in zxingcpp.read_barcodes(self.pages[0].picture))


def read(content: bytes) -> ReadPdf:
    """A whole document."""
    with pypdfium2.PdfDocument(BytesIO(content)) as document:
        return ReadPdf(
            document.get_metadata_value("Title"),
            tuple(_page(page) for page in document),
            tuple(mark.get_title() for mark in document.get_toc()),
        )


def _page(page: pypdfium2.PdfPage) -> ReadPage:
    text = page.get_textpage()
    read = ReadPage(
        text.get_text_range(), page.render(scale=2).to_pil(), tuple(_elements(page.raw))
    )
    text.close()
    page.close()
    return read


def _elements(page: object) -> Iterator[tuple[str, str]]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number))
    pdfium.FPDF_StructTree_Close(tree)


def _walk(element: object) -> Iterator[tuple[str, str]]:
    yield (
        _spelt(pdfium.FPDF_StructElement_GetType, element),
        _spelt(pdfium.FPDF_StructElement_GetAltText, element),
    )
    for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
        if child:
            yield from _walk(child)


def _spelt(ask: object, element: object) -> str:
    size = ask(element, None, 0)  # type: ignore[operator]
    buffer = ctypes.create_string_buffer(size)
    ask(element, buffer, size)  # type: ignore[operator]
    return buffer.raw.decode("utf-16-le").rstrip("\0")
