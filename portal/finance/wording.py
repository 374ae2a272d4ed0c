"""States of claims, attempts and refunds in the words of the office."""

from dataclasses import dataclass

from foundation.wording import N_
from payments.attempts.states import AttemptState
from payments.claims.service import StandingState
from payments.providers.base import Method
from payments.refunds.states import RefundState
from portal.applications.states import Event


@dataclass(frozen=True)
class Words:
    """A name, to be translated, and the colour of its tag."""

    name: str
    kind: str = ""


STANDINGS = {
    StandingState.UNPAID: Words(N_("未納"), "todo"),
    StandingState.PART_PAID: Words(N_("一部納付"), "todo"),
    StandingState.PAID: Words(N_("収納済み"), "good"),
    StandingState.OVERPAID: Words(N_("過納"), "bad"),
    StandingState.CANCELLED: Words(N_("取消")),
}

#: Why a claim was cancelled: what became of its application.
CANCELLATIONS = {
    Event.WITHDRAW: N_("申請の取下げ"),
    Event.LAPSE: N_("申請の失効"),
}

ATTEMPT_STATES = {
    AttemptState.CREATED: Words(N_("準備中")),
    AttemptState.STARTED: Words(N_("支払い待ち"), "info"),
    AttemptState.SUCCEEDED: Words(N_("収納"), "good"),
    AttemptState.FAILED: Words(N_("失敗")),
    AttemptState.CANCELLED: Words(N_("中止")),
    AttemptState.EXPIRED: Words(N_("期限切れ")),
}

REFUND_STATES = {
    RefundState.REQUESTED: Words(N_("承認待ち"), "todo"),
    RefundState.APPROVED: Words(N_("承認済み"), "info"),
    RefundState.SUBMITTED: Words(N_("返金中"), "info"),
    RefundState.SUCCEEDED: Words(N_("返金済み"), "good"),
    RefundState.FAILED: Words(N_("返金できず"), "bad"),
    RefundState.DECLINED: Words(N_("否認")),
}

METHODS = {
    Method.CARD: N_("クレジットカード"),
    Method.QR: N_("コード決済"),
    Method.CASH: N_("現金"),
}
