"""Proves that the tiny pack arrives in the model as it was written: order, exact numbers, links, passes, waivers, tiers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace
from tests.standard.tiny_pack import TINY, changed, load, load_and_check, tiny, tiny_files

from meihao.core.calendar import Duration
from meihao.core.text import Label
from meihao.expressions.tree import Comparison, Constant, FieldValue, ItemValue, Lookup, Rows, Setting
from meihao.expressions.walk import REGION
from meihao.methods.measures.per import Per
from meihao.methods.measures.percent import Percent
from meihao.methods.measures.percent_of_log import PercentOfLog
from meihao.methods.measures.percent_of_rows import PercentOfRows
from meihao.methods.scores.bands import Bands
from meihao.methods.scores.combine import Combine
from meihao.methods.scores.deduct_from_target import DeductFromTarget
from meihao.methods.scores.linear import Linear
from meihao.standard.cache import cached_pack
from meihao.standard.model import Ceiling, Criterion, GradeLine, Node, Rule, Sample, Seats, SharedCap, TieKey, leaves
from meihao.standard.model.parts import titles_of_documents, wanted_of
from meihao.standard.reading.links import line_addresses


def item(name: str) -> Criterion:
    pack = tiny()
    return next(item for _, root in pack.standards for item in leaves(root) if item.id == name)


def rule(name: str) -> Rule:
    return next(rule for rule in tiny().rules if rule.id == name)


def test_the_folder_and_its_files_give_the_same_pack() -> None:
    read = cached_pack(TINY, None)
    assert (read.pack, read.said) == (tiny(), ())


def test_the_head_is_read() -> None:
    pack = tiny()
    assert (pack.id, pack.edition, pack.status, pack.issued_by) == ("tiny", "1", "draft", "")
    assert pack.title == Label("小标准", "tiny standard")
    assert (pack.item_places, pack.display_places, pack.base, pack.bonus_at_most) == (2, 2, 10, 2)
    assert pack.when_closed_zero
    assert pack.pass_grade == "qualified"


def test_dimensions_stand_in_the_order_of_the_pack() -> None:
    village = tiny().standard("village")
    assert village.points == 10
    assert [node.id for node in village.children] == ["village.services", "village.satisfaction"]


def test_without_an_order_dimensions_stand_by_file_name() -> None:
    files = changed("pack.yaml", "  village: [services, satisfaction]\n", "")
    pack, problems = load(files)
    assert pack is not None
    assert problems == ()
    assert [node.id for node in pack.standard("village").children] == ["village.satisfaction", "village.services"]


def test_groups_lengthen_the_address() -> None:
    assert [leaf.id for leaf in leaves(tiny().standard("village"))] == [
        "village.services.clinic",
        "village.services.grids",
        "village.services.response.closed_loop",
        "village.services.response.speed",
        "village.satisfaction.survey",
        "village.satisfaction.impression",
        "village.satisfaction.routes",
    ]


def test_shared_caps_name_whole_addresses() -> None:
    services = tiny().standard("village").children[0]
    assert isinstance(services, Node)
    group = services.children[2]
    assert isinstance(group, Node)
    both = ("village.services.response.closed_loop", "village.services.response.speed")
    assert group.shared_caps == (SharedCap(both, gain_at_most=2),)


def test_numbers_are_exact() -> None:
    bands = item("village.services.response.closed_loop").score
    assert isinstance(bands, Bands)
    assert bands.rows[1].points == Constant(Fraction(1, 2))
    assert bands.rows[2].edges == ()


def test_a_number_may_be_looked_up_by_class() -> None:
    score = item("village.services.grids").score
    looked_up = Lookup(FieldValue("terrain"), (("plain", Constant(60)), ("hill", Constant(40))), None)
    assert score == Linear(((looked_up, Constant(0)), (Constant(100), Constant(2))))


@pytest.mark.parametrize(
    ("written", "by"),
    [
        ('{by: region, "990100": 60, otherwise: 40}', FieldValue(REGION)),
        ("{by: stage, self: 60, verified: 40}", Setting("stage")),
    ],
)
def test_region_and_stage_are_classes_too(written: str, by: FieldValue | Setting) -> None:
    files = changed("criteria/village/services.yaml", "{by: terrain, plain: 60, hill: 40}", written)
    files = changed("criteria/village/services.yaml", "asks: [grids, terrain]", "asks: [grids]", files)
    pack, problems = load(files)
    assert pack is not None
    assert problems == ()
    score = next(leaf for leaf in leaves(pack.standard("village")) if leaf.id.endswith("grids")).score
    assert isinstance(score, Linear)
    assert isinstance(score.anchors[0][0], Lookup)
    assert score.anchors[0][0].by == by


def test_measures_are_read() -> None:
    assert isinstance(item("village.services.grids").measure, PercentOfRows)
    assert item("village.services.response.closed_loop").measure == PercentOfLog(
        "closed_loop", started_within=Duration(1, "years"), when_zero="unknown"
    )
    assert item("village.services.response.speed").measure == Per(
        Constant(100), Rows("count", "tickets"), FieldValue("households")
    )
    assert item("community.satisfaction.survey").measure == Percent(
        FieldValue("survey.satisfied"), FieldValue("survey.answered"), "unknown"
    )


def test_a_survey_knows_its_least_size() -> None:
    sample = item("village.satisfaction.survey").sample
    assert isinstance(sample, Sample)
    assert sample.size == FieldValue("survey.answered")
    assert sample.otherwise == "unknown"


def test_a_target_keeps_what_is_not_written_unset() -> None:
    score = item("village.satisfaction.survey").score
    assert score == DeductFromTarget(Constant(90), Constant(Fraction(1, 2)), Constant(1), "prorata")


def test_routes_may_read_other_items() -> None:
    score = item("village.satisfaction.routes").score
    assert isinstance(score, Combine)
    assert score.how == "any_of"
    clinic = ItemValue("points", "village.services.clinic")
    assert score.parts[0].when == Comparison(clinic, ((">=", Constant(1)),))
    assert score.parts[1].points == Constant(Fraction(1, 2))
    assert score.parts[1].evidence[0].title == Label("巡诊记录")


def test_documents_say_when_they_must_be_valid() -> None:
    (document,) = item("village.services.clinic").evidence
    assert (document.title, document.valid_on_reference, document.optional) == (Label("批复文件"), True, False)


def test_a_check_that_holds_an_item_acts_before_points() -> None:
    assert rule("checks.survey_parts").before_points
    assert rule("checks.survey_parts").effect.target == "village.satisfaction.survey"


@pytest.mark.parametrize("name", ["eligibility.satisfaction_floor", "vetoes.accident", "checks.two_troubles"])
def test_gates_vetoes_and_caps_act_after_points(name: str) -> None:
    assert not rule(name).before_points


@pytest.mark.parametrize(
    ("when", "before"),
    [
        ("households > 10", True),
        ('finding("checks.survey_parts")', True),
        ('finding("vetoes.accident")', False),
        ('points("village.services.clinic") < 1', False),
    ],
)
def test_a_rule_without_effect_acts_as_early_as_it_can(when: str, before: bool) -> None:
    old = 'finding("checks.survey_parts") and points("village.services.clinic") < 1'
    files = changed("rules/rules.yaml", old, when)
    files = changed("rules/rules.yaml", "effect: {cap_grade: qualified}", "effect: none", files)
    pack, _ = load(files)
    assert pack is not None
    assert next(rule for rule in pack.rules if rule.id == "checks.two_troubles").before_points is before


def test_lines_are_named_by_their_figure() -> None:
    qualified, model = tiny().grades
    assert qualified.lines == (
        GradeLine("base", "base", Constant(6), False),
        GradeLine("every_dimension", "every_dimension", Constant(50), True),
    )
    assert [line.id for line in model.lines] == ["base", "dimension.satisfaction"]


def test_a_line_of_every_dimension_is_waived_dimension_by_dimension() -> None:
    assert line_addresses(tiny().grades[0], ["services", "satisfaction"]) == (
        "grades.qualified.base",
        "grades.qualified.every_dimension.services",
        "grades.qualified.every_dimension.satisfaction",
    )


def test_tiers_run_from_the_outermost_in() -> None:
    pack = tiny()
    (profile,) = pack.profiles
    assert pack.default_profile == "nested"
    assert profile.ties == (
        TieKey("higher", "percent_of", "dimension.satisfaction"),
        TieKey("higher", "base"),
        TieKey("fewer", "findings", "major"),
    )
    hundred, ten, later = profile.tiers
    assert hundred.seats == (
        Seats("county", "largest_remainder", "passed", 1, 30, "to_the_list"),
        Seats("province", "dhondt", "households"),
    )
    assert ten.seats == (Seats("county", "largest_remainder", "passed", 0, 3, "empty"),)
    assert ten.ceilings == (Ceiling("township", 2),)
    assert (later.pending, later.places, later.requires) == (Label("尚无标准", "no standard yet"), 0, "")


def test_bonuses_know_their_levels() -> None:
    honours, large = tiny().bonuses
    assert honours.by_level == (("province", 2), ("city", 1))
    assert honours.look_back == Duration(3, "years")
    assert (large.points, large.rows) == (1, None)


def test_places_point_into_the_files() -> None:
    assert str(item("village.services.clinic").source) == "criteria/village/services.yaml:8:9"
    assert str(tiny().field("terrain").source) == "criteria/fields.yaml:11:3"


def test_the_digest_is_of_the_bytes_and_of_nothing_else() -> None:
    pack = tiny()
    other, _ = load(changed("reports/templates/page.html", "title", "name"))
    assert other is not None
    assert other.digest != pack.digest
    assert replace(other, digest=pack.digest) == pack
    again, _ = load(dict(reversed(tuple(tiny_files().items()))))
    assert again == pack


def test_a_warning_does_not_stop_the_pack() -> None:
    pack, problems = load(changed("criteria/village/services.yaml", "asks: [clinic]", "asks: [clinic, households]"))
    assert pack is not None
    assert [problem.code for problem in problems] == ["S038"]


def test_fields_may_stand_in_several_files() -> None:
    more = "fields:\n  spare: {title: 备用, type: text, kinds: [village], provided_by: applicant}\n"
    pack, problems = load({**tiny_files(), "criteria/fields_more.yaml": more.encode()})
    assert pack is not None
    assert problems == ()
    assert pack.fields[-1].id == "spare"


def test_english_of_options_units_and_documents_stands_beside_the_chinese() -> None:
    files = changed("criteria/fields.yaml", "hill: 丘陵}\n", "hill: 丘陵}\n    options_en: {hill: hill country}\n")
    files = changed("criteria/fields.yaml", "measured_in: 户\n", "measured_in: 户\n    measured_in_en: homes\n", files)
    paper = "{document: 批复文件, document_en: Approval, "
    files = changed("criteria/village/services.yaml", "{document: 批复文件, ", paper, files)
    pack, problems = load_and_check(files)
    assert pack is not None
    assert problems == ()
    assert pack.field("terrain").options == (("plain", Label("平原", "plain")), ("hill", Label("丘陵", "hill country")))
    assert pack.field("households").measured_in == Label("户", "homes")
    assert next(want.title for want in wanted_of(pack, "village")) == Label("批复文件", "Approval")
    assert titles_of_documents(pack, "village") == {"Approval": "批复文件"}


def test_without_english_an_option_reads_as_its_code_units_and_documents_in_chinese() -> None:
    files = changed("criteria/fields.yaml", "city: 市级}", "city: 市级, home_town: 县级}")
    pack, problems = load(files)
    assert pack is not None, problems
    assert pack.field("honours").columns[1].options[2] == ("home_town", Label("县级", "home town"))
    assert pack.field("households").measured_in["en"] == "户"
    assert titles_of_documents(pack, "village") == {}
    assert titles_of_documents(pack, "nowhere") == {}


def test_an_example_is_a_value_of_the_field() -> None:
    shown = {f.id: f.example for f in tiny().fields if f.example is not None}
    assert shown == {}
    for text, value in (("1", 1), ("5000", 5000), ("12", 12)):
        files = changed("criteria/fields.yaml", "range: [1, 5000]\n", f"range: [1, 5000]\n    example: {text}\n")
        pack, problems = load(files)
        assert pack is not None, problems
        assert pack.field("households").example == value
