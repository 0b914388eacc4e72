"""A server that is killed while units fill in and hand in loses nothing that it acknowledged: drafts, submissions, steps."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.uses.intake_round import Desk, by, round_folder
from tests.web.test_drafts import served

from meihao.uses.hand_in import withdraw
from meihao.uses.move_round import check_home
from meihao.uses.session import Opening, open_session

TIMES = int(os.environ.get("MEIHAO_KILLS", "4"))
WORKER = """
import sys
from pathlib import Path
from meihao.web.settings import set_up_tables
set_up_tables()
from tests.web.test_intake_kill import work
work(Path(sys.argv[1]), int(sys.argv[2]))
"""


def desk_at(place: Path) -> Desk:
    from tests.web.test_drafts import NOON

    from meihao.store.journal import Hand
    from meihao.web.kept.drafts import DatabaseDrafts
    from meihao.web.kept.home import DatabaseHome
    from meihao.web.kept.served import open_served

    alias = open_served(place)
    assert isinstance(alias, str), alias
    session, problems = open_session(Opening(home=DatabaseHome(place, alias, "r", Hand("王某", lambda: NOON))))
    assert session is not None, problems
    return Desk(session, DatabaseDrafts(place, alias, "r"))


def work(place: Path, first: int) -> None:
    """Type, hand in and take back, over and over; say each time what was acknowledged."""
    desk = desk_at(place)
    if not desk.form().open:  # killed when it had handed in, before it took that back
        withdraw(desk.session, "C-1", "再改", by())
    for n in range(first, first + 1000):
        desk.type({"buildings.total": str(n % 190 + 1), "cross.seats": str(n % 19)}, reason=f"第{n}次")
        print(f"typed {n}", flush=True)
        if n % 3 == 0:
            done = desk.hand_in()
            print(f"stored {done.stored.number} {done.step.number}", flush=True)
            withdraw(desk.session, "C-1", "再改", by())


def run_and_kill(place: Path, first: int, wait: float) -> list[str]:
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "engine"), *sys.path])}
    words = [sys.executable, "-c", WORKER, str(place), str(first)]
    one = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)
    assert one.stdout is not None
    said = [one.stdout.readline()]
    assert said[0].startswith("typed"), one.communicate()
    try:
        one.wait(timeout=wait)
    except subprocess.TimeoutExpired:
        one.send_signal(signal.SIGKILL)
    rest, _ = one.communicate(timeout=60)
    return [line for line in (*said, *rest.splitlines()) if line.strip()]


def held_by(desk: Desk, said: list[str], before: int) -> int:
    """See that all that was acknowledged is there, and return how many submissions there are."""
    home = desk.form().application.home
    assert check_home(home)[0] is not None, check_home(home)[1]
    stored = [tuple(map(int, line.split()[1:])) for line in said if line.startswith("stored")]
    numbers = {one.number for one in home.submissions("C-1")}
    steps = {step.number: step for step in home.steps("C-1")}
    for submission, step in stored:
        assert submission in numbers
        assert steps[step].submission == submission
    assert {step.submission for step in steps.values() if step.verb == "submit"} == numbers, (
        "no submission without its step"
    )
    typed = [int(line.split()[1]) for line in said if line.startswith("typed")]
    draft, last = desk.drafts.draft("C-1"), typed[-1]
    shown = str(desk.form().draft.typed.answers["buildings.total"])
    assert int(shown) in (last % 190 + 1, (last + 1) % 190 + 1), (shown, last, draft is None)
    assert len(numbers) >= before
    return len(numbers)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_what_was_acknowledged_is_there_after_a_kill(web: Callable[..., None], tmp_path: Path) -> None:
    dice, place = random.Random(20261130), tmp_path / "served"
    home, _ = served(place, round_folder(tmp_path / "round"))
    assert home
    desk, count = desk_at(place), 0
    for n in range(TIMES):
        said = run_and_kill(place, 1000 * n, dice.random() * 1.2)
        count = held_by(desk, said, count)
    assert count > 0 or TIMES < 3
