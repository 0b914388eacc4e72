"""Opens a served folder: a database with the documents beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import Error, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from ...core.files import reason
from ...core.problems import LANGS, Problem, Source
from ...store.journal import Hand
from ..messages import NEWER_DATABASE, NO_DATABASE, NO_SUCH_ROUND, UNFIT_DATABASE
from ..phrases.keeping import KEEPING
from .home import DatabaseHome
from .layout import DATABASE
from .models import LinkRow, RoundRow

SECONDS = 20  # that a writer waits for its turn


def database_settings(file: Path) -> dict[str, Any]:
    """Return the settings of a database in a file: readers never wait, writers take turns, what is answered is on the disk."""
    begins = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
    options = {"transaction_mode": "IMMEDIATE", "timeout": SECONDS, "init_command": begins}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": options}


def open_served(folder: Path, create: bool = False) -> str | Problem:
    """Return the name under which Django knows a folder's database, brought up to date; or why it cannot be used."""
    file = folder / DATABASE
    if not create and not file.is_file():
        return NO_DATABASE.at(Source(str(folder)), path=folder, name=DATABASE)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # what units handed in is for nobody else
        return _up_to_date(file, _connected(file))
    except OSError as refused:
        return UNFIT_DATABASE.at(Source(str(file)), path=file, why=reason(refused))
    except Error as refused:
        return UNFIT_DATABASE.at(Source(str(file)), path=file, why=str(refused))


def _connected(file: Path) -> str:
    alias = str(file.resolve())
    if alias not in connections.databases:
        whole = {"default": {}, alias: database_settings(file)}
        connections.databases[alias] = connections.configure_settings(whole)[alias]
    return alias


def _up_to_date(file: Path, alias: str) -> str | Problem:
    """Bring a database up to the state that this program knows; one that is ahead of it is left alone."""
    executor = MigrationExecutor(connections[alias])
    if unknown := set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations):
        return NEWER_DATABASE.at(Source(str(file)), path=file, state=max(name for _, name in unknown))
    targets = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(targets):
        executor.migrate(targets)
    return alias


def ready_to_write(folder: Path, alias: str) -> Problem | None:
    """Return why nothing can be written to a database; None where it can."""
    try:
        with transaction.atomic(using=alias):
            LinkRow.objects.using(alias).filter(
                digest=""
            ).delete()  # there is none; nothing less shows that one may write
    except Error as refused:
        return UNFIT_DATABASE.at(Source(str(folder / DATABASE)), path=folder / DATABASE, why=str(refused))
    return None


def rounds_in(alias: str) -> tuple[str, ...]:
    """Return the ids of the rounds that a database holds."""
    return tuple(RoundRow.objects.using(alias).order_by("code").values_list("code", flat=True))


def home_in(folder: Path, alias: str, hand: Hand, code: str = "") -> DatabaseHome | Problem:
    """Return the home of a round in a served folder: of the one named, else of the only one."""
    known = rounds_in(alias)
    if code in known or (not code and len(known) == 1):
        return DatabaseHome(folder, alias, code or known[0], hand)
    zh, en = (KEEPING["listing"][lang].join(known) or KEEPING["no_round"][lang] for lang in LANGS)
    return NO_SUCH_ROUND.at(Source(str(folder)), path=folder, round=code or "?", known_zh=zh, known_en=en)
