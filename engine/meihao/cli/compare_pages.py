"""Prints what changed between two rankings, as the page that answers a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..core.problems import Lang
from ..core.text import Label
from ..ranking.answers import Answer, RankingComparison
from ..ranking.behind import Brought, Cause
from ..ranking.compare import Change
from ..ranking.compare_words import Book, change_said, place_said
from ..standard.model import ROLES
from .printing import chooser, several

CONTEXT, RULE = Label("全批的比较值", "value across the round"), Label("规则", "rule")


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
    say, units = chooser(lang), len(found.answers)
    total = say(f"共{found.count()}处变化", several(found.count(), "change"))
    lost = sum(any(not one.after for one in answer.places) for answer in found.answers)
    took = sum(any(not one.before for one in answer.places) for answer in found.answers)
    some = several(units, "unit")
    moved = say(
        f"，{units}个单位：{lost}个失去名额，{took}个取得名额", f", {some}: {lost} lost a place, {took} took one"
    )
    return total + moved if units else total


def _line(change: Change, book: Book, lang: Lang, kind: str = "") -> str:
    name, was, now = (each[lang] for each in change_said(change, book, kind))
    return f"{name}{chooser(lang)('：', ': ')}{was} → {now}"


def _answer(answer: Answer, book: Book, lang: Lang) -> Iterator[str]:
    """Yield a unit's name, its places, what else changed, and the facts behind it.

    Who is on the list no more, or was not before, has no rank, grade or tie key to compare.
    """
    yield _name(answer, lang)
    yield from (f"  {place_said(moved, answer, book)[lang]}" for moved in answer.places)
    shown = [c for c in answer.changes if (c.before and c.after) or c.what not in ("rank", "grade", "key")]
    yield from (f"  {_line(change, book, lang, answer.kind)}" for change in shown)
    if not answer.places and not answer.changes:
        yield chooser(lang)("  名次和分数没有变", "  rank and figure did not change")
    yield from _causes(answer.causes, lang)


def _name(answer: Answer, lang: Lang) -> str:
    name = chooser(lang)(f"{answer.name}（{answer.unit}）", f"{answer.name} ({answer.unit})")
    return name if answer.name else answer.unit


def _only_rank(answer: Answer) -> bool:
    """Say whether a unit stands elsewhere only because others changed."""
    return not answer.places and not answer.causes and [change.what for change in answer.changes] == ["rank"]


def _shifted(found: Sequence[Answer], lang: Lang) -> str:
    """Return the units that stand elsewhere only because others changed, on one line."""
    say = chooser(lang)
    ranks = (f"{_name(one, lang)} {one.changes[0].before} → {one.changes[0].after}" for one in found)
    return say("别的单位变了，名次跟着变的：", "rank only, because others changed: ") + say("、", ", ").join(ranks)


def _causes(causes: Sequence[Cause], lang: Lang, deep: int = 1) -> Iterator[str]:
    for cause in causes:
        kind = {"context": CONTEXT, "rule": RULE}.get(cause.what)
        title = f"{kind[lang]} {cause.title[lang]}" if kind else cause.title[lang]
        name = chooser(lang)(f"（{cause.id}）", f" ({cause.id})") if cause.what == "item" else ""
        yield f"{'    ' * deep}{title}{name}  {cause.before[lang]} → {cause.after[lang]}"
        yield from (f"{'    ' * deep}  ← {_source(one, lang)}" for one in cause.brought)
        yield from _causes(cause.causes, lang, deep + 1)


def _source(one: Brought, lang: Lang) -> str:
    """Return where a value comes from: the file, who saw it, who handed it in, why."""
    say = chooser(lang)
    role = next((label_[lang] for known, label_ in ROLES.items() if known == one.role), "")
    parts = [one.file, say(f"{one.observer}（{role}）", f"{one.observer} ({role})") if role else one.observer]
    if one.number:
        parts.append(say(f"{one.date} {one.by}交", f"handed in by {one.by} on {one.date}"))
    parts += [say(f"原文件{one.original}", f"from {one.original}")] if one.original else []
    parts += [say(f"凭决定{one.decision}", f"by decision {one.decision}")] if one.decision else []
    parts += [say(f"理由：{one.reason}", f"reason: {one.reason}")] if one.reason else []
    return say("，", ", ").join(part for part in parts if part)
