"""A served round of 3,000 units: pages against a bare page of Django, the longest list, memory, and a rebuild of all results.

The servers run as processes of their own, as `serve` starts them. What counts of a page is the CPU time that they use for a
request on a connection that is kept, the least of several turns; of the list, how long one waits for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from datetime import date
from itertools import cycle, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from msgspec.structs import replace

from meihao.core.problems import LANGS

from .browser import Browser, Fields
from .served_round import EACH, PASSWORD, UNITS, Place, copied
from .serving import Serving, serving
from .timing import Line, Table

BARE = "a bare page of Django with one indexed query"
FORM, PROGRESS = "a page of an applicant's form", "progress of the round"
LISTS = {"/round?page=7": "results", "/inbox?state=submitted&page=7": "inbox"}
FORM_AT_MOST, PROGRESS_AT_MOST, LIST_MS, REBUILD_SECONDS, GROWTH = 3.0, 5.0, 300.0, 60.0, 5.0
TOGETHER, SETTLED = 4, 10  # browsers at once while memory is watched; the share after which it should stay as it is


def run(units: int = UNITS, rounds: int = 5, times: int = 60, lists: int = 100, requests: int = 20_000) -> Table:
    """Serve and measure; the rebuild comes last, in this process."""
    with TemporaryDirectory() as name:
        place = copied(Path(name) / "served", units)
        database = Path(place.folder) / "meihao.sqlite3"
        with serving("bare_page", str(database)) as bare, _served(place) as ours:
            asks = {BARE: _bare(bare, database), FORM: _form(ours, place), PROGRESS: _progress(ours, place)}
            seconds = _turns(asks, {BARE: bare, FORM: ours, PROGRESS: ours}, rounds, times)
            notes = [_list(ours, place, path, what, lists) for path, what in LISTS.items()]
            notes.append(_memory(ours, place, requests))
        notes.append(_rebuilt(Path(place.folder), place.day))
    targets = {FORM: FORM_AT_MOST, PROGRESS: PROGRESS_AT_MOST}
    lines = tuple(Line(n, s * 1e3, "ms/page", s / seconds[BARE], targets.get(n)) for n, s in seconds.items())
    return Table(f"A served round of {units:,} units, {EACH} submissions each", BARE, lines, tuple(notes))


def _served(place: Place) -> AbstractContextManager[Serving]:
    return serving("served_process", place.folder, place.day.isoformat())


def _turns(
    asks: Mapping[str, Callable[[], object]], of: Mapping[str, Serving], rounds: int, times: int
) -> dict[str, float]:
    """Return the least CPU seconds of a server for a request; the pages take turns, in changing order."""
    least = dict.fromkeys(asks, float("inf"))
    for turn in range(rounds + 1):
        for name in asks if turn % 2 else reversed(asks):
            before = of[name].seconds()
            for _ in range(times):
                asks[name]()
            if turn:  # the first turn warms up
                least[name] = min(least[name], (of[name].seconds() - before) / times)
    return least


def _bare(server: Serving, database: Path) -> Callable[[], object]:
    with closing(sqlite3.connect(database)) as kept:
        units = [f"/{code}/{unit}" for code, unit in kept.execute("SELECT round_id, unit FROM submission LIMIT 500")]
    browser, path = server.browser(), cycle(units)
    return lambda: browser.get(next(path))


def _form(server: Serving, place: Place) -> Callable[[], object]:
    """Return what asks for the first part of a unit's form, which is open, as its applicant."""
    login, code = next(iter(place.applicants.items()))
    browser = _entered(server, login)
    path = parts_of(browser, code)[0]
    if 'name="go" value="next"' not in browser.get(path).text:
        raise RuntimeError("the form is not open")
    return lambda: browser.get(path)


def _progress(server: Serving, place: Place) -> Callable[[], object]:
    """Return what asks for the progress of the whole round, as somebody who sees every unit."""
    browser = _entered(server, place.city)
    return lambda: browser.get("/round")


def _entered(server: Serving, login: str) -> Browser:
    browser = server.browser()
    browser.enter(login, PASSWORD)
    return browser


def parts_of(browser: Browser, code: str) -> list[str]:
    """Return the addresses of the parts of a unit's form, as its page of tasks lists them."""
    pieces = browser.get(f"/u/{code}/fill").text.split(f'href="/u/{code}/fill/part/')[1:]
    return [f"/u/{code}/fill/part/{piece.partition(chr(34))[0]}" for piece in pieces]


