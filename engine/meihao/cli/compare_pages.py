"""Prints what changed between two rankings, as the page that answers a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..core.problems import Lang
from ..ranking.answers import Answer, RankingComparison
from ..ranking.behind import Brought, Cause
from ..ranking.compare import Change
from ..ranking.compare_words import Book, change_said, place_said
from ..standard.model import ROLES
from .phrases.changes import CHANGES
from .speaker import speaker


def page(found: RankingComparison, book: Book, lang: Lang) -> Iterator[str]:
    """Yield settings and seats, then unit by unit what it is told, then how many changes there are."""
    for change in (*found.settings, *found.seats):
        yield _line(change, book, lang)
    for answer in found.answers:
        if not _only_rank(answer):
            yield from _answer(answer, book, lang)
    if shifted := [answer for answer in found.answers if _only_rank(answer)]:
        yield _shifted(shifted, lang)
    yield _counts(found, lang)


def _counts(found: RankingComparison, lang: Lang) -> str:
    say, units = speaker(lang, CHANGES), len(found.answers)
    lost = sum(any(not one.after for one in answer.places) for answer in found.answers)
    took = sum(any(not one.before for one in answer.places) for answer in found.answers)
    if not units:
        return say("counted", n=found.count())
    return say("counted_by_unit", n=found.count(), units=units, lost=lost, took=took)


def _line(change: Change, book: Book, lang: Lang, kind: str = "") -> str:
    name, was, now = (each[lang] for each in change_said(change, book, kind))
    return f"{name}{speaker(lang, CHANGES)('colon')}{was} → {now}"


def _answer(answer: Answer, book: Book, lang: Lang) -> Iterator[str]:
    """Yield a unit's name, its places, what else changed, and the facts behind it.

    Who is on the list no more, or was not before, has no rank, grade or tie key to compare.
    """
    yield _name(answer, lang)
    yield from (f"  {place_said(moved, answer, book)[lang]}" for moved in answer.places)
    shown = [c for c in answer.changes if (c.before and c.after) or c.what not in ("rank", "grade", "key")]
    yield from (f"  {_line(change, book, lang, answer.kind)}" for change in shown)
    if not answer.places and not answer.changes:
        yield speaker(lang, CHANGES)("neither_changed")
    yield from _causes(answer.causes, lang)


def _name(answer: Answer, lang: Lang) -> str:
    say = speaker(lang, CHANGES)
    return say("named", name=answer.name, code=answer.unit) if answer.name else answer.unit


def _only_rank(answer: Answer) -> bool:
    """Say whether a unit stands elsewhere only because others changed."""
    return not answer.places and not answer.causes and [change.what for change in answer.changes] == ["rank"]


def _shifted(found: Sequence[Answer], lang: Lang) -> str:
    """Return the units that stand elsewhere only because others changed, on one line."""
    say = speaker(lang, CHANGES)
    ranks = (f"{_name(one, lang)} {one.changes[0].before} → {one.changes[0].after}" for one in found)
    return say("rank_only") + say("listing").join(ranks)


def _causes(causes: Sequence[Cause], lang: Lang, deep: int = 1) -> Iterator[str]:
    for cause in causes:
        yield f"{'    ' * deep}{_title(cause, lang)}  {cause.before[lang]} → {cause.after[lang]}"
        yield from (f"{'    ' * deep}  ← {_source(one, lang)}" for one in cause.brought)
        yield from _causes(cause.causes, lang, deep + 1)


def _title(cause: Cause, lang: Lang) -> str:
    say, title = speaker(lang, CHANGES), cause.title[lang]
    match cause.what:
        case "context":
            return say("cause_context", title=title)
        case "rule":
            return say("cause_rule", title=title)
        case "item":
            return say("cause_item", title=title, id=cause.id)
        case _:
            return title


def _source(one: Brought, lang: Lang) -> str:
    """Return where a value comes from: the file, who saw it, who handed it in, why."""
    say = speaker(lang, CHANGES)
    role = next((label_[lang] for known, label_ in ROLES.items() if known == one.role), "")
    parts = [one.file, one.observer + (say("in_brackets", text=role) if role else "")]
    parts += [say("handed_in", day=one.date, by=one.by)] if one.number else []
    parts += [say("from_file", file=one.original)] if one.original else []
    parts += [say("decision", decision=one.decision)] if one.decision else []
    parts += [say("reason", reason=one.reason)] if one.reason else []
    return say("comma").join(part for part in parts if part)
