"""Proves that blank sheets ask for every criterion of the pack, in words, on pages that print, and hold no result."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.assessment.sums import sums_pack
from tests.reports.paper_pages import bare, fonts_and_files, letters, pages, printed, sizes, texts

from meihao.cli.main import run
from meihao.core.numbers import plain
from meihao.core.problems import Lang, Source
from meihao.core.unknown import Unknown, Why
from meihao.evidence.model import Observation
from meihao.expressions.tree import Constant, FieldValue
from meihao.methods.measures.field import FieldMeasure
from meihao.methods.scores.discretion import Discretion
from meihao.reports.blank import blank_sheet, disputed_sheet, inspection_sheet, score_sheet
from meihao.reports.clean import cleaned, texts_of
from meihao.reports.render import render
from meihao.reports.words import speaker
from meihao.round.model import Case, Fact
from meihao.standard.model import Criterion, Node, Pack, leaves

KINDS = ("village", "community", "compound")
LANGS: tuple[Lang, ...] = ("zh", "en")
BOTH = [(kind, lang) for kind in KINDS for lang in LANGS]
ON_PAPER: list[tuple[str, Lang]] = [*((kind, "zh") for kind in KINDS), ("village", "en")]


@pytest.fixture(scope="module")
def sheets(default_pack: Pack) -> Mapping[tuple[str, str, Lang], bytes]:
    """Blank sheets as PDF: of every kind, and of one kind in English too."""
    return {
        (sheet, kind, lang): printed(blank_sheet(sheet, default_pack, kind, lang))
        for sheet in ("score", "inspection")
        for kind, lang in ON_PAPER
    }


# ---- the score sheet


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_every_criterion_stands_once_with_its_full_points(kind: str, lang: Lang, default_pack: Pack) -> None:
    sheet = score_sheet(default_pack, kind, lang)
    rows = [row for block in sheet.blocks for row in block.rows]
    items = list(leaves(default_pack.standard(kind)))
    assert [row.full for row in rows] == [plain(item.points) for item in items]
    assert [row.title for row in rows] == [cleaned(item.title[lang], lang) for item in items]
    assert all(row.score for row in rows)


def test_the_full_marks_of_the_village_sheet_add_up_to_a_hundred(default_pack: Pack) -> None:
    sheet = score_sheet(default_pack, "village", "zh")
    assert [(b.number, b.title, b.full) for b in sheet.blocks] == [
        ("1", "党建引领与组织体系", "15"), ("2", "服务供给", "18"), ("3", "人居环境", "25"), ("4", "多元共治", "15"),
        ("5", "平安建设", "12"), ("6", "快速响应与智慧治理", "10"), ("7", "群众满意", "5"),
    ]  # fmt: skip
    assert (sheet.full, sheet.bonus_most) == ("100", "10")
    assert sheet.heading == "村自评表"


@pytest.mark.parametrize("lang", LANGS)
def test_criteria_and_lines_of_a_dimension_add_up_to_its_full_mark(lang: Lang) -> None:
    """By hand: 10 of at most 6; 10 of losses; 10 of a mean, 10 of a minimum; 5 and 5: 46."""
    block = score_sheet(sums_pack(), "place", lang).blocks[0]
    assert (
        sum(int(row.full) for row in block.rows) + sum(int(line.points) for line in block.lines)
        == int(block.full)
        == 46
    )
    assert [f"{line.label} {line.points} {line.text}" for line in block.lines] == MARKS[lang]


MARKS = {
    "zh": [
        "共用上限（组gain） -4 “指标a”“指标b”合计最高6分",
        "共扣上限（组loss） 0 “指标c”“指标e”合计最多扣3分",
        "加权平均（组mean） 0 各项得分率按权重（“指标f”2、“指标g”1）平均，乘10分",
        "取最低（组least） 0 只按得分率最低的一项计，乘10分",
    ],
    "en": [
        'Shared cap (group gain) -4 "item a", "item b": at most 6 together',
        'Shared cap of losses (group loss) 0 "item c", "item e": at most 3 lost together',
        'Weighted mean (group mean) 0 mean of the shares by weight ("item f" 2, "item g" 1), times 10',
        "Lowest share (group least) 0 the lowest share counts, times 10",
    ],
}


def test_a_row_says_how_it_is_scored_and_what_to_bring(default_pack: Pack) -> None:
    sheet = score_sheet(default_pack, "village", "zh")
    sewage = next(row for block in sheet.blocks for row in block.rows if row.number == "3.2")
    assert sewage.title == "生活污水有效处理率"
    assert sewage.measure == "污水集中处理户数+污水人工湿地处理户数+污水资源化利用户数占总户数的百分比。"
    assert sewage.score == ("40%及以下得0分；90%及以上得5分；其间按比例。",)
    assert sewage.documents == ("污水治理台账（2年内）",)


def test_conditions_and_vetoes_come_with_boxes_and_grades_with_their_lines(default_pack: Pack) -> None:
    sheet = score_sheet(default_pack, "compound", "zh")
    gates = {gate.title: gate.boxes for gate in sheet.gates}
    assert gates["群众满意率不低于70%"] == ("符合", "不符合")
    assert gates["一年内发生较大以上刑事案件"] == ("没有", "有")
    assert len(gates) == sum(
        r.family in ("eligibility", "vetoes") and "compound" in r.kinds for r in default_pack.rules
    )
    assert sheet.grades[0] == "达标：基础分不低于80分，每个维度不低于60%。"


@pytest.mark.parametrize(("kind", "lang"), ON_PAPER)
def test_no_row_of_a_score_sheet_is_broken_between_pages(
    kind: str, lang: Lang, default_pack: Pack, sheets: Mapping[tuple[str, str, Lang], bytes]
) -> None:
    found = texts(sheets["score", kind, lang])
    for block in score_sheet(default_pack, kind, lang).blocks:
        for row in block.rows:
            parts = [bare(part) for part in (row.title, row.measure, *row.score, *row.conditions, *row.documents)]
            assert [n for n, page in enumerate(found) if all(part in page for part in parts)], row.number


# ---- the inspection sheets


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_everything_that_an_inspector_provides_is_looked_at_once(kind: str, lang: Lang, default_pack: Pack) -> None:
    sheet = inspection_sheet(default_pack, kind, lang)
    own = [field for field in default_pack.fields if kind in field.kinds and field.provided_by == "inspector"]
    assert sum(row.own for block in sheet.blocks for row in block.rows) == len(own)
    titles = [row.title for block in sheet.blocks for row in block.rows]
    assert len(titles) == len(set(titles))
    page, problems = render(sheet, lang)
    assert not problems
    name = {"zh": "检查员姓名", "en": "<span>Inspector</span>"}[lang]
    assert page.count(name) == 1, "a sheet is of one person"


def test_a_sheet_asks_in_the_form_of_the_answer(default_pack: Pack) -> None:
    sheet = inspection_sheet(default_pack, "compound", "zh")
    rows = {row.title: row for block in sheet.blocks for row in block.rows}
    assert rows["消防器材齐全完好"].boxes == ("是", "否")
    assert rows["消防器材齐全完好"].own
    assert rows["业主自治组织"].boxes == ("业主委员会", "物业管理委员会", "自管委员会", "没有")
    assert not rows["业主自治组织"].own
    assert (rows["车辆乱停乱放的处数"].boxes, rows["车辆乱停乱放的处数"].unit) == ((), "处")
    assert "请第三人复查" in rows["车辆乱停乱放的处数"].hint
    assert rows["电梯台账"].boxes == ("抽查____行", "不符____行")


def test_the_sample_rules_stand_on_the_sheet_of_their_dimension(default_pack: Pack) -> None:
    sheet = inspection_sheet(default_pack, "compound", "zh")
    samples = {block.title: block.samples for block in sheet.blocks if block.samples}
    assert "样本（垃圾分类询问人数）不少于10人，不足的待定。" in samples["环境秩序"]
    assert len(samples["环境秩序"]) == 2  # residents asked, and bags checked
    assert samples["群众满意"] == ("样本（有效答卷数）不少于（30、向上取整（总户数×10÷100））中最大者，不足的待定。",)


def test_what_only_rules_read_has_a_sheet_of_its_own(default_pack: Pack) -> None:
    *_, last = inspection_sheet(default_pack, "village", "zh").blocks
    assert (last.title, last.serves) == ("其他事项", ())
    assert "现场发现露天焚烧垃圾" in [row.title for row in last.rows]


def test_a_value_of_judgement_leaves_room_for_its_reason(default_pack: Pack) -> None:
    root = default_pack.standard("village")
    first = root.children[2]
    assert isinstance(first, Node)
    judged = replace(
        next(leaves(first)),
        score=Discretion(Constant(0), Constant(6)),
        measure=FieldMeasure(FieldValue("public.untidy_spots")),
        asks=("public.untidy_spots",),
    )
    node = replace(first, children=(judged,))
    pack = replace(default_pack, standards=(("village", replace(root, children=(node,))),))
    sheet = inspection_sheet(pack, "village", "zh")
    assert [row.title for row in sheet.blocks[0].rows if row.reason] == ["公共区域不整洁的处数"]
    assert "理由（必填）" in render(sheet, "zh")[0]
    row = score_sheet(pack, "village", "zh").blocks[0].rows[0]
    assert row.score == ("检查员在0至6分之间评定，须写明理由。",)
    assert isinstance(judged, Criterion)


# ---- both, as paper


@pytest.mark.parametrize(("kind", "lang"), ON_PAPER)
@pytest.mark.parametrize(("sheet", "least", "most"), [("score", 5, 8), ("inspection", 3, 6)])
def test_a_blank_sheet_has_few_pages_only_our_fonts_and_nothing_inside(
    sheet: str, least: int, most: int, kind: str, lang: Lang, sheets: Mapping[tuple[str, str, Lang], bytes]
) -> None:
    data = sheets[sheet, kind, lang]
    found = texts(data)
    assert least <= len(found) <= most
    fonts, files = fonts_and_files(data)
    assert all(name.startswith("Meihao") for name in fonts)
    assert files == []
    said = {"zh": "不含任何评定结果", "en": "itcontainsnoresult"}[lang]
    assert said in found[0]
    foot = {"zh": f"第{len(found)}页，共{len(found)}页", "en": f"page{len(found)}of{len(found)}"}[lang]
    assert foot in found[-1]


def test_no_page_but_the_last_is_half_empty(sheets: Mapping[tuple[str, str, Lang], bytes]) -> None:
    for (sheet, kind, lang), data in sheets.items():
        *before, last = pages(data)
        height = 210 if sheet == "score" else 297
        for page in before:
            assert _reach(page, height) > 0.6, (sheet, kind, lang)
        assert _reach(last, height) > 0.12, (sheet, kind, lang)


def test_what_is_read_and_filled_in_is_set_in_eleven_points(
    default_pack: Pack, sheets: Mapping[tuple[str, str, Lang], bytes]
) -> None:
    """Smaller are the standard's name, its digest and the foot."""
    for (sheet, kind, lang), data in sheets.items():
        frame = blank_sheet("score" if sheet == "score" else "inspection", default_pack, kind, lang).frame
        note = speaker(lang)("blank_note") + frame.digest + frame.standard
        for n, page in enumerate(pages(data)):
            small = Counter(letter for letter, size in sizes(page) if size < 10.9)
            rest = frame.running + frame.foot + "第页，共页pageof" + "0123456789" * 2 + (note if n == 0 else "")
            assert dict(small - Counter(rest)) == {}, (sheet, kind, lang)


