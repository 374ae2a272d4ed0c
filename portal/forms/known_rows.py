"""Rows of a group that are known in part: what is known stands as text, the rest is asked.

The known parts travel along as hidden controls: a row is read and moves up as any other does.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.wording import Translate
from portal.forms import messages
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.evaluated import Evaluation
from portal.forms.html import control_id, escaped
from portal.forms.kinds.base import say
from portal.forms.posted import KNOWN_MARK
from portal.forms.results import Form


def known_in_row(
    group: CompiledGroup,
    number: int,
    evaluation: Evaluation,
    raw: Form | None,
    source: str | None,
) -> Mapping[str, Any]:
    """What of a row is shown as text, by field.

    At first that is what came from its source; of a page that comes back, what it showed so.
    """
    if raw is None and not source:
        return {}
    rows = evaluation.answers.get(group.id) or []
    row = rows[number] if number < len(rows) else {}
    prefix = f"{group.id}.{number}."
    wrong = {found.path for found in evaluation.found}
    told = None if raw is None else raw.get(prefix + KNOWN_MARK, ())
    return {
        inner.id: row[inner.id]
        for inner in group.fields
        if row.get(inner.id) is not None
        and inner.kind.asks
        and inner.file is None
        and prefix + inner.id not in wrong
        and (told is None or inner.id in told)
    }


def known_html(
    group: CompiledGroup,
    number: int,
    known: Mapping[str, Any],
    posted: Mapping[str, Mapping[str, Sequence[str]]],
    translate: Translate,
) -> str:
    """The known parts of a row; ``posted`` are their controls as they came back, by field."""
    rows, hidden = [], []
    for inner in group.fields:
        if inner.id not in known:
            continue
        for one in inner.kind.rows(known[inner.id], translate):
            label = one.label or translate(inner.definition.label)
            rows.append(
                f'<div class="prefilled__row"><dt>{say(label)}</dt>'
                f'<dd class="prefilled__value">{say(one.text).replace(chr(10), "<br>")}</dd></div>'
            )
        path = f"{group.id}.{number}.{inner.id}"
        hidden.append(_hidden(f"{group.id}.{number}.{KNOWN_MARK}", inner.id))
        controls = posted.get(inner.id) or inner.kind.shown(known[inner.id])
        for suffix, values in controls.items():
            name = f"{path}.{suffix}" if suffix else path
            hidden += [_hidden(name, value) for value in values]
    if not hidden:
        return ""
    # One element with a name of its own: what stays on the page while the rest is brought in.
    return (
        f'<div class="group__known" id="{control_id(f"{group.id}.{number}.{KNOWN_MARK}")}">'
        f'<dl class="prefilled__list">{"".join(rows)}</dl>{"".join(hidden)}</div>'
    )


def source_and_change(each: AnyCompiled, source: str | None, translate: Translate) -> str:
    """From where an answer is, and the link that changes it."""
    word = messages.SOURCES.get(source or "")
    shown = f'<span class="prefilled__source">{escaped(translate(word))}</span>' if word else ""
    if isinstance(each, CompiledField) and each.definition.fixed:
        return f"<p>{shown}</p>"
    label = escaped(translate(each.definition.label))
    bracketed = escaped(translate(messages.BRACKETED)) % {"text": label}
    return (
        f'<p>{shown} <a class="prefilled__change" href="?edit={each.id}#{control_id(each.id)}">'
        f"{escaped(translate(messages.CHANGE))}"
        f'<span class="visually-hidden">{bracketed}</span></a></p>'
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escaped(name)}" value="{escaped(value)}">'
