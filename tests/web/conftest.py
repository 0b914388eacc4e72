"""What tests of pages share: the sample round, served; a browser without scripts that asks for pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.web.peopled import Clock, make_served, open_site
from tests.web.person import Person, fields

from meihao.standard.model import Pack
from meihao.uses.session import Opening, Session, open_session
from meihao.web.settings import set_up
from meihao.web.site import site_of


@pytest.fixture(scope="session")
def web_session(sample_folder: Path) -> Session:
    """The sample round, opened as `serve` opens it."""
    session, problems = open_session(Opening(round=sample_folder))
    assert session is not None, problems
    return session


@pytest.fixture(scope="session")
def web(web_session: Session) -> None:
    """Django, set up once a process for the sample round as a demonstration."""
    set_up(site_of(web_session, demo=True), ("testserver", "localhost", "127.0.0.1"))


@pytest.fixture
def client(web: None) -> Any:
    """A visitor whose forms are checked as a browser's are."""
    from django.test import Client

    return Client(enforce_csrf_checks=True)


@pytest.fixture
def lone(web: None, web_session: Session) -> Iterator[None]:
    """The same site without a round."""
    from django.test import override_settings

    alone, problems = open_session(Opening(on=web_session.round.reference_date))
    assert alone is not None, problems
    with override_settings(MEIHAO=site_of(alone)):
        yield


@pytest.fixture(scope="session")
def staffed_folder(web: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A served folder with people; tests work on copies of it."""
    place = tmp_path_factory.mktemp("staffed") / "served"
    make_served(place)
    return place


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the pages, which stands still until a test moves it."""
    made = Clock()
    monkeypatch.setattr("meihao.web.clock.now", made.now)
    return made


@pytest.fixture
def staffed(staffed_folder: Path, tmp_path: Path, time: Clock) -> Iterator[Path]:
    """A copy of that folder, served to other machines."""
    from django.db import connections
    from django.test import override_settings

    place = tmp_path / "served"
    connections[str((staffed_folder / "meihao.sqlite3").resolve())].close()
    copytree(staffed_folder, place)
    site = open_site(place, staffed_folder.parent / "cache")
    with override_settings(MEIHAO=site):
        yield place
    connections[site.people].close()


@pytest.fixture
def django_queries(staffed: Path) -> Callable[[Callable[[], object]], int]:
    """Counts the questions that something asks of the database."""
    from django.conf import settings
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    def count(done: Callable[[], object]) -> int:
        with CaptureQueriesContext(connections[settings.MEIHAO.people]) as asked:
            done()
        return len(asked)

    return count


@pytest.fixture
def people(staffed: Path) -> Any:
    """Gives people of the round by their login, each logged in once."""
    known: dict[str, Person] = {}

    def person(login: str) -> Person:
        return known.setdefault(login, Person(login))

    return person


@pytest.fixture
def applicant(people: Any) -> Person:
    found: Person = people("applicant")
    return found


@pytest.fixture
def counted(default_pack: Pack) -> tuple[str, str]:
    return fields(default_pack, "count")
