"""A served folder whose database is PostgreSQL: how it is named, what is refused, and what stands beside the rounds."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from tests.calling import Cli
from tests.store.round_folder import seen, village
from tests.web.postgres import new_database
from tests.web.test_homes import CLERK, codes, execute, hand_in, home_at

from meihao.core.label import Label
from meihao.core.problems import Problem
from meihao.evidence.typed import TypedUnit
from meihao.people.accounts import Account
from meihao.store.drafts import Draft
from meihao.web.kept.databases import SECONDS, TURN, server_settings

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("postgresql://clerk@db.example:6543/rounds", ("db.example", "6543", "clerk", "rounds")),
        ("postgres://db.example/rounds", ("db.example", "", "", "rounds")),
        ("postgresql:///r%20s?host=/run/postgresql", ("/run/postgresql", "", "", "r s")),
        ("postgresql://a%40b@/rounds?host=/run&port=1", ("/run", "1", "a@b", "rounds")),
    ],
)
def test_an_address_names_server_user_and_database(address: str, where: tuple[str, ...]) -> None:
    found = server_settings(f"{address}{'&' if '?' in address else '?'}sslmode=require")
    assert not isinstance(found, Label)
    assert tuple(found[name] for name in ("HOST", "PORT", "USER", "NAME")) == where
    assert found["OPTIONS"]["sslmode"] == "require"
    assert f"lock_timeout={SECONDS}s" in found["OPTIONS"]["options"]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql://clerk:secret@db.example/rounds", "password"),
        ("postgresql://db.example/rounds?password=secret", "password"),
        ("postgresql://db.example/", "form"),
        ("postgresql://db.example:x/rounds", "form"),
        ("postgresql://[::1/rounds", "form"),
        ("mysql://db.example/rounds", "form"),
        ("rounds", "form"),
        ("", "form"),
    ],
)
def test_what_is_no_address_or_holds_a_password_is_said(address: str, why: str) -> None:
    found = server_settings(address)
    assert isinstance(found, Label)
    assert why in found.en


@pytest.fixture
def served(tmp_path: Path, web: None) -> Iterator[tuple[Path, str]]:
    """A served folder in a database of PostgreSQL, and the name of that."""
    from django.db import connections

    from meihao.web.kept.served import open_served

    place = tmp_path / "served"
    alias = open_served(place, create=True, address=new_database())
    assert isinstance(alias, str), alias
    yield place, alias
    connections[alias].close()


def test_a_round_is_loaded_checked_and_comes_back_by_commands(cli: Cli, tmp_path: Path, web: None) -> None:
    home = home_at("folder", tmp_path / "round")
    assert not hand_in(home, [village(seen("households", 320))])[1]
    address, place = new_database(), tmp_path / "served"
    code, out, err = cli("round", "load", place, tmp_path / "round", "--database", address)
    assert (code, err) == (0, "")
    assert (place / "database.url").read_text("utf-8") == f"{address}\n"
    assert not (place / "meihao.sqlite3").exists()
    assert cli("round", "check", place)[:2] == (0, out)
    assert cli("round", "export", place, tmp_path / "back")[0] == 0
    name = "evidence/0512/0001.evidence.yaml"
    assert (tmp_path / "back" / name).read_bytes() == (tmp_path / "round" / name).read_bytes()

    code, _, err = cli("backup", place, tmp_path / "copy.zip")
    assert (code, err[:4]) == (2, "B054")
    assert f"pg_dump -Fc -f 备份.dump -d {address}" in err
    code, _, err = cli("round", "load", place, tmp_path / "round", "--database", "postgresql://elsewhere/rounds")
    assert (code, err[:4]) == (2, "B053")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql://a:secret@localhost/r", "B052"),
        ("postgresql:///r?host=/nowhere", "B042"),
        ("postgresql:///r?host=/nowhere&sslmode=odd", "B042"),
        ("postgresql:///r?host=/nowhere&unheard=1", "B042"),
    ],
)
def test_what_cannot_be_connected_is_said_and_leaves_no_address(
    cli: Cli, tmp_path: Path, web: None, address: str, code: str
) -> None:
    pytest.importorskip("psycopg")
    home_at("folder", tmp_path / "round")
    found, _, err = cli("round", "load", tmp_path / "served", tmp_path / "round", "--database", address)
    assert (found, err[:4]) == (2, code), err
    assert "secret" not in err
    assert not (tmp_path / "served" / "database.url").exists()


def test_two_servers_that_start_at_once_make_the_tables_once(
    tmp_path: Path, web: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from meihao.web.kept.served import open_served

    address, both, plan = new_database(), Barrier(2), MigrationExecutor.migration_plan

    def planned(executor: MigrationExecutor, *given: Any, **named: Any) -> Any:
        found = plan(executor, *given, **named)
        with suppress(BrokenBarrierError):
            both.wait(2)  # for the other to have planned the same
        return found

    def opened(name: str) -> object:
        try:
            return open_served(tmp_path / name, create=True, address=address)
        finally:
            connections.close_all()

    monkeypatch.setattr(MigrationExecutor, "migration_plan", planned)
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(opened, ("a", "b")))
    assert [type(one) for one in found] == [str, str], found


def test_a_missing_library_is_named(tmp_path: Path, web: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from meihao.web.kept import served

    monkeypatch.setattr(served, "find_spec", lambda _: None)
    found = served.open_served(tmp_path / "served", create=True, address="postgresql:///r")
    assert isinstance(found, Problem)
    assert found.code == "B051"


def test_a_writer_whose_turn_does_not_come_is_told_that_it_is_busy(tmp_path: Path, web: None) -> None:
    from django.db import connections

    home = home_at("postgresql", tmp_path / "home")
    alias = str((tmp_path / "home" / "database.url").resolve())
    execute(home, ("SET lock_timeout = '50ms'", ()))
    other = connections.create_connection(alias)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    with pytest.raises(OSError, match="lock timeout") as busy, home.turn(home.ledger()):
        pass
    assert busy.value.errno == errno.EBUSY
    assert codes(hand_in(home, [village(seen("households", 320))])[1]) == ["W075"]
    other.close()
    assert not hand_in(home, [village(seen("households", 320))])[1]


def test_people_are_kept_with_their_events_and_listed_in_one_order_everywhere(served: tuple[Path, str]) -> None:
    from django.db import IntegrityError, connections

    from meihao.web.kept.people import Credential, People, check_people

    people = People(served[1], CLERK)
    people.put([Account(login, "某人") for login in ("b", "a", "A-1")], "new", [Credential("a", "hash")])
    people.prove(Credential("a", "another"), "changed")
    assert list(people.accounts()) == ["A-1", "a", "b"]
    assert people.credential("a") == Credential("a", "another")
    people.offer("token", NOW + timedelta(hours=1))
    assert people.take("token", NOW)
    assert not people.take("token", NOW)
    head, problems = check_people(served[1])
    assert (head.split()[0], problems) == ("5", ())
    for statement in (
        "DELETE FROM credential",
        "TRUNCATE credential",
        "UPDATE credential SET password = 'mine'",
        "INSERT INTO credential VALUES ('z', 'p', true, '', '', 1)",
        "INSERT INTO account (login, number, data, digest) VALUES ('z', 1, '', 'd')",
    ):
        with pytest.raises(IntegrityError, match="a row of"), connections[served[1]].cursor() as cursor:
            cursor.execute(statement)


def test_a_draft_that_somebody_saved_meanwhile_is_not_overwritten(tmp_path: Path, web: None) -> None:
    from meihao.web.kept.drafts import DatabaseDrafts

    home_at("postgresql", tmp_path / "home")
    drafts = DatabaseDrafts(tmp_path / "home", str((tmp_path / "home" / "database.url").resolve()), "r")
    assert drafts.put_draft(Draft("A", TypedUnit("village"), 1))
    assert not drafts.put_draft(Draft("A", TypedUnit("village"), 1))
    assert drafts.put_draft(Draft("A", TypedUnit("village"), 2))
    assert not drafts.put_draft(Draft("A", TypedUnit("village"), 2))
    digest = drafts.put_paper(b"scan")
    assert (drafts.put_paper(b"scan"), drafts.paper(digest)) == (digest, b"scan")
    found = drafts.draft("A")
    assert found is not None
    assert found.version == 2
