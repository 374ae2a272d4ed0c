"""Steps in the history of an application and wishes for places, in the words of the office."""

from flask_babel import lazy_gettext as _l

from portal.admission.states import EntryState
from portal.applications.wording import EVENTS
from portal.exports.service import EXPORTED

STEPS = {**EVENTS, "note": _l("メモ"), EXPORTED: _l("データを書き出しました")}

#: For whom somebody else applies, in the words of the office.
ACTING_WORDS = {
    "child": _l("子どもの申請"),
    "household": _l("同じ世帯の人の申請"),
    "mandate": _l("委任状による代理"),
    "agent": _l("士業などの代理人"),
    "business": _l("法人・団体の申請"),
}

#: States of a wish for a place in the words of the office, and the colours of their tags.
PLACE_WORDS = {
    EntryState.ENTERED: (_l("抽選待ち"), "todo"),
    EntryState.PLACED: (_l("決定"), "good"),
    EntryState.WAITING: (_l("キャンセル待ち"), "info"),
    EntryState.LOST: (_l("落選"), ""),
    EntryState.GIVEN_UP: (_l("取消"), ""),
}
