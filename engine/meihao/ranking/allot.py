"""Divides seats among regions by the largest remainder or D'Hondt, exactly and within bounds.

Sources: Balinski & Young, Fair Representation (1982); ties go to the larger number, then to the smaller region code.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Method = Literal["largest_remainder", "dhondt"]


class Claim(Struct, frozen=True):
    """A region's number and its bounds; `each` seats are given before the rest is shared, `at_least` is a guarantee."""

    code: str
    weight: int
    at_least: int = 0
    at_most: int | None = None
    each: int = 0

    @property
    def low(self) -> int:
        return max(self.at_least, self.each)

    def high(self, house: int) -> int:
        """Return the most that this region can get of `house` seats: a region without a number gets its floor only."""
        top = house if self.at_most is None else min(self.at_most, house)
        return top if self.weight else self.low


def house(claims: Sequence[Claim], seats: int) -> int:
    """Return how many of the seats can be given at all: ceilings may leave some over."""
    return min(seats, sum(claim.high(seats) for claim in claims))


def feasible(claims: Sequence[Claim], seats: int) -> bool:
    """Say whether every floor fits under its ceiling, and all floors together into the seats."""
    return sum(c.low for c in claims) <= seats and all(c.at_most is None or c.low <= c.at_most for c in claims)


def allot(method: Method, claims: Sequence[Claim], seats: int) -> tuple[int, ...]:
    """Return the seats of each claim, in order. Raises ValueError where the floors are not `feasible`.

    >>> allot("largest_remainder", [Claim("a", 6), Claim("b", 6), Claim("c", 2)], 10)
    (4, 4, 2)
    >>> allot("dhondt", [Claim("a", 100), Claim("b", 80), Claim("c", 30), Claim("d", 20)], 8)
    (4, 3, 1, 0)
    """
    if not feasible(claims, seats):
        raise ValueError("floors do not fit into the seats")
    rest = _after_each(claims)
    left = house(claims, seats) - sum(c.each for c in claims)
    shared = _largest_remainder(rest, left) if method == "largest_remainder" else _dhondt(rest, left)
    return tuple(claim.each + got for claim, got in zip(claims, shared, strict=True))


def shares(claims: Sequence[Claim], seats: int) -> tuple[Fraction, ...]:
    """Return each claim's exact share within its bounds, before rounding; they add up to the house."""
    left = house(claims, seats) - sum(c.each for c in claims)
    return tuple(c.each + s for c, s in zip(claims, _bounded(_after_each(claims), left), strict=True))


def _after_each(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims to what is left once every region has its `each` seats."""
    return tuple(
        replace(c, each=0, at_least=c.low - c.each, at_most=None if c.at_most is None else c.at_most - c.each)
        for c in claims
    )


def _bounded(claims: Sequence[Claim], seats: int) -> tuple[Fraction, ...]:
    """Share in proportion within bounds: one common factor for all regions that no bound holds.

    Each turn shares what is left among the free regions. Where the floors add more than the ceilings take away, the
    regions below their floor are settled at it; otherwise those above their ceiling. Every turn settles at least one.
    """
    settled = {i: Fraction(c.low) for i, c in enumerate(claims) if not c.weight}
    while len(settled) < len(claims):
        free = [i for i in range(len(claims)) if i not in settled]
        left = Fraction(seats - sum(settled.values()))
        weight = sum(claims[i].weight for i in free)
        ideal = {i: left * claims[i].weight / weight for i in free}
        held = {i: _clamp(ideal[i], claims[i].low, claims[i].high(seats)) for i in free}
        excess = sum(held.values()) - left
        settled |= {i: held[i] for i in free if excess * (held[i] - ideal[i]) > 0 or excess == 0}
    return tuple(settled[i] for i in range(len(claims)))


def _clamp(share: Fraction, low: int, high: int) -> Fraction:
    return Fraction(low) if share < low else Fraction(high) if share > high else share


def _largest_remainder(claims: Sequence[Claim], seats: int) -> tuple[int, ...]:
    """Hamilton: whole parts of the shares, then one more each by the largest remainder."""
    exact = _bounded(claims, seats)
    whole = [int(share) for share in exact]
    # The whole part less the exact share is the remainder with its sign turned: the largest comes first.
    by_remainder = sorted(range(len(claims)), key=lambda i: (whole[i] - exact[i], -claims[i].weight, claims[i].code))
    for i in by_remainder[: seats - sum(whole)]:
        whole[i] += 1
    return tuple(whole)


def _dhondt(claims: Sequence[Claim], seats: int) -> tuple[int, ...]:
    """D'Hondt: seat after seat to the largest number / (seats + 1) among regions below their ceiling, from the floors up."""
    got = [claim.low for claim in claims]
    most = [claim.high(seats) for claim in claims]

    def asks(i: int) -> tuple[Fraction, int, str, int]:
        # A fraction, not a float: equal quotients must be found equal, since then the number and the code decide.
        return Fraction(-claims[i].weight, got[i] + 1), -claims[i].weight, claims[i].code, i

    first = [asks(i) for i in range(len(claims)) if got[i] < most[i]]
    heapify(first)
    for _ in range(seats - sum(got)):
        best = first[0][-1]
        got[best] += 1
        if got[best] < most[best]:
            heapreplace(first, asks(best))
        else:
            heappop(first)
    return tuple(got)
