"""A definition with mistakes that were told already, made fit for the checks that follow."""

from collections.abc import Iterable
from typing import Any, TypeVar

from portal.forms.definition import ProcedureDefinition
from portal.forms.expressions import Expression
from portal.forms.fields import FieldBase, GroupField
from portal.forms.literals import LIMITS, is_expression

#: What stands for an expression that can't be parsed, by its key.
_HARMLESS = {
    "when": None, "hold_when": None, "amount": 0, "quantity": 1, "value": "0", "at_least": None,
    "at_most": None, "times": 1, "percent": 1, "yen": 1, "takes": None,
}  # fmt: skip
#: What a check, a factor and a reduction have: they can't do without a condition.
_NEED_A_CONDITION = {"message", "times", "evidence"}


F = TypeVar("F", bound=FieldBase)


def without_doubles(definition: ProcedureDefinition) -> ProcedureDefinition:
    """The definition with the first alone of fields that have the same id."""
    top = _firsts(field for section in definition.sections for field in section.fields)
    sections = tuple(
        section.model_copy(
            update={"fields": tuple(_single(f) for f in section.fields if id(f) in top)}
        )
        for section in definition.sections
    )
    return definition.model_copy(update={"sections": sections})


def _single(field: F) -> F:
    if not isinstance(field, GroupField):
        return field
    kept = _firsts(field.fields)
    return field.model_copy(update={"fields": tuple(f for f in field.fields if id(f) in kept)})


def _firsts(fields: Iterable[FieldBase]) -> set[int]:
    firsts: dict[str, FieldBase] = {}
    for field in fields:
        firsts.setdefault(field.id, field)
    return {id(field) for field in firsts.values()}


def without_broken(definition: ProcedureDefinition) -> ProcedureDefinition:
    """The definition with something harmless where an expression can't be parsed."""
    return ProcedureDefinition.model_validate(
        _mended(definition.model_dump(mode="json", by_alias=True))
    )


def _mended(node: Any) -> Any:
    if isinstance(node, list):
        return [_mended(item) for item in node]
    if not isinstance(node, dict):
        return node
    mended: dict[str, Any] = {}
    for key, value in node.items():
        if key in LIMITS and is_expression(value) and not _parses(value):
            continue  # no limit
        broken = key in _HARMLESS and isinstance(value, str) and not _parses(value)
        mended[key] = _HARMLESS[key] if broken else _mended(value)
    if mended.get("when", "") is None and mended.keys() & _NEED_A_CONDITION:
        mended["when"] = "false"
    return mended


def _parses(written: str) -> bool:
    try:
        Expression(written)
    except ValueError:
        return False
    return True
