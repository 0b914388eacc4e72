"""The HTTP server is killed while clerks save and hand in over HTTP: whatever it had answered is there when it starts again."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

import pytest
from tests.uses.intake_round import Desk
from tests.web.peopled import PASSWORD, UNITS, make_served
from tests.web.serving import serving
from tests.web.test_intake_kill import desk_at
from tests.web.visitor import Form

from meihao.people.accounts import Account
from meihao.people.places import RoleGrant
from meihao.uses.move_round import check_home
from meihao.web.settings import set_up_tables

TIMES = int(os.environ.get("MEIHAO_KILLS", "3"))
PART, FIELD = "village.party", "households"
ACCOUNTS = tuple(
    Account(f"of-{one.code.lower()}", one.name, "", (RoleGrant("applicant", one.code),)) for one in UNITS[:3]
)


class Clerk:
    """A unit's clerk at a browser without scripts, who notes what was answered: the value that stands, and the steps taken.

    `asked` and `trying` are what was sent and not answered yet: it may have been kept, or not.
    """

    def __init__(self, unit: str) -> None:
        self.unit, self.cookies = unit, dict[str, str]()
        self.number = self.saved = self.asked = self.saves = 0
        self.steps: list[str] = []
        self.trying: list[str] = []
        self.fault: BaseException | None = None

    def ask(self, address: str, path: str, sent: Mapping[str, str] | None = None) -> tuple[int, str]:
        at = urlsplit(address)
        line = HTTPConnection(at.hostname or "", at.port, timeout=300)
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        form = {"Content-Type": "application/x-www-form-urlencoded"} if sent else {}
        try:
            line.request("POST" if sent else "GET", path, urlencode(sent) if sent else None, {**told, **form})
            answer = line.getresponse()
            text = answer.read().decode()
        finally:
            line.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: one.value for name, one in SimpleCookie(cookie).items()}
        return answer.status, text

    def send(self, address: str, path: str, typed: Mapping[str, str], form: str = "", to: str = "") -> None:
        """Fill in the form of a page and send it; it must be answered by leading on."""
        status, text = self.ask(address, path)
        assert status == 200, (self.unit, path, status)
        status, text = self.ask(address, to or path, {**Form(text, form).fields, **typed})
        assert status == 302, (self.unit, path, status, text)

    def look(self, address: str) -> None:
        """See that the form opens with the value that stands; log in before where that was not done yet."""
        if not self.cookies:
            self.send(address, "/login", {"login": f"of-{self.unit.lower()}", "password": PASSWORD})
        status, text = self.ask(address, self.part)
        assert status == 200, (self.unit, status, text)
        assert Form(text, "fill").fields.get(FIELD, "") == (str(self.saved) if self.saved else "")

    @property
    def part(self) -> str:
        return f"/u/{self.unit}/fill/part/{PART}"

    def work(self, address: str, answered: Event) -> None:
        """Save, hand in and take back, over and over, until nobody answers any more."""
        try:
            self.look(address)
            while True:
                self._save(address)
                if self.number % 2 == 0:
                    self._step(address, "submit", "/fill/check", {"go": "submit", "reason": f"第{self.number}次"})
                    answered.set()
                    self._step(address, "withdraw", "/fill", {"reason": "再改"}, "/withdraw")
        except (OSError, HTTPException):
            return
        except BaseException as fault:
            self.fault = fault
            answered.set()

    def _save(self, address: str) -> None:
        if self.steps[-1:] == ["submit"]:  # killed before that was taken back
            self._step(address, "withdraw", "/fill", {"reason": "再改"}, "/withdraw")
        self.number += 1
        self.asked = self.number
        self.send(address, self.part, {FIELD: str(self.asked), "go": "tasks"}, "fill")
        self.saved, self.saves = self.asked, self.saves + 1

    def _step(self, address: str, verb: str, page: str, typed: Mapping[str, str], to: str = "") -> None:
        self.trying = [verb]
        self.send(address, f"/u/{self.unit}{page}", typed, to=f"/u/{self.unit}{to}" if to else "")
        self.steps.append(verb)
        self.trying = []

    def finds(self, desk: Desk) -> None:
        """See that all that was answered is kept; of what was not answered, take note of what became of it."""
        assert self.fault is None, self.fault
        form = desk.form(self.unit)
        verbs = [step.verb for step in form.application.steps]
        assert verbs in (self.steps, self.steps + self.trying), (self.unit, verbs, self.steps, self.trying)
        handed = [step.submission for step in form.application.steps if step.verb == "submit"]
        assert handed == [one.number for one in form.application.home.submissions(self.unit)]
        shown = int(str(form.draft.typed.answers.get(FIELD, 0)))
        assert shown in (self.saved, self.asked), (self.unit, shown, self.saved, self.asked)
        self.saved = self.asked = shown
        self.steps, self.trying = list(verbs), []


def kill_at_work(place: Path, temporary: Path, clerks: Sequence[Clerk], wait: float) -> None:
    """Serve, let all work at once, and kill every process of the server some time after one has handed in."""
    with serving(temporary, str(place)) as (process, address):
        answered = Event()
        threads = [Thread(target=clerk.work, args=(address, answered)) for clerk in clerks]
        for thread in threads:
            thread.start()
        assert answered.wait(300)
        Event().wait(wait)
        os.killpg(process.pid, signal.SIGKILL)
        for thread in threads:
            thread.join(300)
            assert not thread.is_alive()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_what_a_killed_server_had_answered_is_there(tmp_path: Path) -> None:
    set_up_tables()
    dice, place = random.Random(20261201), tmp_path / "served"
    make_served(place, ACCOUNTS)
    desk, clerks = desk_at(place), [Clerk(one.grants[0].where) for one in ACCOUNTS]
    home = desk.form(clerks[0].unit).application.home
    for _ in range(TIMES):
        kill_at_work(place, tmp_path, clerks, dice.random())
        for clerk in clerks:
            clerk.finds(desk)
        assert check_home(home)[0] is not None, check_home(home)[1]
    with serving(tmp_path, str(place)) as (_, address):
        for clerk in clerks:
            clerk.look(address)
    assert all(one.saves for one in clerks)
    saves, steps = sum(one.saves for one in clerks), sum(len(one.steps) for one in clerks)
    print(f"{TIMES} kills: {saves} saves and {steps} steps were answered, all are there")
    assert steps >= TIMES
