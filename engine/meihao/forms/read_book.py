"""Reads a workbook or CSV: the units that can be stored, those that cannot, and every problem at its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..core.garbage import gc_paused
from ..core.problems import Problem, Problems, errors, sort_by_place
from ..evidence import messages as e
from ..evidence.columns import Finder, HeadingWords, Sheet, heading_row, key, without_answers
from ..evidence.contradictions import Latest
from ..evidence.model import UnitEvidence
from ..evidence.tables import dated, read_cells, sort_sheets
from ..evidence.tables import read_book as read_many
from ..evidence.unit_rows import WIDE
from ..standard.model import Pack
from . import messages as m
from .cell_errors import CellError, cell_errors
from .layout import DECLARED_HEADING, STATE_HEADING, UNITS
from .marks import HiddenMarks, read_marks, role_of, said_of_marks, same_form
from .read_unit import is_unit_book, read_unit_book
from .spots import Plans, plans_of, spot

MOST_ERRORS = 20_000  # a column of errors can be filtered: let it be whole
_WHOLE_FILE = (e.NO_TITLE_ABOVE.code, e.TOO_MANY_PROBLEMS.code)


Known = Callable[[], Sequence[UnitEvidence]]


class Handed(Struct, frozen=True):
    """What came in one file. `units` are whole and may be stored; `refused` are the codes of those that have an error.

    `faulty` are the units among these that could be read all the same: never stored, but more can be said of them.
    """

    file: str
    marks: HiddenMarks | None
    units: tuple[UnitEvidence, ...]
    refused: tuple[str, ...]
    problems: Problems
    plans: Plans
    observer: str = ""
    reason: str = ""
    faulty: tuple[UnitEvidence, ...] = ()

    def errors(self, pack: Pack) -> tuple[CellError, ...]:
        """Return every problem as it is told at its cell."""
        return cell_errors(self.problems, self.plans, pack, self.marks.kind if self.marks else "")


def read_handed(data: bytes, file: str, pack: Pack, known: Known = tuple, latest: Latest | None = None) -> Handed:
    """Return what a file holds; a unit with any error is not among its units. Never raises for what is in the file.

    Where a file lists documents alone, they may be of units that are `known` from elsewhere. No date can be later than
    `latest`, unless the standard says so.
    """
    sheets, problems = read_cells(data, file)
    if errors(problems):
        return Handed(file, None, (), (), problems, {})
    with gc_paused():
        return _read(dated(sheets, latest), problems, file, pack, known)


def _read(sheets: Sequence[Sheet], problems: Problems, file: str, pack: Pack, elsewhere: Known) -> Handed:
    marks = read_marks(sheets)
    clean = tuple(map(without_answers, sheets))
    problems = (*problems, *said_of_marks(marks, pack, file))
    foreign = marks is not None and not same_form(marks, pack)
    if is_unit_book(clean, marks):
        read = read_unit_book(clean, marks, foreign, pack, file)
        units = (read.unit,) if read.unit else ()
        return divided(
            Handed(file, marks, units, (), (*problems, *read.problems), read.plans, read.observer, read.reason)
        )
    known, more = _known_columns(clean, pack) if foreign else (clean, ())
    if marks:
        known = tuple(replace(sheet, role=role_of(marks)) for sheet in _without_shown(known))
    book, said = sort_sheets(known, pack)
    alone = book.documents and not (book.wide or book.long or book.registers)
    found, said = read_many(book, said, pack, file, MOST_ERRORS, elsewhere() if alone else ())
    return divided(Handed(file, marks, found, (), (*problems, *more, *said), plans_of(book, pack)))


def divided(handed: Handed) -> Handed:
    """Return what was handed in with its units divided: those without an error, and the codes of the others."""
    wrong = errors(handed.problems)
    bad = {spot(problem.source, handed.plans).unit for problem in wrong}
    whole = any(_of_whole_file(problem, handed.plans) for problem in wrong)
    every = {unit.code for unit in handed.units} | {
        line.unit for p in handed.plans.values() for line in p.lines.values()
    }
    refused = ((every if whole else bad) | set(handed.refused)) - {""}
    units = tuple(unit for unit in handed.units if unit.code not in refused)
    faulty = (*handed.faulty, *(unit for unit in handed.units if unit.code in refused))
    return replace(
        handed, units=units, refused=tuple(sorted(refused)), problems=sort_by_place(handed.problems), faulty=faulty
    )


def _of_whole_file(problem: Problem, plans: Plans) -> bool:
    """Say whether an error concerns all units of a file: what it stands for may be missing in each of them."""
    plan = plans.get(problem.source.sheet)
    of_another = plan is not None and plan.one_row_a_unit and problem.source.row > plan.top
    return problem.code in _WHOLE_FILE or not (of_another or spot(problem.source, plans).unit)


def with_problems(handed: Handed, problems: Problems) -> Handed:
    """Return what was handed in with more said of it; units with an error among it are refused."""
    return divided(replace(handed, problems=(*handed.problems, *problems)))


# ---- a clerk's workbook


def _without_shown(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return sheets without what the clerk's own only shows: the live column of states, and what was declared."""
    names = {key(UNITS.zh), key(UNITS["en"])}
    return tuple(_blanked(s, *_shown(s)) if key(s.name) in names else s for s in sheets)


