"""What tests share: the default pack, loaded once; an invented round, judged once; the command line; this checkout's root."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from msgspec.structs import replace
from tests.calling import Cli

from meihao.assessment.infer.reference import conclude
from meihao.cli.main import run
from meihao.core.problems import errors
from meihao.pipeline import Judged, judge_units, read_units
from meihao.round.model import RegisterReceipt, Round
from meihao.round.read import lone_round, read_round_file
from meihao.sample.invent import invent
from meihao.sample.recipe import read_recipe
from meihao.standard.cache import cached_pack
from meihao.standard.model import Pack

ROOT = Path(__file__).parents[1]


def pytest_configure() -> None:
    """Set up Django before modules that define tables are collected; a property never fails because a machine is busy."""
    from meihao.web.settings import set_up_tables

    set_up_tables()
    settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
    settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that at the end of a run no process waits for another one."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


DAY = date(2026, 6, 30)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def default_pack() -> Pack:
    read = cached_pack(ROOT, None)
    pack, problems = read.pack, read.said
    assert pack is not None, "\n".join(p.text() for p in problems)
    return pack


@pytest.fixture(scope="session")
def sample_folder(default_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample round's files."""
    folder = tmp_path_factory.mktemp("sample")
    for file in invent(default_pack, read_recipe(ROOT / "examples" / "demo")):
        (folder / file.path).parent.mkdir(exist_ok=True)
        (folder / file.path).write_text(file.text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sample_round(default_pack: Pack, sample_folder: Path) -> Round:
    round_, problems = read_round_file(sample_folder / "round.yaml", default_pack)
    assert round_ is not None, problems
    return round_


@pytest.fixture(scope="session")
def sample(default_pack: Pack, sample_round: Round, sample_folder: Path) -> Sequence[Judged]:
    """The sample round, judged by the reference engine."""
    units, problems = read_units([sample_folder / "evidence"], default_pack, sample_round)
    assert not errors(problems)
    return tuple(judge_units(default_pack, sample_round, units, conclude, whole_round=True))


@pytest.fixture(scope="session")
def worst(default_pack: Pack) -> Sequence[Judged]:
    """The worst units that this project could think of, judged together on one day."""
    came_in = tuple(RegisterReceipt(one.id, True, DAY, DAY, "登记部门") for one in default_pack.registers)
    round_ = replace(lone_round(DAY, "verified"), registers=came_in)
    units, problems = read_units([ROOT / "tests" / "units"], default_pack, round_)
    late = {p.code for p in errors(problems)} - {"E022"}
    assert not late, "\n".join(p.text() for p in problems)
    return tuple(judge_units(default_pack, round_, units, conclude, whole_round=False))


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """The command line in this process, with a cache of its own. Whatever it is handed, it shows no traceback."""
    monkeypatch.setenv("MEIHAO_CACHE", str(tmp_path / "cache"))

    def call(*words: object) -> tuple[int, str, str]:
        try:
            code = run([str(word) for word in words])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call


@pytest.fixture
def hand_in(cli: Cli) -> Cli:
    """`meihao import` in this process."""
    return lambda *words: cli("import", *words)
