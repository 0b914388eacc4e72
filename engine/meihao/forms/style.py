"""Styles a workbook while it is written: looks, long dropdowns, print set-up, protection. The same input gives the same bytes.

Texts stay texts: nothing that is prefilled becomes a formula, a link or a number. No look says anything by colour alone.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from fractions import Fraction

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..core.label import NO, YES, Label, Lang
from ..evidence.model import Scalar
from .asked import Asked
from .layout import LISTS, MARK
from .validation import TEXT_FORMAT, number_format, too_long

FIRST_DAY = datetime(1980, 1, 1)  # the earliest day that a zip file can carry; a clock has no place here
FONT: Mapping[Lang, str] = {"zh": "Microsoft YaHei", "en": "Arial"}
SHEET_NAME, TEXT_AT_MOST = 31, 32_767
ONE_PAGE, PAGES = 512, 10**6  # points: what a page holds across at full size; a sheet of any height
FULL = 0.94  # how much of a column letters of 11 points fill
_UNFIT = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_WORDS = re.compile(r"[!-~]+|.")
_FRAME = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter", "text_wrap": True}
LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 15, "valign": "vcenter", "text_wrap": True},
    "first": {"bold": True, "font_size": 12, "valign": "vcenter", "text_wrap": True, "border": 2, "indent": 1},
    "note": {"valign": "vcenter", "text_wrap": True, "num_format": "@"},
    "hint": {"valign": "vcenter", "text_wrap": True, "num_format": "@", "indent": 1},
    "plain": {"bold": True, "valign": "vcenter"},
    "short": {"bold": True, "valign": "vcenter", "shrink": True},
    "head": {"bold": True, "bg_color": "#DCE6F1", "align": "center", **_FRAME},
    "band": {"bold": True, "bg_color": "#EEF3FA", "num_format": "@", "valign": "vcenter", "top": 1, "bottom": 1},
    "text": {"num_format": "@", **_FRAME},
    "small": {"num_format": "@", **_FRAME},
    "strong": {"bold": True, "num_format": "@", **_FRAME},
    "middle": {"align": "center", "num_format": "@", **_FRAME},
    "whole": {"align": "center", "num_format": "0", **_FRAME},
    "rows": {"align": "center", "num_format": '"已填" 0 "行"', "bold": True, **_FRAME},
    "rows_en": {"align": "center", "num_format": '0 "rows"', "bold": True, **_FRAME},
    "state": {"bold": True, "align": "center", **_FRAME},
    "link": {"font_color": "#1F4E9E", "underline": 1, "num_format": "@", **_FRAME},
    "input": {"bg_color": "#FFF9DB", "locked": False, **_FRAME},
    "old": {"bg_color": "#FFF9DB", "locked": False, "italic": True, **_FRAME},
    "free": {"locked": False, "valign": "vcenter", "text_wrap": True},
    "shown": {"bg_color": "#EDEDED", "font_color": "#404040", "num_format": "@", **_FRAME},
    "errors": {"locked": False, "num_format": "@", **_FRAME},
    "hidden": {"num_format": "@"},
}
ALIGNED: Mapping[str, Mapping[str, object]] = {TEXT_FORMAT: {"indent": 1}, "yyyy-mm-dd": {"align": "center"}}
WIDTHS: Mapping[str, int] = {"text": 28, "choice": 18, "date": 13, "yes_no": 10, "count": 11, "table": 12}
STATES = (("√", "#E2F0D9"), ("◆", "#DDEBF7"), ("○", "#FFF2CC"), ("！", "#FCE4D6"))  # shape, and the colour beside it
ALLOWED_IN_LOCKED = ("sort", "autofilter", "format_columns", "format_rows", "insert_rows")


class StyledWorkbook:
    """Keeps the file, the looks made so far and the long dropdowns."""

    def __init__(self, lang: Lang, title: str) -> None:
        self.lang, self._out = lang, io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.file = Workbook(self._out, options)
        self.file.set_properties({"title": title, "created": FIRST_DAY})
        self._looks: dict[tuple[str, str], Format] = {}
        self._lists: dict[tuple[str, ...], str] = {}

    def say(self, label: Label) -> str:
        return label[self.lang]

    def page(self, name: str) -> Worksheet:
        return self.file.add_worksheet(name)

    def look(self, name: str, mask: str = "") -> Format:
        """Return a format by the name of its look, with a number format of its own where one is given."""
        if (name, mask) not in self._looks:
            own = {"num_format": mask, **ALIGNED.get(mask, {})} if mask else {}
            base = {"font_name": FONT[self.lang], "font_size": 11}
            self._looks[name, mask] = self.file.add_format({**base, **LOOKS[name], **own})
        return self._looks[name, mask]

    def source(self, entries: tuple[str, ...]) -> list[str] | str:
        """Return what a dropdown lists: the entries themselves, or the range of the hidden sheet where they stand."""
        if not too_long(entries):
            return list(entries)
        column = letters(list(self._lists).index(entries) if entries in self._lists else len(self._lists))
        return self._lists.setdefault(entries, f"={LISTS}!${column}$1:${column}${len(entries)}")

    def done(self, marks: Iterable[tuple[str, str]]) -> bytes:
        """Write the two very hidden sheets, close the file and return it."""
        mark = self.page(MARK)
        for row, (name, value) in enumerate(marks):
            mark.write_string(row, 0, name)
            mark.write_string(row, 1, value)
        lists = self.page(LISTS)
        for column, entries in enumerate(self._lists):
            for row, entry in enumerate(entries):
                lists.write_string(row, column, entry)
        for page in (mark, lists):
            page.very_hidden()
            page.protect()
        self.file.close()
        return self._out.getvalue()

    def input(
        self, page: Worksheet, row: int, column: int, asked: Asked, value: Scalar | None, old: bool = False
    ) -> None:
        """Write an input cell with the value that was handed in before, slanted if `old`; rows and columns from 1."""
        place, mask = (row - 1, column - 1), number_format(asked)
        look = self.look("old" if old and value is not None else "input", mask)
        shown = self.shown(asked, value)
        if shown is None:
            page.write_blank(*place, None, look)
        elif isinstance(shown, str):
            page.write_string(*place, shown[:TEXT_AT_MOST], look)
        elif isinstance(shown, datetime):
            page.write_datetime(*place, shown, look)
        else:
            page.write_number(*place, shown, look)

    def shown(self, asked: Asked, value: Scalar | None) -> str | float | datetime | None:
        """Return what a cell holds for a value of the evidence."""
        match value:
            case bool():
                return (YES if value else NO)[self.lang]
            case int() | Fraction():
                return float(value / Fraction(100)) if asked.type == "percent" else float(value)
            case date():
                return datetime.combine(value, time())
            case str():
                return dict(asked.options).get(value, Label(value))[self.lang]
            case _:
                return None

    def protect(self, page: Worksheet) -> None:
        """Lock what is not an input, without a password; filters, and sorting where nothing is locked, go on working."""
        page.protect("", dict.fromkeys(ALLOWED_IN_LOCKED, True))

    def printed(
        self, page: Worksheet, rows: tuple[int, int] | None, foot: str, high: float = PAGES, upright: bool = False
    ) -> None:
        """Set A4 across, or upright, one page wide, heading rows repeated (from 1), and a footer with edition, digest and page.

        A sheet that is told to be `high` points goes onto a single page if that stays readable.
        """
        page.set_paper(9)
        page.set_portrait() if upright else page.set_landscape()
        page.fit_to_pages(1, 1 if high <= ONE_PAGE else 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer(f"&L&9{foot.replace('&', '&&')}&R&9&A　&P / &N")
        if rows:
            page.repeat_rows(rows[0] - 1, rows[1] - 1)

    def colours(self, page: Worksheet, area: str) -> None:
        """Give states a colour beside their shape and word."""
        for shape, colour in STATES:
            look = self._looks.setdefault((shape, ""), self.file.add_format({"bg_color": colour}))
            page.conditional_format(area, {"type": "text", "criteria": "begins with", "value": shape, "format": look})


def letters(column: int) -> str:
    """Return the name of a column, counted from 0.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(row: int, column: int) -> str:
    """Return the name of a cell; rows and columns from 1.

    >>> cell(3, 2)
    'B3'
    """
    return f"{letters(column - 1)}{row}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def sheet_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Return names that a workbook accepts, each different; a title that is free and fits stays as it is."""
    taken: set[str] = set()
    names = []
    for title in titles:
        base = _cut(_UNFIT.sub("", title).strip()) or "1"
        more = (f"{base[: SHEET_NAME - 3]} {n}" for n in range(2, 100))
        name = next(n for n in (base, *more) if n.lower() not in taken)
        taken.add(name.lower())
        names.append(name)
    return tuple(names)


