"""Whatever an author writes either is refused at its line, or can be filled in to the end."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from portal.forms import Procedure
from portal.forms.catalogue import read_city
from portal.forms.checking import check
from portal.forms.evaluation import RESIDENT
from portal.forms.filling import Filled, fill
from portal.forms.trials import SAMPLE
from tests.forms.city import write_city
from tests.robustness.definitions import KINDS, as_yaml, definitions

TODAY = date(2026, 6, 10)
STRANGER = replace(SAMPLE, today=TODAY, resident=RESIDENT, booking=None)
CONTEXTS = (STRANGER, replace(STRANGER, resident=SAMPLE.resident), replace(STRANGER, staff=True))
#: What makes another file of one.
BENT = ("", "\n", ": ", "[", "}", "- ", "&a ", "*a", "\t", "'", "null")
ACTING = """
acting:
  title: だれの申請ですか
  question: だれのためのものですか
  options: {self: 自分, child: 子, household: 家族, mandate: 委任, agent: 代理, business: 会社}
  fields:
    - {for: [child, mandate], ask: {id: acting_name, type: name, label: その人の氏名}}
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city whose one procedure is written anew for each example."""
    folder = write_city(tmp_path_factory.mktemp("any") / "city", {})
    with (folder / "concepts.yaml").open("a", encoding="utf-8") as concepts:
        concepts.write(ACTING)
    return folder


def _written(city: Path, definition: dict[str, Any]) -> Path:
    file = city / "procedures" / "test.yaml"
    file.write_text(as_yaml(definition), encoding="utf-8")
    return file


def _sound(city: Path, definition: dict[str, Any]) -> Procedure | None:
    """The procedure; None for one that is refused, with words for each of its lines."""
    file = _written(city, definition)
    loaded = read_city(city, only=file)
    for problem in loaded.problems:
        assert problem.file == file and problem.found and problem.right
        assert 1 <= problem.line <= len(definition)
    assert (loaded.catalogue is None) == bool(loaded.problems)
    return loaded.procedures.get(file)


@settings(max_examples=40, deadline=None)
@given(definition=definitions())
def test_a_definition_is_refused_or_leads_to_its_end(
    city: Path, definition: dict[str, Any]
) -> None:
    procedure = _sound(city, definition)
    event("refused" if procedure is None else "sound")
    if procedure is None:
        return
    ends = [fill(procedure, context, {}) for context in CONTEXTS]
    checked = check(city / "procedures" / "test.yaml", TODAY)
    if not any(isinstance(end, Filled) for end in ends):
        # Rules that can't be met together: the author is told which one stops everybody, or of a
        # condition that is never met.
        assert checked.problems or checked.hints, ends
    for context, end in zip(CONTEXTS, ends, strict=True):
        if isinstance(end, Filled):
            again = procedure.journey(end.answers, context)
            assert again.complete and again.answers == end.answers


@settings(max_examples=40, deadline=None)
@given(definition=definitions(wrong=True))
def test_what_is_wrong_is_named_with_its_line(city: Path, definition: dict[str, Any]) -> None:
    procedure = _sound(city, definition)
    event("refused" if procedure is None else "accepted all the same")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_alone_leads_to_the_end(city: Path, kind: str) -> None:
    field = {"id": "x", "type": kind, "label": "質問", **KINDS[kind]}
    others = {"title": "t", "summary": "s", "department": "citizens"}
    sections = [{"id": "s", "title": "t", "fields": [field]}]
    if kind == "note":
        sections[0]["fields"] = [field, {"id": "y", "type": "yes_no", "label": "質問"}]
    made = _sound(city, {"procedure": "test", **others, "sections": sections})
    assert made is not None and isinstance(fill(made, STRANGER, {}), Filled)


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_as_a_file_is_told_what_is_wrong(city: Path, text: str) -> None:
    file = city / "procedures" / "test.yaml"
    file.write_text(text, encoding="utf-8")
    assert check(file, TODAY).problems


@settings(max_examples=40, deadline=None)
@given(definition=definitions(), data=st.data())
def test_a_file_that_is_cut_or_bent_anywhere_raises_nothing(
    city: Path, definition: dict[str, Any], data: st.DataObject
) -> None:
    text = as_yaml(definition)
    place = data.draw(st.integers(0, len(text)))
    put = data.draw(
        st.sampled_from(["", "\n", ": ", "[", "}", "- ", "&a ", "*a", "\t", "'", "null"])
    )
    file = city / "procedures" / "test.yaml"
    end = place + data.draw(st.integers(0, 5))
    file.write_text(text[:place] + put + text[end:], encoding="utf-8")
    check(file, TODAY)
