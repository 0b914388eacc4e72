"""What tests of a received round share: a round of thirty compounds that handed in on one day."""

from __future__ import annotations

from pathlib import Path

import pytest

from meihao.evidence.files import read_evidence
from meihao.standard.model import Pack

from .round_folder import FIRST, accept, sample_round


@pytest.fixture
def folder(default_pack: Pack, sample_folder: Path, tmp_path: Path) -> Path:
    place = tmp_path / "round"
    units = [u for u in read_evidence(sample_folder / "evidence", default_pack)[0] if u.code.startswith("C-")][:30]
    sample_round(place, sample_folder, units)
    assert not accept(place, default_pack, units, FIRST, {}, "异议1号")[1]
    return place
