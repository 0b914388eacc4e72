"""Make an invented round, from its files to lists and reports, as one set of files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..core.files import write_whole
from ..core.output_set import output_set
from ..core.problems import Message, Source
from ..core.watch import Watch, unwatched
from ..evidence.files import EVIDENCE
from ..pipeline import Judged
from ..ranking.results import Ranking
from ..sample.invent import invent
from ..sample.recipe import read_recipe
from ..sample.stages import round_as_of, stage_day
from ..standard.resources import default_pack
from .answer import Answer, Notes, answer
from .export import results_as_json
from .publish import kept, write_lists
from .rank import RankedRound, ranked_round
from .report import Reporting, write_reports
from .session import Opening, Session, session_of, sound_standard

NO_STAGE = Message(
    "C054", "error", "示例批次的做法{path}里没有阶段“{stage}”", "the recipe of the sample round, {path}, has no stage “{stage}”",
    "在recipe.yaml的stages里写上它看到哪一天为止", "name the day as of which it shows the round under stages in recipe.yaml",
)  # fmt: skip


class InventedRound(Struct, frozen=True):
    """An invented round that is open; `on` is the day as of which a stage shows it, None where all is over."""

    session: Session
    on: date | None = None


class Demo(Struct, frozen=True):
    """An invented round that was judged and ranked, and the files that were written; `files` leaves the evidence out."""

    session: Session
    ranked: RankedRound
    files: tuple[Path, ...]


def make_demo(asked: Opening, to: Path, watch: Watch = unwatched) -> Answer[Demo]:
    """Invent a round, judge and rank it, and write evidence, results, reports and lists into a folder, all together.

    Of what is to be opened the round is left aside: it is the one that is made. Raises OSError.
    """
    return answer(_made, asked, to, watch)


def invent_round(asked: Opening, stage: str = "", watch: Watch = unwatched) -> Answer[InventedRound]:
    """Write the files of an invented round into the folder that `asked.round` names, and open it. Raises OSError.

    A round as of a stage holds what was handed in and decided by then, as submissions with receipts.
    """
    assert asked.round is not None  # where it goes
    return answer(_invented, asked, asked.round, stage, watch)


def make_stage(asked: Opening, stage: str, to: Path, watch: Watch = unwatched) -> Answer[InventedRound]:
    """Invent a round as it stands in a stage, and write it into a folder, all together. Raises OSError."""
    return answer(_staged, asked, stage, to, watch)


def _made(notes: Notes, asked: Opening, to: Path, watch: Watch) -> Demo:
    with output_set(to, kept=kept(notes, asked.lang)) as stage:
        session = _invented(notes, asked, stage / "round", "", watch).session
        ranked = ranked_round(notes, session, [stage / "round" / EVIDENCE], None, watch)
        files = _written(notes, ranked, session, stage, watch)
    return Demo(session, ranked, tuple(to / path.relative_to(stage) for path in files))


def _staged(notes: Notes, asked: Opening, stage: str, to: Path, watch: Watch) -> InventedRound:
    with output_set(to, kept=kept(notes, asked.lang)) as folder:
        made = _invented(notes, asked, folder / "round", stage, watch)
    return replace(made, session=session_of(notes, replace(asked, round=to / "round"), made.session.pack))


def _invented(notes: Notes, asked: Opening, home: Path, stage: str, watch: Watch) -> InventedRound:
    """Write the files of an invented round and open it."""
    pack, folder = sound_standard(notes, asked), (asked.standard or default_pack()) / "examples" / "demo"
    recipe = read_recipe(folder)
    on = stage_day(recipe, stage)
    if stage and on is None:
        notes.stop(NO_STAGE.at(Source(str(folder)), path=folder, stage=stage))
    files = tuple(round_as_of(pack, recipe, on, asked.lang) if on else invent(pack, recipe, asked.lang))
    for file in watch(files, len(files), "inventing"):
        write_whole(home / file.path, file.text.encode())
    return InventedRound(session_of(notes, replace(asked, round=home), pack), on)


def _written(notes: Notes, ranked: RankedRound, session: Session, folder: Path, watch: Watch) -> Sequence[Path]:
    """Write every result, the lists, and three reports: the top unit, a failed one and an undetermined one."""
    judged, results = ranked.judgement.units, folder / "results.json"
    write_whole(results, results_as_json(ranked.judgement).encode())
    lists = write_lists(notes, session, ranked, folder / "lists")
    three = pick_three(judged, ranked.ranking)
    asked = Reporting(folder / "reports", every=True)
    reports = write_reports(notes, session, three, ranked.judgement, ranked.ranking, asked, watch)
    notes.refuse()
    return [results, *lists, *reports]


def pick_three(judged: Sequence[Judged], ranking: Ranking) -> tuple[Judged, ...]:
    """Return the first of the first list, the first vetoed (or failed) unit, and the first undetermined one."""
    top = next((units[0].unit for one in ranking.lists if (units := one.units)), "")
    vetoed = [one for one in judged if ("veto" in {kind for kind, _ in one.assessment.verdict.deciding})]
    failed = vetoed or [one for one in judged if one.assessment.verdict.state == "failed"]
    waiting = [one for one in judged if one.assessment.verdict.state == "undetermined"]
    return (*(one for one in judged if one.case.code == top), *failed[:1], *waiting[:1])
