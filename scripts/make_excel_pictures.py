"""The example workbooks of `examples/excel` and the pictures of docs/excel.md, made anew.

    python scripts/make_excel_pictures.py

Needs LibreOffice (`soffice`), `pdftoppm` and Pillow. The example is invented; its three mistakes are planted.
The workbooks come out the same byte for byte; the pictures, with another LibreOffice or other fonts, may not.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES, IMAGES = ROOT / "examples" / "excel", ROOT / "docs" / "images"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
AT_MOST = 150_000
WIDE = 1400

CELLS: Mapping[str, Mapping[str, object]] = {
    "封面": {"C14": "枫桥小区（示例数据）", "C16": "枫桥小区业委会", "C17": date(2026, 5, 20)},
    "填报项": {
        "J4": "已批复",
        "J5": "是",
        "J6": 7,
        "J7": 2,
        "J8": 6,
        "J9": 5,
        "J10": "业主委员会",
        "J13": "是",
        "J14": "√",
        "J16": "专业机构进驻",
        "J17": 500_000,
        "J18": 410_000,
        "J20": "无",
        "J22": 2012,
        "J23": 0.32,
    },
}
LEDGERS: Mapping[str, Sequence[Sequence[object]]] = {
    "会议和活动台账": (("业主大会", date(2025, 11, 8), "选举业委会"), ("公开", date(2026, 1, 10), "上年度公共收支")),
    "材料清单": (
        ("物业服务合同", "枫合〔2024〕3号", "枫桥物业公司", date(2024, 9, 1), date(2026, 12, 31)),
        ("物业费收缴报表", "枫报〔2026〕1号", "枫桥物业公司", date(2026, 1, 15)),
        ("议事规则", "枫业〔2025〕2号", "枫桥小区业委会", date(2025, 3, 1)),
    ),
}
MISTAKES = (("填报项", "J9", "六栋"), ("填报项", "J23", "0.32"), ("会议和活动台账", "B4", "2026年1月32日"))
DOCUMENTS = ("枫合〔2024〕3号物业服务合同.txt", "枫报〔2026〕1号物业费收缴报表.txt", "楼道照片.txt")
PICTURES = (  # name, which book, its sheet
    ("excel-cover.png", "filled", "封面"),
    ("excel-sheet.png", "filled", "填报项"),
    ("excel-errors.png", "errors", "错误汇总"),
    ("excel-error-column.png", "errors", "填报项"),
)


def meihao(*words: str) -> None:
    """Run the program; a book with errors ends in 1."""
    done = subprocess.run([sys.executable, "-m", "meihao", *words], cwd=ROOT, env={"PYTHONPATH": "engine"}, check=False)
    if done.returncode > 1:
        raise SystemExit(done.returncode)


def filled(template: Path, wrong: bool) -> bytes:
    """Return the template filled in by hand, with the planted mistakes or without."""
    book = load_workbook(template)
    for sheet, cells in CELLS.items():
        for place, value in cells.items():
            book[sheet][place].value = value
    for sheet, rows in LEDGERS.items():
        for number, row in enumerate(rows, 3):
            for column, value in enumerate(row, 1):
                book[sheet].cell(number, column).value = value
    for sheet, place, value in MISTAKES if wrong else ():
        book[sheet][place].value = value
    stream = io.BytesIO()
    book.save(stream)
    return timeless(stream.getvalue(), book.properties.modified)


def timeless(data: bytes, saved: datetime) -> bytes:
    """Return a workbook whose bytes do not tell when it was made."""
    stamp = saved.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).replace(stamp, b"1980-01-01T00:00:00Z") for name in archive.namelist()}
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def make_examples(folder: Path) -> None:
    """Write the workbook with three mistakes, and the archive of the mended one with its documents."""
    meihao("template", "--kind", "compound", "--unit", "C-1", "--to", str(folder))
    template = folder / "compound-applicant-C-1.xlsx"
    EXAMPLES.mkdir(exist_ok=True)
    (EXAMPLES / "C-1.xlsx").write_bytes(filled(template, wrong=True))
    files = {f"材料/{name}": f"示例数据：{name}\n".encode() for name in DOCUMENTS}
    (EXAMPLES / "C-1.zip").write_bytes(packed({"C-1.xlsx": filled(template, wrong=False)} | files))


def pages(book: Path, folder: Path) -> Mapping[str, Path]:
    """Return the page of each sheet as a picture; every sheet of the example has one page."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", str(folder / f"{book.stem}.pdf"), str(folder / book.stem)], check=True
    )
    names = [sheet.title for sheet in load_workbook(book) if sheet.sheet_state == "visible"]
    found: dict[str, Path] = {}
    for number, page in enumerate(sorted(folder.glob(f"{book.stem}-*.png")), 1):
        found.setdefault(_sheet(folder / f"{book.stem}.pdf", number, names), page)
    return found


def _sheet(pdf: Path, number: int, names: Sequence[str]) -> str:
    """Return the sheet of a page, which the footer names; the list of errors, the first, has no footer."""
    words = ["pdftotext", "-f", str(number), "-l", str(number), str(pdf), "-"]
    text = "".join(subprocess.run(words, check=True, capture_output=True, encoding="utf-8").stdout.split())
    return next((name for name in names if f"{''.join(name.split())}{number}/" in text), names[0])


def trimmed(page: Path) -> Image.Image:
    """Return a page without its footer and white margins, as wide as a document needs it, in few colours."""
    picture = Image.open(page).convert("RGB")
    picture = picture.crop((0, 0, picture.width, picture.height * 94 // 100))
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    left, top, right, bottom = box or (0, 0, *picture.size)
    picture = picture.crop((max(0, left - 12), max(0, top - 12), right + 12, bottom + 12))
    if picture.width > WIDE:
        picture = picture.resize((WIDE, picture.height * WIDE // picture.width), Image.Resampling.LANCZOS)
    return picture.quantize(48)


def make_pictures(folder: Path) -> None:
    (folder / "filled.xlsx").write_bytes((EXAMPLES / "C-1.xlsx").read_bytes())
    meihao("import", str(folder / "filled.xlsx"), "--to", str(folder / "errors.xlsx"))
    books = {name: pages(folder / f"{name}.xlsx", folder) for name in ("filled", "errors")}
    for name, book, sheet in PICTURES:
        trimmed(books[book][sheet]).save(IMAGES / name, optimize=True)
        if (IMAGES / name).stat().st_size > AT_MOST:
            raise SystemExit(f"{name}: more than {AT_MOST} bytes")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        make_examples(Path(scratch))
        make_pictures(Path(scratch))
