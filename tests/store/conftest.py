"""What tests of a received round share: the commands, and a round of thirty compounds that handed in on one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from meihao.cli.main import run
from meihao.evidence.files import read_evidence
from meihao.evidence.model import Received
from meihao.round.roster import Enrolled, roster_text
from meihao.standard.model import Pack

from .round_folder import DECISIONS, accept

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    monkeypatch.setenv("MEIHAO_CACHE", str(tmp_path / "cache"))

    def call(*words: object) -> tuple[int, str, str]:
        code = run([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call


@pytest.fixture
def folder(default_pack: Pack, sample_folder: Path, tmp_path: Path) -> Path:
    place = tmp_path / "round"
    place.mkdir()
    text = (sample_folder / "round.yaml").read_text("utf-8")
    (place / "round.yaml").write_text(text + DECISIONS, encoding="utf-8")
    units = [u for u in read_evidence(sample_folder / "evidence", default_pack)[0] if u.code.startswith("C-")][:30]
    listed = roster_text(Enrolled(one.code, one.kind, one.name, one.region) for one in units)
    (place / "roster.yaml").write_text(listed, encoding="utf-8")
    assert not accept(place, default_pack, units, Received(date(2026, 5, 20), "王某", file="一批.xlsx"), {}, "异议1号")[
        1
    ]
    return place
