"""What staff may do, by role and department."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    COUNTER = "counter"
    CASE_WORKER = "case_worker"
    DECISION_MAKER = "decision_maker"
    FINANCE = "finance"
    FINANCE_APPROVER = "finance_approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class StaffIdentity:
    """Who is working, and in which roles; a role without a department holds in all of them."""

    id: str
    login: str
    name: str
    roles: frozenset[tuple[Role, str | None]]

    def may(self, role: Role, department: str | None = None) -> bool:
        """Whether this person acts as ``role`` in ``department``, or anywhere where it is None."""
        return any(
            held is role and (place is None or department is None or place == department)
            for held, place in self.roles
        )

    def departments(self, role: Role) -> frozenset[str] | None:
        """The departments in which this person acts as ``role``; None means all of them."""
        places = {place for held, place in self.roles if held is role}
        if None in places:
            return None
        return frozenset(place for place in places if place is not None)
