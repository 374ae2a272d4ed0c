"""Every sentence about a mistake is known in Japanese, and tells what the English one does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from portal.forms.city import Accounts, City
from portal.forms.cli import forms
from portal.forms.definition import ProcedureDefinition
from portal.forms.facility import FacilityDefinition
from portal.forms.problems import Problem
from portal.forms.problems_told import CATALOGUE, in_japanese, sentences, told_in_japanese
from portal.forms.tables import TablesFile
from portal.forms.validation import PATTERNS
from tests.forms.city import HEAD, write_city

#: Shapes whose own complaints pydantic hands on, and words that others put together.
_WORDS = ("facility", "fees", "fields", "miswritten", "slips", "trials")
#: The modules that find mistakes.
MODULES = sorted(
    {*_WORDS, "problems"}
    | {
        file.stem
        for file in CATALOGUE.parent.glob("*.py")
        if "from portal.forms.problems import" in file.read_text(encoding="utf-8")
    }
    - {"__init__", "cli", "problems_told", "spoken"}
)
#: What looks like a sentence and isn't told to anybody.
SILENT = ("ERROR: <input>", "Value error, ", "No such overload", "needs whole numbers")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")


def _written(module: str) -> Iterator[str]:
    """The sentences of a module, with ``{}`` for what is filled in."""
    tree = ast.parse(CATALOGUE.with_name(f"{module}.py").read_text(encoding="utf-8"))
    parts: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring
            parts.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            values = node.values
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        sentence = " " in text.strip() and len(re.findall("[a-z]{2,}", text)) > 1
        if sentence and id(node) not in parts and not text.startswith(("^", *SILENT)):
            yield text


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_known(module: str) -> None:
    known = sentences()
    assert [text for text in _written(module) if text not in known] == []


def test_what_a_sentence_is_about_stands_in_both() -> None:
    for english, japanese in sentences().items():
        places = {int(place) for place in re.findall(r"\{(\d)\}", japanese)}
        assert places <= set(range(english.count("{}"))), english
        assert japanese


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("unknown key “lable”", "「lable」というキーはありません"),
        ("did you mean “label”?", "「label」のことですか"),
        ("2 fields are called “x”", "「x」という質問が2個あります"),
        ("nothing where a value is due", "値のところが空です"),
        ("a day of the calendar: 2026-01 has 31 days", "暦にある日。2026年01月は31日まで"),
        ("List should have at least 1 item after validation, not 0", "1個以上"),
        ("unknown life event “x”", "「x」というくらしの場面はありません"),
        # What the author wrote stays as it is, although the tools have such a word too.
        ("“nothing” is no option of “less”", "「nothing」は「less」の選択肢にありません"),
        ("add “section:”", "「section:」を足します"),
        ("なにか", "なにか"),
    ],
)
def test_a_sentence_in_japanese(english: str, japanese: str) -> None:
    assert in_japanese(english) == japanese


def test_a_line_has_its_file_and_number() -> None:
    problem = Problem(Path("a.yaml"), 3, "“title” is missing", "add “title:”")
    assert told_in_japanese(problem) == "a.yaml:3: 「title」がありません → 「title:」を足します"


def test_the_check_speaks_japanese(tmp_path: Path) -> None:
    wrong = HEAD.replace("title: 試", "title：試") + "sections: []\n"
    city = write_city(tmp_path / "city", {"test": wrong})
    told = CliRunner().invoke(forms, ["--lang", "ja", "check", str(city)]).output.splitlines()
    assert told[0].endswith("「title」のあとのコロンが全角です → 半角で「title: 」")
    assert all(_JAPANESE.search(line.rpartition(".yaml:")[2]) for line in told)
    missing = CliRunner().invoke(forms, ["--lang", "ja", "show", "x", "--folder", str(city)])
    assert missing.exit_code == 1 and "まちがい2件" in missing.output


@pytest.mark.parametrize(
    "model", [City, Accounts, ProcedureDefinition, FacilityDefinition, TablesFile]
)
def test_every_pattern_is_explained_in_words(model: type[BaseModel]) -> None:
    assert set(_patterns(model.model_json_schema())) <= set(PATTERNS)


def _patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict) and isinstance(schema.get("pattern"), str):
        yield schema["pattern"]
    if isinstance(schema, dict | list):
        for each in schema.values() if isinstance(schema, dict) else schema:
            yield from _patterns(each)
