"""Finds in a few searches what the XML of a sheet, as spreadsheet programs write it, says beside its values.

Parsing every cell in Python takes longer than reading the workbook. So a sheet that is plainly written as spreadsheet
programs do is searched for the few things that matter; anything else gives None and goes to the parser of `xlsx_guard`,
which has the last word. A test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .xlsx_facts import SheetFacts, Where

Xml = bytes | bytearray
NEAR_ROWS = 99_999
_HEAD = re.compile(
    rb'\s*(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="[a-z]+")?\?>\s*)?<worksheet[ >]'
)
_ROW = re.compile(rb'<row(?: r="([0-9]{1,7})")?')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*?)(/?)>')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(rb"<v(?: [^<>]*)?>([^<]*)</v>")
_FORMULA = re.compile(rb"<f[ >/]")
_ERROR = re.compile(rb' t="e"')


def scan(xml: Xml, percents: frozenset[str], box: int, cells: int) -> SheetFacts | None:
    """Return what a plainly written sheet says beside its values; None says nothing, as where it is larger than it may be."""
    rows = _rows(xml)
    if rows is None or not 0 < rows <= min(NEAR_ROWS, box) or _beyond(box // rows).search(xml):
        return None
    facts = SheetFacts(cells=xml.count(b"<c "), rows=rows)
    if facts.cells > cells or not _cells(xml, facts) or not _merges(xml, facts):
        return None
    facts.percents = _percents(xml, percents)
    return facts


def _rows(xml: Xml) -> int | None:
    """Return the last row of a sheet that is written plainly: UTF-8, no declarations or comments, every row numbered."""
    if not _HEAD.match(xml) or b"<!" in xml[: xml.find(b"<row")] or not xml[-40:].rstrip().endswith(b"</worksheet>"):
        return None
    numbers = _ROW.findall(xml)
    return max(map(int, numbers)) if numbers and b"" not in numbers else None


def _beyond(columns: int) -> re.Pattern[bytes]:
    """Return what finds a cell that does not name its place first, or lies beyond so many columns or the rows that are near."""
    first, second = divmod(min(columns, 702) - 1, 26)
    last = b"[A-%c]" % (65 + second)
    near = [last] if not first else [rb"[A-Z]", b"%c" % (64 + first) + last]
    if first > 1:
        near[0] = rb"[A-%c]?[A-Z]" % (63 + first)
    return re.compile(rb'<c (?!r="(?:' + b"|".join(near) + rb')[0-9]{1,5}+")')


def _cells(xml: Xml, facts: SheetFacts) -> bool:
    """Note errors and formulas; False where a cell is written in another way than expected, or not in UTF-8."""
    for at, mark in _starts(xml):
        cell, end = _CELL.match(xml, at), xml.find(b"</c>", at)
        if cell is None or cell[4] or end < mark:
            return False
        place = (int(cell[2]), _number(cell[1]))
        body = xml[cell.end() : end]
        found = _VALUE.search(body)
        try:
            value = found[1].strip().decode() if found else ""
        except UnicodeDecodeError:
            return False
        if b' t="e"' in cell[3]:
            facts.errors[place] = value or "#VALUE!"
        elif value or b' t="str"' in cell[3]:
            facts.formulas.append(place)
        else:
            facts.uncomputed.append(place)
    return True


def _starts(xml: Xml) -> Iterator[tuple[int, int]]:
    """Yield where the cells begin that hold a formula or an error, and where that is said, in order, each once."""
    before = -1
    marks = [found.start() for found in _FORMULA.finditer(xml)]
    if wrong := [found.start() for found in _ERROR.finditer(xml)]:
        marks = sorted((*marks, *wrong))
    for mark in marks:
        start = xml.rfind(b"<c ", 0, mark)
        if start != before and start >= 0:
            yield start, mark
        before = start


def _merges(xml: Xml, facts: SheetFacts) -> bool:
    count = xml.count(b"<mergeCell ")
    if not count:
        return True
    for left, top, right, bottom in _MERGE.findall(xml):
        facts.merged.append((int(top), _number(left), int(bottom), _number(right)))
    return len(facts.merged) == count <= 1000  # more than that is for the parser to refuse


def _percents(xml: Xml, styles: frozenset[str]) -> list[Where]:
    used = [style.encode() for style in sorted(styles) if b' s="%s"' % style.encode() in xml]
    if not used:
        return []
    shown = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})" s="(?:' + rb"|".join(used) + rb')"(?: t="n")?/?>')
    return [(int(row), _number(column)) for column, row in shown.findall(xml)]


def _number(column: bytes) -> int:
    number = 0
    for sign in column:
        number = number * 26 + sign - 64
    return number
