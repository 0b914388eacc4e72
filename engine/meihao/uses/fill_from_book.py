"""Read a unit's workbook, or an archive of it with documents, into the answers of its form in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from msgspec import Struct

from ..core.files import NamedFile
from ..core.problems import Message, Source
from ..evidence.typed import TypedUnit
from ..forms import bundle as bundles
from .answer import Answer, Notes, answer
from .session import Session
from .taken_in import TakenIn
from .try_files import read_answers

OTHER_UNIT = Message(
    "W162", "error", "{name}不是{unit}一个单位的填报表", "{name} is not the form of {unit} alone",
    "用这一页下载的表；别的单位的表，到那个单位的页面交",
    "use the form that this page gives; another unit's goes to that unit's page",
)  # fmt: skip


class FromBook(Struct, frozen=True):
    """What a workbook says: the answers, who filled it in, and the files of its documents by title."""

    typed: TypedUnit
    observer: str
    papers: Mapping[str, NamedFile]


def fill_from_book(session: Session, unit: str, file: NamedFile, taken: TakenIn) -> Answer[FromBook]:
    """Return the answers of a workbook that was checked and has no error. Refused where it is another unit's (W162)."""
    return answer(_filled, session, unit, file, taken)


def _filled(notes: Notes, session: Session, unit: str, file: NamedFile, taken: TakenIn) -> FromBook:
    handed = taken.handed
    if (
        [one.code for one in handed.units] != [unit]
        or not taken.book
        or (handed.marks and handed.marks.role != "applicant")
    ):
        notes.stop(OTHER_UNIT.at(Source(file.name), name=file.name, unit=unit))
    typed, problems = read_answers(session, taken.book, taken.book_path.name)
    notes.tell(problems)
    return FromBook(notes.need(typed), handed.observer, _papers(file, taken))


def _papers(file: NamedFile, taken: TakenIn) -> Mapping[str, NamedFile]:
    """Return the documents of an archive by the titles of the list."""
    if not taken.book_name:
        return {}
    inside = bundles.read_bundle(file.data, file.name).documents
    by_digest = {sha256(data).hexdigest(): NamedFile(name, data) for name, data in inside.items()}
    listed = {one.title: one.sha256 for unit in taken.handed.units for one in unit.documents}
    return {title: by_digest[digest] for title, digest in listed.items() if digest in by_digest}
