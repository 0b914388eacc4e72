"""Report on units: one document each, alone or for a whole round, with its rank where the round is ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..advice.again import judge_again
from ..assessment.results import Assessment
from ..assessment.to_json import body_digest, to_json
from ..core.files import file_name, reason, remove_abandoned
from ..core.output_set import output_set
from ..core.problems import Message, Problem, Source
from ..core.watch import Watch, unwatched
from ..pipeline import Judged
from ..ranking.rank import rank
from ..ranking.results import Ranking
from ..reports.backends import Backend, chosen_press
from ..reports.batch import RECORD, BatchReport, ReportJob, batch, carry_over, identity, look_digest
from ..reports.messages import ALREADY_THERE, NO_PHOTOS
from ..reports.model import Shot, UnitReport
from ..reports.photos import album, own_photos, read_photos
from ..reports.render import Theme, render
from ..reports.unit import unit_report
from ..reports.workers import cores
from ..reports.write import Format, Written, not_written, write_report
from .answer import Answer, Notes, answer
from .judge import Judgement, evidence_source, judged, strangers
from .look import theme_for
from .session import Session, made_by

WHICH_UNIT = Message(
    "C020", "error", "证据里有{n}个单位，没有说给谁出报告",
    "the evidence holds {n} units, and you did not say whose report you want",
    "用--unit指明编号，可写多个；或用--all", "name one or more codes with --unit, or use --all",
)  # fmt: skip
Given = tuple[Judged, Mapping[str, bytes]]
Paths = tuple[Path, ...]


class Reporting(Struct, frozen=True):
    """Which reports are wanted, in which form, and where they go.

    `units` are codes or names; without them the only unit is meant, or all where `every` is set. `form` is what is asked
    for: where a PDF cannot be set on this machine the page is HTML, and a problem says so. `photos` is a folder. With
    `every`, `processes` write at a time (0: as many as there are cores; None: one after another).
    """

    to: Path
    units: tuple[str, ...] = ()
    every: bool = False
    form: Format = "pdf"
    photos: Path | None = None
    backend: Backend | None = None
    processes: int | None = None


def report(
    session: Session, evidence: Sequence[Path], asked: Reporting, watch: Watch = unwatched
) -> Answer[tuple[Path, ...]]:
    """Judge, rank where there is a round, write the reports asked for and return the files.

    A report that cannot be made is a problem; the others are made all the same. Refused where nothing can be judged, or it
    is not clear whose report is meant. Raises OSError.
    """
    return answer(_reported, session, evidence, asked, watch)


def report_page(session: Session, judgement: Judgement, one: Judged) -> Answer[str]:
    """Return the report of one of the judged units as a page of HTML, without photos; its rank where the round is ranked."""
    return answer(_page, session, judgement, one)


def _page(notes: Notes, session: Session, judgement: Judgement, one: Judged) -> str:
    ranking = ranking_beside(notes, session, judgement, unwatched)
    theme, unfit = theme_for(notes, session)
    notes.tell(unfit)
    peers = tuple(each.assessment for each in judgement.units)
    paper = paper_of(one, peers, ranking, session, made_by(judgement.engine))
    text, said = render(paper, session.lang, theme)
    notes.add(said)
    return text


def _reported(notes: Notes, session: Session, evidence: Sequence[Path], asked: Reporting, watch: Watch) -> Paths:
    judgement = judged(notes, session, evidence, watch)
    chosen = chosen_units(notes, judgement, asked.units, asked.every)
    ranking = ranking_beside(notes, session, judgement, watch)
    return write_reports(notes, session, chosen, judgement, ranking, asked, watch)


def chosen_units(notes: Notes, judgement: Judgement, names: Sequence[str], every: bool) -> tuple[Judged, ...]:
    """Return the units whose reports are wanted. Refused where that is not clear, and for a stranger."""
    units, source = judgement.units, evidence_source(judgement.evidence)
    if every or (not names and len(units) == 1):
        return units
    if not names:
        notes.add((WHICH_UNIT.at(source, n=len(units)),))
    notes.add(strangers(names, ((one.case.code, one.case.name) for one in units), source))
    return tuple(one for one in units if one.case.code in names or one.case.name in names)


def ranking_beside(notes: Notes, session: Session, judgement: Judgement, watch: Watch) -> Ranking | None:
    """Return the ranking of a whole round; where it cannot be made reports come without rank, and problems say why."""
    if not session.whole_round:
        return None
    units = [one.assessment for one in judgement.units]
    ranking, problems = rank(session.pack, session.round, units, watch=watch)
    notes.tell(problems)
    return ranking


def write_reports(
    notes: Notes, session: Session, chosen: Sequence[Judged], judgement: Judgement, ranking: Ranking | None,
    asked: Reporting, watch: Watch,
) -> Paths:  # fmt: skip
    """Write the reports of the chosen units. What cannot be made is noted; refused where photos or the press are missing."""
    photos = _photos(notes, asked.photos, chosen)
    theme, unfit = theme_for(notes, session)
    setter, said = chosen_press(asked.backend, theme) if asked.form == "pdf" else ({}, ())
    notes.add(said)
    made = {**made_by(judgement.engine), **setter}
    form: Format = asked.form if setter else "html"
    peers = tuple(one.assessment for one in judgement.units)
    printer = Printer(session, peers, ranking, made, theme, form, asked.to)
    notes.tell(unfit)
    if asked.every and asked.processes is not None:
        orders = printer.orders(chosen, photos)
        return _all_together(
            notes, lambda place: replace(printer, folder=place), orders, asked.to, asked.processes, watch
        )
    remove_abandoned(asked.to)
    paths: list[Path] = []
    for one in watch(chosen, len(chosen), "writing"):
        written, problems = printer((one, photos))
        paths += written
        notes.tell(problems)
    return tuple(paths)


class Printer(Struct, frozen=True):
    """What writes the report of one unit, given with the unit's own photos; several processes can have one each."""

    session: Session
    peers: tuple[Assessment, ...]
    ranking: Ranking | None
    made: Mapping[str, str]
    theme: Theme
    form: Format
    folder: Path

    def __call__(self, given: Given) -> Written:
        one, photos = given
        pictured, unfit = album(one.case, photos)
        report = paper_of(one, self.peers, self.ranking, self.session, self.made, pictured.shots)
        name, result = file_name(one.case.code), to_json(one.assessment, self.made)
        paths, said = write_report(report, result, self.folder, name, self.form, self.theme, pictured.pictures)
        return paths, tuple(_of_unit(problem, one) for problem in (*unfit, *said))

    def orders(self, chosen: Sequence[Judged], photos: Mapping[str, bytes]) -> list[ReportJob[Given]]:
        """Return an order for each unit; what identifies it are the data, the look and the versions that it is made of."""
        session, look = self.session, look_digest(self.theme)
        others = [one.context_digest + body_digest(one) for one in self.peers]
        common = identity(
            session.pack.digest, session.round, session.lang, self.ranking, others, dict(self.made), look, self.form
        )
        own = [(one, own_photos(one.case, photos)) for one in chosen]
        return [ReportJob(one.case.code, identity(common, one, sorted(mine)), (one, mine)) for one, mine in own]


