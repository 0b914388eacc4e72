"""Give what was tried out to take along, as a report, a form to hand in, or a file to continue from; and read the last two."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..assessment.to_json import to_json
from ..core.canonical import pretty
from ..core.files import NamedFile, file_name
from ..core.problems import Message, Source
from ..core.text import Label
from ..evidence import messages as e
from ..evidence.columns import without_answers
from ..evidence.tables import read_cells
from ..evidence.typed import TypedDocument, TypedUnit, as_typed
from ..forms.asked import wanted_documents
from ..forms.form import make_form
from ..forms.marks import read_marks, said_of_marks, same_form
from ..forms.messages import NOT_CARRIED
from ..forms.questions import question_pages
from ..forms.read_unit import is_unit_book, read_cover, read_unit_book
from ..forms.unit_book import write_unit_book
from ..reports.backends import chosen_press
from ..reports.write import report_bytes
from .answer import Answer, Notes, Refused, answer
from .forms import known_kind
from .look import theme_for
from .report import paper_of
from .session import Session, made_by
from .try_out import Tried

NOT_KEPT = Message(
    "B020", "error", "{name}不是从自评试算存下的文件：{why}", "{name} is not a file that was saved from a self-check: {why}",
    "选用“存成文件”存下的.json，或填报表.xlsx", "choose the .json that “Save to a file” gave you, or a form as .xlsx",
)  # fmt: skip
NO_FORM = Message(
    "B021", "error", "{name}不是一个单位的填报表", "{name} is not the form of one unit",
    "选自评试算给的填报表，或发下的单位填报表；镇街的汇总表不能用",
    "choose the form that the self-check gave you or one that was handed out to a unit; a clerk's sheet does not serve",
)  # fmt: skip
MOST_KEPT = 8_000_000  # bytes: the longest ledgers of a unit have a tenth of that
SIGN = "self-check"
STAND_IN = "?"  # the code of a unit that has none yet
WHY = {
    "size": Label("文件太大", "it is too large"),
    "form": Label("内容对不上", "its content is another"),
}


class _Kept(Struct, frozen=True, forbid_unknown_fields=True):
    """The file to continue from. `version` is of its form; `standard` and `edition` say what was being answered."""

    meihao: Literal["self-check"]
    version: Literal[1]
    standard: str
    edition: str
    kind: str
    answers: dict[str, str | tuple[dict[str, str], ...]]
    documents: dict[str, TypedDocument]
    code: str = ""
    name: str = ""


def tried_report(session: Session, tried: Tried) -> Answer[NamedFile]:
    """Return the report of a self-check, as `report` makes it: a PDF, or HTML where none can be set on this machine."""
    return answer(_report, session, tried)


def tried_form(session: Session, tried: Tried) -> NamedFile:
    """Return the workbook of a unit with what was typed filled in, to be completed and handed in."""
    round_ = session.round if session.whole_round else None
    form = make_form(
        session.pack, tried.judged.case.kind, "applicant", "unit", round_, session.lang, session.round.reference_date
    )
    return NamedFile(f"{_named(tried, Label('填报表', 'form'))}.xlsx", write_unit_book(form, tried.evidence))


def kept_answers(session: Session, typed: TypedUnit) -> bytes:
    """Return what was typed as a file to continue from; whatever is wrong with it stays as it is."""
    documents = {title: msgspec.to_builtins(one) for title, one in typed.documents.items()}
    return pretty(
        {
            "meihao": SIGN, "version": 1, "standard": session.pack.id, "edition": session.pack.edition,
            **msgspec.to_builtins(typed), "documents": documents,
        }
    ).encode()  # fmt: skip


def read_answers(session: Session, data: bytes, name: str) -> Answer[TypedUnit]:
    """Return the answers in a file that was saved before, or in the workbook of a unit.

    What this standard does not ask is told and left out; so is a cell of a workbook that cannot be read.
    """
    return answer(_answers, session, data, name)


def _report(notes: Notes, session: Session, tried: Tried) -> NamedFile:
    theme, unfit = theme_for(notes, session)
    setter, said = chosen_press(None, theme)
    notes.tell((*unfit, *said))
    made, judged = {**made_by("reference"), **setter}, tried.judged
    paper = paper_of(judged, (judged.assessment,), None, tried.alone, made)
    result = to_json(judged.assessment, made)
    form, data, problems = report_bytes(paper, result, "pdf" if setter else "html", theme)
    notes.tell(problems)
    if not data:
        raise Refused
    return NamedFile(f"{_named(tried, Label('自评报告', 'self-check report'))}.{form}", data)


def _named(tried: Tried, what: Label) -> str:
    lang = tried.alone.lang
    return file_name(f"{what[lang]}-{tried.judged.case.name}")


def _answers(notes: Notes, session: Session, data: bytes, name: str) -> TypedUnit:
    at = Source(name)
    typed = _of_workbook(notes, session, data, name) if data[:2] == b"PK" else _of_file(notes, data, at)
    kind = known_kind(notes, session.pack, typed.kind)
    asked = {line.id for page in question_pages(session.pack, kind) for line in page.lines}
    wanted = {one.title.zh for one in wanted_documents(session.pack, kind)}
    strange = [*(typed.answers.keys() - asked), *(typed.documents.keys() - wanted)]
    notes.tell(tuple(NOT_CARRIED.at(at, title=word[:60]) for word in sorted(strange)))
    return replace(
        typed, kind=kind,
        answers={word: said for word, said in typed.answers.items() if word in asked},
        documents={title: one for title, one in typed.documents.items() if title in wanted},
    )  # fmt: skip


def _of_file(notes: Notes, data: bytes, at: Source) -> TypedUnit:
    if len(data) > MOST_KEPT:
        notes.stop(NOT_KEPT.at(at, name=at.file, why=WHY["size"]))
    try:
        kept = msgspec.json.decode(data, type=_Kept)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        notes.stop(NOT_KEPT.at(at, name=at.file, why=WHY["form"]))
    return TypedUnit(kept.kind, kept.answers, kept.documents, kept.code, kept.name)


def _of_workbook(notes: Notes, session: Session, data: bytes, name: str) -> TypedUnit:
    sheets, problems = read_cells(data, name)
    notes.add(problems)
    pack, marks = session.pack, read_marks(sheets)
    clean = tuple(map(without_answers, sheets))
    if not is_unit_book(clean, marks):
        notes.stop(NO_FORM.at(Source(name), name=name))
    nameless = marks and replace(marks, unit=marks.unit or STAND_IN)
    foreign = marks is not None and not same_form(marks, pack)
    read = read_unit_book(clean, nameless, foreign, pack, name)
    cover = read_cover(clean)
    owed = {cover.at("unit"), cover.at("name")}
    told = tuple(p for p in read.problems if not (p.code == e.MISSING_CELL.code and p.source in owed))
    notes.tell((*said_of_marks(marks, pack, name), *told))
    unit = notes.need(read.unit)
    asked = [field.id for field in pack.fields if field.provided_by == "applicant" and unit.kind in field.kinds]
    typed = as_typed(unit, pack, asked)
    return replace(typed, code=typed.code if typed.code != STAND_IN else "")
