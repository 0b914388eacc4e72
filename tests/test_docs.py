"""The documents keep their promises: quoted commands run and print what is quoted, links lead somewhere, every code has
its paragraph, worked examples work, and the files about real units score nobody."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from msgspec import Struct

import meihao
from meihao.assessment.infer.reference import conclude
from meihao.assessment.results import Assessment
from meihao.authoring.cases import run_cases
from meihao.authoring.coverage import missing_cases
from meihao.core.problems import errors
from meihao.pipeline import judge_units, read_units
from meihao.round.read import lone_round
from meihao.standard.cache import cached_pack
from meihao.standard.checking.check import check_pack
from meihao.standard.model import Pack

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "engine"
ARTICLE = ROOT / "examples" / "article"
OUTSIDE = {"build", "dist", "node_modules"}
READMES = ("README.md", "README.zh.md")
QUOTING = (
    *READMES,
    "CONTRIBUTING.md",
    "docs/excel.md",
    "docs/excel.zh.md",
    "docs/language.md",
    "docs/rounds.md",
    "docs/rounds.zh.md",
    "docs/verify.md",
    "docs/verify.zh.md",
    "examples/README.md",
    "examples/article/README.md",
)
TWINS = ("docs/excel", "docs/rounds", "docs/verify")
"""Long pages whose two languages quote the same commands: the suite runs the English one, `make docs` both."""
EVERY_PAGE = bool(os.environ.get("MEIHAO_EVERY_PAGE"))
MESSAGE_MAKERS = ("Message", "error", "warning", "_error", "_warning")
NOT_RUN = ("self-test", "setup")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^```(\w*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"[CEIKPSTVWXY]\d{3}(?![0-9A-Za-z])")
PARAGRAPH = re.compile(r"^#{2,4} ([A-Z]\d{3})\b|^\*\*([A-Z]\d{3})\*\*|^\| ?`?([A-Z]\d{3})`? ?\|", re.MULTILINE)


def pages() -> list[Path]:
    inside = ((p, p.relative_to(ROOT).parts) for p in ROOT.rglob("*.md"))
    return sorted(
        p for p, parts in inside if not OUTSIDE & set(parts) and not any(part.startswith(".") for part in parts)
    )


def read(path: str | Path) -> str:
    return (ROOT / path).read_text("utf-8")


class Block(Struct, frozen=True):
    """A fenced block: its language, the words after it, its text."""

    language: str
    words: str
    text: str


def blocks(page: str) -> list[Block]:
    return [Block(m[1], m[2].strip(), m[3]) for m in FENCE.finditer(read(page))]


# ---- quoted commands and their output --------------------------------------------------------------------------------


def quoting_pages() -> list[str]:
    quick = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "docs" / "quickstart").glob("*.md"))
    return [*QUOTING, *quick]


def commands(block: Block) -> list[str]:
    lines = [line for line in block.text.splitlines() if line.startswith("./meihao ")] if block.language == "sh" else []
    return [line for line in lines if line.split()[1] not in NOT_RUN]


def expected_code(line: str) -> int:
    """Return the documented exit code: `# exit 1` or `# 退出码1`, else 0."""
    said = re.search(r"#.*?(?:exit|退出码) ?(?:exit )?(\d)", line)
    return int(said[1]) if said else 0


class Desk(Struct, frozen=True):
    """A folder in which the quoted commands run, each once, with what they printed."""

    folder: Path
    done: dict[str, tuple[int, str]]

    def run(self, line: str) -> tuple[int, str]:
        key = line.partition(" #")[0].strip()
        if key not in self.done:
            self.done[key] = self.shell(key)
        return self.done[key]

    def shell(self, line: str, *words: str) -> tuple[int, str]:
        surroundings = {
            **os.environ,
            "PYTHONPATH": str(ENGINE),
            "MEIHAO_CACHE": str(self.folder / "cache"),
            "PYTHONUTF8": "1",
        }
        done = subprocess.run(
            words or ("sh", "-c", line),
            cwd=self.folder,
            env=surroundings,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a folder with the examples, the evidence files that the documents quote, `./meihao`, and the demo's round."""
    folder = tmp_path_factory.mktemp("docs")
    copytree(ROOT / "examples", folder / "examples")
    (folder / "build").mkdir()
    shim = folder / "meihao"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m meihao "$@"\n', "utf-8")
    shim.chmod(0o755)
    for page in quoting_pages():
        for block in blocks(page):
            if named := re.match(r"# ([\w-]+\.evidence\.yaml)\n", block.text):
                (folder / named[1]).write_text(block.text, "utf-8")
    ready = Desk(folder, {})
    code, text = ready.run("./meihao demo")
    assert code == 0, text
    return ready


