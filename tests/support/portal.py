"""A portal for tests: the sample city in a directory of its own."""

from collections.abc import Mapping
from pathlib import Path

from portal.config import Config


def portal_config(data_dir: Path, database_url: str, **more: str) -> Config:
    """The configuration of a development portal whose data is all in ``data_dir``."""
    environ: Mapping[str, str] = {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url,
        **more,
    }
    return Config.from_env(environ)
