"""Proves that every measure and score is said in words, in both languages, with every number that counts."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from msgspec.structs import replace

from meihao.core.calendar import Duration
from meihao.core.numbers import Number, plain
from meihao.core.problems import Lang
from meihao.core.text import Label
from meihao.expressions.tree import Comparison, Constant, Expr, FieldValue, Lookup
from meihao.methods.cohort import SmallGroup
from meihao.methods.measures.against_mean import AgainstMean
from meihao.methods.measures.change_from import ChangeFrom
from meihao.methods.measures.count_rows import CountRows
from meihao.methods.measures.field import FieldMeasure
from meihao.methods.measures.index import Index
from meihao.methods.measures.per import Per
from meihao.methods.measures.percent import Percent
from meihao.methods.measures.percent_of_log import Deadline, PercentOfLog
from meihao.methods.measures.percent_of_rows import PercentOfRows
from meihao.methods.measures.rank_in_round import RankInRound
from meihao.methods.menu import Score
from meihao.methods.method import Part
from meihao.methods.sample import sample_text
from meihao.methods.scores.bands import Band, Bands
from meihao.methods.scores.checklist import CheckItem, Checklist
from meihao.methods.scores.choice import Choice
from meihao.methods.scores.combine import Combine
from meihao.methods.scores.deduct import Deduct
from meihao.methods.scores.deduct_from_target import DeductFromTarget
from meihao.methods.scores.discretion import Discretion
from meihao.methods.scores.linear import Linear
from meihao.methods.scores.per_item import PerItem
from meihao.methods.scores.yes_no import YesNo
from meihao.standard.describe import Scribe, bonus_text, document_text, grade_text, scribe_of, tell
from meihao.standard.model import Criterion, DocumentWanted, Measure, Pack, Sample, leaves
from meihao.standard.model.reads import records

LANGS: tuple[Lang, ...] = ("zh", "en")
ONE, HALF = Constant(1), Constant(Fraction(1, 2))
HOUSEHOLDS, TERRAIN = FieldValue("households"), FieldValue("terrain")
SHARE = Percent(FieldValue("toilets.sanitary"), HOUSEHOLDS)
SPOTS = FieldMeasure(FieldValue("public.untidy_spots"))
MEETINGS = CountRows("activities", Comparison(FieldValue("x"), (("==", ONE),)), each="quarter")
BY_TERRAIN = Lookup(
    TERRAIN, (("plain", Constant(90)), ("hill", Constant(80)), ("mountain", Constant(80))), Constant(70)
)


@pytest.fixture(scope="module", params=LANGS)
def say(request: pytest.FixtureRequest, default_pack: Pack) -> Scribe:
    return scribe_of(default_pack, request.param)


def criteria(pack: Pack) -> list[Criterion]:
    return [item for _, root in pack.standards for item in leaves(root)]


def whole(item: Criterion, say: Scribe) -> tuple[str, ...]:
    told = tell(item, say)
    return tuple(line for line in (told.measure, *told.score, *told.conditions) if line)


def test_every_shipped_criterion_is_said_in_whole_sentences(default_pack: Pack, say: Scribe) -> None:
    stops = ("。", "：") if say.lang == "zh" else (".", ":")
    for item in criteria(default_pack):
        lines = whole(item, say)
        assert lines, item.id
        assert all(line.endswith(stops) and line.strip() == line for line in lines), item.id
        assert not [line for line in lines if re.search(r"[a-z]\.[a-z_]|Constant|\{|_", line)], item.id


def test_english_words_hold_no_chinese(default_pack: Pack) -> None:
    say = scribe_of(default_pack, "en")
    found = [
        line for item in criteria(default_pack) for line in whole(item, say) if re.search(r"[\u3400-\u9fff]", line)
    ]
    assert not found


def numbers_in(score: object) -> set[Number]:
    """The numbers of a record's own edges and points; those inside conditions may be dates or codes."""
    found: set[Number] = set()
    for record in records(score):
        for name in ("edges", "points", "anchors", "lose", "for_each", "at_most", "target", "base", "gain"):
            found |= set(_constants(getattr(record, name, None)))
    return found


def _constants(value: object) -> list[Number]:
    if isinstance(value, Constant) and isinstance(value.value, Number) and not isinstance(value.value, bool):
        return [value.value]
    return [n for part in value for n in _constants(part)] if isinstance(value, tuple) else []


def test_every_edge_and_every_mark_of_a_score_stands_in_its_words(default_pack: Pack, say: Scribe) -> None:
    for item in criteria(default_pack):
        text = " ".join(whole(item, say))
        missing = [n for n in numbers_in(item.score) - {1} if plain(n) not in text]
        assert not missing, (item.id, missing, text)


