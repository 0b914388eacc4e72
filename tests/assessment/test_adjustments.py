"""Proves that sums add up: items and lines are the node, dimensions and lines the base, entries and lines the bonus."""

from __future__ import annotations

import pytest
from tests.assessment.packs import half, judge, make_pack, rows
from tests.assessment.sums import FACTS, IF_ON, item, sums_pack

from meihao.assessment.explain.sums import ExplainedLine
from meihao.assessment.explain.unit import Explained, explain_unit
from meihao.assessment.results import Assessment
from meihao.core.numbers import Number
from meihao.core.problems import Lang
from meihao.evidence.model import Document
from meihao.standard.model import Pack

Pair = tuple[Number, Number]
LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return sums_pack()


def lines(a: Assessment) -> dict[tuple[str, str], Pair]:
    """Return the columns of each line by its kind and its node."""
    return {(one.kind, one.node): (one.lo, one.hi) for one in a.adjustments}


def test_every_way_to_add_up_has_its_line_and_the_figures_are_those_worked_out_by_hand(pack: Pack) -> None:
    """5 + 4 - 3, 0 + 1 + 6, 5 + 2 + 1, 3 + 5 - 2 and a zeroed item are 27 of the 41 that apply, so 30.29 of 46 and 36.23
    of 55 (30.29 x 55 / 46 = 36.2163); 8 and 2 of bonus are capped at 9."""
    a = judge(pack, FACTS)
    expected = {
        ("zeroed", "place.d"): half("0"),
        ("shared_gain", "place.d.gain"): half("-3"),  # 9 of at most 6
        ("shared_loss", "place.d.loss"): half("6"),  # 9 lost of at most 3
        ("weighted_mean", "place.d.mean"): half("1"),  # (2 x 5/5 + 1 x 2/5) / 3 x 10 = 8, the items are 7
        ("minimum", "place.d.least"): half("-2"),  # 3/5 x 10 = 6, the items are 8
        ("reweighted", "place.d"): half("3.29"),  # 27 x 46 / 41 = 30.2927
        ("reweighted", "place"): half("5.93"),
        ("bonus_cap", "bonus"): half("-1"),
    }
    assert lines(a) == {key: (value, value) for key, value in expected.items()}
    assert (a.node("place.d").lo, a.base_lo, a.bonus_lo, a.total_lo) == (half("30.29"), half("36.22"), 9, half("45.22"))
    prizes = a.bonuses[0]
    assert [(one.kind, one.lo) for one in prizes.adjustments] == [("matters_cap", -2)]  # two of 5 each, at most 8


def test_both_columns_have_their_own_line_where_points_are_open(pack: Pack) -> None:
    """b is 0 to 5: below the cap of 6 it changes nothing, above it takes 4; the mean is 10 x 2/3 to 10 of items 5 to 10."""
    a = judge(pack, {name: value for name, value in FACTS.items() if name not in ("b", "g")})
    assert a.item("place.d.gain.b").outcome == "unknown"
    assert lines(a)["shared_gain", "place.d.gain"] == (0, -4)
    assert lines(a)["weighted_mean", "place.d.mean"] == (half("1.67"), 0)


def test_a_zeroed_item_prints_0_and_its_line_says_what_it_had_and_why() -> None:
    rules = "{checks: [{id: bad, title: 弄虚作假, title_en: fraud, when: bad, effect: {zero_item: place.d.a}}]}"
    fields = "{a: {type: number, range: [0, 5]}, bad: {type: yes_no}}"
    pack = make_pack(f"[{item('a')}]", fields, rules)
    a = judge(pack, {"a": 3, "bad": True})
    assert (a.item("place.d.a").lo, a.item("place.d.a").before) == (0, (3, 3))
    assert explain_unit(a, pack, "zh").dimensions[0].lines == (
        ExplainedLine("清零", "0.00", "“指标a”原得3.00，因“弄虚作假”计0分"),
    )
    assert explain_unit(a, pack, "en").dimensions[0].lines == (
        ExplainedLine("set to 0", "0.00", "“item a” had 3.00; set to 0 by “fraud”"),
    )


