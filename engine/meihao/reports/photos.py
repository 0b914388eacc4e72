"""Makes pictures from outside fit to print, names each by the hash of its new bytes, and lays out a unit's photo appendix.

A picture is opened as JPEG or PNG only, refused where it has too many bytes or points, turned upright, made smaller and
written anew: what was hidden in the file (place and camera, profiles, data behind the end) does not reach the report.
"""

from __future__ import annotations

import base64
import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from PIL import Image, ImageOps

from ..core.canonical import digest_bytes
from ..core.problems import Problem, Problems, Source
from ..evidence.model import Document
from ..round.model import Case
from . import messages
from .model import Shot

BYTES_AT_MOST = 30_000_000
POINTS_AT_MOST = 50_000_000  # before decoding: a small file can claim to be a huge picture
SIDE_AT_MOST = 1400  # 1,400 points on 84 mm are over 400 dpi
SHOTS_AT_MOST = 40
_SUFFIXES = (".jpg", ".jpeg", ".png")
_FAULTS = (
    OSError, ValueError, SyntaxError, EOFError, MemoryError, LookupError, TypeError, OverflowError, ArithmeticError,
    struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip  # what decoding of odd bytes can raise


class Unfit(ValueError):
    """The bytes are no picture that a report prints; the words say why."""


def reencoded(data: bytes, side: int = SIDE_AT_MOST) -> bytes:
    """Return a picture written anew, at most `side` points long: JPEG, or PNG where it can be seen through. Raises Unfit."""
    if len(data) > BYTES_AT_MOST:
        raise Unfit(f"> {BYTES_AT_MOST} bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > POINTS_AT_MOST:
                    raise Unfit(f"{picture.width}×{picture.height} > {POINTS_AT_MOST}")
                return _written(ImageOps.exif_transpose(picture), side)
    except Unfit:
        raise
    except _FAULTS as fault:
        raise Unfit(f"{type(fault).__name__} {fault}"[:120]) from fault


def _written(picture: Image.Image, side: int) -> bytes:
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    shown = picture.convert("RGBA" if clear else "RGB")
    shown.thumbnail((side, side))
    bare = Image.new(shown.mode, shown.size)
    bare.paste(shown)
    out = io.BytesIO()
    if clear:
        bare.save(out, "PNG")
    else:
        bare.save(out, "JPEG", quality=82)
    return out.getvalue()


def picture_type(data: bytes) -> str:
    """Return the media type of a picture that was written anew."""
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"


def with_pictures(page: str, pictures: Mapping[str, bytes]) -> str:
    """Return a page that stands alone: pictures are written into it where it names them by hash."""
    for url, data in pictures.items():
        inner = f"data:{picture_type(data)};base64,{base64.b64encode(data).decode()}"
        page = page.replace(f'src="{url}"', f'src="{inner}"')
    return page


class Album(Struct, frozen=True):
    """The photos of a report, and the bytes behind their `url`s."""

    shots: tuple[Shot, ...] = ()
    pictures: Mapping[str, bytes] = MappingProxyType({})


def album(case: Case, photos: Mapping[str, bytes]) -> tuple[Album, Problems]:
    """Return the photo appendix of a unit: its documents whose files are at hand, in the order of the evidence."""
    shots: list[Shot] = []
    pictures: dict[str, bytes] = {}
    problems: list[Problem] = []
    wanted = list(_pictured(case.documents, photos))
    if len(wanted) > SHOTS_AT_MOST:
        problems.append(messages.MANY_PHOTOS.at(Source(case.code), n=len(wanted), most=SHOTS_AT_MOST))
    for number, document in enumerate(wanted[:SHOTS_AT_MOST], 1):
        try:
            data = reencoded(photos[_hash(document)])
        except Unfit as why:
            problems.append(messages.BAD_PHOTO.at(Source(case.code), title=document.title, why=why))
            continue
        url = digest_bytes(data)
        pictures[url] = data
        shots.append(_shot(document, url, number))
    return Album(tuple(shots), pictures), tuple(problems)


def own_photos(case: Case, photos: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return those of the photos that documents of a unit name."""
    return {_hash(document): photos[_hash(document)] for document in _pictured(case.documents, photos)}


def _pictured(documents: Collection[Document], photos: Mapping[str, bytes]) -> Iterator[Document]:
    """Yield each document whose file is at hand, once."""
    seen: set[str] = set()
    for document in documents:
        name = _hash(document)
        if name in photos and name not in seen:
            seen.add(name)
            yield document


def _shot(document: Document, url: str, number: int) -> Shot:
    parts = (document.number, document.issuer, document.day.isoformat() if document.day else "")
    return Shot(
        url, str(number), document.title, "　".join(part for part in parts if part), f"sha256 {_hash(document)}"
    )


def _hash(document: Document) -> str:
    return document.sha256.rpartition(":")[2].lower()


def read_photos(folder: Path, cases: Collection[Case]) -> Mapping[str, bytes]:
    """Return the JPEG and PNG files below a folder that documents of these units name, by sha256. Raises OSError."""
    wanted = {_hash(document) for case in cases for document in case.documents if document.sha256}
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES and path.is_file() and path.stat().st_size <= BYTES_AT_MOST:
            data = path.read_bytes()
            name = hashlib.sha256(data).hexdigest()
            if name in wanted:
                found[name] = data
    return found
