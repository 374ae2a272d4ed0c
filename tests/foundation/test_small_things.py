"""Clock, money, hash chain, state tables, events."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from foundation.clock import fiscal_year, jst, jst_date, system_clock
from foundation.events import Events
from foundation.hashchain import GENESIS, canonical_json, link
from foundation.money import format_yen
from foundation.orm import UtcDateTime
from foundation.states import IllegalTransition, StateMachine
from foundation.wording import N_, Message

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
PAYLOADS = st.dictionaries(st.text(max_size=5), JSON, max_size=4)


def test_the_day_begins_at_midnight_in_japan() -> None:
    before = datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)
    after = before + timedelta(seconds=1)
    assert (jst_date(before), jst_date(after)) == (date(2026, 3, 31), date(2026, 4, 1))
    assert (fiscal_year(jst_date(before)), fiscal_year(jst_date(after))) == (2025, 2026)
    assert jst(after).isoformat() == "2026-04-01T00:00:00+09:00"
    assert system_clock().tzinfo is UTC


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0円"), (999, "999円"), (1234567, "1,234,567円"), (-300, "−300円")],
)
def test_yen(amount: int, words: str) -> None:
    assert format_yen(amount) == words


@given(PAYLOADS)
def test_the_order_of_the_keys_changes_no_digest(payload: dict[str, object]) -> None:
    turned = dict(reversed(payload.items()))
    assert link(GENESIS, payload) == link(GENESIS, turned)
    assert len(link(GENESIS, payload)) == 64


@given(PAYLOADS, PAYLOADS)
def test_another_payload_or_another_place_has_another_digest(
    one: dict[str, object], other: dict[str, object]
) -> None:
    first = link(GENESIS, one)
    assert (link(GENESIS, other) == first) == (canonical_json(one) == canonical_json(other))
    assert link(first, one) != first


@pytest.mark.parametrize("value", [1.0, [1, [2.5]], {"deep": {"er": (1, 0.1)}}, float("nan")])
def test_a_float_has_no_place_in_the_chain(value: object) -> None:
    with pytest.raises(TypeError):
        link(GENESIS, {"value": value})


class Light(StrEnum):
    RED = "red"
    GREEN = "green"
    BROKEN = "broken"


class Press(StrEnum):
    GO = "go"
    STOP = "stop"


LIGHTS = StateMachine(
    "light",
    Light,
    Light.RED,
    {(Light.RED, Press.GO): Light.GREEN, (Light.GREEN, Press.STOP): Light.RED},
)


def test_a_table_of_states() -> None:
    assert LIGHTS.after(Light.RED, Press.GO) is Light.GREEN
    assert LIGHTS.allows(Light.GREEN, Press.STOP)
    assert LIGHTS.reachable() == {Light.RED, Light.GREEN}
    assert "red --> green: go" in LIGHTS.mermaid()
    assert "'red', 'green', 'broken'" in str(LIGHTS.check("state").sqltext)


def test_what_is_not_in_the_table_is_refused_by_name() -> None:
    with pytest.raises(IllegalTransition, match="light: no edge from 'red' on 'stop'") as refused:
        LIGHTS.after(Light.RED, Press.STOP)
    assert (refused.value.state, refused.value.event) == ("red", "stop")


def test_nobody_changes_a_table() -> None:
    with pytest.raises(TypeError):
        LIGHTS.edges[Light.RED, Press.STOP] = Light.RED  # type: ignore[index]


def test_events_are_told_in_order_and_to_those_who_asked_for_exactly_them() -> None:
    heard: list[object] = []
    events = Events()
    events.subscribe(str, lambda _session, event: heard.append(("first", event)))
    events.subscribe(str, lambda _session, event: heard.append(("second", event)))
    events.subscribe(object, lambda _session, event: heard.append(("never", event)))
    events.announce(Session(), "news")
    events.announce(Session(), 1)
    assert heard == [("first", "news"), ("second", "news")]


def test_a_subscribers_failure_is_the_announcers() -> None:
    events = Events()

    def fail(_session: Session, event: int) -> None:
        raise ZeroDivisionError(event)

    events.subscribe(int, fail)
    with pytest.raises(ZeroDivisionError):
        events.announce(Session(), 0)


def test_a_moment_without_a_zone_is_not_stored() -> None:
    column = UtcDateTime()
    with pytest.raises(TypeError):
        column.process_bind_param(datetime(2026, 6, 3), sqlite.dialect())  # noqa: DTZ001


def test_a_message_is_translated_before_its_values_are_filled_in() -> None:
    message = Message(N_("%(count)s件"), {"count": 3})
    assert message.text() == "3件"
    assert message.text({"%(count)s件": "%(count)s items"}.__getitem__) == "3 items"
