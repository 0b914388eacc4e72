"""Long work shows on a terminal how far it is, and nowhere else: evidence being read, units judged, lists ranked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copy
from typing import TypeVar

import pytest
from tests.calling import Cli
from tests.ranking.builders import a_round, pack, profile, unit

from meihao.cli.printing import progress
from meihao.core.watch import Stage
from meihao.evidence.files import read_evidence
from meihao.ranking import rank
from meihao.standard.model import Pack

T = TypeVar("T")


class Seen:
    """A watch that notes the stages and how many items each has."""

    def __init__(self) -> None:
        self.stages: list[tuple[Stage, int]] = []

    def __call__(self, items: Iterable[T], total: int, stage: Stage, /) -> Iterator[T]:
        kept = list(items)
        assert len(kept) == total
        self.stages.append((stage, total))
        return iter(kept)


@pytest.fixture
def few(tmp_path: Path, sample_folder: Path) -> Path:
    """Return the round of the sample with three units that handed in, and no roster."""
    (tmp_path / "evidence").mkdir()
    copy(sample_folder / "round.yaml", tmp_path)
    for file in sorted((sample_folder / "evidence").iterdir())[:3]:
        copy(file, tmp_path / "evidence")
    return tmp_path


def test_reading_knows_how_many_files_and_folders_there_are(default_pack: Pack, few: Path) -> None:
    seen = Seen()
    units, _ = read_evidence(few / "evidence", default_pack, watch=seen)
    assert len(units) == 3
    assert seen.stages == [("reading", 3)]


def test_ranking_counts_units_and_then_lists() -> None:
    seen, one = Seen(), profile()
    ranking, problems = rank(pack(one), a_round(), [unit("a", 90), unit("b", 89)], watch=seen)
    assert problems == ()
    assert ranking is not None
    assert seen.stages == [("ordering", 2), ("placing", len(ranking.lists))]


def test_a_terminal_sees_the_stages_of_a_ranking_in_their_order(
    cli: Cli, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, _, err = cli("--lang", "en", "rank", few / "evidence", "--round", few, "--engine", "reference")
    bars = [line.rpartition("\r")[2] for line in err.split("\n") if "█" in line]
    assert [bar.split()[0] for bar in bars] == ["reading", "judging", "ranking", "sharing"]
    assert bars[0].endswith(" 3/3")


def test_no_terminal_sees_no_bars(cli: Cli, few: Path) -> None:
    _, _, err = cli("rank", few / "evidence", "--round", few, "--engine", "reference")
    assert "█" not in err


def test_what_is_said_after_work_that_stopped_half_way_has_its_own_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = progress(iter(range(10)), 10, "reading")
    for _ in range(3):
        next(bar)
    bar.close()  # type: ignore[attr-defined]  # a generator
    assert capsys.readouterr().err.endswith(" 2/10\n")
