"""Every page works without a script: each form is sent by a button of its own to an address that answers."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.web.every_page import make_round, visits
from tests.web.peopled import Clock, enter, open_site

ANSWERS = (200, 302, 401, 409, 422)  # a form that lacks something is refused in words
Attributes = dict[str, str]


class Forms(HTMLParser):
    """The forms of a page with what each would send, and what there is on the page that works by a script alone."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Attributes] = []
        self.fields: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.buttons: defaultdict[str, list[Attributes]] = defaultdict(list)
        self.lost: list[tuple[str, Attributes]] = []
        self.inside = ""
        self.feed(text)
        known = {form["key"] for form in self.forms}
        self.lost += [("form without a button", form) for form in self.forms if not self.buttons[form["key"]]]
        self.lost += [("no such form", {"form": key}) for key in {*self.fields, *self.buttons} - known]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if any(name.startswith("on") for name in said) or said.get("href", "").startswith(("javascript:", "#!")):
            self.lost.append((tag, said))
        if tag == "form":
            self.inside = said.get("id") or f"form {len(self.forms)}"
            self.forms.append({**said, "key": self.inside})
        elif tag in ("button", "input", "select", "textarea"):
            self._control(tag, said, said.get("form", self.inside))
        elif any(name.startswith("hx-") for name in said) and not self.inside:
            self.lost.append((tag, said))

    def _control(self, tag: str, said: Attributes, form: str) -> None:
        kind = said.get("type", "submit" if tag == "button" else "text")
        if (not form and "readonly" not in said) or kind == "button":
            self.lost.append((tag, said))
        elif kind in ("submit", "image"):
            self.buttons[form].append(said)
        elif tag == "input" and kind not in ("checkbox", "radio", "file") and "name" in said:
            self.fields[form][said["name"]] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = ""


@pytest.mark.parametrize(
    "lost",
    [
        '<form method="post"><input name="a"></form>', "<button>go</button>", '<input name="a">',
        '<form><button type="button">go</button><button>send</button></form>', '<a onclick="go()" href="/">go</a>',
        '<a href="javascript:go()">go</a>', '<div hx-get="/check">go</div>', '<button form="elsewhere">go</button>',
    ],
)  # fmt: skip
def test_what_works_by_a_script_alone_is_seen(lost: str) -> None:
    assert Forms(lost).lost
    assert not Forms('<form id="a"><button>send</button></form><input name="b" form="a"><a href="/">go</a>').lost


@pytest.fixture
def site(web: None, tmp_path: Path, time: Clock) -> Any:
    """A round in which a unit has handed in, served."""
    from django.db import connections
    from django.test import override_settings

    make_round(tmp_path / "served")
    found = open_site(tmp_path / "served", tmp_path / "cache")
    with override_settings(MEIHAO=found):
        yield
    connections[found.people].close()


def test_every_page_and_every_form_works_without_scripts(site: Any) -> None:
    from django.test import Client

    clients: dict[str, Any] = {}
    pages: list[tuple[Any, str, str]] = []
    for login, address in visits():
        if login not in clients:
            clients[login] = Client(enforce_csrf_checks=True)
            if login:
                enter(clients[login], login)
        page = clients[login].get(address)
        assert page.status_code in (200, 302, 404, 405), (login, address, page.status_code)
        pages += [(clients[login], address, page.text)] if is_page(page) else []
    assert len(pages) > 25
    sent = [one for page in pages for one in forms_of(*page)]
    for client, address, fields in sorted(sent, key=lambda one: one[1] == "/logout"):
        answer = client.post(address, fields)
        assert answer.status_code in ANSWERS, (address, fields, answer.status_code)
        if is_page(answer):
            assert Forms(answer.text).lost == [], address


def is_page(answer: Any) -> bool:
    """Say whether an answer is a page: neither a file nor a way to elsewhere."""
    kind = answer.headers["Content-Type"]
    return answer.status_code != 302 and "Content-Disposition" not in answer.headers and "text/html" in kind


def forms_of(client: Any, address: str, text: str) -> list[tuple[Any, str, dict[str, str]]]:
    """Return what each form of a page sends, by each of the addresses to which its buttons send it."""
    found, sent = Forms(text), []
    assert found.lost == [], address
    for form in found.forms:
        if form.get("method", "get").lower() != "post":
            assert client.get(form.get("action") or address, found.fields[form["key"]]).status_code == 200, (
                address,
                form,
            )
            continue
        assert "csrfmiddlewaretoken" in found.fields[form["key"]], (address, form)
        buttons = {one.get("formaction") or form.get("action") or address: one for one in found.buttons[form["key"]]}
        for to, button in buttons.items():
            pressed = {button["name"]: button.get("value", "")} if "name" in button else {}
            sent.append((client, to.partition("#")[0], {**found.fields[form["key"]], **pressed}))
    return sent
