"""One suite for both homes of a round: what one takes in, refuses, says and finds out, the other does too, byte for byte."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.store.round_folder import DAY, DECISIONS, MORNING, PACK, ROUND, enrol, rows, seen, village
from tests.web.postgres import new_database

from meihao.core.problems import Problems, errors
from meihao.core.watch import unwatched
from meihao.evidence.model import Document, Received, UnitEvidence
from meihao.pipeline import read_home
from meihao.round.model import Round
from meihao.round.read import read_round_text
from meihao.store.accept import Stored, accept, open_door
from meihao.store.folder import FolderHome
from meihao.store.home import Home
from meihao.store.journal import Hand
from meihao.store.read import history
from meihao.store.steps import ApplicationStep, FormItem, bytes_of
from meihao.uses.move_round import check_home, export_round, load_round

HOMES = ("folder", "database", "postgresql")
DATABASES = HOMES[1:]
NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)
CLERK = Hand("陈某", lambda: NOON)
SCAN = b"%PDF-1.7 scan"
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from meihao.web.settings import set_up_tables
set_up_tables()
from tests.web.test_homes import *
home = home_at(sys.argv[1], Path(sys.argv[2]), begun=True)
who, times = sys.argv[3], int(sys.argv[4])
if times < 0:
    from meihao.store.ledger import Ledger
    Ledger.add = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
for n in range(abs(times)):
    unit = village(seen("households", 1 + n + 100 * (who == "乙"), who), seen("grids", rows(n), who), code="A")
    print(hand_in(home, [unit], replace(MORNING, by=who, reason=f"{n}"), {"scan.pdf": b"%d" % n}), flush=True)
"""


def home_at(kind: str, place: Path, begun: bool = False, text: str = ROUND) -> Home:
    """Return a home of a kind; unless it is begun already it gets a round and its roster."""
    place.mkdir(exist_ok=True)
    home: Home = FolderHome(place)
    if kind in DATABASES:
        from meihao.web.kept.home import DatabaseHome  # late: Django must have been set up
        from meihao.web.kept.served import open_served

        empty = kind == "postgresql" and not (place / "database.url").is_file()
        alias = open_served(place, create=True, address=new_database() if empty else "")
        assert isinstance(alias, str), alias
        home = DatabaseHome(place, alias, "r", CLERK)
    if begun:
        return home
    source = place.parent / f"{place.name}-as-written"
    source.mkdir()
    enrol(source)
    ledger = home.ledger()
    with home.turn(ledger) as said:
        assert not said
        home.begin((), "新批次")
        home.put_text("round.yaml", text.encode())
        home.put_text("roster.yaml", (source / "roster.yaml").read_bytes())
    return home


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path, web: None) -> Home:
    """A round that has received nothing."""
    return home_at(request.param, tmp_path / "home")


def round_of(home: Home) -> Round:
    text = home.text("round.yaml")
    assert text is not None
    found, problems = read_round_text(text, PACK)
    assert found is not None, problems
    return found


def hand_in(
    home: Home, units: Sequence[UnitEvidence], received: Received = MORNING, documents: Mapping[str, bytes] | None = None,
    decision: str = "",
) -> tuple[tuple[Stored, ...], Problems]:  # fmt: skip
    door, problems = open_door(home, PACK, round_of(home), decision)
    return accept(door, units, received, documents or {}) if door else ((), problems)


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


def corrected(home: Home) -> None:
    """Hand in twice for one unit, the second time with a reason, and once for another, with a document."""
    assert not hand_in(home, [village(seen("households", 320), seen("grids", rows(3, 4)))])[1]
    assert not hand_in(home, [village(seen("households", 310))], replace(MORNING, reason="漏数一个组"))[1]
    paper = Document("公示照片")
    assert not hand_in(
        home, [village(seen("households", 90), documents=(paper,), code="0513")], MORNING, {"扫描.pdf": SCAN}
    )[1]


