"""The benchmarks run and print their figures. How fast they are is no matter of a test."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from meihao.reports.pdf import pdf_missing


def test_a_unit_is_judged_alike_by_every_engine_that_is_measured() -> None:
    pytest.importorskip("zen", reason="zen-engine, the baseline, is not installed")
    from bench.judge import run

    table = run(rounds=1, units=3, checked=40)
    assert "identical points, findings, veto and verdict on 40 units" in table.text()


def test_cold_starts_are_measured() -> None:
    from bench.startup import BARE, run

    table = run(rounds=1)
    assert table.ratio(BARE) == 1
    assert all(line.value > 0 for line in table.lines)


def test_many_units_are_judged_and_weighed() -> None:
    from bench.bulk import run

    assert "memory of a unit" in run(units=5, rounds=1, weighed=3).text()


def test_reading_is_measured() -> None:
    from bench.read import CSAFE, run

    assert run(rounds=1, files=2).ratio(CSAFE) == 1


def test_writing_a_template_is_measured() -> None:
    pytest.importorskip("openpyxl", reason="openpyxl counts the cells of the baseline")
    from bench.forms import PLAIN, run

    assert run(rounds=1).ratio(PLAIN) == 1


def test_importing_a_clerks_workbook_is_measured() -> None:
    from bench.imports import BARE, READ, run

    table = run(units=20, rounds=1)
    assert table.ratio(BARE) == 1
    assert table.ratio(READ) > 0


def test_reports_are_set_and_measured() -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    if pdf_missing():
        pytest.skip("Pango is missing on this machine")
    from bench.reports import PLAIN, run

    table = run(rounds=1, reports=1, batch_of=2, long_run=2)
    assert table.ratio(PLAIN) == 1
    assert "memory of one process over 2 reports" in table.text()


def test_growth_is_measured_for_every_case() -> None:
    from bench.growth import CASES, run

    table = run(turns=1, part=100)
    assert [line.name.partition(", ")[0] for line in table.lines] == list(CASES)
    assert all(line.ratio > 0 for line in table.lines)


def test_a_self_check_in_the_browser_is_measured() -> None:
    from bench.try_out import JUDGED, run
    from django.test import override_settings

    with override_settings():  # the site that the benchmark serves ends with it
        table = run(rounds=1, times=1, changes=1)
    assert table.ratio(JUDGED) == 1
    assert "p95" in table.text()


def test_a_served_round_is_measured_against_a_bare_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    from bench.served import BARE, FORM, PROGRESS, run

    table = run(units=30, rounds=1, times=1, lists=1, requests=40)
    assert table.ratio(BARE) == 1
    assert table.ratio(FORM) > 0
    assert table.ratio(PROGRESS) > 0
    assert all(word in table.text() for word in ("p95", "memory", "made anew"))
