"""Make an invented round, from its files to lists and reports, as one set of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..core.files import write_whole
from ..core.output_set import output_set
from ..core.watch import Watch, unwatched
from ..evidence.files import EVIDENCE
from ..pipeline import Judged
from ..ranking.results import Ranking
from ..sample.invent import invent, read_recipe
from ..standard.resources import default_pack
from .answer import Answer, Notes, answer
from .export import results_as_json
from .publish import kept, write_lists
from .rank import RankedRound, ranked_round
from .report import Reporting, write_reports
from .session import Opening, Session, session_of, sound_standard


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


def invent_round(asked: Opening) -> Answer[Session]:
    """Write the files of an invented round into the folder that `asked.round` names, and open it. Raises OSError."""
    assert asked.round is not None  # where it goes
    return answer(_invented, asked, asked.round, unwatched)


def _made(notes: Notes, asked: Opening, to: Path, watch: Watch) -> Demo:
    with output_set(to, kept=kept(notes, asked.lang)) as stage:
        session = _invented(notes, asked, stage / "round", watch)
        ranked = ranked_round(notes, session, [stage / "round" / EVIDENCE], None, watch)
        files = _written(notes, ranked, session, stage, watch)
    return Demo(session, ranked, tuple(to / path.relative_to(stage) for path in files))


def _invented(notes: Notes, asked: Opening, home: Path, watch: Watch) -> Session:
    """Write the files of an invented round and open it."""
    pack = sound_standard(notes, asked)
    files = tuple(invent(pack, read_recipe((asked.standard or default_pack()) / "examples" / "demo"), asked.lang))
    for file in watch(files, len(files), "inventing"):
        write_whole(home / file.path, file.text.encode())
    return session_of(notes, replace(asked, round=home), pack)


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
