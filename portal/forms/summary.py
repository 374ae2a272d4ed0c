"""All answers in words, section by section."""

from collections.abc import Mapping, Sequence

from foundation.wording import Translate
from portal.forms import messages
from portal.forms.compiled import AnyCompiled, CompiledGroup, CompiledSection
from portal.forms.evaluated import Evaluation
from portal.forms.html import control_id
from portal.forms.rendering import answer_rows
from portal.forms.results import SummaryRow, SummarySection


def summary(
    sections: Sequence[CompiledSection],
    evaluation: Evaluation,
    sources: Mapping[str, str],
    translate: Translate,
) -> tuple[SummarySection, ...]:
    """The sections that have something to say; ``sources`` say where an answer comes from."""
    found = []
    for section in sections:
        rows = tuple(
            row
            for each in section.fields
            if each.id in evaluation.visible
            for row in _rows(each, evaluation, sources, translate)
        )
        if rows:
            found.append(SummarySection(section.id, translate(section.definition.title), rows))
    return tuple(found)


def _rows(
    each: AnyCompiled, evaluation: Evaluation, sources: Mapping[str, str], translate: Translate
) -> list[SummaryRow]:
    if not isinstance(each, CompiledGroup) and not each.kind.asks and each.computed is None:
        return []
    label = translate(each.definition.label)
    word = messages.SOURCES.get(sources.get(each.id, ""))
    source = translate(word) if word else ""
    identity = control_id(each.id)
    value = evaluation.answers.get(each.id)
    if value is None or value == []:
        return [SummaryRow(label, "", source, identity, each.id)]
    return [
        SummaryRow(
            _heading(each, label, part),
            text,
            source,
            identity,
            each.id,
        )
        for part, text in answer_rows(each, value, translate)
    ]


def _heading(each: AnyCompiled, label: str, part: str) -> str:
    """A row's heading; a row of a group says the group's label once."""
    if not part or not isinstance(each, CompiledGroup) or part.startswith(label):
        return part or label
    return f"{label} {part}"
