"""Every way through a procedure: sample answers for all that is asked, and the choices to vary."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.forms import Context, Procedure
from portal.forms.compiled import CompiledField
from portal.forms.filling import Filled, Stuck, fill
from portal.forms.kinds.choices import ChoiceKind, Optioned, YesNoKind


@dataclass(frozen=True)
class Turn:
    """One answer that can be given instead."""

    #: as an address holds it: ``purpose:other``
    pick: str
    label: str
    current: bool


@dataclass(frozen=True)
class Fork:
    """A question on whose answer others, or the price, depend."""

    path: str
    label: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Way:
    """The procedure filled in one way."""

    filled: Filled | Stuck
    forks: tuple[Fork, ...]


def way(
    procedure: Procedure, context: Context, known: Mapping[str, Any], picks: Mapping[str, str]
) -> Way:
    """The procedure filled in with samples, and with these picks where they are possible."""
    wanted = {
        path: value
        for path, written in picks.items()
        if (value := _value(procedure.field_at(path), written)) is not None
    }
    given = {path: value for path, value in wanted.items() if "." not in path}
    filled = fill(procedure, context, {**known, **given}, wanted)
    answers = filled.answers if isinstance(filled, Filled) else {**known, **given}
    forks = [
        _fork(each, name, answers.get(name))
        for name in procedure.field_ids
        if name in procedure.decisive
        and isinstance(each := procedure.field_at(name), CompiledField)
        and _values(each)
    ]
    return Way(filled, tuple(forks))


def _fork(each: CompiledField, path: str, answer: Any) -> Fork:
    turns = tuple(
        Turn(f"{path}:{written}", label, value == answer or answer == [value])
        for written, (label, value) in _values(each).items()
    )
    return Fork(path, each.definition.label, turns)


def _value(each: object, written: str) -> Any:
    if not isinstance(each, CompiledField):
        return None
    found = _values(each).get(written)
    return None if found is None else found[1]


def _values(each: CompiledField) -> dict[str, tuple[str, Any]]:
    """The answers to a choice: as an address holds them → label and answer."""
    if isinstance(each.kind, Optioned):
        several = not isinstance(each.kind, ChoiceKind)
        return {
            option.value: (option.label, [option.value] if several else option.value)
            for option in each.kind.options
        }
    if isinstance(each.kind, YesNoKind):
        return {"yes": ("はい", True), "no": ("いいえ", False)}
    return {}
