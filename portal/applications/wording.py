"""States of an application in the words of the person who applied, and of staff."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from portal.applications.states import State


@dataclass(frozen=True)
class StateWords:
    """How a state is named, what it means for the applicant, and the colour of its tag."""

    name: object
    meaning: object
    kind: str


RESIDENT = {
    State.DRAFT: StateWords(
        _l("入力のとちゅう"), _l("まだ申請していません。つづきから入力できます。"), "todo"
    ),
    State.AWAITING_PAYMENT: StateWords(
        _l("支払い待ち"), _l("支払いが終わると、受付になります。"), "todo"
    ),
    State.RECEIVED: StateWords(
        _l("受付しました"), _l("担当課が内容を確認します。お待ちください。"), "info"
    ),
    State.IN_REVIEW: StateWords(
        _l("確認しています"), _l("担当課が内容を確認しています。お待ちください。"), "info"
    ),
    State.RETURNED: StateWords(
        _l("直してください"), _l("内容を直して、もう一度送ってください。"), "todo"
    ),
    State.APPROVED: StateWords(
        _l("認められました"), _l("担当課が発行などの準備をしています。"), "good"
    ),
    State.REJECTED: StateWords(_l("認められませんでした"), _l("理由を下に書いています。"), "bad"),
    State.COMPLETED: StateWords(_l("完了しました"), _l("この手続きは終わりました。"), "good"),
    State.WITHDRAWN: StateWords(_l("取り下げました"), _l("この申請は取り下げられました。"), ""),
    State.LAPSED: StateWords(
        _l("期限が過ぎました"),
        _l("期限までに手続きが終わらなかったため、取り消されました。お金はかかりません。"),
        "",
    ),
}

OFFICE = {
    State.DRAFT: StateWords(_l("作成中"), "", ""),
    State.AWAITING_PAYMENT: StateWords(_l("納付待ち"), "", ""),
    State.RECEIVED: StateWords(_l("受付"), "", "todo"),
    State.IN_REVIEW: StateWords(_l("審査中"), "", "info"),
    State.RETURNED: StateWords(_l("補正依頼中"), "", ""),
    State.APPROVED: StateWords(_l("承認"), "", "good"),
    State.REJECTED: StateWords(_l("却下"), "", "bad"),
    State.COMPLETED: StateWords(_l("完了"), "", "good"),
    State.WITHDRAWN: StateWords(_l("取下げ"), "", ""),
    State.LAPSED: StateWords(_l("失効"), "", ""),
}

#: Steps in the history of an application, in the words of the person who applied.
EVENTS = {
    "begin": _l("入力を始めました"),
    "submit": _l("申請しました"),
    "submit_with_fee": _l("申請しました。支払いを待っています"),
    "paid": _l("支払いが終わりました"),
    "open": _l("担当課が確認を始めました"),
    "return": _l("担当課が修正をお願いしました"),
    "resubmit": _l("直して、もう一度送りました"),
    "resubmit_with_fee": _l("直して、もう一度送りました。支払いを待っています"),
    "approve": _l("認められました"),
    "reject": _l("認められませんでした"),
    "complete": _l("手続きが完了しました"),
    "withdraw": _l("取り下げました"),
    "lapse": _l("期限が過ぎ、取り消されました"),
    "lose": _l("抽選で選ばれませんでした"),
    "placed": _l("申し込みが決まりました"),
    "waiting": _l("キャンセル待ちに入りました"),
    "disposed": _l("保存期間が終わり、内容を廃棄しました"),
}
