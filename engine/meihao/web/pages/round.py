"""Shows how the round stands: who owes what until when, by role and region, and the units with their verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from msgspec import Struct
from msgspec.structs import replace

from ...assessment.results import State
from ...pipeline import Judged
from ...store.reminders import reminder_text, reminders
from ...store.standing_words import counts_text, day_text, due_text, lacks_text, phases_text, pressing_text
from ...store.status import Board, UnitState
from ...uses.session import Session
from ..access import for_whom
from ..clock import today
from ..opened import round_map
from ..paint import page, session_of
from ..phrases.round import ROUND
from ..results import RoundResults, round_results, standing_on
from ..site import served

ROWS = 50
STATES: tuple[State, ...] = ("passed", "failed", "undetermined")


@require_safe
def round_(request: Any) -> HttpResponse:
    """Show the board of the round; units and their verdicts only to those who may see them."""
    results = round_results()
    if results is None:
        return page(request, "refusal.html", ROUND, key="no_round")
    standing, problems = standing_on(today()) or (None, ())
    board = standing.board if standing else None
    return page(
        request, "round.html", ROUND, board=board,
        head=(day_text(board, request.lang), counts_text(board, request.lang)) if board else ("", ""),
        phase=phases_text(results.session.round.phases, today(), request.lang),
        due=[due_text(board, role, request.lang) for role, _ in board.roles] if board else [],
        problems=[one.text(request.lang) for one in (*results.problems, *problems) if one.severity == "error"],
        **_owing(request, board), **_units(request, results),
    )  # fmt: skip


class Owing(Struct, frozen=True):
    """A unit that still owes something, as the board lists it: its most pressing deadline, what it lacks, where it is done."""

    code: str
    name: str
    due: str
    lacks: str
    link: str


def _owing(request: Any, board: Board | None) -> dict[str, object]:
    """Return what the units that still owe something need on the page, of those that whoever asks may see."""
    units = _waiting(request, board) if board else ()
    if board is None or not units:
        return {"owing": None, "reminders": (), "reminded": None, "reminder": ""}
    found = reminders(units, session_of(request).round.regions, round_map().units)
    reminded = next((one for one in found if one.code == request.GET.get("remind")), None)
    return {
        "owing": _rows(request, board, units), "reminders": found, "reminded": reminded,
        "reminder": reminder_text(board, reminded, request.lang) if reminded else "",
    }  # fmt: skip


def _waiting(request: Any, board: Board) -> Sequence[UnitState]:
    """Return the units that still owe something, the most urgent first; none for those who may see none of them."""
    if request.account is None and not served().open_results:
        return ()
    sees = for_whom(request, "see_progress")
    return [one for one in board.units if not one.complete() and (request.account is None or sees(one.code))]


def _rows(request: Any, board: Board, units: Sequence[UnitState]) -> Any:
    """Return a page of units that still owe something."""
    fills, reviews = (for_whom(request, action) for action in ("see_form", "see_application"))
    rows = Paginator(units, ROWS).get_page(request.GET.get("owing"))
    rows.object_list = [
        Owing(
            one.code, one.name, pressing_text(board, one, request.lang), lacks_text(board, one, request.lang),
            "fill" if fills(one.code) else "review" if reviews(one.code) else "",
        )
        for one in rows.object_list
    ]  # fmt: skip
    return rows


def _units(request: Any, results: RoundResults) -> dict[str, object]:
    """Return what the list of units needs, of those that whoever asks may see; nothing where that is none."""
    units = _seen(request, results)
    if not units and not served().open_results:
        return {"counts": (), "rows": None, "told": ()}
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "state")}
    session = replace(results.session, lang=request.lang)
    rows = Paginator([one for one in units if _wanted(one, asked)], ROWS).get_page(request.GET.get("page"))
    return {
        "counts": _counts(units, session), "rows": rows, "told": list(map(results.spoken(request.lang).of, rows)),
        "asked": asked, "kinds": {one.id: one.title[request.lang] for one in session.pack.kinds}, "states": STATES,
    }  # fmt: skip


def _seen(request: Any, results: RoundResults) -> Sequence[Judged]:
    if served().open_results or request.account is None:
        return results.units if served().open_results else ()
    seen = for_whom(request, "see_result")
    return [one for one in results.units if seen(one.case.code)]


def _wanted(one: Judged, asked: dict[str, str]) -> bool:
    case, said = one.case, asked["q"].casefold()
    return (
        (not said or said in case.code.casefold() or said in case.name.casefold())
        and asked["kind"] in ("", case.kind)
        and asked["state"] in ("", one.assessment.verdict.state)
    )


def _counts(units: Sequence[Judged], session: Session) -> list[tuple[str | int, ...]]:
    """Return for each kind its title, how many units there are, and how many have each verdict."""
    counted = Counter((one.case.kind, one.assessment.verdict.state) for one in units)
    rows = [(kind.title[session.lang], [counted[kind.id, state] for state in STATES]) for kind in session.pack.kinds]
    return [(title, sum(numbers), *numbers) for title, numbers in rows]
