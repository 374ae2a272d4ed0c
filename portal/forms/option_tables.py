"""Options from a table with codes: a list in a YAML file, or a CSV file with a header."""

import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from portal.forms.csv_rows import Row, read_rows
from portal.forms.fields import Option, OptionsTable
from portal.forms.problems import Problem, suggest
from portal.forms.source import load

_OPTION = TypeAdapter(Option)
_COLUMN = re.compile(r"\{([A-Za-z_][\w-]*)\}")
#: What would end the text that a column stands in.
_UNQUOTABLE = re.compile(r'["\'\\\n\r]')


def read_options(root: Path, table: OptionsTable) -> list[dict[str, Any]] | Problem:
    """The options of a table below the definitions, or what is wrong with it."""
    file = root / table.file
    if not file.is_file():
        there = sorted(
            str(each.relative_to(root)) for each in root.glob("**/*") if each.suffix == file.suffix
        )
        return Problem(file, 1, "there is no such file", suggest(table.file, there))
    rows = read_rows(file) if file.suffix == ".csv" else _yaml_rows(file)
    if isinstance(rows, Problem):
        return rows
    columns = {name for row in rows for name in row.cells}
    named = [table.value, table.label, *([table.help] if table.help else []), *table.only]
    for name in (*named, *_COLUMN.findall(table.when or "")):
        if name not in columns:
            return Problem(file, 1, f"no column “{name}”", suggest(name, columns))
    options = []
    for row in rows:
        if any(row.cells.get(name) != value for name, value in table.only.items()):
            continue
        option = _option(row, table)
        try:
            _OPTION.validate_python(option)
        except ValidationError as error:
            detail = error.errors()[0]
            found = f"“{detail['loc'][0]}” is {detail['input']!r}"
            return Problem(file, row.line, found, detail["msg"])
        used = (row.cell(name) for name in _COLUMN.findall(table.when or ""))
        if any(_UNQUOTABLE.search(cell) for cell in used):
            found = "a quotation mark or a backslash in a column that “when” names"
            return Problem(file, row.line, found, "a code without these")
        options.append(option)
    if not options:
        return Problem(file, 1, "no row that fits", "at least one")
    return options


def _option(row: Row, table: OptionsTable) -> dict[str, Any]:
    option = {
        "value": row.cell(table.value),
        "label": row.cell(table.label),
        "help": (row.cell(table.help) or None) if table.help else None,
        "when": _COLUMN.sub(lambda found: row.cell(found[1]), table.when) if table.when else None,
    }
    return {key: value for key, value in option.items() if value is not None}


def _yaml_rows(file: Path) -> list[Row] | Problem:
    source = load(file)
    if isinstance(source, Problem):
        return source
    if source.slips:
        return source.slips[0]
    content = source.content
    entries = content.get(file.stem) if isinstance(content, dict) else content
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return source.problem((), f"no list “{file.stem}:”", f"“{file.stem}:” and entries under it")
    start = (file.stem,) if isinstance(content, dict) else ()
    return [
        Row(
            source.line((*start, number)),
            {str(key): str(value) for key, value in entry.items() if value is not None},
        )
        for number, entry in enumerate(entries)
    ]
