"""Proves that `report --all` writes every report by several processes, says what it did not make again, and fails honestly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from meihao.cli.main import run
from meihao.reports import typst_press
from meihao.reports.batch import RECORD

Say = tuple[int, list[str], str]


@pytest.fixture
def few(sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three units of the sample round."""
    monkeypatch.setenv("MEIHAO_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "evidence"
    folder.mkdir()
    for file in sorted((sample_folder / "evidence").glob("*.evidence.yaml"))[:3]:
        shutil.copy(file, folder)
    return folder


def report(few: Path, capsys: pytest.CaptureFixture[str], *more: str) -> Say:
    to = str(few.parent / "out")
    code = run(["report", str(few), "--on", "2026-06-30", "--all", "--jobs", "2", "--to", to, *more])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


def test_every_unit_has_its_report_and_a_second_run_makes_none(few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, paths, err = report(few, capsys, "--format", "html")
    names = [file.name.removesuffix(".evidence.yaml") for file in sorted(few.iterdir())]
    assert (code, [Path(path).stem for path in paths]) == (0, names)
    assert "P0" not in err
    before = {path: Path(path).stat().st_mtime_ns for path in paths}
    code, again, err = report(few, capsys, "--format", "html")
    assert (code, again) == (0, paths)
    assert "P054" in err
    assert {path: Path(path).stat().st_mtime_ns for path in paths} == before
    Path(paths[1]).unlink()
    (few.parent / "out" / RECORD).write_bytes(b"")
    assert report(few, capsys, "--format", "html")[:2] == (0, paths)


def test_another_language_or_other_evidence_makes_other_reports(few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(few, capsys, "--format", "html")
    _, _, err = report(few, capsys, "--format", "html", "--lang", "en")
    assert "P054" not in err


def test_typst_sets_the_reports_of_a_batch(few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    code, paths, _ = report(few, capsys, "--backend", "typst", "--format", "pdf")
    assert code == 0
    assert all(b"Typst" in Path(path).read_bytes() for path in paths)


def test_reports_that_cannot_take_their_places_wait_until_they_can(
    few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(few, capsys, "--format", "html")
    out = few.parent / "out"
    stem = sorted(out.glob("*.html"))[0]
    (out / RECORD).unlink()
    stem.unlink()
    stem.mkdir()
    (stem / "in the way").write_text("", encoding="utf-8")
    code, paths, err = report(few, capsys, "--format", "html")
    assert (code, paths) == (1, [])
    assert f"P014 写不了{stem}：这是文件夹" in err
    shutil.rmtree(stem)
    code, paths, err = report(few, capsys, "--format", "html")
    assert (code, len(paths)) == (0, 3)
    assert "P054 3份报告已有" in err


def test_typst_asked_for_and_not_there_is_bad_input(
    few: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typst_press, "_compiler", lambda: (None, b"", "No module named 'typst'"))
    code, paths, err = report(few, capsys, "--backend", "typst")
    assert (code, paths) == (2, [])
    assert "P060" in err
