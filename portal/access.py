"""Who may open a page. Every view carries exactly one of these rules; the application refuses to
start with a view that has none.

``@public`` anybody · ``@resident`` whoever signed in as a resident · ``@staff(Role.X)`` an employee
who holds one of the roles (in any department; the service asks again for the department itself).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from auth.staff.roles import Role
from portal.counter.tablet import tablet_is_with_resident
from portal.people import current_resident, current_staff

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """The rule of one view."""

    kind: str
    roles: frozenset[Role] = frozenset()


def _attach(view: View, access: Access) -> View:
    view.__access__ = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Open to anybody; what belongs to a person is then checked by the view's service."""
    return _attach(view, Access("public"))


def resident(view: View) -> View:
    """Only for a signed-in resident; others are sent to sign in and come back here."""
    return _attach(view, Access("resident"))


def staff(*roles: Role) -> Callable[[View], View]:
    """Only for staff who hold one of the roles; with none named, for any employee."""

    def rule(view: View) -> View:
        return _attach(view, Access("staff", frozenset(roles)))

    return rule


def access_of(app: Flask, endpoint: str) -> Access | None:
    """The rule of a route; None where it has none."""
    if endpoint == "static":
        return Access("public")
    return getattr(app.view_functions[endpoint], "__access__", None)


def install(app: Flask) -> None:
    """Refuse to start with an undecided route, and ask the rule before each request."""
    undecided = sorted(
        rule.endpoint for rule in app.url_map.iter_rules() if access_of(app, rule.endpoint) is None
    )
    if undecided:
        raise RuntimeError(f"views without an access rule: {', '.join(undecided)}")
    app.before_request(_enforce)


def _enforce() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such address: the error page says so
    access = access_of(current_app, request.endpoint)
    if access is None:
        abort(403)
    if access.kind == "public":
        return None
    if access.kind == "resident":
        return None if current_resident() is not None else _first("sign_in.begin")
    person = current_staff()
    if person is None:
        return _first("staff.sign_in")
    if tablet_is_with_resident() and request.endpoint not in ("counter.take_back",):
        return _first("counter.take_back")
    if access.roles and not any(person.may(role) for role in access.roles):
        abort(403)
    return None


def _first(endpoint: str) -> ResponseReturnValue:
    """Another page comes first; it leads on to the one that was asked for."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(endpoint, next=back))
