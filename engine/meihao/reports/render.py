"""A report and a theme -> HTML. A foreign pack's templates run in a sandbox: they read fields, loop and choose, no more.

The page needs nothing from outside: style inline, charts inline, a content policy that lets nothing load.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from ..core.problems import Lang, Problem, Problems, Source
from ..standard.resources import default_pack
from . import messages
from .fonts import SANS_STACK, SERIF_STACK
from .model import RankedListReport, Report, UnitReport
from .words import speaker

PAGE_AT_MOST = 20_000_000  # characters; a city's longest list is below a tenth of it
_RISKY_FILTERS = (
    "center",
    "format",
    "indent",
    "wordwrap",
    "pprint",
    "xmlattr",
    "attr",
    "map",
    "groupby",
    "sum",
    "safe",
)
_TEXTS = (str, bytes, int, float, list, dict, set, tuple)


class Theme(Struct, frozen=True):
    """Where templates come from. A foreign folder is tried first, the built-in one serves what it has not."""

    folder: Path | None = None

    @property
    def foreign(self) -> bool:
        return self.folder is not None


BUILT_IN = Theme()


def built_in_templates() -> Path:
    return default_pack() / "reports" / "templates"


def theme_of(pack_folder: Path) -> Theme:
    """Return the theme of a pack: its own templates where it has any and is not the built-in one."""
    own = pack_folder / "reports" / "templates"
    if pack_folder.resolve() == default_pack().resolve() or not own.is_dir():
        return Theme()
    return Theme(own)


def render(report: Report, lang: Lang, theme: Theme = BUILT_IN) -> tuple[str, Problems]:
    """Return the page; "" with the problem where a template is faulty or does what it may not."""
    name = template_of(report)
    values = {"r": report, "t": speaker(lang), "sans": SANS_STACK, "serif": SERIF_STACK}
    if theme.folder is None:
        return _environment(Environment, [built_in_templates()]).get_template(name).render(values), ()
    sandbox = _environment(_Sandbox, [theme.folder, built_in_templates()])
    try:
        return _bounded(sandbox.get_template(name).generate(values), name)
    except SecurityError as bad:
        return "", (_problem(messages.FORBIDDEN, name, theme, bad),)
    except TemplateError as bad:
        return "", (_problem(messages.BAD_TEMPLATE, name, theme, bad),)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as bad:
        return "", (_problem(messages.BAD_TEMPLATE, name, theme, bad),)


def template_of(report: Report) -> str:
    if isinstance(report, UnitReport):
        return "unit.html"
    return "ranked_list.html" if isinstance(report, RankedListReport) else "notice.html"


def _environment(kind: type[Environment], folders: list[Path]) -> Environment:
    loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
    return kind(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Refuses arithmetic that can grow without end, every method of texts and numbers, and filters that pad or call."""

    intercepted_binops = frozenset(("*", "**", "%", "//", "+", "-", "/"))

    def __init__(self, *args: Any, **options: Any) -> None:  # as Jinja2 declares it
        super().__init__(*args, **options)
        for name in _RISKY_FILTERS:
            self.filters.pop(name, None)
        self.globals.clear()

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # as Jinja2 declares it
        raise SecurityError(f"{operator}: templates do not compute")

    def wrap_str_format(self, value: Any) -> Any:  # as Jinja2 declares it
        return None  # so that `format`, too, meets the refusal below

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # as Jinja2 declares it
        return not isinstance(obj, _TEXTS) and super().is_safe_attribute(obj, attr, value)


def _bounded(parts: Iterator[str], name: str) -> tuple[str, Problems]:
    taken: list[str] = []
    length = 0
    for part in parts:
        taken.append(part)
        length += len(part)
        if length > PAGE_AT_MOST:
            return "", (messages.TOO_LONG.at(Source(name), template=name, most=PAGE_AT_MOST),)
    return "".join(taken), ()


def _problem(message: Any, name: str, theme: Theme, bad: Exception) -> Problem:
    """Return the problem at the template's line where Jinja2 knows it."""
    line = bad.lineno if isinstance(bad, TemplateSyntaxError) else 0
    file = (bad.name or name) if isinstance(bad, TemplateSyntaxError) else name
    found: Problem = message.at(
        Source(str((theme.folder or Path()) / file), line=line, column=int(line > 0)), template=file, what=bad
    )
    return found
