"""The life of a wish for a place (定員・抽選) as one table."""

from enum import StrEnum

from foundation.states import StateMachine


class EntryState(StrEnum):
    """Where a wish stands. Only ``placed`` owns places."""

    #: in the drawing of lots, or just come in
    ENTERED = "entered"
    PLACED = "placed"
    #: キャンセル待ち
    WAITING = "waiting"
    #: 落選
    LOST = "lost"
    #: taken back, refused, or lapsed
    GIVEN_UP = "given_up"


class EntryEvent(StrEnum):
    """What can happen to a wish."""

    #: there is room, or the lot fell on it
    PLACE = "place"
    #: it is on the waiting list
    QUEUE = "queue"
    #: neither a place nor a place in the waiting list was left
    LOSE = "lose"
    #: the application ended without using its places, or asks for other ones
    GIVE_UP = "give_up"


#: Nobody comes back from ``given_up``: who applies again makes a new wish, behind all others.
ENTRY: StateMachine[EntryState, EntryEvent] = StateMachine(
    name="admission",
    states=EntryState,
    initial=EntryState.ENTERED,
    edges={
        (EntryState.ENTERED, EntryEvent.PLACE): EntryState.PLACED,
        (EntryState.ENTERED, EntryEvent.QUEUE): EntryState.WAITING,
        (EntryState.ENTERED, EntryEvent.LOSE): EntryState.LOST,
        (EntryState.ENTERED, EntryEvent.GIVE_UP): EntryState.GIVEN_UP,
        (EntryState.WAITING, EntryEvent.PLACE): EntryState.PLACED,
        (EntryState.WAITING, EntryEvent.GIVE_UP): EntryState.GIVEN_UP,
        (EntryState.PLACED, EntryEvent.GIVE_UP): EntryState.GIVEN_UP,
    },
)

#: Wishes that still count.
LIVE = (EntryState.ENTERED, EntryState.PLACED, EntryState.WAITING)
