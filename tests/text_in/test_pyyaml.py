"""PyYAML as it is imported here reads what it reads anywhere, by its own parser too."""

from __future__ import annotations

import subprocess
import sys

import pytest

from meihao.text_in.pyyaml import LatePattern

TEXT = r"""
yes: [true, off, ~, 0x1F, 0b11, 017, 190:20:30, 1_000, 6.8523e+3, .inf, 2026-02-03, 2026-02-03T04:05:06.7 +8, "2026-02-03"]
<<: {name: 丰岭社区}
"""
READ = "import yaml; print(yaml.safe_load(yaml.dump(yaml.safe_load(text))))"
KIND = "\nprint(type(yaml.reader.Reader.NON_PRINTABLE).__name__)"
BROKEN = "import yaml\ntry: yaml.safe_load('\\x00')\nexcept yaml.YAMLError as refused: print(refused)"


def printed(code: str) -> list[str]:
    words = (sys.executable, "-c", f"text = {TEXT!r}\n{code}")
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()


def test_what_pyyaml_reads_stays_what_it_was() -> None:
    read, by = printed(f"import meihao.text_in.pyyaml\n{READ}{KIND}")
    assert by == "LatePattern"
    assert [read, "Pattern"] == printed(READ + KIND)


def test_what_pyyaml_refuses_stays_refused() -> None:
    said = printed(f"import meihao.text_in.pyyaml\n{BROKEN}")
    assert said == printed(BROKEN)
    assert "special characters are not allowed" in " ".join(said)


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    late = LatePattern("[")
    with pytest.raises(Exception, match="unterminated character set"):
        late.match("a")
    assert LatePattern("(?i)A+").fullmatch("aAa")[0] == "aAa"