def reviewed(home: Home) -> None:
    """Have two units' applications go some way, one after the other and one step at a time."""
    at = "2026-05-20T12:00:00.000+00:00"
    first = ApplicationStep("0512", 1, "submit", "applicant", "王某", at, "submitted", submission=2)
    item = FormItem("field", "households")
    for steps in ((first, replace(first, unit="0513")), (replace(first, number=2, verb="accept", state="checked"),)):
        home.add_steps(steps)
    home.add_steps(
        (ApplicationStep("0512", 3, "return_item", "county", "赵某", at, "returned_by_county", item, "不符"),)
    )


def everything(home: Home) -> list[tuple[str, bytes]]:
    """Return all that a home holds but the journal, as a folder lays it out."""
    texts = [home.text(name) for name in ("round.yaml", "roster.yaml")]
    lines = home.ledger().lines.added(0, 0) or b""
    stored = [one for unit in ("0512", "0513") for one in home.submissions(unit)]
    papers = [one for unit in ("0512", "0513") for one in home.documents(unit)]
    named = [(one.path.name, one.data) for one in (*texts, *stored, *papers) if one]
    return [*named, ("ledger.jsonl", lines), *((one.unit, bytes_of(one)) for one in home.steps())]


def test_what_is_taken_in_is_read_back(home: Home) -> None:
    corrected(home)
    units, problems = read_home(home, PACK, round_of(home))
    assert not errors(problems)
    by_code = {unit.code: {o.field: o.value for o in unit.observations} for unit in units}
    assert by_code["0512"] == {"households": 310, "grids": rows(3, 4)}
    assert by_code["A"] == {}, "a unit that handed in nothing is there, empty"
    first, second = history(home, PACK, "0512")[0]
    assert [c.label.zh for c in second.corrections] == ["总户数"]
    assert (second.received.reason, second.path.name) == ("漏数一个组", "0002.evidence.yaml")
    assert first.path.parent.parts[-2:] == ("evidence", "0512")


def test_both_homes_hold_the_very_same_bytes(tmp_path: Path, web: None) -> None:
    homes = [home_at(kind, tmp_path / kind) for kind in HOMES]
    for home in homes:
        corrected(home)
    assert everything(homes[0]) == everything(homes[1]) == everything(homes[2])


def test_what_is_refused_leaves_nothing(home: Home) -> None:
    assert not hand_in(home, [village(seen("households", 320))])[1]
    before = everything(home)
    assert codes(hand_in(home, [village(seen("households", 310))])[1]) == ["W068"]
    assert codes(hand_in(home, [village(seen("households", 9), code="Z")])[1]) == ["W110"]
    assert codes(hand_in(home, [village(seen("households", 320))])[1]) == ["W069"]
    assert codes(hand_in(home, [village()], decision="9号")[1]) == ["W105"]
    assert everything(home) == before


@pytest.mark.parametrize("kind", HOMES)
def test_a_closed_round_takes_in_by_decision_alone(kind: str, tmp_path: Path, web: None) -> None:
    text = ROUND.replace("closed: false", "closed: true") + DECISIONS
    home, late = home_at(kind, tmp_path / "home", text=text), replace(MORNING, on=DAY.replace(month=6, day=5))
    unit = village(seen("households", 320))
    assert codes(hand_in(home, [unit], late)[1]) == ["W104"]
    (stored,), problems = hand_in(home, [unit], late, decision="宽限1号")
    assert (stored.number, problems) == (1, ())


def test_a_document_is_kept_once_under_its_digest(home: Home) -> None:
    paper = village(seen("households", 90), documents=(Document("公示照片"),))
    (stored,), _ = hand_in(home, [paper], MORNING, {"a/扫描.pdf": SCAN})
    hand_in(home, [paper], MORNING, {"扫描.pdf": SCAN})
    (kept,) = home.documents("0512")
    assert (kept.data, kept.path) == (SCAN, stored.documents[0])
    assert kept.path.name.endswith("-扫描.pdf")


