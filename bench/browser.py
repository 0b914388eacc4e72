"""A browser without scripts for measuring: one connection that is kept, cookies, and forms as a browser sends them."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from time import monotonic
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

IDLE = 1.0  # seconds after which a server may close a connection that it keeps


class Answer(Struct, frozen=True):
    """What came back: status, address to go on at, text."""

    status: int
    location: str
    text: str


class Fields(HTMLParser):
    """The fields of one form of a page as a browser would send them, by the form's id ("": the first one without)."""

    def __init__(self, text: str, form: str = "") -> None:
        super().__init__()
        self.form, self.inside, self.closed = form, False, False
        self.of: dict[str, str] = {}
        self.select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("id", "") == self.form
        elif tag == "fieldset":
            self.closed = "disabled" in said
        if not self.inside or self.closed:
            return
        if tag == "select":
            self.select = said.get("name", "")
        elif tag == "option" and self.select and ("selected" in said or self.select not in self.of):
            self.of[self.select] = said.get("value", "")
        elif tag == "input" and said.get("name") and _counts(said):
            self.of[said["name"]] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"
        self.select = "" if tag == "select" else self.select
        self.closed = self.closed and tag != "fieldset"


def _counts(said: Mapping[str, str]) -> bool:
    """Say whether an input is sent as it stands: a box that is ticked, or anything but a box or a file."""
    return "checked" in said or said.get("type") not in ("radio", "checkbox", "file")


class Browser:
    """Somebody at a browser. Answers with a status of 400 or more are errors unless they are expected."""

    def __init__(self, address: str) -> None:
        self.place = urlsplit(address)
        self.cookies: SimpleCookie = SimpleCookie()
        self.last = monotonic()
        self.connection = HTTPConnection(str(self.place.hostname), self.place.port, timeout=120)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str], *expected: int) -> Answer:
        return self._ask("POST", path, urlencode(fields), *expected)

    def enter(self, login: str, password: str) -> None:
        """Log in. Raises RuntimeError where the door stays shut."""
        fields = Fields(self.get("/login").text).of
        if self.post("/login", {**fields, "login": login, "password": password}).status != 302:
            raise RuntimeError(f"{login} was not let in")

    def _ask(self, method: str, path: str, body: str | None, *expected: int) -> Answer:
        headers = {"Cookie": "; ".join(f"{one.key}={one.value}" for one in self.cookies.values())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if monotonic() - self.last > IDLE:
            self.connection.close()  # and opened anew: the server has given it up
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.last = monotonic()
        for line in answer.headers.get_all("Set-Cookie", ()):
            self.cookies.load(line)
        if answer.status >= 400 and answer.status not in expected:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return Answer(answer.status, answer.headers.get("Location", ""), text)
