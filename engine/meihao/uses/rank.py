"""Judge a round and rank it by one of the standard's profiles."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from ..core.problems import Message, Source
from ..core.watch import Watch, unwatched
from ..ranking.rank import rank as rank_assessments
from ..ranking.results import Ranking
from ..ranking.settings import check_seats, check_settings
from .answer import Answer, Notes, answer
from .judge import Evidence, Judgement, judged
from .session import Session

NEEDS_ROUND = Message(
    "C015", "error", "排名须有批次", "a ranking needs a round",
    "用--round指明批次文件或文件夹", "name the round's file or folder with --round",
)  # fmt: skip


class RankedRound(Struct, frozen=True):
    """A ranking and the judgement that it was made from."""

    judgement: Judgement
    ranking: Ranking


def rank_round(
    session: Session, evidence: Evidence, profile: str | None = None, watch: Watch = unwatched
) -> Answer[RankedRound]:
    """Judge and rank a round by a profile (None: the standard's own). What can be refused early is, before any is judged."""
    return answer(ranked_round, session, evidence, profile, watch)


def ranked_round(notes: Notes, session: Session, evidence: Evidence, profile: str | None, watch: Watch) -> RankedRound:
    if not session.whole_round:
        notes.add((NEEDS_ROUND.at(Source()),))
    notes.add(check_settings(session.pack, session.round, profile))
    judgement = judged(notes, session, evidence, watch, partial(check_seats, session.pack, session.round, profile))
    found, problems = rank_assessments(
        session.pack, session.round, [one.assessment for one in judgement.units], profile, watch
    )
    notes.add(problems)
    return RankedRound(judgement, notes.need(found))
