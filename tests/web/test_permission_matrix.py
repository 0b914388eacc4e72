"""Every address, for every role, at a unit of its own, below it and elsewhere: the application answers what the table says.

An address that this table does not list fails the test, so that none is made without somebody saying who may see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.web.peopled import ACCOUNTS, ROUND, UNITS, enter
from tests.web.visitor import Form

from meihao.people.permissions import may, permissions
from meihao.people.places import RoundMap, relation
from meihao.people.roles import ADMINISTRATORS, NAMES
from meihao.round.phases import PhaseNow

OPEN = frozenset((
    "home", "check", "blank_form", "try_out", "round", "standard", "verify", "login", "logout", "begin",
))  # fmt: skip
"""Addresses for anybody; a page of them may show more to whoever is logged in, as tests of its own say."""
OWN = frozenset(("password", "totp", "account", "inbox"))
"""Addresses of whoever is logged in."""
TABLE: Mapping[str, str] = {
    "unit": "see_result", "unit_report": "see_report", "people": "manage_accounts", "people_book": "manage_accounts",
    "people_plan": "manage_accounts", "people_apply": "manage_accounts", "people_slips": "manage_accounts",
    "fill": "see_form", "fill_part": "see_form", "fill_check": "see_form", "fill_book": "see_form", "withdraw": "withdraw",
    "receipt": "see_submission", "receipt_pdf": "see_submission", "return_slip": "see_submission", "paper": "see_document",
    "review": "see_application", "register": "correct", "extend": "extend", "person": "manage_accounts",
    "may": "see_permissions",
    "journal": "read_journal", "security": "manage_security",
}  # fmt: skip
"""The action that an address asks the table for."""
POSTED = frozenset(("people_plan", "people_apply", "people_slips", "withdraw"))
LACKING = frozenset(("people_slips", "receipt", "receipt_pdf", "return_slip", "paper"))
"""Addresses of what is not there in this round: whoever may see it reads so, as does whoever may not."""
OF_A_UNIT = (
    "unit",
    "unit_report",
    "fill",
    "fill_check",
    "fill_book",
    "withdraw",
    "receipt",
    "receipt_pdf",
    "return_slip",
    "review",
    "extend",
)
OF_ONE_THING = {"fill_part": "village.party", "paper": "0" * 64, "register": "grids"}
CODES = tuple(unit.code for unit in UNITS)
ON = RoundMap(
    {"10": ("10",), "101": ("101", "10"), "102": ("102", "10"), "20": ("20",)}, {one.code: one.region for one in UNITS}
)
BY_LOGIN = {account.login: account for account in ACCOUNTS}


def names() -> set[str]:
    from meihao.web.urls import urlpatterns

    return {one.name for one in urlpatterns}


def addresses(name: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of a page, and the code of the unit that each is about."""
    from django.urls import reverse

    if name == "person":
        yield reverse(name, args=("county",)), ""
    elif name in OF_ONE_THING:
        more = OF_ONE_THING[name]
        yield from ((reverse(name, args=(code, more)), code) for code in CODES)
    elif name in OF_A_UNIT:
        yield from ((reverse(name, args=(code,)), code) for code in CODES)
    else:
        yield reverse(name), ""


def test_every_address_is_in_the_table() -> None:
    missing = names() - OPEN - OWN - TABLE.keys()
    assert not missing, "say who may see it: OPEN, OWN, or TABLE with the action that it asks for"
    assert set(TABLE.values()) <= permissions().actions.keys()


PHASES_LINE: Mapping[str, str] = {
    "any": "", **{phase: f"phases: [{{phase: {phase}, from: 2026-05-01}}]\n" for phase in ("apply", "notice")},
}  # fmt: skip
"""What the round says of its phases, so that it is in one of them now."""
PHASED = ("applicant", "township", "county")
"""Those whose pages depend on the phase."""


def put_phases(said: str) -> None:
    """Put phases into the round that is served."""
    from django.conf import settings

    home = settings.MEIHAO.sessions["zh"].home
    with home.turn(home.ledger()):
        home.put_text("round.yaml", (ROUND + said).encode())


