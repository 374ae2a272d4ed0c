"""From one day to another, both included: {first, last}."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from foundation.wording import Translate
from portal.forms import dates, messages
from portal.forms.fields import PeriodField
from portal.forms.functions import moment
from portal.forms.html import ControlHtml, escaped
from portal.forms.kinds.base import (
    FOREIGN,
    Complaint,
    Kind,
    Posted,
    Reading,
    Row,
    Situation,
)
from portal.forms.kinds.days import (
    day_bounds,
    day_controls,
    day_html,
    day_samples,
    day_slots,
    day_words,
    days_around,
    era_day,
    read_day,
    shown_day,
)
from portal.forms.kinds.limits import Limit, whole

_ENDS = ("first", "last")


class PeriodKind(Kind):
    """A first and a last day; the last may stay open where the definition says so."""

    controls = (*day_controls("first."), *day_controls("last."))
    picked = frozenset({"first.era", "last.era"})
    parts = MappingProxyType(
        dict.fromkeys(day_controls("first."), messages.PERIOD_FIRST)
        | dict.fromkeys(day_controls("last."), messages.PERIOD_LAST)
    )
    composed = True
    members: Mapping[str, Any] = {"first": {}, "last": {}}

    def __init__(self, definition: PeriodField) -> None:
        self._bounds = day_bounds(definition)
        self._longest = Limit(definition.max_days, whole, whole)
        self._open = definition.open_ended
        longest = self._longest.expression
        self.expressions = self._bounds.expressions + ((longest,) if longest else ())

    def read(self, posted: Posted, situation: Situation) -> Reading:
        readings = {end: read_day(posted, f"{end}.") for end in _ENDS}
        complaints = [one for reading in readings.values() for one in reading.complaints]
        value = {end: reading.value for end, reading in readings.items()}
        if not complaints:
            if not any(value.values()):
                return Reading()
            complaints = list(self.check(value, situation))
        return Reading(None if complaints else value, tuple(complaints))

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if not isinstance(value, Mapping) or set(value) != set(_ENDS):
            return FOREIGN
        days: dict[str, date | None] = {}
        for end in _ENDS:
            days[end] = dates.iso(value[end])
            if value[end] is None and (end == "first" or not self._open):
                return (Complaint(messages.MISSING, f"{end}.year"),)
            if value[end] is not None and not dates.within_calendar(days[end]):
                return FOREIGN
        return self._complaints(days["first"], days["last"], situation)

    def _complaints(
        self, first: date | None, last: date | None, situation: Situation
    ) -> tuple[Complaint, ...]:
        if first is None:
            return FOREIGN
        if early := self._bounds.too_low(first, situation, "first.year", words=_itself):
            return (early,)
        # An open end is beyond no limit; the first day still has to be within it.
        checked, suffix = (first, "first.year") if last is None else (last, "last.year")
        if last is not None and last < first:
            return (Complaint(messages.PERIOD_REVERSED, "last.year", whole=True),)
        if late := self._bounds.too_high(checked, situation, suffix, words=_itself):
            return (late,)
        longest = self._longest.value(situation)
        if last is not None and longest is not None and (last - first).days >= longest:
            longest_is = {"max": longest}
            return (Complaint(messages.PERIOD_TOO_LONG, "last.year", longest_is, whole=True),)
        return ()

    def shown(self, value: Any) -> dict[str, list[str]]:
        if not isinstance(value, Mapping):
            return {}
        return {name: v for e in _ENDS for name, v in shown_day(value.get(e), f"{e}.").items()}

    def in_wareki(self, shown: Posted) -> Posted:
        return era_day(era_day(shown, "first."), "last.")

    def html(self, control: ControlHtml, translate: Translate) -> str:
        parts = []
        labels = (
            messages.PERIOD_FIRST,
            messages.PERIOD_LAST_OR_OPEN if self._open else messages.PERIOD_LAST,
        )
        for end, label in zip(_ENDS, labels, strict=True):
            legend = f"<legend>{escaped(translate(label))}</legend>"
            fields = day_html(control, translate, f"{end}.")
            parts.append(f'<fieldset class="field__group">{legend}{fields}</fieldset>')
        return "".join(parts)

    def slots(self, posted: Posted) -> dict[str, str]:
        return {
            **super().slots(posted),
            **day_slots(posted, "first."),
            **day_slots(posted, "last."),
        }

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        first = day_words(date.fromisoformat(value["first"]), translate)
        if value["last"] is None:
            return (Row("", translate(messages.PERIOD_OPEN) % {"first": first}),)
        last = day_words(date.fromisoformat(value["last"]), translate)
        return (Row("", translate(messages.PERIOD) % {"first": first, "last": last}),)

    def seen(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return None
        days = {end: dates.iso(value.get(end)) for end in _ENDS}
        return {end: None if day is None else moment(day) for end, day in days.items()}

    def samples(self) -> tuple[Any, ...]:
        return self._from(day_samples(self._bounds))

    def samples_on(self, today: date) -> tuple[Any, ...]:
        return (*self.samples(), *self._from(days_around(today)))

    def _from(self, days: Iterable[date]) -> tuple[Any, ...]:
        found = []
        for first in days:
            longest = self._longest.fixed or 30
            last = min(first + timedelta(days=longest - 1), self._bounds.high.fixed or date.max)
            found.append({"first": first.isoformat(), "last": last.isoformat()})
        return tuple(found)


def _itself(limit: date) -> object:
    return limit
