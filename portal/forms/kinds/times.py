"""A time of the day: 09:30, typed as 9:30, 9時30分, 午後3時, 0930 or in full-width digits."""

import re
from typing import Any

from foundation.wording import Translate
from portal.forms import messages, normalise
from portal.forms.fields import TimeField
from portal.forms.html import ControlHtml, text_input
from portal.forms.kinds.base import (
    FOREIGN,
    Complaint,
    Kind,
    Posted,
    Reading,
    Row,
    Situation,
    first,
    unusable,
)
from portal.forms.kinds.limits import Bounds, time
from portal.forms.literals import TIME

_WRITTEN = re.compile(
    r"(?P<half>午前|午後|AM|PM)?(?P<hour>[0-9]{1,2})(?:[:.時](?P<minute>[0-9]{1,2}|半)?分?)?"
    r"(?P<half_after>AM|PM)?"
)
_COMPACT = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})")
_AFTERNOON = ("午後", "PM")
_NOON = 12


def parse(typed: str) -> str | None:
    """A time as 09:30; None where nothing can be made of it."""
    text = re.sub(r"\s+", "", normalise.width(typed)).upper().replace("ー", "").rstrip("~")
    match = _COMPACT.fullmatch(text) if len(text) > 2 else None
    match = match or _WRITTEN.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    hour = int(parts["hour"])
    minute = 30 if parts["minute"] == "半" else int(parts["minute"] or 0)
    half = parts.get("half") or parts.get("half_after")
    if half:
        if hour > _NOON:
            return None
        hour = hour % _NOON + (_NOON if half in _AFTERNOON else 0)
    elif text.isdigit() and len(text) <= 2:
        return None  # 9 alone may be anything
    found = f"{hour:02}:{minute:02}"
    return found if TIME.fullmatch(found) else None


class TimeKind(Kind):
    """A time between two others, perhaps only every so many minutes."""

    def __init__(self, definition: TimeField) -> None:
        self._step = definition.step
        self._bounds = Bounds(
            definition,
            lambda written: time(str(written)),
            time,
            (messages.TIME_TOO_EARLY, messages.TIME_TOO_LATE),
        )
        self.expressions = self._bounds.expressions

    def read(self, posted: Posted, situation: Situation) -> Reading:
        typed = normalise.one_line(first(posted)[: normalise.LIMIT + 1])
        if complaint := unusable(typed):
            return Reading(None, (complaint,))
        if not typed:
            return Reading()
        value = parse(typed) if len(typed) <= 40 else None
        if value is None:
            return Reading(None, (Complaint(messages.BAD_TIME),))
        complaints = self.check(value, situation)
        return Reading(None if complaints else value, complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if time(value) is None:
            return FOREIGN
        if self._step and _minutes(value) % self._step:
            return (Complaint(messages.TIME_STEP, values={"step": self._step}),)
        return self._bounds.complaints(value, situation, words=str)

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": [value]} if isinstance(value, str) else {}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        # type=time can't be typed in Japanese, and shows AM and PM to whoever's phone says so.
        extra = {"maxlength": "20", "placeholder": None, "autocomplete": "off"}
        return text_input(control, width="short", extra=extra)

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        hour, _, minute = value.partition(":")
        return (Row("", translate(messages.TIME) % {"hour": str(int(hour)), "minute": minute}),)

    def samples(self) -> tuple[Any, ...]:
        low = _minutes(self._bounds.low.fixed or "00:00")
        high = _minutes(self._bounds.high.fixed or "23:59")
        step = self._step or 1
        allowed = [minutes for minutes in range(24 * 60) if minutes % step == 0]
        fitting = [minutes for minutes in allowed if low <= minutes <= high] or [low]
        return tuple(
            f"{minutes // 60:02}:{minutes % 60:02}"
            for minutes in (fitting[len(fitting) // 2], fitting[-1])
        )


def _minutes(value: str) -> int:
    """Minutes since midnight."""
    return int(value[:2]) * 60 + int(value[3:])
