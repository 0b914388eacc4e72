"""Nothing that is kept of a round changes without its event: the code raises, the database refuses, the chain shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.store.round_folder import MORNING, enrol, seen, village
from tests.web.test_homes import DATABASES, alter, codes, corrected, execute, hand_in, home_at, unguarded

from meihao.store.home import Home
from meihao.store.journal import Event, Hand, breaks, chained, digest_of_line, line_of, read_journal
from meihao.store.steps import ApplicationStep, bytes_of
from meihao.uses.move_round import check_home

TABLES = ("round", "text", "submission", "document", "receipt", "event", "step")
STEP = ApplicationStep(
    "0512", 1, "submit", "applicant", "王某", "2026-05-20T12:00:00.000+00:00", "submitted", submission=2
)
DATA = b"unit: forged\n"
DIGEST = sha256(DATA).hexdigest()


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path, web: None) -> Home:
    """A round in a database with three submissions, a document and a step."""
    made = home_at(request.param, tmp_path / "home")
    corrected(made)
    made.add_steps((STEP,))
    return made


def test_every_change_has_its_event(home: Home) -> None:
    first = [one.digest for one in [*_rows("SubmissionRow", home)]]
    told = [(e.n, e.who, e.what, e.unit, e.name.rpartition("-")[2], e.number, e.reason) for e in home.journal()]
    assert told == [
        (1, "陈某", "round", "", "", 0, "新批次"),
        (2, "陈某", "text", "", "round.yaml", 1, ""),
        (3, "陈某", "text", "", "roster.yaml", 1, ""),
        (4, "陈某", "submission", "0512", "", 1, ""),
        (5, "陈某", "submission", "0512", "", 2, "漏数一个组"),
        (6, "陈某", "document", "0513", "扫描.pdf", 0, ""),
        (7, "陈某", "submission", "0513", "", 1, ""),
        (8, "陈某", "step", "0512", "submit", 1, ""),
    ]
    assert {e.at for e in home.journal()} == {"2026-05-20T12:00:00.000+00:00"}
    one, two, three = (e for e in home.journal() if e.what == "submission")
    assert [one.after, two.after, three.after] == first
    assert (one.before, two.before, three.before) == ("", one.after, "")
    assert [e.previous for e in home.journal()[1:]] == [sha256(line_of(e)).hexdigest() for e in home.journal()[:-1]], (
        "sha256sum of each line is what the next one calls previous"
    )


def test_a_new_text_is_told_with_the_old_one(home: Home, tmp_path: Path) -> None:
    enrol(tmp_path, name="青禾新村")
    home.put_text("roster.yaml", (tmp_path / "roster.yaml").read_bytes())
    last, before = home.journal()[-1], home.journal()[2]
    assert (last.what, last.name, last.number, last.before) == ("text", "roster.yaml", 2, before.after)
    home.put_text("roster.yaml", (tmp_path / "roster.yaml").read_bytes())
    assert home.journal()[-1] == last, "what is the same is no change"


def _rows(kind: str, home: Home) -> Any:
    from meihao.web.kept import models

    return getattr(models, kind).objects.using(getattr(home, "alias"))  # noqa: B009  # of a database alone


def update(rows: Any) -> None:
    rows.update(unit="A")


def update_filtered(rows: Any) -> None:
    rows.filter(unit="0512").order_by("number").update(unit="A")


def delete(rows: Any) -> None:
    rows.all().delete()


def delete_one(rows: Any) -> None:
    rows.first().delete()


def save(rows: Any) -> None:
    rows.first().save()


def create(rows: Any) -> None:
    rows.create(round_id="r", unit="A", number=1)


def bulk_create(rows: Any) -> None:
    rows.bulk_create([rows.model(round_id="r", unit="A", number=1)])


def bulk_update(rows: Any) -> None:
    rows.bulk_update(list(rows.all()), ["unit"])


def update_or_create(rows: Any) -> None:
    rows.update_or_create(unit="A", number=1, defaults={"round_id": "r"})


def get_or_create(rows: Any) -> None:
    rows.get_or_create(round_id="r", unit="A", number=1)


@pytest.mark.parametrize("kind", ["SubmissionRow", "ReceiptRow"])
@pytest.mark.parametrize(
    "attempt",
    [
        update,
        update_filtered,
        delete,
        delete_one,
        save,
        create,
        bulk_create,
        bulk_update,
        update_or_create,
        get_or_create,
    ],
)
def test_code_that_goes_past_the_journal_raises(home: Home, attempt: Callable[[Any], None], kind: str) -> None:
    from meihao.web.kept.models import Unjournaled

    before = home.journal()
    with pytest.raises(Unjournaled):
        attempt(_rows(kind, home))
    assert home.journal() == before
    assert check_home(home)[0] is not None


def forged(what: str, n: int = 9, after: str = DIGEST) -> str:
    columns = "stream, n, at, who, what, unit, name, number, reason, before, after, previous"
    return f"INSERT INTO event ({columns}) VALUES ('r', {n}, '', '', '{what}', 'A', '', 1, '', '', '{after}', '')"


SUBMISSION = "INTO submission (round_id, unit, number, data, digest) VALUES"
KEYS = {"round": "code", "event": "stream"}
RAW = [
    *(f'DELETE FROM "{table}"' for table in TABLES),
    *(f"UPDATE \"{table}\" SET {KEYS.get(table, 'round_id')} = 'r2'" for table in TABLES),
    "UPDATE submission SET digest = ''",
    "UPDATE event SET who = '别人' WHERE n = 4",
    f"INSERT {SUBMISSION} ('r', 'A', 1, '', '{DIGEST}')",
    "INSERT INTO text (round_id, name, number, data, digest) VALUES ('r', 'roster.yaml', 2, '', 'd')",
    "INSERT INTO document (round_id, unit, name, digest) VALUES ('r', 'A', 'a.pdf', 'd')",
    "INSERT INTO receipt (round_id, n, unit, number, line) VALUES ('r', 4, 'A', 1, '')",
    "INSERT INTO round (code) VALUES ('r2')",
    "INSERT INTO step (round_id, unit, number, data, digest) VALUES ('r', 'A', 1, '', 'd')",
    forged("submission", n=10),
    forged("submission", n=3),
]
SQLITE = [
    *(f'UPDATE "{table}" SET rowid = rowid + 100' for table in TABLES),
    f"REPLACE {SUBMISSION} ('r', '0512', 1, x'00', (SELECT digest FROM submission WHERE unit = '0512' AND number = 1))",
    f"INSERT OR IGNORE {SUBMISSION} ('r', 'A', 1, x'00', '{DIGEST}')",
    "REPLACE INTO submission (id, round_id, unit, number, data, digest) SELECT 1, 'r', '0512', 9, data, digest FROM submission",
    "REPLACE INTO event SELECT * FROM event WHERE n = 3",
]
POSTGRESQL = [
    *(f'TRUNCATE "{table}" CASCADE' for table in TABLES),
    f"INSERT {SUBMISSION} ('r', 'A', 1, '', '{DIGEST}') ON CONFLICT DO NOTHING",
    "INSERT INTO submission SELECT * FROM submission ON CONFLICT (id) DO UPDATE SET data = ''",
    "INSERT INTO submission SELECT * FROM submission ON CONFLICT DO NOTHING",
]


def refused(home: Home, statement: str) -> None:
    from django.db import IntegrityError

    before = home.journal()
    with pytest.raises(IntegrityError, match="a row of"):
        execute(home, (statement, ()))
    assert home.journal() == before
    assert check_home(home)[0] is not None


@pytest.mark.parametrize("statement", RAW)
def test_the_database_itself_refuses(home: Home, statement: str) -> None:
    refused(home, statement)


@pytest.mark.parametrize(
    ("kind", "statement"), [*(("database", one) for one in SQLITE), *(("postgresql", one) for one in POSTGRESQL)]
)
def test_ways_of_one_database_alone_are_refused(kind: str, statement: str, tmp_path: Path, web: None) -> None:
    home = home_at(kind, tmp_path / "home")
    corrected(home)
    home.add_steps((STEP,))
    refused(home, statement)


def test_a_forger_who_writes_an_event_as_well_breaks_the_chain(home: Home) -> None:
    put = f"INSERT {SUBMISSION} ('r', 'A', 1, %s, %s)"
    execute(home, (forged("submission"), ()), (put, (DATA, DIGEST)))
    assert codes(check_home(home)[1]) == ["W140", "W119"]


def test_an_event_that_is_changed_breaks_the_chain_at_the_next(home: Home) -> None:
    unguarded(home, "event", "UPDATE event SET who = '别人' WHERE n = 4")
    (problem,) = check_home(home)[1]
    assert (problem.code, problem.source.row) == ("W140", 5)


def test_what_the_journal_does_not_tell_of_is_found_out(home: Home) -> None:
    """The receipt and the seal hold what the journal knows otherwise: a text has no other guard."""
    kept = home.text("roster.yaml")
    assert kept is not None
    unguarded(home, "text", "UPDATE text SET data = %s WHERE name = 'roster.yaml'", kept.data + b"\n")
    (problem,) = check_home(home)[1]
    assert (problem.code, problem.source.file) == ("W141", "roster.yaml")


def test_an_altered_document_is_found_out(home: Home) -> None:
    (file,) = (path for path in (home.place / "documents").rglob("*") if path.is_file())
    file.write_bytes(b"another")
    assert codes(check_home(home)[1]) == ["W146"]
    file.unlink()
    assert codes(check_home(home)[1]) == ["W145"]


def test_an_altered_step_is_found_out(home: Home) -> None:
    unguarded(home, "step", "UPDATE step SET data = %s", bytes_of(replace(STEP, state="accepted")))
    (problem,) = check_home(home)[1]
    assert (problem.code, problem.source.file) == ("W141", "steps.jsonl")


def test_altered_submissions_are_told_by_unit(home: Home) -> None:
    alter(home, "0513", DATA)
    (problem,) = check_home(home)[1]
    assert (problem.code, problem.source.file) == ("W117", "evidence/0513/0001.evidence.yaml")


def test_a_whole_chain_reads_back_and_a_cut_or_swapped_one_does_not() -> None:
    hand = Hand("陈某", lambda: datetime(2026, 5, 20, 20, tzinfo=UTC))
    bare = [hand.stamped(Event(0, "", "", "submission", "A", number=n, after=f"{n}")) for n in (1, 2, 3)]
    events = tuple(chained(bare, None))
    assert read_journal(b"".join(line_of(one) + b"\n" for one in events)) == events
    assert not list(breaks(events, ""))
    assert [p.source.row for p in breaks(events[1:], "")] == [1]
    assert [p.source.row for p in breaks((events[0], events[2]), "")] == [2]
    assert next(chained(bare, events[-1])).previous == digest_of_line(events[-1])


def test_an_event_of_a_submission_is_kept_with_it_or_not_at_all(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = home.journal()
    monkeypatch.setattr("meihao.web.kept.home.ReceiptRow.__init__", lambda *given, **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hand_in(home, [village(seen("households", 5), code="A")], MORNING)
    assert home.journal() == before
    assert not home.submissions("A")
