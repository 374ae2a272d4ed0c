"""Writing a tagged PDF (ISO 32000-1): pages of shaped text and what each piece of it is.

Everything that is drawn either belongs to an element of the structure tree (a heading, a cell of a
table), so that screen readers and copying know the order and the meaning, or is an artifact such
as a line or a page number. Lengths are points; y grows downwards from the top of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from itertools import groupby

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from portal.documents.embedding import EmbeddedFace, Shown
from portal.documents.lines import Line
from portal.documents.typefaces import EM, Face

#: A4, upright.
WIDTH = 595.28
HEIGHT = 841.89

BLACK = 0.1
GREY = 0.38


@dataclass(eq=False)
class Element:
    """A node of the structure tree: ``H1``, ``Table``, ``TD``, ``Figure`` …"""

    kind: str
    alt: str = ""
    #: of a header cell: Row or Column
    scope: str = ""
    #: where a figure stands: left, bottom, right, top in PDF's own coordinates
    box: tuple[float, float, float, float] | None = None
    children: "list[Element | _Mark]" = field(default_factory=list)

    def add(self, kind: str, *, alt: str = "", scope: str = "") -> "Element":
        """A new element at the end of this one."""
        child = Element(kind, alt, scope)
        self.children.append(child)
        return child


@dataclass(frozen=True)
class _Mark:
    """A piece of a page's content that belongs to an element."""

    page: int
    number: int


@dataclass(frozen=True)
class Properties:
    """What is said of the document as a whole."""

    title: str
    #: tag of the language: ja, pt
    language: str
    author: str
    created: datetime


@dataclass(frozen=True)
class _Bookmark:
    title: str
    page: int
    y: float


