"""What anyone may have typed is shown, not obeyed: by a terminal, by a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

import pytest

from meihao.core.visible import csv_text, harmless, visible

SIGNS = "\x00\x07\x1b\x7f\x85\x9b\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_that_a_terminal_obeys_is_spelt_out(sign: str) -> None:
    assert visible(f"甲{sign}村") == f"甲\\u{ord(sign):04x}村"


def test_lines_tabs_and_ordinary_texts_stay() -> None:
    text = "甲村\t12.5\r\n乙村 é 👩\u200d🌾\n"
    assert visible(text) == text


def test_a_return_that_would_write_over_a_line_is_spelt_out() -> None:
    assert visible("不合格\r合格") == "不合格\\u000d合格"


def test_json_means_the_same_afterwards() -> None:
    value = {"name": f"a{SIGNS}b\r"}
    assert json.loads(visible(json.dumps(value, ensure_ascii=False))) == value


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+1+1", "@SUM(A1)", "－2+3", "\t=1", "\r=1"])
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_text([[text, "-2.50", "甲村"]]).removeprefix("\ufeff"), newline=""))
    assert row[0].startswith("'")
    assert row[1:] == ["-2.50", "甲村"]


def test_a_csv_spells_out_what_a_terminal_would_obey() -> None:
    assert harmless("a\x1b]0;x\x07") == "a\\u001b]0;x\\u0007"
