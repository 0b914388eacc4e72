"""Generated packs and rounds -> both readings of every unit; the first difference, made small, is written to a folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from meihao.assessment.assess import assess
from meihao.assessment.infer.program import Conclude
from meihao.assessment.infer.reference import conclude as reference
from meihao.assessment.plan import plan_of
from meihao.assessment.results import Assessment
from meihao.assessment.to_json import to_json
from meihao.round.model import Case
from meihao.standard.model import Pack

from .evidence import Session, make_sessions
from .packs import Files, Wish, load, make_pack, text


class Tally(Struct):
    """What a run has seen: counts by what was found, the digest of all results, and the first difference."""

    counts: Counter[str] = field(default_factory=Counter)
    results: hashlib._Hash = field(default_factory=hashlib.sha256)
    difference: Difference | None = None


class Difference(Struct, frozen=True):
    """A unit that two readings judge differently: the pack, and the session with the unit at the place `at`."""

    pack: int
    files: Files
    session: Session
    at: int


def run(packs: int, units: int, first: int, other: Conclude, wish: Wish = Wish()) -> Tally:  # noqa: B008  # frozen
    """Judge so many units of so many packs by both readings; stop at the first difference."""
    tally = Tally()
    for number in range(first, first + packs):
        files = make_pack(number, wish)
        pack = load(files)
        tally.counts["packs"] += 1
        for session in make_sessions(number, pack, units):
            for at, (_, a, b) in enumerate(judged(pack, session, other)):
                expected, found = to_json(a, {}), to_json(b, {})
                if expected != found:
                    tally.difference = Difference(number, files, session, at)
                    return tally
                count(a, tally.counts)
                tally.results.update(str(expected["digest"]).encode())
    return tally


def judged(pack: Pack, session: Session, other: Conclude) -> Iterator[tuple[Case, Assessment, Assessment]]:
    """Yield each case of a session with its two judgements."""
    for case in session.cases(pack):
        plan = plan_of(pack, case.kind)
        yield case, assess(plan, case, reference), assess(plan, case, other)


def count(a: Assessment, counts: Counter[str]) -> None:
    """Add what a judgement holds: equal results prove little where nothing is found."""
    counts["judgements"] += 1
    counts[f"verdict {a.verdict.state}"] += 1
    counts["verdict changed by a waiver"] += a.verdict != a.verdict_without_waivers
    counts.update(f"outcome {item.outcome}" for item in a.items)
    counts["item late"] += sum(item.late for item in a.items)
    counts.update(f"reason {item.reason.code}" for item in a.items)
    counts.update(f"part {part.reason.code}" for item in a.items for part in item.parts)
    counts.update(f"why {why.cause}" for item in a.items for why in item.whys)
    counts.update(f"{f.effect} {f.state}" for f in a.findings)
    counts.update(f"grade {a.grade or 'none'}" for _ in (1,))
    counts["reweighted node"] += sum(0 < node.applicable < node.points for node in a.nodes)
    counts["node without items"] += sum(not node.applicable for node in a.nodes)
    counts["bonus"] += a.bonus_hi > 0
    counts["open bonus"] += a.bonus_lo < a.bonus_hi
    counts["open line"] += sum(not line.holds and not line.fails for line in a.lines)


def differs(files: Files, session: Session, at: int, other: Conclude) -> bool:
    """Say whether the unit at a place is still judged differently; a pack that does not load is no example."""
    try:
        pack = load(files)
    except ValueError:
        return False
    pairs = list(judged(pack, session, other))
    return at < len(pairs) and to_json(pairs[at][1], {}) != to_json(pairs[at][2], {})


def smaller(found: Difference, other: Conclude) -> Difference:
    """Return the difference with fewer units, rules, items and records, as far as it stays one."""
    unit = found.session.units[found.at]
    alone = replace(found, session=replace(found.session, units=(unit,)), at=0)
    best = alone if differs(alone.files, alone.session, 0, other) else found
    shrunk = True
    while shrunk:
        shrunk = False
        for candidate in _candidates(best):
            if differs(candidate.files, candidate.session, candidate.at, other):
                best, shrunk = candidate, True
                break
    return best


def _candidates(found: Difference) -> Iterator[Difference]:
    """Yield the difference with less: without a file, without some entries of a list, without some records."""
    for path, data in found.files.items():
        if path.startswith("rules/"):
            yield replace(found, files={p: d for p, d in found.files.items() if p != path})
        for key, entries in data.items():
            if isinstance(entries, list) and key != "grades":
                for fewer_entries in _shorter(entries):
                    less = (
                        {**data, key: fewer_entries} if fewer_entries else {k: v for k, v in data.items() if k != key}
                    )
                    yield replace(found, files={**found.files, path: less})
    unit = found.session.units[found.at]
    for observations in _shorter(unit.observations):
        fewer = replace(unit, observations=tuple(observations))
        units = (*found.session.units[: found.at], fewer, *found.session.units[found.at + 1 :])
        yield replace(found, session=replace(found.session, units=units))


def _shorter(entries: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield a list without one of its halves, then of its quarters, at last without one of its entries."""
    sizes = [len(entries) >> n for n in range(1, len(entries).bit_length())] or [1]
    for size in sizes if entries else ():
        for start in range(0, len(entries), size):
            yield [*entries[:start], *entries[start + size :]]


def write(found: Difference, folder: Path, other: Conclude) -> None:
    """Write the pack, the evidence and both results of a difference."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in found.files.items():
        (folder / "pack" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pack" / path).write_bytes(text(data))
    (folder / "session.txt").write_text(f"pack {found.pack}, unit {found.at}\n{found.session!r}\n", encoding="utf-8")
    _, a, b = list(judged(load(found.files), found.session, other))[found.at]
    for name, result in (("reference", a), ("durable", b)):
        shown = json.dumps(to_json(result, {}), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{name}.json").write_text(shown, encoding="utf-8")
