"""Makes the pictures of pages in docs/images, from the sample round and an invented intake, in the system's Chromium.

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
    """Open each page and save what a visitor sees first; then what an applicant and a reviewer see."""
    from playwright.sync_api import sync_playwright
    from tests.web.peopled import make_served

    from meihao.web.settings import set_up_tables

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium on this machine")
    with TemporaryDirectory() as folder:
        set_up_tables()
        make_served(Path(folder) / "served")  # before a browser runs: its loop keeps databases away
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            visit(browser, Path(folder))
            intake(browser, Path(folder))
            browser.close()


def visit(browser: Any, folder: Path) -> None:
    """Save the pages of the sample round."""
    from tests.web.serving import serving

    with serving(folder, "--demo") as (_, address):
        for name, path, device in PICTURES:
            page = browser.new_context(base_url=address, **device).new_page()
            page.goto(path)
            page.screenshot(path=IMAGES / f"{name}.png")


def intake(browser: Any, folder: Path) -> None:
    """Fill in, hand in and review a unit of an invented round, and save what each of both sees."""
    from tests.web.serving import serving

    with serving(folder, str(folder / "served")) as (_, address):
        page = entered(browser, address, "applicant", PHONE)
        page.goto("/u/A-1/fill/part/village.party")
        page.fill('[name="households"]', "420")
        page.keyboard.press("Tab")
        page.wait_for_selector("#kept:has-text('已存')")
        page.screenshot(path=IMAGES / "web-fill.png")
        page.goto("/u/A-1/fill/check")
        page.click('button[value="submit"]')
        page = entered(browser, address, "township", DESKTOP)
        page.goto("/review/A-1")
        page.click('[id="field:households"] summary')
        page.screenshot(path=IMAGES / "web-review.png")


def entered(browser: Any, address: str, login: str, device: dict[str, Any]) -> Any:
    """Return a page of somebody who has logged in."""
    from tests.web.peopled import PASSWORD

    page = browser.new_context(base_url=address, locale="zh-CN", **device).new_page()
    page.goto("/login")
    page.fill('[name="login"]', login)
    page.fill('[name="password"]', PASSWORD)
    page.locator("main form button").first.click()
    return page


if __name__ == "__main__":
    main()
