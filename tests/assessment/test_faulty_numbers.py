"""A number in a standard that no points can follow from makes the item an error, said as such; it never stops the round."""

from __future__ import annotations

import pytest
from tests.assessment.packs import judge, make_pack

FIELDS = "{x: {type: number, range: [0, 9]}, c: {type: number, range: [0, 5]}}"


@pytest.mark.parametrize(
    "score", ["per_item: {points: 1, for_each: c, step: floor}", "deduct: {lose: 1, for_each: c, step: floor}"]
)
@pytest.mark.parametrize("more", ["", ", uncapped: true", ", unfloored: true"])
def test_a_step_of_0_is_an_error_that_blocks_a_pass(score: str, more: str) -> None:
    pack = make_pack(f"[{{id: a, points: 5, asks: [x, c], measure: {{field: x}}, score: {{{score}}}{more}}}]", FIELDS)
    item = judge(pack, {"x": 3, "c": 0}).item("place.d.a")
    assert item.outcome == "error"
    assert judge(pack, {"x": 3, "c": 0}).verdict.state == "undetermined"
    assert judge(pack, {"x": 3, "c": 1}).item("place.d.a").outcome != "error"
