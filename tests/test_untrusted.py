"""What strangers hand in on the command line: years that nobody means, pipes for files, names that a terminal would obey."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from tests.calling import Cli

ROOT = Path(__file__).parents[1]
ENGINE = {**os.environ, "PYTHONPATH": str(ROOT / "engine")}
UNIT = """unit: {{code: C-1, kind: compound, name: {name}}}
observations:
  - {{by: 业委会, role: applicant, facts: {{households: 100}}}}
documents: []
"""
ROUND = """round: r1
reference_date: 2026-06-30
closed: false
stage: self
"""
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    path = tmp_path / "C-1.evidence.yaml"
    path.write_text(UNIT.format(name="示例小区"), "utf-8")
    return path


# ---- years


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_on_the_command_line_lies_in_the_calendar(cli: Cli, unit: Path, day: str) -> None:
    code, out, err = cli("assess", unit, "--on", day)
    assert (code, out) == (2, "")
    assert "C010" in err
    assert "1900—2100" in err


@pytest.mark.parametrize(
    "line",
    [
        "reference_date: 0001-01-01",
        "waivers: [{unit: C-1, waiver: new_built, granted_by: 甲, granted_on: 9999-06-01, until: 9999-07-01}]",
        "due: {applicant: 2101-01-01}",
        "due: {applicant: {working_days: 10, after: 9999-12-20}}",
    ],
)
def test_a_round_of_no_known_year_is_refused_at_its_place(cli: Cli, unit: Path, tmp_path: Path, line: str) -> None:
    name = line.partition(":")[0]
    kept = [own for own in ROUND.splitlines() if not own.startswith(f"{name}:")]
    (tmp_path / "round.yaml").write_text("\n".join([*kept, line, ""]), "utf-8")
    code, _, err = cli("assess", unit, "--round", tmp_path / "round.yaml")
    assert code == 2
    assert "round.yaml:" in err
    assert "S021" in err


def test_evidence_of_no_known_year_is_refused_at_its_place(cli: Cli, unit: Path) -> None:
    unit.write_text(UNIT.format(name="示例小区").replace("role: app", "date: 9999-12-31, role: app"), "utf-8")
    code, _, err = cli("assess", unit, "--on", "2026-06-30")
    assert code == 2
    assert "C-1.evidence.yaml:3" in err
    assert "S021" in err


# ---- pipes, sockets, devices


@needs_pipes
@pytest.mark.parametrize("name", ["a.evidence.yaml", "a.csv", "a.xlsx"])
@pytest.mark.parametrize("inside", [False, True])
def test_a_pipe_among_the_evidence_is_refused_at_once(tmp_path: Path, name: str, inside: bool) -> None:
    os.mkfifo(tmp_path / name)
    done = command("assess", tmp_path if inside else tmp_path / name, "--on", "2026-06-30")
    assert done.returncode == 2
    assert "E041" in done.stderr
    assert "管道" in done.stderr


@needs_pipes
def test_a_pipe_for_a_round_a_form_or_a_part_of_a_pack_is_refused_at_once(tmp_path: Path, unit: Path) -> None:
    for name in ("round.yaml", "form.xlsx"):
        os.mkfifo(tmp_path / name)
    assert "管道" in command("assess", unit, "--round", tmp_path / "round.yaml").stderr
    assert "管道" in command("import", tmp_path / "form.xlsx").stdout
    pack = tmp_path / "pack"
    for part in ("criteria", "rules"):
        copytree(ROOT / part, pack / part)
    (pack / "pack.yaml").write_bytes((ROOT / "pack.yaml").read_bytes())
    os.mkfifo(pack / "criteria" / "more.yaml")
    done = command("check", pack)
    assert done.returncode == 2
    assert "criteria/more.yaml S002" in done.stdout + done.stderr


@needs_pipes
def test_a_socket_and_a_device_are_no_files_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.csv")
        assert "管道、设备或套接字" in command("assess", "s.csv", "--on", "2026-06-30").stderr
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    assert "管道、设备或套接字" in command("assess", "zero.csv", "--on", "2026-06-30").stderr


def command(*words: object) -> subprocess.CompletedProcess[str]:
    told = [sys.executable, "-m", "meihao", *map(str, words)]
    return subprocess.run(told, env=ENGINE, capture_output=True, text=True, timeout=60, check=False)


# ---- names


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_name_with_escapes_reaches_no_terminal(cli: Cli, tmp_path: Path, form: str) -> None:
    table = tmp_path / "units.csv"
    table.write_text("编号,类别,名称,总户数\nC-1,小区,示例\x1b[2J\u202e小区\x07,100\n", "utf-8")
    code, out, err = cli("assess", table, "--on", "2026-06-30", "--format", form)
    assert code == 1
    assert not set("\x1b\x07\u202e") & {*out, *err}
    assert r"\u001b[2J\u202e" in out


def test_an_argument_with_escapes_reaches_no_terminal(cli: Cli) -> None:
    code, _, err = cli("assess", "\x1b[31mnone.csv", "--on", "2026-06-30")
    assert code == 2
    assert "\x1b" not in err
    assert r"\u001b[31mnone.csv" in err


def test_a_name_that_is_a_formula_is_none_in_csv(cli: Cli, unit: Path, tmp_path: Path) -> None:
    unit.write_text(UNIT.format(name='\'=HYPERLINK("http://x","点这里")\''), "utf-8")
    _, out, _ = cli("assess", unit, "--on", "2026-06-30", "--format", "csv")
    assert ",\"'=HYPERLINK(" in out
    round_folder = tmp_path / "round"
    (round_folder / "evidence").mkdir(parents=True)
    (round_folder / "round.yaml").write_text(ROUND, "utf-8")
    unit.rename(round_folder / "evidence" / unit.name)
    _, out, _ = cli("status", round_folder, "--format", "csv", "--on", "2026-06-30")
    assert "=HYPERLINK" in out
    assert ",=HYPERLINK" not in out
    assert ',"=HYPERLINK' not in out
