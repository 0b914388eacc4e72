"""Proves that files of one set appear together: whatever is killed when, a folder holds one set, and nobody's files are lost."""

from __future__ import annotations

import errno
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
from meihao.core.output_set import RECORD, KeptAside, output_set, read_record
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
    folder = tmp_path / "new" / "year" / "lists"
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


# ---- what earlier runs left


DIGITS = "0123456789ab"


def finished(folder: Path, number: int, names: tuple[str, ...] = NAMES) -> Path:
    """Make by hand what a run leaves that is killed when its set is whole."""
    for name in names:
        write_whole(folder / name, f"{number} ".encode() * 3000)
    digests = {name: digest_bytes((folder / name).read_bytes()) for name in names}
    (folder / RECORD).write_text(json.dumps(digests), encoding="utf-8")
    return folder


def try_again(folder: Path) -> None:
    """Begin a run, which first brings to an end what others began, and give it up."""
    with pytest.raises(ZeroDivisionError):
        fail(folder, 9)


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def test_a_finished_set_is_put_in_its_place(tmp_path: Path) -> None:
    write(tmp_path / "lists", 1, (*NAMES, "former.docx"))
    (tmp_path / "lists" / "scan.pdf").write_text("signed")
    finished(tmp_path / f".lists.{DIGITS}.ready", 2, (*NAMES, "deep/er/new.csv"))
    try_again(tmp_path / "lists")
    assert numbers(tmp_path / "lists") == {"2"}
    wanted = (RECORD, "a.json", "b.pdf", "deep/er/new.csv", "scan.pdf", "sub/c.csv")
    assert names_in(tmp_path) == [f"lists/{name}" for name in wanted]
    assert hidden(tmp_path) == []


def test_a_set_that_was_moved_away_and_not_replaced_comes_back(tmp_path: Path) -> None:
    finished(tmp_path / f".lists.{DIGITS}.old", 1)
    try_again(tmp_path / "lists")
    assert numbers(tmp_path / "lists") == {"1"}
    assert hidden(tmp_path) == []


def test_of_a_set_that_was_replaced_only_what_somebody_put_there_meanwhile_moves_on(tmp_path: Path) -> None:
    write(tmp_path / "lists", 2)
    old = finished(tmp_path / f".lists.{DIGITS}.old", 1, (*NAMES, "edited.docx", "deep/er/former.csv"))
    (old / "edited.docx").write_text("by the office")
    (old / "a.json").write_text("changed, but the new set has one")
    (old / "own" / "scan").mkdir(parents=True)
    (old / "own" / "scan" / "page.pdf").write_text("signed")
    (old / "link").symlink_to("a.json")
    try_again(tmp_path / "lists")
    assert numbers(tmp_path / "lists") == {"2"}
    assert (tmp_path / "lists" / "edited.docx").read_text() == "by the office"
    assert (tmp_path / "lists" / "own" / "scan" / "page.pdf").read_text() == "signed"
    assert (tmp_path / "lists" / "link").is_symlink()
    assert len(names_in(tmp_path / "lists")) == len((*NAMES, RECORD, "edited.docx", "page.pdf", "link"))
    assert hidden(tmp_path) == []


def test_what_finds_its_place_taken_stays_where_it_was(tmp_path: Path) -> None:
    write(tmp_path / "lists", 2)
    (tmp_path / "lists" / "letter").symlink_to("nowhere")
    old = finished(tmp_path / f".lists.{DIGITS}.old", 1)
    (old / "letter").write_text("mine")
    try_again(tmp_path / "lists")
    assert names_in(old) == ["letter"]
    assert (tmp_path / "lists" / "letter").is_symlink()


