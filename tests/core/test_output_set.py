"""Proves that files of one set appear together: whatever is killed when, a folder holds one set, and nobody's files are lost."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from meihao.core.canonical import digest_bytes
from meihao.core.files import write_whole
from meihao.core.output_set import RECORD, KeptAside, output_set
from meihao.uses.answer import Notes
from meihao.uses.publish import kept

posix = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
NAMES = ("a.json", "b.pdf", "sub/c.csv")
STEPS = ("rename", "replace", "unlink", "rmdir", "link", "mkdir")
WRITER = """
import sys
from itertools import count
from pathlib import Path
from tests.core.test_output_set import write
print("ready", flush=True)
for n in count():
    write(Path(sys.argv[1]), n)
"""


def write(folder: Path, number: int, names: tuple[str, ...] = NAMES) -> None:
    with output_set(folder) as stage:
        for name in names:
            write_whole(stage / name, f"{number} ".encode() * 3000)


def fail(folder: Path, number: int, resumable: bool = False) -> None:
    with output_set(folder, resumable) as stage:
        write_whole(stage / "a.json", f"{number} ".encode() * 3000)
        raise ZeroDivisionError


def numbers(folder: Path, names: tuple[str, ...] = NAMES) -> set[str]:
    """Return the numbers of the runs whose files a folder holds; one that is torn, or not there, is told."""
    found = [(folder / name).read_text() if (folder / name).exists() else "absent" for name in names]
    return {text.split()[0] if len(text.split()) in (1, 3000) else "torn" for text in found}


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_set_appears_when_it_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "lists"
    with output_set(folder) as stage:
        write_whole(stage / "a.json", b"1")
        assert not folder.exists()
    assert sorted(path.name for path in folder.iterdir()) == [RECORD, "a.json"]
    assert [path.name for path in folder.parent.iterdir()] == ["lists"]


def test_a_set_that_fails_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "lists", 1)
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "lists", 2)
    assert numbers(tmp_path / "lists") == {"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["lists"]


@pytest.mark.parametrize("guest", ["scan.pdf", "sub/scan.pdf", "own/scan.pdf"])
def test_the_files_of_others_stay_where_they_are(guest: str, tmp_path: Path) -> None:
    write(tmp_path, 1, (*NAMES, "former.docx"))
    (tmp_path / guest).parent.mkdir(exist_ok=True)
    (tmp_path / guest).write_text("signed")
    before = (tmp_path / guest).stat().st_ino
    write(tmp_path, 2)
    assert numbers(tmp_path) == {"2"}
    assert ((tmp_path / guest).read_text(), (tmp_path / guest).stat().st_ino) == ("signed", before)
    assert not (tmp_path / "former.docx").exists()
    assert hidden(tmp_path) == [RECORD]


@pytest.mark.parametrize("guest", [(), ("scan.pdf",)])
def test_what_a_user_changed_and_the_new_set_has_not_is_not_removed(guest: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    write(folder, 1, (*NAMES, "decision.docx", "former.docx"))
    (folder / "decision.docx").write_text("edited by the office")
    for name in guest:
        (folder / name).write_text("signed")
    write(folder, 2)
    assert (folder / "decision.docx").read_text() == "edited by the office"
    assert not (folder / "former.docx").exists()
    assert numbers(folder) == {"2"}


def test_files_and_folder_keep_their_permissions(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    write(folder, 1)
    folder.chmod(0o750)
    (folder / "a.json").chmod(0o640)
    write(folder, 2)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "a.json")] == [0o750, 0o640]


def test_the_folder_one_stands_in_remains_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("."), 1)
    before = tmp_path.stat().st_ino
    write(Path(), 2)
    assert (numbers(tmp_path), tmp_path.stat().st_ino) == ({"2"}, before)


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    for number in (1, 2):
        write(tmp_path / "link", number)
    assert (tmp_path / "link").is_symlink()
    assert numbers(tmp_path / "real") == {"2"}


def test_a_folder_in_the_place_of_a_file_is_said_and_nothing_changes(tmp_path: Path) -> None:
    write(tmp_path / "lists", 1)
    (tmp_path / "lists" / "d.csv" / "deep").mkdir(parents=True)
    with pytest.raises(IsADirectoryError) as refused:
        write(tmp_path / "lists", 2, (*NAMES, "d.csv"))
    assert refused.value.filename == str(tmp_path / "lists" / "d.csv")
    assert numbers(tmp_path / "lists") == {"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["lists"]


def test_a_file_in_the_place_of_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("a letter")
    with pytest.raises(NotADirectoryError):
        write(tmp_path / "lists", 1)
    assert (tmp_path / "lists").read_text() == "a letter"


def test_a_record_that_points_out_of_the_folder_removes_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"mine")
    write(tmp_path / "lists", 1)
    (tmp_path / "lists" / "guest").write_bytes(b"")
    (tmp_path / "lists" / RECORD).write_text(json.dumps({"../letter": digest_bytes(b"mine")}))
    write(tmp_path / "lists", 2)
    assert (tmp_path / "letter").read_bytes() == b"mine"


def test_what_can_be_resumed_is_there_again(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "reports", 1, resumable=True)
    assert not (tmp_path / "reports").exists()
    with output_set(tmp_path / "reports", resumable=True) as stage:
        assert (stage / "a.json").read_bytes() == b"1 " * 3000
        with output_set(tmp_path / "reports", resumable=True) as other:
            assert list(other.iterdir()) == []
    assert (tmp_path / "reports" / "a.json").read_bytes() == b"1 " * 3000


def test_a_writer_that_is_at_work_is_left_alone(tmp_path: Path) -> None:
    with output_set(tmp_path / "lists") as slow:
        write_whole(slow / "a.json", b"slow")
        write(tmp_path / "lists", 2)
        assert (slow / "a.json").exists()
    assert (tmp_path / "lists" / "a.json").read_bytes() == b"slow"


def _dying(steps: int, work: Callable[[], None]) -> bool:
    """Do the work in a process that ends, as if killed, before its step of that number; True where it was done before."""
    child = os.fork()
    if not child:
        left = [steps]
        for name in STEPS:
            setattr(os, name, _counted(getattr(os, name), left))
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _counted(real: Callable[..., None], left: list[int]) -> Callable[..., None]:
    def step(*given: object, **named: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        real(*given, **named)

    return step


@posix
@pytest.mark.parametrize("guest", [False, True], ids=["own folder", "among others' files"])
def test_killed_before_any_step_the_next_run_finds_one_set_and_leaves_no_litter(guest: bool, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    done, steps = False, 0
    while not done:
        write(folder, 1, (*NAMES, "former.docx"))
        if guest:
            (folder / "scan.pdf").write_text("signed")
        done = _dying(steps, lambda: write(folder, 2))
        if not guest:
            assert not folder.exists() or len(numbers(folder)) == 1, (
                f"two runs side by side, killed before step {steps}"
            )
        with pytest.raises(ZeroDivisionError):
            fail(folder, 4)
        assert numbers(folder) in ({"1"}, {"2"}), f"killed before step {steps}"
        assert (folder / "former.docx").exists() == (numbers(folder) == {"1"})
        write(folder, 3)
        assert numbers(folder) == {"3"}
        assert (folder / "scan.pdf").exists() == guest
        assert [path.name for path in tmp_path.iterdir()] == ["lists"]
        assert hidden(folder) == [RECORD]
        steps += 1
    assert steps > 10


@posix
def test_twelve_kills_never_leave_two_runs_side_by_side(tmp_path: Path) -> None:
    dice = random.Random(20260630)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])}
    for kill in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "lists")], stdout=subprocess.PIPE, env=env
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(dice.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert len(numbers(tmp_path / "lists")) == 1, f"two runs after kill {kill}"
        assert "torn" not in numbers(tmp_path / "lists")
    write(tmp_path / "lists", 0)
    assert [path.name for path in tmp_path.iterdir()] == ["lists"]


OFFICE = ("lists/notice.docx", "lists/list.xlsx", "a.json")


def rewrite(folder: Path, number: int) -> list[tuple[str, str]]:
    """Write a set that offices edit, and return what was kept of the one before, by the names of file and copy."""
    told: list[tuple[str, str]] = []

    def tell(path: Path, copy: Path) -> None:
        told.append((path.relative_to(folder).as_posix(), copy.relative_to(folder).as_posix()))

    with output_set(folder, kept=KeptAside("edited", tell)) as stage:
        for name in OFFICE:
            write_whole(stage / name, f"{name} {number}".encode())
    return told


def test_what_an_office_edited_is_kept_beside_and_said(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert rewrite(folder, 1) == []
    assert rewrite(folder, 2) == [], "nobody touched them"
    (folder / OFFICE[0]).write_bytes(b"edited by hand")
    (folder / OFFICE[2]).write_bytes(b"not a file that offices write in")
    assert rewrite(folder, 3) == [("lists/notice.docx", "lists/notice.edited.docx")]
    assert [(folder / name).read_text() for name in OFFICE] == [f"{name} 3" for name in OFFICE]
    assert (folder / "lists/notice.edited.docx").read_bytes() == b"edited by hand"
    assert rewrite(folder, 4) == [], "what is kept is nobody's to take away or to tell again"
    (folder / OFFICE[0]).write_bytes(b"edited once more")
    assert rewrite(folder, 5) == [("lists/notice.docx", "lists/notice.edited2.docx")]
    (folder / OFFICE[0]).write_bytes(b"edited by hand")
    assert rewrite(folder, 6) == [("lists/notice.docx", "lists/notice.edited.docx")], "the same is kept once"
    kept = {p.name: p.read_bytes() for p in (folder / "lists").glob("*.edited*")}
    assert kept == {"notice.edited.docx": b"edited by hand", "notice.edited2.docx": b"edited once more"}
    assert not hidden(tmp_path)


def test_a_file_that_no_set_left_is_kept_as_well_and_one_that_is_the_same_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "lists").mkdir(parents=True)
    (folder / OFFICE[0]).write_bytes(b"somebody's own")
    (folder / OFFICE[1]).write_bytes(f"{OFFICE[1]} 1".encode())
    assert rewrite(folder, 1) == [("lists/notice.docx", "lists/notice.edited.docx")]
    (folder / RECORD).unlink()
    assert rewrite(folder, 1) == [], "it is what is written now"
    (folder / OFFICE[0]).unlink()
    (folder / OFFICE[0]).symlink_to(folder / OFFICE[2])
    assert rewrite(folder, 2) == [], "a link is replaced, what it leads to is not touched"


def test_the_user_reads_which_file_is_whose(tmp_path: Path) -> None:
    path = tmp_path / "公示名单.docx"
    path.write_bytes(b"edited by hand")
    notes = Notes()
    with output_set(tmp_path, kept=kept(notes, "zh")) as stage:
        write_whole(stage / path.name, b"new")
    said = "\n".join(problem.text("zh") for problem in notes.problems)
    assert "C051" in said
    assert "另存为公示名单.改动稿.docx" in said
    assert (path.read_bytes(), (tmp_path / "公示名单.改动稿.docx").read_bytes()) == (b"new", b"edited by hand")
