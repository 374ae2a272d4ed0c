"""Definitions as authors could write them, right and wrong, for Hypothesis."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

#: Every type but ``group``, with what makes one of it that is right.
KINDS: dict[str, dict[str, Any]] = {
    "text": {},
    "textarea": {},
    "email": {},
    "phone": {},
    "integer": {},
    "yen": {},
    "decimal": {"places": 2},
    "date": {},
    "time": {},
    "period": {},
    "yes_no": {},
    "choice": {"options": {"a": "あ", "b": "い", "c": "う"}},
    "choices": {"options": {"a": "あ", "b": "い", "c": "う"}},
    "ranked": {"options": {"a": "あ", "b": "い", "c": "う"}},
    "name": {},
    "kana": {},
    "address": {},
    "person": {},
    "bank_account": {},
    "file": {},
    "consent": {},
    "note": {},
}
#: Keys of some types, right and wrong ones: their meaning is for the check to judge.
_EXTRA: dict[str, Sequence[tuple[str, Any]]] = {
    "text": [("max_length", 3), ("min_length", 2), ("characters", "katakana"), ("default", "あ")],
    "integer": [("min", 2), ("max", 5), ("max", "NUMBER"), ("default", 3), ("unit", "個")],
    "yen": [("min", 100), ("max", "NUMBER"), ("default", 500)],
    "decimal": [("min", 0.5), ("max", 20), ("default", 1.25)],
    "date": [("min", "today"), ("max", "today"), ("min", "add_days(today, 7)")],
    "time": [("min", "09:00"), ("max", "17:00"), ("step", 30)],
    "period": [("min", "today"), ("max_days", 30), ("open_ended", True)],
    "yes_no": [("default", True), ("default", False)],
    "choice": [("default", "a")],
    "choices": [("min", 1), ("max", 2), ("default", ["b"])],
    "ranked": [("min", 2), ("max", 2)],
    "file": [("max_files", 2), ("accept", ["pdf"])],
}
#: What is wrong whatever stands around it.
_WRONG: Sequence[tuple[str, Any]] = [
    ("type", "texst"),
    ("lable", "x"),
    ("when", "a =="),
    ("when", "nobody == 1"),
    ("when", "nothing(1)"),
    ("required", "perhaps"),
    ("label", None),
    ("label", ""),
    ("min", 9),
    ("max", -1),
    ("default", "zzz"),
    ("options", {}),
    ("options", 5),
    ("concept", "nobody.knows"),
    ("options_from", "no-list"),
    ("id", "today"),
    ("id", 5),
    ("fields", []),
    ("value", "1 +"),
    ("pattern", "["),
    ("width", "huge"),
]
_COUNTED = ("integer", "yen")


def _conditions(fields: Sequence[dict[str, Any]]) -> list[str]:
    """Conditions over fields, of the shapes that authors write."""
    found = ['channel == "online"', "resident.of_city", "today > date('2020-01-01')"]
    for field in fields:
        name = field["id"]
        if field["type"] == "yes_no":
            found += [name, f"!{name}", f"{name} == false"]
        elif field["type"] == "choice":
            found += [f'{name} == "a"', f'{name} != "b"', f'{name} in ["a", "c"]']
        elif field["type"] == "choices":
            found += [f'"a" in {name}', f"count({name}) >= 2"]
        elif field["type"] in _COUNTED:
            found += [f"{name} > 3", f"{name} == 1"]
        elif field["type"] == "date":
            found += [f"{name} > today", f"age_on({name}, today) >= 18"]
        elif field["type"] == "group":
            found += [f"count({name}) > 1", f"answered({name})"]
        elif field["type"] != "note":
            found += [f"answered({name})"]
    return found


@st.composite
def _field(draw: st.DrawFn, name: str, before: Sequence[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    field = {"id": name, "type": kind, "label": f"質問{name}", **KINDS[kind]}
    if kind in _EXTRA:
        numbers = [each["id"] for each in before if each["type"] in _COUNTED]
        for key, value in draw(st.lists(st.sampled_from(_EXTRA[kind]), max_size=2)):
            right = value if value != "NUMBER" else f"{numbers[0]} + 1" if numbers else 9
            field[key] = right
    if draw(st.integers(0, 3)) == 0:
        field["required"] = kind == "consent"
    if draw(st.integers(0, 2)) == 0:
        field["when"] = draw(st.sampled_from(_conditions(before)))
    if draw(st.integers(0, 9)) == 0:
        field["staff_only"] = True
    return field


@st.composite
def _group(draw: st.DrawFn, name: str, before: Sequence[dict[str, Any]]) -> dict[str, Any]:
    inner: list[dict[str, Any]] = []
    for letter in "pqr"[: draw(st.integers(1, 3))]:
        each = draw(_field(f"{name}_{letter}", inner))
        each.pop("staff_only", None)
        inner.append(each)
    group = {"id": name, "type": "group", "label": f"行{name}", "fields": inner}
    group |= draw(st.sampled_from([{}, {"min_items": 2}, {"max_items": 3}, {"required": False}]))
    if draw(st.booleans()) and before:
        group["when"] = draw(st.sampled_from(_conditions(before)))
    return group


@st.composite
def definitions(draw: st.DrawFn, *, wrong: bool = False) -> dict[str, Any]:
    """A whole procedure as it is written; with ``wrong``, something in it is no definition."""
    known: list[dict[str, Any]] = []
    sections: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 3))):
        earlier = list(known)
        fields = []
        for letter in "abcd"[: draw(st.integers(1, 4))]:
            name = f"{letter}{number}"
            shape = _group if draw(st.integers(0, 5)) == 0 else _field
            fields.append(draw(shape(name, known)))
            known.append(fields[-1])
        section = {"id": f"s{number}", "title": f"{number}つめ", "fields": fields}
        if draw(st.booleans()) and earlier:
            section["when"] = draw(st.sampled_from(_conditions(earlier)))
        sections.append(section)
    written: dict[str, Any] = {
        "procedure": "test",
        "title": "試験の申請",
        "summary": "試すための手続きです。",
        "department": "citizens",
        "layout": draw(st.sampled_from(["sections", "one_page"])),
        "identity": {"sign_in": draw(st.sampled_from(["card", "email", "optional", "none"]))},
        "sections": sections,
    }
    asked = [each for each in known if each["type"] != "note"]
    if draw(st.booleans()) and asked:
        condition = draw(st.sampled_from(_conditions(known)))
        about = draw(st.sampled_from(asked))["id"]
        written["checks"] = [{"when": condition, "message": "だめです。", "field": about}]
    if draw(st.booleans()):
        written |= draw(_fees(known))
    if draw(st.integers(0, 3)) == 0:
        written["applicants"] = {
            "for": ["self", "child", "mandate"],
            "businesses": draw(st.booleans()),
        }
    written |= draw(st.sampled_from(_AROUND))
    if wrong:
        holder = draw(st.sampled_from([section["fields"][0] for section in sections]))
        key, value = draw(st.sampled_from(_WRONG))
        holder[key] = value
    return written


_AROUND: Sequence[dict[str, Any]] = [
    {},
    {"reception": {"opens": "2026-03-01", "closes": "2026-12-20 17:00"}},
    {"reception": {"opens": "12-01", "others_from": "12-08", "closes": "01-31"}},
    {"capacity": {"places": 20, "waiting": 3}, "limit": {"times": 1, "within": "fiscal_year"}},
    {"outcome": {"decide": "approve_or_reject"}, "processing_days": 5},
]


@st.composite
def _fees(draw: st.DrawFn, known: Sequence[dict[str, Any]]) -> dict[str, Any]:
    numbers = [each["id"] for each in known if each["type"] in _COUNTED]
    choices = [each["id"] for each in known if each["type"] == "choice"]
    groups = [each["id"] for each in known if each["type"] == "group"]
    conditions = _conditions(known)
    line: dict[str, Any] = {"id": "one", "label": "手数料", "account": "fee", "amount": 300}
    more: dict[str, Any] = {}
    if draw(st.booleans()) and numbers:
        line["quantity"] = draw(st.sampled_from(numbers))
    if draw(st.booleans()) and choices:
        name = draw(st.sampled_from(choices))
        line["amount"] = f'lookup("prices", {name})'
        rows = draw(st.sampled_from([{"a": 100, "b": 200, "c": 300}, {"a": 100}]))
        more["tables"] = {"prices": {"by": ["種類"], "rows": rows}}
    if draw(st.booleans()) and groups:
        line["each"] = draw(st.sampled_from(groups))
    if draw(st.booleans()):
        line["when"] = draw(st.sampled_from(conditions))
    key, much = draw(st.sampled_from([("times", "3/2"), ("percent", -30), ("yen", 500)]))
    when = draw(st.sampled_from(conditions))
    line["factors"] = [{"label": "加算", "when": when, key: much}]
    line |= draw(st.sampled_from([{}, {"at_most": 2000}, {"round": {"to": 10, "mode": "up"}}]))
    fees: dict[str, Any] = {"lines": [line]}
    if draw(st.booleans()):
        fees["reductions"] = [
            {
                "id": "less",
                "label": "減免",
                "when": draw(st.sampled_from(conditions)),
                "percent": 50,
            }
        ]
    return {"fees": fees, **more}


def as_yaml(written: dict[str, Any]) -> str:
    """A definition as a file: one key of the top on each line. JSON is YAML."""
    lines = [f"{key}: {json.dumps(each, ensure_ascii=False)}" for key, each in written.items()]
    return "\n".join(lines) + "\n"
