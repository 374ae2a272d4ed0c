"""A closed reception, a lack of places and a limit that is reached, in words."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.admission.limits import LimitReached
from portal.admission.service import Full
from portal.forms.reception import Closed, ReceptionState, Within
from portal.i18n import format_limit

#: What a closed reception is called, and what that means for the person.
WORDS: Mapping[Closed, tuple[object, object]] = {
    "not_yet": (
        _l("受付はまだ始まっていません"),
        _l("受付が始まってから申請してください。"),
    ),
    "over": (_l("受付は終わりました"), _l("受付の期間がすぎたため、申請できません。")),
    "residents_first": (
        _l("いまは市民のかたの受付です"),
        _l("市外のかたは、受付が始まってから申請してください。"),
    ),
    "out_of_hours": (
        _l("いまは受付時間の外です"),
        _l("受付時間になってから申請してください。保存した入力は残ります。"),
    ),
}


def closed_words(state: ReceptionState) -> str:
    """Why nothing can be sent now, from when it can, and what to do."""
    if state.closed is None:
        return ""
    heading, meaning = WORDS[state.closed]
    sentences = [f"{heading}: {meaning}"]
    if state.opens is not None:
        sentences.append(_("次の受付は%(moment)sからです。", moment=format_limit(state.opens)))
    return " ".join(sentences)


#: The stretch of time of a limit, before "%(times)s times".
PERIODS: Mapping[Within, object] = {
    "fiscal_year": _l("1年度（4月から3月まで）に%(times)s回までです。"),
    "year": _l("1年（1月から12月まで）に%(times)s回までです。"),
    "month": _l("1か月に%(times)s回までです。"),
    "ever": _l("%(times)s回までです。"),
}


def full_words(outcome: Full) -> str:
    """That no place is left, or fewer than were asked for, and what to do."""
    if outcome.left:
        return _(
            "のこりの枠は%(left)sです。%(takes)sの枠は取れません。数をへらすか、ほかをえらんでください。",
            left=outcome.left,
            takes=outcome.demand.takes,
        )
    return _(
        "満員になりました。申し込みはまだ送られていません。ほかをえらべるときは、えらび直してください。"
    )


def limit_words(outcome: LimitReached) -> str:
    """How often it may be applied for, and where the earlier application is."""
    often = str(PERIODS[outcome.limit.within]) % {"times": outcome.limit.times}
    sentences = [_("この申請ができるのは、%(often)s", often=often)]
    if outcome.earlier:
        sentences.append(
            _(
                "前の申請の受付番号は %(reference)s です。"
                "内容を変えたいときは、担当課に連絡してください。",
                reference=outcome.earlier,
            )
        )
    else:
        sentences.append(
            _("すでに申請があります。心あたりがないときは、担当課に連絡してください。")
        )
    return " ".join(sentences)
