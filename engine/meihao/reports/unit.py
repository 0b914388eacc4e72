"""Prepares one unit's report as plain data, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ..advice.results import JudgedAgain
from ..assessment.explain.unit import Explained, explain_unit
from ..assessment.results import Assessment
from ..assessment.to_json import body_digest
from ..core.canonical import Json
from ..core.problems import Lang
from ..ranking.results import Ranking
from ..round.model import Case, Round
from ..standard.model import Pack, Rule
from .charts import radar
from .clean import cleaned
from .comparison import dumbbell
from .frame import frame, spaced, with_more
from .model import CheckedRule, DimensionRow, Frame, Mark, Pair, Shot, Total, UnitReport
from .phrases.every_page import STAGE
from .places import region_names
from .qr import qr_code
from .unit_advice import View, advice_rows, first_rows, outlook
from .unit_items import Files, Peers, dimension_rows, line_rows, sum_rows
from .unit_place import StandingShown, standing
from .unit_steps import steps
from .words import capital, mark_of_outcome, mark_of_state, mark_of_verdict, speaker

SENTENCES_AT_MOST = 4
FINDINGS_AT_MOST = 24
DECIDING_AT_MOST = 8
NAME_AT_MOST = 120
UNADVISED = JudgedAgain()


class _Desk(Struct, frozen=True):
    pack: Pack
    round: Round
    own: Assessment
    case: Case | None
    explained: Explained
    lang: Lang

    @property
    def titles(self) -> dict[str, str]:
        """Return the titles of the dimensions by id."""
        return {d.id: d.title for d in self.explained.dimensions}

    def t(self, key: str, **values: object) -> str:
        return speaker(self.lang)(key, **values)


class _Matter(Struct, frozen=True):
    """What several parts of the document are made of."""

    frame: Frame
    again: JudgedAgain
    view: View
    kin: Peers
    standing: StandingShown
    files: Files
    rows: tuple[DimensionRow, ...]


def unit_report(
    pack: Pack,
    round_: Round,
    assessment: Assessment,
    case: Case | None = None,
    peers: Sequence[Assessment] = (),
    ranking: Ranking | None = None,
    lang: Lang = "zh",
    made_by: Mapping[str, Json] | None = None,
    *,
    again: JudgedAgain = UNADVISED,
    shots: tuple[Shot, ...] = (),
) -> UnitReport:
    """Return the document of one unit. `peers` are the assessments of the round; those of other kinds are left out.

    `again` is the unit judged again: for the advice, and on its own word beside a verified judgement. `shots` are the
    photos of the appendix.
    """
    desk = _Desk(pack, round_, assessment, case, explain_unit(assessment, pack, lang, case), lang)
    kin = Peers(tuple(a for a in peers if a.kind == assessment.kind), pack.display_places)
    files = Files.of(desk.explained.dimensions)
    matter = _Matter(
        frame=_frame(desk, made_by or {}),
        again=again,
        view=View(assessment, pack),
        kin=kin,
        standing=standing(pack, round_, assessment, kin, ranking, lang),
        files=files,
        rows=dimension_rows(desk.explained.dimensions, assessment, kin, pack, files, lang),
    )
    return cleaned(_document(desk, matter, shots), lang)


def _document(desk: _Desk, matter: _Matter, shots: tuple[Shot, ...]) -> UnitReport:
    own, pack, lang, rows, stands = desk.own, desk.pack, desk.lang, matter.rows, matter.standing
    gains, items = matter.again.gains, {item.id: item for row in matter.rows for item in row.items}
    sums = _sums(desk)
    return UnitReport(
        frame=matter.frame,
        name=_shortened(own.name),
        facts=_facts(desk),
        verdict=mark_of_verdict(own.verdict.state, lang),
        grade=desk.explained.grade,
        deciding=tuple(map(capital, _deciding(desk))),
        cells=_cells(desk, stands),
        next_line=capital(_next_line(desk)),
        why_place=tuple(map(capital, stands.why)),
        checks=_checks(desk),
        dimensions=rows,
        radar=radar(rows, lang),
        peers=_peers(matter.kin, desk),
        lines=line_rows(own, pack, desk.titles, lang),
        position=stands.plot,
        outcomes=_outcomes(desk),
        files=tuple(f"[{n}] {name}" for n, name in enumerate(matter.files.names(), 1)),
        findings=_findings(desk),
        bonus=_bonus(desk),
        base_sum=sums[0],
        bonus_sum=sums[1],
        total_sum=sums[2],
        first=first_rows(own, pack, lang),
        advice=advice_rows(rows, gains, matter.view, lang),
        outlook=outlook(gains, matter.view, lang),
        rescored=gains is not None,
        comparison=dumbbell(matter.again.told, own, items, pack.display_places, lang),
        steps=steps(pack, desk.round, desk.case, own.kind, lang),
        qr=qr_code(own.unit, body_digest(own)),
        shots=shots,
    )


def _frame(desk: _Desk, made_by: Mapping[str, Json]) -> Frame:
    digest = body_digest(desk.own)
    context = Pair(desk.t("digest_of_round"), spaced(desk.own.context_digest))
    return with_more(frame("unit_report", desk.own.name, desk.pack, desk.round, desk.lang, digest, made_by), context)


def _shortened(name: str) -> str:
    """Return a name that fits a title; real ones are far below the limit."""
    return name if len(name) <= NAME_AT_MOST else name[:NAME_AT_MOST] + "…"


def _facts(desk: _Desk) -> tuple[str, ...]:
    regions = region_names(desk.round.regions, desk.lang)
    day = desk.own.reference_date
    stated = desk.t("as_of", day=day) if day else ""
    stage = STAGE[desk.round.stage][desk.lang]
    region = regions.get(desk.own.region, desk.own.region)
    return tuple(part for part in (desk.explained.kind, desk.own.unit, region, stated, stage) if part)


def _deciding(desk: _Desk) -> tuple[str, ...]:
    """Return the deciding line first; where a unit passed the other lines are in the table of lines."""
    so_far, lines = desk.explained.so_far, desk.explained.deciding
    lines = (so_far, *lines) if so_far else lines
    if desk.own.verdict.state == "passed":
        more = len(lines) - 1
        rest = desk.t("other_lines_reached", n=more)
        return (*lines[:1], *((rest,) if more else ()))
    more = len(lines) - DECIDING_AT_MOST
    rest = desk.t("more_evidence", n=more)
    return (*lines[:DECIDING_AT_MOST], *((rest,) if more > 0 else ()))


def _cells(desk: _Desk, stands: StandingShown) -> tuple[Pair, ...]:
    t, e = desk.t, desk.explained
    made_of = f"{t('base')} {e.base}　{t('bonus')} {e.bonus}"
    titles = {grade.id: grade.title[desk.lang] for grade in desk.pack.grades}
    could = t("could_reach", grade=titles[desk.own.best_grade]) if desk.own.best_grade != desk.own.grade else ""
    if desk.own.verdict.state == "failed" and desk.own.grade:
        could = desk.t("by_points_only")
    return (
        Pair(t("total"), e.total, made_of),
        Pair(t("grade"), capital(e.grade), could),
        Pair(t("tier"), capital(stands.tier), stands.rank),
    )


def _next_line(desk: _Desk) -> str:
    """Return what the next grade still asks; "" at the highest grade."""
    order = [grade.id for grade in desk.pack.grades]
    above = order[order.index(desk.own.grade) + 1 :] if desk.own.grade else order
    if not above:
        return desk.t("highest_grade")
    title = next(g.title[desk.lang] for g in desk.pack.grades if g.id == above[0])
    asked = [line for line in desk.own.lines if line.grade == above[0] and not line.holds]
    if not asked:
        return desk.t("lines_reached_grade_capped", grade=title)
    rows = line_rows(desk.own, desk.pack, desk.titles, desk.lang)
    missing = [gap for row in rows if row.grade == title for gap in row.gaps]
    if not missing:
        return desk.t("next_line_not_known", grade=title)
    return desk.t("to_next_grade", grade=title, gaps=desk.t("clauses").join(missing))


def _checks(desk: _Desk) -> tuple[CheckedRule, ...]:
    """Return each condition and veto of the kind, with what was found."""
    return tuple(
        _check(rule, desk)
        for rule in desk.pack.rules
        if rule.family in ("eligibility", "vetoes") and desk.own.kind in rule.kinds
    )


def _check(rule: Rule, desk: _Desk) -> CheckedRule:
    pairs = zip(desk.own.findings, desk.explained.findings, strict=True)
    found = [(finding, said) for finding, (_, _, said) in pairs if finding.rule == rule.id]
    clear, fired = ("fits", "unfit") if rule.family == "eligibility" else ("clear", "fired")
    state = found[0][0].state if found else clear
    shown = fired if state == "fired" else state
    return CheckedRule(rule.title[desk.lang], mark_of_state(shown, desk.lang), tuple(said for _, said in found if said))


def _findings(desk: _Desk) -> tuple[CheckedRule, ...]:
    """Return the other findings, those of one rule together."""
    known = {rule.id for rule in desk.pack.rules if rule.family in ("eligibility", "vetoes")}
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for finding, (_, title, said) in zip(desk.own.findings, desk.explained.findings, strict=True):
        if finding.rule not in known:
            grouped.setdefault((finding.rule, finding.state, title), []).append(said)
    marks = {"fired": "note", "flagged": "flagged", "waived": "waived"}
    rows = [
        CheckedRule(title, mark_of_state(marks[state], desk.lang), _first_few(said, desk))
        for (_, state, title), said in grouped.items()
    ]
    return tuple(rows[:FINDINGS_AT_MOST])


def _first_few(said: Sequence[str], desk: _Desk) -> tuple[str, ...]:
    more = len(said) - SENTENCES_AT_MOST
    rest = desk.t("continued", n=more)
    return (*said[:SENTENCES_AT_MOST], *((rest,) if more > 0 else ()))


def _outcomes(desk: _Desk) -> tuple[tuple[Mark, int], ...]:
    """Return how many items have each outcome: items in, items accounted for."""
    counted: dict[str, int] = {}
    for item in desk.own.items:
        counted[item.outcome] = counted.get(item.outcome, 0) + 1
    order = ("met", "partly_met", "not_met", "unknown", "not_applicable", "exempt", "error")
    return tuple((mark_of_outcome(code, desk.lang), counted[code]) for code in order if code in counted)  # type: ignore[arg-type]  # a literal tuple


def _peers(kin: Peers, desk: _Desk) -> str:
    n = len(kin.assessments)
    if n < 2:
        return desk.t("no_peers")
    return desk.t("peers_counted", n=n)


def _bonus(desk: _Desk) -> tuple[Pair, ...]:
    return tuple(Pair(one.title, one.points, one.note) for one in desk.explained.bonuses)


def _sums(desk: _Desk) -> tuple[Total, Total, Total]:
    """Return base, bonus and total, each with the lines that lead to it."""
    t, e = desk.t, desk.explained
    return (
        Total(capital(t("base")), e.base, e.full, sum_rows(e.base_lines)),
        Total(capital(t("bonus")), e.bonus, "", sum_rows(e.bonus_lines)),
        Total(capital(t("total")), e.total, "", sum_rows(e.total_lines)),
    )
