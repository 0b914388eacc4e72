"""Opens a served folder: a database with the documents beside it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor

from ...core.files import reason, write_whole
from ...core.label import Label
from ...core.problems import LANGS, Problem, Source
from ...store.journal import Hand
from ..messages import (
    NEWER_DATABASE,
    NO_DATABASE,
    NO_POSTGRES,
    NO_SUCH_ROUND,
    NOT_AN_ADDRESS,
    OTHER_DATABASE,
    UNFIT_DATABASE,
)
from ..phrases.keeping import KEEPING
from .databases import alone, place_of_database, server_settings, settings_in, writing
from .home import DatabaseHome
from .layout import ADDRESS, DATABASE
from .models import LinkRow, RoundRow


def open_served(folder: Path, create: bool = False, address: str = "") -> str | Problem:
    """Return the name under which Django knows a folder's database, brought up to date; or why it cannot be used.

    A folder that is created has its database at an `address`, or in a file of its own.
    """
    file = place_of_database(folder)
    if file is None and not create:
        return NO_DATABASE.at(Source(str(folder)), path=folder, name=DATABASE)
    if address and file is not None and (file.name != ADDRESS or file.read_text("utf-8").strip() != address):
        return OTHER_DATABASE.at(Source(str(folder)), path=folder, name=file.name)
    file = file or folder / (ADDRESS if address else DATABASE)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # what units handed in is for nobody else
        return _opened(file, address)
    except OSError as refused:
        return UNFIT_DATABASE.at(Source(str(file)), path=file, why=reason(refused))
    except (Error, ImproperlyConfigured) as refused:
        return UNFIT_DATABASE.at(Source(str(file)), path=file, why=str(refused).strip())


def _opened(file: Path, address: str) -> str | Problem:
    settings = server_settings(address) if address else settings_in(file)
    if isinstance(settings, Label):
        return NOT_AN_ADDRESS.at(Source("" if address else str(file)), why=settings)
    if settings["ENGINE"].endswith("postgresql") and find_spec("psycopg") is None:
        return NO_POSTGRES.at(Source())
    done = _up_to_date(file, _connected(file, settings))
    if address and isinstance(done, str) and not file.is_file():
        write_whole(file, f"{address}\n".encode(), private=True)
    return done


def _connected(file: Path, settings: dict[str, Any]) -> str:
    alias = str(file.resolve())
    if alias not in connections.databases:
        connections.databases[alias] = connections.configure_settings({"default": {}, alias: settings})[alias]
    return alias


def _up_to_date(file: Path, alias: str) -> str | Problem:
    """Bring a database up to the state that this program knows; one that is ahead of it is left alone."""
    with alone(alias):
        executor = MigrationExecutor(connections[alias])
        if unknown := set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations):
            return NEWER_DATABASE.at(Source(str(file)), path=file, state=max(name for _, name in unknown))
        targets = executor.loader.graph.leaf_nodes()
        if executor.migration_plan(targets):
            executor.migrate(targets)
    return alias


def ready_to_write(alias: str) -> Problem | None:
    """Return why nothing can be written to a database; None where it can."""
    try:
        with writing(alias):
            LinkRow.objects.using(alias).filter(digest="").delete()  # of none: nothing less shows that one may write
    except Error as refused:
        return UNFIT_DATABASE.at(Source(alias), path=alias, why=str(refused).strip())
    return None


def rounds_in(alias: str) -> tuple[str, ...]:
    """Return the ids of the rounds that a database holds."""
    return tuple(sorted(RoundRow.objects.using(alias).values_list("code", flat=True)))


def home_in(folder: Path, alias: str, hand: Hand, code: str = "") -> DatabaseHome | Problem:
    """Return the home of a round in a served folder: of the one named, else of the only one."""
    known = rounds_in(alias)
    if code in known or (not code and len(known) == 1):
        return DatabaseHome(folder, alias, code or known[0], hand)
    zh, en = (KEEPING["listing"][lang].join(known) or KEEPING["no_round"][lang] for lang in LANGS)
    return NO_SUCH_ROUND.at(Source(str(folder)), path=folder, round=code or "?", known_zh=zh, known_en=en)
