"""Opens the round that takes in for whoever asks: its home in their name, its drafts, and who acts on which day."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.http import Http404
from msgspec import Struct
from msgspec.structs import replace

from ..standard.model import Role
from ..uses.hand_in import By
from ..uses.session import Session
from . import clock
from .access import asked
from .kept.drafts import DatabaseDrafts
from .kept.home import DatabaseHome
from .paint import session_of
from .who import hand_of

REVIEWERS: tuple[Role, ...] = ("township", "county")


class IntakeDesk(Struct, frozen=True):
    """A round that takes in, in the language and in the name of whoever asks."""

    session: Session
    home: DatabaseHome
    drafts: DatabaseDrafts


def desk_of(request: Any) -> IntakeDesk:
    """Return the round of a request. Raises Http404 where what is served takes nothing in, such as a plain folder."""
    session = session_of(request)
    home = session.home
    if not isinstance(home, DatabaseHome):
        raise Http404
    login = request.account.login if request.account else ""
    home = replace(home, hand=hand_of(login))
    return IntakeDesk(replace(session, kept=home), home, DatabaseDrafts(home.place, home.alias, home.code))


def by_of(request: Any, role: Role) -> By:
    """Return who acts, in a role, now."""
    at = clock.now().astimezone(UTC).isoformat(timespec="milliseconds")
    return By(request.account.name, role, clock.today(), at)


def reviewer_of(request: Any, code: str) -> Role:
    """Return in which role somebody reviews a unit: by the grant that reaches it. Raises Http404 where none does."""
    grant = asked(request, "see_application", code).grant
    role = next((one for one in REVIEWERS if grant and grant.role == one), None)
    if role is None:
        raise Http404
    return role
