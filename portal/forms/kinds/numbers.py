"""Numbers: integer, yen, decimal."""

import re
from decimal import Decimal
from typing import Any

from foundation.wording import Translate
from portal.forms import messages, normalise
from portal.forms.fields import MAX_NUMBER, DecimalField, IntegerField, YenField
from portal.forms.figures import in_figures, in_yen
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
from portal.forms.kinds.limits import Bounds, whole

#: More digits than any limit admits, so that a number which is too large is told as such.
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}")
_DECIMAL = re.compile(r"[+-]?([0-9]{1,20}(\.[0-9]{0,20})?|\.[0-9]{1,20})")
#: Thousands apart: 1,234.5, or as many languages of Europe and South America write it, 1.234,5.
_BY_COMMAS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_BY_POINTS = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]*)?")


def _ungrouped(text: str) -> str:
    """A whole number without the signs between its thousands; with them where they stand wrong."""
    if _BY_COMMAS.fullmatch(text):
        return text.replace(",", "")
    return text.replace(".", "") if _BY_POINTS.fullmatch(text) else text


def _pointed(text: str) -> str:
    """A decimal with a point. A comma that parts no thousands stands for it: 1,5 is never 15."""
    if _BY_COMMAS.fullmatch(text):
        return text.replace(",", "")
    if text.count(",") == 1 and ("." not in text or _BY_POINTS.fullmatch(text)):
        return text.replace(".", "").replace(",", ".")
    return text


class _OneNumber(Kind):
    """What the kinds of numbers have in common: any width, separators and the unit are welcome."""

    def __init__(self, unit: str) -> None:
        self._unit = unit

    def typed(self, posted: Posted) -> tuple[str, Complaint | None]:
        """What was typed, as digits with a sign, a point and commas."""
        typed = normalise.one_line(first(posted)[: normalise.LIMIT + 1])
        if complaint := unusable(typed):
            return "", complaint
        text = re.sub(r"[ ¥\\]", "", normalise.hyphens(typed)).replace("、", ",")
        return text.removesuffix(normalise.width(self._unit)) if self._unit else text, None


class NumberKind(_OneNumber):
    """A whole number between two others."""

    def __init__(self, definition: IntegerField | YenField) -> None:
        self._money = isinstance(definition, YenField)
        unit = definition.unit if isinstance(definition, IntegerField) else messages.YEN
        super().__init__(unit or "")
        self._bounds = Bounds(definition, whole, whole, (messages.TOO_SMALL, messages.TOO_LARGE))
        self.expressions = self._bounds.expressions

    def read(self, posted: Posted, situation: Situation) -> Reading:
        text, complaint = self.typed(posted)
        if complaint:
            return Reading(None, (complaint,))
        text = _ungrouped(text)
        if not text:
            return Reading()
        if not _WHOLE.fullmatch(text):
            return Reading(None, (Complaint(messages.BAD_NUMBER),))
        complaints = self.check(int(text), situation)
        return Reading(None if complaints else int(text), complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if type(value) is not int:
            return FOREIGN
        if abs(value) > MAX_NUMBER:
            return (Complaint(messages.TOO_LARGE, values={"max": MAX_NUMBER}),)
        return self._bounds.complaints(value, situation, words=int)

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": [str(value)]} if type(value) is int else {}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        low, high = self._bounds.low.fixed, self._bounds.high.fixed
        width = "short" if high is not None and high < 1_000_000 else "medium"
        # type=number changes its value under a scrolling wheel and refuses full-width digits.
        mode = "numeric" if low is None or low >= 0 else "text"
        return text_input(control, width=width, extra={"inputmode": mode, "maxlength": "24"})

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        if self._money:
            return (Row("", in_yen(value, translate)),)
        return (Row("", measured(in_figures(value, translate), self._unit, translate)),)

    def samples(self) -> tuple[Any, ...]:
        low, high = self._bounds.low.fixed, self._bounds.high.fixed
        least = 0 if low is None else low
        most = MAX_NUMBER if high is None else high
        return (max(least, min(1, most)), min(most, max(least, MAX_NUMBER // 10_000)))


class DecimalKind(_OneNumber):
    """A number with decimal places, kept as text: "12.5". No float is involved anywhere."""

    def __init__(self, definition: DecimalField) -> None:
        super().__init__(definition.unit or "")
        self._places = definition.places
        self._bounds = Bounds(
            definition, self._written, whole, (messages.TOO_SMALL, messages.TOO_LARGE)
        )
        self.expressions = self._bounds.expressions

    def _written(self, limit: int | str) -> int | None:
        """A limit in units of the last place; None where it is an expression."""
        return self._units(str(limit)) if _DECIMAL.fullmatch(str(limit)) else None

    def _units(self, text: str) -> int:
        return int(Decimal(text).scaleb(self._places))

    def _text(self, units: int) -> str:
        """Units of the last place as a number without zeros that say nothing."""
        written = f"{Decimal(units).scaleb(-self._places):f}"
        return written.rstrip("0").rstrip(".") if "." in written else written

    def read(self, posted: Posted, situation: Situation) -> Reading:
        text, complaint = self.typed(posted)
        if complaint:
            return Reading(None, (complaint,))
        text = _pointed(text.replace("。", "."))
        if not text:
            return Reading()
        if not _DECIMAL.fullmatch(text):
            return Reading(None, (Complaint(messages.BAD_DECIMAL),))
        whole_part, _, fraction = text.partition(".")
        if len(fraction.rstrip("0")) > self._places:
            return Reading(
                None, (Complaint(messages.TOO_MANY_PLACES, values={"places": self._places}),)
            )
        value = self._text(self._units(f"{whole_part or '0'}.{fraction[: self._places] or '0'}"))
        complaints = self.check(value, situation)
        return Reading(None if complaints else value, complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            return FOREIGN
        units = self._units(value)
        if self._text(units) != value:
            return FOREIGN
        if abs(units) > MAX_NUMBER * 10**self._places:
            return (Complaint(messages.TOO_LARGE, values={"max": MAX_NUMBER}),)
        return self._bounds.complaints(
            units, situation, words=lambda limit: Decimal(self._text(limit))
        )

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": [value]} if isinstance(value, str) else {}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        low = self._bounds.low.fixed
        mode = "decimal" if low is None or low >= 0 else "text"
        return text_input(control, width="short", extra={"inputmode": mode, "maxlength": "24"})

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        figures = in_figures(Decimal(value), translate)
        return (Row("", measured(figures, self._unit, translate)),)

    def seen(self, value: Any) -> Any:
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            return None
        return self._units(value)

    def samples(self) -> tuple[Any, ...]:
        low, high = self._bounds.low.fixed, self._bounds.high.fixed
        least = 0 if low is None else low
        most = MAX_NUMBER if high is None else high
        one = 10**self._places
        return (
            self._text(max(least, min(one + 1, most))),
            self._text(min(most, max(least, 100 * one))),
        )
