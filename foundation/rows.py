"""One row written at once.

The unit of work gathers changes, sorts them and builds their statements anew at each flush: right
where many things change together, and several times the cost of the statement itself where one
row does.
"""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Table, Update, bindparam, update
from sqlalchemy.orm import DeclarativeBase, object_session
from sqlalchemy.orm.attributes import set_committed_value

_KEY = "key_of_the_row"


def write_now(entity: DeclarativeBase, **values: Any) -> None:
    """UPDATE these attributes of an entity that its session has read, without waiting for a flush.

    Its columns are called as its attributes are, and its primary key is ``id``. Raises LookupError
    where the entity has no session or its row is gone.
    """
    session = object_session(entity)
    table = entity.__table__
    if session is None or not isinstance(table, Table):
        raise LookupError(f"{entity!r} was read in no session")
    written = session.connection().execute(
        _update(table, tuple(values)),
        {_KEY: entity.id, **values},  # type: ignore[attr-defined]
    )
    if written.rowcount != 1:
        raise LookupError(f"{entity!r} is not there any more")
    for name, value in values.items():
        set_committed_value(entity, name, value)


@cache
def _update(table: Table, names: tuple[str, ...]) -> Update:
    """The statement, built once for each set of columns."""
    assigned: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}
    return update(table).where(table.c.id == bindparam(_KEY)).values(assigned)
