"""A standard in words: what the score sheet prints, plus fields, examples and rules; narrowed to one field."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from meihao.reports.blank import score_sheet
from meihao.reports.papers import ScoreSheet
from meihao.standard.checking.fields import burden_of
from meihao.standard.describe import rule_text, scribe_of
from meihao.standard.model import Pack
from meihao.uses.read_standard import Examples, examples_of, standard_in_words
from meihao.uses.session import Opening, Session, open_session


@pytest.fixture(scope="module")
def session() -> Session:
    found, problems = open_session(Opening())
    assert found is not None, problems
    return found


@pytest.mark.parametrize("kind", ["village", "community", "compound"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_what_the_score_sheet_says(session: Session, kind: str, lang: str) -> None:
    spoken = replace(session, lang=lang)
    told = standard_in_words(spoken, kind)
    sheet = score_sheet(session.pack, kind, spoken.lang)
    assert isinstance(sheet, ScoreSheet)
    printed = [(row.number, row.title, row.full) for block in sheet.blocks for row in block.rows]
    assert [(c.number, c.title, c.points) for d in told.dimensions for c in d.criteria] == printed
    assert told.full == sheet.full == "100"
    assert told.grades == sheet.grades
    assert told.burden == burden_of(session.pack, kind)


def test_every_criterion_has_an_example_of_both_ways(session: Session) -> None:
    examples = examples_of(session)
    told = standard_in_words(session, "village", examples)
    rules = next(
        item for d in told.dimensions for item in d.criteria if item.id == "village.cogovernance.rules_awareness"
    )
    assert rules.examples == Examples("知晓率正好85%，满分", "知晓率正好60%，0分")
    lacking = [
        item.id for d in told.dimensions for item in d.criteria if not (item.examples.good and item.examples.bad)
    ]
    assert not lacking


def test_what_a_criterion_asks_stands_in_the_order_of_the_standard(session: Session) -> None:
    order = [field.id for field in session.pack.fields]
    told = standard_in_words(session, "compound")
    asked = [[order.index(field.id) for field in item.fields] for d in told.dimensions for item in d.criteria]
    assert max(map(len, asked)) > 2
    assert asked == [sorted(places) for places in asked]


def test_a_field_narrows_it_to_what_reads_it(session: Session) -> None:
    told = standard_in_words(session, "village").where("survey.aware")
    assert [item.id for d in told.dimensions for item in d.criteria] == ["village.cogovernance.rules_awareness"]
    assert [rule.id for found in told.rules.values() for rule in found] == ["checks.survey_aware"]
    assert told.bonuses == ()


def test_a_field_that_nothing_reads_leaves_nothing(session: Session) -> None:
    told = standard_in_words(session, "village").where("no.such.field")
    assert (told.dimensions, told.rules, told.bonuses) == ((), {}, ())


@pytest.mark.parametrize(
    ("rule", "lang", "said"),
    [
        ("eligibility.satisfaction_floor", "zh", "满意答卷数×100<有效答卷数×70的，不符合基本条件，不能参评（可以申请豁免）。"),
        (
            "vetoes.leader_violation", "zh",
            "评定日前1年内“案（事）件登记”中有类别=“主要负责人违纪违法”的记录，一票否决。",
        ),
        (
            "checks.roads_within", "en",
            "Where “Hardened length of these roads” > “Length of roads to village groups and homes”, "
            "“Share of roads to village groups and homes that is hardened” is held until it is checked.",
        ),
    ],
)  # fmt: skip
def test_a_rule_is_one_sentence(session: Session, rule: str, lang: str, said: str) -> None:
    pack: Pack = session.pack
    found = next(one for one in pack.rules if one.id == rule)
    spoken = replace(session, lang=lang).lang
    assert rule_text(found, {grade.id: grade.title[spoken] for grade in pack.grades}, scribe_of(pack, spoken)) == said