SCORES: tuple[tuple[Score, Measure | None, str, str], ...] = (
    (
        YesNo(edges=(("at_least", Constant(40)),)),
        SHARE,
        "不低于40%，得5分；否则得0分",
        "at least 40%: 5 points; otherwise 0 points",
    ),
    (
        Bands((Band((("more_than", Constant(2)), ("at_most", Constant(4))), Constant(3)), Band((), Constant(0)))),
        SPOTS,
        "超过2处且不高于4处的得3分；其余得0分",
        "more than 2 spots and at most 4 spots: 3 points; otherwise: 0 points",
    ),
    (
        Bands((Band((("at_least", BY_TERRAIN),), Constant(1)),)),
        SHARE,
        "不低于（平原90%，丘陵、山区80%，其他70%）的得1分",
        "at least (plain 90%, hills, mountains 80%, otherwise 70%): 1 point",
    ),
    (
        Linear(((Constant(40), Constant(0)), (Constant(90), Constant(5)))),
        SHARE,
        "40%及以下得0分；90%及以上得5分；其间按比例",
        "40% or less: 0 points; 90% or more: 5 points; in proportion between",
    ),
    (
        Linear(((Constant(0), Constant(0)), (Constant(3), Constant(5)))),
        SPOTS,
        "0处得0分；3处及以上得5分；其间按比例",
        "0 spots: 0 points; 3 spots or more: 5 points; in proportion between",
    ),
    (
        PerItem(HALF, ONE, "floor", Constant(3)),
        SPOTS,
        "每处得0.5分；最多得3分",
        "0.5 points for each spot; at most 3 points",
    ),
    (
        PerItem(ONE, Constant(10), "floor", None),
        SHARE,
        "每10个百分点得1分；不足10个百分点的不计",
        "1 point for each 10 percentage points; less than 10 percentage points does not count",
    ),
    (
        Deduct(HALF, Constant(2), "ceil", Constant(4)),
        SPOTS,
        "满分5分，每2处扣0.5分；不足2处的按2处计；最多扣4分",
        "from 5 points, 0.5 points off for each 2 spots; less than 2 spots counts as 2; at most 4 points off",
    ),
    (
        DeductFromTarget(Constant(95), HALF, ONE, "ceil"),
        SHARE,
        "95%及以上得5分；每低1个百分点扣0.5分；不足1个百分点的按1个百分点计；扣完为止",
        "95% or more: 5 points; 0.5 points off for each percentage point below; less than 1 percentage point counts as 1; "
        "down to 0 points",
    ),
    (
        DeductFromTarget(Constant(10), ONE, ONE, "prorata", "above", Constant(4), HALF, ONE, Constant(20)),
        SPOTS,
        "10处及以下得4分；每高1处扣1分；每低1处加0.5分，最多加1分；不足1处的按比例计；高于20处得0分；扣完为止",
        "10 spots or less: 4 points; 1 point off for each spot above; 0.5 points more for each spot below, at most 1 point more; "
        "less than 1 spot counts in proportion; above 20 spots: 0 points; down to 0 points",
    ),
    (
        Choice((("plain", Constant(2)), ("hill", Constant(0)))),
        FieldMeasure(TERRAIN),
        "“平原”得2分；“丘陵”得0分",
        "plain: 2 points; hills: 0 points",
    ),
    (
        Discretion(ONE, Constant(7)),
        FieldMeasure(HOUSEHOLDS),
        "检查员在1至7分之间评定，须写明理由",
        "the inspector gives 1 to 7 points, with a written reason",
    ),
    (
        YesNo(when=FieldValue("waste.posted")),
        None,
        "清运安排已公示，得5分；否则得0分",
        "“The collection plan is posted”: 5 points; otherwise 0 points",
    ),
)


@pytest.mark.parametrize(("score", "measure", "zh", "en"), SCORES, ids=[type(row[0]).__name__ for row in SCORES])
def test_each_way_of_scoring_has_its_sentence(
    score: Score, measure: Measure | None, zh: str, en: str, say: Scribe
) -> None:
    assert score.lines(measure, 5, say) == (say.pick(zh, en),)


ITEM = CheckItem(Label("容器", "containers"), FieldValue("waste.containers"))
LISTS: tuple[tuple[Checklist, str, str], ...] = (
    (
        Checklist((ITEM,) * 3, lookup=((2, Constant(2)), (3, Constant(4)))),
        "共3项，3项得4分；2项得2分；不到2项得0分",
        "3 things are checked; 3 earn 4 points; 2 earn 2 points; fewer than 2 earn 0 points",
    ),
    (Checklist((ITEM,) * 2, each=ONE), "共2项，每有1项得1分", "2 things are checked; each earns 1 point"),
    (
        Checklist((ITEM,) * 2, lose=ONE),
        "共2项，满分4分，每缺1项扣1分，扣完为止",
        "2 things are checked; from 4 points, 1 point off for each that is missing, down to 0 points",
    ),
)


