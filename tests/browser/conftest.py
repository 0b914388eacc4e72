"""What tests in a real browser share: the served sample round, Chromium where there is one, axe after every step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.serving import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
    },
    "narrow": {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True},
    "no scripts": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
}
EVERY_SCREEN = bool(os.environ.get("MEIHAO_EVERY_SCREEN"))
PHONE = 600  # pixels: a wider screen is a desktop's
Visit = Callable[[str], Any]


@pytest.fixture(scope="session")
def address(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a round of twelve units of the sample, served to this machine."""
    if CHROMIUM is None:
        pytest.skip("no browser here")
    home = tmp_path_factory.mktemp("served") / "round"
    (home / "evidence").mkdir(parents=True)
    (home / "round.yaml").write_bytes((sample_folder / "round.yaml").read_bytes())
    few = sorted((sample_folder / "evidence").glob("*-00[34]?.evidence.yaml"))[:11]
    for file in (*few, sample_folder / "evidence" / "V-0049.evidence.yaml"):
        (home / "evidence" / file.name).write_bytes(file.read_bytes())
    with serving(home.parent, str(home)) as (_, found):
        yield found.rstrip("/")


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Any]:
    """The system's browser. It ends with its module: while its loop runs, Django refuses to touch a database in this thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Visit]:
    """Opens a page of the site in a fresh browser of a device; whatever a page asks of others, or an error in it, fails."""
    contexts, strangers, faults = [], [], []

    def opened(device: str, locale: str = "zh-CN") -> Any:
        context = chromium.new_context(base_url=address, locale=locale, bypass_csp=False, **DEVICES[device])
        contexts.append(context)
        context.set_default_timeout(180_000)  # a machine under load judges the round for a while
        page = context.new_page()
        page.on(
            "request",
            lambda asked: strangers.append(asked.url) if not asked.url.startswith((address, "data:")) else None,
        )
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not strangers
    assert not faults


@pytest.fixture(scope="session")
def sound() -> Callable[..., None]:
    """Checks a page as it stands: nothing is wider than the screen, and axe finds nothing against WCAG 2.2 AA.

    What axe looks at differs little between screens and takes seconds: the suite asks it on phones, `make pages` everywhere.

    A report is a sheet of its own, without the frame of the site.
    """

    def checked(page: Any, sheet: bool = False) -> None:
        page.wait_for_selector("body" if sheet else "footer.bottom", state="attached")
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], f"{page.url} is {wide[0]} wide on {wide[1]}"
        if wide[1] > PHONE and not EVERY_SCREEN:
            return
        page.evaluate(AXE)
        found = page.evaluate(
            "rules => axe.run({resultTypes: ['violations'], runOnly: rules})"
            ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html).slice(0, 3)]))",
            [*WCAG, *([] if sheet else ["best-practice"])],
        )
        assert found == [], page.url

    return checked
