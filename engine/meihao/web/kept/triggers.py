"""Has the database itself refuse what the code refuses: no row is changed or removed, none is added without its event.

SQLite replaces a row without firing what stands before a removal; a row whose place is taken is therefore refused as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

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


class Refusal(Struct, frozen=True):
    """What is refused: an act on a row of a table, when a condition on its NEW and OLD values holds, and why."""

    table: str
    act: str
    when: str
    why: str


def refusals(tables: Sequence[str]) -> Iterator[Refusal]:
    """Yield what is refused of tables that are only ever added to."""
    for table in tables:
        for act in ("UPDATE", "DELETE"):
            yield Refusal(table, act, "TRUE", "is never changed")
        same = " AND ".join(f"{column} = NEW.{column}" for column in KEYS[table])
        taken = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'
        yield Refusal(table, "INSERT", f"{taken} OR {LACKS[table]}", "is added once, with its event")


def credential_refusals() -> Iterator[Refusal]:
    """Yield what is refused of credentials, which change, each time with an event of its own, and are never removed."""
    told = (
        f"SELECT 1 FROM event WHERE stream = '{PEOPLE}' AND what = 'credential' AND name = NEW.login AND n = NEW.event"
    )
    yield Refusal("credential", "DELETE", "TRUE", "is never removed")
    there = (
        "EXISTS (SELECT 1 FROM credential WHERE login = NEW.login)"  # one that is replaced is removed without a trigger
    )
    yield Refusal("credential", "INSERT", f"{there} OR NOT EXISTS ({told})", "is added once, with its event")
    yield Refusal(
        "credential", "UPDATE", f"NOT EXISTS ({told}) OR NEW.event <= OLD.event OR NEW.login <> OLD.login",
        "changes with an event of its own",
    )  # fmt: skip


def sqlite(one: Refusal) -> Iterator[str]:
    """Yield how SQLite is told to refuse. It replaces the row of a number that is given as well."""
    taken = f'EXISTS (SELECT 1 FROM "{one.table}" WHERE rowid = NEW.rowid) OR ' if one.act == "INSERT" else ""
    yield (
        f'CREATE TRIGGER {one.table}_{one.act.lower()} BEFORE {one.act} ON "{one.table}" WHEN {taken}{one.when} '
        f"BEGIN SELECT RAISE(ABORT, 'a row of {one.table} {one.why}'); END"
    )


def postgresql(one: Refusal) -> Iterator[str]:
    """Yield how PostgreSQL is told to refuse; a table from which no row is removed is not emptied either."""
    name = f"{one.table}_{one.act.lower()}"
    raised = f"RAISE EXCEPTION 'a row of {one.table} {one.why}' USING ERRCODE = 'integrity_constraint_violation'"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {one.when} THEN {raised}; END IF; RETURN NEW; END $$"
    )
    yield f'CREATE TRIGGER {name} BEFORE {one.act} ON "{one.table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
    if one.act == "DELETE":
        yield f'CREATE TRIGGER {one.table}_truncate BEFORE TRUNCATE ON "{one.table}" EXECUTE FUNCTION {name}()'


WRITERS: Mapping[str, Callable[[Refusal], Iterator[str]]] = {"sqlite": sqlite, "postgresql": postgresql}


def making(refused: Iterable[Refusal]) -> Callable[[Any, Any], None]:
    """Return what a migration runs to make triggers, in the migration that makes their tables."""
    listed = tuple(refused)

    def make(apps: Any, editor: Any) -> None:
        for statement in (text for one in listed for text in WRITERS[editor.connection.vendor](one)):
            editor.execute(statement, None)

    return make
