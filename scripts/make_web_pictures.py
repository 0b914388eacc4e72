"""Makes the pictures of pages in docs/images, from the sample round in the system's Chromium.

    python scripts/make_web_pictures.py

Needs Chromium, a Chinese font of the system and the test tools (`./meihao setup test`). The pictures are looked at, not compared.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "engine"), str(ROOT)]
IMAGES = ROOT / "docs" / "images"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1000, "height": 720}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 760}, "is_mobile": True, "device_scale_factor": 1.5}
PICTURES = (
    ("web-standard", "/standard?kind=compound", DESKTOP), ("web-round", "/round", DESKTOP),
    ("web-unit", "/u/V-0049", PHONE),
)  # fmt: skip


def main() -> None:
    """Open each page and save what a visitor sees first."""
    from playwright.sync_api import sync_playwright
    from tests.web.serving import serving

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium on this machine")
    with TemporaryDirectory() as folder, serving(Path(folder), "--demo") as (_, address), sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path, device in PICTURES:
            page = browser.new_context(base_url=address, **device).new_page()
            page.goto(path)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
