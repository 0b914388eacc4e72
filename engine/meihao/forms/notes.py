"""Writes the filling notes of a form: short sentences for people who fill in forms after work."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from ..core.label import Label
from ..evidence.model import Document
from .asked import VERIFYING
from .form import Form
from .held import until
from .layout import DOCUMENTS, FIRST_ROW
from .rows import DOCUMENTS_AT_MOST
from .say import demands, purposes
from .style import StyledWorkbook, height, quoted

HOW = (
    Label(
        "只填浅黄色的格。别的格锁住了，改不了，也不用改。", "Fill in the yellow cells only; all the others are locked."
    ),
    Label("格子有下拉箭头的，从下拉里选。", "If a cell offers a list, choose from it."),
    Label(
        "不知道的先空着。空着就是“没有提供”，不等于0。确实是0，就填0。",
        'Leave empty what you do not know. Empty means "not given", not 0; if the value is 0, enter 0.',
    ),
    Label("百分比直接打85%。格里显示85.00%，就对了。", "Type percentages as 85%. The cell then shows 85.00%."),
    Label("日期写成2026-05-20。", "Write dates as 2026-05-20."),
    Label(
        "编号、文号照原样写。前面的0会保留。",
        "Enter codes and document numbers exactly as they are; leading zeros are kept.",
    ),
    Label(
        "从别的表复制，用“选择性粘贴—数值”。不要改表头。",
        "When you copy from another sheet, paste values only. Do not change the headings.",
    ),
    Label(
        "每张表都能筛选。台账、材料清单还能排序。填报项的次序是固定的，点排序时Excel会说单元格受保护，不用管。",
        "Every sheet can be filtered; registers and documents can be sorted too. The items keep their order: if you try "
        "to sort them, Excel says that cells are protected, which you can ignore.",
    ),
    Label(
        "填好保存，交给收表的人。有错的格，收表后会在“错误信息”栏写明怎样改。",
        'Save the form and hand it in. If a cell is wrong, the column "Errors" will tell you how to mend it.',
    ),
)
UNIT_FIRST = (
    Label(
        "先填“封面”，再从左到右，填“填报项”、台账、材料清单。",
        "Begin with the cover, then fill in the items, the registers and the documents.",
    ),
    Label(
        "“状态”一栏会自己变：√ 已填；◆ 已有（上次报过，没有变就不用动）；○ 待填；！ 要改。",
        "The state updates itself: √ filled; ◆ held (given last time; leave it unless it changed); ○ open; ！ to be mended.",
    ),
    Label(
        "不适用的项可以空着，不影响提交。", "Items that do not apply may stay empty; you can still hand in the form."
    ),
)
CLERK_FIRST = (
    Label(
        "一个单位填一行。单位编号、类别、名称每行都要写。",
        "Fill in one row for each unit, with its code, kind and name.",
    ),
    Label(
        "斜体是上次报过的：没有变就不用改。",
        "Values in italics were given last time; leave them unless they have changed.",
    ),
)
LEDGERS = {
    "unit": Label(
        "台账一行一条，中间空几行也可以。一条也没有的，在它那一项里选“无”。",
        'Registers: one row each; blank rows do no harm. If there is nothing to enter, choose "none" in its item.',
    ),
    "clerk": Label(
        "台账在后面各表，每行先写单位编号。某单位一条也没有的，在“填报表”同名的列里选“无”。",
        'Registers: begin each row with the unit\'s code. If a unit has nothing to enter, choose "none" in its row.',
    ),
}
VERIFIERS = (
    Label(
        "先填自己要报的项。标“选填”的，是申报单位报的，旁边写着申报数：核实过的才填，填上的以您的为准；没有核实的空着。",
        "Fill in your own items first. Items marked optional were declared by the applicant, and the declared value stands "
        "beside them: fill in only those that you have verified. Your value then counts; leave the others empty.",
    ),
)
INSPECTOR = (
    Label(
        "先填自己要看的项。标“选填”的，是核实申报单位所填的，看了才填。",
        "Fill in your own items first. Items marked optional verify the applicant's: fill them in if you have looked.",
    ),
    Label(
        "申报单位填了多少，这里不显示。请按看到的填。",
        "What the applicant filled in is not shown here. Enter what you see.",
    ),
    Label("凭判断给的分，“理由”必须写。", "If points depend on your judgement, you must write down the reason."),
)

ANOTHER_LOOK = (
    Label(
        "这张表只列检查员看法不一、或者还差一人看的事项。请没有看过的检查员到现场看了再填；以前记的数不在表上，也请不要去问。",
        "This form lists only what inspectors see differently, or what one more of them must see. It is for an inspector who "
        "has not looked yet: go there, then fill it in. What was recorded before is not shown; please do not ask for it.",
    ),
    *INSPECTOR[2:],
)

WIDTHS = (6, 28, 28, 34, 30, 14)  # of the sheet's columns, from A
LAST = len(WIDTHS) - 1
NOTE_WIDE = sum(WIDTHS[1:]) * 0.95
WANTED_HEADS = (
    Label("序号", "No."), Label("要交的材料", "Document"), Label("要求", "Requirement"), Label("用于", "For"),
    Label("已有，无需再交", "Already held"), Label("状态", "State"),
)  # fmt: skip


def set_widths(page: Worksheet) -> None:
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)


def tallest(texts: Sequence[str]) -> float:
    """Return the height of a row whose texts stand in the sheet's columns."""
    return max(height(text, width) for text, width in zip(texts, WIDTHS, strict=False)) + 2


