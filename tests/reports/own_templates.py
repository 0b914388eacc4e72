"""A folder of templates as the theme of a pack that brings them."""

from __future__ import annotations

from pathlib import Path

from meihao.reports.render import Theme


def own_theme(folder: Path) -> Theme:
    """Return the theme whose templates are the files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return Theme(folder, templates={path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
