"""What tests of pages share: the sample round, served; a browser without scripts that asks for pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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
