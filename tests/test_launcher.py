"""The launcher: finds Python or refuses in two languages, prepares once, recovers, never takes half an environment for whole.

Every program it calls is a stand-in on a PATH of its own: nothing is installed, no network is asked, no system changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec import Struct

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("dirname", "readlink", "cat", "cmp", "mkdir", "rm", "mv", "cp", "tail", "env", "sleep", "grep")
SHELL = shutil.which("dash") or shutil.which("sh")

pytestmark = pytest.mark.skipif(sys.platform == "win32" or SHELL is None, reason="the launcher is a POSIX shell script")

# Plays python3, the interpreter of .venv and its pip. It writes down every call; FAKE_* say how the machine is.
PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$CALLS"
for last in "$@"; do :; done
case "$*" in
  *version_info*[:2]*) echo "${FAKE_VERSION:-3.11}" ;;
  *find_spec*) grep -q '^apt-get.* install ' "$CALLS" && [ "${FAKE_APT:-0}" = 0 ] || echo "${FAKE_MISSING:-}" ;;
  *fcntl*) exec "$REAL_PYTHON" "$@" ;;
  *'-m venv'*)
    mkdir -p "$last/bin" && cp "$0" "$last/bin/python"
    if [ "${FAKE_CRASH:-}" = venv ]; then kill -9 "$PPID"; fi ;;
  *'import pip, sys'*) [ "${FAKE_NO_PIP:-no}" = no ] ;;
  *'import durable_rules_engine'*) [ "${FAKE_DURABLE:-yes}" = yes ] ;;
  *'-m pip'*'-e '*) : >"${0%/*}/meihao" ;;
  *'-m pip'*locks/run.txt*) [ "${FAKE_NETWORK:-up}" = up ] || { echo 'no route to index'; exit 1; }
    if [ "${FAKE_CRASH:-}" = pip ]; then kill -9 "$PPID"; fi
    sleep "${FAKE_SLOW:-0}" ;;
  *'-m pip'*) [ "${FAKE_NETWORK:-up}" = up ] ;;
  *bin/meihao*) shift; for word in "$@"; do echo "word: $word"; done; exit "${FAKE_EXIT:-0}" ;;
esac
"""
APT = '#!/bin/sh\nprintf \'apt-get %s\\n\' "$*" >>"$CALLS"\nexit "${FAKE_APT:-0}"\n'
IDENTITY = '#!/bin/sh\necho "${FAKE_UID:-1000}"\n'


class Place(Struct, frozen=True):
    """A checkout of stand-ins: its root, the folder that is its whole PATH, and the list of calls."""

    root: Path
    path: Path
    calls: Path

    def start(self, *words: str, **fake: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), env=self.environment(fake), capture_output=True, text=True, check=False
        )

    def command(self, *words: str) -> list[str]:
        return [str(SHELL), str(self.root / "meihao"), *words]

    def environment(self, fake: Mapping[str, str]) -> dict[str, str]:
        fixed = {"PATH": str(self.path), "CALLS": str(self.calls), "REAL_PYTHON": sys.executable, "LC_ALL": "C"}
        return {**fixed, **fake}

    def called(self) -> str:
        """Return what was called since the last question."""
        text = self.calls.read_text("utf-8") if self.calls.exists() else ""
        self.calls.unlink(missing_ok=True)
        return text


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path, "checkout")


def make_place(folder: Path, name: str) -> Place:
    root, path = folder / name, folder / "bin"
    (root / "locks").mkdir(parents=True)
    path.mkdir()
    shutil.copy(ROOT / "meihao", root / "meihao")
    for file in ("pyproject.toml", "locks/run.txt", "locks/test.txt", "locks/dev.txt", "locks/durable.txt"):
        (root / file).write_text(f"{file}\n", "utf-8")
    for tool in TOOLS:
        (path / tool).symlink_to(str(shutil.which(tool)))
    for tool, text in (("python3", PYTHON), ("apt-get", APT), ("id", IDENTITY)):
        program(path / tool, text)
    return Place(root, path, folder / "calls")


def program(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    file.chmod(0o755)


# ---- the script itself


@pytest.mark.parametrize("shell", ["sh", "dash", "bash", "ksh", "zsh"])
def test_the_script_is_plain_shell(shell: str) -> None:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"no {shell} here")
    assert subprocess.run((found, "-n", str(ROOT / "meihao")), check=False).returncode == 0


def test_the_script_can_be_started() -> None:
    assert (ROOT / "meihao").stat().st_mode & 0o111 == 0o111


@pytest.mark.parametrize("lock", ["run", "test", "dev", "durable"])
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: str) -> None:
    text = (ROOT / "locks" / f"{lock}.txt").read_text("utf-8")
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert "index" not in text.replace("importlib", "")


