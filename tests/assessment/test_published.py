"""Proves that results of units come back from their files as they were written, also those of random packs, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from tests.generated.test_laws import CODES, judge, trial

from meihao.assessment import published as records
from meihao.assessment import results
from meihao.assessment.published import AssessmentFile
from meihao.assessment.results import Assessment
from meihao.assessment.to_json import to_json
from meihao.core.canonical import pretty
from meihao.core.read_back import Misread, read_json, shaped
from meihao.methods import marks

MADE_BY = {"program": "meihao", "version": "0", "engine": "reference"}
PACKS = range(101, 113)


def of_pack(number: int) -> Iterator[Assessment]:
    yield from judge(*trial(number)).values()


def written(assessment: Assessment) -> Any:
    """Return a result as plain JSON, to be changed."""
    return json.loads(pretty(to_json(assessment, MADE_BY)))


@pytest.fixture(scope="module")
def rich() -> Any:
    """The result with the most findings, adjustments and bonuses among those of the first packs."""
    found = [one for number in PACKS[:4] for one in of_pack(number)]
    return max(found, key=lambda a: (min(map(len, (a.findings, a.adjustments, a.bonuses))), len(a.items)))


@pytest.mark.parametrize("number", PACKS)
def test_results_of_random_packs_written_again_from_what_was_read_have_the_same_bytes(number: int) -> None:
    count = 0
    for one in of_pack(number):
        data = pretty(to_json(one, MADE_BY)).encode()
        file = shaped(read_json(data), AssessmentFile)  # type: ignore[arg-type]  # what was written is read
        assert isinstance(file, AssessmentFile), file.why
        assert pretty(msgspec.to_builtins(file)).encode() == data
        count += 1
    assert count == len(CODES)


def test_what_is_read_occurs_in_random_packs() -> None:
    """A field that no random result fills would be read in no shape that a test has seen."""
    met: set[str] = set()
    for one in (one for number in PACKS for one in of_pack(number)):
        body = written(one)["body"]
        met |= {name for name, value in body.items() if value}
        met |= {f"item.{name}" for item in body["items"] for name, value in item.items() if value}
        met |= {f"bonus.{name}" for bonus in body["bonuses"] for name, value in bonus.items() if value}
    assert met >= {"findings", "adjustments", "bonuses", "lines", "context", "item.of", "item.parts", "item.why"}
    assert met >= {"bonus.matters", "bonus.adjustments"}


@pytest.mark.parametrize(
    ("judged", "read", "apart"),
    [
        (results.NodeScore, records.NodeRecord, {"raw_lo": "raw", "raw_hi": "raw"}),
        (results.Item, records.ItemResult, {"whys": "why", "before": ""}),
        (marks.Marks, records.MarksRecord, {"whys": "why"}),
        (results.Adjustment, records.AdjustmentRecord, {}),
        (results.BonusItem, records.BonusRecord, {"whys": "why"}),
        (results.Finding, records.FindingRecord, {"whys": "why"}),
        (results.LineResult, records.LineRecord, {}),
        (results.Verdict, records.VerdictRecord, {}),
    ],
)
def test_each_record_has_what_judging_gives(judged: type, read: type, apart: dict[str, str]) -> None:
    names = {apart.get(name, name) for name in judged.__struct_fields__} - {""}  # type: ignore[attr-defined]
    assert names == set(read.__struct_fields__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["adjustments", "context"])
def test_a_file_of_before_that_lacks_a_later_part_is_read_as_it_is(rich: Assessment, name: str) -> None:
    old = written(rich)
    del old["body"][name], old["seal"]
    for bonus in old["body"]["bonuses"]:
        del bonus["adjustments"]
    for item in old["body"]["items"]:
        del item["of"]
    file = shaped(old, AssessmentFile)
    assert isinstance(file, AssessmentFile), file.why
    assert pretty(msgspec.to_builtins(file)) == pretty(old)


WRONG = [
    (("body", "unit", "code"), 1, "body.unit.code"),
    (("body", "items", 0, "lo"), "much", "body.items[0].lo"),
    (("body", "items", 0, "outcome"), "excellent", "body.items[0].outcome"),
    (("body", "lines"), {}, "body.lines"),
    (("body", "verdict", "state"), None, "body.verdict.state"),
    (("schema_version",), "2", "schema_version"),
]


@pytest.mark.parametrize(("path", "to", "place"), WRONG, ids=[place for *_, place in WRONG])
def test_a_wrong_value_is_named_with_its_place(rich: Assessment, path: tuple[Any, ...], to: object, place: str) -> None:
    file = inner = written(rich)
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    found = shaped(file, AssessmentFile)
    assert isinstance(found, Misread)
    assert place in found.why.zh
    assert place in found.why["en"]


@pytest.mark.parametrize("name", ["unit", "round", "pack", "items", "verdict"])
def test_a_part_that_is_missing_is_named(rich: Assessment, name: str) -> None:
    file = written(rich)
    del file["body"][name]
    found = shaped(file, AssessmentFile)
    assert isinstance(found, Misread)
    assert (found.why.zh, found.why["en"]) == (f"body里缺少“{name}”", f"“{name}” is missing at body")