@pytest.mark.parametrize(
    ("login", "phase"),
    [*((login, "any") for login in BY_LOGIN), *((login, phase) for login in PHASED for phase in ("apply", "notice"))],
)
def test_the_application_answers_what_the_table_says(client: Any, staffed: Path, login: str, phase: PhaseNow) -> None:
    if phase != "any":
        put_phases(PHASES_LINE[phase])
    enter(client, login)
    sent = {"csrfmiddlewaretoken": Form(client.get("/account").text, "").fields["csrfmiddlewaretoken"]}
    for name, action in TABLE.items():
        for address, code in addresses(name):
            page = client.post(address, sent) if name in POSTED else client.get(address)
            allowed = bool(may(BY_LOGIN[login], action, ON.unit(code), ON, phase))
            # A form that is let in and lacks its file or slips is refused in words, 422, or 404 for slips that are none.
            wanted = (200, 422, 404 if name in LACKING else 200) if allowed else (404,)
            assert page.status_code in wanted, (address, page.status_code)


def test_nobody_unknown_gets_anything_that_takes_an_account(client: Any, staffed: Path) -> None:
    sent = {"csrfmiddlewaretoken": Form(client.get("/login").text, "").fields["csrfmiddlewaretoken"]}
    for name in {*TABLE, *OWN}:
        for address, _ in addresses(name):
            page = client.post(address, sent) if name in POSTED else client.get(address)
            assert page.status_code == 302, address
            assert page.headers["Location"].startswith("/login"), address


def test_without_people_nothing_that_takes_an_account_is_there(client: Any, lone: None) -> None:
    for name in TABLE:
        for address, _ in addresses(name):
            assert client.get(address).status_code in (404, 405), address


# ---- the table itself


def expected(role: str, where: str, phase: PhaseNow, action: str) -> bool:
    """Return what the designs say, in other words than the table: who may do what to units of one's own, below, elsewhere."""
    after, mine = phase in ("notice", "objection", "named"), where in ("own", "below")
    works = phase != "before" and not after
    sees = {"see_progress", "see_roster", "see_submission", "see_document"}
    reviews = sees | {"see_application"} | ({"review", "return_item", "correct"} if works else set())
    match role:
        case "applicant":
            fills = sees | {"see_form"} | ({"fill_in", "submit"} if works else set())
            fills |= {"withdraw"} if phase in ("any", "apply", "review") else set()
            return where == "own" and (action in fills or (after and action in ("see_result", "see_report")))
        case "township":
            return mine and (action in reviews or (after and action in ("see_result", "see_report")))
        case "county":
            return mine and action in reviews | {"see_result", "see_report", "extend"}
        case "inspector":
            return where == "own" and action in ("see_roster", "see_submission", "see_document", "inspect")
        case "member" | "secretary":
            return action in sees | {"see_result", "see_report"} | (
                {"extend", "export_round"} if role == "secretary" else set()
            )
        case "author":
            return action == "see_progress"
        case _:
            own = {"accounts": {"manage_accounts", "see_permissions", "see_roster"}, "security": {"manage_security"}}
            return action in own.get(role, {"read_journal"})


@pytest.mark.parametrize("role", NAMES)
def test_the_table_says_what_was_decided(role: str) -> None:
    account = BY_LOGIN[role]
    for code in CODES:
        where = min(
            (relation(grant, ON.unit(code), ON) for grant in account.grants), key=["own", "below", "other"].index
        )
        for phase in get_args(PhaseNow):
            for action in permissions().actions:
                found = may(account, action, ON.unit(code), ON, phase)
                assert bool(found) == expected(role, where, phase, action), (code, where, phase, action)
                assert found.reason.zh
                assert found.reason.en
                assert (found.grant in account.grants) == bool(found)


def test_an_administrator_has_no_part_in_the_round() -> None:
    part = {"fill_in", "submit", "review", "correct", "inspect", "see_result", "see_document", "see_submission"}
    for login in ADMINISTRATORS:
        assert not any(may(BY_LOGIN[login], action, ON.unit(code), ON) for action in part for code in CODES)
