"""The command line: exit codes, both languages, data apart from messages, and never a traceback for what a user hands in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import pytest
from tests.calling import Cli

from meihao.cli.words import COMMANDS, Command
from meihao.pipeline import Judged

UNIT = """unit: {code: C-1, kind: compound, name: 示例小区}
observations:
  - by: 业委会
    role: applicant
    facts: {households: 100, property.route: company}
documents: []
"""
ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "examples" / "article" / "lianhua.evidence.yaml"
ENGINE = {**os.environ, "PYTHONPATH": str(ROOT / "engine")}


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    path = tmp_path / "C-1.evidence.yaml"
    path.write_text(UNIT, encoding="utf-8")
    return path


def test_an_undetermined_unit_exits_with_1_and_says_what_is_missing(cli: Cli, unit: Path) -> None:
    code, out, err = cli("assess", unit, "--on", "2026-06-30")
    assert code == 1
    assert "待定" in out
    assert "缺材料《物业服务合同》" in out
    assert err == ""


def test_english_everywhere(cli: Cli, unit: Path) -> None:
    code, out, _ = cli("assess", unit, "--on", "2026-06-30", "--lang", "en")
    assert code == 1
    assert "undetermined" in out
    assert "is missing" in out


def test_json_goes_to_stdout_with_its_digest(cli: Cli, unit: Path) -> None:
    _, out, _ = cli("assess", unit, "--on", "2026-06-30", "--format", "json")
    result = json.loads(out)
    assert result["schema_version"] == "1"
    assert result["digest"].startswith("sha256:")
    assert result["made_by"]["engine"] in ("durable", "reference")


def test_the_digest_does_not_depend_on_the_engine_or_the_cache(cli: Cli, unit: Path) -> None:
    digests = {
        json.loads(cli("assess", unit, "--on", "2026-06-30", "--format", "json", "--engine", engine)[1])["digest"]
        for engine in ("auto", "reference", "durable", "reference")
    }
    assert len(digests) == 1


def test_explain_answers_on_one_screen_why_not_full_points(cli: Cli, unit: Path) -> None:
    code, out, _ = cli("explain", "C-1", unit, "--on", "2026-06-30", "--criterion", "service_route")
    assert code == 0
    assert len(out.splitlines()) <= 24
    assert "0.00—5.00 / 5.00" in out
    assert "2500余个小区" in out
    assert "C-1.evidence.yaml:5" in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("assess", "nowhere.yaml"), 2, "E040"),
        (("assess", "{unit}", "--on", "2026-13-01"), 2, "C010"),
        (("assess", "{unit}", "--round", "nowhere"), 2, "C012"),
        (("assess", "{unit}", "--pack", "{folder}"), 2, "C011"),
        (("explain", "C-9", "{unit}"), 2, "evidence.yaml C013"),
        (("explain", "C-1", "{unit}", "--criterion", "lift"), 2, "C014"),
        (("rank", "{unit}"), 2, "C015"),
        (("compare", "{unit}", "{unit}"), 2, "C016"),
        (("new", "pack", "{folder}"), 2, "C017"),
        (("assess",), 2, "缺少参数：EVIDENCE"),
        (("assess", "{unit}", "--format", "jsn"), 2, "是否想写 json？"),
        (("asess", "{unit}"), 2, "是否想写 assess？"),
        (("fly",), 2, "没有“fly”"),
    ],
)
def test_bad_usage_exits_with_2_and_names_the_fix(
    cli: Cli, unit: Path, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    for lang in ("zh", "en"):
        got, out, err = cli("--lang", lang, *(w.format(unit=unit, folder=tmp_path) for w in words))
        assert got == code
        assert said in err
        assert out == ""


def test_a_round_folder_named_as_evidence_says_where_its_evidence_lies(cli: Cli, sample_folder: Path) -> None:
    for lang, said in (("zh", f"写{sample_folder}/evidence"), ("en", f"name {sample_folder}/evidence")):
        code, out, err = cli("--lang", lang, "rank", sample_folder, "--round", sample_folder)
        assert (code, out) == (2, "")
        assert "E044" in err
        assert said in err


@pytest.mark.parametrize(("on", "said"), [("2026-06-30", False), ("2025-01-01", True)])
def test_a_round_is_judged_as_of_its_own_day_and_another_one_is_said(
    cli: Cli, sample_folder: Path, on: str, said: bool
) -> None:
    unit = sample_folder / "evidence" / "C-0007.evidence.yaml"
    _, without, _ = cli("assess", unit, "--round", sample_folder, "--format", "json")
    _, out, err = cli("assess", unit, "--round", sample_folder, "--on", on, "--format", "json")
    assert out == without
    assert ("C022" in err, "2026-06-30" in err) == (said, said)


def test_what_is_no_date_is_refused_beside_a_round_too(cli: Cli, sample_folder: Path) -> None:
    code, out, err = cli("assess", sample_folder / "evidence", "--round", sample_folder, "--on", "soon")
    assert (code, out) == (2, "")
    assert "C010" in err


def test_tiers_that_nobody_reaches_print_no_empty_tables(
    cli: Cli, sample: Sequence[Judged], sample_folder: Path
) -> None:
    failed = next(one.case.code for one in sample if one.assessment.verdict.state == "failed")
    code, out, _ = cli("rank", sample_folder / "evidence" / f"{failed}.evidence.yaml", "--round", sample_folder)
    assert code == 0
    assert "未通过1个" in out
    assert ("名次" in out, "─" in out) == (False, False)


def test_a_near_miss_names_the_criterion_that_was_meant(cli: Cli, unit: Path) -> None:
    _, _, err = cli("explain", "C-1", unit, "--criterion", "lift")
    assert "是否想写" in err


def test_nothing_is_judged_when_one_file_is_bad(cli: Cli, unit: Path) -> None:
    (unit.parent / "C-2.evidence.yaml").write_text(
        "unit: {code: C-2, kind: compund, name: 乙}\nobservations: []\n", encoding="utf-8"
    )
    code, out, err = cli("assess", unit.parent, "--on", "2026-06-30")
    assert code == 2
    assert out == ""
    assert "是否想写 compound？" in err


def test_the_default_pack_checks_and_its_cases_pass(cli: Cli) -> None:
    assert cli("check")[0] == 0
    code, out, _ = cli("test")
    assert code == 0
    assert "0个不符" in out


def test_a_pack_of_ones_own_starts_from_the_default_one(cli: Cli, tmp_path: Path) -> None:
    assert cli("new", "pack", tmp_path / "mine")[0] == 0
    assert cli("check", tmp_path / "mine")[0] == 0
    file = tmp_path / "mine" / "criteria" / "village" / "environment.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("{value: 90, points: 5}", "{value: 95, points: 5}"), encoding="utf-8"
    )
    code, _, err = cli("test", tmp_path / "mine")
    assert code == 1
    assert "T004" in err
    assert "environment.cases.yaml:" in err


def test_a_pack_whose_cases_fail_is_not_sealed(cli: Cli, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    cli("new", "pack", mine)
    cases = mine / "criteria" / "village" / "satisfaction.cases.yaml"
    text = cases.read_text(encoding="utf-8")
    cases.write_text(text.replace("points: 5}", "points: 4}", 1), encoding="utf-8")
    assert cli("check", mine)[0] == 0  # whether cases hold is for `test` to say
    assert cli("test", mine)[0] == 1
    code, out, err = cli("check", mine, "--seal")
    assert code == 1
    assert [line.split(" ")[1] for line in err.splitlines()] == ["T004", "C033"]
    assert "C033 2026.1版没有封存：有1个错误（改好上面列出的各处，再封存）" in err
    assert "已封存" not in out
    assert not (mine / "sealed.yaml").exists()


@pytest.mark.skipif(os.name != "posix", reason="a folder in the way")
def test_a_seal_that_cannot_be_written_is_said(cli: Cli, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    cli("new", "pack", mine)
    (mine / "sealed.yaml").mkdir()
    code, out, err = cli("check", mine, "--seal")
    assert code == 2
    assert "已封存" not in out
    assert "sealed.yaml" in err


def test_a_sealed_edition_in_force_may_not_be_changed(cli: Cli, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    cli("new", "pack", mine)
    pack = mine / "pack.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("status: draft", "status: in_force"), encoding="utf-8")
    assert cli("check", mine, "--seal")[0] == 0
    assert cli("check", mine)[0] == 0
    pack.write_text(
        pack.read_text(encoding="utf-8").replace("bonus: {at_most: 10}", "bonus: {at_most: 12}"), encoding="utf-8"
    )
    code, _, err = cli("check", mine)
    assert code == 1
    assert "pack.yaml:" in err
    assert "2026.1" in err


def test_a_new_round_wants_its_reference_date_and_says_how_to_give_it(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "2026"
    for lang, said in (("zh", "新批次要写评定日"), ("en", "must have a reference date")):
        code, out, err = cli("--lang", lang, "new", "round", folder)
        assert (code, out) == (2, "")
        assert f"C021 {said}" in err.replace("a new round ", "")
        assert f"meihao new round {folder} --on 2026-06-30" in err
    code, _, err = cli("new", "round", folder, "--on", "2026-02-29")
    assert code == 2
    assert "C010" in err
    assert not folder.exists()


def test_a_new_round_takes_evidence_and_judges_it_at_once(cli: Cli, unit: Path, tmp_path: Path) -> None:
    folder = tmp_path / "2026"
    code, out, err = cli("new", "round", folder, "--on", "2026-06-30")
    assert (code, err) == (0, "")
    assert f"import 填好的表.xlsx --round {folder}" in out
    assert 'reference_date: "2026-06-30"' in (folder / "round.yaml").read_text(encoding="utf-8")
    assert "某小区" in cli("assess", folder / "samples", "--round", folder)[1]
    assert "W112" in cli("import", unit, "--round", folder)[2]
    (tmp_path / "名册.csv").write_text("编号,类别,名称\nC-1,小区,示例小区\n", encoding="utf-8")
    assert cli("roster", folder, tmp_path / "名册.csv")[0] == 0
    code, out, err = cli("import", unit, "--round", folder)
    assert (code, err) == (0, "")
    assert "存入1个单位：C-1#1" in out
    code, out, err = cli("assess", folder / "evidence", "--round", folder)
    assert (code, err) == (1, "")
    assert "示例小区" in out
    assert cli("status", folder, "--on", "2026-06-30")[0] == 1


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_function_of_every_command_is_where_the_list_says(command: Command) -> None:
    found = find_spec(command.module, "meihao.cli")
    assert found is not None
    assert found.origin is not None
    assert f"def {command.function}(" in Path(found.origin).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [c.name for c in COMMANDS])
def test_every_command_has_help(cli: Cli, command: str) -> None:
    code, out, _ = cli(command, "--help")
    assert code == 0
    assert len(out) > 40


def test_version_and_doctor_answer(cli: Cli) -> None:
    assert cli("version")[1].startswith("meihao ")
    assert cli("doctor")[0] in (0, 1)


def test_a_bug_of_ours_is_said_as_such(cli: Cli, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_(*_: object) -> None:
        raise RuntimeError("unexpected")

    monkeypatch.setattr("meihao.cli.assess.open_desk", break_)
    code, _, err = cli("assess", unit)
    assert code == 3
    assert "不是您的" in err


def ended(words: list[str], out: IO[bytes] | int) -> int:
    """Return the exit code of the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "meihao", *words], stdout=out, stderr=subprocess.PIPE, env=ENGINE
    ).returncode


def test_a_reader_that_goes_away_is_no_failure() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        assert ended(["version"], write) == 0  # noticed at the end
        assert (
            ended(["assess", str(ARTICLE), "--on", "2026-06-30", "--format", "json"], write) == 0
        )  # and in the middle
    finally:
        os.close(write)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_could_not_be_written_is_never_a_success(unbuffered: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINE, "PYTHONUNBUFFERED", unbuffered)
    with Path("/dev/full").open("wb") as full:
        assert ended(["version"], full) == 120
