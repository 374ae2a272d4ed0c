"""Any fees that ``check`` lets pass, and any answers: a price that is exact and explained."""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.forms import Context, DefinitionErrors, Price, Procedure, load_catalogue
from portal.forms.fees import exact
from tests.forms.city import HEAD, TODAY, write_city

FIELDS = [
    {"id": "kind", "type": "choice", "label": "種類", "options": {"a": "あ", "b": "い", "c": "う"}},
    {"id": "copies", "type": "integer", "label": "通数", "min": 0, "max": 50},
    {"id": "yes", "type": "yes_no", "label": "はい"},
    {"id": "proof", "type": "text", "label": "証明", "required": False},
    {
        "id": "rows",
        "type": "group",
        "label": "品物",
        "min_items": 0,
        "fields": [
            {"id": "item", "type": "choice", "label": "品名", "options": {"x": "X", "y": "Y"}},
            {"id": "born", "type": "date", "label": "日"},
        ],
    },
]  # fmt: skip
TABLES = {
    "kinds": {"by": ["種類"], "rows": {"a": 0, "b": 333, "c": 12_345}},
    "bands": {"by": ["通数"], "rows": [{"to": 3, "is": 110}, {"below": 10, "is": 181}, {"is": 7}]},
    "items": {
        "by": ["品名", "通数"],
        "rows": {"x": [{"is": 50}], "y": [{"to": 9, "is": 1}, {"is": 2}]},
    },
}  # fmt: skip
CONDITIONS = ["yes", "copies > 3", 'kind == "b"', "!yes", "count(rows) > 1", "true", "copies == 0"]
YEN = st.integers(0, 20_000)

amounts = st.one_of(
    YEN,
    st.sampled_from(
        [
            'lookup("kinds", kind)',
            'lookup("bands", copies)',
            'copies <= 3 ? 110 : lookup("kinds", kind)',
            "round_up(copies * 77, 50)",
            'sum(rows.map(r, lookup("items", r.item, copies)))',
            "copies - 5",
        ]
    ),
)
ratios = st.one_of(
    st.integers(1, 9), st.sampled_from(["1/2", "3/2", "0.25", "12.5"]), st.just("copies + 1")
)
percents = st.one_of(st.integers(-100, 300).filter(bool), st.sampled_from(["33.3", "-1/3"]))


