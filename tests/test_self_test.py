"""`self-test`: the suite's exit code passes through; where there is no suite or no pytest, that is said instead."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest

from meihao.cli import self_test


def words(*rest: str) -> argparse.Namespace:
    return argparse.Namespace(lang="zh", rest=list(rest))


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["no-such-file.py"], 4)])
def test_the_exit_code_of_the_suite_passes_through(
    arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(self_test, "CHECKOUT", tmp_path)
    assert self_test.self_test(arguments) == code


@pytest.mark.skipif("MEIHAO_EXPECT_INSTALLED" in os.environ, reason="an installed package has no suite beside it")
def test_a_checkout_with_pytest_can_be_tested() -> None:
    assert self_test.cannot_test() == ()


def test_an_installation_without_tests_says_where_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(self_test, "CHECKOUT", tmp_path)
    assert self_test.self_test_command(words()) == 2
    assert "C001 测试只随源代码提供" in capsys.readouterr().err


def test_without_pytest_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    monkeypatch.setattr(self_test, "CHECKOUT", tmp_path)
    monkeypatch.setattr(self_test, "find_spec", lambda name: None)
    (problem,) = self_test.cannot_test()
    assert problem.code == "C002"
    assert "./meihao self-test" in problem.hint_zh
