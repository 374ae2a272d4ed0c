"""Who may do what, and where."""

import pytest

from auth.staff.roles import Role, StaffIdentity


def person(*roles: tuple[Role, str | None]) -> StaffIdentity:
    return StaffIdentity("1", "okada", "岡田 健", frozenset(roles))


@pytest.mark.parametrize(
    ("held", "role", "department", "allowed"),
    [
        ((Role.CASE_WORKER, "citizens"), Role.CASE_WORKER, "citizens", True),
        ((Role.CASE_WORKER, "citizens"), Role.CASE_WORKER, "childcare", False),
        ((Role.CASE_WORKER, "citizens"), Role.CASE_WORKER, None, True),
        ((Role.CASE_WORKER, "citizens"), Role.DECISION_MAKER, "citizens", False),
        ((Role.CASE_WORKER, None), Role.CASE_WORKER, "childcare", True),
        ((Role.ADMINISTRATOR, None), Role.FINANCE, None, False),
    ],
)
def test_may(
    held: tuple[Role, str | None], role: Role, department: str | None, allowed: bool
) -> None:
    assert person(held).may(role, department) is allowed


def test_nobody_may_anything_without_a_role() -> None:
    assert not any(person().may(role) for role in Role)


def test_departments() -> None:
    worker = person((Role.CASE_WORKER, "citizens"), (Role.CASE_WORKER, "pets"))
    assert worker.departments(Role.CASE_WORKER) == frozenset({"citizens", "pets"})
    assert worker.departments(Role.FINANCE) == frozenset()
    assert person((Role.CASE_WORKER, None)).departments(Role.CASE_WORKER) is None
