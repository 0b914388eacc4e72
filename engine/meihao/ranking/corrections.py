"""Reads what the committee ordered for one tier of one list, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from ..core.problems import Problem, Problems
from ..core.text import hints
from ..round.model import Correction
from . import messages


class Orders(Struct, frozen=True):
    """The committee's corrections of one tier, by unit."""

    removed: Mapping[str, Correction]
    added: Mapping[str, Correction]
    confirmed: Mapping[str, Correction]

    def all(self) -> tuple[Correction, ...]:
        """Return every correction, by unit."""
        found = (*self.removed.values(), *self.added.values(), *self.confirmed.values())
        return tuple(sorted(found, key=lambda c: (c.unit, c.action)))

    def without(self, unit: str) -> Orders:
        """Return the orders as if the unit had not been removed or added."""
        removed, added = ({u: c for u, c in part.items() if u != unit} for part in (self.removed, self.added))
        return Orders(removed, added, self.confirmed)


def orders(corrections: tuple[Correction, ...], tier: str, units: Collection[str]) -> Orders:
    """Return the orders for a tier among the units of a list."""
    mine = [c for c in corrections if c.tier == tier and c.unit in units]
    return Orders(
        {c.unit: c for c in mine if c.action == "remove"},
        {c.unit: c for c in mine if c.action == "add"},
        {c.unit: c for c in mine if c.action == "confirm"},
    )


def check_corrections(corrections: tuple[Correction, ...], tiers_by_unit: Mapping[str, Collection[str]]) -> Problems:
    """Return problems of the corrections themselves; `tiers_by_unit` gives the tiers open to each unit's list."""
    found: list[Problem] = []
    for one in corrections:
        found.extend(_names(one, tiers_by_unit))
        if not one.by.strip() or not one.reason.strip():
            found.append(messages.NO_REASON.at(one.source, unit=one.unit))
    return (*found, *_contradictions(corrections))


def _names(correction: Correction, tiers_by_unit: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    tiers = tiers_by_unit.get(correction.unit)
    if tiers is None:
        near = hints(correction.unit, tiers_by_unit)
        yield messages.UNIT_UNKNOWN.at(correction.source, unit=correction.unit, **near)
    elif correction.tier not in tiers:
        near = hints(correction.tier, tiers)
        yield messages.TIER_UNKNOWN.at(correction.source, unit=correction.unit, tier=correction.tier, **near)


def _contradictions(corrections: tuple[Correction, ...]) -> Iterator[Problem]:
    """Find a unit that is removed from a tier and also added to it or confirmed in it, or corrected twice alike."""
    by_place: dict[tuple[str, str], list[Correction]] = {}
    for one in corrections:
        by_place.setdefault((one.unit, one.tier), []).append(one)
    for (unit, tier), several in by_place.items():
        actions = [c.action for c in several]
        if len(set(actions)) < len(actions) or ("remove" in actions and len(actions) > 1):
            values = {"unit": unit, "tier": tier, "actions": ", ".join(actions)}
            yield messages.CONTRADICTION.at(several[-1].source, **values)
