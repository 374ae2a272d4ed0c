"""What a procedure asks of a resident who has a card and applied here once before: our yardstick.

Characters are those typed on the shortest honest path: everything that is required is answered
truthfully in shape and length, what is known already is confirmed, what is optional is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.forms.compiled import CompiledGroup
from portal.forms.filling import Effort, Filled, Stuck, shortest
from portal.forms.procedure import Procedure
from portal.forms.results import Context
from portal.forms.trials import SAMPLE
from portal.forms.typical import TYPICAL, Known


@dataclass(frozen=True)
class QuestionFigures:
    """What one question takes. What is known already or optional takes nothing."""

    path: str
    label: str
    #: with one earlier application
    characters: int
    taps: int
    #: for the first time
    first_characters: int
    first_taps: int


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
    #: in the order of the form; the taps that turn pages are in none of them
    questions: tuple[QuestionFigures, ...]


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
        characters=again.effort.characters,
        taps=again.effort.taps,
        attachments=again.effort.attachments,
        first_characters=first.effort.characters,
        questions=tuple(_each_question(procedure, first, again)),
    )


def _each_question(procedure: Procedure, first: Filled, again: Filled) -> Iterator[QuestionFigures]:
    for name in procedure.field_ids:
        each = procedure.field_at(name)
        inner = each.fields if isinstance(each, CompiledGroup) else ()
        label = each.definition.label if each is not None else name
        if isinstance(each, CompiledGroup) or (each is not None and each.kind.asks):
            yield _question(name, label, first, again)
        for field in inner:
            if field.kind.asks:
                path, told = f"{name}.*.{field.id}", f"{label} › {field.definition.label}"
                yield _question(path, told, first, again)


def _question(path: str, label: str, first: Filled, again: Filled) -> QuestionFigures:
    """The figures of one question, of a row's over all rows."""
    earlier, now = _over(path, first), _over(path, again)
    return QuestionFigures(path, label, now.characters, now.taps, earlier.characters, earlier.taps)


def _over(path: str, filled: Filled) -> Effort:
    top, _, field = path.partition(".*.")
    efforts = (
        effort
        for asked, effort in filled.efforts.items()
        if asked == path or (field and asked.startswith(f"{top}.") and asked.endswith(f".{field}"))
    )
    return sum(efforts, Effort())


def _again(procedure: Procedure, context: Context, first: Filled) -> Filled | Stuck:
    """The same person once more: what they answered before is offered again."""
    told = {
        key: Known(value, "earlier") for key, value in procedure.known_from(first.answers).items()
    }
    known, _ = procedure.prefill({**told, **TYPICAL})
    return shortest(procedure, context, known)


def _questions(procedure: Procedure, name: str) -> int:
    each = procedure.field_at(name)
    if isinstance(each, CompiledGroup):
        return sum(inner.kind.asks for inner in each.fields)
    return int(each is not None and each.kind.asks)
