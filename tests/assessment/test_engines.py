"""Which engine judges: durable where it can be imported, the reference elsewhere; a foreign pack's rules only after a trial."""

from __future__ import annotations

import builtins
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from meihao.assessment.infer import engines, reference, smoke
from meihao.assessment.infer.engines import engine
from meihao.assessment.infer.program import All, Atom, Clause, Program
from meihao.assessment.infer.smoke import smoke_test, tried_engine

PROGRAM = Program(((Clause("规则", All((Atom("a"), Atom("\ud800"))), True, "veto", ""),),))
ATOMS = {"a": "true", "\ud800": "true"}


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No test sees the engine that another test found."""
    engines._durable.cache_clear()
    yield
    engines._durable.cache_clear()


@pytest.fixture
def no_durable(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: object) -> object:
        if name in ("durable", "durable_rules_engine"):
            raise ImportError("undefined symbol: PyEval_CallObject")
        return real(name, *rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.fixture
def durable_here() -> None:
    pytest.importorskip(
        "durable_rules_engine", reason="durable_rules cannot be imported: the reference judges", exc_type=ImportError
    )


@pytest.mark.parametrize("name", ["auto", "durable", "reference"])
@pytest.mark.usefixtures("no_durable")
def test_without_durable_the_reference_judges_whatever_was_asked(name: engines.Wanted) -> None:
    assert engine(name) == ("reference", reference.conclude)
    assert tried_engine((PROGRAM,), "sha256:0", None, name) == ("reference", reference.conclude, ())


@pytest.mark.usefixtures("durable_here")
def test_with_durable_it_judges_unless_the_reference_is_asked_for() -> None:
    assert [engine(name)[0] for name in ("auto", "durable", "reference")] == ["durable", "durable", "reference"]
    assert engine("reference")[1] is reference.conclude
    assert engine("auto")[1] == engine("durable")[1], "one engine, so that rulesets are made once"


@pytest.mark.usefixtures("durable_here")
def test_a_foreign_pack_passes_its_trial_once_and_the_cache_remembers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, conclude, problems = tried_engine((PROGRAM,), "sha256:1", tmp_path)
    assert (name, problems) == ("durable", ())
    assert conclude(PROGRAM, ATOMS, frozenset()).effects == (("veto", "", "规则"),)  # type: ignore[arg-type]
    monkeypatch.setattr(smoke, "_try", lambda *_: "crashed")
    assert smoke_test((PROGRAM,), "sha256:1", tmp_path) == "passed"
    assert smoke_test((PROGRAM,), "sha256:2", tmp_path) == "crashed"
    assert smoke_test((PROGRAM,), "sha256:2", tmp_path) == "crashed"
    assert smoke_test((PROGRAM,), "sha256:1", None) == "crashed"


@pytest.mark.usefixtures("durable_here")
@pytest.mark.parametrize(
    ("outcome", "said"), [("crashed", "进程中途退出"), ("too_slow", "超过时限"), ("differs", "结论与参考引擎不同")]
)
def test_a_foreign_pack_that_durable_does_not_stand_is_judged_by_the_reference_with_a_warning(
    outcome: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoke, "_try", lambda *_: outcome)
    name, conclude, problems = tried_engine((PROGRAM,), "sha256:3", None)
    assert (name, conclude) == ("reference", reference.conclude)
    ((code, severity, text),) = [(p.code, p.severity, p.text("zh")) for p in problems]
    assert (code, severity) == ("I001", "warning")
    assert said in text
    assert "reference" in problems[0].text("en")


@pytest.mark.usefixtures("durable_here")
def test_the_trial_ends_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert smoke_test((PROGRAM,), "sha256:4", None, seconds=0.001) == "too_slow"


@pytest.mark.usefixtures("durable_here")
def test_a_trial_that_dies_is_a_crash_and_the_folder_it_starts_in_lends_it_no_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(0)", "ascii")
    monkeypatch.chdir(tmp_path)
    assert smoke_test((PROGRAM,), "sha256:5", None) == "passed"
    assert smoke_test(("no program",), "sha256:6", None) == "crashed"  # type: ignore[arg-type]


@pytest.mark.usefixtures("durable_here")
def test_the_trial_tells_different_conclusions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert smoke.agrees((PROGRAM, Program(())))
    monkeypatch.setattr(smoke, "reference", lambda *_: None)
    assert not smoke.agrees((PROGRAM,))


@pytest.mark.usefixtures("durable_here")
@pytest.mark.parametrize("content", [b"", b"passed\n", b"\xff", "是".encode(), b"fine"])
def test_a_damaged_cache_is_no_answer(content: bytes, tmp_path: Path) -> None:
    assert smoke_test((PROGRAM,), "sha256:7", tmp_path) == "passed"
    (file,) = (tmp_path / "smoke").iterdir()
    file.write_bytes(content)
    assert smoke_test((PROGRAM,), "sha256:7", tmp_path) == "passed"
    assert file.read_bytes() == b"passed"


@pytest.mark.usefixtures("durable_here")
def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "smoke").write_bytes(b"a file where a folder should be")
    assert smoke_test((PROGRAM,), "sha256:8", tmp_path) == "passed"
    assert os.listdir(tmp_path) == ["smoke"]
