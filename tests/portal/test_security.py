"""What every answer carries."""

from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.config import Config
from portal.security import content_security_policy
from tests.portal.test_config import PRODUCTION
from tests.support.hall import Hall
from tests.support.portal import portal_config


@pytest.fixture
def app(hall: Hall) -> Flask:
    return create_app(portal=hall.portal)


@pytest.mark.parametrize("address", ["/", "/nothing-here", "/static/css/base.css", "/my/"])
def test_every_answer_carries_the_headers(app: Flask, address: str) -> None:
    with app.test_client().get(address) as answer:
        headers = answer.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert ("no-store" in headers["Cache-Control"]) == (not address.startswith("/static/"))


def test_scripts_are_ours_and_nobody_frames_us(tmp_path: Path) -> None:
    development = content_security_policy(portal_config(tmp_path, "sqlite://"))
    production = content_security_policy(Config.from_env(PRODUCTION))
    for policy in (development, production):
        for rule in (
            "script-src 'self'",
            "style-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ):
            assert rule in policy.split("; ")
        assert "unsafe" not in policy
    assert "127.0.0.1" in development
    assert "127.0.0.1" not in production
    assert "https://auth-and-sign.go.jp" in production


def test_a_cookie_is_kept_from_scripts_and_other_sites(app: Flask) -> None:
    answer = app.test_client().get("/staff/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
