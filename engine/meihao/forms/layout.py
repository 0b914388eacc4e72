"""Says where things stand in our workbooks; the template is written by this description and the import reads by it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ..core.label import Label

FormKind = Literal["unit", "clerk"]
"""`unit`: one workbook a unit, one line a field, its dimensions one below the other. `clerk`: one sheet with one row a unit."""

VERSION = "1"
TITLE_ROW, HEADING_ROW, FIRST_ROW = (
    1,
    2,
    3,
)  # of every sheet of a unit's workbook but cover and notes; a clerk's ledgers too
CLERK_GROUP_ROW, CLERK_ID_ROW, CLERK_HEADING_ROW, CLERK_FIRST_ROW = 2, 3, 4, 5  # the row of ids is hidden
LISTS = "_lists"  # a very hidden sheet of the longer dropdowns
CHECKS = "_checks"  # a very hidden sheet of what the columns of the clerk's sheet may hold
MARK = "_meihao"  # a very hidden sheet of (key, value) rows, keys below; foreign or older workbooks lack it or differ
MARK_KEYS = (
    "form",  # FormKind
    "version",  # of this layout
    "kind",  # village, community, compound …
    "role",  # the role that fills it
    "pack",  # id of the pack
    "edition",
    "pack_digest",
    "template_digest",  # of what the form asks: fields, allowed values, layout; not of prefilled values
    "round",  # id of the round, "" for none
    "unit",  # code of the unit, "" where the cover asks for it
    "lang",
)

COVER = Label("封面", "Cover")
NOTES = Label("填写说明", "Notes")
ITEMS = Label("填报项", "Items")  # of a unit's workbook: every dimension's lines, each dimension under its name
UNITS = Label("填报表", "Units")  # the clerk's one sheet; headings are those that evidence.tables knows
DOCUMENTS = Label("材料清单", "Documents")
ERRORS = Label("错误汇总", "Errors")  # added by the import to the user's own file, first in order


class CoverInput(Struct, frozen=True):
    """An input on the cover: its label, and the id by which the import knows it (column A, hidden, of the same row)."""

    id: str
    label: Label


COVER_INPUTS: tuple[CoverInput, ...] = (
    CoverInput("unit", Label("单位编号", "Unit code")),
    CoverInput("name", Label("单位名称", "Unit name")),
    CoverInput("region", Label("地区代码", "Region code")),
    CoverInput("observer", Label("填报人", "Filled in by")),
    CoverInput("date", Label("填报日期", "Date")),
    CoverInput("reason", Label("更正理由", "Reason for corrections")),
    CoverInput("as_of", Label("截至日期", "As of")),
)
DAYS = ("date", "as_of")  # the inputs of the cover that are dates
COVER_LABEL_COLUMN, COVER_VALUE_COLUMN = 2, 3  # B and C; A holds the id

LINES: tuple[CoverInput, ...] = (  # the columns of a dimension's sheet, from column A
    CoverInput(
        "field", Label("字段", "Field")
    ),  # hidden: the field's id, by which a line is known wherever it is moved
    CoverInput("number", Label("序号", "No.")),
    CoverInput("title", Label("填报项", "Item")),
    CoverInput("purpose", Label("用途", "What it is for")),
    CoverInput("measured_in", Label("单位", "Unit")),
    CoverInput("allowed", Label("可填内容", "Allowed")),
    CoverInput("example", Label("示例", "Example")),
    CoverInput("documents", Label("需附材料", "Documents wanted")),
    CoverInput("held", Label("已有，无需再交", "Already held")),
    CoverInput("value", Label("填写", "Fill in")),  # of a table field: NONE, or empty where its ledger has rows
    CoverInput("date", Label("核查日期", "Seen on")),  # inspectors only
    CoverInput("reason", Label("理由", "Reason")),  # inspectors only; required beside a discretionary value
    CoverInput("state", Label("状态", "State")),  # a live formula that begins with a shape: √ 已填, ◆ 已有, ○ 待填, ！
    CoverInput("errors", Label("错误信息", "Errors")),  # filled by the import
)
ERRORS_HEADING = Label("错误信息", "Errors")  # also a column behind those of ledgers, clerk's sheet and documents
STATE_HEADING = Label("状态", "State")  # the last column of the clerk's sheet: a formula, passed over when read
DECLARED_HEADING = Label(
    "申报：", "Declared: "
)  # begins a column that shows, on a clerk's sheet, what applicants declared
NONE = Label("无", "none")  # chosen in a table's line: there is not one row, and that is meant
DOCUMENT_COLUMNS = ("title", "number", "issuer", "date", "valid_to", "proves", "sha256")  # clerk's: `code` before them


def column(word: str) -> int:
    """Return the column, counted from 1, of a word of LINES.

    >>> column("field"), column("value")
    (1, 10)
    """
    return next(n for n, cell in enumerate(LINES, 1) if cell.id == word)
