"""One threshold changed in YAML changes the results that it should, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from meihao.assessment.infer.reference import conclude
from meihao.pipeline import Judged, judge_units, read_units
from meihao.round.model import Round
from meihao.standard.cache import cached_pack

CRITERION = "village.environment.sewage"


@pytest.fixture(scope="module")
def stricter(
    root: Path, sample_round: Round, sample_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Sequence[Judged]:
    """The sample round judged with the sewage line's full mark moved from 90 to 95 percent."""
    folder = tmp_path_factory.mktemp("stricter")
    for name in ("criteria", "rules"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / "pack.yaml", folder)
    file = folder / "criteria" / "village" / "environment.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("{value: 90, points: 5}") == 1
    file.write_text(text.replace("{value: 90, points: 5}", "{value: 95, points: 5}"), encoding="utf-8")
    read = cached_pack(folder, None)
    pack, problems = read.pack, read.said
    assert pack is not None, problems
    units, _ = read_units([sample_folder / "evidence"], pack, sample_round)
    return tuple(judge_units(pack, sample_round, units, conclude, whole_round=True))


def test_only_that_criterion_changes(sample: Sequence[Judged], stricter: Sequence[Judged]) -> None:
    changed = {
        a.id for old, new in zip(sample, stricter, strict=True)
        for a, b in zip(old.assessment.items, new.assessment.items, strict=True) if a != b
    }  # fmt: skip
    assert changed == {CRITERION}


def test_points_never_rise_when_a_line_is_raised(sample: Sequence[Judged], stricter: Sequence[Judged]) -> None:
    for old, new in zip(sample, stricter, strict=True):
        assert new.assessment.base_lo <= old.assessment.base_lo
        assert new.assessment.base_hi <= old.assessment.base_hi


def test_other_kinds_stay_the_same_but_for_the_digest_of_the_pack(
    sample: Sequence[Judged], stricter: Sequence[Judged]
) -> None:
    for old, new in zip(sample, stricter, strict=True):
        if old.case.kind != "village":
            assert (old.assessment.items, old.assessment.nodes, old.assessment.verdict) == (
                new.assessment.items, new.assessment.nodes, new.assessment.verdict,
            )  # fmt: skip
            assert old.assessment.pack_digest != new.assessment.pack_digest
