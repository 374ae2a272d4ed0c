"""The example of the authors' guide is true: it checks clean, and what is said of it holds."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from portal.config import ROOT
from portal.forms import Context, DefinitionErrors, Procedure, load_catalogue
from portal.forms.scaffold import file_of
from portal.forms.statistics import Statistics, statistics

GUIDE = ROOT / "docs" / "authors.md"
NAME = "daily.bicycle-parking"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The sample city with the example among its procedures."""
    folder = Path(shutil.copytree(ROOT / "forms_defs", tmp_path / "defs"))
    found = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    file = folder / file_of(NAME)
    file.parent.mkdir(exist_ok=True)
    file.write_text(found[1], encoding="utf-8")
    return folder


@pytest.fixture
def example(city: Path) -> Procedure:
    return load_catalogue(city).procedures[NAME]


def test_nothing_is_typed(example: Procedure) -> None:
    figures = statistics(example, date(2026, 11, 20))
    assert isinstance(figures, Statistics) and figures.characters == 0


@pytest.mark.parametrize(
    ("answers", "yen"),
    [
        ({"park": "east", "vehicle": "bicycle", "months": 1, "student": False}, 2000),
        ({"park": "west", "vehicle": "moped", "months": 6, "student": False}, 16200),
        ({"park": "east", "vehicle": "bicycle", "months": 3, "student": True}, 3000),
    ],
)
def test_it_costs_what_it_says(example: Procedure, answers: dict[str, object], yen: int) -> None:
    card = [{"id": "1", "filename": "a.png", "size": 1, "media_type": "image/png"}]
    proof = {"student_card": card} if answers["student"] else {}
    price = example.price({**answers, **proof}, Context(today=date(2026, 11, 20)))
    assert price.total == yen


def test_a_missing_price_is_named(city: Path) -> None:
    file = city / file_of(NAME)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("moped: {west: 3000}", "moped: {east: 3000}"), encoding="utf-8")
    with pytest.raises(DefinitionErrors) as errors:
        load_catalogue(city)
    assert any("west" in str(problem) for problem in errors.value.problems)
