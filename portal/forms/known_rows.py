"""Rows of a group that are known in part: what is known stands as text, the rest is asked.

The known parts travel along as hidden controls: a row is read and moves up as any other does.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.wording import Translate
from portal.forms.answers_in_words import answer_rows
from portal.forms.compiled import CompiledGroup
from portal.forms.evaluated import Evaluation
from portal.forms.html import control_id, escaped
from portal.forms.posted import KNOWN_MARK
from portal.forms.prefilled import told_row
from portal.forms.results import Form


def known_in_row(
    group: CompiledGroup,
    number: int,
    evaluation: Evaluation,
    raw: Form | None,
    source: str | None,
) -> Mapping[str, Any]:
    """What of a row is shown as text, by field.

    At first that is what came from its source; of rows that come back, what was shown so.
    """
    prefix = f"{group.id}.{number}."
    told = raw.get(prefix + KNOWN_MARK, ()) if raw is not None and group.id in raw else None
    if not (source if told is None else told):
        return {}
    rows = evaluation.answers.get(group.id) or []
    row = rows[number] if number < len(rows) else {}
    wrong = {found.path for found in evaluation.found}
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
    rows: list[str] = []
    hidden: list[str] = []
    for inner in group.fields:
        if inner.id not in known:
            continue
        label = translate(inner.definition.label)
        rows += [
            told_row(part or label, text)
            for part, text in answer_rows(inner, known[inner.id], translate)
        ]
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


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escaped(name)}" value="{escaped(value)}">'
