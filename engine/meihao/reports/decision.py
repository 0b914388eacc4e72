"""Prepares the decision of naming (命名决定) from the ranking of a closed round and `decision.yaml`.

It names whom the notice named, by the same lists. Nothing is made up: who approved it, what came of objections and how long it
holds stand there only where the office says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from ..core.calendar import parse_date
from ..core.canonical import Json
from ..core.problems import Lang, Problem, Problems, errors
from ..ranking.results import Ranking
from ..round.model import Round
from ..standard.model import Pack
from ..text_in.shape import read_shaped
from ..text_in.yaml_reader import YamlDocument
from . import messages
from .lists import ListDesk, list_frame
from .official import DecisionReport, NameList, Office, Passage
from .paper_parts import laid_out, long_day, name_lists, named_counts
from .phrases.official import OBJECTIONS
from .publication import Publication, office_of

NAME = "decision.yaml"


class DecisionDetails(Office, frozen=True):
    """What the office sets on a decision. `to` is to whom the paper is addressed."""

    to: str = ""
    approved_by: str = ""
    objections: Literal["", "none", "settled"] = ""
    valid_until: date | None = None


def decision_of(round_: Round, notice: Publication) -> tuple[DecisionDetails | None, Problems]:
    """Return what stands in `decision.yaml` beside the round's file; None without one, or where it cannot be used yet."""
    path = Path(round_.source.file).parent / NAME
    if not round_.source.file or not path.is_file():
        return None, ()
    text, problems = read_shaped(path, "decision")
    if text is None:
        return None, problems
    if not round_.closed:
        return None, (messages.DECISION_TOO_EARLY.at(text.at(())),)
    found = _decision(text)
    problems = tuple(_doubts(text, found, notice))
    return (None if errors(problems) else found), problems


def _decision(text: YamlDocument) -> DecisionDetails:
    data: Any = text.data
    return DecisionDetails(
        *office_of(text), data.get("to", ""), data.get("approved_by", ""), data.get("objections", ""),
        parse_date(data.get("valid_until", "")),
    )  # fmt: skip


def _doubts(text: YamlDocument, found: DecisionDetails, notice: Publication) -> Iterator[Problem]:
    if found.dated and notice.last and found.dated <= notice.last:
        yield messages.DECIDED_DURING_NOTICE.at(text.at(("dated",)), day=found.dated, last=notice.last)
    if found.dated and found.valid_until and found.valid_until < found.dated:
        yield messages.ENDS_BEFORE_IT_BEGINS.at(text.at(("valid_until",)), day=found.valid_until, dated=found.dated)


def decision(
    ranking: Ranking,
    pack: Pack,
    round_: Round,
    lang: Lang,
    made_by: Mapping[str, Json] | None = None,
    facts: DecisionDetails | None = None,
    own_type: bool = False,
) -> DecisionReport:
    """Return the decision that names the members of a ranking. `own_type` sets it in this machine's 仿宋 and 楷体."""
    facts = facts or DecisionDetails()
    desk = ListDesk(ranking, pack, round_, lang)
    lists = name_lists(desk, desk.t("units_named"))
    title = desk.t("decision_title", round=round_.title[lang])
    addressed = f"{facts.to}{desk.t('colon')}".strip() if facts.to else ""
    body = tuple(_body(lists, facts, desk))
    return laid_out(
        DecisionReport,
        facts,
        title,
        addressed,
        body,
        lists,
        list_frame("decision", desk, made_by or {}),
        desk,
        own_type,
    )


def _body(lists: tuple[NameList, ...], facts: DecisionDetails, desk: ListDesk) -> Iterator[Passage]:
    pack, counts = desk.pack, named_counts(lists, desk)
    how = OBJECTIONS[facts.objections][desk.lang]
    approved = desk.t("approved_by", who=facts.approved_by)
    basis = desk.t("under_standard", title=pack.title[desk.lang], edition=pack.edition)
    named = desk.t("are_named", counts=counts) if counts else desk.t("none_named")
    yield Passage(basis + how + (approved if facts.approved_by else "") + named)
    if facts.valid_until:
        until = long_day(facts.valid_until, desk.lang)
        yield Passage(desk.t("valid_until", until=until))
