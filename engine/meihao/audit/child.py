"""Asks a child process under limits about a PDF, and returns its answer or one word for how it ended without one."""

from __future__ import annotations

from typing import Any

import msgspec

from ..core.child import ask as answer_of
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
    said = answer_of(data, ("-P", "-m", module, question), SECONDS * 2)
    if said == "timeout":
        return Label("超时", "out of time")
    if isinstance(said, str):
        return Label(
            "读取程序中断，文件损坏或超出限额", "the reader broke off: the file is damaged or beyond the limits"
        )
    try:
        return msgspec.msgpack.decode(said)
    except (msgspec.DecodeError, RecursionError):
        return Label("没有回答", "no answer")
