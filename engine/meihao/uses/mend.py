"""Correct values of a workbook that was handed in, in the workbook itself; nothing else of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..core.files import NamedFile
from ..core.problems import Problems, Source
from ..forms import bundle as bundles
from ..forms import messages as m
from ..forms.mended import Mended
from .answer import Answer, Notes, answer
from .incoming import read_bytes
from .session import Session
from .taken_in import TakenIn

Values = Mapping[tuple[str, str], str]
"""What is to stand in cells, by the names of sheet and cell; "" empties one."""


def mend(session: Session, file: NamedFile, values: Values) -> Answer[NamedFile]:
    """Return a workbook, or an archive with one, in which values are corrected; errors of an earlier import are taken off.

    Refused where it is none, or where anything else of it would be lost.
    """
    return answer(_mended, session, file, tuple(Mended(*place, text) for place, text in values.items()))


def why_not_mendable(taken: TakenIn) -> Problems:
    """Return why the values of a file that was taken in cannot be corrected in it; nothing where they can."""
    if not taken.book:
        return (m.ONLY_BOOKS.at(Source(str(taken.path)), name=taken.path.name),)
    from ..forms.write_back import not_mendable  # late, as below

    return not_mendable(taken.book, str(taken.path), (plan.sheet for plan in taken.handed.plans.values()))


def _mended(notes: Notes, session: Session, file: NamedFile, values: tuple[Mended, ...]) -> NamedFile:
    from ..forms.write_back import mend as written  # late: takes a library of workbooks, and most files have no errors

    data, problems = read_bytes(file)
    notes.add(problems)
    end = Path(file.name).suffix.lower()
    bundle = bundles.read_bundle(data, file.name) if end == ".zip" else None
    if bundle is None and end != ".xlsx":
        notes.stop(m.ONLY_BOOKS.at(Source(file.name), name=file.name))
    notes.add(bundle.problems if bundle else ())
    back = written(bundle.workbook if bundle else data, file.name, values, session.lang)
    notes.tell(back.problems)
    book = notes.need(back.data)
    return NamedFile(file.name, bundles.with_workbook(data, book) if bundle else book)
