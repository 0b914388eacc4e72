"""Answers jobs as they come with a few processes under limits, each of which is replaced after some jobs.

A job that crashes, hangs or eats memory costs its process, not the others: it comes back as `Lost`. The processes are
started anew everywhere (spawn), so the work must be picklable; they end when their parent does.
"""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import MappingProxyType
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from ..core.limits import limit_process

T = TypeVar("T")
R = TypeVar("R")


def _proxy(of: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(of)


copyreg.pickle(MappingProxyType, lambda proxy: (_proxy, (dict(proxy),)))  # records hold such, and pickle alone cannot


class Limits(Struct, frozen=True):
    """What one job may take: seconds of processor time and of waiting, bytes of memory. `jobs`: how many a process does."""

    processor: int = 120
    waiting: int = 600
    memory: int = 4 << 30
    jobs: int = 250


class Lost(Struct, frozen=True):
    """A job that gave no answer: its process died, or took more of something than it may. `how` says by what it ended."""

    why: Literal["died", "processor", "waiting", "memory"]
    how: str = ""


class _Worker(Generic[T, R]):
    """A process with the number of the job that it is doing (-1: none), how many it has done, and until when it has to answer."""

    def __init__(self, packed: bytes, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, packed, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.job, self.done, self.until = -1, 0, 0.0
        self.limits = limits

    def start(self, number: int, job: T) -> None:
        self.job, self.until = number, time.monotonic() + self.limits.waiting
        try:
            self.line.send(job)
        except OSError:  # it died while it waited: `answer` says so
            return

    def answer(self) -> R | Lost:
        """Return the answer, or how the process ended."""
        try:
            found: R | Lost = self.line.recv()
        except (EOFError, OSError):
            self.process.join()
            return _ended(self.process.exitcode or 0)
        self.done += 1
        return found

    def end(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def work_off(
    work: Callable[[T], R], jobs: Sequence[T], processes: int, limits: Limits
) -> Iterator[tuple[int, R | Lost]]:
    """Yield the number of each job with its answer, in the order in which they come."""
    packed = pickle.dumps(work)
    left = deque(enumerate(jobs))
    busy: list[_Worker[T, R]] = []
    try:
        while left or busy:
            while left and len(busy) < processes:
                busy.append(_Worker(packed, limits))
                busy[-1].start(*left.popleft())
            for worker in _ready(busy):
                job, answer = worker.job, worker.answer() if worker.line.poll() else Lost("waiting")
                if isinstance(answer, Lost) or worker.done >= limits.jobs or not left:
                    worker.end()
                    busy.remove(worker)
                else:
                    worker.start(*left.popleft())
                yield job, answer
    finally:
        for worker in busy:
            worker.end()


def _ready(busy: Sequence[_Worker[T, R]]) -> list[_Worker[T, R]]:
    """Return the workers that have answered, died or are late; waits for the first."""
    first = min(worker.until for worker in busy)
    said = wait([worker.line for worker in busy], max(first - time.monotonic(), 0))
    now = time.monotonic()
    return [worker for worker in busy if worker.line in said or worker.until <= now]


def _ended(code: int) -> Lost:
    if code == -getattr(signal, "SIGXCPU", 0) and code:
        return Lost("processor")
    return Lost("died", f"signal {-code}" if code < 0 else f"exit {code}")


def _serve(line: Connection, packed: bytes, limits: Limits) -> None:
    """Do jobs as they come until the line is closed. Runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    work: Callable[[object], object] = pickle.loads(packed)
    while True:
        try:
            job: object = line.recv()
        except (EOFError, OSError):
            return
        limit_process(limits.memory, limits.processor)
        answer: object
        try:
            answer = work(job)
        except MemoryError:
            answer = Lost("memory")
        try:
            line.send(answer)
        except OSError:
            return


def cores() -> int:
    """Return how many processes this one may use at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