@pytest.mark.parametrize(("score", "zh", "en"), LISTS)
def test_a_checklist_says_how_it_counts_and_then_its_items(score: Checklist, zh: str, en: str, say: Scribe) -> None:
    first, second, *rest = score.lines(None, 4, say)
    assert first == say.pick(zh, en)
    assert second == say.pick(
        "① 容器：垃圾容器数量够用、完好", "① containers: “There are enough waste containers in good condition”"
    )
    assert len(rest) == len(score.items) - 1


def test_parts_within_parts_have_numbers_of_another_kind(say: Scribe) -> None:
    inner = Combine("any_of", (Part(Label("甲", "A"), ONE, FieldValue("waste.posted")),))
    outer = Combine("sum", (Part(Label("外", "outer"), ONE, score=inner), Part(Label("乙", "B"), ONE, ITEM.when)))
    lines = outer.lines(None, 2, say)
    assert [line[0] for line in lines[1:]] == ["①", "②"]
    assert "(1) " in lines[1]
    assert lines[2] == say.pick(
        "② 乙：垃圾容器数量够用、完好，得1分", "② B: “There are enough waste containers in good condition”, 1 point"
    )


@pytest.mark.parametrize(
    ("how", "otherwise", "zh", "en"),
    [
        ("any_of", "zero", "几种都符合的取最高分", "the highest counts"),
        ("best_of", "zero", "取得分最高的一项", "the best of these counts"),
        ("sum", "zero", "相加", "added up"),
        ("all_of", "zero", "有一项不到的得0分", "otherwise 0 points"),
        ("all_of", "lowest", "取最低一项的得分", "the lowest of them counts"),
    ],
)
def test_a_combinator_says_how_its_parts_count(how: str, otherwise: str, zh: str, en: str, say: Scribe) -> None:
    score = Combine(how, (Part(Label("甲", "A"), ONE, ITEM.when),), otherwise)  # type: ignore[arg-type]  # both from the menu
    assert say.pick(zh, en) in score.lines(None, 3, say)[0]


WITHIN = Duration(1, "years")
MEASURES: tuple[tuple[Measure, str, str], ...] = (
    (
        SHARE,
        "使用无害化卫生厕所的户数占总户数的百分比",
        "“Households with a hygienic sanitary toilet” as a percentage of “Households”",
    ),
    (
        Percent(HOUSEHOLDS, HOUSEHOLDS, when_zero=100),
        "总户数占总户数的百分比（分母为0时按100计）",
        "“Households” as a percentage of “Households” (if the denominator is 0, it counts as 100)",
    ),
    (
        PercentOfRows("grids", Comparison(FieldValue("households"), ((">=", Constant(30)),))),
        "“微网格台账”里，总户数≥30的记录占的百分比",
        "of the rows of “Register of micro-grids”, the percentage where “Households” ≥ 30",
    ),
    (
        PercentOfLog("closed_loop", WITHIN, Duration(30, "days"), "refused", (), False, "not_applicable"),
        "“工单台账”里（评定日前1年内开始的，最近30天内开始的不计）各步齐全、逐日在后的记录占的百分比（分母为0时不适用）",
        (
            "of the entries of “Ticket log” (Seven-step closed loop), begun within 1 year before the reference date, "
            "those of the last 30 days left out, the percentage with every step done, each on a later day "
            "(if the denominator is 0, it is not applicable)"
        ),
    ),
    (
        PercentOfLog(
            "closed_loop", deadlines=(Deadline("collected", "reported", Duration(15, "days")),), only_deadlines=True
        ),
        "“工单台账”里从问题采集到工单反馈不超过15天的记录占的百分比",
        (
            "of the entries of “Ticket log” (Seven-step closed loop), the percentage with at most 15 days from "
            "“Collected” to “Reported back”"
        ),
    ),
    (
        CountRows("activities", dated="date", look_back=WITHIN),
        "评定日前1年内“会议和活动台账”中记录条数",
        "the number of rows of “Meetings and activities” within 1 year before the reference date",
    ),
    (
        CountRows("activities", distinct="kind"),
        "“会议和活动台账”中不同类别数",
        "the number of different values of “Kind” of “Meetings and activities”",
    ),
    (Per(Constant(1000), HOUSEHOLDS, HOUSEHOLDS), "每1000总户数的总户数", "“Households” per 1000 of “Households”"),
    (
        ChangeFrom(HOUSEHOLDS, HOUSEHOLDS, "number"),
        "总户数比总户数增加的数",
        "the increase of “Households” over “Households”",
    ),
    (
        RankInRound(HOUSEHOLDS, "lowest", "region", "percent", SmallGroup(3, 50)),
        "总户数在本批次所在地区相同的同类单位中由低到高的名次百分比（不足3个的按50）",
        (
            "the place of “Households” among the units of the kind in the round with the same region, lowest "
            "first, as a percentage (with fewer than 3 units: counts as 50)"
        ),
    ),
    (
        AgainstMean(HOUSEHOLDS),
        "总户数减本批次同类单位平均值的差（不足2个的待定）",
        "“Households” less the mean of the units of the kind in the round (with fewer than 2 units: undetermined)",
    ),
    (
        Index(HOUSEHOLDS, "low", "terrain"),
        "总户数在本批次地形相同的同类单位中的指数（最低的100，最高的0）（不足2个的待定）",
        (
            "the index of “Households” among the units of the kind in the round with the same “Terrain” (100 for "
            "the lowest, 0 for the other end) (with fewer than 2 units: undetermined)"
        ),
    ),
)


