"""Proves that receipts are chained over the whole round: a lost file, folder or line is found out and named, a writer that was
killed is finished by the next, and units come from the roster alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from meihao.core.problems import Problem, errors
from meihao.evidence.model import UnitEvidence
from meihao.pipeline import read_units
from meihao.round.read import read_round_file
from meihao.store.folder import PENDING, FolderHome
from meihao.store.ledger import LEDGER, Ledger
from meihao.store.place import unit_folder

from .round_folder import MORNING, PACK, ROUND, accept, enrol, round_folder, seen, village


def take(folder: Path, *units: UnitEvidence, reason: str = "") -> list[str]:
    return [p.code for p in accept(folder, PACK, units, replace(MORNING, reason=reason), {})[1]]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Receipts 1, 2 and 3: a village's form, what an inspector saw of it, and another village's form."""
    assert not take(round_folder(tmp_path), village(seen("households", 320)))
    assert not take(tmp_path, village(seen("households", 310, "张三", "inspector")))
    assert not take(tmp_path, village(seen("households", 90), code="0513"))
    return tmp_path


def judged(folder: Path) -> tuple[list[str], list[str]]:
    """Return the units that would be judged, and what is said of the round: code and the file it is about."""
    round_, problems = read_round_file(folder / "round.yaml", PACK)
    assert round_ is not None, problems
    units, problems = read_units([folder / "evidence"], PACK, round_)
    place = [Path(p.source.file).relative_to(folder).as_posix() for p in errors(problems)]
    return [u.code for u in units], [f"{p.code} {at}" for p, at in zip(errors(problems), place, strict=True)]


ALL = ["0512", "0513", "A", "B", "a/b", "a_b"]  # the roster's


def test_every_receipt_holds_the_digest_of_the_line_before(three: Path) -> None:
    """sha256sum of each line is what the next one calls `before`."""
    import hashlib

    lines = (three / LEDGER).read_bytes().splitlines()
    told = [json.loads(line) for line in lines]
    assert [(one["n"], one["unit"], one["number"], one["on"], one["by"]) for one in told] == [
        (1, "0512", 1, "2026-05-20", "王某"),
        (2, "0512", 2, "2026-05-20", "王某"),
        (3, "0513", 1, "2026-05-20", "王某"),
    ]
    assert [one["before"] for one in told] == ["", *(hashlib.sha256(line).hexdigest() for line in lines[:2])]
    assert judged(three) == (ALL, [])


def test_an_inspectors_last_file_that_is_removed_is_found_out(three: Path) -> None:
    (three / "evidence" / "0512" / "0002.evidence.yaml").unlink()
    assert judged(three) == ([], ["W117 evidence/0512/0002.evidence.yaml"])
    assert take(three, village(seen("square", True))) == ["W117"]


def test_a_units_folder_that_is_removed_is_found_out(three: Path) -> None:
    shutil.rmtree(three / "evidence" / "0513")
    assert judged(three) == ([], ["W117 evidence/0513/0001.evidence.yaml"])
    assert take(three, village(seen("households", 90), code="0513")) == ["W117"]
    assert take(three, village(seen("square", True))) == [], "another unit may still hand in"


def test_a_file_that_was_forged_whole_is_found_out(three: Path) -> None:
    """The forger knows how files are sealed: the ledger knows another digest."""
    other = three / "other"
    other.mkdir()
    assert not take(round_folder(other), village(seen("households", 900), code="0513"))
    shutil.copy(other / "evidence" / "0513" / "0001.evidence.yaml", three / "evidence" / "0513")
    shutil.rmtree(other)
    assert judged(three) == ([], ["W117 evidence/0513/0001.evidence.yaml"])


def test_a_file_that_was_slipped_in_is_found_out(three: Path) -> None:
    other = three / "other"
    shutil.copytree(three, other, ignore=shutil.ignore_patterns("other"))
    assert not take(other, village(seen("square", True), code="0513"))
    shutil.copy(other / "evidence" / "0513" / "0002.evidence.yaml", three / "evidence" / "0513")
    shutil.rmtree(other)
    assert judged(three) == ([], ["W119 evidence/0513/0002.evidence.yaml"])


