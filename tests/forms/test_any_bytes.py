"""Whatever is posted or stored, a page comes back."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.forms import Procedure
from tests.forms.city import CONTEXT, procedure

EVERY_KIND = """
- {id: a, type: text, label: "<a>&"}
- {id: b, type: textarea, label: b, required: false}
- {id: c, type: integer, label: c, max: 10}
- {id: d, type: date, label: d, max: today}
- {id: e, type: yes_no, label: e}
- {id: f, type: choice, label: f, options: {x: エ, y: ワ}, when: e}
- {id: g, type: choices, label: g, options: {x: エ, y: ワ}}
- {id: h, type: ranked, label: h, options: {x: エ, y: ワ}}
- {id: i, concept: person}
- {id: j, type: bank_account, label: j}
- {id: k, type: consent, label: k}
- {id: m, type: file, label: m}
- {id: n, type: computed, label: n, value: c + 1}
- {id: p, type: phone, label: p}
- {id: q, type: email, label: q}
- {id: r, type: yen, label: r, default: 5}
- {id: t, type: decimal, label: t, max: c * 10, required: false}
- {id: u, type: time, label: u, max: "17:00"}
- {id: v, type: period, label: v, min: d, max_days: c}
- {id: w, type: text, label: w, staff_only: true}
- id: s
  type: group
  label: s
  max_items: c + 1
  fields:
    - {id: name, type: name, label: name}
    - {id: kana, type: kana, label: kana, required: false}
    - {id: born, type: date, label: born}
    - {id: place, type: address, label: place, when: answered(born)}
    - {id: paper, type: file, label: paper}
"""
CONTROLS = [
    "a", "b", "c", "d", "d.era", "d.year", "d.month", "d.day", "e", "f", "g", "h.1", "h.2", "h.9",
    "i.name.family", "i.birth_date.year", "i.address.postcode", "j.number", "j.kind", "k", "m", "n",
    "p", "q", "r", "s", "s.0.name.family", "s.1.born", "s.2.born.year", "s.0._row", "s.9999.name",
    "s.-1.name", "s..", "s.0.", "_add", "_remove", "_refresh", "", ".", "i.", "\ud800", "s.0.paper",
    "_lookup", "t", "u", "v.first.year", "v.last.era", "w", "i.address.text", "s.0.place.postcode",
]  # fmt: skip
WORDS = [
    "", "x", "s", "s.0", "s.0.paper.0", "m.0", "yes", "no", "western", "reiwa", "元", "R8.5.1",
    "９", "-1", "1e9", "\x00", "\x01\x02\x03", "\ud800", "<script>", "%s%(x)s", "あ" * 5000,
    "i.address", "s.0.place", "1000001", "12.5", "9時半", "2026-04-01",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(WORDS), st.text(max_size=40))
FORMS = st.dictionaries(
    st.one_of(st.sampled_from(CONTROLS), st.text(max_size=12)),
    st.lists(TEXT, max_size=4),
    max_size=25,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
ANSWERS = st.dictionaries(st.sampled_from("abcdefghijkmnpqrstuvw"), JSON, max_size=10)


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Procedure:
    folder: Path = tmp_path_factory.mktemp("every-kind")
    rest = """
fees:
  lines:
    - {id: one, label: 料, account: fee, amount: 300, quantity: c}
    - {id: row, label: 行, account: fee, amount: 5, each: s, when: answered(born)}
"""
    return procedure(folder, EVERY_KIND, rest)


def _page(compiled: Procedure, answers: Any, **more: Any) -> None:
    html = compiled.render_section("main", answers, CONTEXT, **more)
    html.encode()
    assert "<script>" not in html
    assert not {"\x00", "\x01", "\x02", "\x03"} & set(html)
    for section in compiled.summary(answers, CONTEXT):
        assert section.rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posted=FORMS, stored=ANSWERS)
def test_any_post_gives_a_page_back(
    every_kind: Procedure, posted: dict[str, list[str]], stored: dict[str, Any]
) -> None:
    post = every_kind.read_section("main", posted, stored, CONTEXT, sources={"i": "card"})
    journey = every_kind.journey(post.answers, CONTEXT)
    assert journey.complete == (not journey.errors and journey.price.complete)
    for error in post.errors:
        assert error.message and error.control_id.startswith("f-")
    _page(every_kind, post.answers, raw=post.raw, errors=post.errors, sources=post.sources)
    # What was read is stable: reading nothing more from it changes nothing.
    again = every_kind.journey(journey.answers, CONTEXT)
    assert again.answers == journey.answers


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=ANSWERS)
def test_any_stored_answers_give_a_page(every_kind: Procedure, stored: dict[str, Any]) -> None:
    _page(every_kind, stored, sources=dict.fromkeys(stored, "card"))
    every_kind.price(stored, CONTEXT)


def test_a_huge_post_is_answered(every_kind: Procedure) -> None:
    posted = {f"s.{n}.name.family": ["あ" * 1000] for n in range(3000)}
    posted |= {"a": ["x" * 3_000_000], "g": ["x"] * 10_000, "b": ["\u0301" * 100_000]}
    post = every_kind.read_section("main", posted, {}, CONTEXT)
    assert not post.may_continue
    _page(every_kind, post.answers, raw=post.raw, errors=post.errors)
