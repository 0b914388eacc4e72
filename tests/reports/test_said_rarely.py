"""Proves that documents and pages say what they said in states that the sample round does not show, or not on one page.

The texts stand in said/ beside those of test_said.py; `make goldens` writes them anew: read the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import get_args

import pytest
from msgspec.structs import replace
from tests.assessment.packs import judge, make_case, make_pack, plan_of, rows
from tests.assessment.sums import FACTS, sums_pack
from tests.ranking.test_answers import BOOK, OLD, body, changed, line, member, tier, told
from tests.reports.of_unit import report_of
from tests.reports.said import said, says_as_kept
from tests.reports.test_protocol import DISPUTED, record, seen

from meihao.assessment.assess import assess
from meihao.assessment.explain.sentences import why_text
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.explain.vocabulary import PackLabels
from meihao.assessment.explain.words import BUILT_IN
from meihao.assessment.results import Assessment
from meihao.cli.compare_pages import page
from meihao.cli.pages import unit_page
from meihao.core.problems import Lang
from meihao.core.unknown import Cause, Why
from meihao.evidence.model import UnitEvidence
from meihao.pipeline import Judged
from meihao.ranking import Ranking, rank
from meihao.ranking.results import OpenSeats
from meihao.reports.blank import disputed_sheet, score_sheet
from meihao.reports.decision import decision
from meihao.reports.lists import ranked_list
from meihao.reports.model import Report
from meihao.reports.notice import notice
from meihao.reports.render import render
from meihao.reports.summary import summary
from meihao.round.model import Round
from meihao.standard.model import Pack
from meihao.uses.session import Session

LANGS: tuple[Lang, ...] = ("zh", "en")
YES = "{id: %s, title: 第%s项, title_en: item %s, points: 5, asks: [%s], score: {yes_no: %s}%s}"
FIELDS = """
p: {title: 有制度, title_en: rules, type: yes_no}
q: {title: 有人员, title_en: staff, type: yes_no}
x: {title: 件数, title_en: matters, type: count}
size: {title: 规模, title_en: size, type: choice, options: {big: 大, small: 小}}
"""
BEST = "{id: best, title: 示范, title_en: model, lines: [{of: base, at_least: 10}]}"
GRADES = f"[{{id: good, title: 达标, title_en: good, lines: [%s]}}, {BEST}]"
Make = Callable[[str, Lang], Report]


def entry(name: str, more: str = "") -> str:
    return YES % (name, name, name, name, name, more)


def rules(family: str, effect: str) -> str:
    return f"{{{family}: [{{id: r, title: 弄虚作假, title_en: fraud, when: q, unknown: flag, effect: {effect}}}]}}"


def of_full_marks() -> Pack:
    return make_pack(f"[{entry('p')}, {entry('q')}]", FIELDS, grades=GRADES % "{of: base, at_least: 5}")


def capped() -> Pack:
    """Return a standard in which a check caps the grade whatever the points."""
    return make_pack(
        f"[{entry('p')}, {entry('x').replace('yes_no: x', 'yes_no: x >= 1')}]", FIELDS,
        rules("checks", "{cap_grade: good}"), grades=GRADES % "{of: base, at_least: 5}",
    )  # fmt: skip


def barred() -> Pack:
    """Return a standard with a condition to be fulfilled, and a line that depends on what may be missing."""
    return make_pack(
        f"[{entry('p')}]", FIELDS, rules("eligibility", "ineligible"),
        grades=GRADES % "{of: base, at_least: {by: size, big: 3, small: 2}}",
    )  # fmt: skip


def judged_by_eye() -> Pack:
    """Return a standard in which an inspector's judgement scores."""
    fields = "m: {title: 检查员评分, title_en: score, type: number, provided_by: inspector}"
    score = "measure: {field: m}, score: {discretion: {from: 1, to: 5}}"
    return make_pack(f"[{{id: c, title: 院落, title_en: yards, points: 5, asks: [m], {score}}}]", fields)


def odd() -> Pack:
    """Return a standard with a dimension that does not apply, one that cannot be scored, and points that are rounded."""
    wrong = "{id: x, title: 件数, title_en: matters, points: 5, asks: [x], measure: {field: x}, score: {yes_no: {at_least: 3}}}"
    share = "measure: {field: size}, score: {choice: {big: 0.335, small: 0}}"
    third = f"{{id: %s, title: 每件, title_en: each, points: 5, asks: [size], {share}}}"
    first = entry("p", ", applies_when: q").replace("[p]", "[p, q]")
    dimensions = f"{{d: [{first}], e: [{wrong}], f: [{third % 's'}, {third % 't'}, {third % 'u'}]}}"
    return make_pack(dimensions, FIELDS, grades=GRADES % "{of: base, at_least: 5}", places=3)