@pytest.mark.parametrize("line", [0, 1])
def test_a_line_that_is_taken_out_breaks_the_ledger(three: Path, line: int) -> None:
    lines = (three / LEDGER).read_bytes().splitlines(keepends=True)
    del lines[line]
    (three / LEDGER).write_bytes(b"".join(lines))
    assert judged(three) == ([], ["W116 ledger.jsonl"])
    assert take(three, village(seen("square", True))) == ["W116"]


def test_the_last_lines_that_are_cut_off_are_missed(three: Path) -> None:
    lines = (three / LEDGER).read_bytes().splitlines(keepends=True)
    (three / LEDGER).write_bytes(b"".join(lines[:2]))
    assert judged(three) == ([], ["W119 evidence/0513/0001.evidence.yaml"])
    assert take(three, village(seen("square", True), code="0513")) == ["W119"]


@pytest.mark.parametrize("change", [lambda d: d[:-1], lambda d: d.replace(b"05-20", b"05-21", 1), lambda d: b"x" + d])
def test_a_ledger_that_was_edited_is_broken(three: Path, change: Callable[[bytes], bytes]) -> None:
    (three / LEDGER).write_bytes(change((three / LEDGER).read_bytes()))
    assert judged(three) == ([], ["W116 ledger.jsonl"])


def test_a_ledger_that_is_gone_is_missed(three: Path) -> None:
    (three / LEDGER).unlink()
    assert judged(three) == ([], ["W116 ledger.jsonl"])


def test_one_units_folder_is_checked_alone(three: Path) -> None:
    round_, _ = read_round_file(three / "round.yaml", PACK)
    assert round_ is not None
    (three / "evidence" / "0512" / "0002.evidence.yaml").unlink()
    units, problems = read_units([three / "evidence" / "0513"], PACK, round_)
    assert ([u.code for u in units], problems) == (["0513"], ())
    assert [p.code for p in read_units([three / "evidence" / "0512"], PACK, round_)[1]] == ["W117"]


# ---- a writer that was killed ----------------------------------------------------------------------------------------


