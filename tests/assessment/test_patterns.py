"""Proves that the 47 ways of scoring that Chinese score sheets use are sayable: each golden input gives its points on both sides."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.assessment.packs import run_entry

FILE = Path(__file__).parents[1] / "patterns" / "patterns.yaml"
ENTRIES: list[dict[str, Any]] = yaml.safe_load(FILE.read_bytes())["patterns"] if FILE.is_file() else []
pytestmark = pytest.mark.skipif(not ENTRIES, reason="no patterns.yaml")


def test_every_pattern_from_1_to_47_is_there() -> None:
    assert sorted({entry["pattern"] for entry in ENTRIES}) == list(range(1, 48))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['pattern']} {entry['title']}")
def test_golden_inputs_give_their_points(entry: dict[str, Any]) -> None:
    for expected, got in run_entry(entry):
        assert got == expected


@pytest.mark.parametrize("number", range(1, 48))
def test_every_pattern_has_golden_inputs_that_differ_in_result(number: int) -> None:
    results = [str(case["expect"]) for entry in ENTRIES if entry["pattern"] == number for case in entry["cases"]]
    assert len(set(results)) > 1
