"""Names what sets the pages on this machine: the versions on which the bytes of a PDF depend."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from ..standard.resources import default_pack
from .fonts import FONTS

_PACKAGES = ("weasyprint", "pydyf", "fonttools")
_HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll", "harfbuzz")


@cache
def pdf_toolchain_versions() -> dict[str, str]:
    """Return what a PDF of this machine is made by; {} where none can be made. Equal answers promise equal bytes."""
    try:
        from weasyprint.text import ffi  # late: loads Pango
    except (ImportError, OSError):
        return {}
    subset = "harfbuzz" if ffi.harfbuzz_subset else "fonttools"
    libraries = {"pango": _dotted(ffi.pango.pango_version()), "harfbuzz": _harfbuzz(), "subset": subset}
    return {**{name: _version(name) for name in _PACKAGES}, **libraries, "fonts": _fonts()}


@cache
def typst_toolchain_versions() -> dict[str, str]:
    """Return what a PDF is made by where Typst sets it; {} where it is not installed."""
    found = _version("typst")
    return {} if found == "?" else {"typst": found, "fonts": _fonts()}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a copy without its metadata
        return "?"


def _dotted(number: int) -> str:
    """Return Pango's number as people write it.

    >>> _dotted(15012)
    '1.50.12'
    """
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _harfbuzz() -> str:
    from cffi import FFI  # type: ignore[import-untyped]  # ships no types; comes with WeasyPrint

    own = FFI()
    own.cdef("const char *hb_version_string(void);")
    for name in _HARFBUZZ:
        try:
            return str(own.string(own.dlopen(name).hb_version_string()).decode())
        except OSError:
            continue
    return "?"


def _fonts() -> str:
    """Return a short digest of the bundled typefaces."""
    folder = default_pack() / "reports" / "fonts"
    found = hashlib.sha256()
    for font in FONTS:
        file = folder / font.file
        found.update(file.read_bytes() if file.is_file() else b"-")
    return found.hexdigest()[:16]