def killed(folder: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """Hand in for two units and die at a step: the two that were stored may have no lines."""

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    steps = {"put": "meihao.store.folder.put_new", "add": "meihao.store.ledger.Ledger.add"}
    with monkeypatch.context() as patch:
        patch.setattr(steps[at], die)
        with pytest.raises(Killed):
            take(folder, village(seen("square", True)), village(seen("square", False), code="0513"))


def test_what_was_stored_without_its_line_gets_it_from_the_next_writer(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(three, monkeypatch, "add")
    assert (three / PENDING).is_file()
    assert judged(three) == (ALL, []), "a reader knows what was being stored"
    assert take(three, village(seen("remark", "无"))) == ["W118"]
    assert FolderHome(three).ledger().read() == ()
    assert [json.loads(line)["unit"] for line in (three / LEDGER).read_bytes().splitlines()[3:]] == [
        "0512",
        "0513",
        "0512",
    ]
    assert not (three / PENDING).exists()
    assert judged(three) == (ALL, [])


def test_what_was_not_stored_is_named_and_can_be_handed_in_again(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(three, monkeypatch, "put")
    assert judged(three) == (ALL, [])
    done, (problem,) = accept(three, PACK, [village(seen("square", True))], MORNING, {})
    assert (done[0].number, problem.code) == (3, "W118")
    assert "没有存下的单位：0512、0513" in problem.text()


def test_half_a_line_of_a_killed_writer_is_written_again(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(three, monkeypatch, "add")
    with (three / LEDGER).open("ab") as stream:
        stream.write(b'{"n":4,"unit":"05')
    assert take(three, village(seen("remark", "无"))) == ["W118"]
    assert judged(three) == (ALL, [])


# ---- the roster ------------------------------------------------------------------------------------------------------


def test_a_round_without_a_roster_takes_nothing_in_and_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    _, (problem,) = accept(tmp_path, PACK, [village(seen("square", True))], MORNING, {})
    assert problem.code == "W112"
    assert f"meihao roster {tmp_path} --blank" in problem.text()


def test_a_roster_that_is_taken_away_is_missed(three: Path) -> None:
    (three / "roster.yaml").unlink()
    assert judged(three) == ([], ["W112 roster.yaml"])


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (village(seen("square", True), code="0521"), "W110 单位名册里没有编号0521（核对编号；是否想写 051"),
        (replace(village(seen("square", True)), kind="compound"), "W111"),
        (replace(village(seen("square", True)), name="松台村"), "W111 0512的名称写的是“松台村”，单位名册上是“青禾村”"),
        (replace(village(seen("square", True)), region="08"), "W111 0512的地区写的是“08”，单位名册上是“07”"),
    ],
)
def test_what_the_roster_does_not_know_is_refused_with_one_message(
    tmp_path: Path, unit: UnitEvidence, said: str
) -> None:
    done, problems = accept(round_folder(tmp_path), PACK, [unit], MORNING, {})
    assert done == ()
    assert [said in p.text() for p in problems] == [True]
    assert not (tmp_path / "evidence").exists()


def test_a_name_with_other_blanks_and_no_region_are_the_rosters(tmp_path: Path) -> None:
    unit = replace(village(seen("square", True)), name="青禾 村", region="")
    assert not take(round_folder(tmp_path), unit)
    assert '{code: "0512", kind: village, name: "青禾村", region: "07"}' in (
        unit_folder(tmp_path, "0512") / "0001.evidence.yaml"
    ).read_text("utf-8")


def test_units_that_handed_in_nothing_are_judged_as_they_stand(three: Path) -> None:
    round_, _ = read_round_file(three / "round.yaml", PACK)
    assert round_ is not None
    units, _ = read_units([three / "evidence"], PACK, round_)
    assert [u.code for u in units if u.silent()] == ["A", "B", "a/b", "a_b"]


def test_a_loose_file_must_be_of_the_roster_and_has_no_receipt(three: Path) -> None:
    text = "unit: {code: CODE, kind: village, name: 青禾村}\nobservations: []\n"
    (three / "evidence" / "A.evidence.yaml").write_text(text.replace("CODE", "A"), encoding="utf-8")
    assert judged(three) == (ALL, [])
    (three / "evidence" / "C.evidence.yaml").write_text(text.replace("CODE", "C"), encoding="utf-8")
    assert judged(three) == ([], ["W110 evidence/C.evidence.yaml"])


def test_another_name_on_a_later_roster_is_said_and_counts(three: Path) -> None:
    enrol(three, name="青禾新村")
    round_, _ = read_round_file(three / "round.yaml", PACK)
    assert round_ is not None
    units, problems = read_units([three / "evidence"], PACK, round_)
    assert {u.name for u in units} == {"青禾新村"}
    assert [(p.code, p.severity) for p in problems] == [("W114", "warning")] * 2


def test_another_kind_on_a_later_roster_stops_the_unit(three: Path) -> None:
    enrol(three, kind="compound")
    assert [code[:4] for code in judged(three)[1]] == ["W111", "W111"]


def test_storing_reads_no_receipt_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred units one by one at one door: each line of the ledger is read once, when it is written."""
    from meihao.store.accept import accept as accepted
    from meihao.store.accept import open_door

    codes = [f"V{n}" for n in range(200)]
    enrol(round_folder(tmp_path), *codes)
    round_, _ = read_round_file(tmp_path / "round.yaml", PACK)
    assert round_ is not None
    door, _ = open_door(FolderHome(tmp_path), PACK, round_)
    assert door is not None
    read: list[bytes] = []
    taken = Ledger._take

    def counted(self: Ledger, line: bytes) -> Problem | None:
        read.append(line)
        return taken(self, line)

    monkeypatch.setattr(Ledger, "_take", counted)
    for code in codes:
        assert not accepted(door, [village(seen("square", True), code=code)], MORNING, {})[1]
    assert len(read) == 200
    assert door.ledger.count == 200
    assert date.fromisoformat(json.loads(read[-1])["on"]) == MORNING.on
