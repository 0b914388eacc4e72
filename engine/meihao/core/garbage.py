"""Keeps Python's search for garbage out of the way while many records are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_pauses = 0
_was_enabled = False


@contextmanager
def gc_paused() -> Iterator[None]:
    """Make many records that all stay; looking through them for garbage, now or right afterwards, would take longest.

    The collector belongs to the whole process. Several threads may pause it at once: the first to come turns it off, and
    the last to go turns it on again, where it was on. Without the count one thread would turn it on under another, or find
    it off, and leave it off for good.
    """
    _pause()
    try:
        yield
    finally:
        _resume()


def _pause() -> None:
    global _pauses, _was_enabled
    with _LOCK:
        if not _pauses:
            _was_enabled = gc.isenabled()
            gc.disable()
        _pauses += 1


def _resume() -> None:
    global _pauses
    with _LOCK:
        _pauses -= 1
        if _pauses or not _was_enabled:
            return
        if not gc.get_freeze_count():  # else another's frozen records would thaw as well
            gc.freeze()
            gc.unfreeze()  # both together make the new records old ones, without a look at any
        gc.enable()
