"""Bad tables by hand: a name, a file, and the places and codes that it must be answered with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import xlsxwriter
from msgspec import Struct

from .small_pack import Cells, workbook

HEAD = "编号,类别,名称"
V1 = "001,村,甲村"


class Bad(Struct, frozen=True):
    """`answers` are `place code` in order, the file's name left out; `units` tells whether it is read all the same."""

    name: str
    data: bytes
    answers: tuple[str, ...]
    file: str = "a.csv"
    units: int = 0


def text(name: str, content: str, *answers: str, units: int = 0, encoding: str = "utf-8") -> Bad:
    return Bad(name, content.encode(encoding), answers, units=units)


def book(name: str, sheets: dict[str, Cells], *answers: str, units: int = 0) -> Bad:
    return Bad(name, workbook(sheets), answers, "a.xlsx", units)


def made(name: str, make: Callable[[xlsxwriter.Workbook], None], *answers: str, units: int = 0) -> Bad:
    stream = io.BytesIO()
    one = xlsxwriter.Workbook(stream, {"strings_to_formulas": False})
    make(one)
    one.close()
    return Bad(name, stream.getvalue(), answers, "a.xlsx", units)


def parts(name: str, given: dict[str, bytes], *answers: str, base: bool = True) -> Bad:
    """Return a workbook with parts added or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook({"单位": [["编号"]]}))) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for part in old.namelist() if base else ():
            if part not in given:
                new.writestr(part, old.read(part))
        for part, data in given.items():
            new.writestr(part, data)
    return Bad(name, stream.getvalue(), answers, "a.xlsx")


TOP = ["编号", "类别", "名称"]
A = ["001", "村", "甲村"]
B = ["002", "社区", "乙社区"]


def _merged(one: xlsxwriter.Workbook) -> None:
    sheet = one.add_worksheet("单位")
    sheet.write_row(0, 0, ["编号", "名称", "类别", "总户数"])
    sheet.write_row(1, 0, ["001", "甲村"])
    sheet.write_row(2, 0, ["002", "乙村"])
    sheet.merge_range("C2:C3", "村")


def _formulas(one: xlsxwriter.Workbook) -> None:
    sheet = one.add_worksheet("单位")
    sheet.write_row(0, 0, [*TOP, "总户数", "走访率", "集体收入"])
    sheet.write_row(1, 0, A)
    sheet.write_formula("D2", "=1+1", None, 2)
    sheet.write_formula("E2", "=B2/C2", None, "#DIV/0!")


def _hidden(one: xlsxwriter.Workbook) -> None:
    one.add_worksheet("单位").write_row(0, 0, TOP)
    one.get_worksheet_by_name("单位").write_row(1, 0, A)
    secret = one.add_worksheet("微网格台账")
    secret.write_row(0, 0, ["单位编号", "户数"])
    secret.hide()


def sheet_xml(last: str) -> bytes:
    """Return a sheet of one village by hand; `last` is what its households cell holds."""
    rows = ([*TOP, "总户数"], A)
    cells = ["".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) for row in rows]
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f"<row>{cells[0]}</row><row>{cells[1]}<c>{last}</c></row>"
    return f'<worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'.encode()


MERGED = made("a merged cell", _merged, " 单位!C3 E079")
LONG = "单位,字段,值,记录人,身份,日期,类别,名称"
BAD = (
    # ---- CSV: bytes
    text("an empty file", "", " E058"),
    text("blank rows alone", ",,\n , \n", " E058"),
    text("GB18030", f"{HEAD},总户数\n{V1},320\n", " E050", units=1, encoding="gb18030"),
    text("UTF-16", f"{HEAD},总户数\n{V1},320\n", " E051", units=1, encoding="utf-16"),
    Bad("UTF-16 cut in the middle", f"{HEAD}\n{V1}".encode("utf-16")[:-1], (":2 E052",)),
    Bad("bytes of no encoding", f"{HEAD}\n".encode() + b"001,\xff\xff,x\n", (":2 E052",)),
    Bad("two encodings", f"{HEAD}\n{V1}\n".encode() + "002,村,乙村\n".encode("gb18030"), (":3 E053",)),
    Bad("a character lost in GBK", f"{HEAD}\n001,村,甲?村\n".encode("gb18030"), (":2 E054",)),
    text("a replacement character", f"{HEAD}\n{V1}\n002,村,乙\ufffd村\n", ":3 E054"),
    text("a NUL", f"{HEAD}\n001,村,甲\0村\n", ":2 E055"),
    text("a quote that never ends", f'{HEAD}\n{V1}\n"002,村,乙村\n003,村,丙村\n', ":3 E056"),
    text("text behind a quote", f'{HEAD}\n"001"x,村,甲村\n', ":2 E056"),
    text("too many columns", ",".join(["编号"] * 2001), ":1 E057"),
    # ---- headings
    text("no headings", f"{V1}\n002,村,乙村\n", ":1 E070"),
    text("full-width commas", "编号，类别，名称\n001，村，甲村\n", ":1 E070"),
    text("a mistyped heading", f"{HEAD},总户树\n{V1},320\n", ":1 E013"),
    text("a column twice", f"{HEAD},总户数,households\n{V1},320,320\n", ":1 E071"),
    text("two fields of one title", f"{HEAD},同名项\n{V1},3\n", ":2 E072"),
    text("ids below other titles", f"{HEAD},总户数\ncode,kind,name,visited\n{V1},3\n", ":2 E073"),
    text("a value beyond the headings", f"{HEAD},总户数\n{V1},1,234\n", ":2 E074"),
    # ---- units
    text("no code", f"{HEAD}\n,村,甲村\n{V1}\n", ":2 E078"),
    text("no kind and no name", "编号,总户数\n001,320\n", ":2 E078", ":2 E078"),
    text("an unknown kind", f"{HEAD}\n001,社 区,甲\n002,小去,乙\n", ":3 E015"),
    text("one code, two names", f"{HEAD},填报人\n{V1},张\n001,村,乙村,李\n", ":3 E085"),
    text("the same observer twice", f"{HEAD},总户数\n{V1},320\n\n{V1},330\n", ":4 E086", ":4 E087"),
    text("an unknown role", f"{HEAD},填报人,身份\n{V1},张,核察员\n", ":2 E083"),
    text("an inspector without a name", f"{HEAD},身份,总户数\n{V1},核查员,320\n", ":2 E084"),
    text("an inspector whose name is a dash", f"{HEAD},填报人,身份,总户数\n{V1},——,核查员,320\n", ":2 W100"),
    text("a day that does not exist", f"{HEAD},日期\n{V1},2026-02-30\n", ":2 E006"),
    text("a code that is too long", f"{HEAD}\n{'9' * 101},村,甲村\n", ":2 E009"),
    # ---- values
    text("words for a number", f"{HEAD},总户数\n{V1},约320户\n", ":2 E001"),
    text("half a household", f"{HEAD},总户数\n{V1},320.5\n", ":2 E002"),
    text("out of range", f"{HEAD},总户数\n{V1},0\n", ":2 E003"),
    text("0.85 for a percentage", f"{HEAD},走访率\n{V1},0.85\n", ":2 E004"),
    text("no such option", f"{HEAD},地形\n{V1},平园\n", ":2 E005"),
    text("neither yes nor no", f"{HEAD},有文化广场\n{V1},部分\n", ":2 E007"),
    text("a register in a cell", f"{HEAD},微网格台账\n{V1},第一网格\n", ":2 E089"),
    text("not asked of this kind", f"{HEAD},集体收入\n002,社区,乙,3\n", ":2 E014"),
    text("more digits than anyone counts", f"{HEAD},集体收入\n{V1},3.33333333333333\n", ":2 E082"),
    text("full-width digits and signs", f"{HEAD},走访率,有文化广场\n{V1},９０．５％,√\n", ":2 E018", ":2 E018", units=1),
    text("a reason without its value", f"{HEAD},环境整洁评分,环境整洁评分的理由\n{V1},,整洁\n", ":2 E078"),
    # ---- the long form
    text("long: an unknown field", f"{LONG}\n001,总户,320,,,,村,甲村\n", ":2 E013"),
    text("long: an unknown column", f"{LONG},行\n001,grids.name,x,,,,村,甲村,1\n", ":2 E012"),
    text("long: no row number", f"{LONG}\n001,grids.code,x,,,,村,甲村\n", ":2 E093"),
    text("long: one cell twice", f"{LONG},行\n001,grids.code,x,,,,村,甲村,1\n001,grids.code,y,,,,,,1\n", ":3 E087"),
    text("long: a value twice", f"{LONG}\n001,总户数,320,张,,,村,甲村\n001,households,330,张,,,,\n", ":3 E087"),
    text("long: a value of no field", f"{LONG}\n001,,320,,,,村,甲村\n", ":2 E078"),
    text("long: a unit that is nothing", f"{LONG}\n001,总户数,320,,,,,\n", ":2 E078", ":2 E078"),
    # ---- XLSX: the package
    Bad("a text called xlsx", b"code,kind\n", (" E060",), "a.xlsx"),
    Bad("an old or locked workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), (" E060",), "a.xlsx"),
    Bad("half a workbook", workbook({"单位": [TOP, A]})[:900], (" E065",), "a.xlsx"),
    parts("a zip of something else", {"readme.txt": b"hello"}, " E060", base=False),
    parts("parts that unpack to 40 MB", {"xl/worksheets/sheet1.xml": b" " * (40 << 20)}, " E061"),
    parts("a part outside the package", {"../evil.xml": b"<a/>"}, " E061"),
    parts("macros", {"xl/vbaProject.bin": b"x"}, " E062"),
    parts("links to other files", {"xl/externalLinks/externalLink1.xml": b"<a/>"}, " E063"),
    parts("a DOCTYPE", {"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, " E064"),
    parts("XML in an encoding that nobody knows", {"xl/styles.xml": b'<?xml version="1.0" encoding="UTF-X"?><a/>'}, " E065"),
    parts("XML that is none", {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}, " E065"),
    book("a cell far away", {"单位": [TOP, A, *[[]] * 100_000, ["x"]]}, " 单位!A100003 E068"),
    # ---- XLSX: cells and sheets
    book("a code that became a number", {"单位": [TOP, [511402001001, "村", "甲村"]]}, " 单位!A2 E077"),
    book("a name that became a number", {"单位": [TOP, ["001", "村", 110]]}, " 单位!C2 E077"),
    book("a date that is a number", {"单位": [[*TOP, "启用日期"], [*A, 46162]]}, " 单位!D2 E006"),
    book("a percentage without its sign", {"单位": [[*TOP, "走访率"], [*A, 0.85]]}, " 单位!D2 E004"),
    MERGED,
    made("formulas", _formulas, " 单位!D2 E081", " 单位!E2 E021"),
    parts("a formula that nobody computed", {"xl/worksheets/sheet1.xml": sheet_xml("<f>1+1</f>")}, " 单位!D2 E080"),
    made("a hidden sheet", _hidden, " 微网格台账!A1 E076", units=1),
    book("a mistyped sheet", {"单位": [TOP, A], "微网格台帐": [["编号", "户数"], ["001", 3]]}, " 微网格台帐!A1 E075"),
    book("a sheet of something else", {"单位": [TOP, A], "Sheet2": [["合计", 3]]}, " Sheet2!A1 E075"),
    book("registers alone", {"微网格台账": [["编号", "户数"]]}, " E058"),
    book("a register without units", {"单位": [TOP, A], "grids": [["户数"], [3]]}, " grids!A1 E070"),
    book("a register of a stranger", {"单位": [TOP, A], "grids": [["编号", "户数"], ["01", 3]]}, " grids!A2 E088"),
    book("no rows handed in", {"单位": [TOP, A, B], "grids": [["编号", "户数"], ["001", 3]]}, " grids!A1 E092", units=2),
    book(
        "none, yet rows",
        {"单位": [TOP, A], "grids": [["编号", "网格编号", "户数"], ["001", "g1", 3], ["001", "无"]]},
        " grids!B3 E090",
    ),
    book(
        "none in one sheet, rows in another",
        {"单位": [[*TOP, "grids"], [*A, "无"]], "grids": [["编号", "户数"], ["001", 3]]},
        " grids!B2 E087",
    ),
    book(
        "nobody's rows",
        {
            "单位": [[*TOP, "填报人", "身份"], [*A, "张", "核查员"], [*A, "李", "核查员"]],
            "grids": [["编号", "户数"], ["001", 3]],
        },
        " grids!A2 E091",
    ),
    book(
        "a register of another kind",
        {"单位": [TOP, ["9", "小区", "丙"]], "grids": [["编号", "户数"], ["9", 3]]},
        " grids!A2 E014",
    ),
    book("an unknown column", {"单位": [TOP, A], "grids": [["编号", "戶数"], ["001", 3]]}, " grids!B1 E013"),
    book(
        "documents that are wrong",
        {
            "单位": [TOP, A],
            "材料": [["编号", "名称", "证明", "摘要", "有效期至"], ["001", None, "总户", "12ab", date(2026, 1, 1)]],
        },
        " 材料!B2 E078",
        " 材料!C2 E013",
        " 材料!D2 E094",
    ),
)  # fmt: skip
