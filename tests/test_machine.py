"""What the machine refuses - memory, files, streams, a home - ends in a sentence and exit code 2, never as a bug or a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from meihao.cli.desk import our_cache
from meihao.cli.main import run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and permissions of POSIX")
ROOT = Path(__file__).parents[1]
UNIT = str(ROOT / "tests" / "units" / "worst-village.evidence.yaml")
ON = ("--on", "2026-06-30")
Ended = tuple[int, str, str]


def start(*words: str, before: Callable[[], None] | None = None, **surroundings: str) -> Ended:
    """Run the command line as a process of its own; `before` changes that process first."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **surroundings}
    done = subprocess.run(
        [sys.executable, "-m", "meihao", *words],
        capture_output=True,
        text=True,
        env=env,
        check=False,
        preexec_fn=before,
    )
    return done.returncode, done.stdout, done.stderr


def within(megabytes: int) -> Callable[[], None]:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    return limit


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems do not hold a process to its address space"
)
@pytest.mark.parametrize("megabytes", [45, 60, 64, 75, 300])
def test_too_little_memory_is_a_sentence_or_enough(tmp_path: Path, megabytes: int) -> None:
    """Where the work is done all the same, its own code tells: 1, as the unit does not pass."""
    cache = {"MEIHAO_CACHE": str(tmp_path)}
    for words, ends in (("assess", (1, 2)), ("report", (2,))):
        given = ("--to", str(tmp_path / "r")) if words == "report" else ()
        code, _, err = start(words, UNIT, *ON, *given, before=within(megabytes), **cache)
        assert code in ends, err
        assert (code == 2) == ("X053 内存不够" in err), err
        assert "程序出错" not in err


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_closed_stream_is_no_bug(number: int) -> None:
    code, out, err = start("version", before=lambda: os.close(number))
    assert (code, bool(out)) == ((2, False) if number == 1 else (0, True))
    assert ("X054 标准输出是关着的" in err) == (number == 1)
    assert "Traceback" not in err


def test_a_user_without_name_and_home_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "MEIHAO_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert our_cache() is None
    assert run(["assess", UNIT, *ON]) == 1
    assert run(["doctor"]) == 0


@pytest.fixture
def in_the_way(tmp_path: Path) -> Path:
    """A path below a file: nobody may write there, not even root."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    return tmp_path / "file" / "x"


def test_a_target_that_cannot_be_written_is_named(in_the_way: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--to", str(in_the_way)]) == 2
    assert f"X052 系统不让读写{in_the_way}：路径里有一段是文件，不是文件夹" in capsys.readouterr().err
    assert run(["demo", "--to", str(in_the_way.parent)]) == 2
    assert f"X052 系统不让读写{in_the_way.parent}：路径里有一段是文件，不是文件夹" in capsys.readouterr().err


def test_a_file_that_cannot_be_opened_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: object, cache: object) -> None:
        raise PermissionError(13, "Permission denied", "some.yaml")

    monkeypatch.setattr("meihao.uses.session.cached_pack", refuse)
    assert run(["--lang", "en", "assess", UNIT, *ON]) == 2
    told = capsys.readouterr().err
    assert told.startswith("X052 the system refuses to read or write some.yaml: permission denied (check the path")


def test_an_error_that_names_nothing_stays_a_bug(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: object, cache: object) -> None:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr("meihao.uses.session.cached_pack", fail)
    assert run(["assess", UNIT, *ON]) == 3
    assert "程序出错" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["-5", "x", "257", "1.5", "１"])
def test_a_number_of_processes_is_a_small_whole_number(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["report", UNIT, "--all", "--jobs", given])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert f"C019 --jobs应为0到256的整数，现为“{given}”" in told
    assert f"argument --jobs: wants a whole number up to 256, got '{given}'" in told
