"""Write what is wrong with a workbook that was handed in at its cells: into a copy, or into the file itself."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..core.files import NamedFile, reason, write_whole
from ..core.problems import Problems, Source, sort_by_place
from ..forms import messages as m
from .answer import Answer
from .take_in import Intake
from .taken_in import TakenIn

if TYPE_CHECKING:
    from ..forms.write_back import WrittenBack

OUR_SUFFIX = ".错误"


def write_errors(
    intake: Intake, taken: TakenIn, to: Path | None = None, in_place: bool = False
) -> tuple[TakenIn, Problems]:
    """Write a file's errors into its workbook, if it has one, and return what came of the file with where they stand.

    The copy goes to `to`, or beside the file under a name that is free; a copy of ours that was corrected is written over.
    `in_place` writes into the file itself where nothing of it would be lost. Never refused: what fails is said of this
    file alone.
    """
    if not taken.book:
        return taken, ()
    written, more = _written(intake, taken, to, in_place)
    handed = taken.handed
    if more:
        handed = replace(handed, problems=sort_by_place((*handed.problems, *more)))
    return replace(taken, handed=handed, errors=handed.errors(intake.session.pack), written=written, book=b""), more


def error_copy(intake: Intake, taken: TakenIn) -> Answer[NamedFile]:
    """Return the workbook of a file with its errors, as `write_errors` writes it where a path is named.

    None where the file has no workbook, or where it cannot be written, with the reason.
    """
    if not taken.book:
        return None, ()
    back = _marked(intake, taken)
    path = taken.book_path
    name = f"{path.stem.removesuffix(OUR_SUFFIX)}{OUR_SUFFIX}.xlsx"
    return (None if back.data is None else NamedFile(name, back.data)), back.problems


def _written(intake: Intake, taken: TakenIn, to: Path | None, in_place: bool) -> tuple[Path | None, Problems]:
    """Return where the errors stand (None: nowhere), and what is to be said of that."""
    path, file = taken.book_path, Source(str(taken.path))
    ours = path.stem.endswith(OUR_SUFFIX)
    if not _wrong(taken) and not (ours or in_place or to):
        return None, ()
    back = _marked(intake, taken)
    if back.data is None:
        return None, back.problems
    if in_place and back.lost:
        zh, en = "、".join(one.zh for one in back.lost), ", ".join(one["en"] for one in back.lost)
        return None, (m.NOT_IN_PLACE.at(file, what_zh=zh, what_en=en),)
    target = to or _target(path, in_place or (ours and not back.lost))
    try:
        write_whole(target, back.data)
    except OSError as failure:
        return None, (*back.problems, m.NOT_WRITTEN.at(file, path=target, why=reason(failure)))
    return target, back.problems


def _wrong(taken: TakenIn) -> bool:
    return any(error.severity != "notice" for error in taken.errors)


def _marked(intake: Intake, taken: TakenIn) -> WrittenBack:
    """Return the workbook with its errors; one that has none is cleaned of those of an earlier import."""
    from ..forms.write_back import write_back  # late: takes a library of workbooks, and most files have no errors

    plans = taken.handed.plans
    cells = sum(len(plan.sheet.rows) * max(map(len, plan.sheet.rows), default=0) for plan in plans.values())
    tops = {name: plan.top for name, plan in plans.items()}
    told = taken.errors if _wrong(taken) else ()
    return write_back(taken.book, str(taken.path), told, tops, intake.session.lang, cells)


def _target(path: Path, over: bool) -> Path:
    """Return where the errors go: never over a file that is not ours, or that somebody may be correcting."""
    if over:
        return path
    stem = path.stem.removesuffix(OUR_SUFFIX)
    names = (f"{stem}{OUR_SUFFIX}{number if number > 1 else ''}.xlsx" for number in count(1))
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())
