"""Drafts that began on the first release finish on it: documents frozen then, as they were."""

import json
from pathlib import Path
from typing import Any

import pytest

from portal.forms import Context, Procedure, thaw
from tests.forms.city import TODAY

FROZEN = Path(__file__).parent / "frozen"


def frozen(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FROZEN / f"{name}.json").read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("name", [file.stem for file in sorted(FROZEN.glob("*.json"))])
def test_it_is_the_same_procedure(name: str) -> None:
    document = frozen(name)
    again = thaw(document)
    assert again.checksum == document["checksum"]
    assert again.freeze() == document


def price_of(name: str, answers: dict[str, Any], **booking: Any) -> list[int]:
    procedure: Procedure = thaw(frozen(name))
    context = Context(today=TODAY, resident={"of_city": False}, booking=booking or None)
    return [line.amount for line in procedure.price(answers, context).lines]


def test_it_costs_what_it_did() -> None:
    room = {"user_kind": "company", "user_place": "outside", "commercial": True, "entrance": False}
    assert price_of("facilities.room-use", room, base=900, slots=1) == [5400]
    dogs = {"dogs": [{"request": "both"}, {"request": "tag"}], "delivery": "pickup"}
    assert price_of("pets.dog-registration", dogs) == [3000, 550, 550]
