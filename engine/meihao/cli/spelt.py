"""Wraps a stream so that it spells out what a terminal would obey: escapes, control signs, and turns of direction in names."""

from __future__ import annotations

from typing import TextIO, cast

from ..core.visible import visible


class Spelt:
    """Passes everything on to a stream, texts in their visible form."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    @classmethod
    def over(cls, stream: TextIO) -> TextIO:
        """Return a stream that spells out; one that does so already is itself."""
        return stream if isinstance(stream, cls) else cast("TextIO", cls(stream))

    def write(self, text: str) -> int:
        return self.stream.write(visible(text))

    def writelines(self, texts: list[str]) -> None:
        self.stream.writelines(map(visible, texts))

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


def bare(stream: TextIO) -> TextIO:
    """Return the stream below, for what the program itself draws, as a progress bar that begins its line anew."""
    return stream.stream if isinstance(stream, Spelt) else stream
