"""Holds what one server serves: a standard and a round, opened once before the first request, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..core.problems import LANGS, Lang
from ..uses.session import Session


class Site(Struct, frozen=True):
    """What is served. `demo` marks invented data on every page; `local` says that only this machine is answered.

    `people` is the name of the database that holds accounts, "" where there are none; `https` that a server in front speaks
    TLS and says for whom it asks; `on` is today where a demonstration shows a stage of the round.
    """

    sessions: Mapping[Lang, Session]
    demo: bool = False
    local: bool = False
    people: str = ""
    https: bool = False
    on: date | None = None

    @property
    def open_results(self) -> bool:
        """Whether anybody may see units' results: invented ones, or those of a round that only this machine sees.

        Where there are accounts, they say who may see what.
        """
        return self.demo or (self.local and not self.people)


def site_of(session: Session, demo: bool = False, local: bool = False, people: str = "", https: bool = False) -> Site:
    """Return the site of an open session, which serves each language by a session of its own."""
    return Site({lang: replace(session, lang=lang) for lang in LANGS}, demo, local, people, https)


def served() -> Site:
    """Return the site that this process serves."""
    from django.conf import settings

    site: Site = settings.MEIHAO
    return site
