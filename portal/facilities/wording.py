"""Why a day can't be had, in the words of the person who looks for a room."""

from datetime import date

from flask_babel import format_date
from flask_babel import lazy_gettext as _l

from portal.facilities.calendar import Unavailable
from portal.i18n import current_language

UNAVAILABLE = {
    Unavailable.PAST: _l("過ぎた日は予約できません。別の日をえらんでください。"),
    Unavailable.TOO_SOON: _l(
        "この日のインターネットでの受付は終わりました。別の日をえらんでください。"
    ),
    Unavailable.TOO_FAR: _l("この日の受付はまだ始まっていません。もっと近い日をえらんでください。"),
    Unavailable.CLOSED: _l("この日は休館日です。別の日をえらんでください。"),
}


def short_day(day: date) -> str:
    """A day where there is little room: ``6/5(金)``, ``Fri 5``."""
    return str(format_date(day, "M/d(E)" if current_language() == "ja" else "E d"))
