"""Advises a unit: first what bars it, then what would earn the rest, and how far that would lead."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ..advice.results import Gain, Gains, Reached
from ..assessment.explain.so_far import awaits
from ..assessment.explain.sums import span
from ..assessment.explain.vocabulary import words_of
from ..assessment.results import Assessment
from ..core.problems import Lang
from ..standard.model import Pack
from .comparison import signed
from .model import Advice, CheckedRule, DimensionRow, ItemRow
from .words import mark_of_state


class View(Struct, frozen=True):
    """From where the gains are looked at: the unit as it was judged, and its pack."""

    own: Assessment
    pack: Pack

    def total(self, after: Reached) -> str:
        return span(after.judged.total_lo, after.judged.total_hi, self.pack.display_places)


def advice_rows(dimensions: Sequence[DimensionRow], gains: Gains | None, view: View, lang: Lang) -> tuple[Advice, ...]:
    """Return what would earn the rest: in the order of the gains, else most open points first, then as in the standard."""
    rows = {row.id: row for dimension in dimensions for row in dimension.items if row.open_points}
    if gains is None:
        points = {item.id: item.points - item.lo for item in view.own.items}
        ordered = sorted(rows.values(), key=lambda row: -points[row.id])
        return tuple(_plain(n, row, lang) for n, row in enumerate(ordered, 1))
    return tuple(
        _rescored(n, rows[gain.item.id], gain, gains.now, view, lang)
        for n, gain in enumerate((one for one in gains.each if one.item.id in rows), 1)
    )


def _plain(number: int, row: ItemRow, lang: Lang) -> Advice:
    return Advice(str(number), row.number, row.title, _what(row, lang), row.open_points, row.mark)


def _rescored(number: int, row: ItemRow, gain: Gain, now: Reached, view: View, lang: Lang) -> Advice:
    more = signed(gain.more, view.pack.display_places)
    return Advice(
        str(number), row.number, row.title, _what(row, lang), row.open_points, row.mark, more, view.total(gain.after),
        change(gain.after, now, view, lang),
    )  # fmt: skip


def _what(row: ItemRow, lang: Lang) -> str:
    """Return what would earn the rest; for an unknown item first what is missing."""
    parts = (row.reason, row.rest) if row.mark.code == "unknown" or not row.rest else (row.rest,)
    return ("；" if lang == "zh" else "; ").join(part for part in parts if part)


def change(reached: Reached, now: Reached, view: View, lang: Lang) -> str:
    """Return what is different for a unit judged again that passes: verdict, grade, place; "" where nothing is."""
    own, after, zh = view.own, reached.judged, lang == "zh"
    if after.verdict.state != "passed":
        return ""
    parts = []
    if own.verdict.state != "passed":
        parts.append("通过" if zh else "passes")
    if after.grade != own.grade or own.verdict.state != "passed":
        parts += [grade.title[lang] for grade in view.pack.grades if grade.id == after.grade]
    if reached.place and reached.place != now.place:
        parts.append(f"第{reached.place}名" if zh else f"rank {reached.place}")
    return ("，" if zh else ", ").join(parts)


def outlook(gains: Gains | None, view: View, lang: Lang) -> tuple[str, ...]:
    """Return where the advice leads: how many of the first items lift the unit, and what all of them together bring."""
    if gains is None or not gains.each:
        return ()
    zh, n, all_of = lang == "zh", gains.enough, len(gains.each)
    said = []
    if 0 < n < all_of:
        then = _then(gains.reached, gains.now, view, lang)
        first = (
            ("补齐第1项" if n == 1 else f"补齐前{n}项") if zh else ("With item 1" if n == 1 else f"With items 1 to {n}")
        )
        said.append(f"{first}：{then}" if zh else f"{first}: {then}")
    then = _then(gains.everything, gains.now, view, lang)
    everything = (f"全部补齐（共{all_of}项）" if zh else f"With all {all_of} items") if all_of > 1 else (
        "补齐这一项" if zh else "With this item"
    )  # fmt: skip
    return (*said, f"{everything}：{then}" if zh else f"{everything}: {then}")


def _then(after: Reached, now: Reached, view: View, lang: Lang) -> str:
    zh = lang == "zh"
    total = f"总分{view.total(after)}" if zh else f"total {view.total(after)}"
    changed = change(after, now, view, lang)
    if not changed:
        changed = _unchanged(after.judged, zh)
    return ("，" if zh else ", ").join(part for part in (total, changed) if part)


def _unchanged(after: Assessment, zh: bool) -> str:
    """Return why all that points can do changes nothing."""
    state = after.verdict.state
    if state == "failed":
        return (
            "仍未通过：还有分数不能抵消的情形" if zh else "still not passed: something stands that no points outweigh"
        )
    if state == "undetermined":
        return "仍待定：还有须核实的情形" if zh else "still undetermined: something is still to be verified"
    return "等次和名次不变" if zh else "same grade and place"


def first_rows(own: Assessment, pack: Pack, lang: Lang) -> tuple[CheckedRule, ...]:
    """Return what bars a pass whatever the points: conditions and vetoes found or open, with their remedies."""
    rules = {rule.id: rule for rule in pack.rules}
    zh, words = lang == "zh", words_of(pack, lang)
    rows = []
    for finding in own.findings:
        rule = rules.get(finding.rule)
        if rule and rule.effect.name in ("ineligible", "veto", "cap_grade") and finding.state != "waived":
            said = rule.remedy[lang] or (
                "分数再高也不能抵消；对事实有异议的，按下文申诉办理"
                if zh
                else "no points can outweigh it; if the fact is wrong, appeal as below"
            )
            if finding.state == "flagged":
                said = "补齐所缺事实后重新评定" if zh else "hand in the missing facts and assess again"
                if awaited := [words.awaited[why.subject] for why in finding.whys if awaits(why, words.awaited)]:
                    said = ("；" if zh else "; ").join(awaited)
            state = "flagged" if finding.state == "flagged" else "fired"
            rows.append(CheckedRule(rule.title[lang], mark_of_state(state, lang), (said,)))
    return tuple(rows)
