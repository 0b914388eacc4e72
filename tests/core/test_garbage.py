"""The collector of the whole process is off while anybody reads, and on again afterwards, however many threads read at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from meihao.core.garbage import gc_paused


@pytest.fixture(autouse=True)
def collector_on() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_is_off_inside_and_on_again_afterwards() -> None:
    with gc_paused():
        assert not gc.isenabled()
        with gc_paused():
            assert not gc.isenabled()
        assert not gc.isenabled(), "the outer one still reads"
    assert gc.isenabled()


def test_it_is_on_again_after_a_failure() -> None:
    with pytest.raises(ValueError, match="broken"), gc_paused():
        raise ValueError("broken")
    assert gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    with gc_paused():
        pass
    assert not gc.isenabled()


def test_records_that_another_froze_stay_frozen() -> None:
    gc.freeze()
    try:
        with gc_paused():
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()


def test_threads_that_overlap_leave_it_on_and_do_not_turn_it_on_under_each_other() -> None:
    """The first comes, the second comes, the first goes: a toggle would turn it on now, and the second leave it off."""
    inside, leave = Event(), Event()

    def second() -> None:
        with gc_paused():
            inside.set()
            assert leave.wait(10)

    thread = Thread(target=second)
    with gc_paused():
        thread.start()
        assert inside.wait(10)
    still_off = not gc.isenabled()
    leave.set()
    thread.join(10)
    assert still_off
    assert gc.isenabled()