def test_a_condition_of_zero_that_was_not_excluded_before_the_deadline_says_so() -> None:
    fields = "{a: {type: number, range: [0, 5]}, bad: {type: yes_no}}"
    pack = make_pack(f"[{item('a', ', zero_when: bad', ', bad')}]", fields)
    a = judge(pack, {"a": 3}, closed=True)
    assert explain_unit(a, pack, "zh").dimensions[0].lines == (
        ExplainedLine("清零", "0.00", "“指标a”原得3.00，截止时未排除计0分的情形"),
    )
    assert explain_unit(a, pack, "en").dimensions[0].lines == (
        ExplainedLine("set to 0", "0.00", "“item a” had 3.00; a condition that sets it to 0 was not excluded in time"),
    )


@pytest.mark.parametrize("lang", LANGS)
def test_the_sentences_of_the_lines(pack: Pack, lang: Lang) -> None:
    e = explain_unit(judge(pack, FACTS), pack, lang)
    assert [f"{one.label} {one.points} {one.text}" for one in all_lines(e)] == SAID[lang]
    assert e.bonuses[0].note == NOTE[lang]


def all_lines(e: Explained) -> list[ExplainedLine]:
    dimensions = [one for dimension in e.dimensions for one in dimension.lines]
    return [*dimensions, *e.base_lines, *e.bonus_lines, *e.total_lines]


SAID = {
    "zh": [
        "清零 0.00 “指标k”原得4.00，出现计0分的情形",
        "共用上限（组gain） -3.00 “指标a”“指标b”合计最高6.00分，超出的不计",
        "共扣上限（组loss） +6.00 “指标c”“指标e”合计最多扣3.00分，多扣的加回",
        "加权平均（组mean） +1.00 各项得分率按权重平均，乘满分10.00",
        "取最低（组least） -2.00 按“指标i”的得分率计，乘满分10.00",
        "折算 +3.29 实得27.00×满分46.00÷适用的满分41.00",
        "折算 +5.93 实得30.29×满分55.00÷适用的满分46.00",
        "加分上限 -1.00 加分合计最高9.00分，超出的不计",
    ],
    "en": [
        "set to 0 0.00 “item k” had 4.00; a condition sets it to 0",
        "shared cap (group gain) -3.00 “item a”, “item b”: at most 6.00 together",
        "shared cap of losses (group loss) +6.00 “item c”, “item e”: at most 3.00 lost together, the rest is given back",
        "weighted mean (group mean) +1.00 weighted mean of the shares, times 10.00",
        "lowest share (group least) -2.00 the share of “item i” counts, times 10.00",
        "reweighted +3.29 27.00 earned × 46.00 / 41.00 that apply",
        "reweighted +5.93 30.29 earned × 55.00 / 46.00 that apply",
        "bonus cap -1.00 at most 9.00 of bonus in all",
    ],
}
NOTE = {
    "zh": "乙 5.00；甲 5.00；本项最高8.00分，超出的不计 -2.00",
    "en": "乙 5.00; 甲 5.00; at most 8.00 for this entry -2.00",
}


def test_a_line_with_two_columns_prints_both(pack: Pack) -> None:
    facts = {name: value for name, value in FACTS.items() if name not in ("b", "i")} | {"j": 3}
    said = {one.label: one for one in all_lines(explain_unit(judge(pack, facts), pack, "zh"))}
    assert said["共用上限（组gain）"].points == "0.00至-4.00"
    assert said["取最低（组least）"] == ExplainedLine(  # 0 + 3 against 0; 5 + 3 against 3/5 x 10
        "取最低（组least）", "-3.00至-2.00", "最少按“指标i”、最多按“指标j”的得分率计，乘满分10.00"
    )