def _list(server: Serving, place: Place, path: str, what: str, times: int) -> str:
    """Return how long a page of a list of all units takes, one after the other."""
    browser, taken = _entered(server, place.city), []
    for _ in range(times):
        start = perf_counter()
        browser.get(path)
        taken.append(1e3 * (perf_counter() - start))
    return f"a page of the list of all units ({what}): {spread(taken)} (aim p95 {LIST_MS:.0f} ms)"


def spread(milliseconds: list[float]) -> str:
    """Say how long half of the answers took at most, and 95 of 100."""
    taken = sorted(milliseconds)
    median, late = (taken[min(int(len(taken) * share), len(taken) - 1)] for share in (0.5, 0.95))
    return f"median {median:.0f} ms, p95 {late:.0f} ms"


def _memory(server: Serving, place: Place, requests: int) -> str:
    """Return how the memory of the server grew over so many requests of people who look around and type."""
    first = max(requests // SETTLED, 1)
    with ThreadPoolExecutor(TOGETHER) as people:
        walks = [_walk(server, place, n) for n in range(TOGETHER)]
        list(people.map(lambda walk: _go(walk, first), walks))
        settled = server.memory()
        list(people.map(lambda walk: _go(walk, requests - first), walks))
    ended = server.memory()
    growth = 100 * (ended - settled) / settled
    workers = len(server.processes()) - 1
    return (
        f"memory of {workers} processes: {settled:.0f} MB after {first:,} requests, {ended:.0f} MB after {requests:,}: "
        f"{growth:+.1f} % (aim less than {GROWTH:.0f} %)"
    )


def _walk(server: Serving, place: Place, number: int) -> Callable[[], object]:
    """Return what makes the next request of a person: three look around as applicant, reviewer or visitor, and one types."""
    logins = list(place.applicants)
    login = (logins[number % len(logins)], place.townships[number % len(place.townships)], place.city)[number % 3]
    browser, visitor = _entered(server, login), server.browser()
    code = place.applicants.get(login, "")
    own = [f"/u/{code}/fill", *parts_of(browser, code)] if code else ["/inbox", "/round", "/account"]
    paths = cycle([*own, "/", "/standard", "/round", "/try"])
    writes = cycle((code != "", *[False] * 9))

    def step() -> None:
        path = next(paths)
        if next(writes):
            page = browser.get(own[1])
            browser.post(own[1], {**Fields(page.text, "fill").of, "go": "live"})
        (visitor if path in ("/", "/standard", "/try") else browser).get(path)

    return step


def _go(step: Callable[[], object], requests: int) -> None:
    for _ in range(max(requests // TOGETHER, 1)):
        step()


def _rebuilt(folder: Path, day: date) -> str:
    """Return how long it takes to make anew all that is made from what was handed in. Nothing of it is stored anywhere."""
    from meihao.store.journal import Hand
    from meihao.uses.judge import explain
    from meihao.uses.rank import rank_round
    from meihao.uses.session import Opening, open_session
    from meihao.uses.standing import standing_of
    from meihao.web import clock
    from meihao.web.settings import set_up_tables

    set_up_tables()
    from meihao.web.kept.home import DatabaseHome
    from meihao.web.kept.served import home_in, open_served

    home = home_in(folder, str(open_served(folder)), Hand("bench", clock.now))
    assert isinstance(home, DatabaseHome)
    session, _ = open_session(Opening(home=home))
    assert session is not None
    taken = [process_time()]
    ranked, problems = rank_round(session, None)
    if ranked is None:
        raise RuntimeError("\n".join(one.text("en") for one in problems[:5]))
    taken.append(process_time())
    standing_of(session, ranked.judgement, day)
    taken.append(process_time())
    for lang in LANGS:
        for unit in ranked.judgement.units:
            explain(replace(session, lang=lang), unit)
    taken.append(process_time())
    read, stood, told = (after - before for before, after in pairwise(taken))
    return (
        f"everything made anew: {taken[-1] - taken[0]:.1f} s (read, judged and ranked {read:.1f}, progress {stood:.1f}, "
        f"sentences in both languages {told:.1f}; aim {REBUILD_SECONDS:.0f} s)"
    )
