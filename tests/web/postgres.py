"""Lends PostgreSQL to tests: one cluster a process, on a socket alone; whoever asks where there is none is skipped."""

from __future__ import annotations

import atexit
import os
import pwd
import subprocess
from functools import lru_cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from shutil import chown, rmtree, which
from tempfile import mkdtemp

import pytest

OWNER = "postgres"  # in whose name the cluster runs where tests are run by root, which it refuses
_numbers = count(1)


def new_database() -> str:
    """Return the address of a new, empty database."""
    import psycopg  # late: whoever has none is skipped

    folder, name = _cluster(), f"t{next(_numbers)}"
    with psycopg.connect(host=str(folder), user="meihao", dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://meihao@/{name}?host={folder}"


@lru_cache(maxsize=1)
def _cluster() -> Path:
    """Return the folder of a cluster that runs until the process ends."""
    programs = _programs()
    if programs is None or find_spec("psycopg") is None or (os.geteuid() == 0 and not _known(OWNER)):
        pytest.skip("needs PostgreSQL")
    folder = Path(mkdtemp(prefix="pg-", dir="/tmp"))
    if os.geteuid() == 0:
        chown(folder, OWNER)
    data = folder / "data"
    _run(programs / "initdb", "-D", data, "-A", "trust", "-U", "meihao", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    quiet = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=300"
    _run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", quiet, "start")
    atexit.register(_stop, programs, data, folder)
    return folder


def _programs() -> Path | None:
    """Return where the programs of a server are: on the way of every command, or where Debian puts them."""
    if found := which("initdb"):
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def _known(user: str) -> bool:
    return any(one.pw_name == user for one in pwd.getpwall())


def _run(*words: object) -> None:
    """Run a program that may not be run by root."""
    who = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, cwd="/", check=False, **who)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr


def _stop(programs: Path, data: Path, folder: Path) -> None:
    _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    rmtree(folder, ignore_errors=True)
