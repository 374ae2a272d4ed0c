"""A draft finishes on the version it began with."""

import json
from pathlib import Path
from typing import Any

import pytest

from portal.forms import Procedure, ThawError, load_catalogue, thaw
from tests.forms.city import CONTEXT, HEAD, one_section, procedure, write_city
from tests.forms.test_any_bytes import EVERY_KIND

REST = """
fees:
  lines:
    - {id: one, label: 料, account: fee, amount: 300 * c}
outcome: {issue: paper, hold_when: resident.protected}
"""


@pytest.fixture
def every_kind(tmp_path: Path) -> Procedure:
    return procedure(tmp_path, EVERY_KIND, REST)


def test_frozen_and_thawed_it_is_the_same(every_kind: Procedure) -> None:
    document = json.loads(json.dumps(every_kind.freeze()))
    again = thaw(document)
    assert again.checksum == every_kind.checksum and again.freeze() == document
    answers: dict[str, Any] = {"c": 3, "e": True, "s": [{}]}
    assert again.render_section("main", answers, CONTEXT) == every_kind.render_section(
        "main", answers, CONTEXT
    )
    assert again.journey(answers, CONTEXT) == every_kind.journey(answers, CONTEXT)


def test_a_later_change_doesn_t_reach_it(tmp_path: Path) -> None:
    text = one_section("- {id: x, concept: phone}")
    root = write_city(tmp_path / "city", {"test": text})
    before = load_catalogue(root).procedures["test"]
    document = before.freeze()
    concepts = root / "concepts.yaml"
    concepts.write_text(concepts.read_text().replace("電話番号", "でんわ"), encoding="utf-8")
    after = load_catalogue(root).procedures["test"]
    assert after.checksum != before.checksum
    assert "電話番号" in thaw(document).render_section("main", {}, CONTEXT)


@pytest.mark.parametrize("key", ["definition", "format", "checksum"])
def test_damage_is_noticed(every_kind: Procedure, key: str) -> None:
    document = every_kind.freeze()
    damaged: dict[str, Any] = {
        "definition": {**document["definition"], "title": "別の手続き"},
        "format": 99,
        "checksum": "0" * 64,
    }
    with pytest.raises(ThawError):
        thaw({**document, key: damaged[key]})
    with pytest.raises(ThawError):
        thaw({})


def test_what_can_t_be_decided_is_held(tmp_path: Path, every_kind: Procedure) -> None:
    assert not every_kind.held({}, CONTEXT)
    outcome = "outcome: {issue: paper, hold_when: c > 5}\n"
    unsure = procedure(tmp_path / "other", "- {id: c, type: integer, label: c}", outcome)
    assert unsure.held({}, CONTEXT) and unsure.held({"c": 6}, CONTEXT)
    assert not unsure.held({"c": 5}, CONTEXT)


def test_what_the_pages_need_to_know(every_kind: Procedure) -> None:
    assert every_kind.title in HEAD and every_kind.summary_text in HEAD
    assert every_kind.section_ids == ("main",)
    assert every_kind.version == "1" and every_kind.fees_collected == "on_submit"
    assert every_kind.identity.sign_in == "card" and every_kind.booking is None
    assert every_kind.outcome is not None and every_kind.outcome.issue == "paper"
