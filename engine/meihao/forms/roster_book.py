"""Writes a roster as a workbook, with kinds and regions to choose from, and reads it back with every error at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..core.problems import Lang, Problem, Problems, errors, sort_by_place
from ..core.text import Label
from ..evidence.columns import CODE, Heading, Headings, HeadingWords, Sheet, heading_row, no_heading
from ..evidence.tables import open_table_file
from ..evidence.unit_rows import CODE_LIMIT, WIDE, Head, UnitRow, gather_heads, read_lines
from ..round.model import Round
from ..round.roster import TWO_ALIKE, Enrolled, check_roster
from ..standard.model import Pack
from .asked import Asked
from .style import StyledWorkbook
from .validation import rule

SHEET = Label("单位名册", "Roster")
WORDS = {"code": CODE, **{word: WIDE[word] for word in ("kind", "name", "region")}}
HEADS = (
    ("code", Label("单位编号", "Unit code"), 16),
    ("kind", Label("类别", "Kind"), 12),
    ("name", Label("单位名称", "Unit name"), 34),
    ("region", Label("地区", "Region"), 24),
)
NEEDED = ("code", "kind", "name")
TITLE, HEADING, FIRST, SPARE, ROWS_AT_MOST = 1, 3, 4, 60, 20_000


def write_roster_book(pack: Pack, round_: Round, units: Sequence[Enrolled], lang: Lang) -> bytes:
    """Return a workbook with a row a unit, those of `units` filled in, and room for more."""
    book = StyledWorkbook(lang, SHEET[lang])
    page = book.page(SHEET[lang])
    names = {region.code: region.name for region in round_.regions}
    asked = _asked(pack, names)
    last = len(HEADS) - 1
    page.merge_range(TITLE - 1, 0, TITLE - 1, last, f"{SHEET[lang]}  {round_.title[lang]}", book.look("title"))
    page.set_row(TITLE - 1, 26)
    note = Label("一个单位一行，编号一经使用不要再改。", "One row a unit; a code that is in use stays as it is.")
    page.merge_range(TITLE, 0, TITLE, last, note[lang], book.look("note"))
    for column, (word, label, width) in enumerate(HEADS):
        page.set_column(column, column, width)
        page.write_string(HEADING - 1, column, label[lang], book.look("head"))
        page.data_validation(FIRST - 1, column, ROWS_AT_MOST, column, rule(asked[word], lang, book.source, prompt=True))
    for row, unit in enumerate([*units, *[None] * SPARE], FIRST):
        for column, (word, _, _) in enumerate(HEADS, 1):
            book.input(page, row, column, asked[word], getattr(unit, word) or None if unit else None)
    page.freeze_panes(FIRST - 1, 1)
    book.printed(page, (HEADING, HEADING), f"{round_.title[lang]}  {round_.id}")
    return book.done(())


def _asked(pack: Pack, regions: Mapping[str, str]) -> Mapping[str, Asked]:
    kinds = tuple((kind.id, kind.title) for kind in pack.kinds)
    places = tuple((code, Label(f"{code} {name}")) for code, name in regions.items())
    return {
        "code": Asked("code", HEADS[0][1], "text", length_at_most=CODE_LIMIT),
        "kind": Asked("kind", HEADS[1][1], "choice", options=kinds),
        "name": Asked("name", HEADS[2][1], "text"),
        "region": Asked("region", HEADS[3][1], "choice" if places else "text", options=places),
    }


def read_roster_book(path: Path, pack: Pack, round_: Round) -> tuple[tuple[Enrolled, ...], Problems]:
    """Return the units of a workbook or CSV, none where one is wrong. Other columns and sheets are left alone. Raises OSError."""
    opened = open_table_file(path)
    if errors(opened.problems):
        return (), opened.problems
    words = HeadingWords(WORDS)
    visible = [(sheet, _lacking(sheet, words)) for sheet in opened.sheets if not sheet.hidden]
    sheet, lacking = min(visible, key=lambda pair: len(pair[1]), default=(Sheet(str(path), "", ()), NEEDED))
    if lacking:
        return (), (no_heading(sheet, words, lacking[0]),)
    lines, more = read_lines(sheet, _headings(sheet, words))
    heads, unsaid = gather_heads(lines, pack)
    units = [_enrolled(head, round_) for head in heads.values()]
    found = (*opened.problems, *more, *unsaid, *_twice(lines), *check_roster(units, pack, round_))
    return (() if errors(found) else tuple(units)), sort_by_place(found)


def _lacking(sheet: Sheet, words: HeadingWords) -> tuple[str, ...]:
    """Return the columns that a roster needs and a sheet has not; all of them where no row names the codes."""
    if heading_row(sheet, words, "code") is None:
        return NEEDED
    named = {heading.word for heading in _headings(sheet, words).columns}
    return tuple(word for word in NEEDED if word not in named)


def _headings(sheet: Sheet, words: HeadingWords) -> Headings:
    row = heading_row(sheet, words, "code") or 1
    named = {n: words.fixed_word(cell) for n, cell in enumerate(sheet.rows[row - 1], 1) if isinstance(cell, str)}
    columns = tuple(Heading(n, str(sheet.value(row, n)), word) for n, word in named.items() if word in WORDS)
    return Headings(columns, row + 1)


def _twice(lines: Iterable[UnitRow]) -> Iterable[Problem]:
    """Yield a problem for each further row of a code."""
    first: dict[str, UnitRow] = {}
    for line in lines:
        before = first.setdefault(line.code, line)
        if before is not line:
            yield TWO_ALIKE.at(line.at("code"), code=line.code, other=line.code, place=before.at("code"))


def _enrolled(head: Head, round_: Round) -> Enrolled:
    """Return a unit; its region by code, by name, or as the dropdown writes both."""
    codes = {word: r.code for r in round_.regions for word in (r.code, r.name, f"{r.code} {r.name}")}
    return Enrolled(head.code, head.kind, head.name, codes.get(head.region, head.region), head.source)
