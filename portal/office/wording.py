"""Steps in the history of an application, in the words of the office."""

from flask_babel import lazy_gettext as _l

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
