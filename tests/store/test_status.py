"""Proves that the state of a round is counted right: what is wanted and from whom, days left and overdue, most urgent first,
and that the same state stands in the table, the JSON and the CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from msgspec.structs import replace
from tests.calling import Cli

from meihao.cli.printing import width
from meihao.cli.status_pages import bar, unit_page
from meihao.core.problems import Lang
from meihao.core.text import Label
from meihao.core.unknown import Why
from meihao.core.workdays import Workdays
from meihao.evidence.model import Received, UnitEvidence
from meihao.pipeline import Judged
from meihao.round.model import Region
from meihao.round.read import lone_round
from meihao.standard.model import Pack, Role
from meihao.store.folder import FolderHome
from meihao.store.needs import Need, State, needs_of
from meihao.store.read import read_store
from meihao.store.standing_words import deadline_text
from meihao.store.status import Board, Tally, UnitState, county_of, make_board
from meihao.uses.session import Session

from .round_folder import FIRST, accept, sample_round

ON = date(2026, 6, 10)  # a Wednesday


def need(role: Role, state: State, name: str = "x") -> Need:
    return Need("field", name, Label(name), role, state)


def unit(code: str, *needs: Need, region: str = "1", altered: tuple[str, ...] = ()) -> UnitState:
    return UnitState(code, code, "village", region, needs, None, altered, bool(altered))


def board(*units: UnitState, due: dict[Role, date] | None = None, regions: Sequence[Region] = ()) -> Board:
    return make_board(units, regions, due or {}, ON, Workdays())


# ---- counting --------------------------------------------------------------------------------------------------------


PROVINCE = (
    Region("P", "某省", "province", applicants=3),
    Region("1", "甲县", "county", "P", applicants=1),
    Region("2", "乙县", "county", "P", applicants=2),
)


@pytest.mark.parametrize(
    ("regions", "silent"),
    [
        (PROVINCE, 0),  # 3 = 1 + 2: the province's number is of the same units
        ((replace(PROVINCE[0], applicants=5), *PROVINCE[1:]), 2),  # two more, of counties that gave no number
        ((PROVINCE[0], replace(PROVINCE[1], applicants=4), PROVINCE[2]), 3),  # a county's own number counts
        ((PROVINCE[0], *(replace(one, applicants=0) for one in PROVINCE[1:])), 0),
    ],
)
def test_a_provinces_number_is_of_the_units_of_its_counties(regions: Sequence[Region], silent: int) -> None:
    units = [
        unit(code, need("applicant", "given"), region=region) for code, region in (("a", "1"), ("b", "2"), ("c", "2"))
    ]
    found = board(*units, regions=regions)
    assert (found.silent, found.complete()) == (silent, silent == 0)
    assert [(line.code, line.units) for line in found.regions] == [("1", 1), ("2", 2)]


def test_a_province_nobody_of_which_was_heard_from_is_silent() -> None:
    assert board(regions=PROVINCE).silent == 3
    assert board(regions=[PROVINCE[0], *(replace(one, applicants=0) for one in PROVINCE[1:])]).silent == 3


def test_most_urgent_first() -> None:
    """Altered files, then the longest overdue, today, the soonest due, who has no deadline, who has everything."""
    due: dict[Role, date] = {"applicant": date(2026, 6, 5), "county": ON, "inspector": date(2026, 6, 12)}
    units = [
        unit("done", need("applicant", "given")),
        unit("late", need("applicant", "missing"), need("inspector", "missing")),
        unit("later", need("applicant", "missing"), need("inspector", "missing"), need("county", "given", "y")),
        unit("latest", need("applicant", "missing"), need("applicant", "missing", "z"), need("inspector", "missing")),
        unit("today", need("county", "missing")),
        unit("soon", need("inspector", "missing")),
        unit("open", need("township", "missing")),
        unit("touched", need("applicant", "given"), altered=("0001.evidence.yaml",)),
    ]
    assert [u.code for u in board(*units, due=due).units] == [
        *("touched", "latest", "late", "later", "today", "soon", "open", "done")
    ]


@pytest.mark.parametrize(
    ("due", "pressure", "days"),
    [
        ("2026-06-05", "overdue", 3),  # Friday; Monday, Tuesday, Wednesday went by
        ("2026-06-07", "overdue", 3),
        ("2026-06-09", "overdue", 1),
        ("2026-06-10", "today", 0),
        ("2026-06-11", "open", 1),
        ("2026-06-15", "open", 3),  # Monday; the weekend does not count
    ],
)
def test_days_are_working_days(due: str, pressure: str, days: int) -> None:
    one = unit("a", need("applicant", "missing"))
    found = board(one, due={"applicant": date.fromisoformat(due)}).deadline(one, "applicant")
    assert (found.pressure, found.days) == (pressure, days)


def test_nothing_is_overdue_where_everything_is_given() -> None:
    one = unit("a", need("applicant", "given"))
    assert board(one, due={"applicant": date(2026, 1, 5)}).pressing(one)[1].pressure == "done"


def test_a_units_most_pressing_deadline_names_whose_it_is() -> None:
    due: dict[Role, date] = {"applicant": date(2026, 6, 12), "county": date(2026, 6, 9)}
    one = unit("a", need("applicant", "missing"), need("county", "missing", "y"))
    role, found = board(one, due=due).pressing(one)
    assert (role, found.pressure, found.days) == ("county", "overdue", 1)


@pytest.mark.parametrize(
    ("due", "on", "zh", "en"),
    [
        ("2026-06-05", "2026-06-06", "✗ 已过期限", "✗ overdue"),  # Friday; it is Saturday: no working day went by
        ("2026-06-05", "2026-06-08", "✗ 逾期1个工作日", "✗ 1 working day overdue"),
        ("2026-06-05", "2026-06-09", "✗ 逾期2个工作日", "✗ 2 working days overdue"),
        ("2026-06-05", "2026-06-05", "▲ 今天到期", "▲ due today"),
        ("2026-06-05", "2026-06-04", "还有1个工作日", "1 working day left"),
        ("2026-06-05", "2026-06-02", "还有3个工作日", "3 working days left"),
    ],
)
def test_how_long_there_is_or_was_is_said_in_words(due: str, on: str, zh: str, en: str) -> None:
    one = unit("a", need("applicant", "missing"))
    days: dict[Role, date] = {"applicant": date.fromisoformat(due)}
    found = make_board([one], (), days, date.fromisoformat(on), Workdays()).deadline(one, "applicant")
    assert (deadline_text(found, "zh"), deadline_text(found, "en")) == (zh, en)


def test_a_round_is_complete_only_when_every_expected_unit_has_come_in() -> None:
    one, half = unit("a", need("applicant", "given")), unit("b", need("applicant", "missing"))
    assert board(one).complete()
    assert board(one, regions=[Region("1", "甲县", "county", applicants=1)]).complete()
    expecting = board(one, regions=[Region("1", "甲县", "county", applicants=3), Region("2", "乙县", "county")])
    assert (expecting.silent, expecting.complete()) == (2, False)
    assert not board(one, half).complete()
    assert not board().complete()


def test_a_role_with_a_deadline_is_shown_before_anything_came_in() -> None:
    assert board(due={"applicant": ON}).roles == (("applicant", Tally(0, 0)),)


def test_units_count_in_the_county_around_their_region() -> None:
    regions = (
        Region("1", "甲县", "county", applicants=3),
        Region("11", "某镇", "township", parent="1"),
        Region("2", "乙县", "county", applicants=2),
        Region("9", "丙", "area"),
    )
    known = {region.code: region for region in regions}
    assert [county_of(code, known) for code in ("1", "11", "9", "7", "")] == ["1", "1", "9", "7", ""]
    found = board(
        unit("a", need("applicant", "given"), need("county", "missing", "y")), unit("b", region=""), regions=regions
    ).regions
    assert [(r.code, r.units, r.expected, r.tally) for r in found] == [
        ("", 1, 0, Tally(0, 0)),
        ("1", 1, 3, Tally(1, 2)),
        ("2", 0, 2, Tally(0, 0)),
    ]


def test_a_circle_of_regions_ends() -> None:
    known = {"1": Region("1", "甲", "x", parent="2"), "2": Region("2", "乙", "x", parent="1")}
    assert county_of("1", known) == "2"


@pytest.mark.parametrize(
    ("given", "wanted", "shown"),
    [(0, 8, "··········   0%"), (199, 200, "█████████·  99%"), (8, 8, "██████████ 100%"), (0, 0, "··········   0%")],
)
def test_a_bar_is_full_only_where_nothing_is_missing(given: int, wanted: int, shown: str) -> None:
    assert bar(Tally(given, wanted)) == shown


# ---- what is wanted --------------------------------------------------------------------------------------------------


def needs(pack: Pack, one: Judged) -> dict[str, Need]:
    items = {i.id: i.whys for i in one.assessment.items if i.outcome not in ("not_applicable", "exempt")}
    flagged = [why for f in one.assessment.findings if f.state == "flagged" for why in f.whys]
    return {need.id: need for need in needs_of(pack, one.case, items, flagged)}


def test_what_is_missing_is_what_the_judgement_says_is_missing(default_pack: Pack, sample: Sequence[Judged]) -> None:
    """Two readings of the whole sample round agree: nothing more is wanted, and nothing less."""
    kept = {"missing_fact": "missing", "awaiting_inspector": "missing", "missing_document": "missing"}
    kept |= {"expired_document": "expired"}
    for one in sample:
        whys = [w for i in one.assessment.items if i.outcome != "not_applicable" for w in i.whys]
        whys += [w for f in one.assessment.findings if f.state == "flagged" for w in f.whys]
        told = {w.subject: kept[w.cause] for w in whys if w.cause in kept}
        mine = {name: n.state for name, n in needs(default_pack, one).items() if n.state in ("missing", "expired")}
        assert mine == told, one.case.code


def test_an_item_that_does_not_apply_wants_nothing(default_pack: Pack, sample: Sequence[Judged]) -> None:
    """A walk-up compound is not asked for its lifts."""
    one = next(
        o for o in sample if any(i.id.endswith(".lifts") and i.outcome == "not_applicable" for i in o.assessment.items)
    )
    item = next(i for i in one.assessment.items if i.id.endswith(".lifts"))
    assert "电梯定期检验报告" not in needs(default_pack, one)
    assert item.outcome == "not_applicable"


def test_a_self_assessment_wants_nothing_of_inspectors(default_pack: Pack, sample: Sequence[Judged]) -> None:
    case = replace(sample[0].case, stage="self")
    whys = {"x": (Why("awaiting_inspector", "survey.answered"), Why("missing_fact", "households", True))}
    assert {n.role for n in needs_of(default_pack, case, whys, ())} == {"applicant"}


def test_a_second_look_that_is_wanted_is_called_one(default_pack: Pack) -> None:
    answers = Need("field", "survey.answered", Label("有效答卷数", "Answers"), "inspector", "second_look")
    one = unit("V-1", answers)
    said: dict[Lang, str] = {"zh": "待第二次检查：有效答卷数", "en": "second look awaited: Answers"}
    for lang, words in said.items():
        desk = Session(default_pack, lone_round(ON), lang, "reference", whole_round=True)
        assert words in unit_page(board(one), one, (), desk)


# ---- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def of_120(
    default_pack: Pack,
    sample_folder: Path,
    sample_units: Sequence[UnitEvidence],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A round that has received 120 of 123 units of the sample, every third with gaps, one with a correction."""
    place = tmp_path_factory.mktemp("status") / "round"
    due = "due:\n  applicant: 2026-05-29\n  inspector: {working_days: 10, after: 2026-05-29}\n"
    every = sample_units[:123]
    units = every[:120]
    thin = [replace(u, observations=u.observations[:: 1 if n % 3 else 2]) for n, u in enumerate(units)]
    sample_round(place, sample_folder, every, more=due)
    assert not accept(place, default_pack, thin, FIRST, {}, "异议1号")[1]
    one = units[1]
    more = tuple(replace(o, value=o.value + 5) if o.field == "households" else o for o in one.observations)  # type: ignore[operator]
    why = Received(date(2026, 6, 1), "李某", "漏了一栋楼", "二批.xlsx")
    assert not accept(place, default_pack, [replace(one, observations=more)], why, {}, "异议1号")[1]
    return place


