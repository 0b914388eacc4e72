"""Paints pages: the one place where a template gets its words. A sentence that a page asks for and lacks is an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ..core.text import Label
from ..core.version import __version__
from ..people.permissions import may_anywhere
from ..reports.words import SIGNS
from ..standard.model import ROLES
from ..uses.session import Session
from .language import in_other_language
from .phrases.common import COMMON
from .site import served

Phrases = Mapping[str, Label]
PLACES: tuple[str, ...] = ("check", "try_out", "standard", "round", "verify")
"""The pages of the menu, by the names of their addresses; the phrases of `common` name them."""
OWN_PLACES: Mapping[str, tuple[str, ...]] = {
    "inbox": ("see_form", "see_application"), "people": ("manage_accounts",), "may": ("see_permissions",),
    "security": ("manage_security",), "journal": ("read_journal",),
}  # fmt: skip
"""Those that stand in the menu of whoever may do there what they are for."""


def environment(**options: Any) -> Environment:
    """Return the environment of the templates: what they use and do not get is an error, not an empty place."""
    made = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
    made.globals.update(
        url=reverse, static=static, moment=moment, roles=ROLES, signs={code: sign for code, (sign, _) in SIGNS.items()}
    )
    return made


def moment(at: datetime) -> str:
    """Return a time as pages show it, in the zone of the machine that serves."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def session_of(request: Any) -> Session:
    """Return the session that answers in the language of a request."""
    return served().sessions[request.lang]


def page(request: Any, template: str, phrases: Phrases, status: int = 200, /, **values: Any) -> HttpResponse:
    """Return a page. In its template `t("key", name=…)` is a sentence of the page or one that all pages share."""
    return HttpResponse(painted(request, template, phrases, **values), status=status)


def painted(request: Any, template: str, phrases: Phrases, /, **values: Any) -> str:
    """Return the text of a page. A request that is refused before anybody asked who sends it has no account."""
    site, words = served(), {**COMMON, **phrases}
    session, account = site.sessions[request.lang], getattr(request, "account", None)

    def said(key: str, **parts: object) -> str:
        return words[key][request.lang].format(**parts)

    context = {
        "t": said, "lang": request.lang, "site": site, "pack": session.pack, "round": session.round, "version": __version__,
        "path": request.path, "other_language": in_other_language(request), "whole_round": session.whole_round,
        "csrf": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request)),
        "places": PLACES, "account": account, "entering": getattr(request, "entering", None),
        "own_places": [name for name, acts in OWN_PLACES.items() if any(may_anywhere(account, one) for one in acts)], **values,
    }  # fmt: skip
    text: str = get_template(template).render(context, request)
    return text
