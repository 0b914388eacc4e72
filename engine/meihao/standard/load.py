"""Loads the pack of a folder's files with every problem in them. Read it from top to bottom: YAML, shape, meaning."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

from ..core.problems import Problem, Problems, Source, errors, sort_by_place
from ..text_in.shape import check_shape
from ..text_in.yaml_reader import read_yaml
from ..text_in.yaml_value import YamlValue
from . import messages as says
from .folder import PackFiles
from .model import Pack
from .reading.pack import Documents, read_pack

FIELDS = "criteria/fields.yaml"
Role = Literal["pack", "fields", "criteria", "rules", "cases", "other", "stray"]
_READ: tuple[Literal["pack", "fields", "criteria", "rules"], ...] = ("pack", "fields", "criteria", "rules")


def load_files(files: PackFiles) -> tuple[Pack | None, Problems]:
    """Return the pack of files already at hand. Meaning is read only where every file has the right shape."""
    documents, problems = _documents(files)
    if documents is None or errors(problems):
        return None, sort_by_place(problems)
    pack, more = read_pack(documents, files.digest())
    problems = sort_by_place((*problems, *more))
    return (None if errors(problems) else pack), problems


def _documents(files: PackFiles) -> tuple[Documents | None, Problems]:
    """Return the documents by role, with the problems of files in the wrong place, of YAML and of shape."""
    paths = {path for path, _ in files.files}
    problems: list[Problem] = [problem for path in sorted(paths) for problem in _misplaced(path, paths)]
    read: dict[str, list[YamlValue]] = {role: [] for role in _READ}
    for path, data in files.files:
        for role in _READ:
            if _role(path) == role:
                document, found = read_yaml(data, path)
                problems += found
                if document is not None:
                    problems += check_shape(document, role)
                    read[role].append(YamlValue(document, document.data))
    if not read["fields"] and not problems:
        problems.append(says.NO_FIELDS.at(Source(FIELDS), path=FIELDS))
    if not read["pack"]:
        return None, tuple(problems)
    fields, criteria, rules = (tuple(read[role]) for role in ("fields", "criteria", "rules"))
    return Documents(read["pack"][0], fields, criteria, rules), tuple(problems)


def _role(path: str) -> Role:
    """Return what a file of the pack is for, by its place alone."""
    parts = PurePosixPath(path).parts
    if path == "pack.yaml":
        return "pack"
    if parts[0] == "reports" or not path.endswith((".yaml", ".yml")):
        return "other"
    if path.endswith(".yml"):
        return "stray"
    cases = path.endswith(".cases.yaml")
    if (parts[0], len(parts)) in (("criteria", 3), ("rules", 2)):
        if cases:
            return "cases"
        return "criteria" if parts[0] == "criteria" else "rules"
    return "fields" if (parts[0], len(parts)) == ("criteria", 2) and not cases else "stray"


def _misplaced(path: str, paths: set[str]) -> Problems:
    """Return the problem of a file that nothing would read."""
    role = _role(path)
    if role == "stray":
        return (says.STRAY_FILE.at(Source(path)),)
    wanted = path.removesuffix(".cases.yaml") + ".yaml"
    if role == "cases" and wanted not in paths:
        return (says.ORPHAN_CASES.at(Source(path), wanted=wanted),)
    return ()
