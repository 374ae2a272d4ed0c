"""申請の一生: the states of an application and the events that lead from one to the next."""

from enum import StrEnum

from foundation.states import StateMachine


class State(StrEnum):
    DRAFT = "draft"
    #: submitted, the fee is open
    AWAITING_PAYMENT = "awaiting_payment"
    #: 受付: with the department, nobody has opened it yet
    RECEIVED = "received"
    #: 審査中
    IN_REVIEW = "in_review"
    #: 補正依頼: back with the resident for correction
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    #: everything is done and handed out
    COMPLETED = "completed"
    #: 取下げ
    WITHDRAWN = "withdrawn"
    #: not paid or not finished in time
    LAPSED = "lapsed"


class Event(StrEnum):
    SUBMIT_WITH_FEE = "submit_with_fee"
    SUBMIT = "submit"
    PAID = "paid"
    OPEN = "open"
    RETURN = "return"
    RESUBMIT = "resubmit"
    RESUBMIT_WITH_FEE = "resubmit_with_fee"
    APPROVE = "approve"
    REJECT = "reject"
    #: 落選: the lot fell on others
    LOSE = "lose"
    COMPLETE = "complete"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


S, E = State, Event

MACHINE: StateMachine[State, Event] = StateMachine(
    name="application",
    states=State,
    initial=S.DRAFT,
    edges={
        (S.DRAFT, E.SUBMIT_WITH_FEE): S.AWAITING_PAYMENT,
        (S.DRAFT, E.SUBMIT): S.RECEIVED,
        (S.DRAFT, E.WITHDRAW): S.WITHDRAWN,
        (S.DRAFT, E.LAPSE): S.LAPSED,
        (S.AWAITING_PAYMENT, E.PAID): S.RECEIVED,
        (S.AWAITING_PAYMENT, E.WITHDRAW): S.WITHDRAWN,
        (S.AWAITING_PAYMENT, E.LAPSE): S.LAPSED,
        (S.RECEIVED, E.OPEN): S.IN_REVIEW,
        (S.RECEIVED, E.COMPLETE): S.COMPLETED,
        (S.RECEIVED, E.WITHDRAW): S.WITHDRAWN,
        (S.RECEIVED, E.LOSE): S.REJECTED,
        (S.IN_REVIEW, E.LOSE): S.REJECTED,
        (S.RETURNED, E.LOSE): S.REJECTED,
        (S.IN_REVIEW, E.RETURN): S.RETURNED,
        (S.IN_REVIEW, E.APPROVE): S.APPROVED,
        (S.IN_REVIEW, E.REJECT): S.REJECTED,
        (S.RETURNED, E.RESUBMIT): S.IN_REVIEW,
        (S.RETURNED, E.RESUBMIT_WITH_FEE): S.AWAITING_PAYMENT,
        (S.RETURNED, E.WITHDRAW): S.WITHDRAWN,
        (S.APPROVED, E.COMPLETE): S.COMPLETED,
    },
)

#: The answers may be changed by the applicant.
EDITABLE = frozenset({S.DRAFT, S.RETURNED})

#: The applicant still has something to do.
WITH_APPLICANT = frozenset({S.DRAFT, S.AWAITING_PAYMENT, S.RETURNED})

#: Visible to the department.
WITH_OFFICE = frozenset({S.RECEIVED, S.IN_REVIEW, S.RETURNED, S.APPROVED, S.REJECTED, S.COMPLETED})
