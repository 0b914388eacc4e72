"""An address asked for while a page is set in; its bytes only where it is allowed, else a refusal that WeasyPrint logs.

WeasyPrint by default opens any `file:` and `http:` address that the HTML or CSS names, and a `rel=attachment` link puts
the file into the PDF. So HTML may fetch nothing, and our style sheets the bundled fonts only.
Loads WeasyPrint, and so Pango: import this module only where a PDF is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from weasyprint.urls import URLFetcher, URLFetcherResponse

from .fonts import FONTS


class Refused(ValueError):
    """The address is not one that this document may fetch. WeasyPrint leaves the thing out and goes on."""


class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Fetches the addresses of one closed table and nothing else; never opens a connection, never follows a path."""

    def __init__(self, allowed: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._allowed = MappingProxyType(dict(allowed))

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the file that the table gives for exactly this address. Raises Refused, OSError."""
        file = self._allowed.get(url)
        if file is None:
            raise Refused(f"address not allowed in a report: {url[:200]}")
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/ttf"})


def deny_all() -> Fetcher:
    """Return the fetcher for HTML: no address is allowed, not even `data:`."""
    return Fetcher({})


def fonts_only(folder: Path) -> Fetcher:
    """Return the fetcher for our own style sheets: the bundled fonts in `folder`, as `font_faces_css` writes them."""
    files = (folder.resolve() / font.file for font in FONTS)
    return Fetcher({file.as_uri(): file for file in files})
