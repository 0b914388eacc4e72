"""Prepares the public notice as plain data, laid out as an official paper.

Names, regions and tiers only: no code, no figure, no reason, nothing of a unit without a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..core.canonical import Json
from ..core.problems import Lang
from ..ranking.results import Ranking
from ..round.model import Round
from ..standard.model import Pack
from .lists import ListDesk, list_frame
from .official import NameList, NoticeReport, Passage
from .paper_parts import laid_out, long_day, name_lists, named_counts
from .phrases.official import CONTACT
from .publication import Publication

BLANK = "________"
OPEN = Publication()
ASKED_ALWAYS = ("office", "telephone")


def notice(
    ranking: Ranking,
    pack: Pack,
    round_: Round,
    lang: Lang,
    made_by: Mapping[str, Json] | None = None,
    facts: Publication = OPEN,
) -> NoticeReport:
    """Return the public notice of a ranking. What `facts` leave open is a line to fill in by hand."""
    desk = ListDesk(ranking, pack, round_, lang)
    lists = name_lists(desk, desk.t("units_proposed"))
    title = desk.t("notice_title", round=round_.title[lang])
    body, frame = tuple(_body(lists, facts, desk)), list_frame("notice", desk, made_by or {})
    return laid_out(NoticeReport, facts, title, "", body, lists, frame, desk, facts.typeface == "fangsong")


def _body(lists: tuple[NameList, ...], facts: Publication, desk: ListDesk) -> Iterator[Passage]:
    yield Passage(_opening(lists, desk))
    yield Passage(desk.t("notice_period"), 1)
    yield Passage(_period(facts, desk))
    yield Passage(desk.t("objections"), 1)
    yield Passage(desk.t("how_to_object"), 2)
    yield Passage(desk.t("objection_rules"))
    yield Passage(desk.t("where_to_object"), 2)
    given = dict(facts.contact)
    for part, label in CONTACT.items():
        if part in given or part in ASKED_ALWAYS:
            yield Passage(f"{label[desk.lang]}{desk.t('colon')}{given.get(part, BLANK)}")


def _opening(lists: tuple[NameList, ...], desk: ListDesk) -> str:
    pack, counts = desk.pack, named_counts(lists, desk)
    basis = desk.t("under_standard", title=pack.title[desk.lang], edition=pack.edition)
    return basis + (desk.t("are_proposed", counts=counts) if counts else desk.t("none_proposed"))


def _period(facts: Publication, desk: ListDesk) -> str:
    first, last = (long_day(day, desk.lang) for day in (facts.first, facts.last))
    days = facts.working_days
    counted = desk.t("working_days", n=days) if days else ""
    return desk.t("from_to", first=first, last=last, counted=counted)
