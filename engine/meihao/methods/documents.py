"""Reads the documents that an item or a part wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..expressions.fields import DocumentWanted

if TYPE_CHECKING:
    from ..text_in.yaml_value import YamlValue


def documents(written: YamlValue) -> tuple[DocumentWanted, ...]:
    """Read `evidence:`."""
    return tuple(document(entry) for entry in written.each("evidence"))


def document(written: YamlValue) -> DocumentWanted:
    """Read one document that is wanted."""
    return DocumentWanted(
        written.label("document"), "valid_on" in written, written.duration("valid_for"), written.flag("optional")
    )
