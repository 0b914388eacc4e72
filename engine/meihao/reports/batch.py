"""Writes many reports in several processes, each whole or not at all; what is there already is not made again.

A folder of reports keeps a record of what is done: from which data each file was made, and its digest. A batch that was
killed goes on where it stopped; a report whose data, look or versions have changed is made anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..core.canonical import digest_bytes
from ..core.problems import Problem, Problems, Source, errors
from . import messages
from .render import Theme, built_in_templates
from .workers import Limits, Lost, work_off
from .write import Written

T = TypeVar("T")
ORDINARY = Limits()
RECORD = ".meihao-reports.jsonl"
_ENCODER = msgspec.json.Encoder(order="deterministic", enc_hook=lambda one: _plain(one))


class DoneReport(Struct, frozen=True):
    """A report that is done: from which data, into which files, with which digests."""

    name: str
    made_from: str
    files: tuple[tuple[str, str], ...]


class ReportJob(Struct, Generic[T], frozen=True):
    """A report to make: the name that problems say, what identifies its data, and what the work is given."""

    name: str
    made_from: str
    given: T


class BatchReport(Struct, frozen=True):
    """A report of a batch: its files, what was said, and whether it was there already."""

    name: str
    paths: tuple[Path, ...]
    problems: Problems
    resumed: bool = False


def identity(*parts: object) -> str:
    """Return a digest of records, texts, numbers and bytes; equal parts have equal digests in every process."""
    found = hashlib.sha256()
    for part in parts:
        data = _ENCODER.encode(part)
        found.update(f"{len(data)}:".encode() + data)
    return "sha256:" + found.hexdigest()


def look_digest(theme: Theme) -> str:
    """Return a digest of all that pages look by: templates, style sheet, colours, seal and logo."""
    files = [path for path in sorted(built_in_templates().rglob("*")) if path.is_file()]
    own = [(name, digest_bytes(data)) for name, data in sorted(theme.templates.items())]
    return identity(theme.look, sorted(theme.pictures), [(path.name, _digest(path)) for path in files], own)


def _plain(one: object) -> object:
    """Return what stands for an object that JSON has no word for."""
    if isinstance(one, Mapping):
        return dict(one)
    return str(one)


def batch(
    work: Callable[[T], Written],
    orders: Sequence[ReportJob[T]],
    folder: Path,
    processes: int,
    limits: Limits = ORDINARY,
) -> Iterator[BatchReport]:
    """Yield each report as it is done, those that were there already first. One that fails stops none of the others."""
    record = read_record(folder)
    there = [order for order in orders if _is_there(record.get(order.name), order, folder)]
    for order in there:
        yield BatchReport(order.name, tuple(folder / name for name, _ in record[order.name].files), (), resumed=True)
    names = {order.name for order in there}
    left = [order for order in orders if order.name not in names]
    for number, answer in work_off(work, [order.given for order in left], min(processes, len(left)), limits):
        made = _made(left[number].name, answer, limits)
        if made.paths and not errors(made.problems):
            _note(folder, left[number], made.paths)
        yield made


def carry_over(folder: Path, stage: Path, orders: Sequence[ReportJob[T]]) -> None:
    """Bring into `stage` the reports of a folder that are as ordered; of what a killed batch left there, only these stay."""
    begun, record = read_record(stage), read_record(folder)
    kept = {order.name for order in orders if _is_there(begun.get(order.name), order, stage)}
    names = {RECORD} | {file for name in kept for file, _ in begun[name].files}
    for path in tuple(stage.iterdir()):
        if path.name not in names:
            path.unlink()
    for order in orders:
        if order.name not in kept and _is_there(record.get(order.name), order, folder):
            files = [name for name, _ in record[order.name].files]
            for name in files:
                _bring(folder / name, stage / name)
            _note(stage, order, [stage / name for name in files])


def _bring(path: Path, to: Path) -> None:
    try:
        os.link(path, to)
    except OSError:  # a disk without hard links
        shutil.copy2(path, to)


def _made(name: str, answer: Written | Lost, limits: Limits) -> BatchReport:
    if not isinstance(answer, Lost):
        paths, problems = answer
        return BatchReport(name, paths, tuple(_of(name, problems)))
    source = Source(name)
    problem = {
        "died": messages.WORKER_DIED.at(source, unit=name, how=answer.how),
        "processor": messages.TOO_MUCH_CPU.at(source, unit=name, most=limits.processor),
        "waiting": messages.TOO_SLOW.at(source, unit=name, most=limits.waiting),
        "memory": messages.TOO_MUCH_MEMORY.at(source, unit=name, most=limits.memory >> 20),
    }[answer.why]
    return BatchReport(name, (), (problem,))


def _of(name: str, problems: Problems) -> Iterator[Problem]:
    """Yield problems that say whose report they are about."""
    for problem in problems:
        yield replace(problem, source=Source(name)) if problem.source == Source() else problem


def read_record(folder: Path) -> dict[str, DoneReport]:
    """Return what is done in a folder by name; a line that was cut short by a kill, or is not ours, counts for nothing."""
    try:
        lines = (folder / RECORD).read_bytes().splitlines()
    except OSError:
        return {}
    found: dict[str, DoneReport] = {}
    for line in lines:
        try:
            one = msgspec.json.decode(line, type=DoneReport)
        except msgspec.MsgspecError:
            continue
        found[one.name] = one
    return found


def _is_there(line: DoneReport | None, order: ReportJob[T], folder: Path) -> bool:
    if line is None or line.made_from != order.made_from or not line.files:
        return False
    return all(name == Path(name).name and _digest(folder / name) == digest for name, digest in line.files)


def _digest(path: Path) -> str:
    try:
        return digest_bytes(path.read_bytes())
    except OSError:
        return ""


def _note(folder: Path, order: ReportJob[T], paths: Sequence[Path]) -> None:
    """Add a line to the record. Where that cannot be, the report is made again next time and nothing is lost."""
    line = DoneReport(order.name, order.made_from, tuple((path.name, _digest(path)) for path in paths))
    try:
        with (folder / RECORD).open("ab") as record:
            record.write(b"\n" * (record.tell() > 0) + msgspec.json.encode(line))
    except OSError:
        return
