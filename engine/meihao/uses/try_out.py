"""Try out what a unit would get: answers as they are typed become evidence, a judgement and sentences. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from ..advice.steps import Steps, steps_of
from ..assessment.explain.unit import Explained, explain_unit
from ..assessment.infer.reference import conclude
from ..core.problems import Problems
from ..core.text import Label
from ..evidence.contradictions import AFTER_REFERENCE, Latest
from ..evidence.model import UnitEvidence
from ..evidence.typed import Path, read_typed
from ..evidence.typed import TypedDocument as TypedDocument  # ours to give: a door hands in what was typed
from ..evidence.typed import TypedUnit as TypedUnit
from ..forms.questions import QuestionPage, QuestionPlaces, question_pages
from ..pipeline import Judged, judge_units
from ..round.read import lone_round
from .answer import Answer, Notes, answer
from .forms import known_kind
from .session import Session

OBSERVER = Label("自评试算", "self-check")


class Tried(Struct, frozen=True):
    """What answers came to, as a self-assessment of the unit alone on the day of the session.

    `evidence` is what was made of the answers; those that have an error are not in it. `said` are the problems by answer,
    in the order of the pages; `alone` is the session of a unit without a round.
    """

    alone: Session
    pages: tuple[QuestionPage, ...]
    evidence: UnitEvidence
    judged: Judged
    explained: Explained
    said: Mapping[Path, Problems]

    @property
    def steps(self) -> Steps:
        """What the unit can still do for its points, the least effort first."""
        return steps_of(self.judged.assessment, self.explained, self.alone.pack)


def try_out(session: Session, typed: TypedUnit) -> Answer[Tried]:
    """Judge what was typed and say why. An answer with an error is told and left out; an unknown kind is refused.

    Every item counts as in `assess` of a file with the same values of the applicant. The rules are weighed by the reference
    engine, whatever the session wants: it starts at once.
    """
    return answer(tried, session, typed)


def tried(notes: Notes, session: Session, typed: TypedUnit) -> Tried:
    pack, lang, day = session.pack, session.lang, session.round.reference_date
    kind = known_kind(notes, pack, typed.kind)
    pages = question_pages(pack, kind)
    places = QuestionPlaces(pages, lang)
    asked = [line.id for page in pages for line in page.lines]
    latest = Latest(day, AFTER_REFERENCE) if day else None
    evidence, problems = read_typed(replace(typed, kind=kind), pack, asked, OBSERVER[lang], places, latest)
    notes.tell(problems)
    alone = replace(session, round=lone_round(day), whole_round=False)
    title = next(one.title[lang] for one in pack.kinds if one.id == kind)
    unit = replace(evidence, name=evidence.name or title)
    (judged,) = judge_units(pack, alone.round, (unit,), conclude, whole_round=False)
    explained = explain_unit(judged.assessment, pack, lang, judged.case)
    return Tried(alone, pages, evidence, judged, explained, places.by_path(problems))
