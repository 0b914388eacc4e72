"""Proves that no file and no address named in a report's HTML or CSS is opened or ends up in the PDF."""

from __future__ import annotations

import base64
import io
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

weasyprint = pytest.importorskip("weasyprint")
pikepdf = pytest.importorskip("pikepdf")

from weasyprint.text.fonts import FontConfiguration  # noqa: E402  # after the check that it is there
from weasyprint.urls import URLFetcher  # noqa: E402

from meihao.reports.fetcher import AddressRefused, Fetcher, deny_all, fonts_only  # noqa: E402
from meihao.reports.fonts import FONTS, Font, font_faces_css  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "fonts"
SECRET = b"root:x:0:0:secret-of-the-machine"
# A picture of one red point: a file that WeasyPrint would gladly put in.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)

IN_HTML = {
    "img": '<img src="{url}">',
    "img srcset": '<img srcset="{url} 1x" src="{url}">',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "link stylesheet": '<link rel="stylesheet" href="{url}">',
    "link attachment": '<link rel="attachment" href="{url}">',
    "a attachment": '<a rel="attachment" href="{url}">x</a>',
    "style attribute": '<p style="background: url({url})">x</p>',
    "style element": '<style>p {{ background: url("{url}") }} li {{ list-style: url("{url}") }}</style><p>x</p><li>x',
    "style content": '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
    "style import": '<style>@import "{url}";</style>',
    "style font": '<style>@font-face {{ font-family: F; src: url("{url}") }} p {{ font-family: F }}</style><p>x</p>',
    "svg image": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}#a"/></svg>',
}
IN_CSS = {
    "url": 'p {{ background: url("{url}") }}',
    "import": '@import "{url}";',
    "import url": '@import url("{url}");',
    "font": '@font-face {{ font-family: F; src: url("{url}") }} p {{ font-family: F }}',
    "page": '@page {{ background: url("{url}") }}',
}


class Recording(Fetcher):
    """The fetcher under test, keeping what it gave away."""

    given: list[str]

    def fetch(self, url: str, headers: object = None) -> object:
        answer = super().fetch(url)
        self.given.append(url)
        return answer


def recording(fetcher: Fetcher) -> Recording:
    copy = Recording(fetcher._allowed)
    copy.given = []
    return copy


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """No name is looked up and no connection is made in this test; attempts are listed."""
    made: list[object] = []

    def refuse(*target: object, **_: object) -> None:
        made.append(target)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield made
    assert made == []


@pytest.fixture
def addresses(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "picture.png").write_bytes(PICTURE)
    return {
        "passwd": "file:///etc/passwd",
        "secret": (tmp_path / "secret.txt").as_uri(),
        "picture": (tmp_path / "picture.png").as_uri(),
        "http": "http://127.0.0.1:9/x.png",
        "https": "https://host.invalid/x.css",
        "ftp": "ftp://host.invalid/x",
        "data": "data:text/plain;base64," + base64.b64encode(SECRET).decode(),
        "upper case": (tmp_path / "secret.txt").as_uri().replace("file:", "FILE:"),
    }


def pdf_of(html: str, fetcher: URLFetcher, css: str = "", css_fetcher: URLFetcher | None = None) -> bytes:
    config = FontConfiguration()
    sheet = weasyprint.CSS(string=css, font_config=config, url_fetcher=css_fetcher or fetcher)
    page = weasyprint.HTML(string=f"<title>t</title>{html}", url_fetcher=fetcher, base_url="file:///")
    return bytes(page.write_pdf(stylesheets=[sheet], font_config=config))


def contents(pdf: bytes) -> tuple[bytes, set[str]]:
    """Return every stream of a PDF unpacked and joined, and the kinds of thing that were put in from outside."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        kinds = {str(stream.get(key)) for stream in streams for key in ("/Type", "/Subtype")}
        return b"".join(stream.read_bytes() for stream in streams), kinds & {"/EmbeddedFile", "/Image"}


def nothing_came_in(pdf: bytes) -> bool:
    joined, kinds = contents(pdf)
    return kinds == set() and SECRET not in joined and b"root:x:0" not in joined


def test_the_probes_do_reach_a_file_when_nothing_forbids_it(addresses: dict[str, str]) -> None:
    for way, address in (("link attachment", "secret"), ("a attachment", "secret"), ("img", "picture")):
        html = IN_HTML[way].format(url=addresses[address])
        assert not nothing_came_in(pdf_of(html, URLFetcher())), way


@pytest.mark.parametrize("way", IN_HTML)
def test_html_fetches_nothing(way: str, addresses: dict[str, str], calls: list[object]) -> None:
    fetcher = recording(deny_all())
    html = "".join(IN_HTML[way].format(url=url) for url in addresses.values())
    assert nothing_came_in(pdf_of(html, fetcher))
    assert fetcher.given == []


@pytest.mark.parametrize("way", IN_CSS)
def test_our_css_fetches_nothing_but_fonts(way: str, addresses: dict[str, str], calls: list[object]) -> None:
    html_fetcher, css_fetcher = recording(deny_all()), recording(fonts_only(FOLDER))
    css = "".join(IN_CSS[way].format(url=url) for url in addresses.values())
    assert nothing_came_in(pdf_of("<p>x</p>", html_fetcher, css, css_fetcher))
    assert html_fetcher.given == css_fetcher.given == []


def test_our_css_fetches_the_bundled_fonts_while_html_fetches_nothing() -> None:
    html_fetcher, css_fetcher = recording(deny_all()), recording(fonts_only(FOLDER))
    css = font_faces_css(FOLDER) + 'p { font-family: "Meihao Sans" }'
    pdf = pdf_of("<p>美好</p>", html_fetcher, css, css_fetcher)
    assert html_fetcher.given == []
    assert css_fetcher.given == [(FOLDER / font.file).as_uri() for font in FONTS]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        items = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
        names = [str(item.FontName) for item in items if item.get("/Type") == "/FontDescriptor"]
    assert [name.split("+")[1] for name in names] == ["Meihao-Sans"]


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.file)
def test_a_bundled_font_is_given_whole(font: Font) -> None:
    file = FOLDER / font.file
    assert fonts_only(FOLDER).fetch(file.as_uri()).read() == file.read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "/README.md",
        "/../fonts/NotoSansSC-Bold.ttf",
        "/%2e%2e/templates/x",
        "/NotoSansSC-Bold.ttf?x",
        "/NotoSansSC-Bold.ttf#x",
        "/NotoSansSC-Bold.ttf%00.txt",
        "/",
        "",
    ],
)
def test_an_address_near_a_font_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        fonts_only(FOLDER).fetch(FOLDER.as_uri() + address)


@pytest.mark.parametrize("address", ["", "x", "data:,x", "file:", "javascript:1", "about:blank", "file:///etc/passwd"])
def test_the_fetcher_for_html_refuses_every_address_however_it_is_asked(address: str) -> None:
    fetcher = deny_all()
    for ask in (fetcher, fetcher.fetch, fetcher.open):
        with pytest.raises(AddressRefused, match="not allowed"):
            ask(address)


def test_a_font_that_is_gone_does_not_stop_the_page(tmp_path: Path) -> None:
    css = font_faces_css(tmp_path)
    assert nothing_came_in(pdf_of("<p>x</p>", deny_all(), css, fonts_only(tmp_path)))