def head(book: StyledWorkbook, page: Worksheet, row: int, text: str) -> None:
    """Write the heading of a part of the sheet."""
    page.merge_range(row - 1, 0, row - 1, LAST, text, book.look("title"))
    page.set_row(row - 1, 24)


def sentences(form: Form) -> tuple[Label, ...]:
    """Return the notes of a form in their order."""
    first = UNIT_FIRST if form.form == "unit" else CLERK_FIRST
    tables = (LEDGERS[form.form],) if form.ledgers else ()
    return (*first[:1], *_of_role(form), *first[1:], *tables, *HOW)


def _of_role(form: Form) -> tuple[Label, ...]:
    if form.been:
        return ANOTHER_LOOK
    return INSPECTOR if form.role == "inspector" else VERIFIERS if form.role in VERIFYING else ()


def write_notes(book: StyledWorkbook, page: Worksheet, form: Form, top: int) -> int:
    """Write the notes from a row on, a sentence a row, and return the next free row."""
    head(book, page, top, form.say("填写说明", "How to fill in"))
    for number, label in enumerate(sentences(form), 1):
        row = top + number - 1
        page.write_string(row, 0, str(number), book.look("middle"))
        page.merge_range(row, 1, row, LAST, label[form.lang], book.look("text"))
        page.set_row(row, height(label[form.lang], NOTE_WIDE) + 2)
    return top + len(sentences(form)) + 2


def write_wanted(book: StyledWorkbook, page: Worksheet, form: Form, top: int, held: Sequence[Document]) -> int:
    """Write the documents wanted from a row on, each with a live state in a unit's form; return the next free row."""
    if not form.wanted:
        return top
    head(book, page, top, form.say("要交的材料（填到“材料清单”）", "Documents wanted"))
    shown = WANTED_HEADS if form.form == "unit" else WANTED_HEADS[:4]
    for column, label in enumerate(shown):
        page.write_string(top, column, label[form.lang], book.look("head"))
    kept = {form.document(d.title): until(d)[form.lang] for d in held}
    for number, one in enumerate(form.wanted, 1):
        row = top + number
        texts: tuple[str, ...] = (
            str(number),
            one.title[form.lang],
            demands(one.wants, form.lang),
            purposes(one.purposes, form.lang),
        )
        texts = (*texts, kept.get(one.title[form.lang], "")) if form.form == "unit" else texts
        for column, text in enumerate(texts):
            page.write_string(row, column, text, book.look("middle" if column == 0 else "text"))
        page.set_row(row, tallest(texts))
        if form.form == "unit":
            state, value = _state(form, row + 1, bool(kept.get(one.title[form.lang])), one.optional)
            page.write_formula(row, 5, state, book.look("state"), value)
    last = top + len(form.wanted) + 1
    book.colours(page, f"F{top + 2}:F{last}")
    return last + 1


def _state(form: Form, row: int, held: bool, optional: bool) -> tuple[str, str]:
    """Return the formula that looks a document's title up in the list, and what it gives now."""
    area = f"{quoted(form.names[DOCUMENTS.zh])}!$A${FIRST_ROW}:$A${FIRST_ROW + DOCUMENTS_AT_MOST - 1}"
    there, has = form.say("√ 已列", "√ listed"), form.say("◆ 已有", "◆ held")
    lacking = form.say("－ 有就交", "－ if any") if optional else form.say("○ 待交", "○ open")
    formula = f'=IF(COUNTIF({area},B{row})>0,IF(E{row}<>"","{has}","{there}"),"{lacking}")'
    return formula, has if held else lacking
