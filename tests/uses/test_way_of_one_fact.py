"""Follows one cell of the example workbook to a printed line, by the functions and records that docs/architecture.md names."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from msgspec import Struct
from tests.calling import Cli

import meihao
from meihao.assessment.explain.unit import Explained, ExplainedItem
from meihao.assessment.results import Assessment, Item
from meihao.evidence.columns import Sheet
from meihao.evidence.model import Observation, UnitEvidence
from meihao.evidence.submissions import Submission
from meihao.forms.read_unit import ReadUnit
from meihao.methods.marks import Marks
from meihao.methods.measured import Measured
from meihao.round.model import Case, Fact
from meihao.store.accept import Stored

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "examples" / "excel" / "C-1.zip"
DAY = date(2026, 6, 30)
FIELD, CRITERION, PAID = "fees.paid", "compound.property.fees", 410_000
ROW = re.compile(r"^\| (\d+) \| `([\w.]+)` \| `(\w+)` \|", re.MULTILINE)


class Step(Struct, frozen=True):
    """A row of the table in the page on the structure: which function hands on the fact, in which record."""

    function: str
    record: str


def steps(page: str) -> list[Step]:
    return [Step(name, record) for _, name, record in ROW.findall((ROOT / "docs" / page).read_text("utf-8"))]


Returned = list[tuple[str, object]]


@contextmanager
def returns_of(functions: set[str]) -> Iterator[Returned]:
    """Collect what functions return meanwhile, in order; what a function has compiled counts as the function."""
    seen: Returned = []

    def note(frame: FrameType, event: str, value: object) -> None:
        if event == "return" and (module := frame.f_globals.get("__name__", "")).startswith("meihao."):
            name = f"{module.removeprefix('meihao.')}.{frame.f_code.co_qualname}".partition(".<locals>")[0]
            if name in functions:
                seen.append((name, value))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(before)


# ---- the record that holds the fact, in what each function returns


def cell(value: object) -> Sheet | None:
    sheets = value[0] if isinstance(value, tuple) else ()
    return next((s for s in sheets if s.name == "填报项" and s.value(18, 10) == PAID), None)


def observed(unit: UnitEvidence | None) -> Observation | None:
    seen = unit.observations if unit else ()
    return next((o for o in seen if (o.field, o.value) == (FIELD, PAID)), None)


def read(value: object) -> Observation | None:
    found = observed(value.unit) if isinstance(value, ReadUnit) else None
    return found if found and found.source.cell == "J18" else None


def line(value: object) -> bytes | None:
    return value if isinstance(value, bytes) and "fees.paid: 410000  # 填报项!J18\n".encode() in value else None


def stored(value: object) -> Stored | None:
    one = value[0][0] if isinstance(value, tuple) else None
    return one if isinstance(one, Stored) and one.path and one.path.name == "0001.evidence.yaml" else None


def submitted(value: object) -> Submission | None:
    one = value[0][0] if isinstance(value, tuple) else None
    return one if isinstance(one, Submission) and observed(one.unit) else None


def state(value: object) -> UnitEvidence | None:
    return value if isinstance(value, UnitEvidence) and observed(value) else None


def fact(value: object) -> Fact | None:
    found = value.get(FIELD) if isinstance(value, Mapping) else None
    return found if isinstance(found, Fact) and found.value == PAID and len(found.sources) == 1 else None


def case(value: object) -> Case | None:
    one = value[0] if isinstance(value, tuple) else None
    return one if isinstance(one, Case) and fact(one.facts) else None


def measured(value: object) -> Measured | None:
    return value if isinstance(value, Measured) and (value.value, value.of) == (82, (PAID, 500_000)) else None


def marked(value: object) -> Marks | None:
    return value if isinstance(value, Marks) and value.lo == value.hi == Fraction(11, 3) else None


def judged(value: object) -> Item | None:
    right = isinstance(value, Item) and (value.id, value.lo) == (CRITERION, Fraction(367, 100))
    return value if right and isinstance(value, Item) else None


def assessed(value: object) -> Assessment | None:
    return value if isinstance(value, Assessment) and judged(value.item(CRITERION)) else None


def explained(value: object) -> ExplainedItem | None:
    items = [i for d in value.dimensions for i in d.items] if isinstance(value, Explained) else []
    return next((i for i in items if i.id == CRITERION and i.reason.startswith("82%")), None)


def printed(value: object) -> str | None:
    return value if isinstance(value, str) and re.search(r"82%.*\n(.*\n)*.*410000 ?(yuan|元)", value) else None


HOLDS: Mapping[str, Callable[[object], object]] = {
    "evidence.xlsx_file.read_xlsx": cell,
    "forms.read_unit.read_unit_book": read,
    "store.write.submission_bytes": line,
    "store.accept.accept": stored,
    "evidence.submissions.read_submissions": submitted,
    "evidence.submissions.merged": state,
    "round.merge.merge_facts": fact,
    "round.cases.make_cases": case,
    "methods.ratio.compile_ratio": measured,
    "methods.scores.linear.Linear.compile": marked,
    "assessment.items.compile_item": judged,
    "assessment.assess.assess": assessed,
    "assessment.explain.unit.explain_unit": explained,
    "cli.pages.item_page": printed,
}


def taken_in(home: Path) -> None:
    """Make a round with the example's unit on its roster, and take in its archive."""
    assert meihao.new_round(home, DAY)[0]
    roster = home.parent / "roster.csv"
    roster.write_text("编号,名称,类别,地区\nC-1,枫桥小区（示例数据）,小区,990100\n", encoding="utf-8")
    session, problems = meihao.open_session(meihao.Opening(round=home, engine="reference"))
    assert session is not None, problems
    assert meihao.store_roster(session, roster)[0]
    intake, problems = meihao.open_intake(session, meihao.TakingIn(DAY))
    assert intake is not None, problems
    meihao.take_in(intake, BOOK)


@pytest.mark.parametrize(("page", "lang"), [("architecture.md", "en"), ("architecture.zh.md", "zh")])
def test_one_fact_goes_the_way_that_the_page_says(page: str, lang: str, cli: Cli, tmp_path: Path) -> None:
    told = steps(page)
    assert [step.function for step in told] == list(HOLDS)
    home = tmp_path / "round"
    with returns_of(set(HOLDS)) as seen:
        taken_in(home)
        words = (home / "evidence", "--criterion", "fees", "--round", home, "--engine", "reference")
        code, out, err = cli("--lang", lang, "explain", "C-1", *words)
    assert code == 0, err
    reached = []
    for step in told:
        place, record = next(
            (n, held) for n, (name, value) in enumerate(seen) if name == step.function and (held := HOLDS[name](value))
        )
        assert type(record).__name__ == step.record, step.function
        reached.append(place)
    assert all(one < two for one, two in pairwise(reached)), "each hands on what the one before it gave"
    quoted = re.search(r"```text\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)
    assert quoted
    for text in quoted[1].splitlines():
        assert " ".join(text.split()) in " ".join(out.split()), text
