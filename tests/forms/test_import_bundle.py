"""Proves that an archive of a workbook and documents is matched by number and title, and that a hostile one is refused."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meihao.core.problems import Source
from meihao.evidence.model import Document, UnitEvidence
from meihao.forms import bundle as bundles
from meihao.forms.bundle import Bundle, match, read_bundle, true_name

BOOK = b"PK\x03\x04[Content_Types].xml"


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def codes(data: bytes) -> list[str]:
    return [p.code for p in read_bundle(data, "a.zip").problems]


def unit(*documents: Document, code: str = "C-1") -> UnitEvidence:
    return UnitEvidence(code, "compound", "某小区", "", (), documents)


def paper(title: str, number: str = "", sha256: str = "") -> Document:
    return Document(title, number, sha256=sha256, source=Source("a.xlsx", "材料清单", row=3, cell="A3"))


def test_one_workbook_and_a_folder_of_documents() -> None:
    found = read_bundle(packed({"表.xlsx": BOOK, "材料/1号 章程.pdf": b"%PDF", "材料/附表.xlsx": BOOK}), "a.zip")
    assert (found.name, found.workbook, found.problems) == ("表.xlsx", BOOK, ())
    assert set(found.documents) == {"材料/1号 章程.pdf", "材料/附表.xlsx"}


def test_what_systems_leave_behind_is_passed_over() -> None:
    found = read_bundle(
        packed({"表.xlsx": BOOK, "__MACOSX/._表.xlsx": b"x", "材料/.DS_Store": b"x", "~$表.xlsx": b"x"}), "a.zip"
    )
    assert (found.name, found.documents) == ("表.xlsx", {})


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.pdf": b"x"}, "W041"),
        ({"a.xlsx": BOOK, "b.xlsx": BOOK}, "W042"),
        ({"a.xlsx": BOOK, "b.zip": b"PK"}, "W043"),
        ({"a.xlsx": BOOK, "b.pdf": packed({"x": b"y"})}, "W043"),
        ({"a.xlsx": BOOK, "b.pdf": b"Rar!\x1a\x07"}, "W043"),
        ({"a.xlsx": BOOK, "../b.pdf": b"x"}, "W040"),
        ({"a.xlsx": BOOK, "/b.pdf": b"x"}, "W040"),
        ({"a.xlsx": BOOK, "c:b.pdf": b"x"}, "W040"),
        ({"a.xlsx": BOOK, "b.pdf": b"x", "B.pdf": b"x"}, "W040"),
    ],
)
def test_an_archive_that_is_not_in_order_is_refused(files: dict[str, bytes], code: str) -> None:
    assert codes(packed(files)) == [code]


def test_bombs_links_passwords_and_ruins_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(packed({"a.xlsx": BOOK, "b.pdf": b"\0" * (2 << 20)}, zipfile.ZIP_DEFLATED)) == ["W040"]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("b.pdf")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert codes(stream.getvalue()) == ["W040"]
    whole = packed({"a.xlsx": BOOK})
    assert codes(whole[:-10]) == ["W040"]
    assert codes(b"") == ["W040"]
    locked = bytearray(whole)
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    assert codes(bytes(locked)) == ["W040"]
    for name, limit in (("MOST_BYTES", 10), ("MOST_ENTRIES", 0), ("MOST_UNPACKED", 3), ("MOST_DOCUMENT", 3)):
        with monkeypatch.context() as patch:
            patch.setattr(bundles, name, limit)
            assert codes(whole) == ["W040"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6))
def test_an_archive_with_flipped_bytes_is_answered(flips: list[tuple[int, int]]) -> None:
    data = bytearray(packed({"a.xlsx": BOOK, "材料/b.pdf": b"%PDF"}))
    for place, value in flips:
        data[place % len(data)] = value
    read_bundle(bytes(data), "a.zip")


def test_names_are_read_in_utf8_and_in_gb18030() -> None:
    for name in ("材料/1号 章程.pdf", "plain.pdf"):
        entry = zipfile.ZipInfo(name)
        entry.flag_bits = 0x800
        assert true_name(entry) == name
        for encoding in ("utf-8", "gb18030"):
            old = zipfile.ZipInfo(name.encode(encoding).decode("cp437"))
            old.flag_bits = 0
            assert true_name(old) == name


# ---- matching


def test_documents_are_matched_by_number_then_by_title_and_get_their_digest() -> None:
    files = {"材料/川〔2026〕1号-章程扫描.pdf": b"one", "材料/业主大会决议.pdf": b"two", "材料/没人要.pdf": b"three"}
    found = match(
        Bundle(b"", "a.xlsx", files),
        [unit(paper("章程", "川〔2026〕1号"), paper("业主大会决议"), paper("合同", "9号"))],
    )
    assert [d.sha256 for d in found.units[0].documents] == [
        hashlib.sha256(b"one").hexdigest(), hashlib.sha256(b"two").hexdigest(), "",
    ]  # fmt: skip
    assert (found.files_left, found.rows_left) == (("材料/没人要.pdf",), ("合同",))
    assert sorted(p.code for p in found.problems) == ["W044", "W045"]
    assert set(found.documents) == set(files) - {"材料/没人要.pdf"}


def test_number_1_is_not_the_beginning_of_12() -> None:
    found = match(Bundle(b"", "a.xlsx", {"12 章程.pdf": b"x"}), [unit(paper("章程", "1"))])
    assert found.rows_left == ("章程",)


def test_a_listed_digest_must_be_the_files() -> None:
    right, wrong = hashlib.sha256(b"x").hexdigest(), "0" * 64
    bundle = Bundle(b"", "a.xlsx", {"1 章程.pdf": b"x"})
    assert match(bundle, [unit(paper("章程", "1", right))]).problems == ()
    assert [p.code for p in match(bundle, [unit(paper("章程", "1", wrong))]).problems] == ["W047"]


def test_two_files_for_one_line_are_said() -> None:
    found = match(Bundle(b"", "a.xlsx", {"1 章程.pdf": b"x", "1 章程.jpg": b"y"}), [unit(paper("章程", "1"))])
    assert sorted(p.code for p in found.problems) == ["W044", "W046"]


def test_a_folder_of_a_units_code_holds_that_units_files() -> None:
    files = {"材料/C-1/章程.pdf": b"one", "材料/C-2/章程.pdf": b"two"}
    found = match(Bundle(b"", "a.xlsx", files), [unit(paper("章程")), unit(paper("章程"), code="C-2")])
    assert found.problems == ()
    assert found.units[0].documents[0].sha256 != found.units[1].documents[0].sha256


def test_full_width_numbers_are_matched() -> None:
    files = {"川〔2026〕1号 章程.pdf": b"one"}
    assert match(Bundle(b"", "a.xlsx", files), [unit(paper("章程", "川〔２０２６〕1号"))]).rows_left == ()
