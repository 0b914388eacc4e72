"""Proves that rankings and details come back from their files as they were written, and that no other file passes for one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.assessment.packs import judge, make_case, make_pack

from meihao.core.canonical import canonical, digest, pretty
from meihao.core.problems import LANGS, Lang, Problem
from meihao.ranking import published as records
from meihao.ranking import results, to_json
from meihao.ranking.details import details
from meihao.ranking.read_files import read_details, read_ranking

from .builders import TIES, a_round, by_county, correction, county, profile, ranked, tier, unit

PROFILE = profile(tier(places=2, seats=[by_county()]), tier("towns", 10, pending="尚无标准"), ties=TIES)
UNITS = [unit("a", "92.5"), unit("b", 90), unit("c", 90), unit("f", 50, state="failed"),
         unit("w", 70, state="undetermined", possible=95)]  # fmt: skip
FILE = to_json(
    ranked(PROFILE, a_round(county("A"), corrections=[correction("a", "ten", "confirm")]), UNITS), {"engine": "e"}
)
PACK = make_pack("[{id: fees, points: 5, asks: [paid], score: {yes_no: paid}}]", "paid: {type: yes_no}")
CASE = make_case(PACK, {"paid": True})
DETAILS = details(PACK, [(CASE, judge(PACK, {"paid": True}))], "sha256:1")


def changed(*path: str | int, to: Any = None) -> dict[str, Any]:
    """Return the file of a ranking with one value changed (None: taken out) and the digest that then belongs to it."""
    file: Any = json.loads(pretty(FILE))
    *way, last = path
    inner = file
    for step in way:
        inner = inner[step]
    if to is None:
        del inner[last]
    else:
        inner[last] = to
    return {**file, "digest": digest(file["body"])} if len(path) > 1 and path[0] == "body" else file


def refused(data: bytes | dict[str, Any]) -> Problem:
    found, (problem,) = read_ranking(data if isinstance(data, bytes) else pretty(data).encode(), "名单.json")
    assert found is None
    for lang in LANGS:
        assert "名单.json" in problem.text(lang)
    assert problem.hint_zh
    assert problem.hint_en
    return problem


def test_a_ranking_written_again_from_what_was_read_has_the_same_bytes() -> None:
    data = pretty(FILE).encode()
    found, problems = read_ranking(data, "a")
    assert (problems, pretty(msgspec.to_builtins(found)).encode()) == ((), data)


def test_details_written_again_from_what_was_read_have_the_same_bytes() -> None:
    data = canonical(DETAILS)
    found, problems = read_details(data, "a", "sha256:1")
    assert (problems, canonical(msgspec.to_builtins(found))) == ((), data)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (results.Ranking, records.RankingRecord),
        (results.RankedList, records.ListRecord),
        (results.Standing, records.PassedRecord),
        (results.Waiting, records.WaitingRecord),
        (results.FailedUnit, records.FailedRecord),
        (results.TierResult, records.TierRecord),
        (results.Place, records.PlaceRecord),
        (results.Reserve, records.ReserveRecord),
        (results.RegionSeats, records.RegionRecord),
        (results.Key, records.KeyRecord),
    ],
)
def test_what_is_published_has_the_fields_of_what_was_ranked(
    written: type[msgspec.Struct], read: type[msgspec.Struct]
) -> None:
    assert sorted(written.__struct_fields__) == sorted(read.__struct_fields__)


def test_a_file_of_the_first_days_is_read() -> None:
    """It named ties at each unit, gave reasons no number of looks, and had no seal."""
    file: Any = json.loads(pretty(FILE))
    one = file["body"]["lists"][0]
    one["waiting"][0]["whys"] = [{"cause": "missing_fact", "subject": "visits", "owed": True}]
    del one["ties"], file["seal"], file["made_by"]
    for line in one["units"]:
        line["tied_with"] = []
    found, problems = read_ranking(pretty({**file, "digest": digest(file["body"])}).encode(), "a")
    assert problems == ()
    assert found is not None
    assert found.body.lists[0].ties is msgspec.UNSET


def test_details_of_the_first_days_are_read() -> None:
    body: Any = json.loads(pretty(DETAILS["body"]))
    del body["titles"]
    for one in body["units"].values():
        del one["deciding"]
    found, problems = read_details(canonical({**DETAILS, "body": body, "digest": digest(body)}), "a", "sha256:1")
    assert problems == ()
    assert found is not None
    assert found.body.titles is msgspec.UNSET


@pytest.mark.parametrize("length", [1, 2, 40, -2])
def test_a_file_cut_short_is_said_with_line_and_column(length: int) -> None:
    problem = refused(pretty(FILE).encode()[:length])
    assert problem.code == "K041"
    assert problem.source.line > 0


@pytest.mark.parametrize(
    "data",
    [b'{"a": 1, "a": 2}', b'{"a": 1.5}', b'{"a": "\\ud800"}', b'{"a": "\xff"}', b'{"a":' * 100 + b"1" + b"}" * 100],
)
def test_what_json_allows_and_a_result_never_holds_is_refused(data: bytes) -> None:
    assert refused(data).code == "K041"


@pytest.mark.parametrize("data", [b"", b"[]", b"unit: {code: A}", b"PK\x03\x04", b"{}", canonical(DETAILS)])
def test_another_kind_of_file_is_no_ranking(data: bytes) -> None:
    assert refused(data).code == "C016"


@pytest.mark.parametrize("version", ["2", 1, 99, ["1"]])
def test_another_version_is_named(version: Any) -> None:
    problem = refused(changed("schema_version", to=version))
    assert problem.code == "K042"
    assert str(version) in problem.message_zh
    assert str(version) in problem.message_en
    assert refused(changed("schema_version")).code == "K042"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_refused_file_is_named_once_in_what_is_printed(lang: Lang) -> None:
    """The place comes first, with line and column where there is one; the sentence does not repeat it."""
    shape, version = changed("digest"), changed("schema_version", to="2")
    for data, code in ((b"[]", "C016"), (b"{", "K041"), (version, "K042"), (shape, "K043")):
        problem = read_ranking(data if isinstance(data, bytes) else pretty(data).encode(), "排名名单.json")[1][0]
        assert problem.code == code
        assert problem.text(lang).startswith("排名名单.json")
        assert problem.text(lang).count("排名名单.json") == 1
    behind = read_details(canonical(DETAILS), "明细.json", "sha256:2")[1][0].text(lang)
    assert behind.startswith("明细.json W078")
    assert behind.count("明细.json") == 1


LIST: tuple[str | int, ...] = ("body", "lists", 0)


@pytest.mark.parametrize(
    ("path", "to", "zh", "en"),
    [
        ((*LIST, "units", 1, "figure"), 90, "body.lists[0].units[1].figure应为文字，现为整数",
         "body.lists[0].units[1].figure must be text, not a whole number"),
        ((*LIST, "units", 1, "figure"), None, "body.lists[0].units[1]里缺少“figure”",
         "“figure” is missing at body.lists[0].units[1]"),
        ((*LIST, "units", 1, "figure"), "1/0", "body.lists[0].units[1].figure的值不合规定",
         "the value at body.lists[0].units[1].figure"),
        ((*LIST, "tiers", 0, "members", 0, "seat"), "bought", "body.lists[0].tiers[0].members[0].seat的值不合规定",
         "the value at body.lists[0].tiers[0].members[0].seat"),
        (("body", "outside"), "abc", "body.outside应为一列，现为文字", "body.outside must be a list, not text"),
        (("body",), [], "body应为一组键和值，现为一列", "body must be keys with values, not a list"),
        (("digest",), None, "缺少“digest”", "“digest” is missing at the top"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_named_with_its_place(path: tuple[str | int, ...], to: Any, zh: str, en: str) -> None:
    """Before, a wrong shape counted as nothing."""
    problem = refused(changed(*path, to=to))
    assert problem.code == "K043"
    assert zh in problem.message_zh
    assert en in problem.message_en


def test_every_part_that_is_taken_out_or_is_of_another_kind_is_refused_and_never_a_traceback() -> None:
    """All places of a small ranking, one after another; only what older files lack may be missing."""
    optional = {"ties", "looks", "seal", "made_by", "owed", "instead", "en"}
    for path in places(json.loads(pretty(FILE))):
        for to in (None, {"x": "y"}):
            taken = to is None
            if isinstance(path[-1], int) and taken:
                continue
            found, problems = read_ranking(pretty(changed(*path, to=to)).encode(), "a")
            assert (found is None) == bool(problems)
            assert (
                problems or (taken and path[-1] in optional) or ((taken or len(path) == 1) and path[0] == "made_by")
            ), (path, to)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the place of every value in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, one in inner for place in ((*path, key), *places(one, (*path, key)))]


def test_what_was_altered_is_refused() -> None:
    assert refused(changed("digest", to="sha256:0")).code == "K040"
    for file, code in (
        ({**DETAILS, "digest": "sha256:0"}, "W078"),
        ({**DETAILS, "kind": "ranking"}, "W078"),
        ({**DETAILS, "schema_version": "2"}, "K042"),
        ({**DETAILS, "body": {}}, "K043"),
    ):
        found, (problem,) = read_details(canonical(file), "a", "sha256:1")
        assert (found, problem.code) == (None, code)
        assert all(problem.text(lang) for lang in LANGS)
    assert read_details(canonical(DETAILS), "a", "sha256:2")[1][0].code == "W078"


def test_files_of_version_0_1_are_read_and_written_again_alike() -> None:
    """They were written by 0.1 and never change: what is published is read for ever."""
    folder = Path(__file__).parent / "written_by_0_1"
    listed, behind = (folder / "ranked-list.json").read_bytes(), (folder / "details.json").read_bytes()
    ranking, problems = read_ranking(listed, "a")
    assert ranking is not None, problems
    kept, problems = read_details(behind, "b", ranking.digest)
    assert kept is not None, problems
    assert pretty(msgspec.to_builtins(ranking)).encode() == listed
    assert canonical(msgspec.to_builtins(kept)) == behind
