"""Files are read whole, from real files only; names that no system takes are changed, and stay apart."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from meihao.core.canonical import digest_bytes
from meihao.core.files import (
    NotAFile,
    file_name,
    is_free,
    keep_permissions,
    read_file,
    reason,
    remove_abandoned,
    write_whole,
)
from meihao.core.locks import LONG_AGO, abandoned, held, lock

posix = pytest.mark.skipif(os.name != "posix", reason="permissions, pipes and locks of POSIX")


@pytest.mark.parametrize("most", [-1, 0, 1, 4, 5, 6, 7, 100])
def test_at_most_so_many_bytes_are_read(most: int, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", most) == b"12345"[: most if most >= 0 else None]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs a file that says it has no bytes")
def test_a_file_that_is_longer_than_it_says_is_read_to_its_end_or_limit() -> None:
    """Files in /proc say that they have 0 bytes, as a file may that somebody is still writing."""
    whole = read_file("/proc/self/cmdline")
    assert len(whole) > 3
    assert [read_file("/proc/self/cmdline", most) for most in (0, 1, 3, len(whole), len(whole) + 1)] == [
        b"", whole[:1], whole[:3], whole, whole,
    ]  # fmt: skip


@posix
def test_a_pipe_is_refused_at_once_and_said_to_be_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFile) as refused:
        read_file(tmp_path / "pipe")
    assert refused.value.filename == str(tmp_path / "pipe")
    assert reason(refused.value).en == "it is a pipe, a device or a socket, not a file"


def test_why_the_system_refused_is_said_in_words_or_in_its_own() -> None:
    assert reason(OSError(errno.ENXIO, "No such device")).zh == "这是管道、设备或套接字，不是文件"
    assert reason(OSError(errno.ENOSPC, "No space left")).en == "the disk is full"
    assert reason(OSError(errno.EDOM, "the system's own words")).zh == "the system's own words"
    assert reason(OSError("bare")).zh == "bare"


@pytest.mark.parametrize("name", ["V-0007", "大河村", "a.b", "conte", "x" * 60, "coma.txt"])
def test_a_name_that_every_system_takes_stays(name: str) -> None:
    assert file_name(name) == name


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a/b", "a_b"),
        ("../a", "_a"),
        ("", "_"),
        ("...", "_"),
        ("a.", "a_"),
        (" a", "_a"),
        ('<"|?*', "_"),
        ("a\nb", "a_b"),
        ("con", "con"),
        ("LPT1.txt", "LPT1.txt"),
        ("x" * 61, "x" * 60),
        ("V/0__7", "V_0_7"),
    ],
)
def test_a_name_that_some_system_refuses_is_changed_and_ends_in_eight_signs_of_its_digest(
    name: str, begins: str
) -> None:
    assert file_name(name) == f"{begins}-{digest_bytes(name.encode()).removeprefix('sha256:')[:8]}"


def test_a_name_that_is_taken_is_changed_whatever_its_case() -> None:
    assert file_name("Documents", "documents").startswith("Documents-")
    assert file_name("Documents", "papers") == "Documents"


@posix
def test_a_file_keeps_the_permissions_of_the_one_before_and_a_private_one_gives_others_none(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for path in (before, after):
        path.write_bytes(b"")
    before.chmod(0o755)
    for private, wanted in ((False, 0o755), (True, 0o750)):
        after.chmod(0o600)
        keep_permissions(before, after, private)
        assert mode(after) == wanted
    keep_permissions(tmp_path / "none", after, private=True)
    assert mode(after) == 0o750


def test_a_file_is_written_into_folders_that_are_made(tmp_path: Path) -> None:
    for data in (b"old", b"new"):
        write_whole(tmp_path / "a" / "b" / "c.json", data)
        assert (tmp_path / "a" / "b" / "c.json").read_bytes() == data
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c.json"]


@posix
def test_a_refusal_names_the_file_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError) as refused:
        write_whole(tmp_path / "folder", b"data")
    assert refused.value.filename == str(tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@posix
def test_a_name_too_long_for_the_system_is_the_one_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too long") as refused:
        write_whole(tmp_path / ("x" * 250), b"data")
    assert refused.value.filename == str(tmp_path / ("x" * 250))


def test_who_interrupts_a_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    write_whole(tmp_path / "a", b"old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


@posix
def test_a_lock_is_had_by_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    with held(tmp_path / "a") as mine:
        assert mine is True
        with held(tmp_path / "a", wait=False) as other:
            assert other is False
        assert not abandoned(tmp_path / "a", 0)
    with held(tmp_path / "a", wait=False) as free:
        assert free is True
    (tmp_path / "link").symlink_to("a")
    with pytest.raises(OSError, match="symbolic"), held(tmp_path / "link"):
        pass


def lock_file(path: Path) -> bool | None:
    with open(path, "rb") as stream:
        return lock(stream.fileno())


def hold(path: Path) -> bool | None:
    with held(path) as mine:
        return mine


@posix
@pytest.mark.parametrize("take", [lock_file, hold])
def test_who_wants_a_lock_waits_for_it_unless_told_otherwise(
    take: Callable[[Path], bool | None], tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(b"1")
    found: list[bool | None] = []
    thread = Thread(target=lambda: found.append(take(tmp_path / "a")))
    with held(tmp_path / "a"):
        thread.start()
        thread.join(0.05)
        assert found == []
    thread.join(10)
    assert found == [True]


@posix
def test_where_a_disk_knows_no_locks_only_age_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"1")
    os.utime(tmp_path / "a", (1000, 1000))

    def refuse(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    assert lock_file(tmp_path / "a") is None
    assert not abandoned(tmp_path / "a", 1000 + LONG_AGO)
    assert abandoned(tmp_path / "a", 1001 + LONG_AGO)


@posix
def test_what_nobody_holds_is_abandoned_but_a_file_without_a_byte_only_after_a_day(tmp_path: Path) -> None:
    """A writer locks its file before the first byte: an empty one may be a writer's that has not come so far."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "byte").write_bytes(b"1")
    for path in tmp_path.iterdir():
        os.utime(path, (1000, 1000))
    just_now = {path.name: abandoned(path, 1001) for path in tmp_path.iterdir()}
    assert just_now == {"folder": True, "empty": False, "byte": True}
    assert abandoned(tmp_path / "empty", 1001 + LONG_AGO)
    assert not abandoned(tmp_path / "gone", 1001 + LONG_AGO)
    assert LONG_AGO == 24 * 60 * 60


