"""A paper laid out on A4: black on white, room for a punch on the left, as many pages as needed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from portal.documents import pdf
from portal.documents.lines import Line, lines_of, width_of
from portal.documents.paper import Block, Code, Paper, Row, Rows, Table, Text, Title
from portal.documents.pdf import GREY, Document, Element, Page, Properties
from portal.documents.typefaces import EM, Typefaces

#: All lengths are points; 28.35 of them are a centimetre.
LEFT = 62.0
RIGHT = pdf.WIDTH - 48.0
TOP = 48.0
BOTTOM = pdf.HEIGHT - 58.0
LABEL_WIDTH = 150.0
GAP = 12.0
FIGURES_WIDTH = 82.0
CODE_SIDE = 84.0

TEXT = 10.0
SMALL = 8.0
HEADING = 12.0
TITLE = 17.0
LEADING = 1.5
#: Room above and below the text of a row.
PADDING = 4.0
#: A row that is lower than this stays on one page; of a higher one at least so much of it does.
WHOLE = 220.0
PART = 50.0

#: A piece of a cell: a line, its size and how dark it is.
_Piece = tuple[Line, float, float]


def lay_out(paper: Paper, typefaces: Typefaces) -> bytes:
    """The paper as a PDF file."""
    return _Composer(paper, typefaces).compose()


class _Composer:
    """Puts one block under the other and turns the page where it is full."""

    def __init__(self, paper: Paper, typefaces: Typefaces) -> None:
        self._paper = paper
        self._typefaces = typefaces
        self._document = Document(
            Properties(
                f"{paper.kind.text} {paper.title.text}",
                paper.language,
                paper.sender,
                paper.created,
            )
        )
        #: what no typeface has, and kanji that are drawn in another form, in order
        self._missing: dict[str, None] = {}
        self._other_forms: dict[str, None] = {}
        self._page: Page = self._document.new_page()
        self._y = TOP

    def compose(self) -> bytes:
        self._head()
        for block in self._paper.blocks:
            self._block(block)
        notes = self._notes()
        if notes is not None:
            self._block(notes)
        for page in self._document.pages:
            self._foot(page)
        return self._document.to_bytes()

    # Blocks

    def _head(self) -> None:
        """Who sends it, what it is, and the first facts beside the code."""
        paper, root = self._paper, self._document.root
        code = paper.code
        narrow = RIGHT - CODE_SIDE - GAP
        self._write(root.add("P"), self._lines(paper.sender, TEXT, narrow - LEFT), TEXT)
        self._y += 6
        heading = root.add("H1")
        self._document.bookmark(paper.title.text, self._page, TOP)
        kind = self._lines(paper.kind.text, HEADING, narrow - LEFT)
        self._write(heading, kind, HEADING)
        self._beside(heading, paper.kind, narrow - LEFT)
        title = self._lines(paper.title.text, TITLE, narrow - LEFT, bold=True)
        self._write(heading, title, TITLE)
        self._beside(heading, paper.title, narrow - LEFT)
        self._y = max(self._y, self._code(code)) + 10
        self._rows(paper.head)

    def _code(self, code: Code) -> float:
        """The QR code in the upper right corner; where its caption ends."""
        matrix = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
        matrix.add_data(code.address)
        x = RIGHT - CODE_SIDE
        figure = self._document.root.add("Figure", alt=code.alt)
        self._page.squares(matrix.get_matrix(), x, TOP - 12, CODE_SIDE, figure)
        y = TOP - 12 + CODE_SIDE
        caption = self._document.root.add("Caption")
        for line in self._lines(code.caption, SMALL, CODE_SIDE):
            y += SMALL * LEADING
            indent = (CODE_SIDE - width_of(line, SMALL)) / 2
            self._page.text(line, x + indent, y - 3, SMALL, caption, grey=GREY)
        return y

    def _block(self, block: Block) -> None:
        if isinstance(block, Rows):
            self._rows(block)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._paragraph(block)

    def _rows(self, block: Rows) -> None:
        rows = [(row, *self._row_pieces(row)) for row in block.rows]
        needed = _needed(*rows[0][1:]) if rows else 0.0
        table = self._section(block.title, needed).add("Table")
        self._line_across()
        for row, label, answer in rows:
            tr = table.add("TR")
            cells = [
                (LEFT, label, tr.add("TH", scope="Row")),
                (LEFT + LABEL_WIDTH + GAP, answer, tr.add("TD")),
            ]
            self._cells(cells, row.label)

    def _row_pieces(self, row: Row) -> tuple[list[_Piece], list[_Piece]]:
        """The lines of a label and those of its answer."""
        label = self._title_pieces(row.label, LABEL_WIDTH)
        width = RIGHT - LEFT - LABEL_WIDTH - GAP
        text, size = row.text or self._paper.wording.empty, HEADING if row.is_large else TEXT
        lines = self._lines(text, size, width, bold=row.is_large)
        answer = [(line, size, pdf.BLACK if row.text else GREY) for line in lines]
        if row.note:
            answer += [(line, SMALL, GREY) for line in self._lines(row.note, SMALL, width)]
        return label, answer

    def _table(self, block: Table) -> None:
        table = self._section(block.title, PART).add("Table")
        if block.head:
            self._line_across()
            self._figures(table.add("TR"), block.head, "TH", bold=False, size=SMALL)
        self._line_across()
        for row in block.rows:
            self._figures(table.add("TR"), row, "TD", bold=False)
        if block.total:
            self._figures(table.add("TR"), block.total, "TD", bold=True)

    def _figures(
        self, tr: Element, cells: Sequence[str], kind: str, *, bold: bool, size: float = TEXT
    ) -> None:
        """A row whose first cell takes the room that the figures leave."""
        first = RIGHT - LEFT - (len(cells) - 1) * FIGURES_WIDTH - GAP
        placed: list[tuple[float, list[_Piece], Element]] = []
        for at, text in enumerate(cells):
            width = first if at == 0 else FIGURES_WIDTH - 6
            lines = self._lines(text, size, width, bold=bold)
            right = RIGHT - (len(cells) - 1 - at) * FIGURES_WIDTH
            # A figure that needs two lines begins where its longest does.
            x = LEFT if at == 0 else right - max(width_of(line, size) for line in lines)
            cell = tr.add(kind, scope="Column" if kind == "TH" else "")
            placed.append((x, [(line, size, pdf.BLACK) for line in lines], cell))
        self._cells(placed, None)

    def _paragraph(self, block: Text) -> None:
        element = self._section(block.title, TEXT * LEADING).add("P")
        for line in self._lines(block.text, TEXT, RIGHT - LEFT):
            self._write(element, [line], TEXT)

    def _section(self, title: Title | None, needed: float) -> Element:
        """A new section; its heading stays with what follows, which needs so much room."""
        section = self._document.root.add("Sect")
        if title is None:
            return section
        self._make_room(16 + (HEADING + SMALL) * LEADING + 3 + needed)
        self._y += 16
        heading = section.add("H2")
        self._document.bookmark(title.text, self._page, self._y - 4)
        lines = self._lines(title.text, HEADING, RIGHT - LEFT, bold=True)
        self._write(heading, lines, HEADING)
        self._beside(heading, title, RIGHT - LEFT)
        self._y += 3
        return section

    def _notes(self) -> Text | None:
        """What the paper could not draw as it was written."""
        wording = self._paper.wording
        lines = [
            words + " " + ", ".join(_code_points(text) for text in found)
            for words, found in (
                (wording.missing, self._missing),
                (wording.other_form, self._other_forms),
            )
            if found
        ]
        return Text(wording.notes, "\n".join(lines)) if lines else None

    def _foot(self, page: Page) -> None:
        y = pdf.HEIGHT - 36
        page.rule(LEFT, RIGHT, y - 12)
        number = f"{page.number + 1} / {len(self._document.pages)}"
        first, *more = self._lines(self._paper.foot, SMALL, RIGHT - LEFT - 60)
        page.text(self._spread(first, number), LEFT, y, SMALL, None, grey=GREY)
        for at, line in enumerate(more, 1):
            page.text(line, LEFT, y + at * SMALL * 1.3, SMALL, None, grey=GREY)

    def _spread(self, left: Line, right: str) -> Line:
        """One line from margin to margin, with a wide space in it.

        PDFium, which is in Chrome, takes a page whose lines are all short for vertical writing,
        and copies each character on a line of its own. One line across tells it better.
        """
        space, *end = self._typefaces.shape(f" {right}")
        room = (RIGHT - LEFT - width_of((*left, *end), SMALL)) * EM / SMALL
        wide = replace(space, glyphs=(replace(space.glyphs[0], advance=room),))
        return (*left, wide, *end)

    # Lines

    def _lines(self, text: str, size: float, width: float, *, bold: bool = False) -> list[Line]:
        lines = lines_of(self._typefaces, text, size, width, bold=bold)
        for line in lines:
            for cluster in line:
                if cluster.is_missing:
                    self._missing[cluster.text] = None
                elif cluster.has_other_form:
                    self._other_forms[cluster.text] = None
        return lines

    def _write(self, element: Element | None, lines: Sequence[Line], size: float) -> None:
        """Lines under each other from the left margin."""
        for line in lines:
            self._make_room(size * LEADING)
            self._page.text(line, LEFT, self._y + size * 1.15, size, element)
            self._y += size * LEADING

    def _beside(self, element: Element, title: Title, width: float) -> None:
        """The Japanese words under a heading in another language."""
        if title.beside:
            for line in self._lines(title.beside, SMALL, width):
                self._make_room(SMALL * LEADING)
                self._page.text(line, LEFT, self._y + SMALL, SMALL, element, grey=GREY)
                self._y += SMALL * LEADING

    def _title_pieces(self, title: Title, width: float) -> list[_Piece]:
        pieces = [(line, TEXT, GREY) for line in self._lines(title.text, TEXT, width)]
        if title.beside:
            pieces += [(line, SMALL, GREY) for line in self._lines(title.beside, SMALL, width)]
        return pieces

    def _cells(
        self, cells: Sequence[tuple[float, list[_Piece], Element]], label: Title | None
    ) -> None:
        """Cells side by side, line by line; they go on on the next page where this one is full."""
        self._make_room(_needed(*(pieces for _, pieces, _ in cells)))
        self._y += PADDING
        for at, pieces in enumerate(zip_longest(*(pieces for _, pieces, _ in cells))):
            height = max(piece[1] for piece in pieces if piece is not None) * LEADING
            if self._y + height > BOTTOM and at:
                self._new_page()
                self._y += PADDING
                if label is not None:
                    self._continued(label)
            for (x, _, element), piece in zip(cells, pieces, strict=True):
                if piece is not None:
                    line, size, grey = piece
                    self._page.text(
                        line, x, self._y + height / LEADING * 1.15, size, element, grey=grey
                    )
            self._y += height
        self._y += PADDING
        self._line_across()

    def _continued(self, label: Title) -> None:
        """The label again on top of the page; not for screen readers, whose table is one."""
        text = f"{label.text} {self._paper.wording.continued}"
        line = self._lines(text, SMALL, RIGHT - LEFT)[0]
        self._page.text(line, LEFT, self._y + SMALL, SMALL, None, grey=GREY)
        self._y += SMALL * LEADING + 2

    def _line_across(self) -> None:
        self._page.rule(LEFT, RIGHT, self._y)

    def _make_room(self, height: float) -> None:
        if self._y + height > BOTTOM:
            self._new_page()

    def _new_page(self) -> None:
        self._page = self._document.new_page()
        self._y = TOP


def _needed(*cells: Sequence[_Piece]) -> float:
    """The room that has to be left on a page for a row to begin there."""
    whole = max(sum(size * LEADING for _, size, _ in pieces) for pieces in cells)
    return (whole if whole <= WHOLE else PART) + 2 * PADDING


def _code_points(text: str) -> str:
    return "+".join(f"U+{ord(character):04X}" for character in text)
