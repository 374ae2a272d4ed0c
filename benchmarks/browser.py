"""A person's browser without the drawing: addresses, cookies, redirections and forms over HTTP.

It does as little as a browser can, so that a measurement is of the servers and not of itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

_REDIRECTIONS = (301, 302, 303, 307, 308)
_MOST_REDIRECTIONS = 10
_PATIENCE = 30.0
#: Reading whole pages as HTML would cost more than what is measured.
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_TYPED = ("", "text", "hidden", "email", "tel", "password", "search", "number")


class UnexpectedPage(Exception):
    """The page is not the one that the walk expects here. Names address, status and heading."""


@dataclass
class Form:
    """A form as the page was delivered: where it goes, and what would be sent untouched."""

    method: str
    action: str
    #: (name, value) of every control that a browser would send
    fields: list[tuple[str, str]] = field(default_factory=list)
    #: names of all controls, also of choices of which none is made
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Page:
    """What came back after all redirections."""

    address: str
    status: int
    text: str

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    def form(self, control: str = "csrf_token", action: str = "") -> Form:
        """The last form with this control whose address has this part.

        Raises UnexpectedPage where there is none.
        """
        reader = _Forms()
        for found in _FORM.findall(self.text):
            reader.feed(found)
        for found in reversed(reader.forms):
            if found.method == "post" and control in found.names and action in found.action:
                return found
        title = self.text.partition("<title>")[2].partition("</title>")[0].strip()
        raise UnexpectedPage(f"no form with {control!r} at {self.address} ({self.status}): {title}")


class Browser:
    """One person with cookies of their own; counts every request that it sends."""

    def __init__(self) -> None:
        self.requests = 0
        self._connections: dict[str, HTTPConnection] = {}
        self._cookies: dict[str, dict[str, str]] = {}

    def get(self, address: str) -> Page:
        """Open an address, as typed or followed."""
        return self._go("GET", address, None)

    def post(
        self, page: Page, form: Form, answers: Mapping[str, str] | None = None, **button: str
    ) -> Page:
        """Send a form of the page, with these answers in those of its controls that it has."""
        answers = {name: text for name, text in (answers or {}).items() if name in form.names}
        kept = [(name, text) for name, text in form.fields if name not in answers]
        body = urlencode([*kept, *answers.items(), *button.items()])
        return self._go("POST", urljoin(page.address, form.action), body)

    def close(self) -> None:
        """Hang up."""
        for connection in self._connections.values():
            connection.close()

    def _go(self, method: str, address: str, body: str | None) -> Page:
        for _ in range(_MOST_REDIRECTIONS):
            status, headers, text = self._send(method, address, body)
            onward = next((value for name, value in headers if name.lower() == "location"), None)
            if status not in _REDIRECTIONS or onward is None:
                return Page(address, status, text)
            method, address, body = "GET", urljoin(address, onward), None
        raise UnexpectedPage(f"too many redirections at {address}")

    def _send(
        self, method: str, address: str, body: str | None
    ) -> tuple[int, Iterable[tuple[str, str]], str]:
        parts = urlsplit(address)
        place = parts.netloc
        if place not in self._connections:
            self._connections[place] = HTTPConnection(place, timeout=_PATIENCE)
        connection, cookies = self._connections[place], self._cookies.setdefault(place, {})
        headers = {"Accept-Language": "ja"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        self.requests += 1
        told = answer.getheaders()
        for name, value in told:
            if name.lower() == "set-cookie":
                cookies.update({key: morsel.value for key, morsel in SimpleCookie(value).items()})
        return answer.status, told, text


class _Forms(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        name, value = values.get("name", ""), values.get("value", "")
        if tag == "form":
            self._open = Form(values.get("method", "get").lower(), values.get("action", ""))
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "input" and name:
            self._open.names.add(name)
            kind = values.get("type", "")
            if kind in _TYPED or "checked" in values:
                self._open.fields.append((name, value))
        elif tag == "select":
            self._select = name
            self._open.names.add(name)
        elif tag == "option" and self._select and "selected" in values:
            self._open.fields.append((self._select, value))
        elif tag == "textarea":
            self._open.names.add(name)
            self._area = name
            self._open.fields.append((name, ""))
        elif tag == "button" and name:
            self._open.names.add(name)

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._area:
            name, before = self._open.fields[-1]
            self._open.fields[-1] = (name, before + data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = None
