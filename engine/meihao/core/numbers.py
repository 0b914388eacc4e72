"""Calculates exactly: text becomes an int or a Fraction, and text again. No float ever enters a score."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Number = int | Fraction


def simplest(value: Fraction) -> Number:
    """Return an int where the fraction is whole."""
    return value.numerator if value.denominator == 1 else value


def from_decimal(value: int | Decimal) -> Number:
    """Return the exact value of a decimal as written.

    >>> from_decimal(Decimal("0.50"))
    Fraction(1, 2)
    """
    return value if isinstance(value, int) else simplest(Fraction(value))


def divide(part: Number, whole: Number) -> Number:
    """Return part / whole exactly; the caller has excluded 0."""
    return simplest(Fraction(part, whole))


def round_half_up(value: Number, places: int) -> Number:
    """Round to `places` decimals, halves away from zero (四舍五入, GB/T 8170 appendix on negatives aside).

    >>> round_half_up(Fraction(5, 1000), 2), round_half_up(Fraction(-5, 1000), 2)
    (Fraction(1, 100), Fraction(-1, 100))
    """
    return value if isinstance(value, int) else simplest(Fraction(scaled(value, places), 10**places))


def scaled(value: Number, places: int) -> int:
    """Return the value times 10 ** places, rounded half away from zero; in integers, which cost a tenth of Fractions.

    >>> scaled(Fraction(-1, 8), 2), scaled(3, 2)
    (-13, 300)
    """
    if type(value) is int:
        return value * int(10**places)
    part, whole = value.numerator, value.denominator
    scale: int = 10**places
    size = (abs(part) * scale * 2 + whole) // (whole * 2)
    return -size if part < 0 else size


def _decimals(denominator: int) -> int | None:
    """Return how many decimals a fraction in lowest terms takes; None where they do not end."""
    places = 0
    for factor in (2, 5):
        times = 0
        while denominator % factor == 0:
            denominator //= factor
            times += 1
        places = max(places, times)
    return places if denominator == 1 else None


def plain(value: Number, places: int | None = None) -> str:
    """Return decimal text without trailing zeros; an endless decimal is cut to `places` (default 4) and marked with ≈.

    >>> plain(Fraction(5, 2)), plain(Fraction(1, 3), 2), plain(12)
    ('2.5', '≈0.33', '12')
    """
    if isinstance(value, int):
        return str(value)
    needed = _decimals(value.denominator)
    if needed is not None and (places is None or needed <= places):
        return fixed(value, needed)
    return "≈" + fixed(value, 4 if places is None else places)


def fixed(value: Number, places: int) -> str:
    """Return text with exactly `places` decimals; halves round away from zero.

    >>> fixed(Fraction(5, 2), 2), fixed(Fraction(-1, 4), 2), fixed(3, 1)
    ('2.50', '-0.25', '3.0')
    """
    if type(value) is int:  # the commonest figure, without Fraction
        return f"{value}.{'0' * places}" if places else str(value)
    size = scaled(value, places)
    digits = str(abs(size)).rjust(places + 1, "0")
    sign = "-" if size < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def exact(value: Number) -> str:
    """Return text from which `parse_exact` reads the same number: a decimal, or `p/q`.

    >>> exact(Fraction(1, 4)), exact(Fraction(1, 3))
    ('0.25', '1/3')
    """
    if isinstance(value, int):
        return str(value)
    places = _decimals(value.denominator)
    return f"{value.numerator}/{value.denominator}" if places is None else fixed(value, places)


def parse_exact(text: str) -> Number:
    """Read what `exact` wrote. Raises ValueError on anything else."""
    return simplest(Fraction(text))
