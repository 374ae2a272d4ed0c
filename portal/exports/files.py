"""Tables as the files of one ZIP archive: CSV, and everything once more as JSON lines.

JSON (UTF-8) holds every character as it was written. A CSV file in Shift_JIS can't hold all: what
it lacks stands as 〓, and the row's last column says which characters of which column that are.
"""

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from foundation.clock import jst
from portal.exports.columns import Table
from portal.exports.head import Exported

Encoding = Literal["utf-8", "shift_jis"]

#: What Python calls them. Windows' Shift_JIS has 髙, 﨑 and ①; the byte order mark tells
#: spreadsheets that a file is UTF-8.
_CODECS: Final = {"utf-8": "utf-8-sig", "shift_jis": "cp932"}

#: 外字: the last column of a table in Shift_JIS.
UNMAPPED: Final = "外字"
_GETA = "〓"

#: Signs for which Windows' Shift_JIS has another code point of the same look (JIS X 0208).
_SAME_LOOK: Final = str.maketrans(
    {"〜": "～", "−": "－", "‖": "∥", "—": "―", "¢": "￠", "£": "￡", "¬": "￢", "¥": "￥"}
)

#: A spreadsheet would run a text that begins like this as a formula; numbers don't.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s().-]*$)")


@dataclass(frozen=True)
class Archive:
    """The ZIP file of an export."""

    content: bytes
    #: cells with characters that the encoding lacks
    unmapped: int


def archive(
    tables: Sequence[Table], applications: Sequence[Exported], encoding: Encoding, now: datetime
) -> Archive:
    """All files. The first is one row for each application, ``.jsonl`` the same in full."""
    content = io.BytesIO()
    unmapped = 0
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:

        def add(name: str, data: bytes) -> None:
            target.writestr(zipfile.ZipInfo(name, jst(now).timetuple()[:6]), data)

        for table in tables:
            data, lacking = csv_file(table, encoding)
            unmapped += lacking
            add(f"{table.id}.csv", data)
        add("applications.jsonl", json_lines(applications))
    return Archive(content.getvalue(), unmapped)


def json_lines(applications: Sequence[Exported]) -> bytes:
    """One application a line."""
    lines = (json.dumps(each.document, ensure_ascii=False) + "\n" for each in applications)
    return "".join(lines).encode()


def csv_file(table: Table, encoding: Encoding) -> tuple[bytes, int]:
    """A table as CSV (RFC 4180), and how many of its cells lack a character."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if encoding == "utf-8":
        writer.writerow(table.columns)
        writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
        return text.getvalue().encode(_CODECS[encoding]), 0
    lacking = 0
    names = [_mapped(name)[0] for name in table.columns]
    writer.writerow([*names, UNMAPPED])
    for row in table.rows:
        mapped = [_mapped(cell) for cell in row]
        missing = {name: lost for name, (_, lost) in zip(names, mapped, strict=True) if lost}
        lacking += len(missing)
        said = "; ".join(f"{name}: {' '.join(lost)}" for name, lost in missing.items())
        writer.writerow([*(_harmless(cell) for cell, _ in mapped), said])
    return text.getvalue().encode(_CODECS[encoding]), lacking


def _mapped(text: str) -> tuple[str, list[str]]:
    """A text with what Shift_JIS has, and the code points for which it has nothing.

    Of a kanji with a selector of its form the kanji stays.
    """
    mapped: list[str] = []
    lost: list[str] = []
    for character in text.translate(_SAME_LOOK):
        try:
            character.encode(_CODECS["shift_jis"])
        except UnicodeEncodeError:
            lost.append(f"U+{ord(character):04X}")
            if unicodedata.category(character) not in ("Mn", "Cf"):
                mapped.append(_GETA)
        else:
            mapped.append(character)
    return "".join(mapped), lost


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
