"""Templates as other programs read them: validations, locks, live states with their values, print, prefilled values."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl.utils import get_column_letter

from meihao.core.label import NO, YES, Label
from meihao.core.problems import Source
from meihao.evidence.child_sheets import DOCUMENTS as DOCUMENT_WORDS
from meihao.evidence.child_sheets import REGISTER
from meihao.evidence.columns import Finder, HeadingWords, find_headings, take_field
from meihao.evidence.model import Document, Observation, Row, UnitEvidence, Value
from meihao.evidence.unit_rows import WIDE
from meihao.evidence.values import read_value
from meihao.evidence.xlsx_file import read_xlsx
from meihao.forms.layout import (
    CLERK_HEADING_ROW,
    COVER,
    COVER_INPUTS,
    DOCUMENTS,
    FIRST_ROW,
    HEADING_ROW,
    ITEMS,
    LINES,
    LISTS,
    MARK,
    MARK_KEYS,
    NOTES,
    UNITS,
    column,
)
from meihao.forms.template import template_digest, write_template
from meihao.round.model import Region, Round
from meihao.round.roster import Enrolled
from meihao.standard.model import Field, Pack, Role

from .template_books import KINDS, ROLES, line, lines, opened, rule_of, saved, text, with_discretion, with_field

VALUE, STATE = column("value"), column("state")


def evidence(
    kind: str, *facts: tuple[str, Value], role: Role = "applicant", documents: tuple[Document, ...] = ()
) -> UnitEvidence:
    """Return last evidence of a unit."""
    seen = tuple(Observation(name, value, "张三", role, date(2025, 5, 20), Source()) for name, value in facts)
    return UnitEvidence("0007", kind, "示例小区", "07", seen, documents)


def refilled(pack: Pack, *facts: tuple[str, Value], **more: Any) -> bytes:
    unit = evidence("compound", *facts, **more)
    return write_template(pack, "compound", unit="0007", prefill=(unit,), on=date(2026, 6, 30))


# ---- what is in it


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_every_line_knows_its_field_whatever_the_role(default_pack: Pack, kind: str, role: Role) -> None:
    book = opened(write_template(default_pack, kind, role))
    found = [name for name, _, _ in lines(book)]
    own = {field.id for field in default_pack.fields if kind in field.kinds and field.provided_by == role}
    assert own <= set(found)
    assert len(found) == len(set(found))
    assert all(page.column_dimensions["A"].hidden for _, page, _ in lines(book))


def test_sheets_stand_in_their_order_with_the_cover_first(default_pack: Pack) -> None:
    book = opened(write_template(default_pack, "compound"))
    assert book.sheetnames[:2] == [COVER.zh, NOTES.zh]
    assert book.sheetnames[-3:] == [DOCUMENTS.zh, MARK, LISTS]
    assert {"会议和活动台账", "电梯台账", "服务设施台账", "荣誉和试点"} <= set(book.sheetnames)
    assert book.active.title == COVER.zh
    assert [book[name].sheet_state for name in (MARK, LISTS)] == ["veryHidden"] * 2


def test_the_mark_says_which_form_of_which_edition_it_is(default_pack: Pack) -> None:
    round_ = Round("r-2026", Label("一批"), date(2026, 6, 30), False, "self")
    book = opened(write_template(default_pack, "compound", "inspector", round_=round_, unit="0007"))
    mark = dict(book[MARK].iter_rows(values_only=True))
    assert tuple(mark) == MARK_KEYS
    assert mark["pack_digest"] == default_pack.digest
    assert mark["template_digest"] == template_digest(default_pack, "compound", "inspector", "unit")
    assert (mark["kind"], mark["role"], mark["form"], mark["round"], mark["unit"]) == (
        "compound", "inspector", "unit", "r-2026", "0007",
    )  # fmt: skip


def test_the_cover_says_what_this_is_and_what_to_do_first(default_pack: Pack) -> None:
    page = opened(write_template(default_pack, "compound"))[COVER.zh]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    digest = template_digest(default_pack, "compound", "applicant", "unit").removeprefix("sha256:")
    assert texts[1].startswith("第一步：")
    assert default_pack.title.zh in texts
    assert default_pack.edition in texts
    assert "由委员会填写" in texts  # issued_by
    assert digest[:12] in texts
    ids = [page.cell(row, 1).value for row in range(1, page.max_row + 1) if page.cell(row, 1).value]
    assert ids == [cell.id for cell in COVER_INPUTS]


def burden(pack: Pack, kind: str, role: Role, lang: Any = "zh") -> str:
    return str(opened(write_template(pack, kind, role, lang=lang)).worksheets[0]["B3"].value)


def test_a_cover_counts_what_this_form_asks_of_this_role(default_pack: Pack) -> None:
    assert burden(default_pack, "compound", "applicant").startswith("一共24项，大约61分钟。")
    assert burden(default_pack, "village", "inspector").startswith("必填11项，大约61分钟；另有23项选填，核实用。")
    assert burden(default_pack, "village", "inspector", "en").startswith(
        "11 items, about 61 minutes; 23 more may be filled in to verify. "
    )
    assert burden(default_pack, "village", "county", "en").startswith(
        "2 items, about 2 minutes; 23 more may be filled in to verify. "
    )


def test_a_cover_says_nothing_of_minutes_where_the_standard_does_not_know_them_of_every_item(
    default_pack: Pack,
) -> None:
    assert burden(default_pack, "village", "registry").startswith("一共4项。")
    pack = with_field(default_pack, "cases.this_year", lambda field: replace(field, minutes=0))
    assert burden(pack, "village", "county").startswith("必填2项；另有23项选填，核实用。")


def test_a_unit_that_the_title_names_is_not_said_twice_in_english(default_pack: Pack) -> None:
    book = opened(write_template(default_pack, "village", form="clerk", lang="en"))
    heads = [cell.value for cell in book[UNITS.en][CLERK_HEADING_ROW]]
    assert {"Households", "Households with a Party contact", "Hardened length of these roads (km)"} <= set(heads)
    known = HeadingWords(WIDE, tuple(f for f in default_pack.fields if "village" in f.kinds))
    finder = Finder(known)
    assert [head for head in heads[:-2] if finder.find(head) is None] == []


def test_the_column_of_units_is_as_wide_as_the_longest(default_pack: Pack) -> None:
    for lang, least in (("zh", 6), ("en", len("organisations") + 2)):
        book = opened(write_template(default_pack, "village", lang=lang))  # type: ignore[arg-type]  # one of the two
        page, _ = line(book, "households")
        assert page.column_dimensions[get_column_letter(column("measured_in"))].width == pytest.approx(least, abs=1)


@pytest.mark.parametrize("kind", KINDS)
def test_english_forms_have_no_chinese_anywhere(default_pack: Pack, kind: str) -> None:
    for role in ROLES:
        for form in ("unit", "clerk"):
            book = opened(write_template(default_pack, kind, role, form, lang="en"))
            found = [(page.title, one) for page in book if page.title != MARK for one in words_of(page)]
            assert [one for one in found if re.search("[一-鿿，。：；（）“”]", one[1].replace("“Allowed”", ""))] == []


def words_of(page: Any) -> Iterator[str]:
    """Yield everything that a sheet says: cells, dropdowns, messages, name, footer."""
    yield from (cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str))
    for rule in page.data_validations.dataValidation:
        words = (rule.formula1, rule.error, rule.errorTitle, rule.prompt, rule.promptTitle)
        yield from (word for word in words if isinstance(word, str))
    yield from (page.title, str(page.oddFooter.left.text), str(page.oddFooter.right.text))


def test_english_sheets_have_english_headings(default_pack: Pack) -> None:
    book = opened(write_template(default_pack, "compound", "inspector", lang="en"))
    assert book.sheetnames[:2] == [COVER.en, NOTES.en]
    assert [cell.value for cell in book.worksheets[2][HEADING_ROW]] == [cell.label.en for cell in LINES]
    clerk = opened(write_template(default_pack, "village", "inspector", "clerk", lang="en"))
    heads = [cell.value for cell in clerk[UNITS.en][CLERK_HEADING_ROW]]
    assert heads[:7] == ["Unit code", "Kind", "Name", "Region", "By", "Role", "Date"]
    heads = [cell.value for cell in clerk[DOCUMENTS.en][HEADING_ROW]]
    assert heads == ["Unit code", "Title", "Number", "Issuer", "Date", "Valid to", "Proves", "Sha256", "Errors"]


# ---- validations


def test_validations_are_those_of_the_fields(default_pack: Pack) -> None:
    book = opened(write_template(default_pack, "compound"))

    def rule(field: str) -> Any:
        page, row = line(book, field)
        return rule_of(page, f"J{row}")

    assert (rule("owners.filed").type, rule("owners.filed").formula1) == ("list", '"是,否"')
    assert rule("party_org.state").formula1 == '"已批复,已申请,未申请"'
    assert (rule("fees.due").type, rule("fees.due").formula2) == ("decimal", "1000000000")
    assert (rule("green.rate").formula1, rule("green.rate").formula2) == ("0", "1")
    assert rule("green.rate").error == "绿地率：0%到100%，带百分号，如32%"
    assert rule("lifts").formula1 == '"无"'
    page = book["电梯台账"]
    assert [rule_of(page, f"{c}3").type for c in "ABC"] == ["textLength", "date", "textLength"]
    assert rule_of(page, f"A{FIRST_ROW + 499}").promptTitle == "设备代码"
    titles = rule_of(book[DOCUMENTS.zh], "A3")
    assert titles.errorStyle == "warning"  # another document may be handed in as well
    assert titles.formula1.startswith((f"{LISTS}!", '"'))


def test_a_long_dropdown_comes_from_the_hidden_sheet(default_pack: Pack) -> None:
    options = tuple((f"o{n}", Label(f"很长的选项第{n}号")) for n in range(60))
    pack = with_field(default_pack, "property.route", lambda f: replace(f, options=options))
    book = opened(write_template(pack, "compound"))
    page, row = line(book, "property.route")
    sheet, area = rule_of(page, f"J{row}").formula1.split("!")
    assert sheet == LISTS
    assert [cell.value for (cell,) in book[LISTS][area.replace("$", "")]] == [label.zh for _, label in options]


def test_every_input_is_open_and_everything_else_locked(default_pack: Pack) -> None:
    for role in ROLES[:2]:
        book = opened(write_template(default_pack, "compound", role))
        for page in book:
            assert page.protection.sheet
            assert page.protection.password is None
        for _, page, row in lines(book):
            unlocked = [n for n in range(1, len(LINES) + 1) if not page.cell(row, n).protection.locked]
            assert unlocked == [column(word) for word in ("value", "date", "reason", "errors")]
            assert all(cell.protection.locked for cell in page[HEADING_ROW])


def test_ledgers_filter_and_sort_though_they_are_protected(default_pack: Pack) -> None:
    page = opened(write_template(default_pack, "compound"))["电梯台账"]
    assert page.auto_filter.ref == f"A2:D{FIRST_ROW + 499}"
    assert (page.protection.sort, page.protection.autoFilter) == (False, False)  # what is false is not forbidden
    assert not any(page.cell(row, n).protection.locked for row in range(FIRST_ROW, 30) for n in range(1, 5))
    assert all(not page.column_dimensions[c].protection.locked for c in "ABCD")  # and so are the rows below


# ---- states and counts


def states(data: bytes) -> dict[str, str]:
    return {name: page.cell(row, STATE).value for name, page, row in lines(opened(data, values=True))}


def test_an_empty_form_is_open_everywhere(default_pack: Pack) -> None:
    data = write_template(default_pack, "compound")
    assert set(states(data).values()) == {"○ 待填"}
    cover = opened(data, values=True)[COVER.zh]
    total = next(row for row in cover.iter_rows(values_only=True) if row[1] == "合计")
    assert total[2:6] == (24, 0, 24, "○ 还差24项")


def test_what_was_handed_in_is_held_and_counted(default_pack: Pack) -> None:
    lift: Row = {"code": "=1+1", "inspected_until": date(2027, 1, 31)}
    data = refilled(
        default_pack, ("households", 120), ("green.rate", Fraction(61, 2)), ("owners.filed", True),
        ("lifts", (lift, {"code": "007"})), ("honours", ()), ("property.route", "company"),
    )  # fmt: skip
    found = states(data)
    assert {name for name, state in found.items() if state == "◆ 已有"} == {
        "households", "green.rate", "owners.filed", "property.route",
    }  # fmt: skip
    assert found["lifts"] == "◆ 已有2行"
    assert found["honours"] == "√ 无"
    book = opened(data)
    assert text(book, "households", "value") == 120
    assert text(book, "green.rate", "value") == 0.305
    assert text(book, "owners.filed", "value") == "是"
    assert text(book, "property.route", "value") == "专业机构进驻"
    assert text(book, "honours", "value") == "无"
    assert text(book, "households", "held") == "2025-05-20张三填，没有变就不用改"
    cover = opened(data, values=True)[COVER.zh]
    total = next(row for row in cover.iter_rows(values_only=True) if row[1] == "合计")
    assert total[2:6] == (24, 6, 18, "○ 还差18项")
    assert opened(data, values=True)["电梯台账"]["D1"].value == 2


def test_a_prefilled_text_that_looks_like_a_formula_stays_a_text(default_pack: Pack) -> None:
    data = refilled(default_pack, ("lifts", ({"code": "=1+1"}, {"code": "http://x"}, {"code": "007"})))
    sheets, problems = read_xlsx(data, "a.xlsx")
    ledger = next(sheet for sheet in sheets if sheet.name == "电梯台账")
    assert [ledger.value(row, 1) for row in range(FIRST_ROW, FIRST_ROW + 3)] == ["=1+1", "http://x", "007"]
    assert not [place for place in ledger.formulas if place[0] >= FIRST_ROW]
    assert not problems


def test_a_last_value_outside_todays_range_wants_a_look(default_pack: Pack) -> None:
    narrower = with_field(default_pack, "households", lambda f: replace(f, range=(1, 100)))
    assert states(refilled(narrower, ("households", 100)))["households"] == "◆ 已有"
    assert states(refilled(narrower, ("households", 101)))["households"] == "！ 请核对"


def test_documents_are_held_as_long_as_they_are_valid(default_pack: Pack) -> None:
    day = date(2026, 6, 30)
    documents = (
        Document("楼栋长名册", "1号", "社区", date(2025, 1, 1), day, ("households",)),
        Document("议事规则", "2号", "社区", date(2025, 1, 1), date(2026, 6, 29)),
        Document("物业费收缴报表", "3号", "物业", date(2024, 6, 30)),  # two years before the day: no longer
        Document("公共收支公示"),
    )
    book = opened(refilled(default_pack, documents=documents))
    page = book[DOCUMENTS.zh]
    held = [page.cell(row, 1).value for row in range(FIRST_ROW, FIRST_ROW + 4)]
    assert held == ["楼栋长名册", "公共收支公示", None, None]
    assert page.cell(FIRST_ROW, 6).value == "总户数"
    notes = opened(refilled(default_pack, documents=documents), values=True)[NOTES.zh]
    said = {row[1]: (row[4], row[5]) for row in notes.iter_rows(values_only=True)}
    assert said["楼栋长名册"] == ("1号 有效期至2026-06-30", "◆ 已有")
    assert said["议事规则"][1] == "○ 待交"
    assert said["物业费收缴报表"][1] == "○ 待交"


def test_an_inspectors_form_shows_nothing_of_what_the_applicant_gave(default_pack: Pack) -> None:
    unit = evidence("compound", ("households", 4711), ("lifts", ({"code": "L-4711"},)))
    data = write_template(default_pack, "compound", "inspector", unit="0007", prefill=(unit,))
    assert data == write_template(
        default_pack, "compound", "inspector", unit="0007", prefill=(replace(unit, observations=()),)
    )
    assert set(states(data).values()) == {"○ 待填", "－ 选填"}


def test_a_judgement_without_its_reason_is_not_filled(default_pack: Pack) -> None:
    pack, field = with_discretion(default_pack, "compound")
    book = opened(write_template(pack, "compound", "inspector"))
    page, row = line(book, field)
    assert f'TRIM($L{row})=""' in page.cell(row, STATE).value
    assert "必填" in page.cell(HEADING_ROW, column("reason")).value


# ---- print, names, bytes


@pytest.mark.parametrize("kind", KINDS)
def test_the_notes_are_printed_at_full_size(default_pack: Pack, kind: str) -> None:
    units, clerks = (opened(write_template(default_pack, kind, form=form))[NOTES.zh] for form in ("unit", "clerk"))
    assert units.max_row <= 40 < clerks.max_row
    assert [page.page_setup.fitToHeight for page in (units, clerks)] == [0, 0], "as many as it takes, at full size"


@pytest.mark.parametrize("form", ["unit", "clerk"])
def test_sheets_print_on_a4_with_titles_edition_and_digest(default_pack: Pack, form: Any) -> None:
    digest = template_digest(default_pack, "compound", "applicant", form).removeprefix("sha256:")[:12]
    for page in opened(write_template(default_pack, "compound", form=form)):
        if page.sheet_state != "visible":
            continue
        way = "portrait" if page.title == COVER.zh else "landscape"
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, way)
        assert digest in page.oddFooter.left.text
        assert default_pack.edition in page.oddFooter.left.text
        if page.title not in (COVER.zh, NOTES.zh):
            assert page.print_title_rows
            assert page.freeze_panes


@pytest.mark.parametrize("form", ["unit", "clerk"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_input_gives_the_same_bytes(default_pack: Pack, form: Any, lang: Any) -> None:
    one, two = (write_template(default_pack, "village", form=form, lang=lang) for _ in range(2))
    assert one == two


def test_a_kind_that_the_standard_has_not_is_a_key_error(default_pack: Pack) -> None:
    with pytest.raises(KeyError):
        write_template(default_pack, "hamlet")


# ---- what is filled in is what is read


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_headings_of_ledgers_and_documents_are_those_that_the_reader_knows(
    default_pack: Pack, kind: str, lang: Any
) -> None:
    sheets, _ = read_xlsx(write_template(default_pack, kind, form="clerk", lang=lang), "a.xlsx")
    titles = {f.title[lang]: f for f in default_pack.fields if f.type == "table" and f.provided_by == "applicant"}
    ledgers = [sheet for sheet in sheets if sheet.name in titles]
    assert ledgers
    for sheet in (*ledgers, next(s for s in sheets if s.name == DOCUMENTS[lang])):
        table = titles.get(sheet.name)
        words = HeadingWords(REGISTER, table=table) if table else HeadingWords(DOCUMENT_WORDS)
        headings, problems = find_headings(_without_errors(sheet), words)
        assert headings is not None, problems
        if table:
            assert {c.column for c in headings.columns} - {""} == {c.id for c in table.columns}


def _without_errors(sheet: Any) -> Any:
    """Return a sheet without the column for errors, which the import passes over."""
    rows = tuple(tuple(None if cell in ("错误信息", "Errors") else cell for cell in row) for row in sheet.rows)
    return replace(sheet, rows=rows)


def test_the_clerks_columns_are_named_by_hidden_ids_above_the_titles(default_pack: Pack) -> None:
    page = opened(write_template(default_pack, "village", form="clerk"))[UNITS.zh]
    ids = [cell.value for cell in page[3] if cell.value]
    own = [f.id for f in default_pack.fields if "village" in f.kinds and f.provided_by == "applicant"]
    assert page.row_dimensions[3].hidden
    assert ids[:4] == ["code", "kind", "name", "region"]
    assert sorted(ids[6:]) == sorted(own)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_field_filled_in_with_its_least_and_greatest_value_reads_back(
    default_pack: Pack, kind: str, lang: Any
) -> None:
    """The round trip of every cell: typed as an office program stores it, read by the readers of evidence."""
    fields = {f.id: f for f in default_pack.fields}
    for last in (False, True):
        wanted: dict[str, Value] = {}
        book = opened(write_template(default_pack, kind, lang=lang))
        for name, page, row in lines(book):
            cell, (stored, value) = page.cell(row, VALUE), typed(fields[name], last, lang)
            if stored is not None:
                cell.value, wanted[name] = stored, value
        sheets, problems = read_xlsx(saved(book), "a.xlsx")
        assert not problems
        assert wanted == dict(read_back(sheets, fields))


def typed(field: Field, last: bool, lang: Any) -> tuple[Any, Value]:
    """Return what a program stores for a value, and the value."""
    match field.type:
        case "yes_no":
            return (NO if last else YES)[lang], not last
        case "choice":
            code, label = field.options[-1 if last else 0]
            return label[lang], code
        case "date":
            return datetime(2026, 5, 20), date(2026, 5, 20)
        case "text":
            return "007", "007"
        case "table":
            return None, ()
    assert field.range
    value = field.range[last]
    return float(value / Fraction(100) if field.type == "percent" else value), value


def read_back(sheets: Any, fields: dict[str, Field]) -> Any:
    for sheet in sheets:
        for row in range(FIRST_ROW, len(sheet.rows) + 1):
            field = fields.get(sheet.value(row, 1)) if isinstance(sheet.value(row, 1), str) else None
            if field is None or sheet.value(row, VALUE) is None or field.type == "table":
                continue
            raw, problems = take_field(sheet, row, VALUE, field)
            value, more = read_value(raw, field, sheet.at(row, VALUE))
            assert not [p for p in (*problems, *more) if p.severity == "error"]
            yield field.id, value


@pytest.mark.parametrize(
    ("stored", "read"), [(0.85, 85), (1, 100), (0.005, Fraction(1, 2)), (0.3333, Fraction(3333, 100))]
)
def test_what_a_percent_cell_shows_is_what_is_read(default_pack: Pack, stored: float, read: Any) -> None:
    book = opened(write_template(default_pack, "compound"))
    page, row = line(book, "green.rate")
    assert page.cell(row, VALUE).number_format == "0.00%"
    page.cell(row, VALUE).value = stored
    sheets, _ = read_xlsx(saved(book), "a.xlsx")
    fields = {f.id: f for f in default_pack.fields}
    assert dict(read_back(sheets, fields)) == {"green.rate": read}


def test_calamine_finds_the_states_that_were_written(default_pack: Pack) -> None:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(write_template(default_pack, "compound")))
    rows = book.get_sheet_by_name(ITEMS.zh).to_python()
    assert [row[STATE - 1] for row in rows[FIRST_ROW - 1 :] if row[0]] == ["○ 待填"] * 24


@pytest.mark.parametrize("role", ["county", "township"])
def test_who_verifies_sees_what_was_declared_and_it_does_not_count_as_theirs(default_pack: Pack, role: Role) -> None:
    said = Observation("households", 420, "示例村", "applicant", date(2026, 5, 1), Source())
    unit = UnitEvidence("V-1", "village", "示例村", "", (said,))
    book = opened(write_template(default_pack, "village", role, unit="V-1", prefill=(unit,)), values=True)
    assert text(book, "households", "held") == "申报：420户（2026-05-01）"
    assert text(book, "households", "value") is None
    assert text(book, "households", "state") == "－ 选填"
    asked = {
        f.id for f in default_pack.fields if "village" in f.kinds and f.provided_by == "applicant" and f.type != "table"
    }
    assert asked <= {name for name, _, _ in lines(book)}


def test_an_inspectors_form_is_blind(default_pack: Pack) -> None:
    day = date(2026, 5, 1)
    said = (
        Observation("households", 420, "示例村", "applicant", day, Source()),
        Observation("households", 417, "检查员甲", "inspector", day, Source()),
    )
    unit = UnitEvidence("V-1", "village", "示例村", "", said)
    book = opened(write_template(default_pack, "village", "inspector", unit="V-1", prefill=(unit,)), values=True)
    cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not any(number in cell for cell in cells for number in ("417", "420户", "检查员甲"))


def test_codes_and_regions_are_chosen_where_the_round_has_a_roster(default_pack: Pack) -> None:
    regions = (Region("990100", "示例县", "county"),)
    round_ = replace(Round("r-2026", Label("一批"), date(2026, 6, 30), False, "self"), regions=regions)
    listed = tuple(Enrolled(f"V-{n}", "village", f"村{n}", "990100") for n in (1, 2))
    book = opened(
        write_template(default_pack, "village", round_=round_, enrolled=(*listed, Enrolled("C-1", "compound", "小区")))
    )
    cover = book[COVER.zh]
    rows = {cover.cell(row, 1).value: row for row in range(1, cover.max_row + 1) if cover.cell(row, 1).value}
    assert rule_of(cover, f"C{rows['unit']}").formula1 == '"V-1,V-2"'
    assert rule_of(cover, f"C{rows['region']}").formula1 == '"990100"'
