"""How a use case answers: its result, or None where a user must first correct something, and all problems in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from ..core.problems import Problem, Problems, errors

P = ParamSpec("P")
T = TypeVar("T")
Answer = tuple[T | None, Problems]


class Refused(Exception):  # no error of ours: a user's mistake, which the notes hold
    """Ends a use case where it cannot go on; its notes say why."""


class Notes:
    """What one use case has to say, in the order in which it was found."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    @property
    def problems(self) -> Problems:
        return tuple(self._problems)

    def add(self, problems: Problems) -> None:
        """Keep problems. Raises Refused where one of them is an error."""
        self._problems += problems
        if errors(problems):
            raise Refused

    def tell(self, problems: Problems) -> None:
        """Keep problems that stand in nobody's way, whatever their severity."""
        self._problems += problems

    def stop(self, problem: Problem) -> NoReturn:
        """Keep the problem that stands in the way, and raise Refused."""
        self._problems.append(problem)
        raise Refused

    def refuse(self) -> None:
        """Raise Refused where an error has been noted."""
        if errors(self.problems):
            raise Refused

    def need(self, result: T | None) -> T:
        """Return what was found. Raises Refused where there is nothing; the reason has been added before."""
        if result is None:
            raise Refused
        return result


def answer(work: Callable[Concatenate[Notes, P], T], *given: P.args, **named: P.kwargs) -> Answer[T]:
    """Return what the work gives with all that it noted; None for a result where it was refused.

    >>> answer(lambda notes, n: notes.need(n), 3), answer(lambda notes, n: notes.need(n), None)
    ((3, ()), (None, ()))
    """
    notes = Notes()
    try:
        return work(notes, *given, **named), notes.problems
    except Refused:
        return None, notes.problems
