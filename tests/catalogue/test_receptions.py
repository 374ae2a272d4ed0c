"""Lists say what is closed and what closes soon, to the day or the minute."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from tests.support.hall import Hall

CLOSING = "受付の終わりが近いもの"


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    return create_app(portal=hall.portal).test_client()


@pytest.mark.parametrize(
    ("day", "is_soon"),
    [
        (datetime(2026, 5, 31, tzinfo=UTC), False),  # not open yet
        (datetime(2026, 6, 1, tzinfo=UTC), True),
        (datetime(2026, 6, 20, 14, 59, tzinfo=UTC), True),  # its last minute in Japan
        (datetime(2026, 6, 20, 15, tzinfo=UTC), False),
    ],
)
def test_the_start_page_says_what_closes_soon(
    hall: Hall, client: FlaskClient, day: datetime, is_soon: bool
) -> None:
    hall.clock.set(day)
    _, _, said = client.get("/").text.partition(CLOSING)
    assert ("/procedures/garden" in said) is is_soon
    assert ("令和8年6月20日（土）まで" in said) is is_soon


def test_lists_say_what_is_closed(hall: Hall, client: FlaskClient) -> None:
    hall.clock.set(datetime(2026, 9, 1, tzinfo=UTC))
    page = client.get("/procedures").text
    _, _, garden = page.partition("/procedures/garden")
    assert "受付していません" in garden[: garden.index("</li>")]
    _, _, swim = page.partition("/procedures/swim")
    assert "令和9年5月1日（土）から" in swim[: swim.index("</li>")]
