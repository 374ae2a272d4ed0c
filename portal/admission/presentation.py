"""Places as the pages show them: what is left of each option, and where an application stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.admission import seats
from portal.admission.seats import Room
from portal.admission.service import rooms
from portal.admission.states import EntryState
from portal.forms import Procedure
from portal.forms.fields import ChoiceField
from portal.forms.kinds.choices import OptionRoom
from portal.forms.places import ONLY
from portal.forms.reception import Capacity, Places


@dataclass(frozen=True)
class PoolView:
    """One kind of places, with the label of its option; "" where there is one kind only."""

    label: str
    #: the field that asks for the option, and the option; "" where there is one kind only
    field: str
    option: str
    room: Room
    #: turns that the waiting list still has
    turns: int
    lottery: bool

    @property
    def full(self) -> bool:
        """Whether nobody gets a place at once."""
        return not self.lottery and self.room.left == 0


@dataclass(frozen=True)
class Standing:
    """Where an application's wish for places stands."""

    state: EntryState
    takes: int
    #: キャンセル待ちの順番, from 1; None for what doesn't wait
    position: int | None


def pool_views(session: Session, procedure: Procedure, now: datetime) -> Sequence[PoolView]:
    """The places of the period at hand, in the order of the options."""
    capacity = procedure.definition.capacity
    if capacity is None:
        return ()
    labels = pool_labels(procedure, capacity)
    by = capacity.places.by if isinstance(capacity.places, Places) else ""
    return [
        PoolView(
            labels.get(pool, pool),
            by,
            pool if by else "",
            room,
            max(capacity.waiting - room.waiting, 0),
            capacity.lottery,
        )
        for pool, room in rooms(session, procedure, now).items()
    ]


def places_asked(
    session: Session, procedure: Procedure | None, section_id: str, now: datetime
) -> Sequence[PoolView]:
    """What is left of the options of today's procedure, for the section that asks for one."""
    capacity = procedure.definition.capacity if procedure is not None else None
    if procedure is None or capacity is None or not isinstance(capacity.places, Places):
        return ()
    by = capacity.places.by
    sections = procedure.definition.sections
    fields = [
        field.id for section in sections if section.id == section_id for field in section.fields
    ]
    return pool_views(session, procedure, now) if by in fields else ()


def option_rooms(views: Sequence[PoolView]) -> dict[str, dict[str, OptionRoom]]:
    """The places of the options, by their field; of a draw nothing can be said beside them."""
    found: dict[str, dict[str, OptionRoom]] = {}
    for view in views:
        if not view.lottery:
            room = OptionRoom(view.room.left, view.turns > 0)
            found.setdefault(view.field, {})[view.option] = room
    return found


def none_left(views: Sequence[PoolView]) -> bool:
    """Whether nobody more can be taken, not even on a waiting list."""
    return bool(views) and all(view.full and not view.turns for view in views)


def standing_of(session: Session, application_id: str) -> Standing | None:
    """Where an application's wish stands; None for one that needs no place."""
    entry = seats.entry_of(session, application_id)
    if entry is None:
        return None
    state = EntryState(entry.state)
    position = seats.position(session, entry) if state is EntryState.WAITING else None
    return Standing(state, entry.takes, position)


def pool_labels(procedure: Procedure, capacity: Capacity) -> dict[str, str]:
    """What each pool is called: the label of its option."""
    if not isinstance(capacity.places, Places):
        return {ONLY: ""}
    by = capacity.places.by
    for section in procedure.definition.sections:
        for field in section.fields:
            if field.id == by and isinstance(field, ChoiceField):
                return {option.value: option.label for option in field.options}
    return {}
