"""Numbers as people read them: the signs between their digits are the language's own."""

from decimal import Decimal

from foundation.wording import Translate
from portal.forms import messages


def in_figures(number: int | Decimal, translate: Translate) -> str:
    """``1,234``, ``1,234.5``; ``1.234`` and ``1.234,5`` in Portuguese. A minus is a hyphen."""
    pattern = translate(messages.FIGURES)
    signs = {ord(","): pattern[1], ord("."): pattern[5]}
    return (f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}").translate(signs)


def in_yen(amount: int, translate: Translate) -> str:
    """``1,234円``, ``¥1,234``: with a true minus sign, as the reader's language writes yen."""
    sign = "−" if amount < 0 else ""
    return sign + translate(messages.YEN_AMOUNT) % {"amount": in_figures(abs(amount), translate)}
