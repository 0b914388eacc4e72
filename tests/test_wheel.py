"""The wheel: what `pip install .` brings holds the default pack whole, and the default pack is found where it is."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import meihao
from meihao.standard.resources import default_pack

ROOT = Path(__file__).resolve().parents[1]
PACK = ("criteria", "rules", "reports")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    pytest.importorskip("hatchling", reason="the build tool is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("meihao-*.whl")
    with zipfile.ZipFile(wheel) as content:
        return frozenset(content.namelist())


def test_the_wheel_holds_every_file_of_the_default_pack(names: frozenset[str]) -> None:
    files = [file for folder in PACK for file in (ROOT / folder).rglob("*") if file.is_file()]
    wanted = {f"meihao/pack/{file.relative_to(ROOT).as_posix()}" for file in files if "__pycache__" not in file.parts}
    assert {"meihao/pack/pack.yaml", *wanted} <= names


def test_the_wheel_holds_the_engine_and_the_licence_but_no_tests(names: frozenset[str]) -> None:
    assert {"meihao/__init__.py", "meihao/cli/main.py"} <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "engine/", "bench/"))]


def test_the_default_pack_is_found() -> None:
    assert (default_pack() / "pack.yaml").is_file()


@pytest.mark.skipif(
    "MEIHAO_EXPECT_INSTALLED" not in os.environ, reason="only `make wheel-test` runs an installed package"
)
def test_the_installed_package_is_the_one_tested() -> None:
    package = Path(meihao.__file__).resolve().parent
    assert ROOT not in package.parents
    assert default_pack() == package / "pack"
