"""Makes text that anyone may have written harmless, so that terminals and spreadsheets show it and do not obey it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)")


def visible(text: str) -> str:
    """Return a text whose control signs and turns of direction are spelt out; in JSON the spelling means the same sign.

    >>> visible("a\\x1b[2J"), visible("甲村\\u202e村乙")
    ('a\\\\u001b[2J', '甲村\\\\u202e村乙')
    """
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def harmless(text: str) -> str:
    """Return a CSV text that no spreadsheet runs; numbers stay numbers.

    >>> harmless("=1+1"), harmless("-2.50"), harmless("＠SUM")
    ("'=1+1", '-2.50', "'＠SUM")
    """
    shown = visible(text)
    return f"'{shown}" if text.startswith(FORMULA_STARTS) and not _NUMBER.match(text) else shown


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return CSV with a mark that makes spreadsheets read UTF-8; nothing in a cell is ever a formula."""
    import csv  # late: most commands print no CSV
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
