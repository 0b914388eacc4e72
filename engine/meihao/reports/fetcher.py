"""Gives WeasyPrint the bytes of an address only where that is allowed, and otherwise a refusal that it logs.

WeasyPrint by default opens any `file:` and `http:` address that the HTML or CSS names, and a `rel=attachment` link puts
the file into the PDF. So HTML may fetch nothing but the pictures written anew for it, by the hash of their bytes, and our
style sheets the bundled fonts only.
Loads WeasyPrint, and so Pango: import this module only where a PDF is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from weasyprint.urls import URLFetcher, URLFetcherResponse

from ..core.canonical import digest_bytes
from .fonts import FONTS
from .photos import picture_type


class AddressRefused(ValueError):
    """The address is not one that this document may fetch. WeasyPrint leaves the thing out and goes on."""


class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Fetches the addresses of one closed table and nothing else; never opens a connection, never follows a path."""

    def __init__(self, allowed: Mapping[str, Path | bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._allowed = MappingProxyType(dict(allowed))

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return what the table gives for exactly this address. Raises Refused, OSError."""
        found = self._allowed.get(url)
        if found is None:
            raise AddressRefused(f"address not allowed in a report: {url[:200]}")
        if isinstance(found, bytes):
            return URLFetcherResponse(url, found, {"Content-Type": picture_type(found)})
        return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": "font/ttf"})


def deny_all() -> Fetcher:
    """Return the fetcher for HTML: no address is allowed, not even `data:`."""
    return Fetcher({})


def pictures_only(pictures: Mapping[str, bytes]) -> Fetcher:
    """Return the fetcher for HTML with pictures: `sha256:…` of the bytes at hand and no other address."""
    return Fetcher({digest_bytes(data): data for data in pictures.values()})


def fonts_only(folder: Path) -> Fetcher:
    """Return the fetcher for our own style sheets: the bundled fonts in `folder`, as `font_faces_css` writes them."""
    files = (folder.resolve() / font.file for font in FONTS)
    return Fetcher({file.as_uri(): file for file in files})
