"""Cold starts, whole processes: the bare interpreter against `--help` and the judgement of one YAML unit to JSON."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from .timing import PYTHON, ROOT, Table, against, command_seconds, environment, interleaved_commands

BARE = "python -c pass"
HELP = "meihao --help"
WARM = "meihao assess UNIT.yaml --format json, compiled pack in the cache"
EMPTY = "meihao assess UNIT.yaml --format json, empty cache"
SHAPED = "  beside it: `import jsonschema`, which only a misshapen file needs"
UNIT = ROOT / "examples" / "article" / "lianhua.evidence.yaml"
ENDS = (0, 1)  # 1: judged, but not passed


def run(rounds: int = 9) -> Table:
    """Measure CPU time, children included. Compiled modules are kept in a folder of their own, as an installation keeps them."""
    with TemporaryDirectory() as folder:
        seconds = _measure(Path(folder), rounds)
    targets = {HELP: 4.0, WARM: 8.0, EMPTY: 20.0}
    return Table("Cold starts (CPU time of the whole process)", BARE, against(BARE, seconds, 1, "ms", 1e3, targets))


def _measure(folder: Path, rounds: int) -> dict[str, float]:
    warm = environment(PYTHONPYCACHEPREFIX=str(folder / "compiled"), MEIHAO_CACHE=str(folder / "warm"))
    empty = {**warm, "MEIHAO_CACHE": str(folder / "empty")}
    assess = [PYTHON, "-m", "meihao", "assess", str(UNIT), "--on", "2026-06-30", "--format", "json"]

    def in_empty_cache() -> float:
        shutil.rmtree(folder / "empty", ignore_errors=True)
        return command_seconds(assess, empty, ENDS)

    commands: dict[str, Callable[[], float]] = {
        BARE: lambda: command_seconds([PYTHON, "-c", "pass"], warm),
        HELP: lambda: command_seconds([PYTHON, "-m", "meihao", "--help"], warm),
        WARM: lambda: command_seconds(assess, warm, ENDS),
        EMPTY: in_empty_cache,
        SHAPED: lambda: command_seconds([PYTHON, "-c", "import jsonschema"], warm),
    }
    interleaved_commands(commands, 1)  # compiles the modules and fills the warm cache
    return interleaved_commands(commands, rounds)
