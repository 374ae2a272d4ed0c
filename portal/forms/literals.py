"""Limits and other values as an author writes them: numbers, days and times, or expressions."""

import re
from decimal import Decimal
from typing import Annotated, Any, TypeGuard

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

#: Keys of fields that hold a limit: a value, or an expression that gives one.
LIMITS = ("min", "max", "max_days", "min_items", "max_items")

#: A time of the day; its hour always has two digits, so that texts sort as times do.
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")


def is_expression(limit: object) -> TypeGuard[str]:
    """Whether a limit is an expression and not a number, a day or a time."""
    return isinstance(limit, str) and not any(
        literal.fullmatch(limit) for literal in (NUMBER, DAY, TIME)
    )


def _decimal_text(written: Any) -> Any:
    """12.5 as a text: no float may ever hold what people count in tenths."""
    if isinstance(written, int | float) and not isinstance(written, bool):
        return format(Decimal(str(written)), "f")
    return written


#: A number with decimal places, or an expression.
DecimalText = Annotated[
    str,
    BeforeValidator(_decimal_text),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    WithJsonSchema({"type": ["number", "string"]}),
]
Day = Annotated[str, StringConstraints(pattern=f"^{DAY.pattern}$")]
Time = Annotated[str, StringConstraints(pattern=f"^{TIME.pattern}$")]