def unkept(page: str, desk: Desk) -> Iterator[str]:
    """Yield what a page promises and does not keep: an exit code, or a line of output."""
    printed = ""
    for block in blocks(page):
        if lines := commands(block):
            printed = ""
        for line in lines:
            code, text = desk.run(line)
            printed += text
            if code != expected_code(line):
                yield f"{page}: {line} -> {code}\n{text[-600:]}"
        if block.language == "text":
            seen = even(desk.run("./meihao demo")[1] if block.words == "demo" else printed)
            yield from (f"{page}: not printed: {line}" for line in block.text.splitlines() if even(line) not in seen)


def even(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.long
def test_every_quoted_command_and_program_runs_and_prints_what_is_quoted(desk: Desk) -> None:
    left = () if EVERY_PAGE else tuple(f"{twin}.zh.md" for twin in TWINS)
    broken = [promise for page in quoting_pages() if page not in left for promise in unkept(page, desk)]
    assert not broken, "\n".join(broken)
    first, second = programs_of("docs/quickstart/integrator.md")
    code, text = desk.shell("", sys.executable, "-c", first)
    assert (code, text.split()[0]) == (0, "C-0118"), text
    code, text = desk.shell("", sys.executable, "-c", second)
    assert (code, '"V-1"' in text) == (0, True), text


def programs_of(page: str) -> list[str]:
    return [block.text for block in blocks(page) if block.language == "python"]


def test_both_pages_for_integrators_have_the_same_programs() -> None:
    assert programs_of("docs/quickstart/integrator.md") == programs_of("docs/quickstart/integrator.zh.md")


def asked(page: str) -> list[tuple[str, int]]:
    """Return a page's commands with their exit codes, without language and names of outputs."""
    lines = [line for block in blocks(page) for line in commands(block)]
    bare = [re.sub(r" --lang en| --to \S+", "", line.partition(" #")[0]) for line in lines]
    return [
        (re.sub(r"build/[^\s/]+", "build/…", text).strip(), expected_code(line))
        for text, line in zip(bare, lines, strict=True)
    ]


@pytest.mark.parametrize("page", TWINS)
def test_both_languages_of_a_long_page_quote_the_same_commands(page: str) -> None:
    assert asked(f"{page}.md") == asked(f"{page}.zh.md")


@pytest.mark.parametrize("page", ["docs/quickstart/integrator.md", "docs/quickstart/integrator.zh.md"])
def test_every_function_of_the_package_stands_on_the_page_for_integrators(page: str) -> None:
    functions = {name for name in meihao.__all__ if name.islower()}
    assert not functions - set(re.findall(r"`(\w+)`", read(page)))


def test_the_documented_exit_code_is_read_from_the_comment() -> None:
    assert [
        expected_code(line) for line in ("./meihao check", "./meihao a  # 退出码1：待定", "./meihao a  # exit 2: bad")
    ] == [0, 1, 2]


# ---- links, headings, codes, words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    prose = FENCE.sub("", page.read_text("utf-8"))
    assert not [target for target in LINK.findall(prose) if not (page.parent / target).exists()]


def test_both_readmes_have_the_same_headings_and_name_each_other_first() -> None:
    english, chinese = (re.findall(r"^(#+) ", FENCE.sub("", read(name)), re.MULTILINE) for name in READMES)
    assert english == chinese
    firsts = [read(name).splitlines()[0] for name in READMES]
    assert "(README.zh.md)" in firsts[0]
    assert "(README.md)" in firsts[1]


def codes_of_the_engine() -> set[str]:
    """Return every problem code that stands at the start of a text in the engine (docstrings left out)."""
    found: set[str] = set()
    for module in sorted((ENGINE / "meihao").rglob("*.py")):
        tree = ast.parse(module.read_text("utf-8"))
        named = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        found |= {text[:4] for text in named if CODE.match(text)}
    return found


def messages_of(module: Path) -> list[str]:
    """Return the codes of the messages that a module defines, by `Message` or by the short functions that make one."""
    calls = (n for n in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(n, ast.Call) and n.args)
    firsts = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in MESSAGE_MAKERS)
    return [first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)]


def test_a_code_means_one_thing() -> None:
    codes = [code for module in sorted((ENGINE / "meihao").rglob("*.py")) for code in messages_of(module)]
    assert not sorted({code for code in codes if codes.count(code) > 1})


def test_every_code_has_a_paragraph() -> None:
    documents = [*sorted((ROOT / "docs" / "errors").glob("*.md")), ROOT / "docs" / "engine.md"]
    explained = {code for page in documents for match in PARAGRAPH.findall(page.read_text("utf-8")) for code in match}
    assert not sorted(codes_of_the_engine() - explained)


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_page_names_a_registry_or_a_path_of_one_machine(page: Path) -> None:
    text = page.read_text("utf-8")
    hosts = ("pypi" + ".org", "python" + "hosted", "npm" + "js", "crates.io", "proxy.golang", "mirrors.")
    paths = re.findall(r"(?<![\w.~])/(?:work|tmp|home|root|Users|opt|mnt)/\S+|C:\\+Users", text)
    assert not [host for host in hosts if host in text]
    assert not paths


