"""Finds a published edition that was changed after it was sealed.

`sealed.yaml` beside `pack.yaml`: `editions: [{edition: "2026.1", digest: sha256:…}]`. It is not part of the digest.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from ...core.problems import Problems, Source, errors
from ..folder import SEALED, PackFiles, pack_files
from ..model import Pack
from . import messages as says


class Seal(Struct, frozen=True):
    """An edition and the digest that it was sealed with."""

    edition: str
    digest: str
    source: Source = Source()


def read_seals(folder: Path) -> tuple[tuple[Seal, ...], Problems]:
    """Return the sealed editions of a pack's folder; none where it has no `sealed.yaml`."""
    files, problems = pack_files(folder)
    if files.sealed is None:
        return (), tuple(problem for problem in problems if problem.source.file == SEALED)
    return seals_in(files.sealed)


def seals_in(sealed: bytes) -> tuple[tuple[Seal, ...], Problems]:
    """Return the editions that a `sealed.yaml` lists."""
    from ...text_in.shape import check_shape  # late: jsonschema
    from ...text_in.yaml_reader import read_yaml
    from ...text_in.yaml_value import YamlValue

    document, problems = read_yaml(sealed, SEALED)
    if document is None or errors(problems := (*problems, *check_shape(document, "sealed"))):
        return (), problems
    entries = YamlValue(document, document.data).each("editions")
    return tuple(Seal(e.text("edition"), e.text("digest"), e["edition"].source) for e in entries), problems


def check_edition(pack: Pack, seals: tuple[Seal, ...]) -> Problems:
    """Return a problem where the pack is in force and its edition was sealed with another digest."""
    known: dict[str, str] = {}
    problems = []
    for seal in seals:
        if known.setdefault(seal.edition, seal.digest) != seal.digest:
            problems.append(says.SEALED_TWICE.at(seal.source, edition=seal.edition))
    if pack.status == "in_force" and known.get(pack.edition, pack.digest) != pack.digest:
        problems.append(says.SEALED_CHANGED.at(pack.source, edition=pack.edition))
    return tuple(problems)


def check_seals(pack: Pack, files: PackFiles) -> Problems:
    """Return what is wrong with a pack by the `sealed.yaml` among its files; nothing where it has none."""
    if files.sealed is None:
        return ()
    seals, problems = seals_in(files.sealed)
    return (*problems, *check_edition(pack, seals))
