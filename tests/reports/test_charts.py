"""Proves that charts lose no unit however many there are, and that a QR code holds what it says."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from meihao.reports.charts import HIGH, PlotDot, dot_plot
from meihao.reports.clean import cleaned
from meihao.reports.qr import qr_code


@pytest.mark.parametrize("n", [2, 50, 400, 5000])
def test_every_unit_is_under_a_dot_after_texts_are_capped(n: int) -> None:
    units = [PlotDot(Fraction(at % 97), ("passed", "failed", "undetermined")[at % 3]) for at in range(n)]
    plot = dot_plot(units, units[0], [], "总分", "zh", "0")
    assert plot is not None
    shown = cleaned(plot)
    assert shown.paths == plot.paths
    dots = sum(len(re.findall("M", pile)) for _, piles in plot.paths for pile in piles)
    assert dots >= min(n, 60)
    each = re.search(r"每点至多(\d+)个", plot.caption)
    assert dots * (int(each[1]) if each else 1) >= n
    assert (
        len({y for _, piles in plot.paths for pile in piles for y in re.findall(r"M\S+ (\S+?)[hm]", pile)}) <= HIGH + 2
    )


def test_a_plot_without_a_unit_of_its_own_has_no_arrow() -> None:
    plot = dot_plot([PlotDot(1, "passed"), PlotDot(2, "failed")], None, [], "总分", "zh", "")
    assert plot is not None
    assert plot.here is None
    assert "本单位" not in plot.alt


def squares(code: object) -> list[str]:
    """Return the rows of a QR code as dark and light, read from its paths."""
    side = int(code.side)  # type: ignore[attr-defined]
    grid = [["."] * side for _ in range(side)]
    for row in code.rows:  # type: ignore[attr-defined]
        for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", row):
            grid[int(y)][int(x) : int(x) + int(wide)] = ["#"] * int(wide)
    return ["".join(line) for line in grid]


def test_the_path_of_a_qr_code_is_its_squares_with_a_quiet_zone() -> None:
    segno = pytest.importorskip("segno")
    code = qr_code("C-0007", "sha256:" + "ab" * 32)
    assert code is not None
    matrix = segno.make(b"C-0007\nsha256:" + b"ab" * 32, error="m", micro=False, boost_error=False).matrix
    grid = squares(code)
    assert {line[:4] + line[-4:] for line in grid} == {"........"}
    assert [line[4:-4] for line in grid[4:-4]] == ["".join(".#"[dark] for dark in row) for row in matrix]
    assert cleaned(code) == code


def test_a_code_too_long_for_a_qr_code_has_none_and_chinese_fits() -> None:
    assert qr_code("长" * 200, "sha256:00") is None
    assert qr_code("望江村-1", "sha256:00") is not None


def test_the_qr_code_holds_no_address() -> None:
    code = qr_code("C-0007", "sha256:00")
    assert code is not None
    assert code.alt == "C-0007 sha256:00"