def test_only_what_killed_runs_for_the_same_folder_left_is_removed(tmp_path: Path) -> None:
    finished(tmp_path / f".lists.{DIGITS}.tmp", 1)
    finished(tmp_path / f".other.{DIGITS}.tmp", 1)
    finished(tmp_path / f".lists.{DIGITS}.bak", 1)
    finished(tmp_path / f".lists.{DIGITS[:-1]}.tmp", 1)
    (tmp_path / f".lists.{DIGITS[::-1]}.tmp").symlink_to(".other.0123456789ab.tmp")
    (tmp_path / f".lists.{DIGITS[:-1]}c.tmp").write_text("a file")
    write(tmp_path / "lists", 2)
    (tmp_path / "lists" / f".a.json.{DIGITS}.tmp").write_text("half")
    before = set(hidden(tmp_path))
    try_again(tmp_path / "lists")
    assert set(hidden(tmp_path)) == before
    assert sorted(before) == [
        ".lists.0123456789a.tmp", ".lists.0123456789ab.bak", ".lists.0123456789ac.tmp", ".lists.ba9876543210.tmp",
        ".other.0123456789ab.tmp",
    ]  # fmt: skip
    assert hidden(tmp_path / "lists") == [RECORD]


@posix
def test_what_another_user_left_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".lists.unfinished").mkdir()
    for kind in ("tmp", "ready", "old"):
        finished(tmp_path / f".lists.{DIGITS}.{kind}", 1)
    monkeypatch.setattr(os, "getuid", lambda: -1)
    with output_set(tmp_path / "lists", resumable=True) as stage:
        assert stage.name != ".lists.unfinished"
    assert len(hidden(tmp_path)) == 4


# ---- where a set is made, and whether the folder itself is exchanged


def test_what_is_replaced_whole_is_a_new_folder(tmp_path: Path) -> None:
    write(tmp_path / "lists", 1)
    before = (tmp_path / "lists").stat().st_ino
    write(tmp_path / "lists", 2)
    assert (tmp_path / "lists").stat().st_ino != before


