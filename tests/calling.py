"""How tests call the command line: words in; the exit code, standard output and standard error out."""

from __future__ import annotations

from collections.abc import Callable

Cli = Callable[..., tuple[int, str, str]]