def told_by_rows() -> Pack:
    """Return a standard with a check that says what stands in the rows of a table."""
    log = "t: {title: 台账, title_en: log, type: table, columns: {ok: {type: yes_no}, who: {type: text}}}"
    say = 'say: "由{row.who}登记", say_en: "entered by {row.who}"'
    check = f"{{id: r, title: 台账核对, title_en: log check, when: {{any_row: t, where: ok}}, {say}}}"
    return make_pack(f"[{entry('p')}]", FIELDS + log, f"{{checks: [{check}]}}")


SMALL: Mapping[str, tuple[Callable[[], Pack], Mapping[str, object]]] = {
    "full": (of_full_marks, {"p": True, "q": True}),
    "one-left": (of_full_marks, {"p": True, "q": False}),
    "capped": (capped, {"p": True, "x": 1, "q": True}),
    "ineligible": (barred, {"p": True, "q": True}),
    "line-unknown": (barred, {"p": True, "q": False}),
    "rows": (told_by_rows, {"p": True, "t": rows({"ok": True, "who": "甲"}, {"ok": True})}),
    "odd": (odd, {"p": True, "q": False, "x": "错", "size": "big"}),
    "sums": (sums_pack, FACTS),
}
UNITS = (*SMALL, "unplaced", "not-judged-again")
PAPERS = ("score-sums", "another-look", "record-secret", "record-bare")
LISTS: Mapping[str, Callable[[Ranking, Pack, Round, Lang], Report]] = {
    "list": ranked_list, "notice": notice, "decision": decision,
}  # fmt: skip


@pytest.fixture(scope="module")
def few(default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]) -> tuple[tuple[Assessment, ...], Ranking]:
    """One unit in eight of the sample, ranked: a list short enough to be read whole."""
    judged = tuple(peers[::8])
    found, problems = rank(default_pack, sample_round, judged)
    assert found is not None, problems
    return scattered(judged), with_rare_seats(with_many_causes(found, default_pack))


@pytest.fixture(scope="module")
def nobody(
    default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]
) -> tuple[tuple[Assessment, ...], Ranking]:
    """Units that all failed, ranked: every place stays empty."""
    judged = tuple(one for one in peers if one.verdict.state == "failed")[:6]
    found, problems = rank(default_pack, sample_round, judged)
    assert found is not None, problems
    return judged, found


@pytest.fixture(scope="module")
def make(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged], peers: Sequence[Assessment], ranking: Ranking,
    few: tuple[tuple[Assessment, ...], Ranking], nobody: tuple[tuple[Assessment, ...], Ranking],
) -> Make:  # fmt: skip
    """Return the document of a name in a language."""

    def unit(name: str, lang: Lang) -> Report:
        if name in SMALL:
            pack, facts = SMALL[name][0](), SMALL[name][1]
            case = make_case(pack, facts)  # type: ignore[arg-type]  # a wrong value is meant to be wrong
            return report_of(pack, sample_round, assess(plan_of(pack), case), case, lang=lang)
        if name == "unplaced":
            last = ranking.lists[0].units[-1].unit
            one = next(o for o in sample if o.case.code == last)
            return report_of(
                default_pack, sample_round, one.assessment, one.case, peers, without_place(last, ranking), lang
            )
        failed = next(one for one in sample if one.assessment.verdict.state == "failed")
        return report_of(default_pack, sample_round, failed.assessment, None, (*peers, *peers), lang=lang)

    def paper(name: str, lang: Lang) -> Report:
        if name == "score-sums":
            return score_sheet(sums_pack(), "place", lang)
        if name == "another-look":
            return next(sheet for one in sample if (sheet := disputed_sheet(default_pack, one.case, lang)))
        if name == "record-secret":
            return record(default_pack, replace(sample_round, closed=False), DISPUTED, lang)
        bare = UnitEvidence("U", "place", "甲", "", (seen("m", 3, "张三", "inspector"),), ())
        return record(judged_by_eye(), sample_round, bare, lang)

    def document(name: str, lang: Lang) -> Report:
        what, _, state = name.partition("-")
        if name in UNITS:
            return unit(name, lang)
        if name in PAPERS:
            return paper(name, lang)
        if state == "open":
            return notice(with_open_seats(ranking), default_pack, sample_round, lang)
        judged, found = few if state == "few" else nobody
        if what == "summary":
            return summary(found, judged, default_pack, sample_round, lang)
        return LISTS[what](found, default_pack, sample_round, lang)

    return document


