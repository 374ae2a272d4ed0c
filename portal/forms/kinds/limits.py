"""Lower and upper bounds of an answer: a value, or an expression over the other answers."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from portal.forms.expressions import Expression, ExpressionError
from portal.forms.fields import LimitedField
from portal.forms.kinds.base import Complaint, Situation
from portal.forms.literals import TIME, is_expression

T = TypeVar("T", int, str, date)


class Limit(Generic[T]):
    """One bound. Raises ValueError where it is neither a value of any kind nor CEL."""

    def __init__(
        self,
        written: int | str | None,
        value: Callable[[int | str], T | None],
        seen: Callable[[Any], T | None],
    ) -> None:
        """``value`` reads what was written, ``seen`` what an expression gives; None: neither."""
        self._value: T | None = None if written is None else value(written)
        self._seen: Callable[[Any], T | None] = seen
        self.expression: Expression | None = None
        if self._value is None and is_expression(written):
            self.expression = Expression(written)

    def value(self, situation: Situation) -> T | None:
        """The bound; None while it depends on an answer that isn't there yet."""
        if self.expression is None:
            return self._value
        try:
            return self._seen(self.expression.evaluate(situation.scope))
        except ExpressionError:
            return None

    @property
    def fixed(self) -> T | None:
        """The bound where it is the same for everybody."""
        return self._value


class Bounds(Generic[T]):
    """``min`` and ``max`` of a field, with the sentences for what is beyond them."""

    def __init__(
        self,
        definition: LimitedField,
        value: Callable[[int | str], T | None],
        seen: Callable[[Any], T | None],
        sentences: tuple[str, str],
    ) -> None:
        """``sentences`` are the engine's own, for too low and too high."""
        self.low: Limit[T] = Limit(getattr(definition, "min", None), value, seen)
        self.high: Limit[T] = Limit(getattr(definition, "max", None), value, seen)
        self._own = (definition.min_message, definition.max_message)
        self._sentences = sentences

    @property
    def expressions(self) -> tuple[Expression, ...]:
        limits = (self.low.expression, self.high.expression)
        return tuple(expression for expression in limits if expression is not None)

    def too_low(
        self, answer: T, situation: Situation, suffix: str = "", words: Callable[[T], object] = repr
    ) -> Complaint | None:
        """The complaint where the answer is below ``min``; ``words`` writes the bound."""
        low = self.low.value(situation)
        if low is None or not answer < low:
            return None
        if self._own[0]:
            return Complaint(self._own[0], suffix, literal=True)
        return Complaint(self._sentences[0], suffix, {"min": words(low)})

    def too_high(
        self, answer: T, situation: Situation, suffix: str = "", words: Callable[[T], object] = repr
    ) -> Complaint | None:
        """The complaint where the answer is above ``max``."""
        high = self.high.value(situation)
        if high is None or not answer > high:
            return None
        if self._own[1]:
            return Complaint(self._own[1], suffix, literal=True)
        return Complaint(self._sentences[1], suffix, {"max": words(high)})

    def complaints(
        self, answer: T, situation: Situation, suffix: str = "", words: Callable[[T], object] = repr
    ) -> tuple[Complaint, ...]:
        """What ``min`` and ``max`` have against an answer."""
        found = self.too_low(answer, situation, suffix, words) or self.too_high(
            answer, situation, suffix, words
        )
        return (found,) if found else ()


def whole(found: Any) -> int | None:
    """A whole number, as written or as an expression gives it."""
    return found if type(found) is int else None


def day(found: Any) -> date | None:
    """The day of the moment that an expression gives."""
    return found.date() if isinstance(found, datetime) else None


def time(found: Any) -> str | None:
    """A time as 09:00."""
    return found if isinstance(found, str) and TIME.fullmatch(found) else None