def _cut(title: str) -> str:
    """Return as much of a title as a sheet's name holds, whole words where it has any."""
    if len(title) <= SHEET_NAME:
        return title
    return title[: SHEET_NAME + 1].rpartition(" ")[0].strip() or title[:SHEET_NAME]


def height(text: str, columns: float, line: float = 16) -> float:
    """Return the height of a row for a text in a cell so many characters wide; 汉字 count twice.

    Programs differ in fitting rows to wrapped texts by themselves, and none does it for merged cells.

    >>> height("ab", 10), height("汉" * 8, 10)
    (16, 32)
    """
    return line * sum(_lines(part, columns * FULL) for part in text.split("\n"))


def _lines(text: str, columns: float) -> int:
    """Return how many lines a text takes: words stay whole where they fit on a line, 汉字 break anywhere."""
    lines, used = 1, 0.0
    for token in _WORDS.findall(text):
        length = wide(token)
        if used and used + length > columns:
            lines, used = lines + 1, 0.0
            length = 0 if token == " " else length
        while length > columns:
            lines, length = lines + 1, length - math.floor(columns)
        used += length
    return lines


def wide(text: str) -> int:
    """Return how many characters wide a text is; 汉字 count twice.

    >>> wide("ab"), wide("汉字")
    (2, 4)
    """
    return sum(2 if ord(c) > 0x2E80 or c in "“”‘’…—√◆○" else 1 for c in text)
