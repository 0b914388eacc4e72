"""Defines a process: the steps whose dates a log keeps."""

from __future__ import annotations

from msgspec import Struct

from ..core.problems import Source
from ..core.text import Label
from ..expressions.fields import Basis


class Process(Struct, frozen=True):
    """A log's steps in order, and the steps that may go back; every other move is rejected."""

    id: str
    title: Label
    log: str
    steps: tuple[str, ...]
    back: tuple[tuple[str, str], ...]
    basis: Basis
    source: Source = Source()
