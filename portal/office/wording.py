"""Steps in the history of an application, in the words of the office."""

from flask_babel import lazy_gettext as _l

from portal.applications.wording import EVENTS
from portal.exports.service import EXPORTED

STEPS = {**EVENTS, "note": _l("メモ"), EXPORTED: _l("データを書き出しました")}
