"""What a line of a price is called where there is one for each row of a group: 手数料：ソファ.

A price and a claim keep the name in Japanese, or as the person wrote it; it is put into the words
of a reader only where somebody reads it.
"""

from collections.abc import Mapping
from typing import Any

from foundation.wording import Translate
from portal.forms import dates, messages
from portal.forms.compiled import CompiledGroup
from portal.forms.fields import ChoiceField, DateField, NameField, TextField
from portal.forms.kinds.days import day_words

_SEPARATOR = "："


def row_name(group: CompiledGroup, row: Mapping[str, Any]) -> str:
    """The answer by which people tell a row from the others, as it is kept; "" where it has none.

    That is the first one that is short and says what or who: an option, a text, a name or a day.
    """
    for inner in group.fields:
        value = row.get(inner.id)
        if value is None:
            continue
        if isinstance(inner.definition, ChoiceField | TextField | NameField):
            return inner.kind.rows(value, lambda text: text)[0].text
        if isinstance(inner.definition, DateField):
            return str(value)
    return ""


def kept_name(label: str, row: str) -> str:
    """A line's name in one text, for a claim."""
    return f"{label}{_SEPARATOR}{row}" if row else label


def line_words(label: str, row: str, translate: Translate) -> str:
    """A line's name for its reader."""
    if not row:
        return translate(label)
    day = dates.iso(row)
    said = translate(row) if day is None else day_words(day, translate)
    return translate(messages.LINE_OF) % {"label": translate(label), "row": said}


def kept_words(name: str, translate: Translate) -> str:
    """The same for a name that was kept in one text."""
    label, _, row = name.partition(_SEPARATOR)
    whole = translate(name)
    return whole if whole != name else line_words(label, row, translate)
