"""A real browser as each kind of user holds it, which misses no error that a page makes."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response

ROOT = Path(__file__).resolve().parents[2]
#: Debian calls it chromium; others by other names.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Screen:
    """A device: its name in test ids, its size in CSS pixels, and whether it runs scripts."""

    name: str
    width: int
    height: int
    touch: bool = False
    javascript: bool = True

    def __str__(self) -> str:
        return self.name


PHONE = Screen("phone", 390, 844, touch=True)
PHONE_WITHOUT_SCRIPTS = Screen("phone-without-scripts", 390, 844, touch=True, javascript=False)
TABLET = Screen("tablet", 1024, 768, touch=True)
DESKTOP = Screen("desktop", 1440, 900)
DESKTOP_WITHOUT_SCRIPTS = Screen("desktop-without-scripts", 1440, 900, javascript=False)


@dataclass
class Visitor:
    """One person's browser: cookies of its own, and every error that its pages made."""

    context: BrowserContext
    errors: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A new tab. What goes wrong in it is noted in ``errors``."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on("console", self._on_console)
        page.on("response", self._on_response)
        return page

    def _on_console(self, message: ConsoleMessage) -> None:
        # An answer of 4xx is an error to the console, but often just what a test is about.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(f"{message.location['url']}: {message.text}")

    def _on_response(self, response: Response) -> None:
        broken_part = response.status >= 400 and not response.request.is_navigation_request()
        if response.status >= 500 or broken_part:
            self.errors.append(f"{response.status} {response.request.method} {response.url}")


def launch(playwright: Playwright) -> Browser:
    """Start the installed browser. Raises FileNotFoundError, saying what to install."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError(
            "No Chromium was found, and the tests drive a real browser. Install it: "
            "`apt-get install chromium` (Debian, Ubuntu)."
        )
    # Chromium's own sandbox refuses to run as root, as which containers run tests.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=found, args=arguments)


def visit(
    browser: Browser, screen: Screen, base_url: str, *, locale: str = "ja-JP", **more: Any
) -> Visitor:
    """A new person in front of this screen, unknown to the portal."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": screen.width, "height": screen.height},
        has_touch=screen.touch,
        java_script_enabled=screen.javascript,
        locale=locale,
        timezone_id="Asia/Tokyo",
        reduced_motion="reduce",
        **more,
    )
    context.set_default_timeout(15_000)
    return Visitor(context)


def check_accessibility(page: Page) -> None:
    """Fail where axe finds a violation of WCAG 2.2 A or AA on the page as it stands.

    axe itself is a script: the person's screen must be one that runs them.
    """
    assert page.evaluate("matchMedia('(scripting: enabled)').matches"), "axe needs scripts"
    if not _AXE.exists():
        raise FileNotFoundError("axe-core is missing: install Node.js, then `make setup`.")
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        """tags => axe.run(document, {
            runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']
        })""",
        _AXE_TAGS,
    )
    found = [
        f"{violation['id']}: {violation['help']}\n    {node['html']}\n    {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)


def check_no_sideways_scrolling(page: Page) -> None:
    """Fail where the page is wider than the screen."""
    width, shown = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= shown, f"{page.url}: {width} px wide on a screen of {shown} px"
