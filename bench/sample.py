"""The invented sample round as files in memory and as a pack: what `demo` writes."""

from __future__ import annotations

from functools import cache
from itertools import count, islice

from msgspec.structs import replace

from meihao.core.problems import errors
from meihao.evidence.model import UnitEvidence
from meihao.evidence.unit_file import read_unit
from meihao.sample.invent import invent
from meihao.sample.recipe import read_recipe
from meihao.standard.cache import cached_pack
from meihao.standard.model import Pack
from meihao.standard.resources import default_pack
from meihao.text_in.yaml_reader import read_yaml


@cache
def default() -> Pack:
    """Return the default pack, read once."""
    read = cached_pack(default_pack(), None)
    pack, problems = read.pack, read.said
    if pack is None:
        raise RuntimeError("\n".join(problem.text("en") for problem in errors(problems)))
    return pack


@cache
def texts() -> tuple[str, ...]:
    """Return the evidence files of the sample round, invented once."""
    files = invent(default(), read_recipe(default_pack() / "examples" / "demo"))
    return tuple(file.text for file in files if str(file.path).endswith(".evidence.yaml"))


def read(text: str, pack: Pack) -> UnitEvidence:
    """Read one evidence file; it must be without errors."""
    document, problems = read_yaml(text, "sample.evidence.yaml")
    unit = None
    if document is not None and not errors(problems):
        unit, problems = read_unit(document, pack)
    if unit is None:
        raise RuntimeError("\n".join(problem.text("en") for problem in problems))
    return unit


def many(units: tuple[UnitEvidence, ...], wanted: int) -> list[UnitEvidence]:
    """Return as many units as wanted: the sample's, again and again, under codes of their own."""
    endless = (replace(units[number % len(units)], code=f"B-{number:06}") for number in count())
    return list(islice(endless, wanted))
