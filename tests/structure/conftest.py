"""The portal as the structural tests look at it: not served, with an empty database."""

from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from tests.support.portal import portal_config


@pytest.fixture
def portal_app(tmp_path: Path, sqlite_url: str) -> Flask:
    """The portal of the sample city."""
    return create_app(portal_config(tmp_path, sqlite_url))