def _reach(page: object, height: float) -> float:
    """How far down a page its text reaches, the foot left out; 1 is the end of the paper."""
    found = [height - 297 + y for _, _, y in letters(page)]
    return max(y for y in found if y < height - 16) / height


def test_two_blank_sheets_are_the_same_bytes(default_pack: Pack, sheets: Mapping[tuple[str, str, Lang], bytes]) -> None:
    assert printed(blank_sheet("score", default_pack, "compound", "zh"), anew=True) == sheets["score", "compound", "zh"]
    assert (
        printed(blank_sheet("inspection", default_pack, "village", "en"), anew=True)
        == sheets["inspection", "village", "en"]
    )


def test_english_sheets_are_english_but_for_the_titles_of_documents(default_pack: Pack) -> None:
    for kind in KINDS:
        for sheet in (score_sheet(default_pack, kind, "en"), inspection_sheet(default_pack, kind, "en")):
            odd = [
                (path, t) for path, t in texts_of(sheet) if re.search(r"[\u3400-\u9fff]", t) and "documents" not in path
            ]
            assert not odd


def test_a_kind_that_the_pack_has_not_is_an_error_of_the_caller(default_pack: Pack) -> None:
    with pytest.raises(KeyError):
        score_sheet(default_pack, "township", "zh")


