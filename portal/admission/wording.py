"""A closed reception in words."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.forms.reception import Closed, ReceptionState
from portal.i18n import format_moment

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
        sentences.append(_("次の受付は%(moment)sからです。", moment=format_moment(state.opens)))
    return " ".join(sentences)
