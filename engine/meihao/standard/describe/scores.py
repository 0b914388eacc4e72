"""Says a criterion in words: what is measured, how many points are given for what, and when it does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ...methods.sample import sample_text
from ...methods.scribe import Scribe
from ..model import Criterion


class Told(Struct, frozen=True):
    """A criterion in words: `measure` ("" where the score asks facts directly), `score` line by line, `conditions`."""

    measure: str
    score: tuple[str, ...]
    conditions: tuple[str, ...]


def tell(criterion: Criterion, say: Scribe) -> Told:
    """Return a criterion in words; every line is a sentence with its full stop."""
    measure = _sentence(criterion.measure.text(say), say) if criterion.measure else ""
    first, *rest = criterion.score.lines(criterion.measure, criterion.points, say, criterion.unfloored)
    head = first[:1].upper() + first[1:] + say.pick("：", ":") if rest else _sentence(first, say)
    lines = (head, *(_sentence(line, say) for line in rest))
    return Told(measure, lines, tuple(_sentence(line, say) for line in _conditions(criterion, say)))


def _sentence(text: str, say: Scribe) -> str:
    return text[:1].upper() + text[1:] + say.pick("。", ".")


NOT_APPLICABLE = {
    "full": ("得满分", "it earns full marks"),
    "zero": ("得0分", "it earns 0 points"),
    "reweight": ("不计入，其余各项按比例折算", "it is left out and the other items are reweighted"),
}


def _conditions(criterion: Criterion, say: Scribe) -> Iterator[str]:
    if criterion.looks:
        number = criterion.looks
        yield say.pick(
            f"须由{number}名检查员分别查看，不足{number}名的待定",
            f"{number} inspectors must look independently; with fewer, the item is undetermined",
        )
    if criterion.sample is not None:
        yield sample_text(criterion.sample, say)
    if criterion.applies_when is not None:
        when, then = say.words(criterion.applies_when), say.pick(*NOT_APPLICABLE[criterion.not_applicable])
        yield say.pick(f"只在“{_inner(when)}”时适用，不适用的{then}", f"applies only where {when}; otherwise {then}")
    if criterion.exempt_when is not None:
        when = say.words(criterion.exempt_when)
        yield say.pick(f"{when}的免检，得满分", f"exempt, with full marks, where {when}")
    if criterion.zero_when is not None:
        when = say.words(criterion.zero_when)
        yield say.pick(f"{when}的，本项得0分", f"earns 0 points where {when}")
    if criterion.uncapped:
        yield say.pick("得分可以超过满分", "may earn more than full marks")
    if criterion.unfloored:
        yield say.pick("得分可以低于0分", "may fall below 0 points")


def _inner(text: str) -> str:
    return text.translate(str.maketrans("“”", "‘’"))
