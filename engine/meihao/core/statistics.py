"""Calculates the Wilson interval of a sample in exact decimals, so that every machine prints the same digits."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from .numbers import Number, from_decimal

_Z = Decimal("1.959963984540054")  # the 97.5 % point of the normal distribution
_PRECISE = Context(prec=40)


def wilson(hits: Number, size: Number, places: int = 1) -> tuple[Number, Number]:
    """Return the 95 % interval of a share in percent (Wilson 1927), rounded half up. Raises ValueError without a sample.

    >>> wilson(81, 263, 2)
    (Fraction(2553, 100), Fraction(1831, 50))
    """
    if size <= 0:
        raise ValueError("a sample of nothing has no interval")
    k, n = (_decimal(Fraction(value)) for value in (hits, size))
    ctx = _PRECISE
    squared = ctx.multiply(_Z, _Z)
    spread = ctx.add(ctx.divide(ctx.multiply(k, ctx.subtract(n, k)), n), ctx.divide(squared, Decimal(4)))
    half = ctx.multiply(_Z, ctx.sqrt(spread))
    middle = ctx.add(k, ctx.divide(squared, Decimal(2)))
    below = ctx.add(n, squared)
    ends = (ctx.divide(ctx.multiply(Decimal(100), side), below) for side in (middle - half, middle + half))
    low, high = (from_decimal(end.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) for end in ends)
    return low, high


def _decimal(value: Fraction) -> Decimal:
    return _PRECISE.divide(Decimal(value.numerator), Decimal(value.denominator))
