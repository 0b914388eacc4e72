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


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_demonstration_answers_and_stops_leaving_nothing(demo: Serving, tmp_path: Path, how: int) -> None:
    process, address = demo
    with urlopen(address, timeout=20) as answer:
        assert answer.status == 200
        assert "示例市" in answer.read().decode()
    with urlopen(f"{address}static/meihao.css", timeout=20) as answer:
        assert "text/css" in answer.headers["Content-Type"]
    process.send_signal(how)
    assert process.wait(timeout=20) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert not list(tmp_path.glob("meihao-demo-*"))


def test_a_worker_that_dies_takes_nothing_along(demo: Serving, tmp_path: Path) -> None:
    process, address = demo
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("no /proc here")
    with urlopen(address, timeout=20) as answer:
        assert answer.status == 200
    before = children.read_text().split()
    os.kill(int(before[0]), signal.SIGTERM)
    until = time.monotonic() + 20
    while before[0] in children.read_text().split() and time.monotonic() < until:
        time.sleep(0.05)
    assert list(tmp_path.glob("meihao-demo-*"))
    with urlopen(address, timeout=20) as answer:
        assert answer.status == 200


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