# ---- the first start, and the ones after


def test_the_first_start_prepares_and_hands_over(place: Place) -> None:
    done = place.start("rank", "a b", "中文", FAKE_EXIT="3")
    assert done.stdout.splitlines() == ["word: rank", "word: a b", "word: 中文"]
    assert done.returncode == 3
    assert "正在准备运行环境" in done.stderr
    assert "Preparing the environment" in done.stderr
    called = place.called()
    assert f"--require-hashes -r {place.root}/locks/run.txt" in called
    assert f"--no-deps --no-build-isolation -e {place.root}" in called
    assert "locks/test.txt" not in called
    assert "apt-get" not in called


def test_the_second_start_is_silent_and_calls_nothing_but_meihao(place: Place) -> None:
    place.start("version")
    place.called()
    done = place.start("version", FAKE_NETWORK="down", FAKE_VERSION="3.9")
    assert (done.stdout, done.stderr, done.returncode) == ("word: version\n", "", 0)
    assert place.called() == f"{place.root}/.venv/bin/meihao version\n"


@pytest.mark.parametrize("changed", ["locks/run.txt", "locks/durable.txt", "pyproject.toml"])
def test_a_changed_lock_or_project_file_is_installed_again(place: Place, changed: str) -> None:
    place.start("version")
    place.called()
    (place.root / changed).write_text("newer\n", "utf-8")
    assert place.start("version").returncode == 0
    assert "locks/run.txt" in place.called()
    place.start("version")
    assert "pip" not in place.called()


def test_going_back_to_an_older_lock_installs_it_again(place: Place) -> None:
    place.start("self-test")
    lock, test_lock = place.root / "locks/run.txt", place.root / "locks/test.txt"
    old, old_test = lock.read_text("utf-8"), test_lock.read_text("utf-8")
    lock.write_text("newer\n", "utf-8")
    test_lock.write_text("newer\n", "utf-8")
    place.start("version")
    lock.write_text(old, "utf-8")
    test_lock.write_text(old_test, "utf-8")
    place.called()
    place.start("version")
    assert "locks/run.txt" in place.called()


def test_a_moved_checkout_is_prepared_again(place: Place) -> None:
    place.start("version")
    moved = place.root.with_name("elsewhere")
    place.root.rename(moved)
    place.called()
    assert Place(moved, place.path, place.calls).start("version").returncode == 0
    assert f"-e {moved}" in place.called()


def test_self_test_adds_the_test_tools_and_later_starts_need_nothing(place: Place) -> None:
    place.start("version")
    place.called()
    done = place.start("self-test", "-k", "x")
    assert done.stdout.splitlines() == ["word: self-test", "word: -k", "word: x"]
    called = place.called()
    assert "locks/test.txt" in called
    assert "-m venv" not in called
    for words in (("self-test",), ("version",)):
        assert place.start(*words).returncode == 0
        assert "pip" not in place.called()


def test_setup_prepares_again_and_runs_nothing(place: Place) -> None:
    place.start("version")
    place.called()
    done = place.start("setup", "dev")
    assert (done.stdout, done.returncode) == ("", 0)
    assert "locks/dev.txt" in place.called()


def test_setup_refuses_an_unknown_level(place: Place) -> None:
    done = place.start("setup", "everything")
    assert done.returncode == 2
    assert "不认识的准备范围：everything" in done.stderr
    assert place.called() == ""


@pytest.mark.parametrize("name", ["with space", "美好 试点", "a'b", "-dash"])
def test_the_path_may_have_spaces_and_chinese_characters(tmp_path: Path, name: str) -> None:
    place = make_place(tmp_path, name)
    for _ in range(2):
        done = place.start("version")
        assert (done.stdout, done.returncode) == ("word: version\n", 0)


def test_a_link_to_the_launcher_works(place: Place) -> None:
    link = place.path / "mh"
    link.symlink_to(place.root / "meihao")
    done = subprocess.run(
        (str(SHELL), str(link), "version"), env=place.environment({}), capture_output=True, text=True, check=False
    )
    assert done.stdout == "word: version\n"
    assert (place.root / ".venv/bin/meihao").exists()


# ---- Python too old, or absent


def test_an_old_python_is_refused_in_two_languages(place: Place) -> None:
    done = place.start("demo", FAKE_VERSION="3.9")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "需要Python 3.11或更新的版本，这台机器上只有： python3(3.9)" in done.stderr
    assert "Python 3.11 or newer is needed; this machine only has: python3(3.9)" in done.stderr
    assert not (place.root / ".venv").exists()


