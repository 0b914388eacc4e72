"""Writes `round.yaml` of an invented round: as it ends, or as it stands on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from ..core.calendar import parse_date
from ..core.text import quoted
from ..standard.model import Pack
from .recipe import Recipe


def round_text(pack: Pack, recipe: Recipe, applicants: Mapping[str, int], on: date | None = None) -> str:
    """Return the text; `on` is the day as of which it stands. Where none is named, all is over, and nothing is due."""
    last = day_in(recipe["reference_date"])
    lines = [
        "# 示例批次，数据全部编造 sample round: every figure is invented",
        f"round: {quoted(recipe['seed'])}",
        f"title: {quoted(recipe['title'])}",
        f"title_en: {quoted(recipe['title_en'])}",
        f"reference_date: {quoted(recipe['reference_date'])}",
        f"closed: {'true' if on is None or on > last else 'false'}",
        f"stage: {'verified' if on is None or on >= _applied(recipe) else 'self'}",
        "sample_data: true",
        f"lot_seed: {quoted(recipe['seed'] + '-lot')}",
        *(_due(recipe) if on else ()),
        *(_phases(recipe) if on else ()),
        "regions:",
    ]
    for r in recipe["regions"]:
        count = applicants.get(r["code"], 0)
        names = f"code: {quoted(r['code'])}, name: {r['name']}, level: {recipe['level']}"
        lines.append(f"  - {{{names}, applicants: {count}, households: {r['share'] * 5000}}}")
    if on is None or on >= day_in(recipe["registers_received"]):
        lines += _receipts(pack, recipe)
    if on and "objection" in recipe and on >= day_in(recipe["objection"]["date"]):
        lines += _decided(recipe)
    return "\n".join(lines) + "\n"


def day_in(text: str) -> date:
    """Return a day of a recipe. Raises ValueError where it is none."""
    day = parse_date(text)
    if day is None:
        raise ValueError(text)
    return day


def _applied(recipe: Recipe) -> date:
    """Return the day on which the last applicant hands in; from then on it is verified what they said."""
    return day_in(recipe["reference_date"]) - timedelta(days=recipe["roles"]["other_days"][0])


def _due(recipe: Recipe) -> Iterator[str]:
    """Yield until when each role hands in: applicants may complete their registers up to the reference date."""
    last, roles = day_in(recipe["reference_date"]), recipe["roles"]
    before = {"applicant": 0, "township": roles["county_days"][0], "county": roles["county_days"][0],
              "inspector": roles["inspector_days"][0]}  # fmt: skip
    yield "due:"
    yield from (f"  {role}: {last - timedelta(days=days)}" for role, days in before.items())


def _phases(recipe: Recipe) -> Iterator[str]:
    """Yield the phases: applying from the first application on, each other from the day that shows it."""
    days = {stage: day_in(day) for stage, day in recipe["stages"].items()}
    first = day_in(recipe["reference_date"]) - timedelta(days=recipe["roles"]["other_days"][1])
    begun = [(stage, min(day, first) if stage == "apply" else day) for stage, day in days.items()]
    yield "phases:"
    for (stage, start), (_, after) in pairwise(begun):
        yield f"  - {{phase: {stage}, from: {start}, until: {after - timedelta(days=1)}}}"
    yield f"  - {{phase: {begun[-1][0]}, from: {begun[-1][1]}}}"


def _receipts(pack: Pack, recipe: Recipe) -> Iterator[str]:
    """Yield the receipts of the registers: all of them came in whole, as of the reference date."""
    if pack.registers:
        yield "registers:"
    for register in pack.registers:
        days = f"as_of: {recipe['reference_date']}, received: {recipe['registers_received']}"
        yield f"  - {{register: {register.id}, whole: true, {days}, by: {recipe['roles']['registry']}}}"


def _decided(recipe: Recipe) -> Iterator[str]:
    """Yield the decision by which what an objection found wrong is corrected."""
    spec = recipe["objection"]
    yield "decisions:"
    yield f"  - id: {spec['id']}"
    yield "    kind: objection"
    yield f"    units: [{quoted(spec['unit'])}]"
    yield from (f"    {key}: {spec[key]}" for key in ("by", "date", "until", "reason"))
