"""All tables of all packages, and how a database comes to have them."""

import importlib
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData

from foundation.orm import Base

_ROOT = Path(__file__).resolve().parent.parent
#: Where Alembic's environment and the versions are.
MIGRATIONS = _ROOT / "migrations"
_PACKAGES = ("foundation", "auth", "payments", "portal")
#: Tables stand in ``models.py``, triggers in ``guards.py``; these modules are the exceptions.
_FILES = ("models.py", "guards.py", "outbox.py")


@cache
def metadata() -> MetaData:
    """The tables of this whole program, complete whatever was imported before."""
    for package in _PACKAGES:
        for file in _FILES:
            for path in sorted((_ROOT / package).rglob(file)):
                importlib.import_module(".".join(path.relative_to(_ROOT).with_suffix("").parts))
    return Base.metadata


def upgrade(database_url: str, revision: str = "head") -> None:
    """Bring a database, new or old, to a revision of the schema."""
    command.upgrade(alembic_config(database_url), revision)


def alembic_config(database_url: str) -> Config:
    """Alembic's settings for one database, without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config
