"""What a procedure asks of a resident who has a card and applied here once before: our yardstick.

Characters are those typed on the shortest honest path: everything that is required is answered
truthfully in shape and length, what is known already is confirmed, what is optional is left out.
"""

from dataclasses import dataclass
from datetime import date

from portal.forms.compiled import CompiledGroup
from portal.forms.filling import Effort, Filled, Stuck, shortest
from portal.forms.procedure import Procedure
from portal.forms.results import Context
from portal.forms.trials import SAMPLE
from portal.forms.typical import TYPICAL, Known


@dataclass(frozen=True)
class Statistics:
    """One procedure in figures."""

    procedure: str
    title: str
    #: all that the definition holds, whether it is asked or not
    sections: int
    fields: int
    #: with a card and one earlier application of the same procedure
    characters: int
    taps: int
    attachments: int
    #: with a card, for the first time
    first_characters: int


def statistics(procedure: Procedure, today: date) -> Statistics | Stuck:
    """The figures of a procedure; Stuck where ordinary answers don't lead to its end."""
    context = Context(
        today=today,
        resident=SAMPLE.resident,
        booking=SAMPLE.booking if procedure.booking else None,
    )
    known, _ = procedure.prefill(TYPICAL)
    first = shortest(procedure, context, known)
    if isinstance(first, Stuck):
        return first
    again = _again(procedure, context, first)
    if isinstance(again, Stuck):
        return again
    return Statistics(
        procedure=procedure.id,
        title=procedure.title,
        sections=len(procedure.section_ids),
        fields=sum(_questions(procedure, name) for name in procedure.field_ids),
        characters=again.characters,
        taps=again.taps,
        attachments=again.attachments,
        first_characters=first.effort.characters,
    )


def _again(procedure: Procedure, context: Context, first: Filled) -> Effort | Stuck:
    """The same person once more: what they answered before is offered again."""
    told = {
        key: Known(value, "earlier") for key, value in procedure.known_from(first.answers).items()
    }
    known, _ = procedure.prefill({**told, **TYPICAL})
    second = shortest(procedure, context, known)
    return second if isinstance(second, Stuck) else second.effort


def _questions(procedure: Procedure, name: str) -> int:
    each = procedure.field_at(name)
    if isinstance(each, CompiledGroup):
        return sum(inner.kind.asks for inner in each.fields)
    return int(each is not None and each.kind.asks)
