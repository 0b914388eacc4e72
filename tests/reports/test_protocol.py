"""Proves that an inspection record shows who saw what and when side by side, marks what differs, and keeps secrets."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.calling import Cli
from tests.reports.paper_pages import fonts_and_files, printed, texts

from meihao.assessment.infer.reference import conclude
from meihao.assessment.to_json import to_json
from meihao.cli.main import run
from meihao.core.problems import Lang, Source
from meihao.evidence.model import Document, Observation, UnitEvidence, Value
from meihao.pipeline import Judged, judge_units
from meihao.reports import protocol as module
from meihao.reports.clean import texts_of
from meihao.reports.papers import FactRow, Protocol
from meihao.reports.protocol import protocol
from meihao.reports.render import render
from meihao.round.model import Round
from meihao.standard.model import Pack, Role

ROOT = Path(__file__).parents[2]
EARLY, LATE = date(2026, 5, 20), date(2026, 5, 28)
SPOTS, HOMES = "public.untidy_spots", "households"


def seen(field: str, value: Value, who: str, role: Role, day: date = EARLY, reason: str = "") -> Observation:
    return Observation(field, value, who, role, day, Source("a.yaml"), reason)


def recorded(*observations: Observation, documents: tuple[Document, ...] = ()) -> UnitEvidence:
    return UnitEvidence("V-0001", "village", "望江村", "990100", observations, documents)


def record(pack: Pack, round_: Round, evidence: UnitEvidence, lang: Lang = "zh") -> Protocol:
    [judged] = judge_units(pack, round_, (evidence,), conclude, whole_round=False)
    return protocol(pack, round_, evidence, judged.case, judged.assessment, lang)


def row(report: Protocol, title: str) -> FactRow:
    return next(row for block in report.blocks for row in block.rows if row.title.startswith(title))


DISPUTED = recorded(
    seen(HOMES, 914, "村委会", "applicant"),
    seen(HOMES, 900, "张三", "inspector", LATE),
    seen(HOMES, 903, "李四", "inspector"),
    seen("waste.posted", True, "张三", "inspector", LATE),
    seen("waste.posted", False, "李四", "inspector"),
    seen("clinic.equipped", True, "张三", "inspector", LATE),
    seen("clinic.equipped", True, "李四", "inspector"),
    seen("terrain", "hill", "民政局", "registry"),
    seen(
        "incidents", ({"kind": "fire", "date": EARLY, "level": "serious", "decided_by": "消防支队"},), "县区", "county"
    ),
)


def test_observers_stand_side_by_side_with_what_was_taken(default_pack: Pack, sample_round: Round) -> None:
    report = record(default_pack, sample_round, DISPUTED)
    assert report.inspectors == ("李四", "张三")  # by the first day on which they recorded
    homes = row(report, "总户数")
    assert [(one.value, one.who, one.day) for one in homes.told] == [("914", "村委会（申报单位）", "2026-05-20")]
    assert [[(one.value, one.day) for one in column] for column in homes.seen] == [
        [("903", "2026-05-20")],
        [("900", "2026-05-28")],
    ]
    assert homes.taken == "901.5（两人平均）"
    assert (homes.mark.code, homes.mark.sign) == ("differ", "≠")


def test_values_that_were_not_taken_are_marked(default_pack: Pack, sample_round: Round) -> None:
    report = record(default_pack, sample_round, DISPUTED)
    homes = row(report, "总户数")
    assert homes.told[0].differs
    assert all(one.differs for column in homes.seen for one in column)  # neither is the mean
    page, problems = render(report, "zh")
    assert not problems
    assert '<span class="off-value">914</span>' in page
    assert not row(report, "地形").told[0].differs


def test_what_inspectors_disagree_on_stays_open_and_says_why(default_pack: Pack, sample_round: Round) -> None:
    posted = row(record(default_pack, sample_round, DISPUTED), "清运安排已公示")
    assert (posted.mark.code, posted.taken) == ("open", "检查员对“清运安排已公示”意见不一致")
    assert [[one.value for one in column] for column in posted.seen] == [["否"], ["是"]]


def test_agreement_and_a_single_record_have_marks_of_their_own(default_pack: Pack, sample_round: Round) -> None:
    report = record(default_pack, sample_round, DISPUTED)
    assert row(report, "卫生室基本设备齐全").mark.code == "agree"
    assert row(report, "地形").mark.code == "single"
    assert {pair.label: pair.value for pair in report.counts} == {
        "事项": "5", "＝ 一致": "1", "≠ 有出入": "1", "? 未定": "1", "· 一人": "2",
    }  # fmt: skip


def test_three_inspectors_take_the_median_and_a_fourth_shares_the_last_column(
    default_pack: Pack, sample_round: Round
) -> None:
    values = {"甲": 4, "乙": 9, "丙": 5, "丁": 6}
    evidence = recorded(*(seen(SPOTS, value, who, "inspector") for who, value in values.items()))
    report = record(default_pack, sample_round, evidence)
    assert report.inspectors == ("甲", "乙", "丙、丁")
    spots = row(report, "公共区域不整洁的处数")
    assert [len(column) for column in spots.seen] == [1, 1, 2]
    assert [one.who for one in spots.seen[2]] == ["丙（检查员）", "丁（检查员）"]
    assert spots.taken == "5.5（中位数）"


def test_the_latest_record_of_one_inspector_counts(default_pack: Pack, sample_round: Round) -> None:
    evidence = recorded(seen(HOMES, 904, "甲", "inspector"), seen(HOMES, 902, "甲", "inspector", LATE))
    homes = row(record(default_pack, sample_round, evidence), "总户数")
    assert [[one.value for one in column] for column in homes.seen] == [["902"]]
    assert (homes.taken, homes.mark.code) == ("902", "single")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sensitive_value_is_printed(lang: Lang, default_pack: Pack, sample_round: Round) -> None:
    report = record(default_pack, sample_round, DISPUTED, lang)
    hidden = {"zh": "（敏感，不印）", "en": "(sensitive, not printed)"}[lang]
    title = next(field for field in default_pack.fields if field.id == "incidents").title[lang]
    assert [one.value for one in row(report, title).told] == [hidden]
    assert row(report, title).taken == hidden
    page, _ = render(report, lang)
    assert "消防支队" not in page
    assert [pair for pair in report.findings if pair.value == hidden]


def test_reasons_are_printed_and_one_that_is_missing_is_named(
    default_pack: Pack, sample_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_discretionary", lambda pack, kind: frozenset((SPOTS,)))
    evidence = recorded(
        seen(SPOTS, 4, "甲", "inspector", reason="东头三处、西头一处"), seen(SPOTS, 5, "乙", "inspector")
    )
    report = record(default_pack, sample_round, evidence)
    assert [(said.who, said.value, said.reason) for said in report.reasons] == [
        ("甲", "4", "东头三处、西头一处"),
        ("乙", "5", "（没有写理由）"),
    ]


def test_documents_are_listed_with_number_dates_and_digest(default_pack: Pack, sample_round: Round) -> None:
    paper = Document("道路台账", "某〔2026〕1号", "某镇", EARLY, LATE, ("roads.total",), "ab" * 32)
    report = record(default_pack, sample_round, recorded(documents=(paper,)))
    [one] = report.papers
    assert (one.title, one.number, one.day, one.until) == (
        "道路台账",
        "某〔2026〕1号，某镇",
        "2026-05-20",
        "2026-05-28",
    )
    assert (one.proves, one.digest) == ("通组入户道路总长", "abababababab")
    many = record(default_pack, sample_round, recorded(documents=(paper,) * 205))
    assert (len(many.papers), many.more_papers) == (200, 5)


def test_a_unit_of_which_nothing_is_recorded_has_a_record_all_the_same(default_pack: Pack, sample_round: Round) -> None:
    report = record(default_pack, sample_round, recorded())
    page, problems = render(report, "zh")
    assert not problems
    assert (report.blocks, report.inspectors) == ((), ("检查员",))
    for text in ("没有登记材料", "没有需要写理由的裁量值", "检查员（签字）"):
        assert text in page


def test_numbers_are_written_out_exactly(default_pack: Pack, sample_round: Round) -> None:
    evidence = recorded(seen("roads.total", Fraction(25, 2), "村委会", "applicant"))
    assert row(record(default_pack, sample_round, evidence), "通组入户道路总长").taken == "12.5"


def test_every_observation_of_the_sample_stands_in_its_record(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    """Two readings: what the evidence holds, counted by field and observer, and what the record prints."""
    for judged in sample[:: len(sample) // 5]:
        assert judged.evidence is not None
        report = protocol(default_pack, sample_round, judged.evidence, judged.case, judged.assessment, "zh")
        shown = sum(len(r.told) + sum(map(len, r.seen)) for b in report.blocks for r in b.rows)
        others = [o for o in judged.evidence.observations if o.role != "inspector"]
        inspectors = {(o.field, o.observer) for o in judged.evidence.observations if o.role == "inspector"}
        assert shown == len(others) + len(inspectors)
        marks = sum(int(pair.value) for pair in report.counts[1:])
        assert int(report.counts[0].value) == marks == sum(len(b.rows) for b in report.blocks)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_record_is_a_paper_with_its_result_inside(
    lang: Lang, default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    judged = sample[0]
    assert judged.evidence is not None
    report = protocol(default_pack, sample_round, judged.evidence, judged.case, judged.assessment, lang)
    result = to_json(judged.assessment, {"program": "meihao"})
    first, second = (printed(report, dict(result), anew=True) for _ in range(2))
    assert first == second
    fonts, files = fonts_and_files(first)
    assert all(name.startswith("Meihao") for name in fonts)
    assert files == ["result.json"]
    found = texts(first)
    assert 2 <= len(found) <= 5
    assert all({"zh": "示例数据", "en": "SAMPLEDATA"}[lang] in page for page in found)
    assert report.frame.digest == result["digest"]


@pytest.mark.parametrize(
    ("code", "lang", "word"), [("C-0043", "zh", "检查员（签字）"), ("Q-0017", "en", "Inspector(signature)")]
)
def test_the_last_page_is_never_the_colophon_alone(
    code: str, lang: Lang, word: str, default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    judged = next(one for one in sample if one.case.code == code)
    assert judged.evidence is not None
    report = protocol(default_pack, sample_round, judged.evidence, judged.case, judged.assessment, lang)
    assert word in texts(printed(report))[-1]


def test_the_english_record_is_english_but_for_names_and_documents(default_pack: Pack, sample_round: Round) -> None:
    report = record(default_pack, sample_round, DISPUTED, "en")
    names = "望江村|云岫县|村委会|张三|李四|民政局|县区|消防支队"
    odd = [t for path, t in texts_of(report) if re.search(r"[\u3400-\u9fff]", re.sub(names, "", t))]
    assert not odd


def test_the_command_writes_a_record_a_unit(
    sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = sorted((sample_folder / "evidence").iterdir())[0]
    words = ["report", str(evidence), "--round", str(sample_folder / "round.yaml"), "--protocol", "--format", "html"]
    assert run([*words, "--to", str(tmp_path)]) == 0
    [page] = tmp_path.iterdir()
    assert page.name.endswith("-核查记录.html")
    assert str(page) in capsys.readouterr().out


def test_a_value_that_is_held_is_not_printed_as_taken(default_pack: Pack, sample_round: Round) -> None:
    apart = recorded(seen(SPOTS, 2, "张三", "inspector"), seen(SPOTS, 9, "李四", "inspector"))
    found = row(record(default_pack, sample_round, apart), "公共区域")
    assert found.taken == "检查员对“公共区域不整洁的处数”意见不一致"
    assert found.mark.code == "open"
    assert not [one for column in found.seen for one in column if one.differs]


def test_a_value_that_a_check_keeps_from_every_item_is_not_printed_as_taken(
    default_pack: Pack, sample_round: Round
) -> None:
    """More satisfied than asked: the item is held. Other items still ask the number of answers."""
    answers = (("survey.satisfied", 70), ("survey.answered", 60), ("survey.aware", 55))
    report = record(
        default_pack,
        sample_round,
        recorded(*(seen(f, n, who, "inspector") for f, n in answers for who in ("张三", "李四"))),
    )
    satisfied = row(report, "满意答卷数")
    assert (satisfied.taken, satisfied.mark.code) == ("“满意答卷不得多于有效答卷（村）”没有核对上", "open")
    assert (row(report, "有效答卷数").taken, row(report, "知道村规民约的答卷数").taken) == ("60", "55")


def test_one_look_where_two_are_wanted_is_no_value_taken(default_pack: Pack, sample_round: Round) -> None:
    found = row(record(default_pack, sample_round, recorded(seen(SPOTS, 2, "张三", "inspector"))), "公共区域")
    assert (found.taken, found.mark.code) == ("张三已看，尚待第2名检查员", "open")


def test_no_record_of_the_sample_takes_a_value_that_the_judgement_does_not_use(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    """An item that inspectors or documents leave open names the field in the report; the record says the same of it."""
    open_causes = {"inspectors_disagree", "awaiting_inspector"}
    compared = 0
    for one in sample:
        whys = {w.subject for i in one.assessment.items for w in i.whys if w.cause in open_causes}
        titles = {f.title.zh: f.id for f in default_pack.fields}
        assert one.evidence is not None
        report = protocol(default_pack, sample_round, one.evidence, one.case, one.assessment, "zh")
        for line in (line for block in report.blocks for line in block.rows):
            if titles.get(line.title.partition("（")[0]) in whys:
                compared += 1
                assert line.mark.code == "open", (one.case.code, line.title)
                assert "平均" not in line.taken
    assert compared > 0


def test_a_record_names_the_engine_that_judged_and_not_the_one_that_was_wanted(
    cli: Cli, sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules that did not ship with us may fail their trial in durable_rules: then the reference judges."""
    for part in ("criteria", "rules"):
        shutil.copytree(ROOT / part, tmp_path / "pack" / part)
    shutil.copy(ROOT / "pack.yaml", tmp_path / "pack")
    monkeypatch.setattr("meihao.assessment.infer.smoke.tried_engine", lambda *given: ("reference", conclude, ()))
    evidence = sorted((sample_folder / "evidence").iterdir())[0]
    words = ("--round", sample_folder / "round.yaml", "--protocol", "--format", "html", "--pack", tmp_path / "pack")
    code, _, err = cli("report", evidence, *words, "--to", tmp_path / "out")
    assert code == 0, err
    made = next((tmp_path / "out").glob("*.html")).read_text("utf-8")
    assert "durable" not in made
    assert "reference" in made
