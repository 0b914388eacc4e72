"""Holds what official papers share: title lines, lists of names as annexes, days, the place of the signature, notes."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from ..core.problems import Lang
from ..ranking.results import RankedList
from .clean import cleaned
from .fangsong import body_stack, kai_stack
from .lists import ROWS_AT_MOST, ListDesk, own_members
from .model import Frame
from .official import NameList, NoticeTier, Office, OfficialPaper, Passage
from .phrases.official import MONTHS, NUMERALS
from .places import counted
from .titles import balanced, pieces, wide
from .words import capital, speaker

P = TypeVar("P", bound=OfficialPaper)
TITLE_AT_MOST = {"zh": 18, "en": 21}  # 汉字 of size 2, and as much of English, that a line of 156 mm holds
FREE_RIGHT = 4  # 汉字 that stay free beside the date


def laid_out(
    kind: type[P], office: Office, title: str, addressed: str, body: tuple[Passage, ...], lists: tuple[NameList, ...],
    frame: Frame, desk: ListDesk, own_type: bool,
) -> P:  # fmt: skip
    """Return a paper with all that official papers share. `title` serves where the office gives none of its own."""
    issuer, dated = office.issued_by or desk.pack.issued_by, long_day(office.dated, desk.lang)
    paper = kind(
        frame=frame, issuer=issuer, number=office.number, draft=draft_mark(desk),
        heading=office.title or title_lines(issuer, title, desk), addressed=addressed, body=body,
        annexes=annex_lines(lists, desk), lists=lists, signed=issuer, dated=dated, closing=closing_width(issuer, dated),
        notes=standing_notes(desk), text_font=body_stack(own_type), kai_font=kai_stack(own_type),
    )  # fmt: skip
    return cleaned(paper, desk.lang)


def draft_mark(desk: ListDesk) -> str:
    """Return what a paper is marked with whose standard is no more than a draft, or whose round is still open."""
    return desk.t("draft_paper") if desk.pack.status == "draft" or not desk.round.closed else ""


def long_day(day: date | None, lang: Lang) -> str:
    """Return a day as official papers write it, a line to fill in where there is none.

    >>> from datetime import date
    >>> long_day(date(2026, 7, 6), "zh"), long_day(date(2026, 7, 6), "en"), long_day(None, "zh")
    ('2026年7月6日', '6 July 2026', '____年__月__日')
    """
    if day is None:
        return speaker(lang)("no_day")
    return speaker(lang)("long_day", year=day.year, month=MONTHS[day.month - 1][lang], day=day.day)


def title_lines(issuer: str, title: str, desk: ListDesk) -> tuple[str, ...]:
    """Return a title in lines; a Chinese one begins with the office that issues the paper."""
    most = TITLE_AT_MOST[desk.lang]
    if desk.lang == "en":
        return balanced(title.split(), most, " ")
    return balanced(((issuer,) if issuer else ()) + pieces(title), most)


def closing_width(signed: str, dated: str) -> str:
    """Return how wide the box is in which signature and date stand, so that the date keeps 4 汉字 free on its right.

    >>> closing_width("示例市某办公室", "2026年7月6日")
    '14.0'
    """
    halves = max(wide(dated) + 4 * FREE_RIGHT, wide(signed) + 2)
    return f"{halves // 2}.{halves % 2 * 5}"


def standing_notes(desk: ListDesk) -> tuple[str, ...]:
    """Return what stands in brackets below the date: the standard's own notice."""
    text = desk.pack.notice[desk.lang]
    return (desk.t("note_in_brackets", text=text),) if text else ()


def annex_lines(lists: tuple[NameList, ...], desk: ListDesk) -> tuple[str, ...]:
    """Return the names of the annexes as they stand below the body; a single one has no number."""
    stop = desk.t("annex_stop")
    return tuple(f"{n}{stop}{one.title}" if len(lists) > 1 else one.title for n, one in enumerate(lists, 1))


def named_counts(lists: tuple[NameList, ...], desk: ListDesk) -> str:
    """Return how many units each list names: 村（社区）113个、小区76个."""
    counts = [desk.t("named_of_group", group=one.group, n=one.named) for one in lists]
    return desk.t("listing").join(counts)


def name_lists(desk: ListDesk, what: str) -> tuple[NameList, ...]:
    """Return the lists of a ranking that name anyone, each as an annex."""
    full = [(one, tiers) for one in desk.ranking.lists if (tiers := _tiers(one, desk))]
    return tuple(_name_list(n, one, tiers, len(full), what, desk) for n, (one, tiers) in enumerate(full, 1))


def _name_list(
    n: int, one: RankedList, tiers: tuple[NoticeTier, ...], count: int, what: str, desk: ListDesk
) -> NameList:
    number = str(n) if count > 1 else ""
    group = desk.groups[one.id]
    return NameList(
        mark=desk.t("annex_number", n=number).strip(),
        title=desk.t("list_of_group", group=capital(group), what=what),
        group=group,
        note=desk.t("notice_order"),
        tiers=tiers,
    )


def _tiers(one: RankedList, desk: ListDesk) -> tuple[NoticeTier, ...]:
    """Return the tiers that have members of their own, numbered; the innermost first."""
    tiers = [tier for n in reversed(range(len(one.tiers))) if (tier := _tier(n, one, desk)).rows]
    numbers = [numeral(n) if desk.lang == "zh" else str(n) for n in range(1, len(tiers) + 1)]
    return tuple(replace(tier, number=desk.t("tier_number", n=n)) for tier, n in zip(tiers, numbers, strict=True))


def numeral(n: int) -> str:
    """Return a number from 1 to 99 in Chinese.

    >>> numeral(3), numeral(10), numeral(12), numeral(20), numeral(35)
    ('三', '十', '十二', '二十', '三十五')
    """
    tens, ones = divmod(n, 10)
    return f"{NUMERALS[tens] if tens > 1 else ''}{NUMERALS[10] if tens else ''}{NUMERALS[ones] if ones else ''}"


def _tier(n: int, one: RankedList, desk: ListDesk) -> NoticeTier:
    own = sorted(own_members(one, n, desk.profile.nested), key=lambda p: (p.region, p.unit))
    rows = tuple((p.name, desk.say.region(p.region)) for p in own[:ROWS_AT_MOST])
    waiting = sum(seats.seats for seats in one.tiers[n].open)
    note = desk.t("places_open", n=waiting)
    tier = one.tiers[n]
    counts = counted(tier, len(tier.members) - len(own), desk.say)
    return NoticeTier(
        "", capital(desk.say.tiers[one.tiers[n].tier]), counts, rows,
        len(own) - len(rows), note if waiting else "",
    )  # fmt: skip
