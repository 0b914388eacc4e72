"""A problem tells its place, what is wrong and what to do, in one line, in the language asked for."""

from __future__ import annotations

import pytest

from meihao.core.label import Label
from meihao.core.problems import Message, Problem, Source, errors, sort_by_place

UNKNOWN = Message("T001", "error", "未知的键 {key}", "unknown key {key}", "改用 {near}", "use {near}")
UNUSED = Message("T002", "warning", "没有用到 {what}", "{what} is not used")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (Source(), ""),
        (Source("a.yaml"), "a.yaml"),
        (Source("a.yaml", line=3, column=5), "a.yaml:3:5"),
        (Source("a.csv", row=7), "a.csv:7"),
        (Source("a.csv", row=7, line=8, column=1), "a.csv:7"),
        (Source("a.xlsx", "封面", row=4, column=2, cell="B4"), "a.xlsx 封面!B4"),
        (Source("", "封面", cell="B4"), "封面!B4"),
        (Source("", line=3, column=5), ":3:5"),
    ],
)
def test_a_place_is_written_as_editors_and_spreadsheets_name_it(source: Source, shown: str) -> None:
    assert str(source) == shown


def test_a_problem_is_one_line_in_either_language() -> None:
    problem = UNKNOWN.at(Source("a.yaml", line=3, column=5), key="minn", near=Label("最小", "min"))
    assert problem.text() == "a.yaml:3:5 T001 未知的键 minn（改用 最小）"
    assert problem.text("en") == "a.yaml:3:5 T001 unknown key minn (use min)"
    unplaced = UNUSED.at(Source(), what="{x}")
    assert (unplaced.text("zh"), unplaced.text("en")) == ("T002 没有用到 {x}", "T002 {x} is not used")


def test_a_program_reads_only_the_parts_of_a_place_that_are_known() -> None:
    told = UNKNOWN.at(Source("a.yaml", line=3, column=5), key="minn", near="min").to_json()
    assert told == {
        "code": "T001",
        "severity": "error",
        "place": {"file": "a.yaml", "line": 3, "column": 5},
        "message": {"zh": "未知的键 minn", "en": "unknown key minn"},
        "hint": {"zh": "改用 min", "en": "use min"},
    }
    in_a_sheet = UNUSED.at(Source("a.xlsx", "封面", row=4, cell="B4"), what="x").to_json()
    assert in_a_sheet["place"] == {"file": "a.xlsx", "sheet": "封面", "row": 4, "cell": "B4"}


def test_only_errors_stop_the_work() -> None:
    error, warning = UNKNOWN.at(Source(), key="a", near="b"), UNUSED.at(Source(), what="c")
    assert errors((warning, error)) == (error,)


def test_problems_stand_in_the_order_of_their_places_each_once() -> None:
    def at(line: int, what: str = "x", message: Message = UNUSED) -> Problem:
        return message.at(Source("a.yaml", line=line), what=what, key="k", near="n")

    wanted = (at(2), at(10, message=UNKNOWN), at(10, "a"), at(10, "b"))
    assert sort_by_place((at(10, "b"), at(10, "a"), at(2), at(10, message=UNKNOWN), at(10, "b"))) == wanted
