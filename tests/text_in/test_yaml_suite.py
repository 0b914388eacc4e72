"""Proves that the public YAML test suite and hostile files are read or refused at a place, never with a traceback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from meihao.text_in.yaml_reader import read_yaml

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures" / "badinput"
SYMBOLS = {"␣": " ", "↵": "", "∎\n": "", "∎": "", "⇔": "\ufeff", "←": "\r"}

needs_fixtures = pytest.mark.skipif(not FIXTURES.exists(), reason="the shared fixtures are not here")


def cases() -> list[tuple[str, str]]:
    found = []
    for path in sorted((FIXTURES / "yaml-test-suite" / "src").glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text("utf-8"))):
            if "yaml" in case:
                found.append((f"{path.stem}-{number}", plain(case["yaml"])))
    return found


def plain(text: str) -> str:
    """Return the text with the suite's visible signs replaced."""
    for sign, meaning in SYMBOLS.items():
        text = text.replace(sign, meaning)
    while "—»" in text:
        text = text.replace("—»", "»")
    return text.replace("»", "\t")


@needs_fixtures
def test_every_case_of_the_suite_is_read_or_refused_at_a_place() -> None:
    seen = cases()
    assert len(seen) > 300
    for name, text in seen:
        document, problems = read_yaml(text, name)
        assert document is not None or problems, name
        assert all(problem.source.line and problem.source.column for problem in problems), name


@needs_fixtures
@pytest.mark.parametrize("path", sorted((FIXTURES / "made").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_hostile_file_is_refused_within_a_second(path: Path) -> None:
    started = time.process_time()
    _, problems = read_yaml(path.read_bytes(), path.name)
    assert time.process_time() - started < 2  # processor seconds: a guard against blow-up, not a benchmark
    assert any(problem.severity == "error" for problem in problems)
