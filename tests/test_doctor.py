"""The doctor: what is missing on a machine is named, with what it means and the one line that mends it, in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from meihao.cli.desk import our_cache
from meihao.cli.doctor import Machine, Probe, doctor, examine, exit_code, judge, render

WELL = Machine(
    python=(3, 11, 0),
    durable_error="",
    missing_libraries=(),
    pack="/pack",
    pack_found=True,
    missing_fonts=(),
    cache="/cache",
    cache_writable=True,
)


def found(machine: Machine, name: str) -> Probe:
    return next(check for check in judge(machine) if check.name == name)


def test_a_machine_that_has_everything_needs_no_mending() -> None:
    checks = judge(WELL)
    assert [check.name for check in checks] == ["python", "pack", "engine", "pdf", "fonts", "cache"]
    assert {(check.state, check.mend) for check in checks} == {("good", "")}
    assert exit_code(checks) == 0


@pytest.mark.parametrize(
    ("name", "machine", "state", "zh", "en"),
    [
        ("python", replace(WELL, python=(3, 10, 9)), "broken", "版本3.10.9，需要3.11", "version 3.10.9; 3.11"),
        ("pack", replace(WELL, pack_found=False), "broken", "没有 pack.yaml", "no pack.yaml"),
        ("engine", replace(WELL, durable_error="undefined symbol"), "limited", "参考引擎", "undefined symbol"),
        (
            "pdf",
            replace(WELL, missing_libraries=("pango-1.0",)),
            "limited",
            "HTML和XLSX代替PDF",
            "HTML and XLSX, not PDF",
        ),
        ("pdf", replace(WELL, missing_libraries=("harfbuzz-subset",)), "limited", "慢数倍", "several times longer"),
        ("fonts", replace(WELL, missing_fonts=("A.ttf",)), "limited", "A.ttf", "A.ttf"),
        ("cache", replace(WELL, cache_writable=False), "limited", "不能写入 /cache", "/cache is not writable"),
    ],
)
def test_each_lack_says_what_it_means_and_how_to_mend_it(
    name: str, machine: Machine, state: str, zh: str, en: str
) -> None:
    check = found(machine, name)
    assert check.state == state
    assert zh in check.meaning.zh
    assert en in check.meaning.en
    assert check.mend
    assert exit_code(judge(machine)) == (1 if state == "broken" else 0)


def test_the_page_gives_the_mending_line_below_its_check() -> None:
    checks = (found(replace(WELL, missing_libraries=("harfbuzz-subset",)), "pdf"),)
    mend = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert render(checks, "zh") == f"! PDF：缺少harfbuzz-subset，PDF能做，但每份慢数倍。\n    解决办法：{mend}\n"
    assert (
        render(checks, "en") == f"! PDF: no harfbuzz-subset: each PDF takes several times longer.\n    To fix: {mend}\n"
    )
    assert render((), "zh") == ""


def test_the_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MEIHAO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert our_cache() == tmp_path / "x" / "meihao"
    monkeypatch.setenv("MEIHAO_CACHE", str(tmp_path / "own"))
    assert our_cache() == tmp_path / "own"


def test_a_relative_folder_in_the_environment_makes_none_where_one_works(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MEIHAO_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert our_cache() == tmp_path / "home" / ".cache" / "meihao"


def test_without_a_home_there_is_no_cache_and_doctor_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEIHAO_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # what it says of a user without an entry
    assert our_cache() is None
    (check,) = (check for check in doctor() if check.name == "cache")
    assert (check.state, check.meaning.zh[:7]) == ("limited", "没有缓存文件夹")


def test_a_cache_folder_that_cannot_be_made_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("MEIHAO_CACHE", str(tmp_path / "file" / "cache"))
    assert not examine().cache_writable


def test_looking_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MEIHAO_CACHE", str(tmp_path))
    assert {check.state for check in doctor() if check.name == "cache"} == {"good"}
    assert list(tmp_path.iterdir()) == []
