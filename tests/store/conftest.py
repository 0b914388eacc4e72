"""What tests of a received round share: a round of thirty compounds that handed in on one day, and the lists made of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from meihao.cli.main import run
from meihao.evidence.files import read_evidence
from meihao.evidence.model import UnitEvidence
from meihao.standard.model import Pack

from .round_folder import FIRST, accept, sample_round


@pytest.fixture(scope="session")
def sample_units(default_pack: Pack, sample_folder: Path) -> Sequence[UnitEvidence]:
    """The units of the sample round as they handed in, by code."""
    return read_evidence(sample_folder / "evidence", default_pack)[0]


@pytest.fixture(scope="session")
def received(
    default_pack: Pack,
    sample_folder: Path,
    sample_units: Sequence[UnitEvidence],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The round of the thirty compounds, made once; no test changes it."""
    place = tmp_path_factory.mktemp("received") / "round"
    units = [one for one in sample_units if one.code.startswith("C-")][:30]
    sample_round(place, sample_folder, units)
    assert not accept(place, default_pack, units, FIRST, {}, "异议1号")[1]
    return place


@pytest.fixture(scope="session")
def published(received: Path) -> Path:
    """The lists of that round, made once where files are open to all; no test changes them."""
    to, usual = received.parent / "lists", os.umask(0o022)
    words = ["rank", received / "evidence", "--round", received, "--to", to, "--engine", "reference"]
    try:
        with redirect_stdout(StringIO()):
            assert run([str(word) for word in words]) == 0
    finally:
        os.umask(usual)
    return to


@pytest.fixture
def folder(received: Path, tmp_path: Path) -> Path:
    """The round, for this test alone."""
    return copytree(received, tmp_path / "round")


@pytest.fixture
def lists(published: Path, tmp_path: Path) -> Path:
    """The lists of the round as it came in, for this test alone."""
    return copytree(published, tmp_path / "lists")
