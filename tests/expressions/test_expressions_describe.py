"""Expressions in words: as an author writes them, and as a Chinese or an English reader wants to read them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.expressions.samples import NAMES, tree
from tests.expressions.trees import trees

from meihao.core.problems import Lang
from meihao.expressions.describe import (
    atoms,
    describe,
    fields_read,
    findings_read,
    formula,
    items_read,
    labels_of,
    settings_read,
)
from meihao.expressions.tree import ColumnValue, Constant, Expr, FieldValue, Lookup, Not

LOOKUP = Lookup(FieldValue("property.route"), (("company", Constant(95)),), Constant(90))
OTHERS = {
    "zh": {"village.safety.fire": "消防", "checks.dirty": "环境脏乱", "outcome=met": "达标"},
    "en": {"village.safety.fire": "Fire safety", "checks.dirty": "Dirt", "outcome=met": "met"},
}


def words(expr: Expr, lang: Lang, table: str = "") -> str:
    return describe(expr, labels_of(NAMES.fields, lang, OTHERS[lang]), lang, table)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("households >= 30", "总户数≥30", "households ≥ 30"),
        ("30 < households <= 50.5", "30<总户数≤50.5", "30 < households ≤ 50.5"),
        ('property.route == "company"', "物业方式=“专业物业”", "property route = “专业物业”"),
        ('name != "company"', "名称≠“company”", "name ≠ “company”"),
        (
            'property.route in ("company", "residents")',
            "物业方式属于（“专业物业”、“居民自管”）",
            "property route is one of (“专业物业”, “居民自管”)",
        ),
        ("rate not in (1, -2)", "收费率不属于（1、−2）", "rate is none of (1, −2)"),
        ("old and not old", "老旧小区=是且老旧小区=否", "old = yes and old = no"),
        ("old", "老旧小区", "old"),
        (
            "(old or rate > 1) and old",
            "（老旧小区=是或收费率>1）且老旧小区=是",
            "(old = yes or rate > 1) and old = yes",
        ),
        ("not (rate > 1 or rate < 0)", "不满足（收费率>1或收费率<0）", "not (rate > 1 or rate < 0)"),
        ("true != old", "是≠老旧小区", "yes ≠ old"),
        (
            "-(1 + rate) * 2 - (3 - rate) / 4",
            "−（1+收费率）×2−（3−收费率）÷4",
            "−(1 + rate) × 2 − (3 − rate) ÷ 4",
        ),
        ("max(1, rate)", "（1、收费率）中最大者", "the greatest of (1, rate)"),
        ("min(1, rate)", "（1、收费率）中最小者", "the least of (1, rate)"),
        ("ceil(rate)", "向上取整（收费率）", "(rate) rounded up"),
        ("floor(rate)", "向下取整（收费率）", "(rate) rounded down"),
        ("abs(rate)", "绝对值（收费率）", "the absolute value of (rate)"),
        (
            "days(built, reference_date) < 365",
            "从建成日期到评定日不满365天",
            "from built to the reference date it is less than 365 days",
        ),
        (
            "days(built, reference_date) >= 1",
            "从建成日期到评定日满1天",
            "from built to the reference date it is at least 1 day",
        ),
        ("days(built, reference_date)", "从建成日期到评定日的天数", "the days from built to the reference date"),
        ('built < "2026-01-01"', "建成日期<2026-01-01", "built < 2026-01-01"),
        ('stage == "verified"', "阶段=“核验”", "the stage = “verified”"),
        ('region == "a"', "所在地区=“a”", "the region = “a”"),
        ("count(lifts)", "“电梯台账”的行数", "the rows of “lifts”"),
        ("count(lifts, where=ok)", "“电梯台账”中满足（合格=是）的行数", "the rows of “lifts” where (passed = yes)"),
        ("count(lifts.code)", "“电梯台账”中不同的设备代码数", "the different values of lift code in “lifts”"),
        (
            "count(lifts.code, where=not ok)",
            "“电梯台账”中满足（合格=否）的不同的设备代码数",
            "the different values of lift code in “lifts” where (passed = no)",
        ),
        ("sum(lifts.load)", "“电梯台账”的载重合计", "the sum of load in “lifts”"),
        (
            'sum(lifts.load, where=level == "major")',
            "“电梯台账”中满足（等级=“重大”）的载重合计",
            "the sum of load in “lifts” where (level = “重大”)",
        ),
        ("any_row(lifts)", "“电梯台账”有记录", "“lifts” has a row"),
        ("not any_row(lifts)", "“电梯台账”没有记录", "“lifts” has no row"),
        ("any_row(lifts, where=ok)", "“电梯台账”有满足（合格=是）的记录", "“lifts” has a row where (passed = yes)"),
        (
            "not any_row(lifts, where=ok)",
            "“电梯台账”没有满足（合格=是）的记录",
            "“lifts” has no row where (passed = yes)",
        ),
        (
            'any_row(children, where=verdict == "passed")',
            "“下级单位”有满足（结论=“通过”）的记录",
            "“units below” has a row where (verdict = “passed”)",
        ),
        ('points("village.safety.fire") >= 3', "“消防”的得分≥3", "the points of “Fire safety” ≥ 3"),
        ('outcome("village.safety.fire") == "met"', "“消防”的结果=“达标”", "the outcome of “Fire safety” = “met”"),
        (
            'finding("checks.dirty") or not finding("checks.dirty")',
            "触发“环境脏乱”或未触发“环境脏乱”",
            "“Dirt” fired or “Dirt” did not fire",
        ),
    ],
)
def test_words_for_readers(text: str, zh: str, en: str) -> None:
    assert words(tree(text), "zh") == zh
    assert words(tree(text), "en") == en


def test_a_lookup_in_words() -> None:
    assert words(LOOKUP, "zh") == "按物业方式：专业物业95，其他90"
    assert words(LOOKUP, "en") == "by property route: 专业物业 95, otherwise 90"
    assert formula(LOOKUP) == "{by: property.route, company: 95, otherwise: 90}"
    assert formula(Lookup(FieldValue("name"), (("a", Constant(1)),), None)) == "{by: name, a: 1}"


def test_a_where_alone_takes_its_labels_from_its_table() -> None:
    assert words(Not(ColumnValue("ok")), "zh", "lifts") == "合格=否"
    assert words(ColumnValue("ok"), "zh") == "ok"


@pytest.mark.parametrize(
    "text",
    [
        "households >= 30 and not (old or rate > 1)",
        "(old or old) or old",
        "(old and old) and old",
        "not not old",
        "(1 < rate) == old",
        "rate - (1 - 2) - 3 / (rate / 2) * -rate",
        "-(-rate)",
        "--rate",
        "(households + 1) * 2 in (1, -2.5)",
        "name == 'a \"b\"'",
        "any_row(lifts, where=households < unit.households and unit.region == 'a')",
        "count(log.tickets.code, where=code in ('x',))",
        'built < date("2026-01-01")',
        "true",
    ],
)
def test_a_formula_reads_back_as_the_same_tree(text: str) -> None:
    assert tree(formula(tree(text))) == tree(text)


@settings(max_examples=200, deadline=None)
@given(trees("truth"))
def test_every_tree_has_words_and_a_formula(expr: Expr) -> None:
    assert formula(expr)
    assert words(expr, "zh")
    assert words(expr, "en")


def test_what_an_expression_reads() -> None:
    text = (
        'any_row(lifts, where=load > unit.rate) and count(children) > 1 and stage == "self" and built < reference_date'
        ' and points("village.safety.fire") > 1 and finding("checks.dirty") and region == "a"'
    )
    assert fields_read(tree(text)) == ("built", "children", "lifts", "rate")
    assert items_read(tree(text)) == ("village.safety.fire",)
    assert findings_read(tree(text)) == ("checks.dirty",)
    assert settings_read(tree(text)) == ("reference_date", "region", "stage")
    assert fields_read(LOOKUP) == ("property.route",)
    assert settings_read(LOOKUP) == ()


def test_atoms_are_the_smallest_truths_in_written_order_each_once() -> None:
    expr = tree('(old or rate > 1) and not (finding("checks.dirty") or old) and any_row(lifts, where=ok and not ok)')
    assert [formula(atom) for atom in atoms(expr)] == [
        "old",
        "rate > 1",
        'finding("checks.dirty")',
        "any_row(lifts, where=ok and not ok)",
    ]
