"""Reads rankings and the details behind them back from files, once, into records; or says what is wrong with a file and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ..core.canonical import Json, digest
from ..core.label import Label
from ..core.problems import Problem, Problems, Source
from ..core.read_back import Misread, read_json, shaped
from . import messages
from .details_file import DetailsFile
from .published import RankingFile
from .to_json import SCHEMA_VERSION

File = TypeVar("File", RankingFile, DetailsFile)
RANKING, DETAILS = Label("排名", "a ranking"), Label("评定明细", "details")


def read_ranking(data: bytes, path: str) -> tuple[RankingFile | None, Problems]:
    """Return a ranking that was published; None with the problem where it is none, is of another version or was altered."""
    found = _opened(data, path)
    if isinstance(found, Problem):
        return None, (found,)
    if found.get("kind") != "ranking" or "body" not in found:
        return None, (messages.NOT_A_RANKING.at(Source(path)),)
    return _decoded(found, RankingFile, RANKING, path, messages.OTHER_SCHEMA.at(Source(path), what="digest"))


def read_details(data: bytes, path: str, ranking: str) -> tuple[DetailsFile | None, Problems]:
    """Return the details behind the ranking of a digest; None with the problem where they are none or another ranking's."""
    found = _opened(data, path)
    if isinstance(found, Problem):
        return None, (found,)
    if found.get("kind") != "details" or "body" not in found:
        return None, (messages.NOT_BEHIND.at(Source(path), what="kind"),)
    altered = messages.NOT_BEHIND.at(Source(path), what="digest")
    file, problems = _decoded(found, DetailsFile, DETAILS, path, altered)
    return (None, (altered,)) if file and file.body.ranking != ranking else (file, problems)


def _opened(data: bytes, path: str) -> Mapping[str, Json] | Problem:
    """Return the keys and values that a file holds; what does not even begin like one is another kind of file."""
    if data.lstrip()[:1] != b"{":
        return messages.NOT_A_RANKING.at(Source(path))
    found = read_json(data)
    if isinstance(found, Misread):
        return messages.BROKEN.at(Source(path, line=found.line, column=found.column), why=found.why)
    assert isinstance(found, Mapping)  # it began with a brace
    return found


def _decoded(
    content: Mapping[str, Json], shape: type[File], what: Label, path: str, altered: Problem
) -> tuple[File | None, Problems]:
    version = content.get("schema_version")
    if version != SCHEMA_VERSION:
        shown = str(version)[:20]
        return None, (messages.OTHER_VERSION.at(Source(path), version=shown, known=SCHEMA_VERSION),)
    file = shaped(content, shape)
    if isinstance(file, Misread):
        return None, (messages.OTHER_SHAPE.at(Source(path), what=what, why=file.why),)
    return (file, ()) if file.digest == digest(content["body"]) else (None, (altered,))
