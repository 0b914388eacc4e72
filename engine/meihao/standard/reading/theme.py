"""Reads the `theme` of a pack.yaml: its colour and pictures; a colour too pale to read is a problem."""

from __future__ import annotations

from fractions import Fraction

from ...core.numbers import fixed, round_half_up
from ...core.problems import Message
from ...methods.reader import PackReader
from ...text_in.yaml_value import YamlValue
from ..model import Dress

PALE = Message(
    "P030", "error",
    "主色{colour}太浅：与白底的对比度是{has}，须达到{needed}",
    "the colour {colour} is too pale: its contrast with white is {has}, not {needed}",
    "换深一些的颜色，例如#0f5868", "choose a darker colour, for example #0f5868",
)  # fmt: skip
CONTRAST_AT_LEAST = Fraction(9, 2)  # WCAG 2.2, 1.4.3


def read_theme(pack: YamlValue, reader: PackReader) -> Dress:
    """Return the theme of a pack, the plain one where it has none."""
    written = pack.get("theme")
    if written is None:
        return Dress()
    colour = written.text("colour").lower()
    if colour and (has := contrast_with_white(colour)) < CONTRAST_AT_LEAST:
        shown = fixed(round_half_up(has, 2), 2)
        reader.say(PALE, written["colour"].source, colour=colour, has=shown, needed=fixed(CONTRAST_AT_LEAST, 1))
    return Dress(colour, written.text("seal"), written.text("logo"))


def contrast_with_white(colour: str) -> Fraction:
    """Return the contrast ratio of WCAG 2.2 between a colour `#rrggbb` and white, cut to a millionth.

    >>> [float(round(contrast_with_white(c), 2)) for c in ("#000000", "#ffffff", "#1f6f5c")]
    [21.0, 1.0, 6.02]
    """
    red, green, blue = (_light(int(colour[n : n + 2], 16)) for n in (1, 3, 5))
    luminance = (2126 * red + 7152 * green + 722 * blue) / 10000
    return Fraction(round(1.05 / (luminance + 0.05) * 1_000_000), 1_000_000)


def _light(channel: int) -> float:
    """Return the light of a channel from 0 to 1. No score hangs on it, so a float will do."""
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