def scattered(judged: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Return assessments of more regions than the summary shows."""
    return tuple(replace(one, region=f"R{n % 11}") for n, one in enumerate(judged))


def with_rare_seats(ranking: Ranking) -> Ranking:
    """Return a ranking in which one place was passed on by its region, and one is held before a unit without a seat."""
    one = ranking.lists[0]
    first, second, *others = one.tiers[-1].members
    passed_on = replace(first, seat="list")
    held = replace(second, decided_by="seat", next=(first.unit,))
    inner = replace(one.tiers[-1], members=(passed_on, held, *others))
    return replace(ranking, lists=(replace(one, tiers=(*one.tiers[:-1], inner)), *ranking.lists[1:]))


def with_many_causes(ranking: Ranking, pack: Pack) -> Ranking:
    """Return a ranking whose undetermined units lack more than a line holds."""
    whys = tuple(Why("missing_fact", field.id) for field in pack.fields[:8])
    lists = (replace(one, waiting=tuple(replace(unit, whys=whys) for unit in one.waiting)) for one in ranking.lists)
    return replace(ranking, lists=tuple(lists))


def without_place(unit: str, ranking: Ranking) -> Ranking:
    """Return a ranking in which a unit has no place."""
    one = ranking.lists[0]
    tiers = (replace(tier, members=tuple(p for p in tier.members if p.unit != unit)) for tier in one.tiers)
    return replace(ranking, lists=(replace(one, tiers=tuple(tiers)), *ranking.lists[1:]))


def with_open_seats(ranking: Ranking) -> Ranking:
    """Return a ranking in which two places of the outermost tier wait for the lot."""
    one = ranking.lists[0]
    waits = replace(one.tiers[0], open=(OpenSeats(tuple(unit.unit for unit in one.units[:3]), 2, "lot"),))
    return replace(ranking, lists=(replace(one, tiers=(waits, *one.tiers[1:])),))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "name",
    [*UNITS, *PAPERS, "list-few", "list-nobody", "notice-open", "notice-nobody", "decision-nobody", "summary-few",
     "summary-nobody"],
)  # fmt: skip
def test_a_document_says_what_it_said(name: str, lang: Lang, make: Make) -> None:
    text, problems = render(make(name, lang), lang)
    assert not problems
    says_as_kept(f"{name}.{lang}", said(text))


# ---- the terminal


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", [name for name in SMALL if name != "sums"])
def test_the_page_of_a_unit_says_what_it_said(name: str, lang: Lang, sample_round: Round) -> None:
    pack, facts = SMALL[name][0](), SMALL[name][1]
    desk = Session(pack, sample_round, lang, "reference", whole_round=True)
    explained = explain_unit(judge(pack, facts), pack, lang)  # type: ignore[arg-type]
    says_as_kept(f"terminal-{name}.{lang}", unit_page(explained, desk) + "\n")


def comparisons(lang: Lang) -> Iterator[str]:
    """Yield what each way of losing and taking a place reads like, both ways round."""
    for how in ("figure", "others", "grade", "state", "committee", "gone", "tied", "no_tier", "settings"):
        for title, old, new in ((how, OLD, changed(how)), (f"{how}, turned round", changed(how), OLD)):
            yield f"# {title}"
            yield from page(told(old, new), BOOK, lang)
    left = {**body([line("A", "95", 1)], tier("all", member("A"))), "outside": ["B"], "by": "base", "edition": "2"}
    yield "# off every list, other settings"
    yield from page(told(OLD, left), BOOK, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_comparison_says_what_it_said(lang: Lang) -> None:
    says_as_kept(f"terminal-comparison.{lang}", "\n".join(comparisons(lang)) + "\n")


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_missing_is_said_as_it_was(lang: Lang) -> None:
    """Every cause, and what is built in, by its name."""
    words = PackLabels.of(of_full_marks(), lang)
    causes = [why_text(Why(cause, "p"), words) for cause in get_args(Cause)]
    built_in = [words.name(name) for name in BUILT_IN]
    says_as_kept(f"terminal-causes.{lang}", "\n".join((*causes, *built_in)) + "\n")