# ---- worked examples of CONTRIBUTING ---------------------------------------------------------------------------------


def said(folder: Path) -> list[str]:
    """Return the codes that `check` would say of a pack, cases included, in order."""
    read = cached_pack(folder, None)
    pack, problems = read.pack, read.said
    assert pack is not None, [p.text() for p in problems]
    results, more = run_cases(pack, folder)
    failed = ["T004" for result in results if not result.ok]
    return sorted([p.code for p in (*problems, *check_pack(pack), *more, *missing_cases(pack, results))] + failed)


def append(folder: Path, blocks_left: list[Block]) -> None:
    block = blocks_left.pop(0)
    head, _, text = block.text.partition("\n")
    file = folder / head.removeprefix("# append: ")
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def test_the_worked_examples_of_contributing_work(tmp_path: Path) -> None:
    for part in ("criteria", "rules"):
        copytree(ROOT / part, tmp_path / part)
    (tmp_path / "pack.yaml").write_text(read("pack.yaml"), "utf-8")
    left = [b for b in blocks("CONTRIBUTING.md") if b.text.startswith("# append: ")]
    append(tmp_path, left)
    append(tmp_path, left)
    assert said(tmp_path) == ["S101", "T005", "T005", "T005"]
    criteria, cases = (tmp_path / f"criteria/compound/selfgovernance{end}" for end in (".yaml", ".cases.yaml"))
    change(criteria, r"(id: model_rules\n(?:.*\n){2}    points: )3", r"\g<1>2")
    assert said(tmp_path) == ["T004", "T005", "T005", "T005"]
    change(cases, r"(given: \{owners.model_rules: true\}\n    expect: \{outcome: met, points: )3", r"\g<1>2")
    append(tmp_path, left)
    assert said(tmp_path) == []
    append(tmp_path, left)
    assert said(tmp_path) == ["T005", "T005"]
    append(tmp_path, left)
    assert said(tmp_path) == []


def change(file: Path, pattern: str, new: str) -> None:
    text, times = re.subn(pattern, new, file.read_text("utf-8"))
    assert times == 1
    file.write_text(text, "utf-8")


def test_the_places_that_a_scoring_method_touches_exist() -> None:
    named = re.findall(r"`((?:engine|tests)/[\w./]+)`", read("CONTRIBUTING.md"))
    assert [path for path in named if not (ROOT / path).exists()] == []


# ---- real units: only what was reported, and nobody scored -----------------------------------------------------------

FILES = sorted(ARTICLE.glob("*.evidence.yaml"))
EARNED = {"yingyong": {"compound.neighbours.shared": 2}}  # what the reported facts earn; everything else is open


@cache
def starter() -> Pack:
    read = cached_pack(ROOT, None)
    pack, problems = read.pack, read.said
    assert pack is not None, problems
    return pack


def judged(file: Path) -> Assessment:
    round_ = lone_round(date(2023, 6, 30))
    units, problems = read_units([file], starter(), round_)
    assert not problems
    (one,) = judge_units(starter(), round_, units, conclude, whole_round=False)
    return one.assessment


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_real_unit_is_undetermined_and_fails_no_line(file: Path) -> None:
    assessment = judged(file)
    assert assessment.verdict.state == "undetermined"
    assert not [line for line in assessment.lines if line.fails]
    assert not [finding for finding in assessment.findings if finding.state == "fired"]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_real_unit_earns_only_what_was_reported_and_the_rest_says_what_it_lacks(file: Path) -> None:
    earned = EARNED.get(file.name.removesuffix(".evidence.yaml"), {})
    items = judged(file).items
    assert {item.id: item.lo for item in items if item.outcome != "unknown"} == earned
    assert all(item.lo == 0 and item.whys for item in items if item.id not in earned)


def test_the_sewage_of_aiguang_lacks_its_document_only() -> None:
    """37 + 122 + 410 = 569 households: the figures agree, the ledger was not published."""
    items = {item.id: item for item in judged(ARTICLE / "aiguang.evidence.yaml").items}
    causes = {
        name: sorted(why.cause for why in items[f"village.environment.{name}"].whys) for name in ("sewage", "toilets")
    }
    assert causes == {"sewage": ["missing_document"], "toilets": ["missing_document", "missing_fact"]}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_fact_of_a_real_unit_stands_below_a_quotation_and_a_source(file: Path) -> None:
    text = file.read_text("utf-8")
    facts = text.partition("facts:\n")[2].partition("documents:")[0]
    assert "# 来源 source：" in text
    assert facts.lstrip().startswith("# “")
    assert "role: applicant" in text, "a report is no inspection"


def test_every_file_of_a_real_unit_is_listed() -> None:
    listed = re.findall(r"\]\(([\w-]+\.evidence\.yaml)\)", read("examples/article/README.md"))
    assert sorted(listed) == [file.name for file in FILES]


def test_the_default_pack_is_whole() -> None:
    assert not errors(check_pack(starter()))
