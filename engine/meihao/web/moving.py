"""Runs `round`, `backup` and `restore`: moves rounds between their two homes, and keeps copies of served folders."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from getpass import getuser
from importlib.util import find_spec
from pathlib import Path

from ..core.problems import Lang, Problem, Source
from ..store.home import Home
from ..store.journal import Hand
from ..uses.answer import Answer
from ..uses.move_round import Holding, check_home, export_round, load_round, round_in
from .kept.backup import back_up, restore
from .messages import NO_FOLDER_NAMED, NO_WEB
from .phrases.keeping import KEEPING
from .telling import OK, refuse, tell


def round_command(words: argparse.Namespace) -> int:
    """Load a round from a folder, export it into one, or check what is kept."""
    if find_spec("django") is None:
        return refuse((NO_WEB.at(Source(), library="django"),), words.lang)
    if words.act != "check" and words.folder is None:
        return refuse((NO_FOLDER_NAMED.at(Source(), act=words.act),), words.lang)
    act: Callable[[argparse.Namespace], Answer[Holding]] = {"load": _load, "export": _export, "check": _check}[
        words.act
    ]
    holding, problems = act(words)
    if holding is None:
        return refuse(problems, words.lang)
    tell(problems, words.lang)
    print(_held(holding, words.lang))
    return _people(words) if words.act == "check" else OK


def _people(words: argparse.Namespace) -> int:
    """Check the accounts of a served folder and their journal, and say its head."""
    alias = _opened(words.served)
    assert isinstance(alias, str)  # its round was just checked
    from .kept.people import check_people  # late: Django must have been set up

    head, problems = check_people(alias)
    if problems:
        return refuse(problems, words.lang)
    if head:
        print(KEEPING["people"][words.lang].format(head=head))
    return OK


def backup_command(words: argparse.Namespace) -> int:
    """Keep a copy of a served folder in one file, while it is served or not."""
    return _told(back_up(words.served, words.file), words.lang)


def restore_command(words: argparse.Namespace) -> int:
    """Lay a copy out as a served folder again."""
    return _told(restore(words.file, words.served), words.lang)


def _load(words: argparse.Namespace) -> Answer[Holding]:
    code, problems = round_in(words.folder)
    if code is None:
        return None, problems
    alias = _opened(words.served, create=True, address=words.database or "")
    if isinstance(alias, Problem):
        return None, (alias,)
    from .kept.home import DatabaseHome  # late: Django must have been set up

    return load_round(words.folder, DatabaseHome(words.served, alias, code, _hand(words)))


def _export(words: argparse.Namespace) -> Answer[Holding]:
    home = _home(words)
    return (None, (home,)) if isinstance(home, Problem) else export_round(home, words.folder)


def _check(words: argparse.Namespace) -> Answer[Holding]:
    home = _home(words)
    return (None, (home,)) if isinstance(home, Problem) else check_home(home)


def _home(words: argparse.Namespace) -> Home | Problem:
    alias = _opened(words.served)
    if isinstance(alias, Problem):
        return alias
    from .kept.served import home_in  # late, as above

    return home_in(words.served, alias, _hand(words), words.id or "")


def _opened(folder: Path, create: bool = False, address: str = "") -> str | Problem:
    from .settings import set_up_tables

    set_up_tables()
    from .kept.served import open_served  # late, as above

    return open_served(folder, create, address)


def _hand(words: argparse.Namespace) -> Hand:
    return Hand(words.by or getuser(), lambda: datetime.now(UTC))


def _held(one: Holding, lang: Lang) -> str:
    """Say what a home holds; whoever writes the two numbers down can tell later that nothing was taken out."""
    held = KEEPING["held"][lang].format(
        round=one.round, units=one.units, submissions=one.submissions, documents=one.documents
    )
    chains = [("ledger", one.ledger), *([("journal", one.journal)] if one.journal else ())]
    return "\n".join((held, *(KEEPING[chain][lang].format(head=head) for chain, head in chains)))


def _told(done: Path | Problem, lang: Lang) -> int:
    if isinstance(done, Problem):
        return refuse((done,), lang)
    print(done)
    return OK
