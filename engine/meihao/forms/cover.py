"""Writes the cover of a form: what it is, what to do first, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from xlsxwriter.worksheet import Worksheet

from ..core.label import Label
from ..evidence.model import Scalar
from ..evidence.unit_rows import CODE_LIMIT
from ..evidence.values import TEXT_LIMIT
from .asked import Asked
from .form import Form
from .layout import COVER_INPUTS, COVER_LABEL_COLUMN, COVER_VALUE_COLUMN, DAYS, CoverInput
from .state import MAY
from .style import StyledWorkbook, height, wide
from .validation import rule

WIDTHS = (0, 24, 30, 10, 10, 22)  # columns A to F; A holds the ids
WIDE = 94  # characters across B to F
BLOCKS = 10
SEAL = 72  # points of the row for signature and seal


class Completion(Struct, frozen=True):
    """How far a sheet has come: what is asked, what is there now, and the formula that goes on counting."""

    name: str
    sheet: str
    asked: int | None
    filled: int
    formula: str
    row: int = 1


def write_cover(
    book: StyledWorkbook,
    page: Worksheet,
    form: Form,
    unit: Mapping[str, Scalar | None],
    tallies: Sequence[Completion],
    rows: Sequence[Completion],
) -> None:
    """Write the cover: head, first step, inputs, progress by sheet and in all, rows of the ledgers."""
    longest = max((wide(tally.name) for tally in (*tallies, *rows)), default=0) + 2  # links do not wrap everywhere
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, max(width, longest) if column == 1 else width, None, {"hidden": not width})
    row = _head(book, page, form)
    row = _inputs(book, page, form, unit, row)
    row = _progress(book, page, form, tallies, row)
    row = _rows(book, page, form, rows, row)
    _signatures(book, page, form, row)
    book.printed(page, None, form.foot, upright=True)
    page.fit_to_pages(1, 1)
    page.center_horizontally()
    book.protect(page)
    page.activate()
    page.set_first_sheet()


def _across(book: StyledWorkbook, page: Worksheet, row: int, text: str, look: str, line: float = 17) -> None:
    page.merge_range(row - 1, 1, row - 1, 5, text, book.look(look))
    page.set_row(row - 1, height(text, WIDE if look != "title" else 64, line) + 6)


def _head(book: StyledWorkbook, page: Worksheet, form: Form) -> int:
    _across(book, page, 1, form.title, "title", 24)
    first = form.say(
        "第一步：在下面浅黄色的格里写单位编号和名称。第二步：按下面“进度”从上到下，一部分一部分地填。",
        "First enter the unit's code and name in the yellow cells. Then fill in the parts listed under Progress one by one.",
    )
    _across(book, page, 2, first, "first", 20)
    _across(book, page, 3, f"{_burden(form)}{form.say('', ' ')}{form.pack.notice[form.lang]}", "note")
    for number, (label, value) in enumerate(form.facts(), 4):
        page.write_string(number - 1, 1, label, book.look("strong"))
        page.merge_range(number - 1, 2, number - 1, 5, value, book.look("text"))
        page.set_row(number - 1, 18)
    return 4 + len(form.facts()) + 1


def _burden(form: Form) -> str:
    """Return how much this form asks of this role; minutes only where the pack knows them of every item."""
    lines = [line for one in form.pages for line in one.lines]
    own = [line for line in lines if line.required]
    more = len(lines) - len(own)
    minutes = sum(line.minutes for line in own) if all(line.minutes for line in own) else 0
    zh, en = f"{'必填' if more else '一共'}{len(own)}项", f"{len(own)} items"
    if minutes:
        zh, en = f"{zh}，大约{minutes}分钟", f"{en}, about {minutes} minutes"
    if more:
        zh, en = f"{zh}；另有{more}项选填，核实用", f"{en}; {more} more may be filled in to verify"
    return form.say(f"{zh}。", f"{en}.")


def _inputs(book: StyledWorkbook, page: Worksheet, form: Form, unit: Mapping[str, Scalar | None], row: int) -> int:
    _across(book, page, row, form.say("填报单位（浅黄色的格要填）", "The unit (fill in the yellow cells)"), "title", 20)
    for cell_ in COVER_INPUTS:
        row += 1
        asked = _input(cell_, form)
        page.write_string(row - 1, 0, cell_.id, book.look("hidden"))
        page.write_string(row - 1, COVER_LABEL_COLUMN - 1, cell_.label[form.lang], book.look("strong"))
        book.input(page, row, COVER_VALUE_COLUMN, asked, unit.get(cell_.id) or None)
        page.merge_range(row - 1, 3, row - 1, 5, _hint(cell_.id, form), book.look("hint"))
        page.set_row(row - 1, 22)
        column = COVER_VALUE_COLUMN - 1
        page.data_validation(row - 1, column, row - 1, column, rule(asked, form.lang, book.source))
    return row + 2


def _input(one: CoverInput, form: Form) -> Asked:
    """Return an input of the cover as it is asked for; codes are short, and chosen where the round knows them."""
    if options := {"unit": form.codes, "region": form.regions}.get(one.id):
        return Asked(one.id, one.label, "choice", options=options)
    most = CODE_LIMIT if one.id in ("unit", "region") else TEXT_LIMIT
    return Asked(one.id, one.label, "date" if one.id in DAYS else "text", length_at_most=most)


def _hint(name: str, form: Form) -> str:
    hints = {
        "unit": (
            "必填。照批次通知里的编号写，前面的0要保留",
            "required; as in the notice of the round, with leading zeros",
        ),
        "name": ("必填", "required"),
        "region": ("批次里的地区代码，不清楚可以空着", "the region's code in this round; leave empty if not known"),
        "observer": ("申报单位可以空着，就是单位自己", "if left empty, the applicant itself"),
        "date": ("写成2026-05-20", "like 2026-05-20"),
        "reason": ("改动以前报过的数才写", "only if you change a value given before"),
        "as_of": (
            "评定日以后填表才写：数据截至哪天",
            "only if filled in after the reference date: the day described",
        ),
    }
    zh, en = hints[name]
    if name == "unit" and form.codes:
        zh, en = "必填，从下拉中选（批次名册里的编号）", "required; choose from the list (the roster of the round)"
    if name == "region" and form.round and form.regions:
        zh, en = "从下拉中选，照名册填", "choose from the list, as on the roster"
    if name == "observer" and form.role != "applicant":
        zh, en = "必填，写姓名", "required; your name"
    return form.say(zh, en)


def _progress(book: StyledWorkbook, page: Worksheet, form: Form, tallies: Sequence[Completion], row: int) -> int:
    """Write one line a sheet with a link to it, then the total with a bar of blocks."""
    _across(
        book,
        page,
        row,
        form.say("进度（自动更新；点名称就能过去）", "Progress (updates itself; click a name to go there)"),
        "title",
        20,
    )
    heads = (("部分", "Part"), ("应填", "Asked"), ("已填", "Filled"), ("还差", "Open"), ("状态", "State"))
    for column, (zh, en) in enumerate(heads, 1):
        page.write_string(row, column, form.say(zh, en), book.look("head"))
    top = row + 2
    for number, tally in enumerate(tallies, top):
        page.write_url(number - 1, 1, f"internal:'{tally.sheet}'!B{tally.row}", book.look("link"), tally.name)
        page.write_number(number - 1, 2, tally.asked or 0, book.look("whole"))
        page.write_formula(number - 1, 3, f"={tally.formula}", book.look("whole"), tally.filled)
        _open_and_state(book, page, form, number, (tally.asked or 0) - tally.filled, bool(tally.asked))
    last = top + len(tallies)
    asked, filled = sum(tally.asked or 0 for tally in tallies), sum(tally.filled for tally in tallies)
    page.write_string(last - 1, 1, form.say("合计", "Total"), book.look("strong"))
    for column, value in ((2, asked), (3, filled)):
        letter = "BCD"[column - 1]
        page.write_formula(last - 1, column, f"=SUM({letter}{top}:{letter}{last - 1})", book.look("whole"), value)
    _open_and_state(book, page, form, last, asked - filled, bool(asked))
    bar = f'=REPT("■",INT({BLOCKS}*D{last}/MAX(1,C{last})))&REPT("□",{BLOCKS}-INT({BLOCKS}*D{last}/MAX(1,C{last})))'
    full = BLOCKS * filled // max(1, asked)
    page.merge_range(last, 1, last, 5, "", book.look("state"))
    page.write_formula(last, 1, bar, book.look("state"), "■" * full + "□" * (BLOCKS - full))
    book.colours(page, f"F{top}:F{last}")
    return last + 3


def _open_and_state(book: StyledWorkbook, page: Worksheet, form: Form, row: int, missing: int, owed: bool) -> None:
    """Write what is still open on a sheet, as a number and in words; a sheet on which nothing is owed says so."""
    page.write_formula(row - 1, 4, f"=C{row}-D{row}", book.look("whole"), missing)
    done = form.say("√ 填完", "√ complete") if owed else MAY[form.lang]
    lacking, end = form.say("○ 还差", "○ "), form.say("项", " open")
    said = f"{lacking}{missing}{end}" if missing else done
    page.write_formula(row - 1, 5, f'=IF(E{row}>0,"{lacking}"&E{row}&"{end}","{done}")', book.look("state"), said)


def _rows(book: StyledWorkbook, page: Worksheet, form: Form, tables: Sequence[Completion], row: int) -> int:
    """Write how many rows the ledgers and the list of documents have, and return the next free row."""
    _across(book, page, row, form.say("台账和材料（行数）", "Registers and documents (rows)"), "title", 20)
    for number, tally in enumerate(tables, row + 1):
        page.write_url(number - 1, 1, f"internal:'{tally.sheet}'!A1", book.look("link"), tally.name)
        page.write_formula(number - 1, 2, f"={tally.formula}", book.look("whole"), tally.filled)
    return row + len(tables) + 2


def _signatures(book: StyledWorkbook, page: Worksheet, form: Form, row: int) -> None:
    """Write who answers for the form and how to reach them, and room to sign and seal. The import does not read this."""
    title = form.say("签字、盖章（打印后用）", "Signature and seal (once printed)")
    _across(book, page, row, title, "title", 20)
    phone = Asked("phone", Label("联系电话", "Telephone"), "text")
    head = Asked("head", Label("负责人", "Head of the unit"), "text")
    page.write_string(row, 1, head.title[form.lang], book.look("strong"))
    book.input(page, row + 1, 3, head, None)
    page.merge_range(row, 3, row, 4, phone.title[form.lang], book.look("strong"))
    book.input(page, row + 1, 6, phone, None)
    page.set_row(row, 24)
    page.write_string(
        row + 1,
        1,
        form.say(
            *(("检查员签字", "Inspector’s signature") if form.role == "inspector" else ("负责人签字", "Signature"))
        ),
        book.look("strong"),
    )
    page.write_blank(row + 1, 2, None, book.look("text"))
    page.merge_range(row + 1, 3, row + 1, 4, form.say("单位盖章", "Seal of the unit"), book.look("strong"))
    page.write_blank(row + 1, 5, None, book.look("text"))
    page.set_row(row + 1, SEAL)
