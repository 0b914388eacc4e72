"""A hundred and fifty damaged inputs end in a sentence, in time and little memory; what judges that would notice if not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from tests.store.round_folder import ROUND, enrol_compounds

from meihao.cli.main import run
from meihao.standard.model import Pack

from .damage import TEXT, XML, in_archive, in_text, packed
from .trial import faults_of_messages, faults_of_stored
from .whole import CODE, Family, filled

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are forked")


def test_a_hundred_and_fifty_damaged_inputs_end_in_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "damaged.py"), "--count", "150"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "150 damaged inputs" in done.stdout


def test_the_same_dice_give_the_same_damage_and_nearly_every_one_changes_something() -> None:
    text = (ROOT / "tests" / "units" / "worst-village.evidence.yaml").read_bytes()
    archive = packed({"a.xml": b"<a><b c='1'>2</b></a>", "b.txt": text})
    for seed in range(40):
        assert in_text(text, Random(seed)) == in_text(text, Random(seed))
        assert in_archive(archive, Random(seed)) == in_archive(archive, Random(seed))
    same = [seed for seed in range(200) if in_text(text, Random(seed))[0] == text]
    assert len(same) < 10
    for damage in {*TEXT, *XML}:
        assert damage(b"", Random(1)) is not None  # an empty file can be damaged too


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("a.yaml:3:1 S012 未知的键“b”（是否想写“c”）", ""),
        ("a.csv:2 E018 “甲”已自动更正：“１”读作1", ""),
        ("a.yaml:3:1 S012 未知的键“b”", "no fix"),
        ("S012 未知的键“b”（删去）", "no place"),
        ("Segmentation fault", "no message"),
    ],
)
def test_a_message_without_place_or_fix_is_noticed(line: str, fault: str) -> None:
    assert [found.partition(":")[0] for found in faults_of_messages(line)] == [fault] * bool(fault)


def test_points_that_change_without_a_correction_are_noticed(
    tmp_path: Path, default_pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second submission takes the place of the first: with the list of corrections all is well, without it is not."""
    for name in ("before", "after"):
        (tmp_path / name / "round").mkdir(parents=True)
        (tmp_path / name / "round" / "round.yaml").write_text(ROUND, encoding="utf-8")
        enrol_compounds(tmp_path / name / "round", CODE)
        (tmp_path / "form.xlsx").write_bytes(filled(default_pack))
        assert run(["import", str(tmp_path / "form.xlsx"), "--round", str(tmp_path / name / "round")]) == 0
    changed = (
        f"unit: {{code: {CODE}, kind: compound, name: 某小区}}\nobservations:\n  - by: 某小区\n    role: applicant\n"
    )
    field = next(
        f for f in default_pack.fields if "compound" in f.kinds and f.type == "yes_no" and f.provided_by == "applicant"
    )
    (tmp_path / "b.yaml").write_text(f"{changed}    facts: {{{field.id}: false}}\n", encoding="utf-8")
    run(["import", str(tmp_path / "b.yaml"), "--round", str(tmp_path / "after" / "round"), "--reason", "改"])
    capsys.readouterr()
    family = Family("workbook", tmp_path / "before", "form.xlsx", True, (), "round")
    unit = {"code": CODE, "stored": 2, "corrections": [{"field": field.id}]}
    told = {"files": [{"errors": [], "units": [unit]}]}
    assert list(faults_of_stored(told, tmp_path / "after" / "round", family)) == []
    told["files"][0]["units"] = [{**unit, "corrections": []}]
    assert list(faults_of_stored(told, tmp_path / "after" / "round", family)) == [
        "points changed, and no correction is listed"
    ]
    assert list(faults_of_stored(told, tmp_path / "before" / "round", family)) == []
