"""Every kind of field by itself: samples fit, what is accepted round-trips, no bytes raise."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from foundation.hashchain import canonical_json
from foundation.wording import untranslated
from portal.forms.fields import AnyField
from portal.forms.html import ControlHtml
from portal.forms.kinds.base import Kind, Situation
from portal.forms.kinds.registry import kind_of
from tests.forms.city import TODAY

_OPTIONS = {"a": "あ", "b": "い", "c": "う"}
_ANY = TypeAdapter(AnyField)
FIELDS: tuple[dict[str, Any], ...] = (
    {"type": "text"},
    {"type": "text", "pattern": "[0-9]{3}", "example": "123"},
    *({"type": "text", "characters": name} for name in (
        "kana", "katakana", "hiragana", "half", "full", "digits", "latin",
    )),
    {"type": "textarea"},
    {"type": "email"},
    {"type": "phone"},
    {"type": "integer", "min": -5, "max": 1000},
    {"type": "integer", "min": 7},
    {"type": "yen"},
    {"type": "decimal", "places": 3, "min": -2.5, "max": 99},
    {"type": "date", "min": "2026-01-01", "max": "2026-12-31"},
    {"type": "time", "min": "09:00", "max": "17:00", "step": 15},
    {"type": "period", "max_days": 10},
    {"type": "period", "open_ended": True, "min": "2026-01-01"},
    {"type": "yes_no"},
    {"type": "choice", "options": _OPTIONS},
    {"type": "choices", "options": _OPTIONS, "max": 3},
    {"type": "choices", "options": _OPTIONS, "min": 2, "max": 2},
    {"type": "ranked", "options": _OPTIONS},
    {"type": "ranked", "options": _OPTIONS, "min": 3},
    {"type": "name"},
    {"type": "kana"},
    {"type": "address"},
    {"type": "person"},
    {"type": "bank_account"},
    {"type": "consent"},
)  # fmt: skip
KINDS = [kind_of(_ANY.validate_python({"id": "x", "label": "欄", **field})) for field in FIELDS]
NAMES = ["-".join(str(value) for value in field.values())[:40] for field in FIELDS]
SITUATION = Situation(TODAY, {})
WORDS = st.sampled_from(
    [
        "", "a", "yes", "no", "reiwa", "western", "元", "8", "4", "2026-04-01", "１２．５", "9:30",
        "午後3時半", "1", "01", "-0", "ゆうちょ", "9900", "11940", "1000001", "〒100-0001", "山田",
        "ハナ", "ﾊﾅ", "a@b.jp", "090-1234-5678", "\x00", "\ud800", "𠮷", "👍", "%s", "<b>",
    ]
)  # fmt: skip
TYPED = st.one_of(WORDS, st.text(max_size=12))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TYPED,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TYPED, inner, max_size=3),
    max_leaves=6,
)


def _accepted(kind: Kind, value: Any) -> None:
    """What holds of every answer that a kind takes."""
    assert kind.check(value, SITUATION) == ()
    canonical_json({"x": value})
    again = kind.read(kind.shown(value), SITUATION)
    assert (again.value, again.complaints) == (value, ())
    for row in kind.rows(value, untranslated):
        assert row.text
    kind.seen(value)
    kind.slots(kind.in_wareki(kind.shown(value)))


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_samples_are_answers(kind: Kind) -> None:
    assert kind.samples()
    for value in kind.samples():
        if value != []:  # the sample of nothing chosen
            given = kind.carried(value, kind.read(kind.shown(value), SITUATION).value)
            assert given == value
            assert kind.check(value, SITUATION) == ()
            assert kind.in_wareki(kind.shown(value))


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@settings(max_examples=40)
@given(data=st.data())
def test_any_post_is_read(kind: Kind, data: st.DataObject) -> None:
    controls = st.sampled_from(["", *kind.controls])
    posted = data.draw(st.dictionaries(controls, st.lists(TYPED, max_size=3), max_size=8))
    reading = kind.read(posted, SITUATION)
    assert reading.value is None or not reading.complaints
    for complaint in reading.complaints:
        assert complaint.words("欄", untranslated)
        assert complaint.suffix in ("", *kind.controls)
    if reading.value is not None:
        _accepted(kind, reading.value)
    kind.slots(posted)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@settings(max_examples=25)
@given(value=JSON)
def test_any_stored_value_is_judged(kind: Kind, value: Any) -> None:
    kind.shown(value)
    kind.seen(None)
    if not kind.check(value, SITUATION):
        kind.rows(value, untranslated)
        kind.seen(value)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_controls_are_labelled_and_named(kind: Kind) -> None:
    html = kind.html(ControlHtml("x", "欄", True, None, None), untranslated)
    for suffix in kind.controls:
        assert f'name="{f"x.{suffix}" if suffix else "x"}"' in html
