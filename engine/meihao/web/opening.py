"""Opens what `serve` is to serve: the folder of a round, a served folder with its people, or the sample round and its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from secrets import token_urlsafe

from msgspec import Struct
from msgspec.structs import replace

from ..core.problems import Problem, Problems, Source
from ..people.accounts import Account
from ..people.demo import demo_accounts
from ..people.limits import LINK
from ..people.places import map_of
from ..round.roster import ROSTER, read_roster
from ..store.journal import Hand
from ..uses.answer import Answer
from ..uses.demo import invent_round
from ..uses.move_round import load_round
from ..uses.session import Opening, Session, open_session
from . import clock
from .kept.databases import place_of_database
from .kept.home import DatabaseHome
from .kept.people import People
from .kept.served import home_in, open_served, ready_to_write
from .messages import TAKE_IN

SERVER = Hand("serve", clock.now)  # in whose name the program itself acts


class OpenedSite(Struct, frozen=True):
    """What was opened: the session, the database of its people ("": none), and the token of a link for the first of them.

    `on` is the day as of which a demonstration shows a stage.
    """

    session: Session
    people: str = ""
    token: str = ""
    on: date | None = None


def is_served(folder: Path | None) -> bool:
    """Say whether a folder is one that `round load` made."""
    return folder is not None and place_of_database(folder) is not None


def open_plain(asked: Opening) -> tuple[OpenedSite | None, Problems]:
    """Open a folder of a round, which has no people, and say how it gets some."""
    session, problems = open_session(asked)
    if session is None:
        return None, problems
    return OpenedSite(session), (*problems, TAKE_IN.at(Source(), path=asked.round))


def open_demo(asked: Opening, stage: str = "") -> tuple[OpenedSite | None, Problems]:
    """Invent the sample round in the folder that is asked for, and its people in a database beside it.

    A round as of a stage is put into that database, so that it can be taken in further.
    """
    assert asked.round is not None  # where it goes
    made, problems = invent_round(asked, stage)
    if made is None:
        return None, problems
    folder = asked.round.parent / "people"
    alias = open_served(folder, create=True)
    if isinstance(alias, Problem):
        return None, (alias,)
    session: Session | None = made.session
    if stage:
        session, problems = _put_in(asked, DatabaseHome(folder, alias, made.session.round.id, SERVER))
    if session is not None:
        People(alias, SERVER).put(_invented(session), "demo")
    return (OpenedSite(session, alias, on=made.on) if session else None), problems


def _put_in(asked: Opening, home: DatabaseHome) -> Answer[Session]:
    """Put the round of a folder into a database, and open it there."""
    assert asked.round is not None
    holding, problems = load_round(asked.round, home)
    return open_session(replace(asked, round=None, home=home)) if holding else (None, problems)


def _invented(session: Session) -> tuple[Account, ...]:
    home = session.home
    assert home is not None  # it was just written
    return demo_accounts(map_of(session.round, read_roster(home.text(ROSTER), session.pack, session.round)[0]))


def open_folder(asked: Opening, folder: Path, code: str) -> tuple[OpenedSite | None, Problems]:
    """Open a round of a served folder with its people."""
    alias = open_served(folder)
    if isinstance(alias, Problem):
        return None, (alias,)
    home = home_in(folder, alias, SERVER, code)
    unfit = home if isinstance(home, Problem) else ready_to_write(alias)
    if isinstance(home, Problem) or unfit is not None:
        return None, (unfit,) if unfit else ()
    session, problems = open_session(replace(asked, round=None, home=home))
    return (OpenedSite(session, alias, first_link(People(alias, SERVER))) if session else None), problems


def first_link(people: People) -> str:
    """Return the token of a new link for the first administrator of accounts; "" where there is one already."""
    if has_administrator(people.accounts()):
        return ""
    token = token_urlsafe(32)
    people.offer(token, clock.now() + LINK)
    return token


def has_administrator(accounts: Mapping[str, Account]) -> bool:
    """Say whether somebody can make accounts."""
    return any(one.active and "accounts" in one.roles for one in accounts.values())
