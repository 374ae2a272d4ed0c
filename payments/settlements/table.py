"""CSV as it comes from outside: encodings, BOM, quoted newlines, and lines that are broken.

A stray quotation mark must not swallow the rest of the file, so records are cut here, line by
line, and only then given to the csv module.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foundation.wording import N_, Message
from payments.settlements.values import LineError, shortened

#: A record with quoted newlines may span this many lines; more is a quotation mark left open.
LONGEST_RECORD = 20

#: Damaged bytes, and control characters, which no export writes and no database keeps.
_DAMAGED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Row:
    """One record: the line where it begins, and its cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A decoded CSV whose header is known."""

    header: Sequence[str]
    lines: Sequence[str]

    def rows(self) -> Iterator[Row | LineError]:
        """Every record after the header; what is no record is an error of its first line."""
        index = 1
        while index < len(self.lines):
            if not self.lines[index].strip():
                index += 1
                continue
            first = index
            cells, after = _record(self.lines, index)
            if cells is not None and len(cells) == len(self.header):
                index = after
                if any(map(_DAMAGED.search, cells)):
                    yield _undecodable(first + 1, cells)
                    continue
                yield Row(first + 1, dict(zip(self.header, cells, strict=True)))
            else:
                yield self._broken(index, cells)
                index += 1

    def _broken(self, index: int, cells: list[str] | None) -> LineError:
        if cells is None:
            return LineError(
                index + 1,
                N_("行"),
                shortened(self.lines[index]),
                Message(N_('引用符(")が閉じている必要があります。')),
            )
        return LineError(
            index + 1,
            N_("列の数"),
            str(len(cells)),
            Message(N_("%(right)s列である必要があります。"), {"right": len(self.header)}),
        )


def candidates(content: bytes) -> Iterator[Table]:
    """The content as a table in each encoding that could be meant, the likeliest first.

    Valid UTF-8 with characters beyond ASCII is practically never Shift_JIS. After the strict
    readings come lenient ones, in which a damaged byte becomes U+FFFD and spoils its own line
    alone.
    """
    for encoding, errors in (
        ("utf-8-sig", "strict"),
        ("cp932", "strict"),
        ("utf-8-sig", "replace"),
        ("cp932", "replace"),
    ):
        try:
            text = content.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        lines = _LINE_END.split(text)
        header, _ = _record(lines, 0)
        if header is not None:
            yield Table(tuple(name.strip() for name in header), lines)


def _undecodable(line: int, cells: Sequence[str]) -> LineError:
    found = next(cell for cell in cells if _DAMAGED.search(cell))
    return LineError(
        line, N_("文字"), shortened(found), Message(N_("文字コードが壊れていない必要があります。"))
    )


def _record(lines: Sequence[str], start: int) -> tuple[list[str] | None, int]:
    """The cells of the record that begins at this line, and the index after it.

    None where a quotation mark is not closed within LONGEST_RECORD lines.
    """
    text = lines[start]
    after = start + 1
    while text.count('"') % 2:
        if after >= len(lines) or after - start >= LONGEST_RECORD:
            return None, start + 1
        text += "\n" + lines[after]
        after += 1
    try:
        cells = next(csv.reader([text], strict=True), [])
    except csv.Error:
        return None, start + 1
    return cells, after