def test_what_a_write_leaves_that_is_cut_short_is_known_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.replace

    def cut_short(unfinished: Path, path: Path) -> None:
        copy = unfinished.read_bytes()
        rename(unfinished, path)
        unfinished.write_bytes(copy)

    monkeypatch.setattr(os, "replace", cut_short)
    for name in ("a", "b.json"):
        write_whole(tmp_path / name, b"half")
    assert len(list(tmp_path.iterdir())) == 4
    remove_abandoned(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b.json"]


def test_what_another_process_removes_meanwhile_hinders_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / f".{name}.{'0' * 12}.tmp").write_bytes(b"half")

    def removed(path: Path, now: float) -> bool:
        path.unlink()
        return True

    monkeypatch.setattr("meihao.core.files.abandoned", removed)
    remove_abandoned(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_unfinished_files_of_ours_are_removed(tmp_path: Path) -> None:
    left = tmp_path / ".a.json.0123456789ab.tmp"
    others = [tmp_path / name for name in ("a.json", ".a.json.tmp", ".a.json.0123456789aX.tmp", "a.0123456789ab.tmp")]
    for path in (left, *others):
        path.write_bytes(b"half")
    (tmp_path / ".b.0123456789ab.tmp").symlink_to("a.json")
    (tmp_path / ".c.0123456789ab.tmp").mkdir()
    remove_abandoned(tmp_path)
    remove_abandoned(tmp_path / "gone")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        [".b.0123456789ab.tmp", ".c.0123456789ab.tmp", *(path.name for path in others)]
    )


# ---- who may read what is written


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize(
    ("mask", "usual", "private"), [(0o022, 0o644, 0o640), (0o077, 0o600, 0o600), (0o002, 0o664, 0o660)]
)
def test_the_umask_is_honoured(tmp_path: Path, mask: int, usual: int, private: int) -> None:
    with umask(mask):
        write_whole(tmp_path / "a", b"")
        write_whole(tmp_path / "b", b"", private=True)
    assert (mode(tmp_path / "a"), mode(tmp_path / "b")) == (usual, private)


@posix
def test_a_file_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o600)
    write_whole(file, b"new")
    assert (mode(file), file.read_bytes()) == (0o600, b"new")
    file.chmod(0o644)
    write_whole(file, b"newer", private=True)
    assert mode(file) == 0o640


@posix
def test_the_temporary_file_is_no_more_open_than_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(
        "meihao.core.files.os.fsync", lambda handle: seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
    )
    with umask(0o027):
        write_whole(tmp_path / "a", b"")
        write_whole(tmp_path / "b", b"", private=True)
    assert seen[0] == 0o640
    assert seen[2] == 0o640


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "result.json"
    write_whole(target, b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("meihao.core.files.os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["result.json"]


@posix
def test_a_file_is_on_the_disk_before_it_takes_its_name_and_the_name_before_the_writer_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a power failure may leave an empty file under the name, or the old file after the writer said it was done."""
    steps: list[str] = []
    fsync, rename = os.fsync, os.replace

    def sync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def replace(old: Path, new: Path) -> None:
        steps.append(f"{new.name} takes its name")
        rename(old, new)

    monkeypatch.setattr("meihao.core.files.os.fsync", sync)
    monkeypatch.setattr("meihao.core.files.os.replace", replace)
    write_whole(tmp_path / "result.json", b"new")
    assert steps == ["file", "result.json takes its name", "folder"]


@posix
def test_what_a_killed_writer_left_is_removed_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    dead, alive, born, named = (tmp_path / f".list.pdf.{n}.tmp" for n in ("0" * 12, "1" * 12, "2" * 12, "mine"))
    for path in (dead, alive, named):
        path.write_bytes(b"half")
    born.write_bytes(b"")
    with held(alive):
        remove_abandoned(tmp_path)
        assert sorted(tmp_path.iterdir()) == sorted([alive, born, named])
    remove_abandoned(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([born, named])


@posix
def test_a_place_is_free_where_nothing_or_an_empty_folder_stands(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full" / "inner").mkdir(parents=True)
    (tmp_path / "file").touch()
    (tmp_path / "lost").symlink_to("nowhere")
    (tmp_path / "link").symlink_to("empty")
    names = ("nothing", "empty", "full", "file", "lost", "link")
    assert [name for name in names if is_free(tmp_path / name)] == ["nothing", "empty"]
