"""Proves that photos are written anew before they are printed: nothing hidden comes along, nothing huge is decoded."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from tests.reports.of_unit import report_of

from meihao.core.canonical import digest_bytes
from meihao.evidence.model import Document
from meihao.pipeline import Judged
from meihao.reports.pdf import pdf_missing
from meihao.reports.photos import SHOTS_AT_MOST, SIDE_AT_MOST, Unfit, album, read_photos, reencoded, with_pictures
from meihao.reports.render import render
from meihao.reports.write import pdf_of
from meihao.round.model import Case, Round
from meihao.standard.model import Pack

SECRET = b"GPS 29.0 103.0"


def jpeg(size: tuple[int, int] = (40, 30), colour: int = 200, exif: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (colour, 90, 40)).save(out, "JPEG", **({"exif": exif} if exif else {}))
    return out.getvalue()


def png(size: tuple[int, int] = (40, 30), mode: str = "RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def claims(width: int, height: int) -> bytes:
    """Return a small PNG that claims to be a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def with_documents(case: Case, *files: bytes) -> tuple[Case, dict[str, bytes]]:
    hashes = [hashlib.sha256(data).hexdigest() for data in files]
    documents = tuple(Document(f"照片{n}", f"第{n}号", "镇", None, sha256=name) for n, name in enumerate(hashes, 1))
    return replace(case, documents=documents), dict(zip(hashes, files, strict=True))


def test_what_is_hidden_in_a_photo_does_not_reach_the_report() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    photo = jpeg(exif=exif.tobytes()) + SECRET
    assert SECRET in photo
    anew = reencoded(photo)
    assert SECRET not in anew
    with Image.open(io.BytesIO(anew)) as picture:
        assert not picture.getexif()


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(reencoded(jpeg((40, 30), exif=exif.tobytes())))) as picture:
        assert picture.size == (30, 40)


@pytest.mark.parametrize("size", [(SIDE_AT_MOST, 10), (SIDE_AT_MOST + 600, 1000)])
def test_a_large_photo_is_made_smaller_and_keeps_its_shape(size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(reencoded(jpeg(size)))) as picture:
        assert max(picture.size) == SIDE_AT_MOST
        assert abs(picture.width / picture.height - size[0] / size[1]) < 2


@pytest.mark.parametrize(
    "bad",
    [b"", b"GIF89a" + b"\0" * 40, b"<svg xmlns='x'/>", jpeg()[:60], png()[:40], b"%PDF-1.7", claims(30_000, 30_000),
     claims(8_000, 8_000)],
    ids=["empty", "gif", "svg", "cut jpeg", "cut png", "pdf", "bomb", "large"],
)  # fmt: skip
def test_what_is_no_fit_picture_is_refused(bad: bytes) -> None:
    with pytest.raises(Unfit):
        reencoded(bad)


def test_a_clear_picture_stays_clear_and_another_becomes_jpeg() -> None:
    assert reencoded(png()).startswith(b"\x89PNG")
    assert reencoded(png(mode="L")).startswith(b"\xff\xd8")
    assert reencoded(jpeg()) == reencoded(jpeg())


def test_the_album_holds_the_documents_whose_files_are_at_hand_each_once(sample: Sequence[Judged]) -> None:
    one, two = jpeg(), jpeg(colour=90)
    case, photos = with_documents(sample[0].case, one, two, one)
    del photos[hashlib.sha256(two).hexdigest()]
    found, problems = album(case, photos)
    assert not problems
    assert [shot.title for shot in found.shots] == ["照片1"]
    assert found.shots[0].digest.endswith(hashlib.sha256(one).hexdigest())
    assert {url: digest_bytes(data) for url, data in found.pictures.items()} == {found.shots[0].url: found.shots[0].url}


def test_a_photo_that_cannot_be_printed_is_a_warning_and_the_others_stand(sample: Sequence[Judged]) -> None:
    case, photos = with_documents(sample[0].case, b"no picture", jpeg())
    found, problems = album(case, photos)
    assert [(p.code, p.severity) for p in problems] == [("P032", "warning")]
    assert [shot.title for shot in found.shots] == ["照片2"]


def test_more_photos_than_a_report_holds_are_said(sample: Sequence[Judged]) -> None:
    case, photos = with_documents(sample[0].case, *(jpeg((8, 8 + n)) for n in range(SHOTS_AT_MOST + 1)))
    found, problems = album(case, photos)
    assert len(found.shots) == SHOTS_AT_MOST
    assert [p.code for p in problems] == ["P033"]


def test_a_folder_gives_only_files_that_documents_name(sample: Sequence[Judged], tmp_path: Path) -> None:
    case, photos = with_documents(sample[0].case, jpeg())
    (tmp_path / "a.jpg").write_bytes(jpeg())
    (tmp_path / "b.jpg").write_bytes(jpeg(colour=1))
    (tmp_path / "c.txt").write_bytes(jpeg())
    assert read_photos(tmp_path, [case]) == photos


@pytest.mark.skipif(bool(pdf_missing()), reason="Pango is missing on this machine")
def test_five_photos_stand_on_two_pages_and_are_inside_the_pdf(
    sample: Sequence[Judged], default_pack: Pack, sample_round: Round
) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    case, photos = with_documents(sample[0].case, *(jpeg((60, 40 + n)) for n in range(5)))
    found, _ = album(case, photos)
    plain = report_of(default_pack, sample_round, sample[0].assessment)
    report = report_of(default_pack, sample_round, sample[0].assessment, shots=found.shots)
    before, _ = pdf_of(plain, {})
    data, problems = pdf_of(report, {}, pictures=found.pictures)
    assert not problems
    with pdfium.PdfDocument(before) as one, pdfium.PdfDocument(data) as two:
        assert len(two) == len(one) + 2
        kinds = [sum(1 for _ in page.get_objects(filter=[3])) for page in two]
    assert kinds[-2:] == [4, 1]


def test_a_page_for_the_screen_carries_its_photos_itself(
    sample: Sequence[Judged], default_pack: Pack, sample_round: Round
) -> None:
    case, photos = with_documents(sample[0].case, jpeg())
    found, _ = album(case, photos)
    page, _ = render(report_of(default_pack, sample_round, sample[0].assessment, shots=found.shots), "zh")
    alone = with_pictures(page, found.pictures)
    assert 'src="data:image/jpeg;base64,' in alone
    assert 'src="sha256:' not in alone
