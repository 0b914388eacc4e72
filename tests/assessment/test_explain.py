"""Proves the explanations: every reason and every cause has a plain sentence in both languages, and no code is ever printed bare."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import pytest
from msgspec.structs import replace
from tests.assessment.packs import Facts, half, item_of, judge, make_case, make_pack, plan_of, rows

from meihao.assessment.assess import assess
from meihao.assessment.explain.sentences import item_sentence, why_text
from meihao.assessment.explain.sums import ExplainedLine
from meihao.assessment.explain.unit import Explained, explain_item, explain_unit
from meihao.assessment.explain.vocabulary import PackLabels
from meihao.assessment.explain.words import CAUSE, EFFECT, NOT_YET, OUTCOME, VERDICT
from meihao.core.problems import Lang, Source
from meihao.core.unknown import Cause, Unknown, Why
from meihao.evidence.model import Document, Observation
from meihao.pipeline import Judged
from meihao.round.model import Fact, Hit
from meihao.standard.model import Pack, leaves

LANGS: tuple[Lang, ...] = ("zh", "en")
FIELDS = """
rate: {title: 满意率, title_en: Satisfied, type: percent, range: [0, 100]}
x: {title: 件数, title_en: Matters, type: count, measured_in: 件, measured_in_en: matters}
m: {title: 检查员评分, title_en: Score, type: number, provided_by: inspector, measured_in: 处, measured_in_en: spots}
size: {title: 规模, title_en: Size, type: choice, options: {big: 大, small: 小}}
kinds: {title: “甲”类, title_en: Kinds, type: choice, options: {big: 大, small: 小}}
p: {title: 有制度, title_en: rules, type: yes_no}
q: {title: 有人员, title_en: staff, type: yes_no}
t: {title: 台账, title_en: Log, type: table, columns: {ok: {title: 合格, title_en: Passed, type: yes_no}}}
v: {title: 设施, title_en: Facilities, type: table, measured_in: 处, measured_in_en: facilities, columns: {sort: {title: 种类, title_en: Sort, type: text}}}
"""


def criterion(score: str, measure: str = "", more: str = "", names: str = "") -> Pack:
    words = set(re.findall(r"[a-z]+", f"{score} {measure} {more} {names}"))
    asks = [name for name in ("rate", "x", "m", "size", "kinds", "p", "q", "t", "v") if name in words]
    own = f", measure: {measure}" if measure else ""
    return make_pack(
        f"[{{id: c, title: 指标, title_en: criterion, points: 5, asks: {asks}{own}, score: {{{score}}}{more}}}]", FIELDS
    )


def said(pack: Pack, facts: Facts, **case: Any) -> tuple[str, str]:
    item = item_of(pack, facts, **case)
    one = next(leaves(pack.standard("place")))
    zh, en = (item_sentence(item, one, PackLabels.of(pack, lang)) for lang in LANGS)
    return zh, en


CHECK = (
    "checklist: {items: [{title: 制度, title_en: rules, when: p}, {title: 人员, title_en: staff, when: q}], each: 2}"
)
ROUTES = "any_of: [{title: 自管, title_en: own, when: p}, {title: 托管, title_en: hired, when: q, points: 3}]"
TARGET = "deduct_from_target: {target: 90, lose: 0.5, for_each: 1, step: ceil}"
SENTENCES: Sequence[tuple[str, Pack, Facts, str, str]] = [
    ("yes", criterion("yes_no: p"), {"p": True}, "有制度：是", "rules: yes"),
    ("no", criterion("yes_no: p"), {"p": False}, "有制度：否", "rules: no"),
    ("edges_met", criterion("yes_no: {at_least: 85}", "{field: rate}"), {"rate": 90}, "90%，达到“不低于85%”", "90%; meets “at least 85%”"),
    ("edges_missed", criterion("yes_no: {at_least: 3, less_than: 9}", "{field: x}"), {"x": 9}, "9件，未达到“不低于3件且低于9件”", "9 matters; does not meet “at least 3 matters and less than 9 matters”"),
    ("class", criterion("choice: {big: 5, small: 2}", "{field: size}"), {"size": "small"}, "规模：小", "Size: small"),
    ("class", criterion("choice: {big: 5, small: 2}", "{field: kinds}", more=", applies_when: 'size == \"small\"'"), {"size": "small", "kinds": "big"}, "“甲”类：大", "Kinds: big"),
    ("deduct", criterion("deduct: {lose: 1, for_each: 1}", "{field: x}"), {"x": 1}, "计1件，每件扣1分，共扣1分", "counts 1 matter; loses 1 point for each matter, 1 point in all"),
    ("deduct", criterion("deduct: {lose: 0.5, for_each: 1, step: floor}", "{field: m}"), {"m": half("0.5")}, "计0.5处，每处扣0.5分，共扣0分（不足1处的不计）", "counts 0.5 spots; loses 0.5 points for each spot, 0 points in all (less than 1 spot does not count)"),
    ("class", criterion("choice: {big: 5, small: 2}", "{field: kinds}", names="kinds"), {"kinds": "big"}, "“甲”类：大", "Kinds: big"),
    ("from_target", criterion("deduct_from_target: {target: 1, lose: 2, for_each: 1, step: ceil}", "{field: x}"), {"x": 0}, "0件，目标1件，每低1件扣2分", "0 matters; target 1 matter; loses 2 points for each matter below it"),
    ("per_item", criterion("per_item: {points: 1, for_each: 1}", "{count_rows: t}", names="t"), {"t": rows({"ok": True}, {"ok": True})}, "计2行，每行得1分", "counts 2 rows; 1 point for each row"),
    ("per_item", criterion("per_item: {points: 1, for_each: 1}", "{count_rows: v}", names="v"), {"v": rows({"sort": "甲"}, {"sort": "甲"})}, "计2处，每处得1分", "counts 2 facilities; 1 point for each facility"),
    ("edges_met", criterion("yes_no: {at_least: 1}", "{field: 'count(v)'}", names="v"), {"v": rows({"sort": "甲"})}, "1处，达到“不低于1处”", "1 facility; meets “at least 1 facility”"),
    ("edges_missed", criterion("yes_no: {at_least: 2}", "{count_rows: v, distinct: sort}", names="v"), {"v": rows({"sort": "甲"}, {"sort": "甲"})}, "1个，未达到“不低于2个”", "1 different value; does not meet “at least 2 different values”"),
    ("yes", criterion("yes_no: x >= 3 and p"), {"x": 3, "p": True}, "符合：件数≥3且有制度=是", "holds: “Matters” ≥ 3 and “rules” = yes"),
    ("no", criterion("yes_no: x >= 3 and p"), {"x": 2, "p": True}, "不符合：件数≥3且有制度=是", "does not hold: “Matters” ≥ 3 and “rules” = yes"),
    ("band", criterion("bands: [{at_least: 85, points: 5}, {otherwise: 1}]", "{field: rate}"), {"rate": 85}, "85%，属于“不低于85%”一档", "85%; in the band “at least 85%”"),
    ("band", criterion("bands: [{at_least: 85, points: 5}, {otherwise: 1}]", "{field: rate}"), {"rate": 80}, "80%，按其余情形计分", "80%; in none of the named bands"),
    ("no_band", criterion("bands: [{at_least: 85, points: 5}]", "{field: rate}"), {"rate": 80}, "80%，不在任何一档", "80%; in none of the bands"),
    ("linear", criterion("linear: [{value: 0, points: 0}, {value: 90, points: 5}]", "{field: rate}"), {"rate": 45}, "45%，按比例计分（满分线90%）", "45%; scored in proportion (full marks at 90%)"),
    ("per_item", criterion("per_item: {points: 2, for_each: 3, step: floor}", "{field: x}"), {"x": 7}, "计7件，每3件得2分（不足3件的不计）", "counts 7 matters; 2 points for each 3 matters (less than 3 matters does not count)"),
    ("deduct", criterion("deduct: {lose: 0.5, for_each: 1}", "{field: x}"), {"x": 3}, "计3件，每件扣0.5分，共扣1.5分", "counts 3 matters; loses 0.5 points for each matter, 1.5 points in all"),
    ("deduct", criterion("deduct: {lose: 1, for_each: 2, step: floor}", "{percent: x, of: m, when_zero: 0}"), {"x": 1, "m": 20}, "计5%，每2个百分点扣1分，共扣2分（不足2个百分点的不计）", "counts 5%; loses 1 point for each 2 percentage points, 2 points in all (less than 2 percentage points does not count)"),
    ("from_target", criterion(TARGET, "{field: rate}"), {"rate": half("88.5")}, "88.5%，目标90%，每低1个百分点扣0.5分", "88.5%; target 90%; loses 0.5 points for each percentage point below it"),
    ("from_target", criterion("deduct_from_target: {target: 9, lose: 1, for_each: 2, step: ceil, side: above, not_beyond: 12}", "{field: x}"), {"x": 10}, "10件，目标9件，每高2件扣1分，高于12件不得分", "10 matters; target 9 matters; loses 1 point for each 2 matters above it; no points above 12 matters"),
    ("edges_missed", criterion("yes_no: {at_most: 0}", "{change_from: x, now: m, as: percent, when_zero: 0}"), {"x": 4, "m": 5}, "25%，未达到“不高于0%”", "25%; does not meet “at most 0%”"),
    ("edges_met", criterion("yes_no: {at_least: 1}", "{change_from: x, now: m, as: number}"), {"x": 4, "m": 5}, "1处，达到“不低于1处”", "1 spot; meets “at least 1 spot”"),
    ("checklist", criterion(CHECK), {"p": True, "q": False}, "2项中具备1项，缺：人员", "1 of 2 in place; lacking: staff"),
    ("discretion", criterion("discretion: {from: 1, to: 5}", "{field: m}"), {"m": 4}, "检查员评4分（可评1至5分）", "the inspector gave 4 points (possible: 1 to 5)"),
    ("any_of", criterion(ROUTES), {"p": False, "q": True}, "按“托管”计分", "scored as “hired”"),
    ("any_of", criterion(ROUTES), {"p": False, "q": False}, "各种方式都不具备", "none of the routes applies"),
    ("best_of", criterion(ROUTES.replace("any_of", "best_of")), {"p": True}, "按“自管”计分", "scored as “own”"),
    ("all_of", criterion(ROUTES.replace("any_of", "all_of")), {"p": True, "q": False}, "2项中1项达到，未达到：托管", "1 of 2 met; not met: hired"),
    ("all_of", criterion("all_of: [{title: 自管, title_en: own, when: p}, {title: 占比, title_en: share, measure: {percent: x, of: m, when_zero: not_applicable}, score: {yes_no: {at_least: 50}}}]"), {"p": True, "x": 0, "m": 0}, "2项中1项达到", "1 of 2 met"),
    ("sum", criterion("sum: [{title: 自管, points: 3, when: p}, {title: 托管, points: 2, when: q}]"), {"p": True, "q": True}, "2项中2项达到", "2 of 2 met"),
    ("exempt", criterion("yes_no: p", more=", exempt_when: q"), {"q": True}, "符合免检条件，计满分", "exempt, so full marks"),
    ("not_applicable", criterion("yes_no: p", more=", applies_when: q, not_applicable: full"), {"q": False}, "不适用，按满分计", "not applicable, so full marks"),
    ("not_applicable", criterion("yes_no: p", more=", applies_when: q, not_applicable: zero"), {"q": False}, "不适用，计0分", "not applicable: scores 0"),
    ("not_applicable", criterion("yes_no: p", more=", applies_when: q"), {"q": False}, "不适用，不计入，其余各项折算", "not applicable: left out, and the other items are reweighted"),
    ("sample_too_small", criterion("yes_no: {at_least: 3}", "{field: rate, sample: {size: x, at_least: 30, otherwise: 1}}"), {"rate": 90, "x": 29}, "样本29份，不足30份", "a sample of 29, fewer than the 30 required"),
    ("zero_when", criterion("yes_no: p", more=", zero_when: q"), {"p": True, "q": True}, "有规定计0分的情形，本项计0分", "scores 0, because a condition for 0 is met"),
    ("open", criterion("yes_no: p"), {}, "缺“有制度”", "“rules” is missing"),
    ("error", criterion("yes_no: {at_least: 3}", "{field: x}"), {"x": "错"}, "计分出错：TypeError: not a number: '错'", "scoring failed: TypeError: not a number: '错'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "pack", "facts", "zh", "en"), SENTENCES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_reason_reads_as_a_sentence(code: str, pack: Pack, facts: Facts, zh: str, en: str) -> None:
    assert item_of(pack, facts).reason.code == code
    assert said(pack, facts) == (zh, en)


def test_an_open_item_says_what_it_has_and_what_is_missing() -> None:
    assert said(criterion(CHECK), {"p": True}) == (
        "2项中具备1项，另有1项待定；缺“有人员”",
        "1 of 2 in place, 1 still open; “staff” is missing",
    )
    rows_open = criterion("per_item: {points: 2, for_each: 1}", "{count_rows: t, where: ok}", names="t")
    assert said(rows_open, {"t": rows({"ok": True}, {})})[0] == "计1行，每行得2分；缺“台账·合格”"


def test_after_the_deadline_it_says_that_it_was_not_handed_in() -> None:
    assert said(criterion("yes_no: p"), {}, closed=True) == (
        "截止未提供：缺“有制度”，计0分", "not handed in before the deadline: “rules” is missing; scores 0",
    )  # fmt: skip


def test_a_held_and_a_zeroed_item_name_the_rule() -> None:
    for effect, zh, en in (
        ("hold_item", "待核：“数字核对”没有核对上", "held for checking: the check “numbers” failed"),
        ("zero_item", "因“数字核对”计0分", "set to 0 by “numbers”"),
    ):
        text = f"checks: [{{id: r, title: 数字核对, title_en: numbers, when: q, effect: {{{effect}: place.d.c}}}}]"
        pack = make_pack("[{id: c, points: 5, asks: [p], score: {yes_no: p}}]", FIELDS, text)
        assert said(pack, {"p": True, "q": True}) == (zh, en)


@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_reads_as_a_sentence(cause: Cause) -> None:
    pack = criterion("yes_no: {at_least: 3}", "{field: x}")
    facts: Facts = {"x": Unknown((Why(cause, "x"),))}
    zh, en = said(pack, facts)
    assert cause not in zh + en
    assert "件数" in zh or "样本" in zh


def test_a_denominator_of_0_is_no_missing_fact() -> None:
    pack = criterion("yes_no: {at_least: 3}", "{percent: x, of: m, when_zero: unknown}")
    assert said(pack, {"x": 1, "m": 0}) == ("分母为0，无法计算", "cannot be computed: the denominator is 0")
    assert said(pack, {"x": 1}) == ("待检查员填写“检查员评分”", "the inspector has yet to fill in “Score”")


def test_a_document_is_named_by_its_title_and_quotes_do_not_nest() -> None:
    words = PackLabels.of(criterion("yes_no: p"), "zh")
    assert why_text(Why("missing_document", "《规约》“新版”"), words) == "缺材料《〈规约〉‘新版’》"
    assert why_text(Why("expired_document", "合同"), words) == "材料《合同》已过期"
    assert why_text(Why("numbers_disagree", "document:合同"), words) == "“合同”的几份记录互相矛盾"
    assert why_text(Why("needs_round", "place.d.c#0"), words) == "“指标”须与本批次其他单位比较才能判定"


def test_a_document_and_an_option_are_said_in_english_where_the_pack_has_it() -> None:
    fields = "size: {title: 规模, title_en: Size, type: choice, options: {big: 大, very_small: 小}, options_en: {big: large}}"
    own = "measure: {field: size}, score: {choice: {big: 5, very_small: 0}}"
    papers = "evidence: [{document: 合同, document_en: Contract}, {document: 台账}]"
    pack = make_pack(f"[{{id: c, title: 指标, title_en: criterion, points: 5, asks: [size], {own}, {papers}}}]", fields)
    zh, en = (PackLabels.of(pack, lang) for lang in LANGS)
    for subject in ("合同", "document:合同"):
        assert why_text(Why("missing_document", subject), en) == "the document “Contract” is missing"
        assert why_text(Why("expired_document", subject), zh) == "材料《合同》已过期"
    assert why_text(Why("missing_document", "台账"), en) == "the document “台账” is missing"
    pack = make_pack(f"[{{id: c, title: 指标, title_en: criterion, points: 5, asks: [size], {own}}}]", fields)
    assert said(pack, {"size": "big"}) == ("规模：大", "Size: large")
    assert said(pack, {"size": "very_small"}) == ("规模：小", "Size: very small")


# whole units

MANY = """
- {id: a, title: 甲, title_en: first, points: 6, asks: [rate], measure: {field: rate}, score: {linear: [{value: 0, points: 0}, {value: 100, points: 6}]},
   remedy: 再走访, remedy_en: visit again, evidence: [{document: 问卷}], clause: 第一条,
   basis: {from: article, quote: 引文, source: 某报, ours: 按比例}}
