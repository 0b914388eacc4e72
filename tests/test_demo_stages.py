"""The sample round as of each stage: what was handed in, received and decided by then, and what not yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.calling import Cli

from meihao.assessment.to_json import body_digest
from meihao.cli.words import STAGE
from meihao.evidence.submissions import submissions_of
from meihao.round.phases import PHASES
from meihao.sample.invent import SampleFile
from meihao.sample.recipe import read_recipe
from meihao.sample.stages import round_as_of, stage_day
from meihao.standard.model import Pack
from meihao.uses.demo import invent_round
from meihao.uses.judge import judge
from meihao.uses.move_round import check_home
from meihao.uses.session import Opening, Session
from meihao.uses.standing import standing_of

WHOLE = read_recipe(Path(__file__).parents[1] / "examples" / "demo")
OBJECTED = "V-0003"
RECIPE = {
    **WHOLE,
    "units": {kind: {**spec, "count": 6} for kind, spec in WHOLE["units"].items()},
    "objection": {**WHOLE["objection"], "unit": OBJECTED},
}
"""The sample round with a few of its units."""
LAST = date(2026, 6, 30)


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("meihao.uses.demo.read_recipe", lambda _: RECIPE)
        yield


@pytest.fixture(scope="module")
def rounds(small: None, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Session]:
    """The sample round of every stage."""
    made = {}
    for stage in PHASES:
        found, problems = invent_round(Opening(round=tmp_path_factory.mktemp(stage) / "round"), stage)
        assert found is not None, problems
        assert found.on == stage_day(RECIPE, stage)
        made[stage] = found.session
    return made


def files_on(pack: Pack, day: date) -> dict[str, str]:
    return {file.path: file.text for file in round_as_of(pack, RECIPE, day)}


def roles_of(session: Session, unit: str) -> Sequence[tuple[date, str]]:
    """Return day and role of each submission of a unit, oldest first."""
    assert session.home is not None
    found, problems = submissions_of(session.home.submissions(unit), session.pack)
    assert not problems
    return [(one.received.on, min((o.role for o in one.unit.observations), default="papers")) for one in found]


def test_the_terminal_the_recipe_and_the_names_know_the_same_stages() -> None:
    assert tuple(PHASES) == STAGE[1]["choices"] == tuple(RECIPE["stages"])
    days = [stage_day(RECIPE, stage) for stage in PHASES]
    assert None not in days
    assert days == sorted(set(days), key=str)


@pytest.mark.parametrize("stage", PHASES)
def test_the_day_of_a_stage_lies_in_its_phase(rounds: Mapping[str, Session], stage: str) -> None:
    round_, day = rounds[stage].round, stage_day(RECIPE, stage)
    assert day
    assert round_.phase_on(day) == stage
    assert round_.phase_on(round_.phases[0].start - timedelta(days=1)) == "before"


@pytest.mark.parametrize("stage", PHASES)
def test_every_stage_passes_the_check_of_its_chains(rounds: Mapping[str, Session], stage: str) -> None:
    home = rounds[stage].home
    assert home is not None
    holding, problems = check_home(home)
    assert holding is not None, problems
    assert holding.units == (16 if stage == "apply" else 18)
    assert home.loose() == {}


@pytest.mark.parametrize(
    ("stage", "closed", "level", "registers", "texts"),
    [
        ("apply", False, "self", 0, []),
        ("review", False, "verified", 0, []),
        ("inspect", False, "verified", 0, []),
        ("judge", True, "verified", 2, []),
        ("notice", True, "verified", 2, ["notice"]),
        ("objection", True, "verified", 2, ["notice"]),
        ("named", True, "verified", 2, ["notice", "decision"]),
    ],
)
def test_what_is_closed_received_and_issued(
    rounds: Mapping[str, Session], stage: str, closed: bool, level: str, registers: int, texts: Sequence[str]
) -> None:
    session = rounds[stage]
    assert session.home is not None
    assert (session.round.closed, session.round.stage) == (closed, level)
    assert len(session.round.registers) == registers
    assert [word for word in ("notice", "decision") if session.home.holds(f"{word}.yaml")] == texts
    assert bool(session.round.decisions) == (stage in ("objection", "named"))
    assert session.home.holds("calendar.yaml")
    assert [one.role for one in session.round.due] == ["applicant", "township", "county", "inspector"]


@pytest.mark.parametrize(
    ("stage", "roles"),
    [
        ("apply", {"applicant", "registry", "township"}),
        ("review", {"applicant", "registry", "township", "county"}),
        ("inspect", {"applicant", "registry", "township", "county", "inspector"}),
        ("judge", {"applicant", "registry", "township", "county", "inspector"}),
    ],
)
def test_who_has_handed_in(rounds: Mapping[str, Session], stage: str, roles: set[str]) -> None:
    session, day = rounds[stage], stage_day(RECIPE, stage)
    assert session.home is not None
    found = [one for unit in session.home.units() for one in roles_of(session, unit)]
    assert {role for _, role in found} - {"papers"} == roles
    assert day is not None
    assert max(on for on, _ in found) <= day
    assert any(on == LAST for on, _ in found) == (stage == "judge")


def test_a_day_holds_what_came_in_on_it_and_nothing_of_the_next(default_pack: Pack) -> None:
    receipts = files_on(default_pack, LAST)["ledger.jsonl"].splitlines()
    days = sorted({line.partition('"on":"')[2][:10] for line in receipts})
    for day in (days[0], days[len(days) // 2], days[-1]):
        on = date.fromisoformat(day)
        upto = [line for line in receipts if line.partition('"on":"')[2][:10] <= day]
        assert files_on(default_pack, on)["ledger.jsonl"].splitlines() == upto
        before = files_on(default_pack, on - timedelta(days=1)).get("ledger.jsonl", "").splitlines()
        assert before == [line for line in upto if f'"on":"{day}"' not in line]


@pytest.mark.parametrize(
    ("path", "words", "first"),
    [
        ("round.yaml", "closed: true", LAST + timedelta(days=1)),
        ("round.yaml", "stage: verified", date(2026, 5, 16)),
        ("round.yaml", "registers:", date(2026, 7, 2)),
        ("round.yaml", "decisions:", date(2026, 7, 13)),
        ("notice.yaml", "dated:", date(2026, 7, 6)),
        ("decision.yaml", "objections: settled", date(2026, 7, 20)),
        (f"evidence/{OBJECTED}/0008.evidence.yaml", "异议成立", date(2026, 7, 14)),
    ],
)
def test_what_begins_on_a_day_is_not_there_on_the_day_before(
    default_pack: Pack, path: str, words: str, first: date
) -> None:
    assert words in files_on(default_pack, first)[path]
    assert words not in files_on(default_pack, first - timedelta(days=1)).get(path, "")


def test_nothing_is_said_to_have_happened_after_it_was_handed_in(rounds: Mapping[str, Session]) -> None:
    session = rounds["judge"]
    assert session.home is not None
    ahead = {field.id for field in session.pack.fields if field.may_lie_ahead}
    ahead |= {column.id for field in session.pack.fields for column in field.columns if column.may_lie_ahead}
    for unit in session.home.units():
        for one in submissions_of(session.home.submissions(unit), session.pack)[0]:
            rows = [dict(row) for o in one.unit.observations if isinstance(o.value, tuple) for row in o.value]
            flat = {o.field: o.value for o in one.unit.observations if not isinstance(o.value, tuple)}
            days = [v for row in (*rows, flat) for k, v in row.items() if isinstance(v, date) and k not in ahead]
            days += [paper.day for paper in one.unit.documents if paper.day]
            assert all(day <= one.received.on for day in days), (unit, one.received)


def test_at_the_end_the_results_are_those_of_the_sample_round_but_for_the_objection(
    rounds: Mapping[str, Session], tmp_path: Path
) -> None:
    made, _ = invent_round(Opening(round=tmp_path / "round"))
    assert made is not None
    at_end, _ = judge(made.session, None)
    assert at_end is not None
    expected = {one.case.code: body_digest(one.assessment) for one in at_end.units}
    for stage, other in (("judge", []), ("named", [OBJECTED])):
        judgement, problems = judge(rounds[stage], None)
        assert judgement is not None, problems
        digests = {one.case.code: body_digest(one.assessment) for one in judgement.units}
        assert [code for code, one in digests.items() if one != expected[code]] == other
        day = stage_day(RECIPE, stage)
        assert day is not None
        standing, _ = standing_of(rounds[stage], judgement, day)
        assert standing is not None
        assert not standing.faulty


def test_the_same_stage_has_the_same_bytes(default_pack: Pack) -> None:
    day = date(2026, 5, 18)
    once, again = (list[SampleFile](round_as_of(default_pack, RECIPE, day)) for _ in range(2))
    assert once == again


def test_the_command_writes_the_round_and_names_what_to_do(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("demo", "--stage", "apply", "--to", tmp_path / "demo")
    assert (code, err) == (0, "")
    assert "申报阶段，截至2026-05-01" in out
    assert re.search(r"16个单位交来\d+份", out)
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [".meihao-set.json", "round"]
    code, out, _ = cli("status", tmp_path / "demo" / "round", "--on", "2026-05-01")
    assert code == 1
    assert "16个单位，还有2个没有交，0个齐全" in out
    assert "还有42个工作日" in out


def test_a_recipe_without_the_stage_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meihao.uses.demo.read_recipe", lambda _: {**RECIPE, "stages": {}})
    found, problems = invent_round(Opening(round=tmp_path / "round"), "apply")
    assert found is None
    assert [problem.code for problem in problems] == ["C054"]
    assert not list(tmp_path.iterdir())
