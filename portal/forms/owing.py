"""What is still to come of an application: papers promised for later, fields of the office."""

from collections.abc import Iterator, Sequence
from typing import Any

from foundation.wording import Translate
from portal.forms.compiled import AnyCompiled, CompiledGroup, CompiledSection
from portal.forms.evaluated import Evaluation
from portal.forms.fields import ChoiceField, ChoicesField, Option, RankedField
from portal.forms.results import Promised


def promised(
    sections: Sequence[CompiledSection], evaluation: Evaluation, translate: Translate
) -> tuple[Promised, ...]:
    """What the answers say will be handed in later, in the order of the questions."""
    return tuple(
        Promised(translate(each.definition.label), translate(option.later))
        for section in sections
        for each, value in _answered(section, evaluation)
        for option in _chosen(each, value)
        if option.later
    )


def office_owes(
    sections: Sequence[CompiledSection], evaluation: Evaluation, translate: Translate
) -> tuple[str, ...]:
    """The required fields of the office that are empty, by their labels."""
    return tuple(
        translate(each.definition.label)
        for section in sections
        for each in section.for_office.fields
        if each.id in evaluation.visible
        and each.definition.required
        and (isinstance(each, CompiledGroup) or each.kind.asks)
        and evaluation.answers.get(each.id) in (None, [])
    )


def _answered(
    section: CompiledSection, evaluation: Evaluation
) -> Iterator[tuple[AnyCompiled, Any]]:
    for each in section.fields:
        value = evaluation.answers.get(each.id)
        if each.id not in evaluation.visible or value is None:
            continue
        if isinstance(each, CompiledGroup):
            for row in value:
                yield from ((inner, row.get(inner.id)) for inner in each.fields)
        else:
            yield each, value


def _chosen(each: AnyCompiled, value: Any) -> Iterator[Option]:
    """The options that were chosen, of a field that has any."""
    if isinstance(each.definition, ChoiceField | ChoicesField | RankedField):
        chosen = value if isinstance(value, list) else [value]
        yield from (option for option in each.definition.options if option.value in chosen)
