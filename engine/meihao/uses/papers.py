"""Write papers that people fill in or sign by hand: blank sheets, sheets for another look, records of inspections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from ..assessment.to_json import to_json
from ..core.canonical import Json
from ..core.files import file_name, remove_abandoned
from ..core.problems import Message, Problems, Source
from ..core.text import hints
from ..core.watch import Watch, unwatched
from ..pipeline import Judged
from ..reports.blank import Sheet, blank_sheet, disputed_sheet
from ..reports.model import Report
from ..reports.pdf import pdf_missing
from ..reports.press import pdf_toolchain_versions
from ..reports.protocol import protocol
from ..reports.render import Theme
from ..reports.write import Format, write_report
from ..standard.model import Pack
from .answer import Answer, Notes, answer
from .judge import evidence_source, judged
from .look import theme_for
from .messages import NOTHING_AGAIN
from .report import chosen_units
from .session import Session, made_by

NO_KIND = Message(
    "P026", "error", "标准里没有单位类别“{kind}”", "the pack has no kind of unit “{kind}”", "{near_zh}", "{near_en}"
)
NAMES = {"score": {"zh": "自评表", "en": "score-sheet"}, "inspection": {"zh": "核查表", "en": "inspection-sheet"}}
DISPUTED = {"zh": "复查表", "en": "another-look-sheet"}
PROTOCOL = {"zh": "核查记录", "en": "inspection-record"}


Paper = tuple[str, Report, Mapping[str, Json]]
Paths = tuple[Path, ...]


class PaperRequest(Struct, frozen=True):
    """Which papers are wanted, and where they go.

    `units` are codes or names; without them the only unit is meant, or all where `every` is set. `kinds` of blank sheets,
    all where none is named. `form` is what is asked for: where no PDF can be made on this machine the page is HTML, and a
    problem says so.
    """

    to: Path
    units: tuple[str, ...] = ()
    every: bool = False
    kinds: tuple[str, ...] = ()
    form: Format = "pdf"


def write_blank_sheets(session: Session, sheet: Sheet, asked: PaperRequest) -> Answer[Paths]:
    """Write a blank sheet of each kind, to score or to inspect by, and return the files."""
    return answer(_blank_sheets, session, sheet, asked)


def write_sheets_for_another_look(
    session: Session, evidence: Sequence[Path], asked: PaperRequest, watch: Watch = unwatched
) -> Answer[Paths]:
    """Write for each unit the sheet of what another inspector must look at, without what others found.

    Where there is nothing to look at, no file is written and a notice says so (W132).
    """
    return answer(_another_look, session, evidence, asked, watch)


def write_inspection_records(
    session: Session, evidence: Sequence[Path], asked: PaperRequest, watch: Watch = unwatched
) -> Answer[Paths]:
    """Write the record of each unit's inspection, with what was seen and by whom, and return the files."""
    return answer(_records, session, evidence, asked, watch)


def _blank_sheets(notes: Notes, session: Session, sheet: Sheet, asked: PaperRequest) -> Paths:
    theme, unfit = theme_for(notes, session)
    kinds = _kinds(notes, session.pack, asked.kinds)
    form, name = _form(notes, asked, unfit), NAMES[sheet][session.lang]
    papers: Iterator[Paper] = (
        (f"{name}-{kind}", blank_sheet(sheet, session.pack, kind, session.lang), {}) for kind in kinds
    )
    return _write(notes, papers, asked.to, form, theme)


def _another_look(notes: Notes, session: Session, evidence: Sequence[Path], asked: PaperRequest, watch: Watch) -> Paths:
    judgement = judged(notes, session, evidence, watch)
    theme, unfit = theme_for(notes, session)
    chosen, name = chosen_units(notes, judgement, asked.units, asked.every), DISPUTED[session.lang]
    form = _form(notes, asked, unfit)
    made = ((one, disputed_sheet(session.pack, one.case, session.lang)) for one in chosen)
    papers: list[Paper] = [(f"{one.case.code}-{name}", sheet, {}) for one, sheet in made if sheet]
    if not papers:
        notes.tell((NOTHING_AGAIN.at(evidence_source(evidence)),))
        return ()
    return _write(notes, papers, asked.to, form, theme)


def _records(notes: Notes, session: Session, evidence: Sequence[Path], asked: PaperRequest, watch: Watch) -> Paths:
    judgement = judged(notes, session, evidence, watch)
    theme, unfit = theme_for(notes, session)
    chosen = chosen_units(notes, judgement, asked.units, asked.every)
    form = _form(notes, asked, unfit)
    made = made_by(judgement.engine) | (pdf_toolchain_versions() if form == "pdf" else {})
    seen = [one for one in chosen if one.evidence is not None]
    papers = (_record(session, one, made) for one in watch(seen, len(seen), "recording"))
    return _write(notes, papers, asked.to, form, theme)


def _record(session: Session, unit: Judged, made: Mapping[str, str]) -> Paper:
    assert unit.evidence is not None  # those without have been left out
    report = protocol(session.pack, session.round, unit.evidence, unit.case, unit.assessment, session.lang, made)
    return f"{unit.case.code}-{PROTOCOL[session.lang]}", report, to_json(unit.assessment, made)


def _form(notes: Notes, asked: PaperRequest, unfit: Problems) -> Format:
    """Return the form that papers can have on this machine, and note what is to be said of it and of the pictures."""
    missing = () if asked.form == "html" else pdf_missing()
    notes.tell((*unfit, *missing))
    return "html" if missing else asked.form


def _write(notes: Notes, papers: Iterable[Paper], to: Path, form: Format, theme: Theme) -> Paths:
    """Write papers by their names. One that cannot be made is noted; the others are made all the same."""
    remove_abandoned(to)
    paths: list[Path] = []
    for name, report, result in papers:
        made, said = write_report(report, result, to, file_name(name), form, theme)
        paths += made
        notes.tell(said)
    return tuple(paths)


def _kinds(notes: Notes, pack: Pack, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds wanted, all where none is named. Refused for one that the pack has not."""
    known = [kind for kind, _ in pack.standards]
    strangers = [kind for kind in wanted if kind not in known]
    notes.add(tuple(NO_KIND.at(Source(), kind=kind, **hints(kind, known)) for kind in strangers))
    return tuple(kind for kind in known if not wanted or kind in wanted)
