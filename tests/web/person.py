"""Somebody at a browser who fills in and reviews forms."""

from __future__ import annotations

from typing import Any

from tests.web.peopled import enter
from tests.web.visitor import Form

from meihao.forms.questions import question_pages
from meihao.standard.model import Pack

Fields = dict[str, Any]


class Person:
    """Somebody logged in at a browser without scripts."""

    def __init__(self, login: str) -> None:
        from django.test import Client

        self.client: Any = Client(enforce_csrf_checks=True)
        self.page: Any = None
        enter(self.client, login)

    def go(self, address: str, **asked: str) -> Any:
        self.page = self.client.get(address, asked)
        return self.page

    def press(self, button: str, typed: Fields | None = None, form: str = "fill", at: str = "") -> Any:
        """Fill in the form of the page and press a button; follow where it leads."""
        found = Form(self.page.text, form)
        assert button in found.buttons, (button, sorted(found.buttons))
        sent = {k: v for k, v in {**found.fields, **(typed or {})}.items() if v is not None}
        self.page = self.client.post(at or self.page.request["PATH_INFO"], {**sent, "go": button}, follow=True)
        return self.page


def fields(pack: Pack, type_: str, skip: int = 0) -> tuple[str, str]:
    """Return a page and a field of a type on it of the villages' form."""
    found = [
        (page.id, line.id) for page in question_pages(pack, "village") for line in page.lines if line.type == type_
    ]
    return found[skip]


def fill(person: Person, where: tuple[str, str], value: str, button: str = "tasks") -> Any:
    person.go(f"/u/A-1/fill/part/{where[0]}")
    return person.press(button, {where[1]: value})
