"""Check a standard for its author: what is wrong with it, which of its cases fail, and whether its edition can be sealed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from ..authoring.cases import CaseResult, run_cases
from ..authoring.coverage import missing_cases
from ..authoring.messages import CASE_FAILED
from ..core.files import reason, write_whole
from ..core.problems import Message, Problems, Source, errors, sort_by_place
from ..standard.checking.check import check_pack
from ..standard.checking.edition import Seal, check_edition, read_seals
from ..standard.draft import errors_of
from ..standard.folder import SEALED
from ..standard.model import Pack
from ..standard.resources import default_pack
from .answer import Answer, Notes, answer
from .messages import NOT_WRITABLE
from .session import loaded_standard

NOT_SEALED = Message(
    "C033", "error", "{edition}版没有封存：有{errors}", "edition {edition} was not sealed because of {errors}",
    "改好上面列出的各处，再封存", "correct what is listed above, then seal it",
)  # fmt: skip


class Checked(Struct, frozen=True):
    """A standard with all that `check` says of it, by place, and where its edition was sealed (None: not at all)."""

    pack: Pack
    problems: Problems
    sealed: Path | None = None


class Tested(Struct, frozen=True):
    """A standard with the results of its cases, and what is to say of them by place; `unread`: a case cannot be read."""

    pack: Pack
    results: tuple[CaseResult, ...]
    problems: Problems
    unread: bool


def check_standard(folder: Path | None = None, seal: bool = False, cache: Path | None = None) -> Answer[Checked]:
    """Return everything that is wrong with a standard, missing cases and broken seals included.

    Whether its cases hold is for `run_standard_cases` to say. `seal` seals the edition where nothing is wrong and all cases
    hold; one that is sealed already stays as it is. Refused only where the standard cannot be read at all.
    """
    return answer(_checked, folder or default_pack(), seal, cache)


def run_standard_cases(folder: Path | None = None, cache: Path | None = None) -> Answer[Tested]:
    """Run the cases of a standard. Refused only where the standard cannot be read at all."""
    return answer(_tested, folder or default_pack(), cache)


def _checked(notes: Notes, folder: Path, seal: bool, cache: Path | None) -> Checked:
    pack = notes.need(loaded_standard(notes, folder, cache).pack)
    seals, said = read_seals(folder)
    results, problems = run_cases(pack, folder)
    failed = _failed(results) if seal else ()
    found = sort_by_place(
        (*check_pack(pack), *said, *check_edition(pack, seals), *problems, *failed, *missing_cases(pack, results))
    )
    if not seal:
        return Checked(pack, found)
    if wrong := len(errors(found)):
        refused = NOT_SEALED.at(pack.source, edition=pack.edition, errors=errors_of(wrong))
        return Checked(pack, (*found, refused))
    return Checked(pack, found, _seal(notes, pack, seals, folder))


def _tested(notes: Notes, folder: Path, cache: Path | None) -> Tested:
    pack = notes.need(loaded_standard(notes, folder, cache).pack)
    results, problems = run_cases(pack, folder)
    return Tested(pack, tuple(results), sort_by_place((*problems, *_failed(results))), bool(errors(problems)))


def _failed(results: Sequence[CaseResult]) -> Problems:
    """Return a problem for each case that expects something else than the standard gives."""
    return tuple(CASE_FAILED.at(r.source, name=r.name, expected=r.expected, got=r.got) for r in results if not r.ok)


def _seal(notes: Notes, pack: Pack, seals: tuple[Seal, ...], folder: Path) -> Path:
    """Add the edition's digest to `sealed.yaml`; one that is sealed already stays as it is. Refused where it cannot."""
    pairs = {seal.edition: seal.digest for seal in seals}
    pairs.setdefault(pack.edition, pack.digest)
    lines = ["# 已封存的版本：施行后任何改动都会被检查出来 sealed editions", "editions:"]
    lines += [f'  - {{edition: "{edition}", digest: "{digest}"}}' for edition, digest in pairs.items()]
    path = folder / SEALED
    try:
        write_whole(path, ("\n".join(lines) + "\n").encode())
    except OSError as refused:
        notes.add((NOT_WRITABLE.at(Source(str(path)), path=path, why=reason(refused)),))
    return path