def paper_of(
    unit: Judged, peers: Sequence[Assessment], ranking: Ranking | None, session: Session, made: Mapping[str, str],
    shots: tuple[Shot, ...] = (),
) -> UnitReport:  # fmt: skip
    """Return the report of one unit, judged again for its advice; `verify` makes it by the same words."""
    again = judge_again(session.pack, unit.assessment, unit.case, unit.evidence, ranking)
    return unit_report(
        session.pack, session.round, unit.assessment, unit.case, peers, ranking, session.lang, made,
        again=again, shots=shots,
    )  # fmt: skip


def _all_together(
    notes: Notes, work: Callable[[Path], Printer], orders: Sequence[ReportJob[Given]], folder: Path, processes: int,
    watch: Watch,
) -> Paths:  # fmt: skip
    """Write all reports by several processes; they appear together, and what is there already is not made again."""
    try:
        with output_set(folder, resumable=True) as stage:
            carry_over(folder, stage, orders)
            done = batch(work(stage), orders, stage, processes or cores())
            made = {one.name: one for one in watch(done, len(orders), "writing")}
            notes.tell(tuple(_told(made, orders)))
    except OSError as refused:
        if refused.filename is None:
            raise
        notes.tell((not_written(Path(refused.filename), refused),))
        return ()
    paths = (path for order in orders for path in made[order.name].paths)
    return tuple(folder / path.relative_to(stage) for path in paths)


def _told(made: Mapping[str, BatchReport], orders: Sequence[ReportJob[Given]]) -> Iterator[Problem]:
    """Yield how many reports were there already, and what was said of the others in the order of the units."""
    if kept := sum(one.resumed for one in made.values()):
        yield ALREADY_THERE.at(Source(), n=kept, record=RECORD)
    for order in orders:
        yield from made[order.name].problems


def _photos(notes: Notes, folder: Path | None, chosen: Sequence[Judged]) -> Mapping[str, bytes]:
    """Return the photos of the chosen units in a folder; none without one. Refused where the folder cannot be read."""
    if folder is None:
        return {}
    try:
        folder.stat()
        return read_photos(folder, [one.case for one in chosen])
    except OSError as refused:
        notes.add((NO_PHOTOS.at(Source(str(folder)), path=folder, why=reason(refused)),))
        return {}


def _of_unit(problem: Problem, unit: Judged) -> Problem:
    """Return a problem that says whose report it is about."""
    return replace(problem, source=Source(unit.case.code)) if problem.source == Source() else problem
