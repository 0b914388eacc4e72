"""Reads the small parts that every file shares: bases, and the kinds that a text is about."""

from __future__ import annotations

from ...methods.reader import PackReader
from ...text_in.yaml_value import YamlValue
from .. import messages as says
from ..model import Basis


def basis(written: YamlValue) -> Basis:
    found = written["basis"]
    return Basis(
        found.text("from"),  # type: ignore[arg-type]  # one of the schema's enum
        found.text("quote"),
        found.text("source"),
        found.label("ours"),
        found.text("note"),
    )


def kinds(written: YamlValue, reader: PackReader) -> tuple[str, ...]:
    """Read `kinds:` and note those that the pack has not."""
    return tuple(reader.known(says.UNKNOWN_KIND, "kind", entry, reader.names.kinds) for entry in written.each("kinds"))
