"""Proves the worked example of CONTRIBUTING: its files added to a copy of the engine give a method that is judged and told."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?:python|json|diff) (engine/\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
USE = """
import json
from tests.assessment.packs import item_of, make_pack
from meihao.authoring.case_templates import cases_to_complete
from meihao.assessment.explain.sentences import item_sentence
from meihao.assessment.explain.vocabulary import PackLabels
from meihao.core.numbers import exact
from meihao.standard.checking.scores import check_scores
from meihao.standard.describe import scribe_of, tell
from meihao.standard.model import leaves

pack = make_pack(
    "[{id: c, points: 4, asks: [x], measure: {field: x}, score: {halve: {for_each: 1}}}]",
    "x: {type: count, measured_in: 处, measured_in_en: faults}",
)
(criterion,) = leaves(pack.standard("place"))
items = [item_of(pack, {"x": x}) for x in (0, 1, 2, 7)] + [item_of(pack, {})]
print(json.dumps({
    "checked": len(check_scores(pack)),
    "points": [[exact(item.lo), exact(item.hi)] for item in items],
    "tried": [line for line in cases_to_complete(pack, "place", criterion, ("met",), scribe_of(pack, "zh")) if "name" in line],
    "told": [tell(criterion, scribe_of(pack, lang)).score[0] for lang in ("zh", "en")],
    "explained": [item_sentence(items[2], criterion, PackLabels.of(pack, lang)) for lang in ("zh", "en")],
}))
"""


def run(engine: Path, *words: str) -> str:
    paths = os.pathsep.join(map(str, (engine, ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def patch(file: Path, lines: str) -> None:
    """Replace each run of lines with `-` by the run with `+` that follows it."""
    text = file.read_text(encoding="utf-8")
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", lines, re.MULTILINE):
        before, after = (re.sub(r"^[-+]", "", part, flags=re.MULTILINE) for part in (old, new))
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the engine with the method of the example."""
    top = tmp_path_factory.mktemp("added")
    shutil.copytree(ROOT / "engine", top / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    blocks = dict(BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert len(blocks) == 3
    for name, text in blocks.items():
        patch(top / name, text) if (top / name).exists() else (top / name).write_text(text, encoding="utf-8")
    run(top / "engine", str(ROOT / "scripts" / "compose_schema.py"))
    return top / "engine"


def test_the_added_method_is_read_checked_judged_told_and_explained(engine: Path) -> None:
    assert json.loads(run(engine, "-c", USE)) == {
        "checked": 0,
        "points": [["4", "4"], ["2", "2"], ["1", "1"], ["0.03", "0.03"], ["0", "4"]],
        "tried": ['  - name: "0处，满分"'],
        "told": ["满分4分，每处减半。", "From 4 points, halved for each fault."],
        "explained": ["计2处，每处减半", "counts 2 faults; halved for each fault"],
    }


def test_the_type_checker_names_what_a_record_lacks(engine: Path) -> None:
    """Only the methods and the library that records are made with are checked: what they import has no say in this."""
    methods = engine / "meihao" / "methods"
    changed = {
        methods / "scores" / "halve.py": ("def extremes(", "def explain("),
        methods / "aggregates" / "min.py": ("def describe(",),
    }
    whole = {file: file.read_text(encoding="utf-8") for file in changed}
    for file, names in changed.items():
        for name in names:
            text = file.read_text(encoding="utf-8")
            assert text.count(f"    {name}") == 1
            file.write_text(text.replace(f"    {name}", f"    {name.replace('def ', 'def other_')}"), encoding="utf-8")
    pytest.importorskip("mypy", reason="the type checker is one of the developers' tools")
    words = [sys.executable, "-m", "mypy", "--config-file", "", "--cache-dir", "types", "--follow-imports", "skip"]
    environment = {**os.environ, "MYPYPATH": str(engine)}
    done = subprocess.run(
        [*words, "-p", "meihao.methods", "-m", "msgspec"],
        env=environment, cwd=engine, capture_output=True, text=True, check=False,
    )  # fmt: skip
    for file, text in whole.items():
        file.write_text(text, encoding="utf-8")
    told = re.findall(
        r'^meihao/methods/menu.py:.*Item "(\w+)" of .* has no attribute "(\w+)"', done.stdout, re.MULTILINE
    )
    assert told == [("Halve", "extremes"), ("Halve", "explain"), ("Minimum", "describe")]
