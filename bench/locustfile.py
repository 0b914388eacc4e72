"""What people do on a served round, for locust: each waits a few seconds between two clicks, as one who reads does.

Of ten people seven fill in and hand in, two review, and one looks around without an account. `people` starts this file.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
from pathlib import Path
from typing import Any

from locust import HttpUser, between, task

from bench.browser import Fields
from bench.served_round import PASSWORD

PLACE = json.loads(Path(os.environ["MEIHAO_BENCH_PLACE"]).read_text("utf-8"))
APPLICANTS = itertools.cycle(PLACE["applicants"].items())
REVIEWERS = itertools.cycle([*PLACE["townships"][:40], *PLACE["counties"], PLACE["city"]])


class Person(HttpUser):
    """Somebody at a browser."""

    abstract = True
    wait_time = between(2, 8)

    def page(self, path: str, name: str = "") -> str:
        with self.client.get(path, name=f"GET {name or path}", catch_response=True, allow_redirects=False) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code} {answer.headers.get('Location', '')}")
            return str(answer.text)

    def send(self, path: str, fields: dict[str, str], name: str) -> Any:
        with self.client.post(path, fields, name=f"POST {name}", catch_response=True, allow_redirects=False) as answer:
            if answer.status_code not in (200, 302):
                answer.failure(f"{answer.status_code} {_said(answer.text)}")
            return answer

    def enter(self, login: str) -> None:
        fields = Fields(self.page("/login")).of
        self.send("/login", {**fields, "login": login, "password": PASSWORD}, "/login")


def _said(text: str) -> str:
    """Return what a page says is wrong."""
    told = re.search(r'role="alert".*?</div>', text, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", told[0] if told else "").split())[:120]


class Applicant(Person):
    """Fills in part after part with saving at each change, hands in, looks at the receipt, and takes it back to correct."""

    weight = 7

    def on_start(self) -> None:
        login, self.code = next(APPLICANTS)
        self.enter(login)
        self.parts: list[str] = []
        self.typed = 0

    @task(8)
    def part(self) -> None:
        fill = f"/u/{self.code}/fill"
        if not self.parts:
            tasks = self.page(fill, "/u/…/fill")
            self.parts = re.findall(rf'href="({fill}/part/[^"#]+)"', tasks)
            self._wait()
        path = self.parts.pop(0)
        text = self.page(path, "/u/…/fill/part")
        for _ in range(3):
            self._wait()
            fields = Fields(text, "fill").of
            if "was" not in fields:
                return  # the form is closed: it was handed in
            self.send(path, {**fields, "go": "live"}, "/u/…/fill/part, saved while typing")
        self._wait()
        self.send(path, {**Fields(text, "fill").of, "go": "tasks"}, "/u/…/fill/part")

    @task(1)
    def hand_in(self) -> None:
        fill = f"/u/{self.code}/fill"
        check = f"{fill}/check"
        fields = Fields(self.page(check, "/u/…/fill/check")).of
        if "window" not in fields:
            return
        self._change()
        self._wait()
        self.send(
            check, {**fields, "observer": "填报人", "reason": "重新核对", "go": "submit"}, "/u/…/fill/check, handed in"
        )
        self.page(f"/u/{self.code}/receipt", "/u/…/receipt")
        self._wait()
        again = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page(fill, "/u/…/fill"))
        if again:
            back = {"csrfmiddlewaretoken": again[1], "reason": "数字要再核对"}
            self.send(f"/u/{self.code}/withdraw", back, "/u/…/withdraw")

    def _change(self) -> None:
        """Change the number of households, so that there is something to hand in."""
        if not self.parts:
            self.parts = re.findall(
                rf'href="(/u/{self.code}/fill/part/[^"#]+)"', self.page(f"/u/{self.code}/fill", "/u/…/fill")
            )
        for path in self.parts:
            fields = Fields(self.page(path, "/u/…/fill/part"), "fill").of
            if "households" in fields:
                more = str(int(fields["households"]) + 1)
                self.send(path, {**fields, "households": more, "go": "tasks"}, "/u/…/fill/part")
                return

    def _wait(self) -> None:
        import gevent

        gevent.sleep(self.wait_time())


class Reviewer(Person):
    """Looks what waits, opens an application, accepts or returns one in a while, and looks how the round stands."""

    weight = 2

    def on_start(self) -> None:
        self.enter(next(REVIEWERS))
        self.mine: list[str] = []

    @task(3)
    def inbox(self) -> None:
        self.mine = re.findall(r'href="(/review/[^"]+)"', self.page("/inbox"))

    @task(5)
    def review(self) -> None:
        if not self.mine:
            return self.inbox()
        path = self.mine.pop(random.randrange(len(self.mine)))
        text = self.page(path, "/review/…")
        if random.random() < 0.2 and 'value="accept"' in text:
            self.send(path, {**Fields(text, "review").of, "go": "accept"}, "/review/…, accepted")
        return None

    @task(1)
    def progress(self) -> None:
        self.page("/round")


class Visitor(Person):
    """Reads what anybody may read."""

    weight = 1

    @task
    def look(self) -> None:
        self.page(random.choice(("/", "/round", "/standard", "/try", "/check", "/verify")))
