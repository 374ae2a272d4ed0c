"""A definition with expressions that can't be parsed, made fit for the checks that follow."""

from typing import Any

from portal.forms.definition import ProcedureDefinition
from portal.forms.expressions import Expression
from portal.forms.literals import LIMITS, is_expression

#: What stands for an expression that can't be parsed, by its key.
_HARMLESS = {
    "when": None, "hold_when": None, "amount": 0, "quantity": 1, "value": "0", "at_least": None,
    "at_most": None, "times": 1, "percent": 1, "yen": 1, "takes": None,
}  # fmt: skip
#: What a check, a factor and a reduction have: they can't do without a condition.
_NEED_A_CONDITION = {"message", "times", "evidence"}


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
