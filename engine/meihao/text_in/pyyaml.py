"""Imports PyYAML and leaves its patterns to their first use: libyaml needs none, and they take a seventh of a cold start."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

_COMPILE: Callable[..., Any] = re.compile


class LatePattern:
    """A regular expression that is compiled when something is asked of it."""

    def __init__(self, *given: Any) -> None:
        self.given = given

    def __getattr__(self, name: str) -> Any:
        return getattr(_COMPILE(*self.given), name)  # `re` remembers what it has compiled


def _compile(*given: Any, **named: Any) -> Any:
    by_yaml = sys._getframe(1).f_globals["__name__"].startswith("yaml.")  # another thread may compile meanwhile
    return LatePattern(*given) if by_yaml and not named else _COMPILE(*given, **named)


if "yaml" in sys.modules:
    import yaml
else:
    re.compile = _compile
    try:
        import yaml
    finally:
        re.compile = _COMPILE

events = yaml.events

__all__ = ["events", "yaml"]
