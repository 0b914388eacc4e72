"""What `serve` opens: a served folder with its people, and a link while nobody manages them; what cannot be opened is said."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.request import urlopen

import pytest
from msgspec.structs import replace
from tests.calling import Cli
from tests.web.peopled import CODE, make_served, token
from tests.web.serving import serving

from meihao.core.problems import Problems
from meihao.uses.session import Opening
from meihao.web.opening import OpenedSite
from meihao.web.site import site_of


def opened(place: Path, code: str = "") -> tuple[OpenedSite | None, Problems]:
    from meihao.web.opening import open_folder

    return open_folder(Opening(round=place), place, code)


@pytest.fixture
def unmanaged(web: None, tmp_path: Path) -> Path:
    """A served folder in which nobody has an account."""
    place = tmp_path / "served"
    make_served(place, ())
    return place


def test_a_served_folder_with_an_administrator_opens_without_a_link(staffed: Path) -> None:
    found, problems = opened(staffed)
    assert found is not None, problems
    assert found.token == ""
    assert found.session.round.id == CODE
    assert found.people.endswith("meihao.sqlite3")


def test_without_one_each_start_gives_a_new_link_and_the_one_before_is_over(unmanaged: Path) -> None:
    from meihao.web import clock
    from meihao.web.kept.people import People
    from meihao.web.opening import SERVER

    tokens = []
    for _ in range(2):
        found, _ = opened(unmanaged)
        assert found is not None
        tokens.append(found.token)
    assert found is not None
    people = People(found.people, SERVER)
    assert [people.offered(one, clock.now()) for one in tokens] == [False, True]
    assert tokens[1].encode() not in (unmanaged / "meihao.sqlite3").read_bytes(), "its digest alone is kept"


def test_results_of_a_served_folder_are_open_to_nobody_on_this_machine_either(staffed: Path) -> None:
    """A server that speaks TLS stands on the same machine: whoever it asks for is not local."""
    from meihao.web.site import site_of

    found, _ = opened(staffed)
    assert found is not None
    assert not site_of(found.session, local=True, people=found.people).open_results
    assert site_of(found.session, local=True).open_results


def test_a_round_that_is_not_there_is_told_with_those_that_are(staffed: Path) -> None:
    found, problems = opened(staffed, "other")
    assert found is None
    assert [one.code for one in problems] == ["B043"]


def test_a_database_of_a_newer_version_is_told(staffed: Path, cli: Cli) -> None:
    place = staffed.parent / "other"
    copytree(staffed, place)
    with closing(sqlite3.connect(place / "meihao.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('kept', '9999_later', '')")
    status, out, err = cli("serve", str(place), "--port", "0")
    assert (status, out) == (2, "")
    assert "B041" in err


def test_a_file_that_is_no_database_is_told(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "meihao.sqlite3").write_bytes(b"x" * 8192)
    status, out, err = cli("serve", str(tmp_path), "--port", "0")
    assert (status, out) == (2, "")
    assert "B042" in err


def test_a_served_folder_that_cannot_be_written_is_told(staffed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from meihao.web.kept import databases

    def as_read_only(file: Path) -> dict[str, object]:
        return {
            **settings(file),
            "NAME": f"file:{file}?mode=ro",
            "OPTIONS": {"uri": True, "transaction_mode": "IMMEDIATE"},
        }

    settings = databases.file_settings
    monkeypatch.setattr(databases, "file_settings", as_read_only)
    place = staffed.parent / "read-only"
    copytree(staffed, place)
    found, problems = opened(place)
    assert found is None
    assert [one.code for one in problems] == ["B042"]
    assert "readonly" in problems[0].message_zh


def test_a_plain_folder_says_how_people_get_in(sample_folder: Path) -> None:
    from meihao.web.opening import open_plain

    found, problems = open_plain(Opening(round=sample_folder))
    assert found is not None
    assert found.people == ""
    assert problems[-1].code == "B071"
    assert f"meihao round load SERVED {sample_folder}" in problems[-1].text("en")


def test_the_link_is_printed_and_leads_to_a_page(unmanaged: Path, tmp_path: Path) -> None:
    with serving(tmp_path, str(unmanaged)) as (process, address):
        assert process.stdout is not None
        said = "".join(process.stdout.readline() for _ in range(3))
        link = re.search(rf"{re.escape(address)}begin/\S{{43}}", said)
        assert link, said
        with urlopen(link[0], timeout=60) as answer:
            assert "设立第一个账号管理员" in answer.read().decode()
        with urlopen(f"{address}u/A-1", timeout=60) as answer:
            assert answer.url.startswith(f"{address}login?next=")


def test_a_stage_of_the_demonstration_can_be_filled_in_and_reviewed(client: Any, tmp_path: Path) -> None:
    from django.test import override_settings

    from meihao.web.kept.people import People
    from meihao.web.opening import SERVER, open_demo

    found, problems = open_demo(Opening(round=tmp_path / "round"), "apply")
    assert found is not None, problems
    site = replace(site_of(found.session, demo=True, people=found.people), on=found.on)
    with override_settings(MEIHAO=site):
        for login, address in (
            ("demo-applicant", "/u/{}/fill"),
            ("demo-township", "/inbox"),
            ("demo-county", "/inbox"),
        ):
            account = People(found.people, SERVER).accounts()[login]
            assert client.get(address.format("x")).status_code in (302, 404)
            assert client.post("/login", {"demo": login, **token(client)}).status_code == 302
            assert client.get(address.format(account.grants[0].where)).status_code == 200
            client.post("/logout", token(client))
