"""Every example of the two pages on expressions does what the page says, and every code has its paragraph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.expressions.samples import NAMES, PLACE

from meihao.core.problems import Message
from meihao.expressions import messages
from meihao.expressions.parse import parse

DOCS = Path(__file__).parents[2] / "docs"
GUIDE, ERRORS = DOCS / "expressions.md", DOCS / "errors" / "expressions.md"
CODES = {m.code for m in vars(messages).values() if isinstance(m, Message)}
LINES = [
    line
    for block in re.findall(r"^```expression\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]
SECTIONS = re.findall(r"^## (X\d+)\n(.*?)(?=^## |\Z)", ERRORS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
EXAMPLES = [
    (code, kind, text.rstrip("\n"))
    for code, section in SECTIONS
    for kind, text in re.findall(r"^```expression (bad|good)\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
]


@pytest.mark.parametrize("text", LINES)
def test_every_line_of_the_guide_is_an_expression(text: str) -> None:
    assert parse(text, PLACE, NAMES)[1] == ()


def test_the_guide_has_examples_and_its_program_runs() -> None:
    assert len(LINES) > 20
    programs = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert len(programs) == 1
    exec(compile(programs[0], "docs/expressions.md", "exec"), {})


def test_every_code_has_one_paragraph_in_order() -> None:
    codes = [code for code, _ in SECTIONS]
    assert codes == sorted(CODES)


@pytest.mark.parametrize(("code", "kind", "text"), EXAMPLES)
def test_bad_examples_give_their_code_and_good_ones_nothing(code: str, kind: str, text: str) -> None:
    assert {p.code for p in parse(text, PLACE, NAMES)[1]} == ({code} if kind == "bad" else set())


def test_every_code_but_the_limits_of_size_has_a_bad_and_a_good_example() -> None:
    assert sorted(code for code, kind, _ in EXAMPLES if kind == "bad") == sorted(CODES - {"X002", "X004"})
    assert sorted(code for code, kind, _ in EXAMPLES if kind == "good") == sorted(CODES - {"X002", "X004"})
