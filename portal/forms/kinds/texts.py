"""Fields of one text: text, textarea, email, phone."""

import re
from typing import Any

from foundation.wording import Translate
from portal.forms import graphemes, messages, normalise
from portal.forms.characters import RULES
from portal.forms.fields import TextareaField, TextField
from portal.forms.html import ControlHtml, attributes, slot, text_input
from portal.forms.kinds.base import (
    BLANK,
    FOREIGN,
    Complaint,
    Kind,
    Posted,
    Reading,
    Row,
    Situation,
    first,
    measured,
    pictured,
    unusable,
)

#: Browsers count UTF-16 units and people graphemes; the browser's limit leaves room for both.
_UNITS_PER_GRAPHEME = 8
#: Longest address that any mail server takes (RFC 5321).
MAX_ADDRESS = 254
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
#: Characters of an ordinary answer to a question of one line, and of several.
_USUAL_LINE, _USUAL_LINES = 8, 20
_PHONE = re.compile(r"0\d{9,10}")
#: Numbers that tell by themselves where their hyphens are: free of charge, mobile and IP, Tokyo and
#: Osaka. Other area codes have three to five digits; those stay as they were typed.
_FORMS = (
    re.compile(r"(0800)(\d{3})(\d{4})"),
    re.compile(r"(0[25-9]0)(\d{4})(\d{4})"),
    re.compile(r"(0120|0570|0180|0990)(\d{3})(\d{3})"),
    re.compile(r"(0[36])(\d{4})(\d{4})"),
)
_PHONE_ABROAD = re.compile(r"\+\d{8,15}")


class _OneText(Kind):
    """What the kinds of one text have in common: normalise, then check."""

    lines = False

    def normalised(self, text: str) -> str:
        return normalise.one_line(text)

    def read(self, posted: Posted, situation: Situation) -> Reading:
        typed = first(posted)
        text = (
            normalise.newlines(typed)
            if self.lines
            else normalise.one_line(typed[: 2 * normalise.LIMIT])
        )
        complaint = unusable(text, lines=self.lines) or pictured(text)
        if complaint:
            return Reading(None, (complaint,))
        spelt = self.normalised(text)
        if not spelt:
            return BLANK
        if spelt == text:
            # Its characters and its length are known to be good.
            complaint = self.wrong(spelt)
            return Reading(None, (complaint,)) if complaint else Reading(spelt)
        complaints = self.check(spelt, situation)
        return Reading(None if complaints else spelt, complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if not isinstance(value, str) or not value:
            return FOREIGN
        complaint = unusable(value, lines=self.lines) or self.wrong(value)
        return (complaint,) if complaint else ()

    def wrong(self, text: str) -> Complaint | None:
        """What is wrong with a text that is not empty."""
        return None

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": [value]} if isinstance(value, str) else {}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", str(value)),)