def test_a_round_without_a_unit_says_which_are_near(home: Home) -> None:
    corrected(home)
    (problem,) = history(home, PACK, "0521")[1]
    assert problem.code == "W076"
    assert "0513" in problem.text("zh")


def test_the_second_of_a_batch_does_not_stop_the_first(home: Home) -> None:
    stored, problems = hand_in(home, [village(seen("households", 9)), village(seen("households", 9), code="Z")])
    assert [one.unit for one in stored] == ["0512"]
    assert codes(problems) == ["W110"]
    assert check_home(home)[0] is not None


def test_a_new_roster_takes_the_place_of_the_old_one(home: Home, tmp_path: Path) -> None:
    enrol(tmp_path, name="青禾新村")
    data = (tmp_path / "roster.yaml").read_bytes()
    home.put_text("roster.yaml", data)
    kept = home.text("roster.yaml")
    assert kept is not None
    assert kept.data == data
    assert check_home(home)[0] is not None


def alter(home: Home, unit: str, data: bytes) -> None:
    """Change the first submission of a unit behind the program's back; in a database that takes the triggers away first."""
    if isinstance(home, FolderHome):
        home.place_of(unit, 1).write_bytes(data)
        return
    unguarded(home, "submission", "UPDATE submission SET data = %s WHERE unit = %s AND number = 1", data, unit)


def execute(home: Home, *statements: tuple[str, Sequence[object]]) -> None:
    """Do something to the database of a home as somebody might who gets at it."""
    from django.db import connections, transaction

    assert not isinstance(home, FolderHome)
    alias = getattr(home, "alias")  # noqa: B009  # of a database alone
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values or None)


def unguarded(home: Home, table: str, statement: str, *values: object) -> None:
    """Change rows of a table when the trigger that would refuse it has been taken away."""
    on = f' ON "{table}"' if (home.place / "database.url").is_file() else ""
    execute(home, (f"DROP TRIGGER {table}_update{on}", ()), (statement, values))


def test_steps_are_kept_in_their_order_and_told_of_one_unit(home: Home) -> None:
    corrected(home)
    reviewed(home)
    assert [(one.unit, one.number) for one in home.steps()] == [("0512", 1), ("0513", 1), ("0512", 2), ("0512", 3)]
    assert [one.state for one in home.steps("0512")] == ["submitted", "checked", "returned_by_county"]
    assert check_home(home)[0] is not None


def test_a_step_of_a_review_leaves_the_state_as_it_is(tmp_path: Path, web: None) -> None:
    home = home_at("database", tmp_path / "home")
    corrected(home)
    before = home.state()
    reviewed(home)
    assert home.state() == before
    assert not hand_in(home, [village(seen("square", True))])[1]
    assert home.state() != before


@pytest.mark.parametrize("line", [b"no step", b'{"unit": "0512", "number": 7}', b"[]"])
def test_a_line_that_is_no_step_is_said(tmp_path: Path, line: bytes) -> None:
    home = home_at("folder", tmp_path / "home")
    reviewed(home)
    with (tmp_path / "home" / "steps.jsonl").open("ab") as stream:
        stream.write(line + b"\n")
    (problem,) = check_home(home)[1]
    assert (problem.code, problem.source.row) == ("W147", 5)


def test_altered_bytes_are_found_out(home: Home) -> None:
    corrected(home)
    altered = (home.submission("0512", 1) or b"").replace(b"320", b"390")
    alter(home, "0512", altered)
    units, problems = read_home(home, PACK, round_of(home))
    assert not units
    assert set(codes(errors(problems))) == {"W064", "W117"}
    assert {Path(p.source.file).parts[-3:] for p in errors(problems)} == {("evidence", "0512", "0001.evidence.yaml")}
    assert codes(hand_in(home, [village(seen("square", True))])[1])[:1] == ["W064"]
    assert codes(check_home(home)[1]) == ["W117"]


