"""Proves that a batch makes every report it can: a worker that dies, hangs or eats memory costs its own report only; what
is done is not made again, and what has changed is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec import Struct
from tests.reports.own_templates import own_theme

from meihao.core.problems import Source
from meihao.reports import messages
from meihao.reports.batch import RECORD, BatchReport, ReportJob, batch, identity, look_digest, read_record
from meihao.reports.look import shades
from meihao.reports.render import Theme
from meihao.reports.workers import Limits, Lost, work_off
from meihao.reports.write import Written

posix = pytest.mark.skipif(os.name != "posix", reason="this system sets no such limits")
QUICK = Limits(processor=1, waiting=30, memory=1 << 30, jobs=50)


class Scribe(Struct, frozen=True):
    """Does what its order says: writes a file with the number of its process, or fails in one of many ways."""

    folder: Path

    def __call__(self, order: str) -> Written:
        name, _, what = order.partition(" ")
        if what == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if what == "leave":
            os._exit(7)
        while what == "spin":
            pass
        if what == "hang":
            time.sleep(600)
        if what == "eat":
            assert bytes(8 << 30)
        if what == "refuse":
            return (), (messages.NOT_WRITTEN.at(Source(), path=name, why="no"),)
        (self.folder / name).write_text(str(os.getpid()), encoding="ascii")
        return (self.folder / name,), ()


def made(folder: Path, *orders: str, processes: int = 2, limits: Limits = QUICK) -> dict[str, BatchReport]:
    wanted = [ReportJob(one.partition(" ")[0], "1", one) for one in orders]
    return {one.name: one for one in batch(Scribe(folder), wanted, folder, processes, limits)}


def codes(one: BatchReport) -> list[str]:
    return [problem.code for problem in one.problems]


def makers(folder: Path, names: Sequence[str]) -> set[str]:
    return {(folder / name).read_text(encoding="ascii") for name in names}


@posix
@pytest.mark.parametrize(
    ("what", "code", "said"),
    [("die", "P050", "signal 9"), ("leave", "P050", "exit 7"), ("spin", "P051", "1"), ("eat", "P053", "1024")],
)
def test_a_report_that_dies_or_takes_too_much_is_said_and_the_others_are_made(
    what: str, code: str, said: str, tmp_path: Path
) -> None:
    done = made(tmp_path, "a", f"b {what}", "c", "d")
    assert codes(done["b"]) == [code]
    assert said in done["b"].problems[0].text("en")
    assert done["b"].problems[0].source.file == "b"
    assert [done[name].paths for name in "acd"] == [(tmp_path / name,) for name in "acd"]
    assert not (tmp_path / "b").exists()


def test_a_report_that_hangs_is_stopped_after_its_time(tmp_path: Path) -> None:
    done = made(tmp_path, "a hang", "b", processes=1, limits=Limits(waiting=2))
    assert (codes(done["a"]), codes(done["b"])) == (["P052"], [])


def test_a_report_that_cannot_be_written_is_said_under_its_own_name(tmp_path: Path) -> None:
    done = made(tmp_path, "a refuse", "b")
    assert [(p.code, p.source.file) for p in done["a"].problems] == [("P014", "a")]
    assert set(read_record(tmp_path)) == {"b"}


def test_a_process_is_replaced_after_some_reports(tmp_path: Path) -> None:
    names = ["a", "b", "c", "d", "e"]
    made(tmp_path, *names, processes=1, limits=Limits(jobs=2))
    assert len(makers(tmp_path, names)) == 3
    again = tmp_path / "again"
    again.mkdir()
    made(again, *names, processes=1, limits=Limits(jobs=5))
    assert len(makers(again, names)) == 1


def test_what_is_done_is_not_made_again_and_what_changed_is(tmp_path: Path) -> None:
    made(tmp_path, "a", "b", "c", processes=1)
    before = {name: (tmp_path / name).read_bytes() for name in "abc"}
    (tmp_path / "b").write_bytes(b"changed by someone")
    (tmp_path / "c").unlink()
    again = made(tmp_path, "a", "b", "c", processes=1)
    assert {name: one.resumed for name, one in again.items()} == {"a": True, "b": False, "c": False}
    assert again["a"].paths == (tmp_path / "a",)
    assert (tmp_path / "a").read_bytes() == before["a"]
    assert (tmp_path / "b").read_bytes() != b"changed by someone"


def test_other_data_make_another_report(tmp_path: Path) -> None:
    made(tmp_path, "a")
    (again,) = batch(Scribe(tmp_path), [ReportJob("a", "2", "a")], tmp_path, 1)
    assert not again.resumed


def test_a_record_that_was_cut_short_loses_its_last_line_only(tmp_path: Path) -> None:
    made(tmp_path, "a", "b", processes=1)
    record = tmp_path / RECORD
    record.write_bytes(record.read_bytes()[:-9])
    again = made(tmp_path, "a", "b", processes=1)
    assert {name: one.resumed for name, one in again.items()} == {"a": True, "b": False}
    assert all(one.resumed for one in made(tmp_path, "a", "b").values())


@pytest.mark.parametrize("line", [b"", b"null", b"\xff\xfe", b'{"name":"a","made_from":"1","files":[["../a","x"]]}'])
def test_a_strange_record_counts_for_nothing(line: bytes, tmp_path: Path) -> None:
    (tmp_path / RECORD).write_bytes(line)
    assert not made(tmp_path, "a")["a"].resumed


@posix
def test_a_batch_that_was_killed_goes_on_and_leaves_no_process_behind(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from meihao.reports.batch import ReportJob, batch; from tests.reports.test_batch import Scribe;"
        "folder = pathlib.Path(sys.argv[1]);"
        "orders = [ReportJob(n, '1', n) for n in ('a', 'b')] + [ReportJob('c', '1', 'c hang')];"
        "[print(one.name, flush=True) for one in batch(Scribe(folder), orders, folder, 1)]"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'engine'}{os.pathsep}{root}"}
    with subprocess.Popen(
        (sys.executable, "-c", code, str(tmp_path)), env=environment, stdout=subprocess.PIPE, text=True
    ) as batch_of_three:
        assert batch_of_three.stdout is not None
        assert [batch_of_three.stdout.readline().strip() for _ in range(2)] == ["a", "b"]
        batch_of_three.kill()
    again = made(tmp_path, "a", "b", "c")
    assert {name: one.resumed for name, one in again.items()} == {"a": True, "b": True, "c": False}


def test_every_job_is_answered_once_whatever_the_number_of_processes() -> None:
    for processes in (1, 3):
        assert sorted(work_off(abs, [-3, 4, -5, 6, -7], processes, Limits())) == [
            (0, 3),
            (1, 4),
            (2, 5),
            (3, 6),
            (4, 7),
        ]
    assert list(work_off(abs, [], 2, Limits())) == []


def test_work_that_raises_is_lost_and_not_swallowed(capfd: pytest.CaptureFixture[str]) -> None:
    answers = dict(work_off(int, ["1", "x"], 1, Limits()))
    assert answers == {0: 1, 1: Lost("died", "exit 1")}
    assert "ValueError" in capfd.readouterr().err


def test_equal_data_have_equal_identities_and_other_data_others() -> None:
    assert identity({"b": 1, "a": {"y", "x"}}, "t") == identity({"a": {"x", "y"}, "b": 1}, "t")
    others = {identity("ab", "c"), identity("a", "bc"), identity(b"ab", "c"), identity(["ab", "c"])}
    assert len(others) == 4


def test_another_colour_or_template_is_another_look(tmp_path: Path) -> None:
    (tmp_path / "unit.html").write_text("{{ r.name }}", encoding="utf-8")
    own = look_digest(own_theme(tmp_path))
    (tmp_path / "unit.html").write_text("{{ r.grade }}", encoding="utf-8")
    assert (
        len({look_digest(Theme()), look_digest(Theme(look=shades("#ff0000"))), own, look_digest(own_theme(tmp_path))})
        == 4
    )
