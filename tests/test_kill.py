"""Outputs stand whole or not at all: a process killed at any moment leaves the old file or the new one, never a torn one."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLS = 50
WRITER = """
import json, sys
from itertools import count
from pathlib import Path
from meihao.core.files import write_whole
folder = Path(sys.argv[1])
print("ready", flush=True)
for n in count():
    for name in ("a.json", "sub/b.json"):
        write_whole(folder / name, json.dumps({"n": n, "rows": [n] * (2000 + n % 7 * 40000)}).encode())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_fifty_kills_tear_nothing(tmp_path: Path, root: Path) -> None:
    dice = random.Random(20260630)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for kill in range(KILLS):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, env=env)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(dice.random() * 0.06)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        for file in tmp_path.rglob("*.json"):
            if not file.name.startswith("."):
                whole = json.loads(file.read_bytes())
                assert set(whole["rows"]) == {whole["n"]}, f"torn after kill {kill}"


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from meihao.core import files

    target = tmp_path / "result.json"
    files.write_whole(target, b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("meihao.core.files.os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        files.write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["result.json"]


@pytest.mark.skipif(os.name != "posix", reason="only there can a folder be written to the disk")
def test_a_file_is_on_the_disk_before_it_takes_its_name_and_the_name_before_the_writer_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a power failure may leave an empty file under the name, or the old file after the writer said it was done."""
    from meihao.core.files import write_whole

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


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_what_a_killed_writer_left_is_removed_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    from meihao.core.files import remove_abandoned
    from meihao.core.locks import held

    dead, alive, born, named = (tmp_path / f".list.pdf.{n}.tmp" for n in ("0" * 12, "1" * 12, "2" * 12, "mine"))
    for path in (dead, alive, named):
        path.write_bytes(b"half")
    born.write_bytes(b"")
    with held(alive):
        remove_abandoned(tmp_path)
        assert sorted(tmp_path.iterdir()) == sorted([alive, born, named])
    remove_abandoned(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([born, named])
