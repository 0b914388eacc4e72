"""Orders the candidates of a list: groups of units that are equal in every key, the best group first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from ..core.numbers import Number, round_half_up
from ..standard.model import Profile, TieKey
from .candidates import Candidate
from .results import Key

Order = tuple[tuple[bool, Number], ...]
Groups = tuple[tuple["Ordered", ...], ...]


class Ordered(Struct, frozen=True):
    """A candidate with its printed figures; `order` compares: smaller stands higher. `lot` is the drawn hash, if any."""

    candidate: Candidate
    figure: Number
    keys: tuple[Key, ...]
    order: Order
    lot: str = ""

    @property
    def code(self) -> str:
        return self.candidate.code


def dimension_of(key: TieKey) -> str:
    """Return the dimension that a `percent_of` key names, without the word `dimension.`."""
    return key.argument.removeprefix("dimension.")


def name_of(key: TieKey) -> str:
    """Return a tie key as it stands in YAML: `percent_of(dimension.satisfaction)`, `base`."""
    if key.figure == "percent_of":
        return f"percent_of(dimension.{dimension_of(key)})"
    return f"findings({key.argument})" if key.figure == "findings" else key.figure


def ordered(candidate: Candidate, profile: Profile, places: int) -> Ordered:
    """Return a candidate with the figures that are printed, hence compared: rounded to `places`."""
    figure = round_half_up(candidate.figure(profile.by), places)
    keys = tuple(Key(name_of(key), _printed(_value(candidate, key), places)) for key in profile.ties)
    compared = (_compared(k.value, t.direction == "higher") for k, t in zip(keys, profile.ties, strict=True))
    return Ordered(candidate, figure, keys, (_compared(figure, True), *compared))


def _value(candidate: Candidate, key: TieKey) -> Number | None:
    if key.figure == "percent_of":
        return candidate.percent_of(dimension_of(key))
    if key.figure == "findings":
        return candidate.findings(key.argument)
    return {"total": candidate.total, "base": candidate.base, "bonus": candidate.bonus}[key.figure]


def _printed(value: Number | None, places: int) -> Number | None:
    return None if value is None else round_half_up(value, places)


def _compared(value: Number | None, higher: bool) -> tuple[bool, Number]:
    """Return a sort key: a figure that does not apply stands behind every known one."""
    return (True, 0) if value is None else (False, -value if higher else value)


def lot_of(seed: str, code: str) -> str:
    """Return a unit's lot: sha256 of the seed, a line feed and the code; the smallest comes first.

    >>> lot_of("2026", "C-0007")[:8] == hashlib.sha256(b"2026" + bytes([10]) + b"C-0007").hexdigest()[:8]
    True
    """
    # The line feed keeps seed and code apart: without it "20" and "26-1" would draw like "2026" and "-1".
    return hashlib.sha256(f"{seed}\n{code}".encode()).hexdigest()


def in_order(units: Iterable[Ordered], seed: str | None) -> Groups:
    """Return units equal in every key as one group, best group first; with a seed each drawn unit stands alone.

    Inside a group the code orders display only.
    """
    sorted_units = sorted(units, key=lambda u: (u.order, u.code))
    groups = tuple(tuple(same) for _, same in groupby(sorted_units, key=lambda u: u.order))
    return tuple(part for group in groups for part in _drawn(group, seed))


def _drawn(group: tuple[Ordered, ...], seed: str | None) -> Groups:
    if len(group) == 1 or seed is None:
        return (group,)
    drawn = (Ordered(u.candidate, u.figure, u.keys, u.order, lot_of(seed, u.code)) for u in group)
    return tuple((unit,) for unit in sorted(drawn, key=lambda u: (u.lot, u.code)))


def flat(groups: Groups) -> tuple[Ordered, ...]:
    """Return the units of all groups, in order."""
    return tuple(unit for group in groups for unit in group)


def ranks(figures: Sequence[Number]) -> tuple[int, ...]:
    """Return display ranks of figures that stand in order, equal ones sharing the first.

    >>> ranks([95, 90, 90, 80])
    (1, 2, 2, 4)
    """
    first = {figure: place for place, figure in reversed(list(enumerate(figures, 1)))}
    return tuple(first[figure] for figure in figures)


def step_between(ahead: Ordered, behind: Ordered) -> str:
    """Return the step that puts one unit before another: `figure`, a tie key's name, or "" where every key is equal."""
    names = ("figure", *(key.name for key in ahead.keys))
    pairs = zip(names, ahead.order, behind.order, strict=True)
    return next((name for name, one, other in pairs if one != other), "")
