"""Answers as people read them."""

from typing import Any

from foundation.wording import Translate
from portal.forms import messages
from portal.forms.compiled import AnyCompiled, CompiledField


def answer_rows(each: AnyCompiled, value: Any, translate: Translate) -> list[tuple[str, str]]:
    """An answer in words: pairs of label (may be empty) and text."""
    if isinstance(each, CompiledField):
        return [(row.label, row.text) for row in each.kind.rows(value, translate)]
    rows = []
    # Apart from their page, rows without a word of their own need the group's.
    word = translate(each.definition.item_label or each.definition.label)
    for number, row in enumerate(value, start=1):
        heading = translate(messages.ROW) % {"label": word, "number": number}
        parts = []
        for inner in each.fields:
            if row.get(inner.id) is None:
                continue
            for one in inner.kind.rows(row[inner.id], translate):
                label = one.label or translate(inner.definition.label)
                parts.append(f"{label}: {one.text}")
        rows.append((heading, "\n".join(parts)))
    return rows
