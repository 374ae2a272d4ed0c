"""Answers that are known already: text with its source, and the link that changes it."""

from typing import Any

from foundation.wording import Translate
from portal.forms import messages
from portal.forms.answers_in_words import answer_rows
from portal.forms.compiled import AnyCompiled
from portal.forms.html import control_id, escaped
from portal.forms.kinds.base import say
from portal.forms.reading import settled


def prefilled(each: AnyCompiled, value: Any, source: str, translate: Translate) -> str:
    """A known answer as text: what, from where, and the link that changes it."""
    label = escaped(translate(each.definition.label))
    found = answer_rows(each, value, translate)
    rows = "".join(told_row(row_label, text) for row_label, text in found)
    if any(row_label for row_label, _ in found):
        # The parts have terms of their own: the label stands over their list.
        listed = f'<p class="field__label">{label}</p><dl class="prefilled__list">{rows}</dl>'
    else:
        listed = f'<dl class="prefilled__list"><dt class="field__label">{label}</dt>{rows}</dl>'
    return (
        f'<div class="field prefilled" id="{control_id(each.id)}">'
        f"{listed}{source_and_change(each, source, translate)}</div>"
    )


def told_row(label: str, text: str) -> str:
    """One term of a list of known answers; without a label it belongs to the one before."""
    told = f'<dd class="prefilled__value">{say(text).replace(chr(10), "<br>")}</dd>'
    return f'<div class="prefilled__row"><dt>{say(label)}</dt>{told}</div>' if label else told


def source_and_change(each: AnyCompiled, source: str | None, translate: Translate) -> str:
    """From where an answer is, and the link that changes it."""
    word = messages.SOURCES.get(source or "")
    shown = f'<span class="prefilled__source">{escaped(translate(word))}</span>' if word else ""
    if settled(each, source):
        return f"<p>{shown}</p>"
    label = escaped(translate(each.definition.label))
    bracketed = escaped(translate(messages.BRACKETED)) % {"text": label}
    return (
        f'<p>{shown} <a class="prefilled__change" href="?edit={each.id}#{control_id(each.id)}">'
        f"{escaped(translate(messages.CHANGE))}"
        f'<span class="visually-hidden">{bracketed}</span></a></p>'
    )
