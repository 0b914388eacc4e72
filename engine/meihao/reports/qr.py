"""Draws a unit code and a digest as a QR code. It holds no address: a phone shows the two, to be compared."""

from __future__ import annotations

from itertools import groupby

import segno

from .model import QrCode

TEXT_AT_MOST = 300  # bytes; keeps the squares large enough for a print that was copied
QUIET = 4  # squares of white that the standard asks for around a code


def qr_code(unit: str, digest: str) -> QrCode | None:
    """Return the code of `CODE` and digest, one a line; None where the unit's code is too long for one.

    >>> qr_code("C-0007", "sha256:00").side
    '33'
    """
    text = f"{unit}\n{digest}"
    return text_code(text) if len(text.encode("utf-8", "replace")) <= TEXT_AT_MOST else None


def text_code(text: str) -> QrCode:
    """Return the code of a text."""
    code = segno.make(text.encode("utf-8", "replace"), error="m", micro=False, boost_error=False)
    rows = tuple(_bars(row, y) for y, row in enumerate(code.matrix, QUIET))
    return QrCode(str(len(code.matrix) + 2 * QUIET), rows, text.replace("\n", " "))


def _bars(row: bytearray, y: int) -> str:
    """Return the dark squares of a row, neighbours as one bar."""
    bars, x = [], QUIET
    for dark, squares in groupby(row):
        wide = len(tuple(squares))
        if dark:
            bars.append(f"M{x} {y}h{wide}v1h-{wide}z")
        x += wide
    return "".join(bars)
