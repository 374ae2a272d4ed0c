"""The life of a refund: asked for by one person, approved by another, then done by the provider."""

from enum import StrEnum

from foundation.states import StateMachine


class RefundState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    #: handed to the provider, whose answer may be lost
    SUBMITTED = "submitted"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    DECLINED = "declined"


class RefundEvent(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"
    SUBMIT = "submit"
    SUCCEED = "succeed"
    FAIL = "fail"


S, E = RefundState, RefundEvent

REFUND = StateMachine(
    name="refund",
    states=RefundState,
    initial=S.REQUESTED,
    edges={
        (S.REQUESTED, E.APPROVE): S.APPROVED,
        (S.REQUESTED, E.DECLINE): S.DECLINED,
        (S.APPROVED, E.SUBMIT): S.SUBMITTED,
        (S.SUBMITTED, E.SUCCEED): S.SUCCEEDED,
        (S.SUBMITTED, E.FAIL): S.FAILED,
        # The payer's bank may send back what had gone out.
        (S.SUCCEEDED, E.FAIL): S.FAILED,
    },
)
