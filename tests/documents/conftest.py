"""The typefaces that set-up fetched; a test run needs them."""

import pytest

from portal.documents.typefaces import Typefaces


@pytest.fixture(scope="session")
def typefaces() -> Typefaces:
    return Typefaces.load()
