"""Renders a report as HTML. A foreign pack's templates run in a sandbox, where they read fields, loop and choose, no more.

The page needs nothing from outside: style inline, charts inline, a content policy that lets nothing load.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct
from msgspec.structs import replace

from ..core.limits import TooSlow, held_to
from ..core.problems import Lang, Problem, Problems, Source, errors
from ..standard.folder import TEMPLATES, pack_files, templates_in, templates_of
from ..standard.messages import CHANGED_MEANWHILE
from ..standard.model import Dress
from ..standard.resources import default_pack
from . import messages
from .fonts import SANS_STACK, SERIF_STACK
from .look import PLAIN, Look, look_of
from .model import Report
from .words import speaker

TEMPLATE_SECONDS = 20  # of processor time for one page; the built-in ones take well below one
TEMPLATE_MEMORY = 1 << 30
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
BUILT_IN_PREFIX = "built_in"  # `extends "built_in/unit.html"`: a pack's own unit.html may change single blocks of it
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_MARK = (
    "<style>.meihao-draft {{ position: fixed; top: 0; left: 0; z-index: 9; margin: 0; padding: .5mm 2.4mm; background: #fff; "
    'border: .9pt solid #a62f1d; color: #a62f1d; font: 700 8pt/1.5 "Meihao Sans", sans-serif; }} '
    '@media print {{ .meihao-draft {{ top: -11mm; }} }}</style><div class="meihao-draft">{text}</div>'
)
_TEXTS = (str, bytes, int, float, list, dict, set, tuple)


class Theme(Struct, frozen=True):
    """Where templates come from, and how pages look. A pack's own are tried first, the built-in ones serve the rest.

    `templates` are the bytes of the pack's own, by their path below its `folder` of templates: nothing is read from there.

    `pictures` holds the bytes that the look's `seal` and `logo` name.
    """

    folder: Path | None = None
    look: Look = PLAIN
    pictures: Mapping[str, bytes] = MappingProxyType({})
    templates: Mapping[str, bytes] = MappingProxyType({})

    @property
    def foreign(self) -> bool:
        return self.folder is not None


BUILT_IN = Theme()


def built_in_templates() -> Path:
    return default_pack() / "reports" / "templates"


def theme_of(pack_folder: Path, digest: str) -> tuple[Theme, Problems]:
    """Return the theme of a pack: its own templates where it has any that are not the built-in ones.

    They are taken from the very bytes that the pack's digest stands for; where the folder holds others by now, a problem says so.
    """
    if pack_folder.resolve() == default_pack().resolve():
        return Theme(), ()
    files, problems = pack_files(pack_folder)
    if errors(problems) or files.digest() != digest:
        return Theme(), (CHANGED_MEANWHILE.at(Source(str(pack_folder))),)
    own = templates_in(files)
    if own.items() <= _shipped().items():
        return Theme(), ()
    return Theme(pack_folder / TEMPLATES, templates=own), ()


def dressed(theme: Theme, dress: Dress, pack_folder: Path) -> tuple[Theme, Problems]:
    """Return a theme with the colour and pictures that the pack's own pack.yaml asks for."""
    if dress == Dress():
        return theme, ()
    look, pictures, problems = look_of(dress, pack_folder)
    return replace(theme, look=look, pictures=pictures), problems


def render(report: Report, lang: Lang, theme: Theme = BUILT_IN) -> tuple[str, Problems]:
    """Return the page; "" with the problem where a template is faulty or does what it may not."""
    page, problems = _page(report, lang, theme)
    return marked(page, report.frame.draft) if page else page, problems


def marked(page: str, draft: str) -> str:
    """Return a page with the mark of a draft on every sheet of paper and at the top of the screen, whatever its templates do."""
    if not draft:
        return page
    start = _BODY.search(page)
    at = start.end() if start else 0
    return page[:at] + _MARK.format(text=html.escape(draft)) + page[at:]


def _page(report: Report, lang: Lang, theme: Theme) -> tuple[str, Problems]:
    name = template_of(report)
    values = {"r": report, "t": speaker(lang), "sans": SANS_STACK, "serif": SERIF_STACK, "look": theme.look}
    if theme.folder is None:
        return _built_in().get_template(name).render(values), ()
    sandbox = _environment(_Sandbox, theme.templates)
    try:
        with held_to(TEMPLATE_SECONDS, TEMPLATE_MEMORY):
            return _bounded(sandbox.get_template(name).generate(values), name)
    except (TooSlow, MemoryError):
        most = {"seconds": TEMPLATE_SECONDS, "memory": TEMPLATE_MEMORY >> 20}
        return "", (messages.TEMPLATE_TOO_DEAR.at(Source(str(theme.folder / name)), template=name, **most),)
    except SecurityError as bad:
        return "", (_problem(messages.FORBIDDEN, name, theme, bad),)
    except TemplateError as bad:
        return "", (_problem(messages.BAD_TEMPLATE, name, theme, bad),)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, SyntaxError, TypeError, ValueError) as bad:
        return "", (_problem(messages.BAD_TEMPLATE, name, theme, bad),)


def macros(values: Mapping[str, object]) -> Any:
    """Return the built-in macros as functions, with the values that they read."""
    return _built_in().get_template("macros.html").make_module(dict(values))


@cache
def _built_in() -> Environment:
    """Return the built-in templates, read once in a process."""
    return _environment(Environment, {})


@cache
def _shipped() -> Mapping[str, bytes]:
    return templates_of(default_pack())


def _loader(templates: Mapping[str, bytes]) -> FunctionLoader:
    return FunctionLoader(lambda name: templates[name].decode() if name in templates else None)


def template_of(report: Report) -> str:
    return report.template


def _environment(kind: type[Environment], own: Mapping[str, bytes]) -> Environment:
    """Return an environment whose templates come from bytes at hand: no file is opened, whatever a template names."""
    shipped = _loader(_shipped())
    loader = ChoiceLoader([_loader(own), shipped, PrefixLoader({BUILT_IN_PREFIX: shipped})])
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
