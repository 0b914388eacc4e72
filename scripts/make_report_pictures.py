"""The pictures of README.md: page 1 of the best unit's report and of the ranked list, as `meihao demo` prints them.

    python scripts/make_report_pictures.py

Needs Pango, `pdftoppm` and Pillow. With another Pango or other fonts the pictures may come out a hair's breadth different.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
DOTS_AN_INCH, COLOURS = 100, 128


def demo(folder: Path) -> tuple[Path, Path]:
    """Run the demo; return the first report that it names, which is the best unit's, and the ranked list."""
    done = subprocess.run(
        [sys.executable, "-m", "meihao", "demo", "--to", str(folder)],
        cwd=ROOT, env={"PYTHONPATH": "engine"}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    named = [line.strip() for line in done.stdout.splitlines() if line.strip().startswith("reports/")]
    return folder / named[0], folder / "lists" / "排名名单.pdf"


def picture(pdf: Path, name: str) -> None:
    """Draw the first page of a PDF into docs/images."""
    stem = pdf.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS_AN_INCH), "-f", "1", "-l", "1", "-singlefile", "-png", str(pdf), str(stem)],
        check=True,
    )
    with Image.open(stem.with_suffix(".png")) as page:
        few = page.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE)  # the rare red stays red
        few.save(IMAGES / name, optimize=True)


def main() -> None:
    """Make both pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        report, ranked_list = demo(Path(folder))
        picture(report, "unit-report.png")
        picture(ranked_list, "ranked-list.png")


if __name__ == "__main__":
    main()
