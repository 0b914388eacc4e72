"""A visitor without scripts: reads the forms of a page as a browser does, fills in, and presses a button."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile


class Form(HTMLParser):
    """The fields of a form as a browser would send them, its buttons, and every id of the page."""

    def __init__(self, text: str, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, False
        self.fields: dict[str, str] = {}
        self.buttons: dict[str, str] = {}
        self.ids: list[str] = []
        self.select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.ids += [said["id"]] if "id" in said else []
        if tag == "form":
            self.inside = said.get("id", "") == self.form
        own = said.get("form", self.form if self.inside else "") == self.form
        name, value = said.get("name", ""), said.get("value", "")
        if not (name and own):
            if tag == "option" and self.select and ("selected" in said or self.select not in self.fields):
                self.fields[self.select] = value
            return
        if tag == "button":
            self.buttons[value] = said.get("formaction", "")
        elif tag == "select":
            self.select = name
        elif tag == "input" and said.get("type") in ("radio", "checkbox"):
            if "checked" in said:
                self.fields[name] = value
        elif tag == "input" and said.get("type") != "file":
            self.fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""


class Visitor:
    """Somebody at a browser: `page` is what stands on the screen."""

    def __init__(self, client: Any, address: str) -> None:
        self.client = client
        self.page: Any = client.get(address)
        self.address = address

    def form(self, form: str) -> Form:
        return Form(self.page.text, form)

    def press(self, button: str, form: str = "try", typed: dict[str, str | None] | None = None) -> Any:
        """Fill in (None: clear) and press a button; a download leaves the page where it is."""
        found = self.form(form)
        assert button in found.buttons, (button, sorted(found.buttons))
        sent = {**found.fields, **(typed or {})}
        asked = found.buttons[button].partition("#")[0] or self.address
        answer = self.client.post(asked, {k: v for k, v in sent.items() if v is not None} | {"go": button})
        if "Content-Disposition" not in answer.headers:
            self.page = answer
        return answer

    def upload(self, name: str, data: bytes) -> Any:
        token = self.form("start").fields["csrfmiddlewaretoken"]
        file = SimpleUploadedFile(name, data)
        self.page = self.client.post(self.address, {"csrfmiddlewaretoken": token, "go": "continue", "file": file})
        return self.page
