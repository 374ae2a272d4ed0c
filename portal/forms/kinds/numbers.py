"""Whole numbers: integer, yen."""

import re
from typing import Any

from foundation.wording import Translate
from portal.forms import messages, normalise
from portal.forms.fields import MAX_NUMBER, IntegerField, YenField
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
    measured,
    unusable,
)

#: More digits than any limit admits, so that a number which is too large is told as such.
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}")


class NumberKind(Kind):
    """A whole number between two others, in any width, with or without separators and its unit."""

    def __init__(self, definition: IntegerField | YenField) -> None:
        self._min = definition.min
        self._max = definition.max
        self._money = isinstance(definition, YenField)
        unit = definition.unit if isinstance(definition, IntegerField) else messages.YEN
        self._unit = unit or ""

    def read(self, posted: Posted, situation: Situation) -> Reading:
        typed = normalise.one_line(first(posted)[: normalise.LIMIT + 1])
        if not typed:
            return Reading()
        if complaint := unusable(typed):
            return Reading(None, (complaint,))
        text = re.sub(r"[,、 ¥\\]", "", normalise.hyphens(typed))
        text = text.removesuffix(normalise.width(self._unit)) if self._unit else text
        if not _WHOLE.fullmatch(text):
            return Reading(None, (Complaint(messages.BAD_NUMBER),))
        complaints = self.check(int(text), situation)
        return Reading(None if complaints else int(text), complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if type(value) is not int:
            return FOREIGN
        if value < self._min:
            return (Complaint(messages.TOO_SMALL, values={"min": self._min}),)
        if value > self._max:
            return (Complaint(messages.TOO_LARGE, values={"max": self._max}),)
        return ()

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": [str(value)]} if type(value) is int else {}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        width = "short" if self._max < 1_000_000 else "medium"
        # type=number changes its value under a scrolling wheel and refuses full-width digits.
        mode = "numeric" if self._min >= 0 else "text"
        return text_input(control, width=width, extra={"inputmode": mode, "maxlength": "24"})

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        if self._money:
            return (Row("", translate(messages.YEN_AMOUNT) % {"amount": f"{value:,}"}),)
        return (Row("", measured(f"{value:,}", self._unit, translate)),)

    def samples(self) -> tuple[Any, ...]:
        return (max(self._min, min(1, self._max)), min(self._max, MAX_NUMBER // 10_000))
