"""Compare two published rankings: what changed, unit by unit, and which facts brought it about."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from ..core.files import read_file, reason
from ..core.problems import LANGS, Source
from ..evidence.files import NO_SUCH_FILE, NOT_READABLE
from ..ranking.answers import RankingComparison, answers
from ..ranking.behind import explain_changes
from ..ranking.compare import compare
from ..ranking.compare_words import Book, book_of
from ..ranking.details import titles
from ..ranking.details_file import DetailsRecord, Titles
from ..ranking.messages import NO_DETAILS
from ..ranking.published import RankingFile
from ..ranking.read_files import read_details, read_ranking
from ..reports.phrases.every_page import FILE_NAMES
from .answer import Answer, Notes, answer
from .publish import DETAILS
from .session import loaded_standard


class Comparing(Struct, frozen=True):
    """Which rankings are compared: files, or folders that `publish` wrote. `cache` is where compiled standards are kept."""

    old: Path
    new: Path
    cache: Path | None = None


class Compared(Struct, frozen=True):
    """What changed, the words for it, the digests of both rankings, and how many errors the standard had (0: no draft)."""

    changes: RankingComparison
    book: Book
    digests: tuple[str, str]
    errors: int


def compare_rankings(asked: Comparing) -> Answer[Compared]:
    """Say what changed between two rankings. Refused where a file is no ranking, of another version, or altered.

    Where details stand beside both, the facts behind a change are named; else a notice says that they cannot be (W079).
    """
    return answer(_compared, asked)


def _compared(notes: Notes, asked: Comparing) -> Compared:
    old, new = (_ranking(notes, path) for path in (asked.old, asked.new))
    changes = compare(old.body, new.body)
    details = _details(notes, asked, old, new)
    known = (details[0].titles or {}, details[1].titles or {}) if details else (_our_titles(notes, asked, new),)
    return Compared(
        answers(old.body, new.body, changes, explain_changes(*details) if details else {}),
        book_of(known, (old.body.profile, new.body.profile), details),
        (old.digest, new.digest),
        max(old.body.errors, new.body.errors),
    )


def _ranking(notes: Notes, path: Path) -> RankingFile:
    """Return the ranking of a file, or in a folder that `publish` wrote."""
    name = FILE_NAMES["list"]
    inside = (path / f"{name[lang]}.json" for lang in LANGS)
    file = next((one for one in inside if one.is_file()), path) if path.is_dir() else path
    try:
        data = read_file(file)
    except IsADirectoryError:
        data = b""  # told like any other thing that is not a ranking
    except FileNotFoundError:
        notes.stop(NO_SUCH_FILE.at(Source(str(file)), path=file))
    except OSError as refused:
        notes.stop(NOT_READABLE.at(Source(str(file)), path=file, why=reason(refused)))
    found, problems = read_ranking(data, str(file))
    notes.add(problems)
    return notes.need(found)


def _our_titles(notes: Notes, asked: Comparing, new: RankingFile) -> Titles:
    """Return the words of the built-in pack where a ranking without details is of that one; else ids stand for themselves."""
    pack = notes.need(loaded_standard(notes, None, asked.cache).pack)  # words only: nothing is judged by it
    return titles(pack) if pack.id == new.body.pack else {}


def _details(
    notes: Notes, asked: Comparing, old: RankingFile, new: RankingFile
) -> tuple[DetailsRecord, DetailsRecord] | None:
    """Return what stands behind both rankings; None where one has no details beside it."""
    found: list[DetailsRecord] = []
    for path, ranking in ((asked.old, old), (asked.new, new)):
        folder = path if path.is_dir() else path.parent
        beside = next((folder / name for name in DETAILS.values() if (folder / name).is_file()), None)
        if beside is None:
            notes.tell((NO_DETAILS.at(Source(str(path)), path=path),))
            return None
        file, problems = read_details(read_file(beside), str(beside), ranking.digest)
        notes.add(problems)
        found.append(notes.need(file).body)
    return found[0], found[1]