# ---- the command


def test_the_command_writes_a_sheet_for_each_kind_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(
        ["report", "--blank", "score", "--kind", "village", "compound", "--format", "html", "--to", str(tmp_path)]
    )
    assert code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["自评表-compound.html", "自评表-village.html"]
    assert capsys.readouterr().out.count("\n") == 2
    assert run(["report", "--blank", "inspection", "--format", "html", "--to", str(tmp_path), "--lang", "en"]) == 0
    assert len(list(tmp_path.glob("inspection-sheet-*.html"))) == 3


@pytest.mark.parametrize(
    ("words", "code"), [(("--blank", "score", "--kind", "vilage"), "P026"), ((), "P025"), (("--protocol",), "P025")]
)
def test_a_command_that_asks_for_nothing_there_is_says_so(
    words: tuple[str, ...], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", *words, "--to", str(tmp_path)]) == 2
    assert code in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_sheet_of_disputes_holds_the_disputed_facts_alone_and_no_value(default_pack: Pack) -> None:
    one, two, *rest = (f for f in default_pack.fields if "compound" in f.kinds and f.provided_by == "inspector")
    day = date(2026, 6, 1)
    seen = tuple(
        Observation(one.id, n, who, "inspector", day, Source()) for who, n in (("检查员甲", 3071), ("检查员乙", 3092))
    )
    facts = {
        one.id: Fact(Unknown((Why("inspectors_disagree", one.id),)), seen),
        two.id: Fact(3081, seen, held=(Why("numbers_disagree", two.id),)),
        rest[0].id: Fact(14, seen),
        rest[1].id: Fact(Unknown((Why("awaiting_inspector", rest[1].id),))),
    }
    case = Case("C-1", "compound", "某小区", "", "verified", True, date(2026, 6, 30), facts)
    sheet = disputed_sheet(default_pack, case, "zh")
    assert sheet is not None
    assert (sheet.unit.label, sheet.unit.value) == ("C-1", "某小区")
    assert {row.title for block in sheet.blocks for row in block.rows} == {one.title.zh, two.title.zh}
    assert not any(word in repr(sheet) for word in ("检查员甲", "检查员乙", "3071", "3092", "3081"))
    assert disputed_sheet(default_pack, replace(case, facts={one.id: Fact(3)}), "zh") is None
