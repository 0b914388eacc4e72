"""What tests of forms share: a round that has three compounds on its roster and has received nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.store.round_folder import enrol_compounds, round_folder


@pytest.fixture
def round_(tmp_path: Path) -> Path:
    folder = tmp_path / "round"
    folder.mkdir()
    round_folder(folder)
    enrol_compounds(folder, "C-1", "C-2", "C-3")
    return folder
