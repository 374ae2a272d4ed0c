"""Where a redirect may lead, and what every answer carries."""

from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.app import create_app
from portal.config import Config
from portal.security import content_security_policy, safe_path
from tests.portal.test_config import PRODUCTION
from tests.support.hall import Hall
from tests.support.portal import portal_config

HERE = "https://madoguchi.example.jp"


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "my/",
        "https://evil.example",
        "https:/evil.example",
        "https:evil.example",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        "\t//evil.example",
        " //evil.example",
        "\x00//evil.example",
        "/my\\..\\evil",
        "javascript:alert(1)",
        "data:text/html,hello",
        "?next=//evil.example",
        "#//evil.example",
        "@evil.example",
    ],
)
def test_what_leads_elsewhere_leads_nowhere(target: str | None) -> None:
    assert safe_path(target, "/home") == "/home"


@pytest.mark.parametrize(
    "target",
    ["/", "/my/", "/search?q=住民票&page=2", "/a?next=https://b.example", "/a#b", "/a/../b", "/:8"],
)
def test_a_path_of_ours_is_kept(target: str) -> None:
    assert safe_path(target, "/home") == target


@given(st.text(alphabet="/\\:.@?#ae\t\n\r \x00", max_size=12) | st.text(max_size=20))
def test_whatever_comes_the_browser_stays_here(target: str) -> None:
    # Browsers read a backslash as a slash, and leave out tabs and line breaks.
    read = safe_path(target, "/home").replace("\\", "/")
    read = "".join(character for character in read if character not in "\t\r\n").strip()
    assert urlsplit(urljoin(f"{HERE}/a/b", read)).netloc == "madoguchi.example.jp"


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
