"""A definition with expressions that can't be parsed, made fit for the checks that follow."""

from typing import Any

from portal.forms.definition import ProcedureDefinition
from portal.forms.expressions import Expression
from portal.forms.literals import LIMITS, is_expression


def without_broken(definition: ProcedureDefinition) -> ProcedureDefinition:
    """The definition with something harmless where an expression can't be parsed."""
    return ProcedureDefinition.model_validate(_mended(definition.model_dump(mode="json")))


def _mended(node: Any) -> Any:
    if isinstance(node, list):
        return [_mended(item) for item in node]
    if not isinstance(node, dict):
        return node
    harmless = {"when": None, "hold_when": None, "amount": 0, "quantity": 1, "value": "0"}
    mended: dict[str, Any] = {}
    for key, value in node.items():
        if key in LIMITS and is_expression(value) and not _parses(value):
            continue  # no limit
        broken = key in harmless and isinstance(value, str) and not _parses(value)
        mended[key] = harmless[key] if broken else _mended(value)
    if mended.get("when", "") is None and ("message" in mended or "times" in mended):
        mended["when"] = "false"  # a check and a factor can't do without
    return mended


def _parses(written: str) -> bool:
    try:
        Expression(written)
    except ValueError:
        return False
    return True
