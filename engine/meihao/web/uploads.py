"""Reads what a form brings: a file from the disk of whoever fills it in, or one that the page itself carried along."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from msgspec.structs import replace

from ..core.files import NamedFile
from ..core.problems import Lang, Problem, Source
from .messages import CARRIED_BROKEN, FILE_TOO_LARGE, NO_FILE
from .settings import MOST_CARRIED, MOST_UPLOADED

MOST_NAME = 200
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".zip": "application/zip",
    ".json": "application/json", ".pdf": "application/pdf", ".html": "text/html; charset=utf-8",
}  # fmt: skip


def uploaded(request: Any) -> NamedFile | Problem:
    """Return the file of a form, or why there is none."""
    file = request.FILES.get("file")
    if file is not None:
        return NamedFile(file.name[-MOST_NAME:], file.read())
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_UPLOADED:  # a file that is not kept in memory is not kept
        return FILE_TOO_LARGE.at(Source(), most=f"{MOST_UPLOADED // 1_000_000} MB")
    return _carried(request.POST) if "carried" in request.POST else NO_FILE.at(Source())


def _carried(posted: Any) -> NamedFile | Problem:
    try:
        data = base64.b64decode(posted["carried"], validate=True)
    except (binascii.Error, ValueError):
        return CARRIED_BROKEN.at(Source())
    name = posted.get("name", "").replace("\\", "/").rpartition("/")[2][-MOST_NAME:]
    return NamedFile(name, data)


def at_field(problem: Problem, lang: Lang) -> str:
    """Return a problem as it is said beside the file that it concerns: with its place there, without the file's name."""
    return replace(problem, source=replace(problem.source, file="")).text(lang)


def carried(file: NamedFile) -> str:
    """Return a file as a page carries it along; "" for one that is too large."""
    return base64.b64encode(file.data).decode() if len(file.data) <= MOST_CARRIED else ""


def download(file: NamedFile) -> HttpResponse:
    """Return a file that the browser is to keep."""
    end = file.name[file.name.rfind(".") :].lower()
    response = HttpResponse(file.data, content_type=_TYPES.get(end, "application/octet-stream"))
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name)
    return response
