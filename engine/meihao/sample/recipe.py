"""Reads the recipe of a sample round: how a pack has it made up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..text_in.yaml_reader import read_yaml

Recipe = Mapping[str, Any]


def read_recipe(folder: Path) -> Recipe:
    """Return the pack's recipe for its sample round. Raises OSError, or ValueError where the recipe is no good."""
    document, problems = read_yaml((folder / "recipe.yaml").read_bytes(), "recipe.yaml")
    if document is None or problems:
        raise ValueError("; ".join(p.text("en") for p in problems))
    recipe: Any = document.data
    return recipe  # type: ignore[no-any-return]
