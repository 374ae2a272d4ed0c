"""The sandbox's own tables begin here: another declarative base than the portal's."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase

from foundation.orm import UtcDateTime


class SandboxBase(DeclarativeBase):
    """The tables of the sandbox, created at its start; no migration, the file may be deleted."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }
