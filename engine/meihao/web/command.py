"""Runs `serve`: opens what is to be served, takes the address, serves until it is stopped. Imports Django late."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..core.problems import Problem, Problems, Source
from ..standard.cache import cache_folder
from ..uses.session import Opening
from .messages import BOTH_NAMED, NO_ROUND_NAMED, NO_WEB, STAGE_OF_DEMO
from .phrases.command import COMMAND
from .telling import OK, refuse, tell

if TYPE_CHECKING:
    from .opening import OpenedSite


def serve_command(words: argparse.Namespace) -> int:
    """Serve a round, or the sample round with `--demo`, to browsers until Ctrl-C."""
    if (problem := _unfit(words)) is not None:
        return refuse((problem,), words.lang)
    if not words.demo:
        return _serve(words, words.round)
    with _until_stopped() as folder:
        return _serve(words, folder / "round")


@contextmanager
def _until_stopped() -> Iterator[Path]:
    """Lend a folder for as long as the server runs. The processes that it starts leave it alone when they end."""
    folder, mine = Path(mkdtemp(prefix="meihao-demo-")), os.getpid()
    try:
        yield folder
    finally:
        if os.getpid() == mine:
            rmtree(folder, ignore_errors=True)


def _unfit(words: argparse.Namespace) -> Problem | None:
    """Return why nothing can be served with these words."""
    for library in ("django", "whitenoise", "waitress" if sys.platform == "win32" else "gunicorn"):
        if find_spec(library) is None:
            return NO_WEB.at(Source(), library=library)
    if words.demo and words.round:
        return BOTH_NAMED.at(Source(), round=words.round)
    if words.stage and not words.demo:
        return STAGE_OF_DEMO.at(Source(), stage=words.stage)
    return None if words.demo or words.round else NO_ROUND_NAMED.at(Source())


def _serve(words: argparse.Namespace, place: Path) -> int:
    from .server import serve, take_address  # late: nothing of Django is read before it is known to be there
    from .site import site_of

    listening = take_address(words.host, words.port)
    if isinstance(listening, Problem):
        return refuse((listening,), words.lang)
    with listening:
        opened, problems = _open(words, place)
        if opened is None:
            return refuse(problems, words.lang)
        tell(problems, words.lang)
        local = listening.getsockname()[0] in ("127.0.0.1", "::1")
        site = replace(site_of(opened.session, words.demo, local, opened.people, words.https), on=opened.on)
        serve(site, listening, lambda address: _welcome(address, opened, words.demo))
    return OK


def _open(words: argparse.Namespace, place: Path) -> tuple[OpenedSite | None, Problems]:
    from .settings import set_up_tables

    set_up_tables()
    from .opening import is_served, open_demo, open_folder, open_plain  # late: Django must have been set up

    asked = Opening(words.pack, place, None, words.lang, cache=_cache())
    if words.demo:
        return open_demo(asked, words.stage or "")
    return open_folder(asked, place, words.id or "") if is_served(place) else open_plain(asked)


def _welcome(address: str, opened: OpenedSite, demo: bool) -> None:
    """Say where the pages are, and the link for the first administrator; on stdout, so that a script can read it."""
    session = opened.session
    said, title = COMMAND["serving_demo" if demo else "serving"], session.round.title[session.lang]
    print(said[session.lang].format(title=title, address=address), flush=True)
    if opened.token:
        print(COMMAND["first"][session.lang].format(link=f"{address}begin/{opened.token}"), flush=True)


def _cache() -> Path | None:
    return cache_folder(os.environ, os.path.expanduser("~"))
