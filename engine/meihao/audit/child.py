"""A question about a PDF in; the answer of a child process under limits out, or in a word how it ended without one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from ..core.limits import limit_process
from ..core.text import Label

MEMORY = 1 << 30
SECONDS = 60
MODULE = "meihao.audit.pdf_child"


def limit() -> None:
    """Keep this process to what reading a file may take."""
    limit_process(MEMORY, SECONDS)


def ask(question: str, data: bytes, module: str = MODULE) -> Any:
    """Return the child's answer to `question` about a file, a Label where it gave none. Never raises for what is in the file."""
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-P", "-m", module, question]
    surroundings = {**os.environ, "PYTHONPATH": paths}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS * 2, env=surroundings, check=False
        )
    except subprocess.TimeoutExpired:
        return Label("超时", "out of time")
    if done.returncode:
        return Label(
            "读取程序中断，文件损坏或超出限额", "the reader broke off: the file is damaged or beyond the limits"
        )
    try:
        return msgspec.msgpack.decode(done.stdout)
    except (msgspec.DecodeError, RecursionError):
        return Label("没有回答", "no answer")