class Document:
    """A document that is being written."""

    def __init__(self, properties: Properties) -> None:
        self.root = Element("Document")
        self.pages: list[Page] = []
        self._properties = properties
        self._faces: dict[Face, EmbeddedFace] = {}
        self._bookmarks: list[_Bookmark] = []

    def new_page(self) -> "Page":
        page = Page(self, len(self.pages))
        self.pages.append(page)
        return page

    def bookmark(self, title: str, page: "Page", y: float) -> None:
        """An entry in the table of contents beside the pages."""
        self._bookmarks.append(_Bookmark(title, page.number, y))

    def embedded(self, face: Face) -> EmbeddedFace:
        """The part of a face that this document uses."""
        if face not in self._faces:
            self._faces[face] = EmbeddedFace(f"F{len(self._faces) + 1}", face)
        return self._faces[face]

    def to_bytes(self) -> bytes:
        """The whole file."""
        pdf = Pdf.new()
        fonts = Dictionary({f"/{one.name}": one.written(pdf) for one in self._faces.values()})
        for page in self.pages:
            pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            written = pdf.pages[-1].obj
            written.Resources = Dictionary(Font=fonts)
            written.Contents = pdf.make_stream("\n".join(page.operators).encode("ascii"))
            written.StructParents = page.number
            written.Tabs = Name.S
        self._write_structure(pdf)
        self._write_properties(pdf)
        with pdf.open_outline() as outline:
            outline.root += [
                OutlineItem(each.title, each.page, "FitH", top=HEIGHT - each.y)
                for each in self._bookmarks
            ]
        file = BytesIO()
        pdf.save(file, deterministic_id=True)
        return file.getvalue()

    def _write_structure(self, pdf: Pdf) -> None:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        #: the element of each piece of content, by page
        owners: list[dict[int, Object]] = [{} for _ in self.pages]
        root.K = Array([self._write_element(pdf, self.root, root, owners)])
        numbers = Array()
        for page, marks in enumerate(owners):
            numbers.append(page)
            numbers.append(Array([marks[number] for number in sorted(marks)]))
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(owners)
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _write_element(
        self, pdf: Pdf, element: Element, parent: Object, owners: Sequence[dict[int, Object]]
    ) -> Object:
        written = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{element.kind}"), P=parent)
        )
        if element.alt:
            written.Alt = String(element.alt)
        if element.scope:
            written.A = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
        if element.box is not None:
            written.A = Dictionary(O=Name.Layout, BBox=Array([round(x, 2) for x in element.box]))
        kids = Array()
        for child in element.children:
            if isinstance(child, Element):
                kids.append(self._write_element(pdf, child, written, owners))
            else:
                owners[child.page][child.number] = written
                kids.append(
                    Dictionary(Type=Name.MCR, Pg=pdf.pages[child.page].obj, MCID=child.number)
                )
        written.K = kids
        return written

    def _write_properties(self, pdf: Pdf) -> None:
        about = self._properties
        pdf.Root.Lang = String(about.language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = about.title
            metadata["dc:creator"] = [about.author]
            metadata["dc:language"] = {about.language}
            metadata["xmp:CreateDate"] = about.created.isoformat(timespec="seconds")
            metadata["pdf:Producer"] = "Madoguchi"


class Page:
    """One page; what is drawn stands in the order in which it is read."""

    def __init__(self, document: Document, number: int) -> None:
        self.number = number
        self.operators: list[str] = []
        self._document = document
        self._marks = 0

    def text(
        self,
        line: Line,
        x: float,
        y: float,
        size: float,
        element: Element | None,
        *,
        grey: float = BLACK,
    ) -> None:
        """A line with its baseline at ``y``. Without an element it is an artifact."""
        if not line:
            return
        self._open(element)
        self.operators += ["BT", f"{grey} g", f"1 0 0 1 {x:.2f} {HEIGHT - y:.2f} Tm"]
        for face, run in groupby(line, key=lambda cluster: cluster.face):
            embedded = self._document.embedded(face)
            self.operators.append(f"/{embedded.name} {size:g} Tf")
            self._show([embedded.shown(cluster) for cluster in run], size)
        self.operators += ["ET", "EMC"]

    def _show(self, run: Sequence[Shown], size: float) -> None:
        """Clusters of one face. They stay one operator as long as can be: so a reader of the file
        sees a line where there is one.
        """
        pieces: list[str] = []

        def flush() -> None:
            if pieces:
                self.operators.append(f"[{''.join(pieces)}] TJ")
                pieces.clear()

        for shown in run:
            if shown.instead:
                flush()
                spelt = shown.instead.encode("utf-16-be").hex()
                self.operators.append(f"/Span <</ActualText <feff{spelt}>>> BDC")
            for glyph in shown.glyphs:
                if glyph.dy:
                    flush()
                    self.operators.append(f"{glyph.dy * size / EM:.2f} Ts")
                # The numbers of TJ move left, in thousandths of the size.
                before = f"{-glyph.dx:g}" if glyph.dx else ""
                after = f"{glyph.after:g}" if glyph.after else ""
                pieces.append(f"{before}<{glyph.code:04x}>{after}")
                if glyph.dy:
                    flush()
                    self.operators.append("0 Ts")
            if shown.instead:
                flush()
                self.operators.append("EMC")
        flush()

    def rule(self, left: float, right: float, y: float, *, grey: float = 0.75) -> None:
        """A thin line across, which means nothing by itself."""
        self._open(None)
        self.operators += [
            f"{grey} G 0.6 w {left:.2f} {HEIGHT - y:.2f} m {right:.2f} {HEIGHT - y:.2f} l S",
            "EMC",
        ]

    def squares(
        self, matrix: Sequence[Sequence[bool]], x: float, y: float, side: float, element: Element
    ) -> None:
        """A two-dimensional code with its quiet zone; ``x`` and ``y`` are its upper left corner."""
        module = side / len(matrix)
        element.box = (x, HEIGHT - y - side, x + side, HEIGHT - y)
        self._open(element)
        self.operators.append("0 g")
        for row, cells in enumerate(matrix):
            bottom = HEIGHT - y - (row + 1) * module
            self.operators += [
                f"{x + first * module:.3f} {bottom:.3f} {length * module:.3f} {module:.3f} re"
                for first, length in _runs(cells)
            ]
        self.operators += ["f", "EMC"]

    def _open(self, element: Element | None) -> None:
        if element is None:
            self.operators.append("/Artifact BMC")
            return
        mark = _Mark(self.number, self._marks)
        self._marks += 1
        element.children.append(mark)
        self.operators.append(f"/{element.kind} <</MCID {mark.number}>> BDC")


def _runs(cells: Sequence[bool]) -> list[tuple[int, int]]:
    """Dark modules next to each other: where they begin, and how many they are."""
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(cells):
        if not dark:
            continue
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs
