"""Proves that every sentence of the terminal and of the browser stands in phrases/, once, in both languages, with its values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from tests.catalogues import HAN, asked, catalogues, inline, texts, written_once

import meihao
from meihao.cli.main import run
from meihao.cli.phrases.common import COMMON
from meihao.cli.phrases.failures import FAILURES
from meihao.cli.phrases.ranking import RANKING
from meihao.cli.phrases.stages import STAGES
from meihao.cli.phrases.usage import COMPLAINTS
from meihao.cli.speaker import in_both, speaker
from meihao.core.text import Label
from meihao.core.watch import Stage
from meihao.standard.model.tiers import Profile

ENGINE = Path(meihao.__file__).parent
CLI, WEB = ENGINE / "cli", ENGINE / "web"
ARGPARSE = "words"  # the table of commands: each help holds both languages
PLAIN = "usage"  # argparse's English and the same in Chinese: plain texts
PAGES = tuple(path.stem for path in sorted(CLI.glob("*.py")) if path.stem not in ("__init__", ARGPARSE))
BY = get_args(get_type_hints(Profile)["by"])  # said by what a list is ordered by
PARTS = tuple(part.stem for part in catalogues(CLI) if part.stem != PLAIN)
OF_WEB = [path for path in sorted(WEB.rglob("*.py")) if "phrases" not in path.parts]
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
KEYS_FIRST, KEYS_THIRD = re.compile(r"say$|speaker\(|_say_in_both$"), "_probe"


def part(name: str) -> Mapping[str, Label]:
    """Return the table of a part of the catalogue, which has the part's name."""
    found: Mapping[str, Label] = getattr(import_module(f"meihao.cli.phrases.{name}"), name.upper())
    return found


PHRASES = {key: label for name in PARTS for key, label in part(name).items()}


def calls(page: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each key that a page says, with the values that it gives."""
    for node in ast.walk(ast.parse((CLI / f"{page}.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and (at := _key_at(ast.unparse(node.func))) < len(node.args):
            said = node.args[at]
            for key in (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, {word.arg or "" for word in node.keywords}


def _key_at(called: str) -> int:
    return 0 if KEYS_FIRST.match(called) and called != "speaker" else 2 if called == KEYS_THIRD else 99


def parts_of(page: str) -> set[str]:
    return set(re.findall(r"from \.phrases\.(\w+) import", (CLI / f"{page}.py").read_text("utf-8"))) - {PLAIN}


def test_the_catalogue_is_read_whole() -> None:
    assert len(PARTS) > 12
    assert len(PHRASES) > 130
    assert sum(len(list(calls(page))) for page in PAGES) > 130


@pytest.mark.parametrize("key", sorted(PHRASES))
def test_both_languages_take_the_same_values(key: str) -> None:
    assert asked(PHRASES[key].zh) == asked(PHRASES[key]["en"])


@pytest.mark.parametrize(
    "file", [*catalogues(CLI), *catalogues(WEB)], ids=lambda file: f"{file.parents[1].stem}-{file.stem}"
)
def test_every_phrase_is_written_in_both_languages(file: Path) -> None:
    assert ("Label(" in file.read_text("utf-8")) == (file != CLI / "phrases" / f"{PLAIN}.py")
    assert written_once(file) == []


def test_no_key_of_the_terminal_stands_in_two_parts() -> None:
    keys = [key for name in PARTS for key in part(name)]
    assert sorted(keys) == sorted(PHRASES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_gives_each_phrase_its_values_and_no_others(page: str) -> None:
    mine = {**COMMON, **{key: label for name in parts_of(page) for key, label in part(name).items()}}
    for key, given in calls(page):
        assert key in mine
        assert given == asked(mine[key].zh), key


def test_every_phrase_is_used() -> None:
    said = {text for page in PAGES for text in texts(ast.parse((CLI / f"{page}.py").read_text("utf-8")))}
    assert set(PHRASES) - said - set(BY) - set(STAGES) == set()


def test_the_bar_of_every_stage_has_a_name() -> None:
    assert set(STAGES) == set(get_args(Stage))


def test_a_list_names_each_figure_by_which_it_can_be_ordered() -> None:
    say = speaker("en", RANKING)
    assert [say(by) for by in BY] == list(BY)


@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_stands_in_a_page_of_the_terminal(page: str) -> None:
    assert inline((CLI / f"{page}.py").read_text("utf-8")) == []


@pytest.mark.parametrize("file", OF_WEB, ids=lambda file: str(file.relative_to(WEB)))
def test_no_sentence_stands_in_a_view(file: Path) -> None:
    assert inline(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_sentence_stands_in_a_template_of_the_web(file: Path) -> None:
    assert HAN.findall(file.read_text("utf-8")) == []


@pytest.mark.parametrize(("english", "chinese"), COMPLAINTS)
def test_a_complaint_of_argparse_gives_its_chinese_the_same_values(english: str, chinese: str) -> None:
    assert set(re.compile(english).groupindex) == asked(chinese)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve", "--port", "x"), "--port应为端口，0到65535，现为“x”"),
        (("report", "--jobs", "300", "a.csv"), "--jobs应为0到256的整数，现为“300”"),
        (("explain",), "缺少参数：UNIT, EVIDENCE"),
        (("asess",), "没有“asess”，是否想写 assess？"),
        (("demo", "--to"), "--to后面要写内容"),
        (("version", "--all"), "不认识的参数：--all"),
    ],
)
def test_what_argparse_complains_of_is_said_in_chinese_first(
    arguments: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(arguments)
    assert capsys.readouterr().err.startswith(f"C019 {said}（meihao")


def test_english_nouns_agree_with_their_numbers() -> None:
    say = speaker("en", {"counted": Label("{n}处变化，{m}", "{n:changes}, {m}")})
    assert [say("counted", n=n, m=1) for n in (0, 1, 2)] == ["0 changes, 1", "1 change, 1", "2 changes, 1"]
    assert speaker("zh", {"counted": Label("{n}处变化", "{n:changes}")})("counted", n=2) == "2处变化"


def test_a_page_knows_its_own_phrases_and_the_common_ones_only() -> None:
    say = speaker("zh", {"unit": Label("小区", "compound")})
    assert (say("unit"), say("listing")) == ("小区", "、")
    with pytest.raises(KeyError):
        say("places_taken")


def test_a_value_that_is_a_label_speaks_each_language() -> None:
    said = in_both(FAILURES["output_lost"], why=Label("磁盘已满", "the disk is full"))
    assert (said.zh, said.en) == (
        "结果没有写完：磁盘已满（腾出空间再来）", "the output is not whole: the disk is full (make room and try again)",
    )  # fmt: skip