- {id: b, title: 乙, title_en: second, points: 4, asks: [p], score: {yes_no: p}, applies_when: p}
"""
RULES = """
vetoes: [{id: v, title: 否决项, title_en: veto rule, when: q, unknown: flag, effect: veto, waivable: true, say: 取消资格, say_en: barred}]
checks: [{id: c, title: 台账核对, title_en: log check, when: {any_row: t, where: ok}, say: "{row.ok}", say_en: "{row.ok}"}]
relations: [{id: third, title: 第三人, title_en: third one, use: third_inspector, say: "{field}：{a.value}与{b.value}", say_en: "{a.value} and {b.value}"}]
waivers: [{id: w, of: [vetoes.v]}]
"""
MANY_GRADES = "[{id: good, title: 达标, title_en: good, lines: [{of: base, at_least: 6}, {of: dimension.d, at_least_percent: 50}, {of: total, at_least: 1}]}]"


@pytest.fixture(scope="module")
def many() -> Pack:
    return make_pack(MANY, FIELDS, RULES, grades=MANY_GRADES)


PAPER = Document("问卷", number="文1", source=Source("f.yaml", line=3, column=5))


def explained(pack: Pack, facts: Facts, lang: Lang = "zh", **more: Any) -> Explained:
    case = make_case(pack, facts, documents=[PAPER], **more)
    return explain_unit(assess(plan_of(pack), case), pack, lang, case)


def test_a_unit_reads_from_the_verdict_down(many: Pack) -> None:
    unit = explained(many, {"rate": 100, "p": False, "q": False})
    assert (unit.verdict, unit.grade, unit.base, unit.bonus, unit.total) == ("通过", "达标", "10.00", "0.00", "10.00")
    assert unit.deciding == ("基础分10.00，达到6.00", "d10.00，达到5.00", "总分10.00，达到1.00")
    (dimension,) = unit.dimensions
    assert (dimension.points, dimension.full, dimension.note) == ("10.00", "10.00", "")
    assert dimension.lines == (ExplainedLine("折算", "+4.00", "实得6.00×满分10.00÷适用的满分6.00"),)
    first, second = dimension.items
    assert (first.title, first.outcome, first.points, first.full, first.clause) == (
        "甲",
        "达到",
        "6.00",
        "6.00",
        "第一条",
    )
    assert (first.basis, first.remedy, second.outcome) == ("报道；“引文”；某报；本项目所拟：按比例", "", "不适用")
    assert (first.evidence[0].label, first.evidence[0].value, first.evidence[0].source) == ("问卷", "文1", PAPER.source)


def test_a_unit_reads_in_english_too(many: Pack) -> None:
    unit = explained(many, {"rate": 50, "p": True}, "en")
    assert (unit.verdict, unit.grade, unit.base) == ("undetermined", "good", "7.00")
    assert unit.deciding == ("a veto is still to be ruled out: veto rule",)
    assert explained(many, {"rate": 50, "p": True}).deciding == ("否决项尚待核实：否决项",)
    assert unit.dimensions[0].items[0].remedy == "visit again"
    assert unit.findings[0] == ("to verify", "veto rule", "“staff” is missing")


def test_an_open_unit_shows_spans_and_open_lines(many: Pack) -> None:
    unit = explained(many, {"rate": 50, "q": True})
    assert (unit.base, unit.deciding) == ("3.00—7.00", ("一票否决：否决项",))
    waiting = explained(many, {"rate": 50, "q": False})
    assert waiting.deciding == ("基础分3.00—7.00，能否达到未定，线为6.00", "d3.00—7.00，能否达到未定，线为5.00")
    failing = explained(many, {"rate": 10, "p": False, "q": False})
    assert failing.deciding == ("基础分1.00，不足6.00", "d1.00，不足5.00")
    assert failing.grade == "未达等次"


def test_nothing_applicable_and_an_error_are_deciding_too() -> None:
    pack = make_pack("[{id: c, title: 指标, points: 5, asks: [p, q], score: {yes_no: p}, applies_when: q}]", FIELDS)
    unit = explained(pack, {"q": False})
    assert unit.deciding == ("没有任何适用的指标",)
    assert unit.dimensions[0].note == "整个维度不适用"
    wrong = criterion("yes_no: {at_least: 3}", "{field: x}")
    assert explained(wrong, {"x": "错"}).deciding[-1] == "“指标”计分出错"


def test_a_line_without_a_threshold_says_so() -> None:
    grades = "[{id: good, lines: [{of: base, at_least: {by: size, big: 3, small: 2}}]}]"
    pack = make_pack("[{id: c, points: 5, asks: [p], score: {yes_no: p}}]", FIELDS, grades=grades)
    assert explained(pack, {"p": True}).deciding == ("基础分5.00，分数线未定",)


def test_findings_say_what_was_found_verified_or_waived(many: Pack) -> None:
    hit = Hit("third", ("rate",), (("field", "rate"), ("a.value", "1"), ("b.value", "9")))
    facts: Facts = {"rate": 50, "p": True, "q": True, "t": rows({"ok": True}, {"ok": True})}
    unit = explained(many, facts, hits=[hit], waived=["vetoes.v"])
    assert unit.findings == (
        ("发现", "台账核对", "是；是"), ("发现", "第三人", "满意率：1%与9%"), ("已豁免", "否决项", "取消资格"),
    )  # fmt: skip


def test_a_sentence_says_so_where_a_value_is_not_known() -> None:
    text = 'checks: [{id: r, when: p, say: "有{x}件，{rate}", say_en: "{x} of {rate}"}]'
    pack = make_pack("[{id: c, points: 5, asks: [p], score: {yes_no: p}}]", FIELDS, text)
    assert explained(pack, {"p": True, "rate": 50}).findings == (("发现", "r", "有若干件，50"),)
    assert explained(pack, {"p": True, "x": 3}, "en").findings == (("found", "r", "3 of not known"),)


def test_every_kind_of_value_is_shown_as_evidence(many: Pack) -> None:
    seen = [
        Observation(n, v, "张三", "county", None, Source("f.yaml", line=9))
        for n, v in (("p", True), ("size", "big"), ("t", ()), ("x", half("2.5")))
    ]
    pack = criterion("yes_no: p")
    one = replace(next(leaves(pack.standard("place"))), asks=("p", "size", "t", "x", "rate"))
    case = make_case(pack)
    case = replace(case, facts={**case.facts, **{o.field: Fact(o.value, (o,)) for o in seen}})
    found = {
        lang: [e.value for e in explain_item(item_of(pack), one, PackLabels.of(pack, lang), 2, case).evidence]
        for lang in LANGS
    }
    assert found == {"zh": ["是", "大", "0行", "2.5件"], "en": ["yes", "big", "0 rows", "2.5 matters"]}
    assert explain_item(item_of(pack), one, PackLabels.of(pack, "zh"), 2, None).evidence == ()


# no bare codes


CODES = re.compile(r"\b[a-z]+_[a-z_]+\b|\bNone\b|\bTrue\b|\bFalse\b|\{|\}")


def texts(unit: Explained) -> Iterator[str]:
    yield from (unit.verdict, unit.grade, *unit.deciding)
    for dimension in unit.dimensions:
        yield dimension.note
        yield from (text for line in dimension.lines for text in (line.label, line.points, line.text))
        for item in dimension.items:
            yield from (item.outcome, item.reason, *item.missing)
    for finding in unit.findings:
        yield from finding


@pytest.mark.parametrize("lang", LANGS)
def test_no_explanation_of_the_default_pack_prints_a_code(
    sample: Sequence[Judged], default_pack: Pack, lang: Lang
) -> None:
    for one in sample[::4]:
        bare = replace(one.case, facts={n: f for n, f in one.case.facts.items() if hash_of(n) % 3}, closed=False)
        for case in (one.case, bare):
            unit = explain_unit(judge_again(default_pack, case), default_pack, lang, case)
            for text in texts(unit):
                assert not CODES.search(text), text
                assert lang == "en" or not re.search(r"[一-鿿][,;:!?]|[,;:!?][一-鿿]", text), text


def hash_of(name: str) -> int:
    return sum(map(ord, name))


def judge_again(pack: Pack, case: Any) -> Any:
    from meihao.assessment.plan import compile_plan

    return assess(compile_plan(pack, case.kind), case)


@pytest.mark.parametrize("table", [OUTCOME, VERDICT, CAUSE, EFFECT, NOT_YET])
def test_every_fixed_word_has_both_languages(table: Mapping[str, Any]) -> None:
    for label in table.values():
        assert label.zh
        assert label.en
        assert label.zh != label.en
    assert judge is not None


def test_a_class_that_no_field_gave_borrows_no_option_of_another_field() -> None:
    """A draft may score by what is not a choice field; another field that the criterion asks says nothing of it."""
    fields = """
    other: {title: 别的, title_en: Other, type: choice, options: {self: 自己的, verified: 别人的}}
    """
    pack = make_pack(
        "[{id: c, title: 指标, points: 5, asks: [other], measure: {field: stage}, score: {choice: {self: 5, verified: 2}}, "
        "applies_when: 'other == \"self\"'}]",
        fields,
    )
    zh, en = said(pack, {"other": "self"})
    assert (zh, en) == ("阶段：verified", "the stage: verified")
