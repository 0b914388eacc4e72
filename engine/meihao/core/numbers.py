"""Exact arithmetic: text -> int or Fraction -> text. No float ever enters a score."""

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
    return simplest(Fraction(part) / whole)


def round_half_up(value: Number, places: int) -> Number:
    """Round to `places` decimals, halves away from zero (四舍五入, GB/T 8170 appendix on negatives aside).

    >>> round_half_up(Fraction(5, 1000), 2), round_half_up(Fraction(-5, 1000), 2)
    (Fraction(1, 100), Fraction(-1, 100))
    """
    if isinstance(value, int):
        return value
    scale = 10**places
    numerator, denominator = abs(value.numerator) * scale * 2 + value.denominator, value.denominator * 2
    whole = numerator // denominator
    return simplest(Fraction(-whole if value < 0 else whole, scale))


def plain(value: Number, places: int | None = None) -> str:
    """Return decimal text without trailing zeros; an endless decimal is cut to `places` (default 4) and marked with ≈.

    >>> plain(Fraction(5, 2)), plain(Fraction(1, 3), 2), plain(12)
    ('2.5', '≈0.33', '12')
    """
    if isinstance(value, int):
        return str(value)
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest == 1:
        needed = next(n for n in range(len(str(value.denominator)) * 4 + 1) if 10**n % value.denominator == 0)
        if places is None or needed <= places:
            return fixed(value, needed)
    return "≈" + fixed(round_half_up(value, 4 if places is None else places), 4 if places is None else places)


def fixed(value: Number, places: int) -> str:
    """Return text with exactly `places` decimals; the value must already be rounded to them or fewer.

    >>> fixed(Fraction(5, 2), 2), fixed(Fraction(-1, 4), 2), fixed(3, 1)
    ('2.50', '-0.25', '3.0')
    """
    if type(value) is int:  # the commonest figure, without Fraction
        return f"{value}.{'0' * places}" if places else str(value)
    scaled = round_half_up(Fraction(value), places) * 10**places
    digits = str(abs(int(scaled))).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def exact(value: Number) -> str:
    """Return text from which `parse_exact` reads the same number: a decimal, or `p/q`.

    >>> exact(Fraction(1, 4)), exact(Fraction(1, 3))
    ('0.25', '1/3')
    """
    if isinstance(value, int):
        return str(value)
    text = plain(value)
    return f"{value.numerator}/{value.denominator}" if text.startswith("≈") else text


def parse_exact(text: str) -> Number:
    """Read what `exact` wrote. Raises ValueError on anything else."""
    return simplest(Fraction(text))
