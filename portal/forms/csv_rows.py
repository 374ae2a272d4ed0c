"""Tables that offices keep in Excel: CSV in UTF-8 with a header."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.forms.problems import Problem


@dataclass(frozen=True)
class Row:
    """One row: cells by column, without the empty ones."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """What stands in a column; "" for nothing."""
        return self.cells.get(column, "")


def read_rows(file: Path, columns: Sequence[str] = ()) -> list[Row] | Problem:
    """The rows of a file that has at least these columns, or what is wrong with it."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                right = f"the columns {', '.join(columns)}"
                return Problem(file, 1, f"no column “{missing[0]}”", right)
            return [
                Row(reader.line_num, {k: v.strip() for k, v in row.items() if k and v})
                for row in reader
            ]
    except (UnicodeDecodeError, csv.Error) as error:
        return Problem(file, 1, f"not a CSV file in UTF-8: {error}", "save it as CSV UTF-8")
