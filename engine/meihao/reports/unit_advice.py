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
from .words import mark_of_state, speaker

STILL = {"failed": "still_failed", "undetermined": "still_undetermined"}  # what all that points can do does not change


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
    return speaker(lang)("clauses").join(part for part in parts if part)


def change(reached: Reached, now: Reached, view: View, lang: Lang) -> str:
    """Return what is different for a unit judged again that passes: verdict, grade, place; "" where nothing is."""
    own, after, t = view.own, reached.judged, speaker(lang)
    if after.verdict.state != "passed":
        return ""
    parts = []
    if own.verdict.state != "passed":
        parts.append(t("passes"))
    if after.grade != own.grade or own.verdict.state != "passed":
        parts += [grade.title[lang] for grade in view.pack.grades if grade.id == after.grade]
    if reached.place and reached.place != now.place:
        parts.append(t("new_rank", rank=reached.place))
    return t("comma").join(parts)


def outlook(gains: Gains | None, view: View, lang: Lang) -> tuple[str, ...]:
    """Return where the advice leads: how many of the first items lift the unit, and what all of them together bring."""
    if gains is None or not gains.each:
        return ()
    t, n, all_of = speaker(lang), gains.enough, len(gains.each)
    said = []
    if 0 < n < all_of:
        first = t("with_first_item") if n == 1 else t("with_first_items", n=n)
        said.append(first + t("colon") + _then(gains.reached, gains.now, view, lang))
    everything = t("with_all_items", n=all_of) if all_of > 1 else t("with_only_item")
    return (*said, everything + t("colon") + _then(gains.everything, gains.now, view, lang))


def _then(after: Reached, now: Reached, view: View, lang: Lang) -> str:
    t = speaker(lang)
    changed = change(after, now, view, lang) or t(STILL.get(after.judged.verdict.state, "same_grade_and_rank"))
    return t("comma").join((t("new_total", total=view.total(after)), changed))


def first_rows(own: Assessment, pack: Pack, lang: Lang) -> tuple[CheckedRule, ...]:
    """Return what bars a pass whatever the points: conditions and vetoes found or open, with their remedies."""
    rules = {rule.id: rule for rule in pack.rules}
    t, words = speaker(lang), words_of(pack, lang)
    rows = []
    for finding in own.findings:
        rule = rules.get(finding.rule)
        if rule and rule.effect.name in ("ineligible", "veto", "cap_grade") and finding.state != "waived":
            said = rule.remedy[lang] or t("no_points_outweigh")
            if finding.state == "flagged":
                said = t("hand_in_facts")
                if awaited := [words.awaited[why.subject] for why in finding.whys if awaits(why, words.awaited)]:
                    said = t("clauses").join(awaited)
            state = "flagged" if finding.state == "flagged" else "fired"
            rows.append(CheckedRule(rule.title[lang], mark_of_state(state, lang), (said,)))
    return tuple(rows)
