"""Reads notice.yaml beside the round file: what the issuing office sets on a public notice (head, number, period, contact).

Nothing is made up: what is not given stays a line to write on. Working days are counted by calendar.yaml of the round.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from ..core.calendar import parse_date
from ..core.problems import Problem, Problems, Source, errors
from ..core.workdays import A_DAY, Workdays
from ..round.calendar import read_calendar_file
from ..round.model import Round
from ..text_in.shape import read_shaped
from ..text_in.yaml_reader import YamlDocument
from . import messages
from .official import Office

Typeface = Literal["bundled", "fangsong"]
NAME = "notice.yaml"
CALENDAR = "calendar.yaml"
CONTACTS = ("office", "person", "telephone", "email", "address")


class Publication(Office, frozen=True):
    """What the office sets on a notice. `contact` has (part, text) in order.

    `first` and `last` are both days of the notice; `working_days` is how many of them are working days, 0 where not counted.
    """

    first: date | None = None
    last: date | None = None
    working_days: int = 0
    contact: tuple[tuple[str, str], ...] = ()
    typeface: Typeface = "bundled"


def publication_of(round_: Round) -> tuple[Publication, Problems]:
    """Return what stands in `notice.yaml` beside the round's file; where there is none, everything is left open."""
    folder = Path(round_.source.file).parent
    if not round_.source.file or not (folder / NAME).is_file():
        return Publication(), ()
    calendar, problems = read_calendar_file(folder / CALENDAR)
    found, said = read_publication(folder / NAME, calendar)
    return found, (*problems, *said)


def read_publication(path: Path, calendar: Workdays) -> tuple[Publication, Problems]:
    """Return what a file sets; an empty publication where an error makes it unusable. Raises OSError."""
    text, problems = read_shaped(path, "notice")
    if text is None:
        return Publication(), problems
    found = _publication(text, calendar)
    problems = tuple(_doubts(text, found, calendar))
    return (Publication() if errors(problems) else found), problems


def _publication(text: YamlDocument, calendar: Workdays) -> Publication:
    data: Any = text.data
    first, last = (parse_date(data.get(key, "")) for key in ("from", "until"))
    days = data.get("working_days", 0)
    if first and days and not last:
        last = calendar.deadline(first - A_DAY, days)  # the first day counts
    if first and last and not days:
        days = calendar.between(first - A_DAY, last)
    given = data.get("contact", {})
    return Publication(
        *office_of(text), first, last, days, tuple((part, given[part]) for part in CONTACTS if part in given),
        data.get("typeface", "bundled"),
    )  # fmt: skip


def office_of(text: YamlDocument) -> tuple[str, str, tuple[str, ...], date | None]:
    """Return the fields of an `Office` as a file of it gives them."""
    data: Any = text.data
    return (
        data.get("issued_by", ""),
        data.get("number", ""),
        tuple(data.get("title", ())),
        parse_date(data.get("dated", "")),
    )


def _doubts(text: YamlDocument, found: Publication, calendar: Workdays) -> Iterator[Problem]:
    """Yield what does not agree in the dates of a notice."""
    data: Any = text.data
    if found.first and found.last and found.last < found.first:
        yield messages.PERIOD_REVERSED.at(text.at(("until",)), first=found.first, last=found.last)
    if not found.first and ("until" in data or "working_days" in data):
        yield messages.PERIOD_WITHOUT_START.at(text.at(()))
    if found.first and not calendar.works(found.first):
        yield messages.STARTS_ON_REST_DAY.at(text.at(("from",)), day=found.first)
    if "until" in data and "working_days" in data and found.first and found.last:
        counted = calendar.between(found.first - A_DAY, found.last)
        if counted != found.working_days:
            yield messages.DAYS_DISAGREE.at(text.at(("working_days",)), given=found.working_days, counted=counted)
    if found.first and found.last and not calendar.holidays:
        yield messages.NO_HOLIDAYS.at(Source(text.at(()).file), first=found.first, last=found.last)
