"""A small pack by hand, and workbooks from plain cells: what the tests of this folder read their tables with."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from meihao.core.problems import Problems
from meihao.core.text import Label
from meihao.evidence.model import UnitEvidence
from meihao.evidence.tables import read_table_file
from meihao.standard.model import Column, Field, KindOfUnit, Pack

ALL = ("village", "community", "compound")
Cells = Sequence[Sequence[object]]

GRIDS = (
    Column("code", Label("网格编号"), "text"),
    Column("households", Label("户数"), "count", Label("户"), range=(0, 2000)),
    Column("staffed", Label("配有网格员"), "yes_no"),
    Column("since", Label("设立日期"), "date"),
)
TERRAINS = (("plain", Label("平原", "plain")), ("hill", Label("丘陵", "hills")))
FIELDS = (
    Field("households", Label("总户数", "Households"), "count", ALL, "applicant", Label("户"), range=(1, 20000)),
    Field("visited", Label("走访率"), "percent", ALL, "applicant", range=(0, 100)),
    Field("income", Label("集体收入"), "money", ("village",), "applicant", Label("万元"), range=(-100, 100000)),
    Field("terrain", Label("地形"), "choice", ("village",), "registry", options=TERRAINS),
    Field("square", Label("有文化广场"), "yes_no", ALL, "applicant"),
    Field("opened", Label("启用日期"), "date", ALL, "applicant"),
    Field("remark", Label("备注说明"), "text", ALL, "applicant"),
    Field("looks.tidy", Label("环境整洁评分"), "number", ALL, "inspector", Label("分"), range=(0, 10)),
    Field("grids", Label("微网格台账"), "table", ("village", "community"), "applicant", columns=GRIDS, rows_at_most=50),
    Field("village.shops", Label("商铺数"), "count", ("village",), "applicant", range=(0, 500)),
    Field("city.shops", Label("商铺数"), "count", ("community", "compound"), "applicant", range=(0, 500)),
    Field("twin.a", Label("同名项"), "count", ("village",), "applicant", range=(0, 9)),
    Field("twin.b", Label("同名项"), "count", ("village",), "applicant", range=(0, 9)),
)
KINDS = tuple(KindOfUnit(i, Label(t)) for i, t in (("village", "村"), ("community", "社区"), ("compound", "小区")))


def pack(fields: tuple[Field, ...] = FIELDS) -> Pack:
    """Return a pack that has nothing but kinds and fields."""
    return Pack(
        id="small", title=Label("小标准"), edition="1", status="draft", issued_by="", notice=Label(""), kinds=KINDS,
        groups=(), fields=fields, standards=(), rules=(), relations=(), processes=(), waivers=(), bonuses=(), profiles=(),
        default_profile="", grades=(), pass_grade="", item_places=2, display_places=2, base=100, bonus_at_most=0,
        when_closed_zero=False, burden=None, digest="",
    )  # fmt: skip


PACK = pack()


def workbook(sheets: Mapping[str, Cells]) -> bytes:
    """Return an XLSX file; texts that begin with "=" stay texts."""
    stream = io.BytesIO()
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, settings)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(r, c, datetime(cell.year, cell.month, cell.day), days)
                elif isinstance(cell, bool):
                    sheet.write_boolean(r, c, cell)
                elif isinstance(cell, int | float | Decimal):
                    sheet.write_number(r, c, float(cell))
                elif cell:
                    sheet.write_string(r, c, str(cell))
    book.close()
    return stream.getvalue()


def read(folder: Path, name: str, data: bytes, standard: Pack = PACK) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Write a file and read it as evidence; problems name it without its folder."""
    path = folder / name
    path.write_bytes(data)
    return read_table_file(path, standard)


def said(problems: Problems, folder: Path, lang: str = "zh") -> list[str]:
    """Return problems as printed, without the folder."""
    texts = [p.text("en" if lang == "en" else "zh") for p in problems]
    return [text.replace(f"{folder}/", "") for text in texts]
