"""Results as the JSON that other programs read: canonical, with a digest, and who judged beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..assessment.to_json import draft_part, to_json
from ..core.canonical import pretty
from .judge import Judgement
from .session import made_by

if TYPE_CHECKING:
    from .compare import Compared
    from .rank import RankedRound
    from .verify import Verified


def results_as_json(judgement: Judgement) -> str:
    """Return the result of a unit as JSON; the results of several as an array."""
    results = [to_json(one.assessment, made_by(judgement.engine)) for one in judgement.units]
    return pretty(results[0] if len(results) == 1 else results)


def ranking_as_json(ranked: RankedRound) -> str:
    """Return a ranking as JSON."""
    from ..ranking.to_json import to_json as ranking_to_json  # late: a unit alone starts without the ranking

    return pretty(ranking_to_json(ranked.ranking, made_by(ranked.judgement.engine)))


def comparison_as_json(compared: Compared) -> str:
    """Return what changed between two rankings as JSON, with the words in both languages."""
    from ..ranking.compare_json import to_json as comparison_to_json  # late, as above

    found = comparison_to_json(compared.changes, compared.book, compared.digests)
    return pretty({**found, **draft_part(compared.errors, "pack_errors")})


def audits_as_json(verified: Verified) -> str:
    """Return what was found of a published file as JSON: every check in both languages, and the counts."""
    from ..audit.to_json import to_json as audits_to_json  # late, as above

    return pretty(audits_to_json(verified.document, verified.audits))
