"""The two readings of a standard agree: 2,000 units of 50 generated packs, judged by the reference and by durable_rules, alike
in every item, finding, line, grade and verdict. `make differential` judges as many more as one likes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from meihao.assessment.infer.engines import engine
from meihao.assessment.infer.program import Conclusion, Program, Truth
from meihao.assessment.infer.reference import conclude as reference
from meihao.assessment.results import Outcome
from meihao.core.unknown import Cause
from meihao.standard.model.rules import EffectName

from .compare import differs, run, smaller, write

PACKS, UNITS, FIRST = 50, 24, 1
METHODS = (
    "yes", "no", "edges_met", "edges_missed", "class", "band", "linear", "per_item", "deduct", "from_target", "checklist",
    "discretion", "any_of", "best_of", "all_of", "sum",
)  # fmt: skip
TURNS = ("open", "held", "zeroed", "zero_when", "exempt", "late", "sample_too_small", "per_item_open")


def test_twelve_hundred_units_of_fifty_packs_are_judged_alike_and_everything_occurs_among_them() -> None:
    name, durable = engine("durable")
    found = run(PACKS, UNITS, FIRST, durable)
    assert found.difference is None, f"pack {found.difference.pack}, unit {found.difference.at}"
    assert found.counts["judgements"] == PACKS * UNITS
    wanted = [f"outcome {outcome}" for outcome in get_args(Outcome)]
    wanted += [f"{effect} {state}" for effect, state in product(get_args(EffectName), ("fired", "flagged", "waived"))]
    wanted += [f"verdict {state}" for state in ("passed", "failed", "undetermined")]
    wanted += [f"reason {code}" for code in (*METHODS, *TURNS)] + [f"why {cause}" for cause in get_args(Cause)]
    wanted += ["item late", "reweighted node", "node without items", "bonus", "open bonus", "open line", "grade star"]
    wanted += ["verdict changed by a waiver"]
    rare = [what for what in wanted if not found.counts[what]]
    assert not rare, "the generated packs and units never show these"
    if name != "durable":
        pytest.skip("durable_rules cannot be imported: the reference judged alone")


def forgets_flags(program: Program, atoms: Mapping[str, Truth], waived: frozenset[str]) -> Conclusion:
    """A reading with a fault: what is flagged on a veto is lost."""
    right = reference(program, atoms, waived)
    vetoes = {clause.rule for stratum in program.strata for clause in stratum if clause.effect == "veto"}
    return replace(right, states=tuple(s for s in right.states if s[1] != "flagged" or s[0] not in vetoes))


def rules_of(families: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Return the rules of a file by the name under which findings are read: `family.id`."""
    return {
        f"{name}.{rule['id']}": rule for name, rules in families.items() if isinstance(rules, list) for rule in rules
    }


def needed(rules: Mapping[str, Mapping[str, object]]) -> set[str]:
    """Return the one veto among the rules, and every rule whose finding it reads, directly or not."""
    found: set[str] = set()
    waiting = [name for name, rule in rules.items() if rule["effect"] == "veto"]
    assert len(waiting) == 1
    while waiting:
        found.add(name := waiting.pop())
        waiting += set(re.findall(r'finding\("([^"]+)"\)', str(rules[name]["when"]))) - found
    return found


def test_a_faulty_reading_is_caught_and_the_example_is_made_small_and_written(tmp_path: Path) -> None:
    found = run(PACKS, UNITS, FIRST, forgets_flags).difference
    assert found is not None
    small = smaller(found, forgets_flags)
    assert differs(small.files, small.session, small.at, forgets_flags)
    assert len(small.session.units) == 1
    assert not small.session.units[0].observations, "a flag needs no fact at all"
    kept = rules_of(small.files["rules/checks.yaml"])
    assert kept.keys() == needed(kept), "the veto, and no more than the findings that it builds on"
    write(small, tmp_path / "differential", forgets_flags)
    assert (tmp_path / "differential" / "pack" / "pack.yaml").is_file()
    texts = [(tmp_path / "differential" / f"{name}.json").read_text("utf-8") for name in ("reference", "durable")]
    assert texts[0] != texts[1]
