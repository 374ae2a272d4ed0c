"""What stands on a paper, as frozen values in the words of its reader."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Title:
    """A heading; ``beside`` is the same in Japanese, for staff to whom the paper is shown."""

    text: str
    beside: str = ""


@dataclass(frozen=True)
class Row:
    """One answer or fact."""

    label: Title
    #: may hold line breaks
    text: str
    #: smaller, after the text: カードから
    note: str = ""
    #: the text is large, to be read out over the phone
    is_large: bool = False


@dataclass(frozen=True)
class Rows:
    """Facts under each other, each with its label; without a title they belong to the head."""

    title: Title | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """Rows with the same columns; all but the first column are figures, to the right."""

    title: Title
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    #: the last row, in bold
    total: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    title: Title | None
    text: str


Block = Rows | Table | Text


@dataclass(frozen=True)
class Code:
    """A QR code: the address that it leads to, what stands under it, and what it is called."""

    address: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Wording:
    """The few words that only the layout knows that it needs."""

    #: after a label that goes on on the next page
    continued: str
    #: for an answer that was left empty
    empty: str
    #: before the code points for which 〓 stands
    missing: str
    #: before the code points of kanji whose form isn't the one asked for
    other_form: str
    #: what characters stand for in the list of them: its heading
    notes: Title


@dataclass(frozen=True)
class Paper:
    """A whole paper."""

    #: tag of its language: ja, pt
    language: str
    #: the city
    sender: str
    #: what it is: 申請書（控え）
    kind: Title
    #: of what: 住民票の写しの交付請求
    title: Title
    created: datetime
    #: first on the paper, beside the code
    head: Rows
    code: Code
    blocks: tuple[Block, ...]
    #: at the foot of every page, on the left; the page's number is on the right
    foot: str
    wording: Wording
