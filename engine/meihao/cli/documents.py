"""Shares what the commands need that write documents: the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..core.problems import Problems, errors
from ..reports.write import Format
from .desk import FAILURES, OK


def exit_code(paths: Sequence[Path], problems: Problems, wanted: Format | None) -> int:
    """Return 1 where something failed, or a file is not of the form that was asked for."""
    as_asked = wanted is None or all(path.suffix == f".{wanted}" for path in paths)
    return OK if as_asked and not errors(problems) else FAILURES