@pytest.mark.parametrize(
    ("version", "good"), [("2.7", False), ("3.10", False), ("3.11", True), ("3.14", True), ("oops", False)]
)
def test_the_line_is_drawn_at_3_11(place: Place, version: str, good: bool) -> None:
    assert (place.start("version", FAKE_VERSION=version).returncode == 0) is good


def test_a_newer_python_of_another_name_is_found(place: Place) -> None:
    program(place.path / "python3.12", PYTHON)
    program(place.path / "python3", "#!/bin/sh\necho 3.9\n")
    assert place.start("version").stdout == "word: version\n"


def test_a_name_that_starts_nothing_is_passed_over(place: Place) -> None:
    (place.path / "python3").rename(place.path / "python3.13")
    program(place.path / "python3", "#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    done = place.start("version")
    assert done.stdout == "word: version\n"
    assert "command not found" not in done.stderr


def test_no_python_at_all_says_how_to_get_one(place: Place) -> None:
    (place.path / "python3").unlink()
    done = place.start("version")
    assert done.returncode == 2
    assert "没有找到Python" in done.stderr
    assert "none was found" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_the_interpreter_can_be_chosen(place: Place) -> None:
    (place.path / "python3").rename(place.root / "my python")
    assert place.start("version", MEIHAO_PYTHON=str(place.root / "my python")).returncode == 0


# ---- what the system lacks


def test_root_installs_what_is_missing_and_says_so(place: Place) -> None:
    done = place.start("version", FAKE_MISSING="compiler headers pango subset", FAKE_UID="0")
    called = place.called()
    assert called.count("apt-get update") == 1
    assert called.count(" install -y --no-install-recommends") == 1
    assert "--no-install-recommends gcc libc6-dev python3.11-dev libpango-1.0-0 libharfbuzz-subset0\n" in called
    assert "现在用apt-get安装：gcc libc6-dev" in done.stderr
    assert done.stdout == "word: version\n"


def test_passwordless_sudo_serves_like_root(place: Place) -> None:
    program(place.path / "sudo", '#!/bin/sh\n[ "$1" = -n ] && shift\n[ "$1" = true ] || exec "$@"\n')
    assert place.start("version", FAKE_MISSING="pango").returncode == 0
    assert "apt-get update" in place.called()


@pytest.mark.parametrize(("answer", "installs"), [("y", True), ("是", True), ("n", False), ("", False)])
def test_on_a_terminal_nothing_is_installed_before_a_yes(place: Place, answer: str, installs: bool) -> None:
    ours, theirs = terminal()
    environment = place.environment({"FAKE_MISSING": "pango", "FAKE_UID": "0"})
    started = subprocess.Popen(
        place.command("assess"), env=environment, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE
    )
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    out, _ = started.communicate(timeout=30)
    told = read_terminal(ours)
    assert (out, started.returncode) == (b"word: assess\n", 0)
    assert "现在用apt-get安装？Install them with apt-get now? [y/N]" in told
    assert ("apt-get update" in place.called()) == installs
    assert installs or "apt-get install -y --no-install-recommends libpango-1.0-0 && ./meihao setup" in told


def terminal() -> tuple[int, int]:
    """Return both ends of a terminal; skip on a machine that lends none, such as a bare chroot without /dev/pts."""
    try:
        return os.openpty()
    except OSError as refused:
        pytest.skip(f"this machine lends no terminal: {refused}")


def read_terminal(ours: int) -> str:
    """Return what was written to a terminal whose other end is closed."""
    told = b""
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:  # so Linux says that nobody holds the other end
            piece = b""
        if not piece:
            os.close(ours)
            return told.decode()
        told += piece


def test_the_version_is_said_without_preparing_anything(place: Place) -> None:
    core = place.root / "engine" / "meihao" / "core"
    core.mkdir(parents=True)
    (core / "version.py").write_text('"""The version."""\n\n__version__ = "1.2.3"\n', "utf-8")
    done = place.start("--version", FAKE_MISSING="pango", FAKE_UID="0", FAKE_NETWORK="down")
    assert (done.stdout, done.stderr, done.returncode) == ("meihao 1.2.3\n", "", 0)
    assert not (place.root / ".venv").exists()
    assert "apt-get" not in place.called()
    place.start("version")
    assert place.start("--version").stdout == "word: --version\n"


def test_an_ordinary_user_is_told_the_line_and_goes_on(place: Place) -> None:
    done = place.start("version", FAKE_MISSING="compiler pango", FAKE_DURABLE="no")
    assert (done.stdout, done.returncode) == ("word: version\n", 0)
    assert "sudo apt-get install -y --no-install-recommends gcc libc6-dev libpango-1.0-0" in done.stderr
    assert "报告用HTML和XLSX代替PDF" in done.stderr
    assert "改由参考引擎评定" in done.stderr
    assert "apt-get" not in place.called()


def test_the_systems_packages_can_be_left_alone(place: Place) -> None:
    assert place.start("version", FAKE_MISSING="pango", FAKE_UID="0", MEIHAO_NO_APT="1").returncode == 0
    assert "apt-get" not in place.called()


def test_apt_that_fails_does_not_stop_the_start(place: Place) -> None:
    done = place.start("version", FAKE_MISSING="compiler pango", FAKE_UID="0", FAKE_APT="100")
    assert (done.stdout, done.returncode) == ("word: version\n", 0)
    assert "apt-get没有全部装上" in done.stderr
    assert "报告用HTML和XLSX代替PDF" in done.stderr
    assert "install -y --no-install-recommends libpango-1.0-0\n" in place.called()  # one by one, after all at once


def test_another_system_gets_advice_and_goes_on(place: Place) -> None:
    (place.path / "apt-get").unlink()
    done = place.start("version", FAKE_MISSING="pango")
    assert (done.stdout, done.returncode) == ("word: version\n", 0)
    assert "请安装C编译器、Python头文件、Pango和HarfBuzz" in done.stderr


def test_without_venv_nothing_can_be_prepared(place: Place) -> None:
    done = place.start("version", FAKE_MISSING="venv")
    assert done.returncode == 2
    assert "Python缺少venv（ensurepip），无法继续。Debian、Ubuntu请运行：sudo apt-get install" in done.stderr
    assert "lacks venv" in done.stderr


def test_durable_that_does_not_build_gives_way_to_the_reference(place: Place) -> None:
    done = place.start("version", FAKE_DURABLE="no")
    assert done.returncode == 0
    assert "改由参考引擎评定" in done.stderr
    called = place.called()
    assert f"--require-hashes -r {place.root}/locks/durable.txt" in called
    assert "uninstall -y durable-rules" in called


# ---- interruptions


@pytest.mark.parametrize("moment", ["venv", "pip"])
def test_a_start_killed_midway_is_made_good_by_the_next(place: Place, moment: str) -> None:
    assert place.start("version", FAKE_CRASH=moment).returncode == -9
    (place.root / ".venv/lib").mkdir(exist_ok=True)
    (place.root / ".venv/lib/half a package").write_text("", "utf-8")
    done = place.start("version")
    assert (done.stdout, done.returncode) == ("word: version\n", 0)
    assert "上次没有装完" in done.stderr
    assert not (place.root / ".venv/lib/half a package").exists()


def test_without_network_the_first_start_says_so_and_the_next_one_recovers(place: Place) -> None:
    done = place.start("version", FAKE_NETWORK="down")
    assert done.returncode == 2
    assert "no route to index" in done.stderr
    assert "首次准备需要网络" in done.stderr
    assert place.start("version").returncode == 0


def test_a_failed_addition_leaves_the_rest_usable(place: Place) -> None:
    place.start("version")
    for _ in range(2):
        assert place.start("self-test", FAKE_NETWORK="down").returncode == 2
        assert place.start("version", FAKE_NETWORK="down").stdout == "word: version\n"
    assert place.start("self-test").returncode == 0


def test_an_environment_made_by_hand_is_filled_not_emptied(place: Place) -> None:
    own = place.root / ".venv/bin/my-tool"
    own.parent.mkdir(parents=True)
    own.write_text("", "utf-8")
    program(place.root / ".venv/bin/python", PYTHON)
    assert place.start("version").returncode == 0
    assert own.exists()


def test_an_environment_whose_python_is_gone_is_made_anew(place: Place) -> None:
    place.start("version")
    (place.root / ".venv/bin/python").unlink()
    (place.root / ".venv/bin/python").symlink_to("/nowhere/python")
    assert place.start("version").stdout == "word: version\n"


def test_two_starts_at_once_install_once(place: Place) -> None:
    environment = place.environment({"FAKE_SLOW": "0.3"})
    first = subprocess.Popen(
        place.command("version"), env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    wait_for(place.root / ".venv/bin/python")
    second = place.start("version")
    out, _ = first.communicate()
    assert (out, second.stdout) == ("word: version\n", "word: version\n")
    assert "等它完成" in second.stderr
    assert place.called().count("locks/run.txt") == 1


def wait_for(file: Path) -> None:
    limit = time.monotonic() + 5
    while not file.exists() and time.monotonic() < limit:
        time.sleep(0.01)


def test_a_folder_that_cannot_be_written_is_named(place: Place) -> None:
    (place.root / ".venv").write_text("in the way", "utf-8")
    done = place.start("version")
    assert done.returncode == 2
    assert f"不能写入：{place.root}/.venv" in done.stderr
    assert place.start("version", MEIHAO_VENV=str(place.root / "other place")).returncode == 0
