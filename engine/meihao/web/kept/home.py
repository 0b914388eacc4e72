"""Keeps a round in a database: the same bytes as in a folder, and a journal in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from django.db import Error
from django.db.models import Max
from msgspec import Struct

from ...core.files import FileText, read_file, reason, write_whole
from ...core.problems import Problem, Problems, Source
from ...core.watch import Watch
from ...evidence.contradictions import Latest
from ...evidence.files import NOT_READABLE
from ...evidence.model import UnitEvidence
from ...evidence.submissions import NUMBERED, StoredText, merged, submissions_of
from ...standard.model import Pack
from ...store.home import Parcel
from ...store.journal import Event, Hand, digest_of_line
from ...store.ledger import LEDGER, Ledger, Receipt
from ...store.place import DOCUMENTS, document_name, unit_folder
from ...store.steps import ApplicationStep, bytes_of, digest_of_step, read_steps
from .databases import writing
from .keep import add_events, as_system_errors, events_of, keep, last_event
from .layout import document_file
from .models import DocumentRow, ReceiptRow, RoundRow, StepRow, SubmissionRow, TextRow

JUDGED = ("round", "text", "submission", "document")  # what results are made from; a step of a review changes none
FEW = 500  # values that one question to the database may hold in any release of SQLite


class LedgerRows(Struct, frozen=True):
    """The lines of a ledger in a database."""

    alias: str
    code: str
    hand: Hand
    path: Path = Path(LEDGER)

    def added(self, size: int, count: int) -> bytes | None:
        with as_system_errors():
            rows = ReceiptRow.objects.using(self.alias).filter(round_id=self.code)
            if count > (rows.aggregate(n=Max("n"))["n"] or 0):
                return None
            lines = rows.filter(n__gt=count).order_by("n").values_list("line", flat=True)
            return b"".join(_bytes(line) + b"\n" for line in lines)

    def append(self, lines: Sequence[bytes]) -> None:
        keep(self.alias, self.code, self.hand, (), [self._row(line) for line in lines])

    def _row(self, line: bytes) -> ReceiptRow:
        one = msgspec.json.decode(line, type=Receipt)
        return ReceiptRow(round_id=self.code, n=one.n, unit=one.unit, number=one.number, line=line)


class DatabaseHome(Struct, frozen=True):
    """The home of a round in the database of a served folder, which `place` is; `hand` is whoever adds to it."""

    place: Path
    alias: str
    code: str
    hand: Hand

    @property
    def journaled(self) -> bool:
        return True

    def begin(self, journal: Sequence[Event], reason: str) -> None:
        """Begin a round here, with the journal that it brings. Called in one's turn."""
        add_events(self.alias, self.code, journal)
        keep(self.alias, self.code, self.hand, [_event("round", reason=reason)], [RoundRow(code=self.code)])

    def state(self) -> str:
        with as_system_errors():
            last = last_event(self.alias, self.code, what__in=JUDGED)
        return digest_of_line(last) if last else ""

    def holds(self, name: str) -> bool:
        with suppress(Error):
            return bool(self._of(TextRow, name=name).exists())
        return False

    def text(self, name: str) -> FileText | None:
        with as_system_errors():
            data = self._of(TextRow, name=name).order_by("-number").values_list("data", flat=True).first()
        return None if data is None else FileText(Path(name), _bytes(data))

    def put_text(self, name: str, data: bytes) -> None:
        with as_system_errors(), writing(self.alias):
            digest, before = sha256(data).hexdigest(), last_event(self.alias, self.code, what="text", name=name)
            number, told = before.number + 1 if before else 1, False
            if before and before.after == digest:
                if self._of(TextRow, name=name, number=before.number).exists():
                    return
                number, told = before.number, True  # the journal that the round brought tells of it
            event = _event("text", name=name, number=number, before=before.after if before else "", after=digest)
            row = TextRow(round_id=self.code, name=name, number=number, data=data, digest=digest)
            keep(self.alias, self.code, self.hand, () if told else [event], [row])

    def place_of(self, unit: str, number: int = 0) -> Path:
        folder = unit_folder(Path(), unit)
        return folder / NUMBERED.format(number) if number else folder

    def units(self) -> tuple[str, ...]:
        units = self._of(SubmissionRow).values_list("unit", flat=True).distinct()
        return tuple(self.place_of(unit).name for unit in sorted(units))

    def submissions(self, unit: str) -> tuple[StoredText, ...]:
        with as_system_errors():
            rows = self._of(SubmissionRow, unit=unit).order_by("number").values_list("number", "data")
            return tuple(self._stored(unit, number, data) for number, data in rows)

    def submission(self, unit: str, number: int) -> bytes | None:
        with as_system_errors():
            data = self._of(SubmissionRow, unit=unit, number=number).values_list("data", flat=True).first()
        return None if data is None else _bytes(data)

    def documents(self, unit: str) -> Iterator[FileText]:
        with as_system_errors():
            rows = sorted(self._of(DocumentRow, unit=unit).values_list("name", "digest"))
        for name, digest in rows:
            yield FileText(self.place_of(unit) / DOCUMENTS / name, read_file(document_file(self.place, digest)))

    def document_names(self, unit: str) -> Mapping[str, str]:
        """Return the documents of a unit: the name of each by its digest."""
        with as_system_errors():
            return dict(self._of(DocumentRow, unit=unit).values_list("digest", "name"))

    def loose(self) -> Mapping[str, Path]:
        return {}

    def read(self, pack: Pack, latest: Latest | None, watch: Watch) -> tuple[tuple[UnitEvidence, ...], Problems]:
        try:
            with as_system_errors():
                rows = list(self._of(SubmissionRow).values_list("unit", "number", "data"))
        except OSError as failure:
            return (), (NOT_READABLE.at(Source(str(self.place)), path=self.place, why=reason(failure)),)
        rows.sort(key=lambda row: row[:2])  # databases know other orders of texts
        units: list[UnitEvidence] = []
        problems: list[Problem] = []
        stored = [(unit, [self._stored(*row) for row in group]) for unit, group in groupby(rows, lambda row: row[0])]
        for _, texts in watch(stored, len(stored), "reading"):
            found, said = submissions_of(texts, pack)
            units += [merged(found)] if found else []
            problems += said
        return tuple(units), tuple(problems)

    def ledger(self) -> Ledger:
        return Ledger(LedgerRows(self.alias, self.code, self.hand))

    def journal(self) -> Sequence[Event]:
        with as_system_errors():
            return tuple(events_of(self.alias, self.code))

    def steps(self, unit: str = "") -> tuple[ApplicationStep, ...]:
        like = {"unit": unit} if unit else {}
        with as_system_errors():
            rows = self._of(StepRow, **like).order_by("id").values_list("data", flat=True)
            return read_steps(b"\n".join(_bytes(data) for data in rows))

    def add_steps(self, steps: Sequence[ApplicationStep]) -> None:
        events, rows = [], []
        last = {one.unit: digest_of_step(one) for one in self.steps()} if len(steps) > 1 else self._last_step(steps)
        for one in steps:
            key, digest = {"unit": one.unit, "number": one.number}, digest_of_step(one)
            told = {"name": one.verb, "reason": one.reason, "before": last.get(one.unit, ""), "after": digest}
            events.append(_event("step", **key, **told))
            rows.append(StepRow(round_id=self.code, **key, data=bytes_of(one), digest=digest))
            last[one.unit] = digest
        with as_system_errors():
            keep(self.alias, self.code, self.hand, self._untold(events), rows)

    def _last_step(self, steps: Sequence[ApplicationStep]) -> dict[str, str]:
        return {one.unit: digest_of_step(one) for step in steps for one in self.steps(step.unit)}

    def unfinished(self) -> Sequence[Receipt] | None:
        return None

    @contextmanager
    def turn(self, ledger: Ledger) -> Iterator[Problems]:
        try:
            with as_system_errors(), writing(self.alias):
                yield ledger.read()
        except BaseException:
            ledger.forget()  # what it read of this turn was not kept
            raise

    @contextmanager
    def together(self) -> Iterator[None]:
        with as_system_errors(), writing(self.alias):
            yield

    def put_document(self, unit: str, name: str, data: bytes) -> Path:
        kept, digest = document_name(name, data), sha256(data).hexdigest()
        place = self.place_of(unit) / DOCUMENTS / kept
        if self._of(DocumentRow, unit=unit, name=kept).exists():
            return place
        if not document_file(self.place, digest).exists():
            write_whole(document_file(self.place, digest), data, private=True)
        event = _event("document", unit=unit, name=kept, after=digest)
        row = DocumentRow(round_id=self.code, unit=unit, name=kept, digest=digest)
        keep(self.alias, self.code, self.hand, self._untold([event]), [row])
        return place

    def put(self, ledger: Ledger, parcels: Sequence[Parcel]) -> tuple[Sequence[Parcel], Problems]:
        events, rows = [], []
        last = {unit: ledger.of[unit][-1][1] for unit in {one.receipt.unit for one in parcels} & ledger.of.keys()}
        for one in parcels:
            told = one.receipt
            key = {"unit": told.unit, "number": told.number}
            events.append(
                _event("submission", **key, reason=one.reason, before=last.get(told.unit, ""), after=told.digest)
            )
            rows.append(SubmissionRow(round_id=self.code, **key, data=one.data, digest=told.digest))
            last[told.unit] = told.digest
        keep(self.alias, self.code, self.hand, self._untold(events), rows)
        ledger.add([one.receipt for one in parcels])
        return parcels, ()

    def _untold(self, events: Sequence[Event]) -> Sequence[Event]:
        """Return those events of which the journal that a round brought does not tell."""
        few = {"after__in": [one.after for one in events]} if len(events) < FEW else {}
        told = {_key(one) for one in events_of(self.alias, self.code, **few)}
        return [one for one in events if _key(one) not in told] if told else events

    def _of(self, kind: Any, **like: object) -> Any:
        return kind.objects.using(self.alias).filter(round_id=self.code, **like)

    def _stored(self, unit: str, number: int, data: bytes) -> StoredText:
        return StoredText(number, self.place_of(unit, number), _bytes(data))


def _event(what: Any, **parts: Any) -> Event:
    return Event(0, "", "", what, **parts)


def _bytes(data: Any) -> bytes:
    """Return what a column of bytes holds, whatever somebody else put there."""
    return data.encode() if isinstance(data, str) else bytes(data)


def _key(event: Event) -> tuple[object, ...]:
    return event.what, event.unit, event.name, event.number, event.after
