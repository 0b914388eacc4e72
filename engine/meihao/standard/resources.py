"""Finds the folder of the default pack: inside an installed package, or at the root of a checkout."""

from __future__ import annotations

from pathlib import Path


def default_pack() -> Path:
    """Return the folder that holds the default pack's `pack.yaml`: `meihao/pack` of a wheel, else the checkout's root."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "pack"
    return installed if (installed / "pack.yaml").is_file() else package.parents[1]
