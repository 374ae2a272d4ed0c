"""All answers in words, section by section."""

from collections.abc import Mapping, Sequence

from foundation.wording import Translate
from portal.forms import messages
from portal.forms.answers_in_words import answer_rows
from portal.forms.compiled import AnyCompiled, CompiledGroup, CompiledSection
from portal.forms.evaluated import Evaluation
from portal.forms.html import control_id
from portal.forms.reading import fixed_fields
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
    settled = each.id in fixed_fields((each,), sources, evaluation.answers)
    changeable = not settled and (isinstance(each, CompiledGroup) or each.computed is None)
    rows = [("", "")] if value is None or value == [] else answer_rows(each, value, translate)
    return [
        SummaryRow(part or label, text, source, identity, each.id, changeable)
        for part, text in rows
    ]
