"""Figures are kept by name; those of cases that did not run stay."""

import json
from pathlib import Path

from benchmarks.figures import Figure, table, write


def test_figures_of_other_cases_stay(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write(path, [Figure("a", 1.5, "×", "b"), Figure("c", 2, "requests/s")])
    write(path, [Figure("a", 1.75, "×", "b")])
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "a": {"value": 1.75, "unit": "×", "compared_to": "b"},
        "c": {"value": 2, "unit": "requests/s", "compared_to": None},
    }


def test_the_table_names_what_is_compared() -> None:
    assert table([Figure("a", 1.5, "×", "b")]).splitlines()[-1].split() == ["a", "1.50", "×", "b"]
