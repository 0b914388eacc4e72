"""Sends forms as a browser does: with the token of the page, a file, and the fields that the page itself holds."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

Fields = Mapping[str, str | Sequence[str]]


def send(client: Any, address: str, fields: Fields | None = None, file: tuple[str, bytes] | None = None) -> Any:
    """Return the answer to a form."""
    token = hidden(client.get(address).text, "csrfmiddlewaretoken")[0]
    given: dict[str, Any] = {"csrfmiddlewaretoken": token, **(fields or {})}
    if file:
        given["file"] = SimpleUploadedFile(*file)
    return client.post(address, given)


def hidden(text: str, name: str) -> list[str]:
    """Return the values of a page's inputs of one name, in their order."""
    return [html.unescape(one) for one in re.findall(rf'<input [^>]*name="{name}" value="([^"]*)"', text)]


def with_values(text: str, *typed: str) -> dict[str, str | Sequence[str]]:
    """Return what a page of errors sends when the values are typed into its inputs."""
    rows: dict[str, str | Sequence[str]] = {name: hidden(text, name) for name in ("sheet", "cell", "was")}
    carried = {name: hidden(text, name)[0] for name in ("carried", "name")}
    return {**carried, **rows, "to": list(typed)}