@pytest.fixture
def folder(of_120: Path, tmp_path: Path) -> Path:
    """That round, for this test alone."""
    return copytree(of_120, tmp_path / "round")


def test_120_units_fit_one_screen_in_both_languages(cli: Cli, folder: Path) -> None:
    for lang in ("zh", "en"):
        code, out, _ = cli("--lang", lang, "status", folder, "--on", ON)
        assert code == 1
        assert len(out.splitlines()) <= 40
        assert max(map(width, out.splitlines())) <= 140
        assert "█" in out
    code, out, err = cli("status", folder, "--on", ON)
    assert "120个单位，还有3个没有交" in out
    assert "申报单位 ✗ 逾期8个工作日" in out.partition("谁的期限")[2]
    assert "2026-05-29  ✗ 逾期8个工作日" in out
    assert "2026-06-12  还有2个工作日" in out
    assert "W062" in err


@pytest.mark.parametrize(
    ("day", "said"), [("2026-05-31", "阶段：申报，"), ("2026-06-01", "阶段：审核，从2026-06-01起")]
)
def test_the_phase_of_the_day_that_is_named_stands_below_the_head(cli: Cli, folder: Path, day: str, said: str) -> None:
    file = folder / "round.yaml"
    phases = "phases:\n- {phase: apply, from: 2026-05-01, until: 2026-05-31}\n- {phase: review, from: 2026-06-01}\n"
    assert "阶段：" not in cli("status", folder, "--on", day)[1]
    file.write_text(file.read_text("utf-8") + phases, "utf-8")
    assert cli("status", folder, "--on", day)[1].splitlines()[1].startswith(said)


