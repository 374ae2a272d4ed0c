"""The life of an attempt: failed, cancelled and expired may still become succeeded."""

from enum import StrEnum

from foundation.states import StateMachine


class AttemptState(StrEnum):
    #: written down; the provider may or may not have heard of it
    CREATED = "created"
    #: the payer can pay
    STARTED = "started"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


#: The payer may still pay, as far as we know.
LIVE = frozenset({AttemptState.CREATED, AttemptState.STARTED})


class AttemptEvent(StrEnum):
    START = "start"
    SUCCEED = "succeed"
    FAIL = "fail"
    CANCEL = "cancel"
    EXPIRE = "expire"


S, E = AttemptState, AttemptEvent

ATTEMPT = StateMachine(
    name="attempt",
    states=AttemptState,
    initial=S.CREATED,
    edges={
        (S.CREATED, E.START): S.STARTED,
        (S.CREATED, E.SUCCEED): S.SUCCEEDED,
        (S.CREATED, E.FAIL): S.FAILED,
        (S.CREATED, E.CANCEL): S.CANCELLED,
        (S.CREATED, E.EXPIRE): S.EXPIRED,
        (S.STARTED, E.SUCCEED): S.SUCCEEDED,
        (S.STARTED, E.FAIL): S.FAILED,
        (S.STARTED, E.CANCEL): S.CANCELLED,
        (S.STARTED, E.EXPIRE): S.EXPIRED,
        # Money that comes late is still money.
        (S.FAILED, E.SUCCEED): S.SUCCEEDED,
        (S.CANCELLED, E.SUCCEED): S.SUCCEEDED,
        (S.EXPIRED, E.SUCCEED): S.SUCCEEDED,
    },
)