@pytest.mark.parametrize("guest", ["file", "empty folder", "linked folder", "link", "changed"])
def test_a_folder_that_holds_something_of_others_is_the_same_afterwards(guest: str, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    write(folder, 1, (*NAMES, "former.docx"))
    match guest:
        case "file":
            (folder / "sub" / "scan.pdf").write_text("signed")
        case "empty folder":
            (folder / "sub" / "scans").mkdir()
        case "linked folder":
            (folder / "scans").symlink_to(folder / "sub")
        case "link":
            (folder / "a.json").unlink()
            (folder / "a.json").symlink_to("b.pdf")
        case _:
            (folder / "former.docx").write_text("by the office")
    before = folder.stat().st_ino
    write(folder, 2)
    assert (folder.stat().st_ino, numbers(folder)) == (before, {"2"})


def test_a_folder_of_another_group_is_not_exchanged_for_one_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, real = tmp_path / "lists", Path.stat
    write(folder, 1)
    before = folder.stat().st_ino

    def of_another_group(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = real(path, follow_symlinks=follow_symlinks)
        return os.stat_result((*found[:5], found[5] + 1, *found[6:])) if path == folder else found

    monkeypatch.setattr(Path, "stat", of_another_group)
    write(folder, 2)
    assert (folder.stat().st_ino, numbers(folder)) == (before, {"2"})


def test_a_set_without_files_takes_the_place_of_one_that_had_some(tmp_path: Path) -> None:
    write(tmp_path / "lists", 1)
    (tmp_path / "lists" / "scan.pdf").write_text("signed")
    with output_set(tmp_path / "lists"):
        pass
    assert names_in(tmp_path) == [f"lists/{RECORD}", "lists/scan.pdf"]


def test_what_a_killed_run_left_and_cannot_be_removed_hinders_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "permission denied")

    finished(tmp_path / f".lists.{DIGITS}.tmp", 1)
    (finished(tmp_path / f".lists.{DIGITS}.ready", 1) / "guest").write_text("who knows whose")
    monkeypatch.setattr(os, "unlink", refuse)
    try_again(tmp_path / "lists")
    assert numbers(tmp_path / "lists") == {"1"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    write(tmp_path / "lists", 1)
    assert numbers(tmp_path / "lists") == {"1"}


@pytest.mark.parametrize("closed", ["a disk of its own", "the folder above is closed"])
def test_where_nothing_can_be_made_beside_it_is_made_within(
    closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lists"
    write(folder, 1, (*NAMES, "former.docx"))
    if closed == "a disk of its own":
        monkeypatch.setattr(os.path, "ismount", lambda path: path == folder)
    else:
        monkeypatch.setattr(os, "access", lambda path, how: path != tmp_path)
    finished(folder / f"..{DIGITS}.ready", 3)
    with output_set(folder) as stage:
        assert stage.parent == folder
        assert numbers(folder) == {"3"}, "begun by an earlier run"
        for name in NAMES:
            write_whole(stage / name, b"2 " * 3000)
    assert numbers(folder) == {"2"}
    assert hidden(folder) == [RECORD]
    assert not (folder / "former.docx").exists()


def test_a_folder_that_is_closed_is_said_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "lists", 1)
    monkeypatch.setattr(os, "access", lambda path, how: path != tmp_path / "lists" or how != os.W_OK | os.X_OK)
    with pytest.raises(PermissionError) as refused:
        write(tmp_path / "lists", 2)
    assert (refused.value.errno, refused.value.filename) == (errno.EACCES, str(tmp_path / "lists"))
    assert numbers(tmp_path / "lists") == {"1"}


def test_a_refusal_while_files_are_made_names_where_they_would_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path / "lists", Path("lists")):
        with pytest.raises(OSError, match="No space") as refused, output_set(folder) as stage:
            raise OSError(errno.ENOSPC, "No space left", str(stage / "a.json"))
        assert refused.value.filename == str(folder / "a.json")
        assert list(tmp_path.iterdir()) == []


def test_the_folder_above_is_filled_from_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lists" / "here").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "lists" / "here")
    with output_set(Path("..")) as stage:
        assert stage.resolve().parent == tmp_path
        write_whole(stage / "a.json", b"1")
    assert names_in(tmp_path) == [f"lists/{RECORD}", "lists/a.json"]


def test_who_fails_because_the_folder_to_write_in_is_gone_says_so(tmp_path: Path) -> None:
    def lose() -> None:
        with output_set(tmp_path / "lists") as stage:
            stage.rmdir()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lose()


@posix
@pytest.mark.parametrize(("made", "wanted"), [(0o755, (0o660, 0o604, 0o640)), (0o700, (0o664, 0o604, 0o644))])
def test_a_file_that_is_not_for_everybody_stays_so(made: int, wanted: tuple[int, ...], tmp_path: Path) -> None:
    """Where the folder itself is made for nobody else, that a file is so tells nothing about the file."""
    write(tmp_path / "lists", 1)
    for name, mode in zip(NAMES, (0o664, 0o604, 0o644), strict=True):
        (tmp_path / "lists" / name).chmod(mode)
    with output_set(tmp_path / "lists") as stage:
        for name, mode in zip(NAMES, (0o660, 0o644, 0o600), strict=True):
            write_whole(stage / name, b"2 " * 3000)
            (stage / name).chmod(mode)
        stage.chmod(made)
    assert tuple(stat.S_IMODE((tmp_path / "lists" / name).stat().st_mode) for name in NAMES) == wanted


def test_what_cannot_be_exchanged_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "lists", 1)
    rename = os.rename

    def refuse(source: Path, goal: Path) -> None:
        if source.name.endswith(".tmp"):
            raise OSError(errno.EIO, "the disk failed", str(goal))
        rename(source, goal)

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(OSError, match="the disk failed"):
        write(tmp_path / "lists", 2)
    assert numbers(tmp_path / "lists") == {"1"}
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}'])
def test_a_record_that_cannot_be_read_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / RECORD).write_text(text)
    assert read_record(tmp_path) == {}
    (tmp_path / RECORD).write_text('{"a": "sha256:1"}')
    assert read_record(tmp_path) == {"a": "sha256:1"}
    assert read_record(tmp_path / "gone") == {}


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
    (folder / OFFICE[0]).chmod(0o604)
    (folder / OFFICE[2]).write_bytes(b"not a file that offices write in")
    assert rewrite(folder, 3) == [("lists/notice.docx", "lists/notice.edited.docx")]
    assert [(folder / name).read_text() for name in OFFICE] == [f"{name} 3" for name in OFFICE]
    assert (folder / "lists/notice.edited.docx").read_bytes() == b"edited by hand"
    assert stat.S_IMODE((folder / "lists/notice.edited.docx").stat().st_mode) == 0o604
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
