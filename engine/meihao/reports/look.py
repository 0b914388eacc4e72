"""Reads the look of a pack's pages: a main colour with its tints, and seal and logo, written anew and named by hash."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ..core.canonical import digest_bytes
from ..core.problems import Problem, Problems, Source
from ..standard.model import Dress
from . import messages
from .photos import BYTES_AT_MOST, Unfit, reencoded

COLOUR = "#0f5868"
SIDE_AT_MOST = 600  # points of a seal or logo


class Look(Struct, frozen=True):
    """What templates know of the look: `dark` and `tint` come from `colour`; `seal` and `logo` are addresses or ""."""

    colour: str
    dark: str
    tint: str
    seal: str = ""
    logo: str = ""


def shades(colour: str) -> Look:
    """Return the look of a main colour.

    >>> shades("#0f5868")
    Look(colour='#0f5868', dark='#0b424e', tint='#ecf2f3', seal='', logo='')
    """
    parts = [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
    return Look(colour, _hex([part * 3 // 4 for part in parts]), _hex([255 - (255 - part) * 2 // 25 for part in parts]))


def _hex(parts: list[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


PLAIN = shades(COLOUR)


def look_of(dress: Dress, folder: Path) -> tuple[Look, Mapping[str, bytes], Problems]:
    """Return the look of a pack in `folder` with the bytes of its pictures; one that cannot be used is a problem."""
    pictures: dict[str, bytes] = {}
    problems: list[Problem] = []
    urls = {"": ""}
    for path in dict.fromkeys((dress.seal, dress.logo)):
        if path:
            try:
                data = _read(folder, path)
            except (OSError, Unfit) as why:
                problems.append(messages.BAD_PICTURE.at(Source("pack.yaml"), path=path, why=_why(why)))
                continue
            urls[path] = digest_bytes(data)
            pictures[urls[path]] = data
    plain = shades(dress.colour or COLOUR)
    look = Look(plain.colour, plain.dark, plain.tint, urls.get(dress.seal, ""), urls.get(dress.logo, ""))
    return look, pictures, tuple(problems)


def _read(folder: Path, path: str) -> bytes:
    """Return the picture at a path inside the folder, written anew. Raises OSError, Unfit."""
    file = (folder / path).resolve(strict=True)
    if not file.is_relative_to(folder.resolve()):
        raise Unfit("outside the pack")
    with file.open("rb") as stream:
        return reencoded(stream.read(BYTES_AT_MOST + 1), SIDE_AT_MOST)


def _why(fault: Exception) -> str:
    return (fault.strerror or str(fault)) if isinstance(fault, OSError) else str(fault)
