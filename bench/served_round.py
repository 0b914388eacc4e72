"""Makes a served folder of thousands of units: three submissions of each, accounts for all who work there, forms that are open.

It is the sample round with as many units as wanted, as it stands while townships review, put into a database by the use
case that `round load` calls. Every twentieth unit took its application back, so that its form is open; the others wait for
their township. A folder that was made once is kept and copied, for as long as the standard and `EDITION` stay as they are.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory, gettempdir

import msgspec
from msgspec import Struct

from meihao.core.files import write_whole
from meihao.evidence.files import EVIDENCE
from meihao.people.accounts import Account
from meihao.people.places import RoleGrant
from meihao.sample.invent import SampleFile
from meihao.sample.recipe import Recipe, read_recipe
from meihao.sample.stages import round_as_of, stage_day
from meihao.standard.resources import default_pack
from meihao.store.journal import Hand
from meihao.store.ledger import LEDGER, Receipt, chained
from meihao.store.steps import ApplicationStep

from .sample import default

EDITION = 2  # of what is made here
UNITS, EACH, STAGE, PASSWORD = 3000, 3, "review", "measured with patience"
TOWNSHIPS = 10  # of each county
OPEN_EVERY = 20  # of so many units one has its form open


class Place(Struct, frozen=True):
    """A served folder to work on: where, which day it is there, and the logins of each role."""

    folder: str
    day: date
    applicants: dict[str, str]
    townships: tuple[str, ...]
    counties: tuple[str, ...]
    city: str


def copied(to: Path, units: int = UNITS) -> Place:
    """Return a copy of the folder of so many units, which is made at the first call."""
    kept = _kept(units)
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as begun:
            made = Path(begun) / "served"
            write_whole(made / "place.json", msgspec.json.encode(_made(made, units)))
            os.replace(made, kept)
    copytree(kept, to)
    found = msgspec.json.decode((to / "place.json").read_bytes(), type=Place)
    return msgspec.structs.replace(found, folder=str(to))


def _kept(units: int) -> Path:
    return Path(gettempdir()) / "meihao-bench" / f"{EDITION}-{default().digest[:12]}-{units}"


def forget(units: int) -> None:
    """Throw away the folder of so many units that is kept."""
    rmtree(_kept(units), ignore_errors=True)


def _made(folder: Path, units: int) -> Place:
    from meihao.uses.move_round import load_round
    from meihao.web.settings import set_up_tables

    set_up_tables()
    from meihao.web.kept.home import DatabaseHome
    from meihao.web.kept.served import open_served

    recipe = _recipe(units)
    day = stage_day(recipe, STAGE)
    assert day is not None
    with TemporaryDirectory() as plain:
        for file in _files(recipe, day):
            write_whole(Path(plain) / file.path, file.text.encode())
        folder.mkdir(parents=True)
        alias = open_served(folder, create=True)
        hand = Hand("bench", lambda: datetime(day.year, day.month, day.day, 8, tzinfo=UTC))
        home = DatabaseHome(folder, str(alias), recipe["seed"], hand)
        held, problems = load_round(Path(plain), home)
    if held is None:
        raise RuntimeError("\n".join(one.text("en") for one in problems[:5]))
    return _peopled(home, recipe, day)


def _recipe(units: int) -> Recipe:
    """Return the recipe of the sample round with townships in its counties, as many units, and names enough for them."""
    given = read_recipe(default_pack() / "examples" / "demo")
    share = units / sum(spec["count"] for spec in given["units"].values())
    counts = {kind: int(spec["count"] * share) for kind, spec in given["units"].items()}
    counts[next(iter(counts))] += units - sum(counts.values())
    townships = [
        {"code": f"{county['code'][:-2]}{n:02}", "name": f"{county['name'][:2]}{n}镇", "share": county["share"]}
        for county in given["regions"]
        for n in range(1, TOWNSHIPS + 1)
    ]
    more = [first + second for first in "东南西北上下" for second in "甲乙丙丁"]
    return {
        **given, "regions": townships, "counties": given["regions"], "level": "township", "seed": f"bench-{units}",
        "units": {kind: {**spec, "count": counts[kind]} for kind, spec in given["units"].items()},
        "syllables": [*given["syllables"], *more],
    }  # fmt: skip


def _files(recipe: Recipe, day: date) -> Iterator[SampleFile]:
    """Yield the files of the round as of a day with the first submissions of each unit, and a ledger of these."""
    receipts: list[Receipt] = []
    for file in round_as_of(default(), recipe, day):
        if file.path == "round.yaml":
            yield SampleFile(file.path, _with_counties(file.text, recipe))
        elif file.path == LEDGER:
            lines = file.text.splitlines()
            receipts = [one for line in lines if (one := msgspec.json.decode(line, type=Receipt)).number <= EACH]
        elif not file.path.startswith(f"{EVIDENCE}/") or int(Path(file.path).name[:4]) <= EACH:
            yield file
    yield SampleFile(LEDGER, "".join(line.decode() + "\n" for line in chained(receipts)))
    assert set(Counter(one.unit for one in receipts).values()) == {EACH}


def _with_counties(text: str, recipe: Recipe) -> str:
    """Return the text of the round without phases, and with a county above each of its regions."""
    for town in recipe["regions"]:
        text = text.replace(f'{{code: "{town["code"]}",', f'{{code: "{town["code"]}", parent: "{town["code"][:-2]}00",')
    rows = (f'  - {{code: "{one["code"]}", name: {one["name"]}, level: county}}\n' for one in recipe["counties"])
    text = re.sub(r"phases:\n(  - \{phase: .*\n)+", "", text)  # so that forms are open while others are reviewed
    return text.replace("regions:\n", "regions:\n" + "".join(rows))


def _peopled(home: object, recipe: Recipe, day: date) -> Place:
    """Put accounts into the folder of a round, and take some applications back."""
    from meihao.uses.session import Opening, open_session
    from meihao.web.kept.home import DatabaseHome
    from meihao.web.kept.people import Credential, People
    from meihao.web.passwords import hashed

    assert isinstance(home, DatabaseHome)
    session, problems = open_session(Opening(home=home))
    if session is None:
        raise RuntimeError("\n".join(one.text("en") for one in problems))
    codes = sorted(home.units())
    of_unit = {f"unit{n:05}": code for n, code in enumerate(codes)}
    towns = {f"town{n:03}": str(one["code"]) for n, one in enumerate(recipe["regions"])}
    counties = {f"county{n:02}": str(one["code"]) for n, one in enumerate(recipe["counties"])}
    accounts = [
        *(Account(login, f"填报{code}", code, (RoleGrant("applicant", code),)) for login, code in of_unit.items()),
        *(Account(login, f"镇审{code}", code, (RoleGrant("township", code),)) for login, code in towns.items()),
        *(Account(login, f"县审{code}", code, (RoleGrant("county", code),)) for login, code in counties.items()),
        Account("city", "市审", "", tuple(RoleGrant("county", code) for code in counties.values())),
    ]
    kept = hashed(PASSWORD)
    people = People(home.alias, home.hand)
    people.put(accounts, "bench", [Credential(one.login, kept, False) for one in accounts])
    again = {login: code for n, (login, code) in enumerate(of_unit.items()) if n % OPEN_EVERY == 0}
    with home.turn(home.ledger()):
        home.add_steps(tuple(_taken_back(again.values(), day)))
    return Place(str(home.place), day, again, tuple(towns), tuple(counties), "city")


def _taken_back(codes: Iterable[str], day: date) -> Iterator[ApplicationStep]:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=1)
    for code in codes:
        yield ApplicationStep(
            code, 1, "withdraw", "applicant", f"填报{code}", at.isoformat(), "withdrawn", reason="重新核对"
        )
