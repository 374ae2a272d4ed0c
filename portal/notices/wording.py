"""What residents are told when their application moves on."""

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.wording import N_
from portal.applications.states import Event
from portal.forms import Procedure


@dataclass(frozen=True)
class NoticeWords:
    """Subject and text, to be translated; ``%(title)s`` and ``%(reference)s`` are filled in."""

    subject: str
    text: str
    #: the sentence before the link
    closing: str = N_("くわしくは、まどぐちにログインして確かめてください。")


#: What a completed booking is told of as.
BOOKED = "booked"

#: Mails with a link that was asked for; they tell of no step and stand in no message box.
BEGIN_LINK, RESUME_LINK = "begin_link", "resume_link"

#: What became of a wish for a place: there is one, or a turn on the waiting list.
PLACED, WAITING = "placed", "waiting"

#: What an approval is told of as, where 減免 was asked for.
_REDUCTION = {"granted": "approve_reduced", "refused": "approve_in_full"}

#: Under which key a definition adds its own sentence to a notice.
_NOTICES: Mapping[Event, str] = {
    Event.SUBMIT: "received",
    Event.PAID: "received",
    Event.RETURN: "returned",
    Event.APPROVE: "approved",
    Event.REJECT: "rejected",
    Event.COMPLETE: "completed",
}

#: Steps of a booking that its completion follows in the same moment.
_ON_THE_WAY = frozenset({Event.SUBMIT, Event.PAID})


def notice_of(event: Event, *, is_booking: bool, reduction: str | None = None) -> str | None:
    """Which notice a step calls for; None where nobody needs to be told.

    ``reduction`` is what became of 減免: granted, refused; None where none was asked for.
    """
    if event is Event.APPROVE and reduction in _REDUCTION:
        return _REDUCTION[reduction]
    if is_booking and event in _ON_THE_WAY:
        return None
    if is_booking and event is Event.COMPLETE:
        return BOOKED
    return event if event in WORDS else None


def own_sentence(procedure: Procedure, event: Event) -> str | None:
    """What the definition adds to a notice, in Japanese; None where it adds nothing."""
    key = _NOTICES.get(event)
    return getattr(procedure.definition.notices, key) if key is not None else None


WORDS: Mapping[str, NoticeWords] = {
    BOOKED: NoticeWords(
        N_("予約が決まりました"),
        N_("「%(title)s」の予約が決まりました。受付番号は %(reference)s です。"),
    ),
    BEGIN_LINK: NoticeWords(
        N_("申請を始めるためのリンク"),
        N_("「%(title)s」の申請を始めます。"),
        N_(
            "30分のうちに、下のリンクを開いてください。"
            "心あたりがないときは、このメールを消してください。"
        ),
    ),
    RESUME_LINK: NoticeWords(
        N_("申請のつづきを入力するためのリンク"),
        N_("「%(title)s」（受付番号 %(reference)s）の入力のつづきができます。"),
        N_(
            "下のリンクから、スマートフォンやほかのパソコンでもつづけられます。リンクは30日間使えます。"
            "このメールをほかの人に送らないでください。"
        ),
    ),
    PLACED: NoticeWords(
        N_("申し込みが決まりました"),
        N_("「%(title)s」（受付番号 %(reference)s）の申し込みが決まりました。"),
    ),
    WAITING: NoticeWords(
        N_("キャンセル待ちに入りました"),
        N_(
            "「%(title)s」（受付番号 %(reference)s）は、いま空きが足りないため、"
            "キャンセル待ちに入りました。順番がきたら、お知らせします。"
        ),
    ),
    Event.SUBMIT: NoticeWords(
        N_("申請を受け付けました"),
        N_("「%(title)s」を受け付けました。受付番号は %(reference)s です。"),
    ),
    Event.PAID: NoticeWords(
        N_("支払いを確認し、受け付けました"),
        N_("「%(title)s」の支払いを確認し、受け付けました。受付番号は %(reference)s です。"),
    ),
    Event.RETURN: NoticeWords(
        N_("申請の内容を直してください"),
        N_("「%(title)s」（受付番号 %(reference)s）に、直してほしいところがあります。"),
    ),
    Event.RESUBMIT: NoticeWords(
        N_("直した内容を受け取りました"),
        N_("「%(title)s」（受付番号 %(reference)s）の直した内容を受け取りました。"),
    ),
    Event.APPROVE: NoticeWords(
        N_("申請が認められました"), N_("「%(title)s」（受付番号 %(reference)s）が認められました。")
    ),
    "approve_reduced": NoticeWords(
        N_("申請と減免が認められました"),
        N_("「%(title)s」（受付番号 %(reference)s）と、料金の減免が認められました。"),
    ),
    "approve_in_full": NoticeWords(
        N_("申請は認められ、減免は認められませんでした"),
        N_(
            "「%(title)s」（受付番号 %(reference)s）は認められましたが、料金の減免は"
            "認められませんでした。減免のない料金になります。"
        ),
    ),
    Event.REJECT: NoticeWords(
        N_("申請は認められませんでした"),
        N_("「%(title)s」（受付番号 %(reference)s）は認められませんでした。"),
    ),
    Event.LOSE: NoticeWords(
        N_("抽選の結果のお知らせ"),
        N_(
            "「%(title)s」（受付番号 %(reference)s）は、申し込みが多かったため抽選をしました。"
            "今回は選ばれませんでした。"
        ),
    ),
    Event.COMPLETE: NoticeWords(
        N_("手続きが完了しました"),
        N_("「%(title)s」（受付番号 %(reference)s）の手続きが完了しました。"),
    ),
    Event.WITHDRAW: NoticeWords(
        N_("申請を取り下げました"),
        N_("「%(title)s」（受付番号 %(reference)s）は取り下げられました。"),
    ),
    Event.LAPSE: NoticeWords(
        N_("期限が過ぎました"),
        N_(
            "「%(title)s」（受付番号 %(reference)s）は、期限までに手続きが終わらなかったため、"
            "取り消されました。"
        ),
    ),
}
