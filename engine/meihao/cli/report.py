"""Runs `report EVIDENCE…`: one document for each unit, or the lists of a ranking as files."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.infer.engines import engine
from ..assessment.results import Assessment
from ..assessment.to_json import body_digest, to_json
from ..core.files import file_name, reason, remove_abandoned
from ..core.problems import Lang, Problem, Problems, Source, errors
from ..pipeline import Judged
from ..ranking.rank import rank
from ..ranking.results import Ranking
from ..reports.backends import Backend, chosen_press
from ..reports.batch import Order, identity, look_digest
from ..reports.messages import NO_PHOTOS
from ..reports.photos import album, own_photos, read_photos
from ..reports.render import Theme
from ..reports.write import Format, Written, write_report
from ..uses.session import Session, made_by
from .assess import judge
from .desk import BAD_INPUT, Stop, open_desk, stop_on_errors
from .documents import chosen_units, exit_code, paper_of, theme_for
from .printing import progress, say_problems, watch
from .report_all import print_all

Given = tuple[Judged, Mapping[str, bytes]]


def report_command(words: argparse.Namespace) -> int:
    """Judge, rank where there is a round, and write the reports asked for. 1 where one could not be made as asked."""
    if words.blank or words.protocol or words.disputed or not words.evidence:
        from .papers import papers_command  # late: most reports are of another kind

        return papers_command(words)
    desk = open_desk(words)
    judged = judge(words, desk).units
    chosen = chosen_units(words, judged, desk)
    ranking = _ranking(desk, judged)
    photos = _photos(words.photos, chosen, desk.lang)
    wanted: Format = words.format or "pdf"
    paths, problems = _unit_reports(
        chosen, judged, ranking, desk, words.to, words.pack, wanted, photos,
        words.backend, words.jobs if words.all else None,
    )  # fmt: skip
    say_problems(problems, desk.lang)
    for path in paths:
        print(path)
    return exit_code(paths, problems, words.format)


def _ranking(desk: Session, judged: tuple[Judged, ...]) -> Ranking | None:
    """Return the ranking of a whole round; where it cannot be made the reports come without rank, and problems say why."""
    if not desk.whole_round:
        return None
    ranking, problems = rank(desk.pack, desk.round, [one.assessment for one in judged], watch=watch(desk.lang))
    say_problems(problems, desk.lang)
    return ranking


def write_unit_reports(
    chosen: Sequence[Judged], judged: Sequence[Judged], ranking: Ranking | None, desk: Session, folder: Path,
    pack_folder: Path | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write the reports of the chosen units, PDF where the machine can, and return the files. Stops where one fails."""
    paths, problems = _unit_reports(chosen, judged, ranking, desk, folder, pack_folder, "pdf")
    stop_on_errors(problems, desk.lang)
    return paths


class Printer(Struct, frozen=True):
    """What writes the report of one unit, given with the unit's own photos; several processes can have one each."""

    desk: Session
    peers: tuple[Assessment, ...]
    ranking: Ranking | None
    made: Mapping[str, str]
    theme: Theme
    form: Format
    folder: Path

    def __call__(self, given: Given) -> Written:
        one, photos = given
        pictured, unfit = album(one.case, photos)
        report = paper_of(one, self.peers, self.ranking, self.desk, self.made, pictured.shots)
        name, result = file_name(one.case.code), to_json(one.assessment, self.made)
        paths, said = write_report(report, result, self.folder, name, self.form, self.theme, pictured.pictures)
        return paths, tuple(_of_unit(problem, one) for problem in (*unfit, *said))

    def orders(self, chosen: Sequence[Judged], photos: Mapping[str, bytes]) -> list[Order[Given]]:
        """Return an order for each unit; what identifies it are the data, the look and the versions that it is made of."""
        desk, look = self.desk, look_digest(self.theme)
        others = [one.context_digest + body_digest(one) for one in self.peers]
        common = identity(
            desk.pack.digest, desk.round, desk.lang, self.ranking, others, dict(self.made), look, self.form
        )
        own = [(one, own_photos(one.case, photos)) for one in chosen]
        return [Order(one.case.code, identity(common, one, sorted(mine)), (one, mine)) for one, mine in own]


def _unit_reports(
    chosen: Sequence[Judged], judged: Sequence[Judged], ranking: Ranking | None, desk: Session, folder: Path,
    pack_folder: Path | None, wanted: Format, photos: Mapping[str, bytes] = MappingProxyType({}),
    backend: Backend | None = None, processes: int | None = None,
) -> tuple[tuple[Path, ...], Problems]:  # fmt: skip
    """Write the reports of the chosen units; `processes` is how many write at a time (0: as many as there are cores)."""
    theme, unfit = theme_for(desk.pack, pack_folder, desk.lang)
    setter, said = chosen_press(backend, theme) if wanted == "pdf" else ({}, ())
    if errors(said):
        stop_on_errors(said, desk.lang)
    made = {**made_by(engine(desk.engine)[0]), **setter}
    form: Format = wanted if setter else "html"
    printer = Printer(desk, tuple(one.assessment for one in judged), ranking, made, theme, form, folder)
    if processes is not None:
        orders = printer.orders(chosen, photos)
        paths, problems = print_all(lambda place: replace(printer, folder=place), orders, folder, processes, desk.lang)
        return paths, (*said, *unfit, *problems)
    remove_abandoned(folder)
    bar = progress(chosen, len(chosen), "写报告" if desk.lang == "zh" else "writing")
    written = [printer((one, photos)) for one in bar]
    return tuple(path for paths, _ in written for path in paths), (
        *said,
        *unfit,
        *(p for _, more in written for p in more),
    )


def _photos(folder: Path | None, chosen: Sequence[Judged], lang: Lang) -> Mapping[str, bytes]:
    """Return the photos of the chosen units in a folder; none without one. Stops where the folder cannot be read."""
    if folder is None:
        return {}
    try:
        folder.stat()
        return read_photos(folder, [one.case for one in chosen])
    except OSError as refused:
        stop_on_errors((NO_PHOTOS.at(Source(str(folder)), path=folder, why=reason(refused)),), lang)
        raise Stop(BAD_INPUT) from None


def _of_unit(problem: Problem, one: Judged) -> Problem:
    """Return a problem that says whose report it is about."""
    return replace(problem, source=Source(one.case.code)) if problem.source == Source() else problem
