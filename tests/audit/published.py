"""One published file of each kind, for the tests of verify."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from meihao.core.canonical import Json


class Published(Struct, frozen=True):
    """One file of each kind, as it went out."""

    unit: Mapping[str, Json]
    unit_pdf: bytes
    ranking: Mapping[str, Json]
    ranking_pdf: bytes
    notice: Mapping[str, Json]
    notice_pdf: bytes
