"""Pack, round, ranking and what the issuing office sets -> the public notice as plain data, laid out as an official paper.

Names, regions and tiers only: no code, no figure, no reason, nothing of a unit without a place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..core.canonical import Json
from ..core.problems import Lang
from ..core.text import Label
from ..ranking.results import RankedList, Ranking
from ..round.model import Round
from ..standard.model import Pack
from .clean import cleaned
from .fangsong import body_stack
from .lists import ROWS_AT_MOST, ListDesk, list_frame, own_members, pending_lines
from .model import NoticeReport, NoticeTier, Pair
from .publication import Publication
from .words import capital

BLANK = "________"
OPEN = Publication()
NO_DAY = Label("____年__月__日", "________")
CONTACT = {
    "office": Label("受理部门", "Office"),
    "person": Label("联系人", "Contact"),
    "telephone": Label("联系电话", "Telephone"),
    "email": Label("电子邮箱", "E-mail"),
    "address": Label("通信地址", "Address"),
}
ASKED_ALWAYS = ("office", "telephone")
DRAFT = Label("征求意见稿", "DRAFT FOR COMMENT")


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
    groups = tuple(
        (capital(desk.groups[one.id]), tuple(_tier(n, one, desk) for n in reversed(range(len(one.tiers)))))
        for one in ranking.lists
    )
    issuer = facts.issued_by or pack.issued_by
    report = NoticeReport(
        frame=list_frame("notice", desk, made_by or {}),
        issuer=issuer,
        number=facts.number,
        draft=DRAFT[lang] if pack.status == "draft" or not round_.closed else "",
        heading=_heading(desk),
        opening=_opening(desk),
        lists=groups,
        pending=pending_lines(desk),
        period=_period(facts, desk),
        contact=_contact(facts, lang),
        signed=issuer,
        dated=long_day(facts.dated, lang),
        notes=_notes(facts, desk),
        body_font=body_stack(facts.typeface == "fangsong"),
    )
    return cleaned(report, lang)


def long_day(day: date | None, lang: Lang) -> str:
    """Return a day as official papers write it, a line to fill in where there is none.

    >>> from datetime import date
    >>> long_day(date(2026, 7, 6), "zh"), long_day(date(2026, 7, 6), "en"), long_day(None, "zh")
    ('2026年7月6日', '2026-07-06', '____年__月__日')
    """
    if day is None:
        return NO_DAY[lang]
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def _heading(desk: ListDesk) -> tuple[str, str]:
    """Return the title in two parts, between which a line may end."""
    title = desk.round.title[desk.lang]
    return (f"关于{title}", "拟命名单位的公示") if desk.lang == "zh" else ("Public notice: units proposed in", title)


def _opening(desk: ListDesk) -> str:
    pack, title = desk.pack, desk.round.title
    zh = f"根据《{pack.title.zh}》（{pack.edition}），经评定，现将{title.zh}拟命名单位予以公示，接受社会监督。"
    en = f"Under “{pack.title['en']}” ({pack.edition}) the following units of {title['en']} are proposed."
    return desk.pick(zh, en)


def _period(facts: Publication, desk: ListDesk) -> str:
    first, last = (long_day(day, desk.lang) for day in (facts.first, facts.last))
    days = facts.working_days
    counted = desk.pick(f"，共{days}个工作日（含首日）", f", {days} working days, the first included") if days else ""
    zh = f"公示期为{first}至{last}{counted}。对名单有异议的，请在公示期内书面反映，写明事实，署真实姓名并留联系方式。"
    en = (
        f"The notice stands from {first} to {last}{counted}. Objections are to be sent in writing within this period, with "
        "facts, name and contact."
    )
    return desk.pick(zh, en)


def _contact(facts: Publication, lang: Lang) -> tuple[Pair, ...]:
    """Return how to reach the office; office and telephone are lines to write on where they are not given."""
    given = dict(facts.contact)
    return tuple(
        Pair(label[lang], given.get(part, BLANK))
        for part, label in CONTACT.items()
        if part in given or part in ASKED_ALWAYS
    )


def _notes(facts: Publication, desk: ListDesk) -> tuple[str, ...]:
    """Return what stands small below: the order of names, the standard's own notice, sample data, the typeface."""
    serif = desk.pick("正文以随附宋体代替仿宋体。", "The bundled serif stands in for FangSong.")
    frame_notes = (desk.pack.notice[desk.lang], desk.t("sample") if desk.round.sample_data else "")
    notes = (desk.t("notice_order"), *frame_notes, serif if facts.typeface == "bundled" else "")
    return tuple(note for note in notes if note)


def _tier(n: int, one: RankedList, desk: ListDesk) -> NoticeTier:
    own = sorted(own_members(one, n, desk.profile.nested), key=lambda p: (p.region, p.unit))
    rows = tuple((p.name, desk.say.region(p.region)) for p in own[:ROWS_AT_MOST])
    waiting = sum(seats.seats for seats in one.tiers[n].open)
    note = desk.pick(
        f"另有{waiting}个名额待定，定后另行公示。", f"{waiting} more places are open and will be published later."
    )
    counts = desk.pick(f"{len(own)}个", f"{len(own)} units")
    return NoticeTier(
        capital(desk.say.tiers[one.tiers[n].tier]), counts, rows, len(own) - len(rows), note if waiting else ""
    )