@pytest.mark.parametrize(("measure", "zh", "en"), MEASURES, ids=[type(row[0]).__name__ for row in MEASURES])
def test_each_measure_has_its_phrase(measure: Measure, zh: str, en: str, say: Scribe) -> None:
    assert measure.text(say) == say.pick(zh, en)


def test_a_sample_says_its_size_and_what_happens_below_it(say: Scribe) -> None:
    zero: Expr = FieldValue("survey.answered")
    assert sample_text(Sample(zero, Constant(50)), say) == say.pick(
        "样本（有效答卷数）不少于50份，不足的待定",
        "the sample (“Valid answers”) must be at least 50 answers; if it is smaller: undetermined",
    )
    assert sample_text(Sample(zero, Constant(50), 0), say).endswith(
        say.pick("不足的得0分", "if it is smaller: 0 points")
    )


def test_a_document_says_what_is_asked_of_its_dates(say: Scribe) -> None:
    want = DocumentWanted(Label("台账"), valid_on_reference=True, valid_for=WITHIN, optional=True)
    assert document_text(want, say) == say.pick(
        "台账（评定日有效，1年内，有就交）", "台账 (valid on the reference date, of the last 1 year, if there is one)"
    )
    assert document_text(DocumentWanted(Label("台账")), say) == "台账"


def test_grades_and_bonuses_are_said_with_their_figures(default_pack: Pack, say: Scribe) -> None:
    low, high = (grade_text(grade, {}, say) for grade in default_pack.grades)
    assert low == say.pick(
        "达标：基础分不低于80分，每个维度不低于60%。",
        "qualified: the base at least 80 points, every dimension at least 60%.",
    )
    assert "90" in high
    honours = bonus_text(default_pack.bonuses[0], say)
    assert honours == say.pick(
        "评定日前3年内“荣誉和试点”中类别=“示范命名和表彰”的每个事项按最高级别计一次：国家级5分；省级3分；市级1分；最多8分。",
        "Rows of “Honours and pilots” where “Category” = “title or honour” within 3 years before the reference date, each matter "
        "once at its highest level: national 5 points; provincial 3 points; city 1 point; at most 8 points.",
    )


def test_a_criterion_tells_measure_score_and_conditions_in_order(default_pack: Pack) -> None:
    say = scribe_of(default_pack, "zh")
    survey = next(item for item in criteria(default_pack) if item.id == "village.satisfaction.survey")
    told = tell(survey, say)
    assert told.measure == "满意答卷数占有效答卷数的百分比（分母为0时待定）。"
    assert told.score == ("90%及以上得5分；每低1个百分点扣0.5分；不足1个百分点的按比例计；扣完为止。",)
    assert told.conditions == (
        "须由2名检查员分别查看，不足2名的待定。",
        "样本（有效答卷数）不少于（50、总户数）中最小者，不足的待定。",
    )


def test_a_unit_without_english_is_left_out_of_english_sentences(default_pack: Pack) -> None:
    bare = tuple(replace(f, measured_in=Label(f.measured_in.zh)) for f in default_pack.fields)
    say = scribe_of(replace(default_pack, fields=bare), "en")
    score = Bands((Band((("at_most", Constant(1)),), Constant(3)), Band((), Constant(0))))
    assert score.lines(SPOTS, 5, say) == ("at most 1: 3 points; otherwise: 0 points",)
    assert score.lines(SPOTS, 5, scribe_of(default_pack, "en")) == ("at most 1 spot: 3 points; otherwise: 0 points",)
