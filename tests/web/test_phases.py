"""The phases of a round on its pages: what is open, what can only be read, who sees results; by the clock of the server."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.web.peopled import ROUND, Clock, enter, shown
from tests.web.person import Person, fill
from tests.web.visitor import Form

PHASES = """phases:
  - {phase: apply, from: 2026-05-20, until: 2026-05-31}
  - {phase: review, from: 2026-06-01, until: 2026-06-10}
  - {phase: notice, from: 2026-06-11}
"""


@pytest.fixture
def phased(staffed: Path) -> Path:
    """The round with phases."""
    from django.conf import settings

    home = settings.MEIHAO.sessions["zh"].home
    with home.turn(home.ledger()):
        home.put_text("round.yaml", (ROUND + PHASES).encode())
    return staffed


@pytest.fixture
def on(phased: Path, time: Clock) -> Any:
    """Moves the clock to a day and gives somebody who is logged in on it."""

    def moved(login: str, day: str) -> Person:
        time.at = datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=UTC)
        return Person(login)

    return moved


@pytest.fixture
def handed_in(on: Any, counted: tuple[str, str]) -> None:
    """The application of A-1, handed in on the last day."""
    applicant = on("applicant", "2026-05-31")
    fill(applicant, counted, "12")
    applicant.go("/u/A-1/fill/check")
    assert "收件回执" in applicant.press("submit", form="").text


@pytest.mark.parametrize(
    ("day", "is_open", "said"),
    [
        ("2026-05-19", False, "W129 现在还不能填：“申报”从2026-05-20开始"),
        ("2026-05-20", True, ""),
        ("2026-05-31", True, ""),
        ("2026-06-01", False, "W128 申报已经截止，从2026-06-01起只能看，不能填"),
        ("2026-07-30", False, "W128 申报已经截止，从2026-06-01起只能看，不能填"),
    ],
)
def test_a_form_opens_and_closes_by_the_day_and_stays_readable(
    on: Any, counted: tuple[str, str], day: str, is_open: bool, said: str
) -> None:
    applicant = on("applicant", day)
    assert said in shown(applicant.go("/u/A-1/fill"))
    page = applicant.go(f"/u/A-1/fill/part/{counted[0]}")
    assert (page.status_code, 'value="next"' in page.text) == (200, is_open)


def test_what_is_sent_after_the_end_is_refused_with_the_reason_and_not_kept(on: Any, counted: tuple[str, str]) -> None:
    applicant = on("applicant", "2026-05-31")
    address = f"/u/A-1/fill/part/{counted[0]}"
    sent = Form(applicant.go(address).text, "fill").fields
    page = on("applicant", "2026-06-01").client
    token = Form(page.get("/account").text, "").fields["csrfmiddlewaretoken"]
    late = page.post(address, {**sent, counted[1]: "12", "go": "next", "csrfmiddlewaretoken": token})
    assert (late.status_code, "W151" in late.text) == (422, True)
    late = page.post("/u/A-1/fill/check", {"go": "submit", "csrfmiddlewaretoken": token})
    assert (late.status_code, "W128" in late.text) == (422, True)


def test_a_decision_opens_the_form_of_one_unit_again(on: Any, counted: tuple[str, str]) -> None:
    county = on("county", "2026-06-12")
    assert "/review/A-1/extend" in county.go("/review/A-1").text
    county.go("/review/A-1/extend")
    county.press("extend", {"id": "某委〔2026〕7号", "until": "2026-06-13", "why": "停电三天"}, form="extend")
    applicant = on("applicant", "2026-06-13")
    fill(applicant, counted, "12")
    applicant.go("/u/A-1/fill/check")
    assert "收件回执" in applicant.press("submit", form="").text
    assert 'value="accept"' in on("township", "2026-06-13").go("/review/A-1").text
    assert 'value="accept"' not in on("township", "2026-06-14").go("/review/A-1").text
    assert "W128" in on("applicant", "2026-06-14").go("/u/A-1/fill").text


@pytest.fixture
def returned(on: Any, handed_in: None, counted: tuple[str, str]) -> None:
    """One item of that application, returned in the review."""
    township, name = on("township", "2026-06-02"), f"field:{counted[1]}"
    township.go("/review/A-1")
    township.press(f"return:{name}", {f"why:{name}": "与台账不符", f"until:{name}": "2026-06-05"}, form="review")


@pytest.mark.usefixtures("returned")
def test_an_item_that_was_returned_stays_open_in_the_review(on: Any, counted: tuple[str, str]) -> None:
    applicant = on("applicant", "2026-06-10")
    fill(applicant, counted, "13")
    applicant.go("/u/A-1/fill/check")
    assert "收件回执" in applicant.press("submit", {"reason": "改正"}, form="").text


@pytest.mark.usefixtures("returned")
def test_an_item_that_was_never_completed_is_closed_from_the_notice_on(on: Any, counted: tuple[str, str]) -> None:
    applicant = on("applicant", "2026-06-11")
    page = applicant.go("/u/A-1/fill")
    assert ("退回补正1项" in page.text, "W128" in page.text) == (True, True)
    assert 'value="next"' not in applicant.go(f"/u/A-1/fill/part/{counted[0]}").text


@pytest.mark.usefixtures("handed_in")
def test_an_application_that_is_taken_back_in_the_review_is_closed_and_says_so_before(on: Any) -> None:
    applicant = on("applicant", "2026-06-01")
    assert "撤回以后不能再提交" in applicant.go("/u/A-1/fill").text
    token = Form(applicant.page.text, "").fields["csrfmiddlewaretoken"]
    applicant.client.post("/u/A-1/withdraw", {"csrfmiddlewaretoken": token, "reason": "漏数"})
    assert "W128" in applicant.go("/u/A-1/fill").text


@pytest.mark.usefixtures("handed_in")
def test_nothing_is_taken_back_or_reviewed_from_the_notice_on(on: Any) -> None:
    applicant = on("applicant", "2026-06-11")
    assert 'action="/u/A-1/withdraw"' not in applicant.go("/u/A-1/fill").text
    county = on("county", "2026-06-11")
    page = county.go("/review/A-1")
    assert (page.status_code, 'name="go"' in page.text) == (200, False)
    token = Form(page.text, "").fields["csrfmiddlewaretoken"]
    assert county.client.post("/review/A-1", {"csrfmiddlewaretoken": token, "go": "accept"}).status_code == 404


@pytest.mark.parametrize("login", ["applicant", "township"])
def test_results_and_reports_are_seen_from_the_first_day_of_the_notice(on: Any, login: str) -> None:
    before = on(login, "2026-06-10")
    assert [before.go(address).status_code for address in ("/u/A-1", "/u/A-1/report")] == [404, 404]
    assert 'href="/u/A-1"' not in before.go("/round").text
    after = on(login, "2026-06-11")
    assert [after.go(address).status_code for address in ("/u/A-1", "/u/A-1/report")] == [200, 200]
    assert 'href="/u/A-1"' in after.go("/round").text


def test_the_board_and_the_form_say_which_phase_is_on(on: Any) -> None:
    said = "阶段：审核，到2026-06-10为止（含当天）；接下来是公示，从2026-06-11起"
    applicant = on("applicant", "2026-06-10")
    for address in ("/round", "/u/A-1/fill"):
        assert said in applicant.go(address).text, address


@pytest.mark.parametrize(("day", "is_open"), [("2026-05-25", True), ("2026-06-02", False)])
def test_a_demonstration_of_a_stage_goes_by_its_own_day(on: Any, day: str, is_open: bool) -> None:
    from django.conf import settings
    from django.test import override_settings

    applicant = on("applicant", "2026-12-01")
    with override_settings(MEIHAO=replace(settings.MEIHAO, on=date.fromisoformat(day))):
        assert ("W128" not in applicant.go("/u/A-1/fill").text) == is_open
        assert applicant.page.status_code == 200


def test_the_administrator_is_asked_for_the_phase_of_today_first(client: Any, on: Any) -> None:
    on("accounts", "2026-06-02")
    enter(client, "accounts")
    page = client.get("/admin/may", {"who": "applicant", "action": "see_result", "unit": "A-1"})
    assert "2026-06-11进入“公示”后可以" in page.text
    assert page.text.index('value="review"') < page.text.index('value="any"')
