"""Holds what one server serves: a standard and a round, opened once before the first request, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from ..core.problems import LANGS, Lang
from ..uses.session import Session


class Site(Struct, frozen=True):
    """What is served. `demo` marks invented data on every page."""

    sessions: Mapping[Lang, Session]
    demo: bool = False


def site_of(session: Session, demo: bool = False) -> Site:
    """Return the site of an open session, which serves each language by a session of its own."""
    return Site({lang: replace(session, lang=lang) for lang in LANGS}, demo)


def served() -> Site:
    """Return the site that this process serves."""
    from django.conf import settings

    site: Site = settings.MEIHAO
    return site
