"""What a city knows beside its definitions: 金融機関 with their branches, postcodes of its own.

``banks.csv`` has one row for each branch under a header with at least ``bank_code``, ``bank_name``,
``bank_kana``, ``branch_code``, ``branch_name`` and ``branch_kana``, in any order. ``postcodes.csv``
has ``postcode``, ``prefecture``, ``city`` and ``town``, and adds to Japan Post's table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from foundation.postcodes import Place
from portal.forms import normalise
from portal.forms.csv_rows import Row, read_rows
from portal.forms.problems import Problem

#: The table of banks, below the definitions.
BANKS_FILE = "banks.csv"
#: The table of postcodes that are in no table of Japan Post's, below the definitions.
POSTCODES_FILE = "postcodes.csv"

_PLACE_COLUMNS = ("postcode", "prefecture", "city", "town")
_BANK_COLUMNS = ("bank_code", "bank_name", "bank_kana", "branch_code", "branch_name", "branch_kana")
#: Words that people leave out, or add.
_ENDINGS = re.compile("(銀行|信用金庫|信用組合|農業協同組合|労働金庫|支店|出張所|営業部)$")


@dataclass(frozen=True)
class Branch:
    """支店."""

    #: three digits
    code: str
    name: str
    kana: str


@dataclass(frozen=True)
class Bank:
    """金融機関."""

    #: four digits
    code: str
    name: str
    kana: str
    branches: Mapping[str, Branch]

    def branches_called(self, words: str) -> Sequence[Branch]:
        """The branches that these words may mean: one, several, or none."""
        return _called(words, tuple(self.branches.values()))


@dataclass(frozen=True)
class Directories:
    """What the city knows beside its definitions. Without banks a code is only looked at."""

    banks: Mapping[str, Bank] = field(default_factory=dict)
    #: places by postcode (seven digits) that Japan Post doesn't know
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def banks_called(self, words: str) -> Sequence[Bank]:
        """The banks that these words may mean: one, several, or none."""
        return _called(words, tuple(self.banks.values()))


#: The directories of a city that has none.
NOTHING_KNOWN = Directories()

_Named = TypeVar("_Named", Bank, Branch)


def _called(words: str, entries: Sequence[_Named]) -> Sequence[_Named]:
    """Those of just this name; or else those of this name but for its ending; or its beginning."""
    wanted = normalise.for_search(words)
    if not wanted:
        return ()
    spelled = [
        (entry, normalise.for_search(entry.name), normalise.for_search(entry.kana))
        for entry in entries
    ]
    spellings = {wanted, _ENDINGS.sub("", wanted)}
    return (
        [entry for entry, name, _ in spelled if wanted == name]
        or [entry for entry, name, kana in spelled if spellings & {_ENDINGS.sub("", name), kana}]
        or [entry for entry, name, kana in spelled if name.startswith(wanted)]
    )


def read_directories(root: Path) -> tuple[Directories, list[Problem]]:
    """The tables of a city, and what is wrong with them; what it doesn't have is empty."""
    banks, problems = _read_banks(root / BANKS_FILE)
    places, wrong = _read_places(root / POSTCODES_FILE)
    return Directories(banks, places), [*problems, *wrong]


def _read_places(file: Path) -> tuple[Mapping[str, tuple[Place, ...]], list[Problem]]:
    places: dict[str, tuple[Place, ...]] = {}
    rows, problems = _rows(file, _PLACE_COLUMNS)
    for row in rows:
        written = row.cell("postcode")
        code = written.replace("-", "")
        if not re.fullmatch("[0-9]{7}", code):
            problems.append(Problem(file, row.line, f"postcode {written!r}", "seven digits"))
            continue
        place = Place(*(row.cell(column) for column in ("prefecture", "city", "town")))
        places[code] = (*places.get(code, ()), place)
    return places, problems


def _read_banks(file: Path) -> tuple[Mapping[str, Bank], list[Problem]]:
    names: dict[str, tuple[str, str]] = {}
    branches: dict[str, dict[str, Branch]] = {}
    rows, problems = _rows(file, _BANK_COLUMNS)
    for row in rows:
        bank, branch = row.cell("bank_code"), row.cell("branch_code")
        if not re.fullmatch("[0-9]{4}", bank) or not re.fullmatch("[0-9]{3}", branch):
            found = f"bank {bank!r}, branch {branch!r}"
            right = "codes of four and of three digits"
            problems.append(Problem(file, row.line, found, right))
            continue
        names.setdefault(bank, (row.cell("bank_name"), row.cell("bank_kana")))
        known = branches.setdefault(bank, {})
        known[branch] = Branch(branch, row.cell("branch_name"), row.cell("branch_kana"))
    return {code: Bank(code, *names[code], branches[code]) for code in names}, problems


def _rows(file: Path, columns: Sequence[str]) -> tuple[list[Row], list[Problem]]:
    """The rows of a table that a city may have."""
    rows = read_rows(file, columns) if file.exists() else []
    return ([], [rows]) if isinstance(rows, Problem) else (rows, [])
