"""For whom a text is: residents read every language, employees Japanese and English.

The pages of employees have their blueprints, and the texts that stand on no other page their
places in the program. Nobody translates those into a language in which they aren't offered.
"""

from collections.abc import Iterable

from foundation.languages import LANGUAGES

#: The languages of the pages for employees.
STAFF_LANGUAGES = ("ja", "en")

_STAFF_BLUEPRINTS = frozenset({"office", "finance", "staff", "surge"})

#: Folders and files of texts that employees alone read.
_STAFF_PLACES = tuple(
    place if place.endswith(".py") else f"{place}/"
    for place in (
        *("portal/office", "portal/finance", "portal/staff"),
        *("portal/templates/office", "portal/templates/finance", "portal/templates/staff"),
        *("portal/preview", "portal/templates/preview", "portal/surge", "portal/templates/surge"),
        # what the tools of authors say
        *("portal/forms/shown_words.py", "portal/forms/cli.py", "portal/forms/asking.py"),
        *("portal/forms/interview.py", "portal/forms/reports.py"),
        *("payments/ledger", "payments/reports", "payments/settlements", "payments/reconciliation"),
    )
)


def languages_of_pages(blueprint: str | None) -> tuple[str, ...]:
    """The tags in which the pages of a blueprint are offered; Japanese is always among them."""
    return STAFF_LANGUAGES if blueprint in _STAFF_BLUEPRINTS else tuple(LANGUAGES)


def is_needed_in(language: str, places: Iterable[str]) -> bool:
    """Whether a text that stands in these files has to be translated into a language."""
    if language in STAFF_LANGUAGES:
        return True
    return not all(place.startswith(_STAFF_PLACES) for place in places)
