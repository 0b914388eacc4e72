"""Reads a ZIP archive that holds one workbook and its documents, matched to the workbook's list of documents."""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from ..core.problems import Problem, Problems, Source
from ..core.text import half_width, normal
from ..evidence.model import Document, UnitEvidence
from . import messages as m

MOST_BYTES = 500 << 20
MOST_ENTRIES = 5_000
MOST_UNPACKED = 1 << 30
MOST_DOCUMENT = 50 << 20
MOST_RATIO = 100
SMALL = 1 << 20
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz")
_OFFICE = (b"[Content_Types].xml", b"mimetype", b"META-INF/")
_IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\.[^/]|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    ValueError,
    OSError,
)


class Bundle(Struct, frozen=True):
    """What an archive holds: the workbook (b"" where it cannot be told) and the documents by their names in the archive."""

    workbook: bytes
    name: str
    documents: Mapping[str, bytes]
    problems: Problems = ()


class Matched(Struct, frozen=True):
    """Units whose documents know their file, the files that have an owner, and what found no partner."""

    units: tuple[UnitEvidence, ...]
    documents: Mapping[str, bytes]
    problems: Problems
    files_left: tuple[str, ...] = ()
    rows_left: tuple[str, ...] = ()


class _Unsafe(Exception):
    """Carries one problem out of the guard; never leaves this module."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def read_bundle(data: bytes, file: str) -> Bundle:
    """Return what an archive holds. Never raises for what is in it; nothing is unpacked before its sizes are known."""
    try:
        return _read(data, file)
    except _Unsafe as unsafe:
        return Bundle(b"", "", {}, (m.ZIP_UNSAFE.at(Source(file), what_zh=unsafe.zh, what_en=unsafe.en),))
    except _BROKEN:
        return Bundle(b"", "", {}, (m.ZIP_UNSAFE.at(Source(file), what_zh="文件损坏", what_en="it is damaged"),))


def _read(data: bytes, file: str) -> Bundle:
    if len(data) > MOST_BYTES:
        raise _Unsafe(f"超过{MOST_BYTES >> 20}MB", f"more than {MOST_BYTES >> 20} MB")
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise _Unsafe(f"超过{MOST_ENTRIES}个文件", f"more than {MOST_ENTRIES} files")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = dict(_entries(archive))
        if nested := next((name for name in entries if name.lower().endswith(_ARCHIVES)), ""):
            return Bundle(b"", "", {}, (m.NESTED_ZIP.at(Source(file), name=nested[:100]),))
        book, problems = _workbook(tuple(entries), file)
        if not book:
            return Bundle(b"", "", {}, problems)
        contents = {name: archive.read(entry) for name, entry in entries.items()}
    for name, content in contents.items():
        if name != book and _is_archive(content):
            return Bundle(b"", "", {}, (m.NESTED_ZIP.at(Source(file), name=name[:100]),))
    documents = {name: content for name, content in contents.items() if name != book}
    return Bundle(contents[book], PurePosixPath(book).name, documents)


def with_workbook(data: bytes, book: bytes) -> bytes:
    """Return an archive that was read before with another workbook in the place of its own; names are written in UTF-8."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w") as other:
        entries = dict(_entries(archive))
        own, _ = _workbook(tuple(entries), "")
        for name, entry in entries.items():
            content = book if name == own else archive.read(entry)
            other.writestr(zipfile.ZipInfo(name, entry.date_time), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the files of an archive by their true names, all checked before the first is unpacked."""
    found: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for entry in archive.infolist():
        name = true_name(entry)
        _check_name(name)
        _check_entry(entry, name)
        total += entry.file_size
        if total > MOST_UNPACKED:
            raise _Unsafe(f"解开超过{MOST_UNPACKED >> 20}MB", f"it unpacks to more than {MOST_UNPACKED >> 20} MB")
        if entry.is_dir() or _IGNORED.search(name):
            continue
        if name.lower() in (known.lower() for known in found):
            raise _Unsafe(f"有同名文件{name[:60]}", f"two files are called {name[:60]}")
        found[name] = entry
    yield from found.items()


def true_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry: UTF-8 where it says so or reads so, else GB18030, as Chinese systems write it."""
    if entry.flag_bits & 0x800:
        return normal(entry.filename)
    raw = entry.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return normal(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return normal(entry.filename)


def _check_name(name: str) -> None:
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ":" in name or ".." in parts or "\0" in name:
        raise _Unsafe(f"路径{name[:60]}", f"the path {name[:60]}")


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    if entry.flag_bits & 1:
        raise _Unsafe("加了密码", "it has a password")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _Unsafe(f"{name[:60]}是链接", f"{name[:60]} is a link")
    if entry.file_size > MOST_DOCUMENT:
        raise _Unsafe(f"{name[:60]}超过{MOST_DOCUMENT >> 20}MB", f"{name[:60]} has more than {MOST_DOCUMENT >> 20} MB")
    if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise _Unsafe(f"{name[:60]}压缩得过分", f"{name[:60]} is packed too tightly")


def _workbook(names: Sequence[str], file: str) -> tuple[str, Problems]:
    """Return the one workbook that lies nearest to the top; tables further down are documents."""
    books = [name for name in names if name.lower().endswith(".xlsx")]
    if not books:
        return "", (m.NO_WORKBOOK.at(Source(file)),)
    top = min(name.count("/") for name in books)
    nearest = sorted(name for name in books if name.count("/") == top)
    if len(nearest) > 1:
        return "", (m.TWO_WORKBOOKS.at(Source(file), names="、".join(nearest)[:200]),)
    return nearest[0], ()


def _is_archive(content: bytes) -> bool:
    """Say whether a file is an archive in disguise; office files are archives of a known kind."""
    if content.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return True
    return content.startswith(b"PK\x03\x04") and not any(mark in content for mark in _OFFICE)


# ---- files and lines of the list of documents


def match(bundle: Bundle, units: Sequence[UnitEvidence]) -> Matched:
    """Return the units with the digests of their files: by the number that begins a file's name, then by the exact title."""
    owners: dict[str, list[str]] = {}
    problems: list[Problem] = []
    done: list[UnitEvidence] = []
    rows_left: list[str] = []
    for unit in units:
        files = _files_of(unit, units, tuple(bundle.documents))
        documents = []
        for document in unit.documents:
            own, others = _find(document, files)
            if own:
                owners.setdefault(own, []).append(unit.code)
                problems += (m.FILE_TWICE.at(document.source, title=document.title, used=own, name=o) for o in others)
            elif not document.sha256:
                rows_left.append(document.title)
                values = {"title": document.title, "number": document.number}
                problems.append(m.ROW_UNMATCHED.at(document.source, **values))
            checked, found = _with_digest(document, own, bundle.documents)
            documents.append(checked)
            problems += found
        done.append(replace(unit, documents=tuple(documents)))
    left = tuple(name for name in bundle.documents if name not in owners)
    problems += (m.FILE_UNMATCHED.at(Source(name), name=name) for name in left)
    kept = {name: content for name, content in bundle.documents.items() if name in owners}
    return Matched(tuple(done), kept, tuple(problems), left, tuple(rows_left))


def _files_of(unit: UnitEvidence, units: Sequence[UnitEvidence], names: Sequence[str]) -> tuple[str, ...]:
    """Return the files that may be a unit's: those in a folder of its code, and those in no other unit's folder."""
    codes = {one.code for one in units}
    folders = {name: codes & set(PurePosixPath(name).parts[:-1]) for name in names}
    return tuple(name for name in names if not folders[name] or unit.code in folders[name])


def _find(document: Document, files: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the file of a document, and others that would do as well."""
    number, title = _plain(document.number), _plain(document.title)
    stems = {name: _plain(PurePosixPath(name).stem) for name in files}
    by_number = [name for name, stem in stems.items() if number and _begins(stem, number)]
    exact = [name for name in by_number if stems[name].endswith(title)]
    found = (exact or by_number) or [name for name, stem in stems.items() if title and stem == title]
    return (found[0], tuple(found[1:])) if found else ("", ())


def _plain(text: str) -> str:
    """Return the form in which names are compared: half-width, without blanks and signs that no file name may hold."""
    return _NOT_IN_NAMES.sub("", half_width(normal(text))).casefold()


def _begins(stem: str, number: str) -> bool:
    """Say whether a name begins with a number and no digit follows it: 1 does not begin 12.

    >>> _begins("12章程", "1"), _begins("12章程", "12")
    (False, True)
    """
    rest = stem.removeprefix(number)
    return rest != stem and not (number[-1:].isdigit() and rest[:1].isdigit())


def _with_digest(document: Document, name: str, files: Mapping[str, bytes]) -> tuple[Document, Problems]:
    if not name:
        return document, ()
    digest = hashlib.sha256(files[name]).hexdigest()
    if document.sha256 and document.sha256 != digest:
        return document, (m.OTHER_DIGEST.at(document.source, title=document.title, name=name),)
    return replace(document, sha256=digest), ()