def test_an_open_item_under_a_cap_that_may_not_apply_has_a_line_of_its_own() -> None:
    """b takes 5 of the 6; if a applies it is 0 to 1 of 5, so the node 0 to 2 of 10; without a it is 10."""
    fields = "{a: {type: number, range: [0, 5]}, b: {type: number, range: [0, 5]}, ok: {type: yes_no}}"
    node = "{points: 10, aggregate: min, shared_caps: [{of: [b, a], gain_at_most: 6}]}"
    pack = make_pack(f"[{item('a', IF_ON, ', ok')}, {item('b')}]", fields, node=node)
    a = judge(pack, {"b": 5})
    assert [(one.kind, one.lo, one.hi) for one in a.adjustments] == [
        ("shared_gain", 0, -4),
        ("minimum", -5, -4),
        ("may_not_apply", 0, 8),
    ]
    zh, en = ({one.label: one.text for one in all_lines(explain_unit(a, pack, lang))} for lang in LANGS)
    assert zh["适用与否未定"] == "“指标a”是否适用未定，按最不利和最有利的情形计"
    assert en["may not apply"] == "whether “item a” applies is open: the least and the most of all cases"


def test_where_nothing_applies_the_base_is_wholly_open_and_says_so() -> None:
    pack = make_pack(f"[{item('a', IF_ON, ', ok')}]", "{a: {type: number, range: [0, 5]}, ok: {type: yes_no}}")
    zh, en = (explain_unit(judge(pack, {"ok": False}), pack, lang) for lang in LANGS)
    assert zh.base == en.base == "0.00—5.00"
    assert zh.base_lines == (ExplainedLine("没有适用的指标", "0.00至+5.00", "没有适用的指标，0分至满分都有可能"),)
    open_text = "no criterion applies: anything from 0 to full marks is possible"
    assert en.base_lines == (ExplainedLine("nothing applies", "0.00 to +5.00", open_text),)


def test_matters_that_are_open_or_lack_their_document_have_lines_inside_the_entry() -> None:
    columns = "{matter: {type: text}, level: {type: choice, options: {one: 一, two: 二}}}"
    fields = f"{{ok: {{type: yes_no}}, p: {{type: table, columns: {columns}}}}}"
    points = "points: {one: 5, two: 3}, evidence: [{document: 证书}]"
    entry = f"{{id: p, title: 表彰, at_most: 8, rows: p, matter: matter, level: level, {points}}}"
    pack = make_pack("[{id: c, points: 5, asks: [ok], score: {yes_no: ok}}]", fields, f"{{bonus: [{entry}]}}")
    facts = {"p": rows({"matter": "甲", "level": "two"}, {"matter": "乙"})}
    zh, en = (explain_unit(judge(pack, facts), pack, lang).bonuses[0].note for lang in LANGS)
    assert zh == "甲 3.00；待核实的事项 0.00至+5.00；缺证明材料，未计 -3.00至0.00"
    assert en == "甲 3.00; matters to be verified 0.00 to +5.00; a document is missing, not counted -3.00 to 0.00"
    shown = explain_unit(judge(pack, facts, documents=[Document("证书")]), pack, "zh")
    assert (shown.bonuses[0].points, shown.bonuses[0].note) == ("3.00—8.00", "甲 3.00；待核实的事项 0.00至+5.00")


def test_figures_printed_with_fewer_places_than_they_are_kept_with_have_a_line_for_the_rounding() -> None:
    """Three items of 0.333 are 0.999: printed 0.33 three times, and 1.00."""
    fields = "{" + ", ".join(f"{n}: {{type: number, range: [0, 5]}}" for n in "abc") + "}"
    pack = make_pack(f"[{item('a')}, {item('b')}, {item('c')}]", fields, places=3)
    assert pack.display_places == 2
    a = judge(pack, dict.fromkeys("abc", half("0.333")))
    assert a.adjustments == ()
    e = explain_unit(a, pack, "zh")
    assert e.dimensions[0].lines == (ExplainedLine("尾差", "+0.01", "各数印出时四舍五入"),)
    assert explain_unit(a, pack, "en").dimensions[0].lines[0].label == "rounding"


def test_a_negative_item_that_is_let_below_0_adds_up_like_any_other() -> None:
    free = item("a", ", unfloored: true").replace("{value: 0, points: 0}", "{value: 0, points: -3}")
    pack = make_pack(f"[{free}, {item('b')}]", "{a: {type: number, range: [0, 5]}, b: {type: number, range: [0, 5]}}")
    a = judge(pack, {"a": 0, "b": 2})
    assert (a.node("place.d").lo, a.adjustments) == (-1, ())
