"""Reads and writes roster.yaml: the units that may take part in a round, with code, kind, name and region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ..core.files import FileText
from ..core.problems import Message, Problem, Problems, Source, errors, sort_by_place
from ..core.text import hints, normal, person, quoted
from ..evidence import messages as e
from ..standard.model import Pack
from ..text_in.shape import shaped_text
from .model import Round

ROSTER = "roster.yaml"
TWO_ALIKE = Message(
    "W113", "error", "单位编号{code}和{other}（{place}）看上去一样", "the codes {code} and {other} ({place}) look the same",
    "一个单位一个编号；只差大小写、空格、全角半角的也要改开",
    "a code of its own for each unit: case, blanks and width are no difference",
)  # fmt: skip
HEAD = """# 单位名册：哪些单位可以参加本批次。收件和评定都认这里的编号
# 用meihao roster从表格写成；也可以手改
# The roster: the units that may take part. Written by `meihao roster` from a workbook; may be edited by hand
"""


class Enrolled(Struct, frozen=True):
    """One unit of a roster."""

    code: str
    kind: str
    name: str
    region: str = ""
    source: Source = Source()


class Roster(Struct, frozen=True):
    """The units of a round by their codes, in the order of the file."""

    units: Mapping[str, Enrolled]
    source: Source = Source()


def read_roster(kept: FileText | None, pack: Pack, round_: Round) -> tuple[Roster | None, Problems]:
    """Return the roster of a round; None where it has none or it is no good. One that did not change is not read again."""
    return (None, ()) if kept is None else _read(kept, *_known(pack, round_))


Codes = frozenset[str]


@lru_cache(maxsize=4)
def _read(kept: FileText, kinds: tuple[str, ...], regions: Codes) -> tuple[Roster | None, Problems]:
    text, problems = shaped_text(kept, "roster")
    if text is None:
        return None, problems
    data: Any = text.data
    units = [
        Enrolled(normal(u["code"]), u["kind"], normal(u["name"]), u.get("region", ""), text.at(("units", i)))
        for i, u in enumerate(data["units"])
    ]
    problems = sort_by_place(tuple(_wrong(units, kinds, regions)))
    return (None if errors(problems) else Roster({u.code: u for u in units}, text.at(()))), problems


def check_roster(units: Sequence[Enrolled], pack: Pack, round_: Round) -> Problems:
    """Return what is wrong with the units of a roster: codes that look the same, unknown kinds and regions."""
    return sort_by_place(tuple(_wrong(units, *_known(pack, round_))))


def _known(pack: Pack, round_: Round) -> tuple[tuple[str, ...], Codes]:
    """Return the kinds and the regions that a roster may name."""
    return tuple(kind.id for kind in pack.kinds), frozenset(region.code for region in round_.regions)


def _wrong(units: Sequence[Enrolled], kinds: tuple[str, ...], regions: Codes) -> Iterator[Problem]:
    first: dict[str, Enrolled] = {}
    for one in units:
        before = first.setdefault(person(one.code), one)
        if before is not one:
            yield TWO_ALIKE.at(one.source, code=one.code, other=before.code, place=before.source)
        if one.kind not in kinds:
            yield e.UNKNOWN_KIND.at(one.source, kind=one.kind, **hints(one.kind, kinds))
        if one.region and regions and one.region not in regions:
            yield e.UNKNOWN_REGION.at(one.source, region=one.region, **hints(one.region, regions))


def roster_text(units: Iterable[Enrolled]) -> str:
    """Return the file of a roster: a line a unit."""
    lines = [f"  - {{{', '.join(f'{key}: {value}' for key, value in _parts(one))}}}\n" for one in units]
    return HEAD + ("units:\n" + "".join(lines) if lines else "units: []\n")


def _parts(unit: Enrolled) -> Iterator[tuple[str, str]]:
    yield "code", quoted(unit.code)
    yield "kind", unit.kind
    yield "name", quoted(unit.name)
    if unit.region:
        yield "region", quoted(unit.region)
