"""A self-check of a compound in the browser, from what was typed to the page, against the same judgement in process."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import perf_counter, sleep
from typing import Any

from meihao.assessment.assess import assess
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.infer.reference import conclude
from meihao.assessment.plan import plan_of
from meihao.evidence.typed import DOCUMENTS, TypedUnit, as_typed
from meihao.forms.questions import question_pages
from meihao.round.cases import make_cases
from meihao.sample.invent import invent
from meihao.sample.recipe import read_recipe
from meihao.uses.session import Opening, Session, open_session
from meihao.uses.try_files import kept_answers
from meihao.uses.try_out import try_out

from .timing import ROOT, Table, against, interleaved

KIND, DAY = "compound", date(2026, 6, 30)
JUDGED = "case made, judged and explained in process"
PEOPLE = 20
AT_MOST = 3.0
P95_MS = 50.0
BUTTONS = {"score": "the score", "again": "a page of questions", "result": "the result"}
PAUSE = 1.0  # seconds between the changes of somebody who fills in


def run(rounds: int = 15, times: int = 20, changes: int = 15) -> Table:
    """Time one check in turns, then the score of 20 people at once from the handler of one process."""
    session, problems = open_session(Opening(on=DAY))
    if session is None:
        raise RuntimeError("\n".join(problem.text() for problem in problems))
    typed = _typed(session)
    ask = _handler(session, typed)
    tried, _ = try_out(session, typed)
    if tried is None:
        raise RuntimeError("nothing was judged")
    unit = tried.judged.evidence
    if unit is None or f"<dd>{tried.explained.total}</dd>" not in ask("result").text:
        raise RuntimeError("the page says something else than the use case")

    def judged() -> object:
        (case,) = make_cases(session.pack, session.round, (unit,), False)
        assessment = assess(plan_of(session.pack, KIND), case, conclude)
        return explain_unit(assessment, session.pack, session.lang, case)

    parsed = {go: _parsed(session, typed, go) for go in BUTTONS}
    works: dict[str, Callable[[], object]] = {
        JUDGED: judged,
        "the same from what was typed": lambda: try_out(session, typed),
    }
    works |= {f"parsed fields to rendered page: {what}": parsed[go] for go, what in BUTTONS.items()}
    works["whole request, test client and middleware too: the score"] = lambda: ask("score")
    seconds = interleaved({name: _times(work, times) for name, work in works.items()}, rounds)
    targets = {name: AT_MOST for name in seconds if name.startswith("parsed")}
    lines = against(JUDGED, seconds, times, "ms/check", 1e3, targets)
    notes = (_together(ask, changes, PAUSE), _together(ask, changes, 0))
    return Table("A self-check of a compound", JUDGED, lines, notes)


def _times(work: Callable[[], object], times: int) -> Callable[[], None]:
    def several() -> None:
        for _ in range(times):
            work()

    return several


def _typed(session: Session) -> TypedUnit:
    """Return what somebody would type who fills in everything: a unit of the sample round."""
    from meihao.evidence.unit_file import read_unit
    from meihao.text_in.yaml_reader import read_yaml

    asked = [line.id for page in question_pages(session.pack, KIND) for line in page.lines]
    for file in invent(session.pack, read_recipe(ROOT / "examples" / "demo")):
        if f"kind: {KIND}" in file.text and file.path.endswith(".evidence.yaml"):
            text, _ = read_yaml(file.text.encode(), file.path)
            unit, _ = read_unit(text, session.pack) if text else (None, ())
            if unit is not None:
                return as_typed(unit, session.pack, asked)
    raise RuntimeError(f"the sample has no {KIND}")


def _posted(session: Session, typed: TypedUnit, go: str) -> dict[str, str]:
    """Return what the first page of questions sends when a button is pressed."""
    from meihao.web.try_form import name_of

    page = question_pages(session.pack, KIND)[0]
    sent = {"state": kept_answers(session, typed).decode(), "at": page.id, "go": go}
    sent |= {name: text for name, text in typed.answers.items() if isinstance(text, str) and (name,) in page.paths}
    return sent | {name_of((DOCUMENTS, one.title.zh)): "1" for one in page.documents if one.title.zh in typed.documents}


def _parsed(session: Session, typed: TypedUnit, go: str) -> Callable[[], object]:
    """Return what answers a request whose fields have been parsed."""
    from django.test import RequestFactory

    from meihao.web.pages.try_out import try_out as view

    request: Any = RequestFactory().post("/try", _posted(session, typed, go))
    request.lang = session.lang
    len(request.POST)  # parsed at the first look
    return lambda: view(request)


def _handler(session: Session, typed: TypedUnit) -> Callable[[str], Any]:
    """Return what presses a button, through every middleware."""
    from meihao.web.settings import set_up
    from meihao.web.site import site_of

    set_up(site_of(session), ("testserver",))
    from django.test import Client

    posted = {go: _posted(session, typed, go) for go in BUTTONS}

    def ask(go: str) -> Any:
        answer = Client().post("/try", posted[go])
        if answer.status_code != 200:
            raise RuntimeError(f"{go}: {answer.status_code}")
        return answer

    return ask


def _together(ask: Callable[[str], object], times: int, pause: float) -> str:
    """Return how long the score took for so many people, each of whom changes an answer so many times with a pause between."""

    def person(number: int) -> list[float]:
        taken = []
        sleep(pause * number / PEOPLE)
        for _ in range(times):
            start = perf_counter()
            ask("score")
            taken.append(perf_counter() - start)
            sleep(max(0, pause - taken[-1]))
        return taken

    with ThreadPoolExecutor(PEOPLE) as people:
        taken = sorted(one for found in people.map(person, range(PEOPLE)) for one in found)
    median, late = (1000 * taken[int(len(taken) * share)] for share in (0.5, 0.95))
    how = f"one change in {pause:g} s each" if pause else "without a pause"
    return f"{PEOPLE} people in one process, {how}: median {median:.0f} ms, p95 {late:.0f} ms (aim {P95_MS:.0f} ms)"
