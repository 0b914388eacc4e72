"""Proves that each way of spoiling a pack is refused with its own code, at the very place, in words that are frozen.

The tables stand in `bad_packs/*.yaml`: one change to the tiny pack, where (`at`, after `after`, in `in`) which code is due.
The sentences stand in `bad_packs/messages.txt`; `make goldens` rewrites them: read the diff.
"""

from __future__ import annotations

import os
import re
from functools import cache

import pytest
from tests.standard.tiny_pack import BAD, changed, load_and_check, tiny_files

from meihao.core.problems import Message, Problem
from meihao.methods import messages as method_messages
from meihao.standard import messages
from meihao.standard.checking import messages as check_messages
from meihao.text_in import shape_messages
from meihao.text_in.yaml_reader import read_yaml
from meihao.text_in.yaml_value import YamlValue


@cache
def spoilt() -> dict[str, YamlValue]:
    """Return every case of the tables by name."""
    cases: dict[str, YamlValue] = {}
    for path in sorted(BAD.glob("*.yaml")):
        document, problems = read_yaml(path.read_bytes(), path.name)
        assert document is not None
        assert not problems
        for case in YamlValue(document, document.data).each("cases"):
            assert case.text("name") not in cases
            cases[case.text("name")] = case
    return cases


def raw(case: YamlValue, key: str, default: str = "") -> str:
    """Return a text as it stands, with its blanks."""
    found = case.get(key)
    return default if found is None else str(found.data)


def spoil(case: YamlValue) -> dict[str, bytes]:
    """Return the files of the tiny pack with the change of a case."""
    file = case.text("file")
    if case.flag("remove"):
        return {path: data for path, data in tiny_files().items() if path != file}
    if "old" not in case:
        return {**tiny_files(), file: raw(case, "new").encode()}
    files = changed(file, raw(case, "old"), raw(case, "new"))
    if "old2" in case:
        files = changed(case.text("file2"), raw(case, "old2"), raw(case, "new2"), files)
    return files


def place(case: YamlValue, files: dict[str, bytes]) -> str:
    """Return `file:line:col` where the case says that the problem stands."""
    file = case.text("in") or case.text("file")
    if "at" not in case:
        return file
    text = files[file].decode()
    start = text.index(raw(case, "after")) + len(raw(case, "after")) if "after" in case else 0
    at = text.index(raw(case, "at"), start)
    line = text.count("\n", 0, at) + 1
    return f"{file}:{line}:{at - (text.rfind(chr(10), 0, at) + 1) + 1}"


@cache
def found(name: str) -> tuple[Problem, ...]:
    return load_and_check(spoil(spoilt()[name]))[1]


@pytest.mark.parametrize("name", spoilt())
def test_is_refused_at_the_place_with_its_code(name: str) -> None:
    case = spoilt()[name]
    wanted = f"{place(case, spoil(case))} {case.text('code')}"
    said = [f"{problem.source} {problem.code}" for problem in found(name)]
    assert wanted in said
    said.remove(wanted)
    assert sorted(line.rpartition(" ")[2] for line in said) == sorted(case.words("also"))


def sentences() -> str:
    """Return what is said of every case, in both languages."""
    lines = []
    for name, case in spoilt().items():
        lines.append(f"# {name}")
        for problem in found(name):
            if problem.code == case.text("code"):
                lines += [problem.text("zh"), problem.text("en")]
                break
    return "\n".join(lines) + "\n"


def test_the_words_are_frozen() -> None:
    if os.environ.get("MEIHAO_REWRITE_GOLDENS"):
        (BAD / "messages.txt").write_text(sentences(), encoding="utf-8")
    assert sentences() == (BAD / "messages.txt").read_text(encoding="utf-8")


def every_code() -> list[str]:
    named = [
        one for module in (messages, shape_messages, check_messages, method_messages) for one in vars(module).values()
    ]
    return sorted(one.code for one in named if isinstance(one, Message))


ELSEWHERE = {"S001", "S002", "S004", "S180", "S181", "S191"}  # proved in test_load_files.py and test_load_edition.py
TEMPLATES = {"S190", "S192"}  # proved in tests/reports/test_templates.py
FOR_ROUNDS = {"S021"}  # dates stand in rounds and cases: test_shape.py


def test_every_code_has_a_pack_that_shows_it() -> None:
    shown = {case.text("code") for case in spoilt().values()}
    assert set(every_code()) - shown - ELSEWHERE - TEMPLATES - FOR_ROUNDS == set()


def test_codes_are_used_once() -> None:
    assert len(every_code()) == len(set(every_code()))


def test_every_code_has_its_paragraph() -> None:
    docs = (BAD.parents[2] / "docs" / "errors" / "standard.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (S[0-9]{3})$", docs, flags=re.MULTILINE)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert sorted(told) == every_code()
    assert [code for code, text in told.items() if len(text.strip()) < 20] == []