def test_table_json_and_csv_say_the_same(cli: Cli, folder: Path) -> None:
    found = json.loads(cli("status", folder, "--on", ON, "--format", "json")[1])
    assert (found["schema_version"], found["kind"], found["on"], len(found["units"])) == (
        "1",
        "status",
        "2026-06-10",
        123,
    )
    text = cli("status", folder, "--on", ON, "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    for role, name in (("applicant", "申报单位"), ("inspector", "检查员")):
        mine = [row for row in rows if row["谁"] == name]
        assert sum(int(row["已有"]) for row in mine) == found["roles"][role]["tally"]["given"]
        assert sum(int(row["应有"]) for row in mine) == found["roles"][role]["tally"]["wanted"]
    assert sum(r["tally"]["wanted"] for r in found["regions"]) == sum(
        r["tally"]["wanted"] for r in found["roles"].values()
    )
    assert sum(r["units"] for r in found["regions"]) == 120
    assert found["counts"] == {"units": 120, "complete": sum(u["complete"] for u in found["units"]), "silent": 3}
    assert found["roles"]["applicant"]["deadline"] == {"state": "overdue", "due": "2026-05-29", "working_days": 8}


def test_a_unit_shows_every_submission_with_its_corrections(cli: Cli, folder: Path, default_pack: Pack) -> None:
    code = next(
        u.code
        for u in read_store(FolderHome(folder), default_pack)[0]
        if any(o.received and o.received.number == 2 for o in u.observations)
    )
    _, out, _ = cli("status", folder, "--on", ON, "--unit", code)
    lines = [line.strip() for line in out.partition("收件记录")[2].splitlines() if line.strip()]
    assert lines[0].startswith("第1份  2026-05-20  王某")
    assert lines[1].startswith("第2份  2026-06-01  李某")
    assert "理由：漏了一栋楼" in lines[1]
    assert lines[2].startswith("总户数  ")
    found = json.loads(cli("status", folder, "--on", ON, "--unit", code, "--format", "json")[1])
    (change,) = found["submissions"][1]["corrections"]
    assert (change["field"], f"{change['old']['zh']} → {change['new']['zh']}") == (
        "households",
        lines[2].removeprefix("总户数  "),
    )


def test_an_altered_file_is_named_first_and_nothing_is_judged_from_it(cli: Cli, folder: Path) -> None:
    file = next((folder / "evidence").glob("C-*/0001.evidence.yaml"))
    file.write_text(file.read_text("utf-8").replace("role: applicant", "role: county", 1), encoding="utf-8")
    code, out, err = cli("status", folder, "--on", ON)
    assert code == 2
    assert f"{file} W064" in err
    urgent = out.partition("最急")[2].splitlines()[2]
    assert file.parent.name in urgent
    assert "！0001.evidence.yaml被改动" in urgent
    assert cli("assess", folder / "evidence", "--round", folder)[0] == 2


def test_assess_and_rank_work_from_the_store(cli: Cli, folder: Path) -> None:
    code, out, err = cli("assess", folder / "evidence", "--round", folder, "--engine", "reference", "--format", "csv")
    assert code == 1, err
    assert len(out.splitlines()) == 124  # the heads, 120 units, and 3 that handed in nothing
    assert cli("rank", folder / "evidence", "--round", folder, "--engine", "reference")[0] == 0
    one = next((folder / "evidence").iterdir())
    assert cli("assess", one, "--round", folder, "--engine", "reference")[0] in (0, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [(("{folder}", "--on", "soon"), "C010"), (("{folder}", "--unit", "V-9"), "W076"), (("{folder}/none",), "C012")],
)
def test_bad_words_are_said_in_both_languages(cli: Cli, folder: Path, words: tuple[str, ...], said: str) -> None:
    for lang in ("zh", "en"):
        code, out, err = cli("--lang", lang, "status", *(w.format(folder=folder) for w in words))
        assert (code, out) == (2, "")
        assert said in err


def test_a_new_round_has_received_nothing(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "2026"
    assert cli("new", "round", folder, "--on", "2026-06-30")[0] == 0
    assert sorted(p.name for p in folder.iterdir()) == ["calendar.yaml", "evidence", "round.yaml", "samples"]
    code, out, err = cli("status", folder, "--on", ON)
    assert (code, err) == (1, "")
    assert "0个单位，0个齐全" in out
    assert "还没有收到任何单位" in out
    assert "───" not in out  # no tables without rows
    found = json.loads(cli("status", folder, "--on", ON, "--format", "json")[1])
    assert found["counts"] == {"units": 0, "complete": 0, "silent": 0}
    text = (folder / "round.yaml").read_text("utf-8").replace("due: {}", "due: {applicant: 2026-06-15}")
    (folder / "round.yaml").write_text(text, encoding="utf-8")
    out = cli("status", folder, "--on", ON)[1]
    assert "0       0  2026-06-15  还有3个工作日" in out
    assert "✓" not in out
