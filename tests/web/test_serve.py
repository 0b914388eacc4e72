"""`serve` as a whole process: it prints an address, answers, stops cleanly, and says in words why it cannot start."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.calling import Cli
from tests.web.serving import Serving, serving

from meihao.web import command


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Serving]:
    """A server of the sample round."""
    with serving(tmp_path, "--demo") as started:
        yield started


def test_the_demonstration_answers_outlives_its_workers_and_stops_leaving_nothing(
    demo: Serving, tmp_path: Path
) -> None:
    process, address = demo
    with urlopen(address, timeout=60) as answer:
        assert answer.status == 200
        assert "示例市" in answer.read().decode()
    with urlopen(f"{address}static/meihao.css", timeout=60) as answer:
        assert "text/css" in answer.headers["Content-Type"]
    end_a_worker(process.pid)
    assert list(tmp_path.glob("meihao-demo-*"))  # a worker that dies takes nothing along
    with urlopen(address, timeout=60) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert not list(tmp_path.glob("meihao-demo-*"))


def end_a_worker(server: int) -> None:
    """End one of a server's own processes and wait until it is gone, where the system lists them."""
    children = Path(f"/proc/{server}/task/{server}/children")
    if not children.exists():
        return
    first = children.read_text().split()[0]
    os.kill(int(first), signal.SIGTERM)
    until = time.monotonic() + 60
    while first in children.read_text().split() and time.monotonic() < until:
        time.sleep(0.05)


def test_a_round_of_ones_own_is_served_until_the_system_ends_it(sample_folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "round"
    (home / "evidence").mkdir(parents=True)
    for name in ("round.yaml", "evidence/V-0049.evidence.yaml"):
        (home / name).write_bytes((sample_folder / name).read_bytes())
    with serving(tmp_path, str(home)) as (process, address):
        with urlopen(f"{address}u/V-0049", timeout=60) as answer:
            assert "丰槐村" in answer.read().decode()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert (home / "evidence" / "V-0049.evidence.yaml").is_file()


def test_a_port_in_use_is_told_with_a_way_out(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, out, err = cli("serve", "--demo", "--port", port)
    assert (code, out) == (2, "")
    assert err.startswith(f"B002 127.0.0.1的端口{port}已被占用")
    assert "--port" in err


def test_an_address_that_is_not_ours_is_told(cli: Cli) -> None:
    code, _, err = cli("--lang", "en", "serve", "--demo", "--host", "192.0.2.7", "--port", "0")
    assert code == 2
    assert err.startswith("B003 cannot serve at 192.0.2.7")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "B004 没有说明要打开哪个批次"),
        (("--demo", "round"), "B005 --demo打开的是示例批次"),
        (("no-such-folder",), "C012 找不到批次文件"),
        (("--port", "70000", "--demo"), "--port"),
    ],
)
def test_what_cannot_be_served_is_told_before_anything_starts(cli: Cli, words: tuple[str, ...], told: str) -> None:
    code, out, err = cli("serve", *words, *(() if "--port" in words else ("--port", "0")))
    assert (code, out) == (2, "")
    assert told in err


def test_missing_parts_are_told_with_the_command_that_installs_them(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "django" else object())
    code, _, err = cli("serve", "--demo")
    assert code == 2
    assert err.startswith("B001 没有装网页服务的组件（django）")
    assert "./meihao serve" in err
