"""A copy of a served folder is whole or not there: made while others write, killed, damaged, and laid out again."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.calling import Cli
from tests.web.test_homes import NOON, corrected, everything, home_at, writer

from meihao.core.problems import Problem
from meihao.store.home import Home
from meihao.store.journal import Hand
from meihao.uses.move_round import check_home
from meihao.web.kept.backup import back_up, restore

BACKUP = """
import sys
from pathlib import Path
from meihao.web.kept.backup import back_up
print("ready", flush=True)
print(back_up(Path(sys.argv[1]), Path(sys.argv[2])), flush=True)
"""


@pytest.fixture
def served(tmp_path: Path, web: None) -> Home:
    home = home_at("database", tmp_path / "served")
    corrected(home)
    return home


def opened(folder: Path) -> Home:
    from meihao.web.kept.served import home_in, open_served

    alias = open_served(folder)
    assert isinstance(alias, str), alias
    home = home_in(folder, alias, Hand("陈某", lambda: NOON))
    assert not isinstance(home, Problem)
    return home


def test_what_is_restored_is_what_was_backed_up(served: Home, tmp_path: Path, cli: Cli) -> None:
    code, out, err = cli("backup", served.place, tmp_path / "a.zip")
    assert (code, out, err) == (0, f"{tmp_path / 'a.zip'}\n", "")
    code, out, err = cli("restore", tmp_path / "a.zip", tmp_path / "again")
    assert (code, out, err) == (0, f"{tmp_path / 'again'}\n", "")
    again = opened(tmp_path / "again")
    assert everything(again) == everything(served)
    assert again.journal() == served.journal()
    assert check_home(again)[0] == check_home(served)[0]
    refused = pytest.raises(sqlite3.IntegrityError, match="never changed")
    with closing(sqlite3.connect(tmp_path / "again" / "meihao.sqlite3")) as database, refused:
        database.execute("UPDATE submission SET unit = 'A'")


def test_what_was_written_meanwhile_is_whole_in_the_copy(served: Home, tmp_path: Path) -> None:
    """Two write, one of them is killed in between; every copy made meanwhile holds whole submissions alone."""
    both = [writer("database", served.place, who, 40) for who in ("甲", "乙")]
    heads = []
    for n in range(4):
        time.sleep(0.3)
        made = back_up(served.place, tmp_path / f"{n}.zip")
        assert isinstance(made, Path), made
        if n == 1:
            both[0].send_signal(signal.SIGKILL)
    for one in both:
        one.communicate(timeout=100)
    for n in range(4):
        assert restore(tmp_path / f"{n}.zip", tmp_path / f"again{n}") == tmp_path / f"again{n}"
        held, problems = check_home(opened(tmp_path / f"again{n}"))
        assert held is not None, problems
        heads.append(held.submissions)
    assert heads == sorted(heads)
    assert check_home(opened(served.place))[0] is not None


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_backup_that_is_killed_leaves_no_file_and_the_next_one_is_whole(served: Home, tmp_path: Path) -> None:
    dice = random.Random(20261130)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2] / "engine"), *sys.path])}
    for n in range(5):
        file = tmp_path / "copies" / f"{n}.zip"
        one = subprocess.Popen([sys.executable, "-c", BACKUP, served.place, file], stdout=subprocess.PIPE, env=env)
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
        time.sleep(dice.random() * 0.03)
        one.kill()
        one.communicate()
        if file.exists():
            assert restore(file, tmp_path / f"again{n}") == tmp_path / f"again{n}"
    made = back_up(served.place, tmp_path / "copies" / "last.zip")
    assert isinstance(made, Path)
    assert restore(made, tmp_path / "last") == tmp_path / "last"
    assert check_home(opened(tmp_path / "last"))[0] is not None


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    file.write_bytes(bytes(data))


def no_archive(file: Path) -> None:
    file.write_bytes(b"no archive")


def rewritten(change: Callable[[dict[str, bytes]], object]) -> Callable[[Path], None]:
    """Return what writes an archive anew with other content."""

    def damage(file: Path) -> None:
        with zipfile.ZipFile(file) as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
        change(content)
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in content.items():
                archive.writestr(name, data)

    return damage


def outside(content: dict[str, bytes]) -> None:
    content["manifest.json"] = content["manifest.json"].replace(b'"meihao.sqlite3"', b'"../meihao.sqlite3"')
    content["../meihao.sqlite3"] = content.pop("meihao.sqlite3")


DAMAGES = {
    "cut": cut,
    "bit": bit,
    "no_archive": no_archive,
    "no_list": rewritten(lambda content: content.pop("manifest.json")),
    "odd_list": rewritten(lambda content: content.update({"manifest.json": b"[]"})),
    "no_database": rewritten(lambda content: content.pop("meihao.sqlite3")),
    "no_document": rewritten(lambda content: content.pop(next(n for n in content if n.startswith("documents")))),
    "more": rewritten(lambda content: content.update({"more.txt": b"more"})),
    "other_database": rewritten(lambda content: content.update({"meihao.sqlite3": b"another"})),
    "outside": rewritten(outside),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_copy_restores_nothing(
    served: Home, tmp_path: Path, damage: Callable[[Path], None], cli: Cli
) -> None:
    file = tmp_path / "a.zip"
    assert back_up(served.place, file) == file
    damage(file)
    (tmp_path / "a").mkdir()
    code, out, err = cli("restore", file, tmp_path / "a" / "again")
    assert (code, out) == (2, "")
    assert "B047" in err
    assert not list((tmp_path / "a").iterdir())


def test_nothing_is_overwritten_and_what_is_missing_is_said(served: Home, tmp_path: Path, cli: Cli) -> None:
    file = tmp_path / "a.zip"
    assert back_up(served.place, file) == file
    before = file.read_bytes()
    said = [
        ("B045", ("backup", served.place, file)),
        ("B045", ("restore", file, served.place)),
        ("B040", ("backup", tmp_path / "nothing", tmp_path / "b.zip")),
        ("B048", ("restore", tmp_path / "nothing.zip", tmp_path / "again")),
        ("B046", ("backup", served.place, file / "b.zip")),
    ]
    for code, words in said:
        done, out, err = cli(*words)
        assert (done, out, code in err) == (2, "", True), (words, err)
    assert file.read_bytes() == before
    (next(path for path in (served.place / "documents").rglob("*") if path.is_file())).unlink()
    assert "B046" in cli("backup", served.place, tmp_path / "b.zip")[2], "a copy that lacks a document is none"
    assert not (tmp_path / "b.zip").exists()
