"""Lets a page ask the table of permissions: nobody unknown is let in, and what is not for somebody does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404

from ..people.permissions import Allowed, may_on
from ..people.places import WHOLE_ROUND, RoundPlace
from .clock import today
from .opened import round_map
from .site import served
from .who import LoginNeeded

View = Callable[..., Any]


def allowed(request: Any, action: str, place: RoundPlace | str = WHOLE_ROUND) -> Allowed:
    """Return by what somebody may do something at a place, or to the unit of a code.

    Raises LoginNeeded where nobody is logged in, who is sent to do so, and Http404 where somebody may not: to them it does
    not exist.
    """
    if request.account is None and served().people:
        raise LoginNeeded
    found = asked(request, action, place)
    if not found:
        raise Http404
    return found


def asked(request: Any, action: str, place: RoundPlace | str = WHOLE_ROUND) -> Allowed:
    """Return whether whoever asks may do something, and why; for links and lists that leave out what is not for them."""
    on = round_map()
    return may_on(request.account, action, on.unit(place) if isinstance(place, str) else place, on, today())


def for_whom(request: Any, action: str) -> Callable[[str], bool]:
    """Return what tells the units, by code, to which whoever asks may do something: a long list asks for the map once."""
    on, day, account = round_map(), today(), request.account
    own = {grant.where for grant in account.grants} if account else set()
    known: dict[tuple[str, str, bool], bool] = {}

    def allows(code: str) -> bool:
        """Say so; units of one region are alike, but for those that a grant names or that a decision lets in."""
        place = on.unit(code)
        alike = (place.region, code if code in own else "", on.let_in(place, day))
        if alike not in known:
            known[alike] = bool(may_on(account, action, place, on, day))
        return known[alike]

    return allows


def needs(action: str) -> Callable[[View], View]:
    """Let a page be seen by those alone who may do something in the whole round."""

    def let(view: View) -> View:
        @wraps(view)
        def seen(request: Any, *given: Any, **named: Any) -> Any:
            allowed(request, action)
            return view(request, *given, **named)

        return seen

    return let
