"""Says how tests call the command line: with words, for the exit code, standard output and standard error."""

from __future__ import annotations

from collections.abc import Callable

Cli = Callable[..., tuple[int, str, str]]
