"""A roster is written and read as it is; codes that look the same, and kinds and regions that nobody knows, are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.evidence.small_pack import PACK

from meihao.core.files import file_text
from meihao.core.problems import Source
from meihao.round.model import Region
from meihao.round.read import lone_round
from meihao.round.roster import HEAD, Enrolled, Roster, check_roster, read_roster, roster_text

ONE = Enrolled("01", "village", "青禾村", "N", Source("r", line=1))
ROUND = replace(lone_round(None), regions=(Region("N", "北", "county"),))


def test_a_roster_is_a_line_a_unit_and_reads_back(tmp_path: Path) -> None:
    text = roster_text([ONE, Enrolled("02", "compound", "某小区")])
    assert text == HEAD + (
        'units:\n  - {code: "01", kind: village, name: "青禾村", region: "N"}\n'
        '  - {code: "02", kind: compound, name: "某小区"}\n'
    )
    (tmp_path / "roster.yaml").write_text(text, encoding="utf-8")
    roster, problems = read_roster(file_text(tmp_path / "roster.yaml"), PACK, ROUND)
    assert problems == ()
    assert roster is not None
    assert [(u.code, u.kind, u.name, u.region, u.source.line) for u in roster.units.values()] == [
        ("01", "village", "青禾村", "N", 5), ("02", "compound", "某小区", "", 6),
    ]  # fmt: skip
    assert list(roster.units) == ["01", "02"]


def test_a_roster_without_units_is_one(tmp_path: Path) -> None:
    (tmp_path / "roster.yaml").write_text(roster_text([]), encoding="utf-8")
    roster, problems = read_roster(file_text(tmp_path / "roster.yaml"), PACK, ROUND)
    assert (roster, problems) == (Roster({}, Source(str(tmp_path / "roster.yaml"), line=4, column=1)), ())
    assert roster_text([]) == f"{HEAD}units: []\n"


def test_a_folder_may_have_no_roster_and_one_with_a_mistake_is_none(tmp_path: Path) -> None:
    assert read_roster(file_text(tmp_path / "roster.yaml"), PACK, ROUND) == (None, ())
    (tmp_path / "roster.yaml").write_text(roster_text([replace(ONE, kind="city")]), encoding="utf-8")
    roster, problems = read_roster(file_text(tmp_path / "roster.yaml"), PACK, ROUND)
    assert (roster, [problem.code for problem in problems]) == (None, ["E015"])


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        (Enrolled("02", "compound", "青禾村"), []),
        (Enrolled("０１", "village", "别村"), ["W113"]),
        (Enrolled("02", "vilage", "别村"), ["E015"]),
        (Enrolled("02", "village", "别村", "S"), ["E017"]),
        (Enrolled("02", "village", "别村", "N"), []),
    ],
)
def test_what_is_wrong_with_a_unit_of_a_roster_is_told(other: Enrolled, codes: list[str]) -> None:
    assert [problem.code for problem in check_roster([ONE, other], PACK, ROUND)] == codes


def test_where_a_round_has_no_regions_none_is_strange() -> None:
    assert check_roster([replace(ONE, region="S")], PACK, lone_round(None)) == ()


def test_codes_that_look_the_same_are_told_with_the_place_of_the_first() -> None:
    again = replace(ONE, code=" 01", source=Source("r", line=9))
    (problem,) = check_roster([ONE, again], PACK, ROUND)
    assert problem.text("en").startswith("r:9:0 W113 the codes  01 and 01 (r:1:0) look the same")
