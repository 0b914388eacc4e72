"""Reading a clerk's workbook to evidence, against python-calamine alone: 10,000 units of 60 fields."""

from __future__ import annotations

import io
import resource
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from meihao.core.text import Label
from meihao.evidence.tables import read_cells, read_sheets, read_table_file
from meihao.evidence.xlsx_guard import inspect, open_package
from meihao.standard.model import Field, FieldType, KindOfUnit, Pack

from .timing import Line, Table

BARE = "python-calamine: a list of rows, no guard, in this process"
READ = "Meihao: guarded, read in a child process, typed evidence with sources"
EMPTY = 3
BARE_SPARSE = "every third cell empty: python-calamine (ratio 1 of the next line)"
READ_SPARSE = "every third cell empty: Meihao"
TARGET = 3.0
MIX: tuple[tuple[FieldType, int], ...] = (
    ("count", 26), ("percent", 12), ("yes_no", 10), ("choice", 6), ("money", 4), ("text", 2),
)  # fmt: skip
FIELDS = sum(count for _, count in MIX)


def run(units: int = 10_000, rounds: int = 5) -> Table:
    """Time reading one workbook to rows by calamine alone, and to evidence by us; children are counted."""
    pack, data, sparse = _pack(), _workbook(units), _workbook(units, EMPTY)
    with TemporaryDirectory() as name:
        path, other = Path(name) / "clerk.xlsx", Path(name) / "sparse.xlsx"
        path.write_bytes(data)
        other.write_bytes(sparse)
        sheets, _ = read_cells(data, "clerk.xlsx")
        works: dict[str, Callable[[], object]] = {
            BARE: lambda: _bare(data),
            "  of it: the guard alone": lambda: inspect(open_package(data)),
            "  of it: to rows of cells, guard and child included": lambda: read_cells(data, "clerk.xlsx"),
            "  of it: from rows of cells to evidence": lambda: read_sheets(sheets, pack, "clerk.xlsx"),
            READ: lambda: _read(path, pack, units, FIELDS),
            BARE_SPARSE: lambda: _bare(sparse),
            READ_SPARSE: lambda: _read(other, pack, units, FIELDS - FIELDS // EMPTY),
        }
        least = _interleaved(works, rounds)
    bases = dict.fromkeys(works, least[BARE]) | dict.fromkeys((BARE_SPARSE, READ_SPARSE), least[BARE_SPARSE])
    lines = tuple(
        Line(name, seconds * 1000, "ms", seconds / bases[name], TARGET if name == READ else None)
        for name, seconds in least.items()
    )
    note = f"{units} units of {FIELDS} fields, {len(data) / 1e6:.1f} MB; processor time, children included"
    return Table("Importing a clerk's workbook", BARE, lines, (note,))


def _interleaved(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the least processor time of each work with its children; in every round all take their turn."""
    least = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            start = _used()
            kept = work()
            least[name] = min(least[name], _used() - start)
            del kept  # to let go of what was read is no part of reading it
    return least


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _bare(data: bytes) -> Sequence[Sequence[object]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def _read(path: Path, pack: Pack, units: int, filled: int) -> object:
    """Return the evidence of a workbook, each of whose units gives so many values."""
    found, problems = read_table_file(path, pack)
    if problems or len(found) != units or any(len(unit.observations) != filled for unit in found):
        raise RuntimeError(f"read {len(found)} units with {problems[:3]}")
    return found


def _fields() -> tuple[Field, ...]:
    kinds = [kind for kind, count in MIX for _ in range(count)]
    options = (("plain", Label("平原")), ("hill", Label("丘陵")))
    return tuple(
        Field(
            f"f{n}", Label(f"第{n}项"), kind, ("compound",), "applicant",
            options=options if kind == "choice" else (),
            range=(0, 100_000) if kind in ("count", "money") else (0, 100) if kind == "percent" else None,
        )
        for n, kind in enumerate(kinds, 1)
    )  # fmt: skip


def _pack() -> Pack:
    kinds = (KindOfUnit("compound", Label("小区")),)
    return Pack(
        id="bench", title=Label("标准"), edition="1", status="draft", issued_by="", notice=Label(""), kinds=kinds, groups=(),
        fields=_fields(), standards=(), rules=(), relations=(), processes=(), waivers=(), bonuses=(), profiles=(),
        default_profile="", grades=(), pass_grade="", item_places=2, display_places=2, base=100, bonus_at_most=0,
        when_closed_zero=False, burden=None, digest="",
    )  # fmt: skip


def _workbook(units: int, empty: int = 0) -> bytes:
    """Return the workbook; values look like those of a round: counts spread, percentages with a decimal, money in cents.

    Of so many cells one is `empty`; 0 leaves none so.
    """
    import xlsxwriter

    fields, stream = _fields(), io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False})
    sheet = book.add_worksheet("填报表")
    sheet.write_row(0, 0, ["编号", "类别", "名称", *(field.title.zh for field in fields)])
    for row in range(1, units + 1):
        sheet.write_row(row, 0, [f"{row:06}", "小区", f"第{row}小区"])
        for column, field in enumerate(fields):
            draw = row * 7919 + column * 104_729
            if not empty or draw % empty:
                sheet.write(row, column + 3, _value(field, draw))
    book.close()
    return stream.getvalue()


def _value(field: Field, draw: int) -> str | float:
    match field.type:
        case "count":
            return draw % 5000
        case "percent":
            return 1 + draw % 990 / 10
        case "money":
            return draw % 1_000_000 / 100
        case "yes_no":
            return "是" if draw % 3 else "否"
        case "choice":
            return field.options[draw % 2][1].zh
        case _:
            return f"说明{draw % 4000}"