def _shown(sheet: Sheet) -> tuple[int, set[int]]:
    """Return the row of the headings, and the columns that only show."""
    top = heading_row(sheet, HeadingWords(WIDE), "code") or 1
    rows = (sheet.rows[r - 1] for r in (top, _below(sheet, top)) if r <= len(sheet.rows))
    return top, {n for row in rows for n, cell in enumerate(row, 1) if isinstance(cell, str) and _only_shown(cell)}


def _blanked(sheet: Sheet, top: int, columns: set[int]) -> Sheet:
    rows = (
        tuple(None if n in columns else cell for n, cell in enumerate(row, 1)) if r >= top else row
        for r, row in enumerate(sheet.rows, 1)
    )
    return replace(sheet, rows=tuple(rows)) if columns else sheet


def _known_columns(sheets: Sequence[Sheet], pack: Pack) -> tuple[tuple[Sheet, ...], Problems]:
    """Return sheets of units of another edition without the columns that this one does not ask, and which these are."""
    finder = Finder(HeadingWords(WIDE, pack.fields))
    kept: list[Sheet] = []
    problems: list[Problem] = []
    for sheet in sheets:
        top = heading_row(sheet, HeadingWords(WIDE), "code")
        if sheet.hidden or top is None or sheet.name not in (UNITS.zh, UNITS["en"]):
            kept.append(sheet)
            continue
        below = _below(sheet, top)
        lost = set()
        for number in range(1, max(map(len, sheet.rows)) + 1):
            texts = [str(cell) for r in (top, below) if isinstance(cell := sheet.value(r, number), str)]
            filled = any(sheet.value(r, number) is not None for r in range(below + 1, len(sheet.rows) + 1))
            if texts and not any(map(finder.find, texts)) and not any(map(_only_shown, texts)):
                lost.add(number)
                if filled:
                    problems.append(m.NOT_CARRIED.at(sheet.at(below, number), title=texts[-1]))
        kept.append(_blanked(sheet, top, lost))
    return tuple(kept), tuple(problems)


def _only_shown(text: str) -> bool:
    """Say whether a heading is of a column that nobody fills in."""
    states = (key(STATE_HEADING.zh), key(STATE_HEADING["en"]))
    return key(text) in states or text.startswith((DECLARED_HEADING.zh, DECLARED_HEADING["en"]))


def _below(sheet: Sheet, top: int) -> int:
    """Return the row of the titles where that of the hidden ids comes first."""
    return top + 1 if _is_heading(sheet, top + 1) else top


def _is_heading(sheet: Sheet, row: int) -> bool:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    return any(isinstance(cell, str) and HeadingWords(WIDE).fixed_word(cell) == "code" for cell in cells)
