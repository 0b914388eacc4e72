"""Knows which database a served folder has: SQLite in a file there, or PostgreSQL at the address that a file there holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import connections, transaction

from ...core.label import Label
from ..phrases.keeping import KEEPING
from .layout import ADDRESS, DATABASE

SECONDS = 20  # that a writer waits for its turn
TURN = 0x6D656968616F  # the lock of PostgreSQL that a writer holds until its transaction ends
TABLES = TURN + 1  # what whoever makes or changes tables locks
PLACES = ("host", "port", "user")


def place_of_database(folder: Path) -> Path | None:
    """Return the file that is the database of a served folder, or that says where it is; None where there is neither."""
    return next((folder / name for name in (ADDRESS, DATABASE) if (folder / name).is_file()), None)


def settings_in(file: Path) -> dict[str, Any] | Label:
    """Return the settings of the database that a file is or names; or why there are none. Raises OSError."""
    return file_settings(file) if file.name == DATABASE else server_settings(file.read_text("utf-8").strip())


def file_settings(file: Path) -> dict[str, Any]:
    """Return the settings of SQLite: readers never wait, writers take turns, what is answered is on the disk."""
    begins = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
    options = {"transaction_mode": "IMMEDIATE", "timeout": SECONDS, "init_command": begins}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": options}


def server_settings(address: str) -> dict[str, Any] | Label:
    """Return the settings of PostgreSQL at an address; or why it is none. A password stands elsewhere: `~/.pgpass`."""
    try:
        parts = urlsplit(address)
        found = {"host": parts.hostname, "port": parts.port and str(parts.port), "user": parts.username}
    except ValueError:
        return KEEPING["no_address"]
    asked = dict(parse_qsl(parts.query))
    if parts.password or "password" in asked:
        return KEEPING["password"]
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        return KEEPING["no_address"]
    where = {name.upper(): asked.pop(name, "") or unquote(found[name] or "") for name in PLACES}
    options = {"options": f"-c lock_timeout={SECONDS}s -c synchronous_commit=on", **asked}
    return {
        "ENGINE": "django.db.backends.postgresql", "NAME": unquote(parts.path[1:]), **where, "OPTIONS": options,
        "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": True,
    }  # fmt: skip


@contextmanager
def writing(alias: str) -> Iterator[None]:
    """Wait for the turn of a writer, and keep all that is written in it or nothing. SQLite begins every transaction so."""
    with transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        yield


@contextmanager
def alone(alias: str) -> Iterator[None]:
    """Wait until no other server brings the tables of PostgreSQL up to date: two that start at once do so one by one."""
    if connections[alias].vendor != "postgresql":
        yield
        return
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TABLES])
    try:
        yield
    finally:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TABLES])
