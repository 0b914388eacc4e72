"""What forms ask for: every field once, in one record from which instruction and validation both come."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meihao.core.label import Label
from meihao.core.problems import LANGS, Source
from meihao.evidence.values import read_value
from meihao.forms import say
from meihao.forms.asked import Asked, ledgers, pages, template_digest, wanted_documents
from meihao.forms.style import height, sheet_names, wide
from meihao.forms.template import write_template
from meihao.forms.validation import number_format, rule, too_long
from meihao.standard.checking.fields import burden_of
from meihao.standard.model import NUMERIC, Field, FieldType, Pack, Role

from .template_books import KINDS, ROLES, line, opened, rule_of, text, with_discretion, with_field


@pytest.mark.parametrize("kind", KINDS)
def test_the_roles_together_are_asked_for_every_field_of_a_kind_exactly_once(default_pack: Pack, kind: str) -> None:
    asked: Counter[str] = Counter()
    for role in ROLES:
        asked.update(one.id for page in pages(default_pack, kind, role) for one in page.lines if one.required)
    assert asked == Counter(field.id for field in default_pack.fields if kind in field.kinds)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_no_form_asks_twice(default_pack: Pack, kind: str, role: Role) -> None:
    asked = [one.id for page in pages(default_pack, kind, role) for one in page.lines]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_applicant_owes_is_what_the_budget_of_the_standard_counts(default_pack: Pack, kind: str) -> None:
    own = [one for page in pages(default_pack, kind, "applicant") for one in page.lines]
    wanted = wanted_documents(default_pack, kind)
    budget = burden_of(default_pack, kind)
    assert sum(one.minutes for one in own) == budget.minutes
    assert {w.title for w in wanted if not w.optional} >= {
        want.title for one in own for want in one.documents if not want.optional
    }
    assert budget.files <= sum(not one.optional for one in wanted)


def test_a_field_that_two_dimensions_read_is_asked_in_the_first(default_pack: Pack) -> None:
    places = {one.id: page.id for page in pages(default_pack, "village", "applicant") for one in page.lines}
    assert places["households"] == "village.party"  # services, environment and satisfaction read it as well
    assert places["honours"] == "other"  # for the bonus alone


def test_a_document_stands_beside_one_field_only(default_pack: Pack) -> None:
    for kind in KINDS:
        shown = [
            (want.title, purpose.title.zh)
            for page in pages(default_pack, kind, "applicant")
            for one in page.lines
            for want in one.documents
            for purpose in one.purposes[:1]
        ]
        assert len(shown) == len(set(shown))


def test_an_inspector_sees_first_the_own_fields_then_those_to_verify_and_no_ledger(default_pack: Pack) -> None:
    for page in pages(default_pack, "compound", "inspector"):
        required = [one.required for one in page.lines]
        assert required == sorted(required, reverse=True)
        assert not ledgers((page,))


def test_a_judgement_wants_a_reason(default_pack: Pack) -> None:
    pack, field = with_discretion(default_pack, "compound")
    judged = [one.id for page in pages(pack, "compound", "inspector") for one in page.lines if one.reason]
    assert judged == [field]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_range_changes_the_instruction_and_the_validation_alike(default_pack: Pack, lang: str) -> None:
    narrower = with_field(default_pack, "households", lambda f: replace(f, range=(7, 77)))
    for pack, low, high, words in (
        (default_pack, 1, 20000, ("1到2万", "1 to 20,000")),
        (narrower, 7, 77, ("7到77", "7 to 77")),
    ):
        book = opened(write_template(pack, "compound", lang="en" if lang == "en" else "zh"))
        page, row = line(book, "households")
        test = rule_of(page, f"J{row}")
        said = words[lang == "en"]
        assert (test.type, test.formula1, test.formula2) == ("whole", str(low), str(high))
        assert said in text(book, "households", "allowed")
        assert said in test.error
    assert template_digest(default_pack, "compound", "applicant", "unit") != template_digest(
        narrower, "compound", "applicant", "unit"
    )


def test_the_digest_knows_neither_purposes_nor_titles(default_pack: Pack) -> None:
    renamed = with_field(default_pack, "households", lambda f: replace(f, title=Label("户", "H"), help=Label("!")))
    one, two = (template_digest(pack, "compound", "applicant", "unit") for pack in (default_pack, renamed))
    assert one == two
    assert one != template_digest(default_pack, "compound", "inspector", "unit")
    assert one != template_digest(default_pack, "compound", "applicant", "clerk")


@pytest.mark.parametrize(
    ("asked", "zh", "en", "example"),
    [
        (Asked("a", Label("数"), "count", range=(0, 10_000)), "0到1万的整数", "a whole number, 0 to 10,000", "120"),
        (Asked("a", Label("数"), "count", range=(3, 5)), "3到5的整数", "a whole number, 3 to 5", "4"),
        (Asked("a", Label("长"), "number", range=(Fraction(1, 10), 500)), "0.1到500的数，可以有小数",
         "a number, 0.1 to 500, decimals allowed", "120"),
        (Asked("a", Label("率"), "percent", range=(0, 100)), "0%到100%，带百分号，如85%",
         "0% to 100%, with the sign: 85%", "85%"),
        (Asked("a", Label("率"), "percent", range=(0, 50)), "0%到50%，带百分号，如10%",
         "0% to 50%, with the sign: 10%", "10%"),
        (Asked("a", Label("有"), "yes_no"), "选“是”或“否”", "choose yes or no", "是"),
        (Asked("a", Label("类"), "choice", options=(("x", Label("甲", "one")), ("y", Label("乙", "two")))), "从下拉中选：甲、乙",
         "choose from the list: one; two", "甲"),
        (Asked("a", Label("文"), "text", length_at_most=9), "文字，最多9字", "text of at most 9 characters", ""),
        (Asked("a", Label("日"), "date"), "日期，如2026-05-20", "a date such as 2026-05-20", "2026-05-20"),
    ],
)  # fmt: skip
def test_allowed_values_in_words(asked: Asked, zh: str, en: str, example: str) -> None:
    assert say.allowed(asked) == Label(zh, en)
    assert say.example(asked).zh == example


@pytest.mark.parametrize(
    ("kind", "range_", "shown"),
    [
        ("count", (0, 20_000), "120"), ("count", (0, 50), "10"), ("count", (0, 7), "2"), ("count", (1900, 2100), "1960"),
        ("count", (0, 1), "1"), ("count", (5, 5), "5"), ("count", (0, 200), "60"), ("number", (0, 1), "0.3"),
        ("money", (0, 10_000_000), "12000"), ("money", (0, 900), "300"), ("percent", (0, 200), "85%"),
        ("count", None, "120"),
    ],
)  # fmt: skip
def test_an_example_lies_inside_the_range_and_not_at_its_end(
    kind: FieldType, range_: tuple[int, int] | None, shown: str
) -> None:
    assert say.example(Asked("a", Label("数"), kind, range=range_)).zh == shown


@given(st.sampled_from(NUMERIC), st.integers(-1000, 10**9), st.integers(0, 10**9))
def test_every_derived_example_would_be_accepted(kind: FieldType, low: int, wide: int) -> None:
    field = Field("a", Label("数"), kind, ("village",), "applicant", range=(low, low + wide))
    text = say.example(Asked("a", Label("数"), kind, range=field.range)).zh
    assert read_value(text, field, Source())[0] is not None


def test_the_example_of_the_pack_goes_before_a_derived_one() -> None:
    assert say.example(Asked("a", Label("路"), "number", range=(0, 500), example=Fraction(63, 5))).zh == "12.6"
    assert say.example(Asked("a", Label("号"), "text", example="川A-001")) == Label("川A-001")


def test_every_example_of_the_starter_standard_would_be_accepted(default_pack: Pack) -> None:
    for kind in KINDS:
        for role in get_args(Role):
            for one in (one for page in pages(default_pack, kind, role) for one in page.lines):
                shown = say.example(one)
                assert bool(shown.zh) == (one.type != "table"), one.id
                for lang in LANGS if shown.zh else ():
                    value, problems = read_value(shown[lang], default_pack.field(one.id), Source())
                    assert value is not None, one.id
                    assert problems == ()


def test_a_dropdown_goes_to_the_hidden_sheet_only_where_it_does_not_fit() -> None:
    fits = ("甲" * 127, "乙" * 127)
    assert not too_long(fits)  # 255 with the comma
    assert too_long(("甲" * 128, "乙" * 127))
    assert too_long(("甲,乙",))


def test_texts_and_codes_are_forced_to_be_texts() -> None:
    assert number_format(Asked("a", Label("号"), "text")) == "@"
    assert number_format(Asked("a", Label("有"), "yes_no")) == "@"
    assert number_format(Asked("a", Label("数"), "count")) == "0"


def test_messages_fit_into_the_file_format() -> None:
    asked = Asked(
        "a", Label("很长的名称" * 20), "choice", options=tuple((f"o{n}", Label(f"选项{n}" * 9)) for n in range(30))
    )
    test = rule(asked, "zh", lambda entries: "=_lists!$A$1:$A$30", prompt=True)
    assert len(str(test["input_title"])) <= 32
    assert len(str(test["error_message"])) <= 255
    assert len(str(test["input_message"])) <= 255


def test_sheets_have_names_that_a_workbook_takes() -> None:
    names = sheet_names(["台账", "台账", "a/b:c*[d]?", "长" * 40, "长" * 40, "'", "Ab", "aB"])
    assert names[:3] == ("台账", "台账 2", "abcd")
    assert names[3] == "长" * 31
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 for name in names)


def test_a_name_too_long_for_a_sheet_keeps_whole_words() -> None:
    assert sheet_names(["Party leadership and organisation", "x" * 40]) == ("Party leadership and", "x" * 31)
    assert sheet_names(["twelve letters and eighteen now"]) == ("twelve letters and eighteen now",)  # 31, all of it


def test_a_row_is_as_high_as_its_longest_text() -> None:
    assert [height("汉" * n, 10, 15) for n in (0, 4, 5)] == [15, 15, 30]  # 9.4 of 10 are filled
    assert height("一\n二", 10, 15) == 30


def test_words_are_not_broken_unless_a_line_is_too_short_for_one() -> None:
    assert height("seven letters", 8, 15) == 30
    assert height("one two three", 9, 15) == 30  # "one two " and "three"
    assert height("one twelve", 8, 15) == 30  # ten characters, yet two lines
    assert height("abcdefghijkl", 5, 15) == 45
    assert height("编号abcdef", 7, 15) == 30


@given(st.text("ab 汉，", max_size=60), st.integers(4, 40))
def test_a_row_is_never_lower_than_its_text_without_any_waste(text: str, columns: int) -> None:
    assert height(text, columns, 1) >= -(-wide(text.rstrip()) // columns) - text.count(" ")
