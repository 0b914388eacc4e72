"""Proves that `check`, `assess` and `explain` print what they printed when somebody last read it, with their exit codes.

The texts stand in said/; `make goldens` writes them anew: read the difference.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.calling import Cli
from tests.reports.said import says_as_kept
from tests.standard.tiny_pack import TINY

from meihao.core.problems import Lang

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "examples" / "article" / "lianhua.evidence.yaml"
DAY = ("--on", "2026-06-30")
LANGS: tuple[Lang, ...] = ("zh", "en")
MISTYPED = (  # file of the tiny standard, what it says, what it then says
    ("criteria/village/satisfaction.yaml", "when: households < 100", "when: housholds < 100"),
    ("pack.yaml", "pass_grade: qualified", "pass_grade: qualifed"),
    ("rules/rules.yaml", "cap_grade: qualified", "cap_grade: star"),
)
UNIT = """unit: {code: C-1, kind: compound, name: 一小区}
observations:
  - by: 业委会
    role: applicant
    facts: {households: 100, property.route: company}
documents: []
"""
BAD = "unit: {code: C-2, kind: compund, name: 乙}\nobservations: []\n"
Words = Callable[[Path], Sequence[object]]


def spoilt(folder: Path) -> Path:
    """Return a copy of the tiny standard in which names are mistyped."""
    mine = Path(shutil.copytree(TINY, folder / "mine"))
    for file, old, new in MISTYPED:
        text = (mine / file).read_text("utf-8")
        assert old in text
        (mine / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return mine


def written(folder: Path, *texts: str) -> tuple[Path, ...]:
    paths = tuple(folder / f"C-{n}.evidence.yaml" for n in range(1, len(texts) + 1))
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


COMMANDS: dict[str, Words] = {
    "check": lambda folder: ("check",),
    "check-spoilt": lambda folder: ("check", spoilt(folder)),
    "assess": lambda folder: ("assess", *written(folder, UNIT), *DAY),
    "assess-several": lambda folder: ("assess", ARTICLE, *written(folder, UNIT), *DAY),
    "assess-bad": lambda folder: ("assess", *written(folder, UNIT, BAD), *DAY),
    "explain": lambda folder: ("explain", "C-1", *written(folder, UNIT), *DAY, "--criterion", "service_route"),
    "explain-nobody": lambda folder: ("explain", "C-9", *written(folder, UNIT), *DAY),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_what_it_printed(name: str, lang: Lang, cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli(*COMMANDS[name](tmp_path), "--lang", lang)
    text = f"{out}{err}# {code}\n".replace(str(tmp_path), "…").replace(str(ROOT), "…")
    says_as_kept(f"command-{name}.{lang}", "\n".join(line.rstrip() for line in text.splitlines()) + "\n")
