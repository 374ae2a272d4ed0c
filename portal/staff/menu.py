"""The staff menu: what the person who is signed in may open."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from auth.staff.roles import Role
from portal.people import current_staff

OFFICE = (Role.CASE_WORKER, Role.DECISION_MAKER)
FINANCE = (Role.FINANCE, Role.FINANCE_APPROVER, Role.AUDITOR)
SURGE = (Role.ADMINISTRATOR, Role.DECISION_MAKER)


@dataclass(frozen=True)
class MenuItem:
    """One entry of the menu."""

    text: str
    address: str
    current: bool


def staff_menu() -> list[MenuItem]:
    """The entries for this person's roles, in the order of a day's work."""
    person = current_staff()
    if person is None:
        return []
    entries = (
        ((Role.COUNTER,), _("窓口"), "counter.desk", "counter"),
        (OFFICE, _("受付一覧"), "office.inbox", "office"),
        (FINANCE, _("会計"), "finance.overview", "finance"),
        (SURGE, _("災害時の受付"), "surge.switch", "surge"),
    )
    blueprint = request.blueprint
    return [
        MenuItem(text, url_for(endpoint), blueprint == owner)
        for roles, text, endpoint, owner in entries
        if any(person.may(role) for role in roles)
    ]
