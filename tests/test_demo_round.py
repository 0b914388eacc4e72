"""The sample round: the same bytes everywhere, results of the published shape, engines agree, and every state occurs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import meihao
from meihao.assessment.infer.engines import engine
from meihao.assessment.to_json import body_digest, to_json
from meihao.core.canonical import digest
from meihao.pipeline import Judged, judge_units, read_units
from meihao.round.model import Round
from meihao.sample.recipe import read_recipe
from meihao.standard.model import Pack

SCHEMA = Path(meihao.__file__).parent / "assessment" / "assessment.schema.json"
TWICE = """
import sys
from pathlib import Path
from meihao.assessment.infer.reference import conclude
from meihao.assessment.to_json import body_digest
from meihao.core.canonical import digest
from meihao.pipeline import judge_units, read_units
from meihao.round.read import read_round_file
from meihao.standard.cache import cached_pack
pack = cached_pack(Path(sys.argv[1]), None).pack
round_, _ = read_round_file(Path(sys.argv[2]) / "round.yaml", pack)
files = sorted((Path(sys.argv[2]) / "evidence").iterdir())[::9]
units, _ = read_units(files, pack, round_)
print(digest([body_digest(j.assessment) for j in judge_units(pack, round_, units, conclude, True)]))
"""


def test_the_round_is_as_large_as_promised_and_shows_every_state(sample: Sequence[Judged]) -> None:
    kinds = Counter(one.case.kind for one in sample)
    assert kinds["village"] >= 120
    assert kinds["community"] >= 60
    assert kinds["compound"] >= 120
    states = Counter((one.case.kind, one.assessment.verdict.state) for one in sample)
    assert all(states[kind, state] for kind in kinds for state in ("passed", "failed", "undetermined"))
    causes = {why.cause for one in sample for item in one.assessment.items for why in item.whys}
    assert {
        "missing_fact",
        "missing_document",
        "expired_document",
        "awaiting_inspector",
        "inspectors_disagree",
    } <= causes
    assert any(f.state == "fired" and f.effect == "veto" for one in sample for f in one.assessment.findings)
    assert any(item.late for one in sample for item in one.assessment.items)


def test_some_applicants_told_more_than_the_county_found_and_are_judged_by_what_was_found(
    root: Path, default_pack: Pack, sample: Sequence[Judged]
) -> None:
    spec = read_recipe(root / "examples" / "demo")["overstated"]
    fields = {field.id: field for field in default_pack.fields}
    assert all(fields[name].provided_by == "applicant" for name in spec["fields"])
    overstated = 0
    for one in sample:
        assert one.evidence is not None
        told = {o.field: o.value for o in one.evidence.observations if o.role == "applicant"}
        found = {o.field: o for o in one.evidence.observations if o.role == "county" and o.field in told}
        assert len(found) <= spec["items"][1]
        for name, seen in found.items():
            assert name in spec["fields"]
            assert seen.value != told[name]
            assert one.case.facts[name].value == seen.value
        overstated += bool(found)
    assert 0 < overstated < len(sample) // 4


def test_every_result_has_the_published_shape(sample: Sequence[Judged]) -> None:
    schema = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for one in sample:
        schema.validate(to_json(one.assessment, {"program": "meihao", "version": "0", "engine": "reference"}))


def test_columns_add_up_as_printed(sample: Sequence[Judged]) -> None:
    for one in sample:
        a = one.assessment
        dimensions = [n for n in a.nodes if n.id.count(".") == 1]
        assert sum(n.lo for n in dimensions) == a.base_lo or any(n.applicable != n.points for n in a.nodes)
        assert a.base_lo + a.bonus_lo == a.total_lo
        assert len(a.items) == len({i.id for i in a.items})


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_same_input_same_bytes_in_another_process(
    root: Path, sample_folder: Path, default_pack: Pack, sample_round: Round, hash_seed: str
) -> None:
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONHASHSEED": hash_seed,
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
    }
    run = subprocess.run(
        [sys.executable, "-c", TWICE, str(root), str(sample_folder)], env=env, capture_output=True, check=True
    )
    from meihao.assessment.infer.reference import conclude

    files = sorted((sample_folder / "evidence").iterdir())[::9]
    units, _ = read_units(files, default_pack, sample_round)
    here = digest([body_digest(j.assessment) for j in judge_units(default_pack, sample_round, units, conclude, True)])
    assert run.stdout.decode().strip() == here


def test_durable_and_reference_give_the_same_bodies(
    default_pack: Pack, sample_round: Round, sample_folder: Path, sample: Sequence[Judged]
) -> None:
    name, conclude = engine("durable")
    if name != "durable":
        pytest.skip("durable_rules cannot be imported here")
    units, _ = read_units([sample_folder / "evidence"], default_pack, sample_round)
    for ours, theirs in zip(sample, judge_units(default_pack, sample_round, units, conclude, True), strict=True):
        assert body_digest(ours.assessment) == body_digest(theirs.assessment), ours.case.code
