"""Lists: newest first, ``limit``, ``starting_after``, ``created[gte]``."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from payments.sandbox.stripe.errors import invalid_parameter, no_such
from payments.sandbox.stripe.form import Params
from payments.sandbox.stripe.models import StripeObject
from payments.sandbox.stripe.objects import page

_COMPARISONS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "gt": lambda column, moment: column > moment,
    "gte": lambda column, moment: column >= moment,
    "lt": lambda column, moment: column < moment,
    "lte": lambda column, moment: column <= moment,
}


Row = TypeVar("Row", bound=StripeObject)


def list_page(
    session: Session,
    table: type[Row],
    params: Params,
    render: Callable[[Row], dict[str, Any]],
    url: str,
    *conditions: ColumnElement[bool],
) -> dict[str, Any]:
    """One page of a table as a list object. Raises StripeError (400) for a wrong parameter."""
    limit = params.integer("limit")
    if limit is None:
        limit = 10
    if not 1 <= limit <= 100:
        raise invalid_parameter("limit", "Invalid integer: must be between 1 and 100")
    query = select(table).where(*conditions, *_created(table, params))
    after = params.text("starting_after")
    if after is not None:
        anchor = session.get(table, after)
        if anchor is None:
            raise no_such("object", after, "starting_after")
        query = query.where(
            (table.created < anchor.created)
            | ((table.created == anchor.created) & (table.id < anchor.id))
        )
    query = query.order_by(table.created.desc(), table.id.desc()).limit(limit + 1)
    rows = session.scalars(query).all()
    return page([render(row) for row in rows[:limit]], url, has_more=len(rows) > limit)


def _created(table: type[StripeObject], params: Params) -> list[ColumnElement[bool]]:
    if not params.has("created"):
        return []
    within = params.under("created")
    within.only(*_COMPARISONS)
    conditions = []
    for name, compare in _COMPARISONS.items():
        stamp = within.integer(name)
        if stamp is not None:
            moment = datetime.fromtimestamp(min(max(stamp, 0), 32_503_680_000), UTC)
            conditions.append(compare(table.created, moment))
    return conditions