@st.composite
def factor(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(
        st.sampled_from(
            [("times", ratios), ("percent", percents), ("yen", st.integers(-5_000, 5_000))]
        )
    )
    return {
        "label": "加算",
        "when": draw(st.sampled_from(CONDITIONS)),
        kind[0]: draw(kind[1]),
    }


@st.composite
def line(draw: st.DrawFn, number: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": f"l{number}",
        "label": "料",
        "account": "fee",
        "amount": draw(amounts),
        "quantity": draw(st.sampled_from([1, 2, "copies"])),
        "factors": draw(st.lists(factor(), max_size=3)),
    }
    step = draw(st.sampled_from([1, 10, 100]))
    extra: dict[str, Any] = {
        "when": st.sampled_from(CONDITIONS),
        "at_least": st.integers(0, 20).map(lambda steps: steps * step),
        "at_most": st.integers(20, 200).map(lambda steps: steps * step),
        "free": st.fixed_dictionaries({"quantity": st.integers(1, 5)}),
    }
    for key, values in extra.items():
        if draw(st.booleans()):
            said[key] = draw(values)
    if draw(st.booleans()):
        said["round"] = {"to": step, "mode": draw(st.sampled_from(["down", "up", "half_up"]))}
    if draw(st.booleans()):
        said |= {"each": "rows", "rank_by": "born"}
        said["amount"] = draw(st.sampled_from([300, "rank * 100", "number * 7"]))
    return said


@st.composite
def fees(draw: st.DrawFn) -> dict[str, Any]:
    lines = [draw(line(number)) for number in range(draw(st.integers(1, 3)))]
    reductions = [
        {
            "id": f"r{number}",
            "label": "減免",
            "when": draw(st.sampled_from(CONDITIONS)),
            "percent": draw(st.sampled_from([1, 50, 100, "33.3", "copies * 2"])),
            **({"lines": ["l0"]} if draw(st.booleans()) else {}),
            **({"evidence": "proof"} if draw(st.booleans()) else {}),
            "approval": draw(st.booleans()),
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    return {"collect": "on_approval", "lines": lines, "reductions": reductions}


def compiled(folder: Path, said: Mapping[str, Any]) -> Procedure:
    """The procedure, where ``check`` lets it pass; tables that nobody uses are left out."""
    text = json.dumps(said)
    document = {
        "outcome": {"decide": "approve_or_reject"},
        "sections": [{"id": "main", "title": "内容", "fields": FIELDS}],
        "tables": {name: table for name, table in TABLES.items() if f'\\"{name}\\"' in text},
        "fees": said,
    }
    # JSON is YAML; the head of the tests' procedures stands before it as it is.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in document.items()]
    root = write_city(folder / "city", {"test": HEAD + "\n".join(lines)})
    return load_catalogue(root).procedures["test"]


rows = st.lists(
    st.fixed_dictionaries(
        {
            "item": st.sampled_from("xy"),
            "born": st.dates(date(1900, 1, 1), date(2026, 4, 1)).map(str),
        }
    ),
    max_size=4,
)
answers = st.fixed_dictionaries(
    {
        "kind": st.sampled_from("abc"),
        "copies": st.integers(0, 50),
        "yes": st.booleans(),
        "rows": rows,
    },
    optional={"proof": st.just("証明")},
)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_price_is_exact_and_explained(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = data.draw(fees())
    try:
        procedure = compiled(tmp_path_factory.mktemp("any"), said)
    except DefinitionErrors as refused:
        # Refused with a line of the file; nothing else to hold.
        assert all(problem.line > 1 for problem in refused.problems)
        assume(False)
        return
    for _ in range(4):
        given_answers = data.draw(answers)
        used = data.draw(st.none() | st.integers(0, 6))
        quota = None if used is None else {each["id"]: used for each in said["lines"]}
        context = Context(today=TODAY, free_used=quota)
        price = procedure.price(given_answers, context)
        holds(price, {each["id"]: each for each in said["lines"]})
        journey = procedure.journey(given_answers, context)
        assert journey.price == price and journey.complete == price.complete


def holds(price: Price, lines: Mapping[str, Mapping[str, Any]]) -> None:
    """What is true of every price."""
    assert price.total == sum(each.amount for each in price.lines) >= 0
    assert price.full_total - price.off == price.total_if_granted >= 0
    assert price.waits_for == ()
    for each in price.lines:
        said = lines[each.id.split(".")[0]]
        full = price.full(each)
        assert type(each.amount) is int and 0 <= each.off <= full and each.amount >= 0
        assert 0 <= each.free <= each.quantity
        if each.quantity == each.free:
            assert full == 0
            continue
        assert said.get("at_least", 0) <= full <= said.get("at_most", full)
        if "round" in said:
            assert full % said["round"]["to"] == 0
        assert full == recalculated(said, each)


def recalculated(said: Mapping[str, Any], each: Any) -> int:
    """The amount once more, from the steps that the person is shown."""
    base = each.unit_amount * (each.quantity - each.free)
    amount = Fraction(base)
    for applied in each.factors:
        if applied.times is not None:
            amount *= applied.times
        elif applied.percent is not None:
            amount += base * applied.percent / 100
        else:
            amount += applied.yen
        amount = max(amount, Fraction(0))
    rule = said.get("round", {"to": 1, "mode": "down"})
    steps = amount / rule["to"]
    whole = {
        "down": steps.__floor__(),
        "up": steps.__ceil__(),
        "half_up": (steps + Fraction(1, 2)).__floor__(),
    }[rule["mode"]]
    found = whole * rule["to"]
    return min(max(found, said.get("at_least", 0)), said.get("at_most", found * 2 + 10**9))


@given(st.fractions(0, 1000, max_denominator=10_000))
def test_what_is_written_is_read_exactly(number: Fraction) -> None:
    assert exact(str(number)) == number
    assert exact(f"copies + {number.numerator}") is None