class TextKind(_OneText):
    """A line of text; ``textarea`` takes several."""

    def __init__(self, definition: TextField | TextareaField) -> None:
        self._max = definition.max_length
        self._min = definition.min_length
        self._pattern = re.compile(definition.pattern) if definition.pattern else None
        self._pattern_message = definition.pattern_message or messages.BAD_PATTERN
        self._custom_message = definition.pattern_message is not None
        self._characters = RULES[definition.characters] if definition.characters else None
        self._example = definition.example
        self._autocomplete = definition.autocomplete
        self._unit = definition.unit or ""
        says = definition.says if isinstance(definition, TextField) else None
        self._words = messages.RELATIONS if says == "relation" else frozenset[str]()
        self._rows = definition.rows if isinstance(definition, TextareaField) else 0
        self.lines = isinstance(definition, TextareaField)

    def normalised(self, text: str) -> str:
        if self._characters:
            text = self._characters.spelt(text)
        if self.lines:
            return text.strip()
        # A pattern is about codes and numbers: any width of them is welcome.
        wide = normalise.width(text)
        return wide if self._pattern and self._pattern.fullmatch(wide) else text

    def wrong(self, text: str) -> Complaint | None:
        if len(text) > self._max and graphemes.length(text) > self._max:
            return Complaint(messages.TOO_LONG, values={"max": self._max})
        if len(text) > self._max * _UNITS_PER_GRAPHEME + 32:
            return Complaint(messages.TOO_LONG, values={"max": self._max})
        if self._min and graphemes.length(text) < self._min:
            return Complaint(messages.TOO_SHORT, values={"min": self._min})
        if self._characters and not self._characters.fits(text):
            return Complaint(self._characters.message)
        if self._pattern and not self._pattern.fullmatch(text):
            return Complaint(self._pattern_message, literal=self._custom_message)
        return None

    def html(self, control: ControlHtml, translate: Translate) -> str:
        limit = str(self._max * _UNITS_PER_GRAPHEME)
        if not self.lines:
            width = "short" if self._max <= 10 else "medium" if self._max <= 40 else "long"
            return text_input(control, width=width, extra={"maxlength": limit, **self._hints()})
        rest = attributes({"rows": str(self._rows), "maxlength": limit, **self._hints()})
        # The line break after the tag is HTML's own: a first one of the text would be lost.
        return f'<textarea class="textarea"{control.common("")}{rest}>\n{slot("v:")}</textarea>'

    def samples(self) -> tuple[Any, ...]:
        """The author's example, or a few words of an ordinary length."""
        if self._example:
            return (self.normalised(self._example),)
        word = self._characters.sample if self._characters else "見本"
        usual = _USUAL_LINES if self.lines else _USUAL_LINE
        length = max(self._min or 1, min(usual, self._max))
        return ((word * length)[:length],)

    def _hints(self) -> dict[str, str | None]:
        """What a browser may fill in, and which keyboard helps."""
        digits = self._characters is RULES["digits"]
        return {"autocomplete": self._autocomplete, "inputmode": "numeric" if digits else None}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        text = translate(value) if value in self._words else value
        return (Row("", measured(text, self._unit, translate)),)


def mail_address(typed: str) -> str | None:
    """An address as it is mailed to; None for what can't be one."""
    text = normalise.width(typed[: normalise.LIMIT]).replace(" ", "")
    fits = len(text) <= MAX_ADDRESS and _EMAIL.fullmatch(text) and ".." not in text
    return text if fits else None


class EmailKind(_OneText):
    """An address for messages."""

    def samples(self) -> tuple[Any, ...]:
        return ("mihon@example.jp",)

    def normalised(self, text: str) -> str:
        return normalise.width(text).replace(" ", "")

    def wrong(self, text: str) -> Complaint | None:
        return Complaint(messages.BAD_EMAIL) if mail_address(text) is None else None

    def html(self, control: ControlHtml, translate: Translate) -> str:
        extra = {"inputmode": "email", "autocomplete": "email", "maxlength": "320"}
        # type=email would refuse full-width letters before the server can make them right.
        return text_input(control, width="long", extra=extra)


class PhoneKind(_OneText):
    """A telephone number as it is dialled in Japan, or with + from abroad."""

    def samples(self) -> tuple[Any, ...]:
        return ("09012345678",)

    def normalised(self, text: str) -> str:
        plain = re.sub(r"[() ]+", "-", normalise.hyphens(text)).strip("-")
        plain = re.sub(r"-{2,}", "-", plain)
        return "0" + plain[3:].lstrip("-") if plain.startswith("+81") else plain

    def wrong(self, text: str) -> Complaint | None:
        number = text.replace("-", "")
        if not number.isascii() or not (
            _PHONE.fullmatch(number) or _PHONE_ABROAD.fullmatch(number)
        ):
            return Complaint(messages.BAD_PHONE)
        return None

    def html(self, control: ControlHtml, translate: Translate) -> str:
        extra = {"inputmode": "tel", "autocomplete": "tel", "maxlength": "40"}
        return text_input(control, type_="tel", extra=extra)

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        forms = (form.fullmatch(value) for form in _FORMS)
        found = next((form for form in forms if form), None)
        return (Row("", "-".join(found.groups()) if found else value),)
