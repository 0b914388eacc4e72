"""Has the database itself refuse what the code refuses: no row is changed or removed, none is added without its event.

SQLite replaces a row without firing what stands before a removal; a row whose place is taken is therefore refused as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from .layout import PEOPLE

KEYS: Mapping[str, tuple[str, ...]] = {
    "round": ("code",),
    "text": ("round_id", "name", "number"),
    "submission": ("round_id", "unit", "number"),
    "document": ("round_id", "unit", "name"),
    "receipt": ("round_id", "n"),
    "event": ("stream", "n"),
    "step": ("round_id", "unit", "number"),
    "account": ("login", "number"),
}
FIRST = ("round", "text", "submission", "document", "receipt", "event")  # the tables of the first migration
_TOLD = "SELECT 1 FROM event WHERE stream = NEW.round_id AND what = '{what}' AND {same} AND after = NEW.digest"
LACKS: Mapping[str, str] = {
    "round": "NOT EXISTS (SELECT 1 FROM event WHERE stream = NEW.code AND what = 'round')",
    "text": f"NOT EXISTS ({_TOLD.format(what='text', same='name = NEW.name AND number = NEW.number')})",
    "submission": f"NOT EXISTS ({_TOLD.format(what='submission', same='unit = NEW.unit AND number = NEW.number')})",
    "document": f"NOT EXISTS ({_TOLD.format(what='document', same='unit = NEW.unit AND name = NEW.name')})",
    "receipt": "NOT EXISTS (SELECT 1 FROM submission WHERE round_id = NEW.round_id AND unit = NEW.unit"
    " AND number = NEW.number)",
    "step": f"NOT EXISTS ({_TOLD.format(what='step', same='unit = NEW.unit AND number = NEW.number')})",
    "event": "NEW.n <> (SELECT COALESCE(MAX(n), 0) + 1 FROM event WHERE stream = NEW.stream)",
    "account": f"NOT EXISTS (SELECT 1 FROM event WHERE stream = '{PEOPLE}' AND what = 'account' AND name = NEW.login"
    " AND number = NEW.number AND after = NEW.digest)",
}


def statements(tables: Sequence[str]) -> Iterator[str]:
    """Yield the statements that make the triggers of tables in SQLite."""
    for table in tables:
        for act in ("UPDATE", "DELETE"):
            yield _trigger(table, act, "1", "is never changed")
        same = " AND ".join(f"{column} = NEW.{column}" for column in KEYS[table])
        taken = f"EXISTS (SELECT 1 FROM {_named(table)} WHERE ({same}) OR rowid = NEW.rowid)"
        yield _trigger(table, "INSERT", f"{taken} OR {LACKS[table]}", "is added once, with its event")


def _trigger(table: str, act: str, when: str, why: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {_named(table)} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, 'a row of {table} {why}'); END"
    )


def _named(table: str) -> str:
    return f'"{table}"'


def credential_statements() -> Iterator[str]:
    """Yield the triggers of credentials, which change, each time with an event of its own, and are never removed."""
    told = (
        f"SELECT 1 FROM event WHERE stream = '{PEOPLE}' AND what = 'credential' AND name = NEW.login AND n = NEW.event"
    )
    yield _trigger("credential", "DELETE", "1", "is never removed")
    there = (
        "EXISTS (SELECT 1 FROM credential WHERE login = NEW.login)"  # one that is replaced is removed without a trigger
    )
    yield _trigger("credential", "INSERT", f"{there} OR NOT EXISTS ({told})", "is added once, with its event")
    yield _trigger(
        "credential", "UPDATE", f"NOT EXISTS ({told}) OR NEW.event <= OLD.event OR NEW.login <> OLD.login",
        "changes with an event of its own",
    )  # fmt: skip


def making(made: Iterable[str]) -> Callable[[Any, Any], None]:
    """Return what a migration runs to make triggers, in the migration that makes their tables."""
    listed = tuple(made)

    def make(apps: Any, editor: Any) -> None:
        for statement in listed:
            editor.execute(statement)

    return make
