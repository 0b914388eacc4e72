"""Reads the rows of a CSV file. What had to be guessed of encoding and separator is said or refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from ..core.problems import Message, Problem, Problems, Source
from . import messages as m
from .columns import HEADINGS_WITHIN, Sheet

MOST_BYTES = 20 << 20
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
MOST_CELLS = 2_000_000
_CJK = "\u3400-\u9fff\uf900-\ufaff"
_LOST = re.compile(rf"[{_CJK}]\?+[{_CJK}]")
_UTF8_CJK = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc-\xbe][\x80-\xbf]")
_SEPARATORS = (",", "\t", ";")


class _Refused(Exception):
    """Carries one problem out of a reader; never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_csv(data: bytes, file: str) -> tuple[Sheet | None, Problems]:
    """Return the rows of a CSV file; row numbers are those that a spreadsheet shows, blank rows counted.

    >>> sheet, problems = read_csv("编号,名称\\n001,甲村\\n".encode("gb18030"), "a.csv")
    >>> sheet.rows, problems[0].code, str(sheet.at(2, 1))
    ((('编号', '名称'), ('001', '甲村')), 'E050', 'a.csv:2')
    """
    try:
        text, notes = _decode(data, file)
        rows = _rows(text, file)
    except _Refused as refused:
        return None, (refused.problem,)
    if not any(cell is not None for row in rows for cell in row):
        return None, (m.EMPTY_TABLE.at(Source(file)),)
    return Sheet(file, "", rows), (*notes, *_cut_short(text, rows, file))


def _cut_short(text: str, rows: Sequence[tuple[str | None, ...]], file: str) -> Problems:
    """Return a warning where the last line has no end and fewer cells than the one before: the rest may be missing."""
    if text.endswith(("\n", "\r")) or len(rows) < 2 or len(rows[-1]) >= len(rows[-2]):
        return ()
    return (m.CUT_SHORT.at(Source(file, row=len(rows)), cells=len(rows[-1]), before=len(rows[-2])),)


def _refuse(message: Message, file: str, line: int, **values: object) -> _Refused:
    return _Refused(message.at(Source(file, row=line), line=line, **values))


def _decode(data: bytes, file: str) -> tuple[str, Problems]:
    """Return the text, and what to say about its encoding. Byte order marks decide first, then strict UTF-8, then GB18030."""
    if len(data) > MOST_BYTES:
        size = {"what_zh": "字节数", "what_en": "bytes", "size": len(data), "limit": MOST_BYTES}
        raise _Refused(m.TABLE_TOO_BIG.at(Source(file), **size))
    notes: tuple[Problem, ...] = ()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, notes = _utf16(data, file), (m.CSV_UTF16.at(Source(file)),)
    elif b"\0" in data:
        raise _refuse(m.NUL_CHARACTER, file, data[: data.index(b"\0")].count(b"\n") + 1)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            text, notes = _gb18030(data, file, wrong.start), (m.CSV_GB18030.at(Source(file)),)
    _refuse_lost(text, file, gb=any(note.code == m.CSV_GB18030.code for note in notes))
    return text, notes


def _utf16(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as wrong:
        raise _refuse(m.CSV_ENCODING, file, _line(data[: wrong.start].decode("utf-16", "replace"))) from wrong
    if "\0" in text:
        raise _refuse(m.NUL_CHARACTER, file, _line(text[: text.index("\0")]))
    return text


def _line(before: str) -> int:
    return before.count("\n") + 1


def _gb18030(data: bytes, file: str, bad: int) -> str:
    """Decode what is not UTF-8 at byte `bad`; lines of Chinese in UTF-8 beside it mean two files in one."""
    line = data[:bad].count(b"\n") + 1
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if any(map(_is_utf8_chinese, lines)):
        others = (each for each in lines if _reads(each, "gb18030") and not _reads(each, "utf-8"))
        raise _refuse(m.MIXED_ENCODING if any(others) else m.CSV_ENCODING, file, line)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as wrong:
        raise _refuse(m.CSV_ENCODING, file, data[: wrong.start].count(b"\n") + 1) from wrong


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8_chinese(line: bytes) -> bool:
    """Say whether a line is UTF-8 with two Chinese characters or more; GB18030 text hardly ever looks like that."""
    return len(_UTF8_CJK.findall(line)) >= 2 and _reads(line, "utf-8")


def _refuse_lost(text: str, file: str, gb: bool) -> None:
    """Refuse U+FFFD anywhere, and in GB18030 a question mark inside Chinese words: a character that did not fit."""
    place = text.find("\ufffd")
    if place < 0 and gb and (found := _LOST.search(text)):
        place = found.start() + 1
    if place >= 0:
        around = " ".join(text[max(place - 3, 0) : place + 4].split())
        raise _refuse(m.LOST_CHARACTERS, file, _line(text[:place]), text=around)


def _rows(text: str, file: str) -> tuple[tuple[str | None, ...], ...]:
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[str | None, ...]] = []
    cells = started = 0
    try:
        for row in reader:
            cells += len(row)
            _refuse_big(file, len(rows) + 1, len(row), cells)
            rows.append(tuple(cell if cell.strip() else None for cell in row))
            started = reader.line_num
    except csv.Error as wrong:
        raise _refuse(m.CSV_BROKEN, file, started + 1) from wrong
    return tuple(rows)


def _refuse_big(file: str, rows: int, columns: int, cells: int) -> None:
    sizes = (
        ("行数", "rows", rows, MOST_ROWS),
        ("列数", "columns", columns, MOST_COLUMNS),
        ("格数", "cells", cells, MOST_CELLS),
    )
    for zh, en, size, limit in sizes:
        if size > limit:
            values = {"what_zh": zh, "what_en": en, "size": size, "limit": limit}
            raise _Refused(m.TABLE_TOO_BIG.at(Source(file, row=rows), **values))


def _separator(text: str) -> str:
    """Return the separator that the first rows use most: comma, tab or semicolon."""
    first = text.split("\n", HEADINGS_WITHIN)[:HEADINGS_WITHIN]
    bare = [re.sub(r'"[^"]*"', "", line[:10_000]) for line in first]
    return max(_SEPARATORS, key=lambda sign: max(line.count(sign) for line in bare))
