"""Why a day can't be had, in the words of the person who looks for a room."""

from flask_babel import lazy_gettext as _l

from portal.facilities.calendar import Unavailable

UNAVAILABLE = {
    Unavailable.PAST: _l("過ぎた日は予約できません。別の日をえらんでください。"),
    Unavailable.TOO_SOON: _l(
        "この日のインターネットでの受付は終わりました。別の日をえらんでください。"
    ),
    Unavailable.TOO_FAR: _l("この日の受付はまだ始まっていません。もっと近い日をえらんでください。"),
    Unavailable.CLOSED: _l("この日は休館日です。別の日をえらんでください。"),
}