def writer(kind: str, place: Path, who: str, times: int) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "engine"), *sys.path])}
    words = [sys.executable, "-c", WRITER, kind, str(place), who, str(times)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)


@pytest.mark.parametrize("kind", HOMES)
def test_two_at_once_lose_no_number(kind: str, tmp_path: Path, web: None) -> None:
    home = home_at(kind, tmp_path / "home")
    for one in [writer(kind, tmp_path / "home", who, 6) for who in ("甲", "乙")]:
        _, said = one.communicate(timeout=100)
        assert (one.returncode, said) == (0, b"")
    holding, problems = check_home(home)
    assert holding is not None, problems
    assert (holding.submissions, holding.documents) == (12, 6)
    assert [one.number for one in home.submissions("A")] == list(range(1, 13))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("kind", DATABASES)
def test_a_writer_that_is_killed_before_the_end_leaves_nothing_in_a_database(
    kind: str, tmp_path: Path, web: None
) -> None:
    """It is killed when the submission and its event are written, and the receipt is not."""
    home = home_at(kind, tmp_path / "home")
    corrected(home)
    before, told = everything(home), home.journal()
    one = writer(kind, tmp_path / "home", "甲", -1)
    assert (one.communicate(timeout=100)[0], one.returncode) == (b"", -signal.SIGKILL)
    assert (everything(home), home.journal()) == (before, told)
    assert not hand_in(home, [village(seen("households", 5), code="A")])[1]
    assert check_home(home)[0] is not None


@pytest.mark.parametrize("kind", DATABASES)
def test_a_turn_that_fails_is_forgotten_by_the_door(
    kind: str, tmp_path: Path, web: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when a receipt is added: nothing is stored, and the same door stores the next one."""
    home = home_at(kind, tmp_path / "home")
    door, _ = open_door(home, PACK, round_of(home))
    assert door is not None
    unit = village(seen("households", 320))

    def full(*given: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as failing:
        failing.setattr("meihao.web.kept.home.LedgerRows.append", full)
        assert codes(accept(door, [unit], MORNING, {})[1]) == ["W075"]
    assert not home.submissions("0512")
    (stored,), problems = accept(door, [unit], MORNING, {})
    assert (stored.number, problems, door.ledger.count) == (1, (), 1)


def test_a_watcher_sees_every_unit_that_is_read(home: Home) -> None:
    corrected(home)
    assert [unit.code for unit in home.read(PACK, None, unwatched)[0]] == ["0512", "0513"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("folder", "database"), ("database", "folder"), ("folder", "postgresql"), ("postgresql", "folder")],
)
def test_a_round_goes_to_the_other_home_and_back_with_the_same_bytes(
    first: str, second: str, tmp_path: Path, web: None
) -> None:
    home = home_at(first, tmp_path / "home")
    corrected(home)
    reviewed(home)
    there = moved(home, second, tmp_path / "there")
    back = moved(there, first, tmp_path / "back")
    assert everything(home) == everything(there) == everything(back)
    assert [check_home(one)[0] is not None for one in (home, there, back)] == [True] * 3
    assert list(back.journal())[: len(home.journal())] == list(home.journal())


def moved(home: Home, kind: str, to: Path) -> Home:
    if kind == "folder":
        assert export_round(home, to)[0] is not None
        return FolderHome(to)
    target = home_at(kind, to, begun=True)
    assert load_round(home.place, target)[0] is not None
    return target


def test_a_database_that_cannot_be_read_is_said(tmp_path: Path, web: None) -> None:
    home = home_at("database", tmp_path / "home")
    corrected(home)
    with sqlite3.connect(home.place / "meihao.sqlite3") as database:
        database.execute("DROP TABLE submission")
    database.close()
    assert codes(home.read(PACK, None, unwatched)[1]) == ["E041"]
    assert codes(hand_in(home, [village(seen("square", True))])[1]) == ["W075"]
    assert codes(check_home(home)[1]) == ["W145"]
