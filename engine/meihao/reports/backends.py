"""Chooses what sets the pages of unit reports, by the wish and by what this machine has, and says so."""

from __future__ import annotations

from typing import Literal

from ..core.problems import Problems, Source
from . import messages
from .pdf import pdf_missing
from .press import pdf_toolchain_versions, typst_toolchain_versions
from .render import Theme
from .typst_press import typst_missing

Backend = Literal["weasyprint", "typst"]


def chosen_press(wanted: Backend | None, theme: Theme) -> tuple[dict[str, str], Problems]:
    """Return the versions of what sets the pages, {} where no PDF can be made: WeasyPrint, unless Typst is asked for.

    Without Pango Typst serves where it is installed, and a notice says so.
    """
    if wanted == "typst":
        missing = typst_missing()
        return ({}, missing) if missing else (typst_toolchain_versions(), _unused(theme))
    missing = pdf_missing()
    if not missing:
        return pdf_toolchain_versions(), ()
    if wanted == "weasyprint" or typst_missing():
        return {}, missing
    return typst_toolchain_versions(), (messages.TYPST_INSTEAD.at(Source()), *_unused(theme))


def _unused(theme: Theme) -> Problems:
    return (messages.OWN_TEMPLATES_UNUSED.at(Source(), folder=theme.folder),) if theme.folder else ()
