"""Where a redirect may lead."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.paths import local_path

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
        "/\x7f",
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
    assert local_path(target, "/home") == "/home"


@pytest.mark.parametrize(
    "target",
    ["/", "/my/", "/search?q=住民票&page=2", "/a?next=https://b.example", "/a#b", "/a/../b", "/:8"],
)
def test_a_path_of_ours_is_kept(target: str) -> None:
    assert local_path(target, "/home") == target


@given(st.text(alphabet="/\\:.@?#ae\t\n\r \x00", max_size=12) | st.text(max_size=20))
def test_whatever_comes_the_browser_stays_here(target: str) -> None:
    # Browsers read a backslash as a slash, and leave out tabs and line breaks.
    read = local_path(target, "/home").replace("\\", "/")
    read = "".join(character for character in read if character not in "\t\r\n").strip()
    assert urlsplit(urljoin(f"{HERE}/a/b", read)).netloc == "madoguchi.example.jp"
