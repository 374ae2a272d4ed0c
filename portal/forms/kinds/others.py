"""Attachments, notes and computed values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foundation.wording import Translate
from portal.forms import dates, messages
from portal.forms.expressions import Expression, ExpressionError
from portal.forms.fields import ComputedField, FileField
from portal.forms.figures import in_figures, in_yen
from portal.forms.functions import moment
from portal.forms.html import ControlHtml, attributes, escaped, slot
from portal.forms.kinds.base import (
    FOREIGN,
    Complaint,
    Kind,
    Posted,
    Reading,
    Row,
    Situation,
    measured,
    show,
)
from portal.forms.kinds.days import day_words

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
_SHAPE = {"id", "filename", "size", "media_type"}
_MEGABYTE = 1024 * 1024


class FileKind(Kind):
    """Attachments. The caller stores them; the answer says which ones there are."""

    missing = messages.MISSING_FILE
    carries = False

    def __init__(self, definition: FileField) -> None:
        self.accept = tuple(MEDIA_TYPES[kind] for kind in definition.accept)
        self.max_files = definition.max_files
        self.max_bytes = definition.max_mb * _MEGABYTE
        self._capture = definition.capture
        self._megabytes = definition.max_mb
        self._kinds = " / ".join(kind.upper() for kind in definition.accept)

    def read(self, posted: Posted, situation: Situation) -> Reading:
        """Files are no texts; what the caller stored is merged by the section's reader."""
        return Reading()

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if not isinstance(value, list):
            return FOREIGN
        for file in value:
            if (
                not isinstance(file, Mapping)
                or not set(file) >= _SHAPE
                or type(file["size"]) is not int
            ):
                return FOREIGN
            named = {"file": str(file["filename"])[:100]}
            if file["media_type"] not in self.accept:
                return (Complaint(messages.BAD_FILE_KIND, values={**named, "kinds": self._kinds}),)
            if file["size"] > self.max_bytes:
                values = {**named, "max": self._megabytes}
                return (Complaint(messages.FILE_TOO_LARGE, values=values),)
        if len(value) > self.max_files:
            return (Complaint(messages.TOO_MANY_FILES, values={"max": self.max_files}),)
        return ()

    def shown(self, value: Any) -> dict[str, list[str]]:
        if not isinstance(value, list):
            return {}
        return {"": [str(file.get("filename", "")) for file in value if isinstance(file, Mapping)]}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        rule = translate(messages.FILE_RULE) % {
            "kinds": self._kinds,
            "mb": self._megabytes,
            "files": self.max_files,
        }
        extra = attributes(
            {
                "accept": "image/*" if self._capture else ",".join(self.accept),
                # The camera at the back: papers and places are photographed, not faces.
                "capture": "environment" if self._capture else None,
                "multiple": self.max_files > 1 or None,
            }
        )
        # The list of what is there already is written into its slot when the page is filled.
        return (
            f'<div class="file">{slot("files")}<p class="file__rule">{escaped(rule)}</p>'
            f'<input type="file"{control.common("")}{extra}></div>'
        )

    def file_list(self, names: list[str], path: str, translate: Translate) -> str:
        """The stored files, each with a button that removes it."""
        if not names:
            return ""
        items = "".join(
            f'<li class="file__item"><span class="file__name">{show(name)}</span>'
            f'<button class="button button--secondary button--small" name="_remove"'
            f' value="{path}.{number}" formnovalidate>{escaped(translate(messages.REMOVE))}'
            f'<span class="visually-hidden"> {show(name)}</span></button></li>'
            for number, name in enumerate(names)
        )
        return f'<ul class="file__list">{items}</ul>'

    def slots(self, posted: Posted) -> dict[str, str]:
        return {}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", "\n".join(str(file["filename"]) for file in value)),)

    def seen(self, value: Any) -> Any:
        return [] if value is None else value

    def samples(self) -> tuple[Any, ...]:
        file = {"id": "1", "filename": "a.pdf", "size": 1, "media_type": self.accept[0]}
        return ([file],)


class _Unasked(Kind):
    """What a form shows without asking anything."""

    controls = ()
    asks = False
    carries = False

    def read(self, posted: Posted, situation: Situation) -> Reading:
        return Reading()

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        return ()

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {}

    def samples(self) -> tuple[Any, ...]:
        return (None,)


class NoteKind(_Unasked):
    """A text between the fields."""

    def html(self, control: ControlHtml, translate: Translate) -> str:
        return ""

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return ()


class ComputedKind(_Unasked):
    """A value that follows from the other answers."""

    def __init__(self, definition: ComputedField) -> None:
        self.expression = Expression(definition.value)
        self.expressions = (self.expression,)
        self._unit = definition.unit or ""
        self._format = definition.format

    def value(self, scope: Mapping[str, Any]) -> Any:
        """What it comes to, as an answer; None where it can't be told yet."""
        try:
            found = self.expression.evaluate(scope)
        except ExpressionError:
            return None
        if isinstance(found, datetime):
            return found.date().isoformat()
        return found if isinstance(found, bool | int | str) else None

    def html(self, control: ControlHtml, translate: Translate) -> str:
        return f'<output class="computed" id="{control.id("")}">{slot("computed")}</output>'

    def words(self, value: Any, translate: Translate) -> str:
        if value is None:
            return translate(messages.UNKNOWN_VALUE)
        if isinstance(value, bool):
            return translate(messages.YES if value else messages.NO)
        if isinstance(value, int) and self._format == "yen":
            return in_yen(value, translate)
        if isinstance(value, int):
            return measured(in_figures(value, translate), self._unit, translate)
        day = dates.iso(value)
        if day is not None:
            return day_words(day, translate)
        return measured(str(value), self._unit, translate)

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", self.words(value, translate)),)

    def seen(self, value: Any) -> Any:
        day = dates.iso(value)
        return value if day is None else moment(day)
