"""A parent with a card and a family in the register: who figures and previews take for granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Known:
    """A value of the typical resident's profile, with its source as ``ProfileValue`` has it."""

    value: Any
    source: str


def _person(family: str, given: str, kana: tuple[str, str], birth: str) -> dict[str, Any]:
    return {
        "name": {"family": family, "given": given},
        "kana": {"family": kana[0], "given": kana[1]},
        "birth_date": birth,
    }


_PARENT = _person("見本", "花子", ("ミホン", "ハナコ"), "1990-04-02")
_ADDRESS = {"postcode": "1000001", "text": "見本県見本市本町1丁目2番3号"}
_SPOUSE = _person("見本", "太郎", ("ミホン", "タロウ"), "1989-08-15")
#: One at school, and one just born.
_CHILDREN = (
    _person("見本", "一郎", ("ミホン", "イチロウ"), "2018-05-05"),
    _person("見本", "二葉", ("ミホン", "フタバ"), "2026-03-03"),
)

#: What the card and the register say, by profile key.
TYPICAL: Mapping[str, Known] = MappingProxyType(
    {
        "person": Known({**_PARENT, "sex": "female", "address": _ADDRESS}, "card_and_register"),
        "person.name": Known(_PARENT["name"], "card"),
        "person.kana": Known(_PARENT["kana"], "register"),
        "person.birth_date": Known(_PARENT["birth_date"], "card"),
        "person.address": Known(_ADDRESS, "card"),
        "household.members": Known(
            [{**_SPOUSE, "relation": "夫"}] + [{**child, "relation": "子"} for child in _CHILDREN],
            "register",
        ),
        "household.children": Known(list(_CHILDREN), "register"),
        "household.spouse": Known("together", "register"),
        "household.spouse.name": Known(_SPOUSE["name"], "register"),
        "household.spouse.kana": Known(_SPOUSE["kana"], "register"),
        "household.spouse.birth_date": Known(_SPOUSE["birth_date"], "register"),
    }
)
