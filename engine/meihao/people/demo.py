"""Invents the people of a demonstration: one for each role, at a place of the round that has something to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from .accounts import Account
from .places import RoleGrant, RoundMap
from .roles import HOLDS, NAMES, TITLES, RoleName

DEMO: Mapping[str, RoleName] = {f"demo-{role}": role for role in NAMES}


def demo_accounts(on: RoundMap) -> tuple[Account, ...]:
    """Return an account for each role: reviewers of the region with most units, an applicant and an inspector of a unit there."""
    return tuple(Account(login, TITLES[role].zh, grants=tuple(_grants(role, on))) for login, role in DEMO.items())


def _grants(role: RoleName, on: RoundMap) -> Iterator[RoleGrant]:
    counted = Counter(region for region in on.units.values() if region)
    region = max(sorted(counted), key=lambda one: counted[one], default="")
    units = [code for code, where in on.units.items() if where == region]
    match HOLDS[role]:
        case "round":
            yield RoleGrant(role)
        case "region":
            yield RoleGrant(role, region)
        case "unit":
            yield from (RoleGrant(role, code) for code in units[: 1 if role == "applicant" else 3])
