"""Outputs stand whole or not at all: a process killed at any moment leaves the old file or the new one, never a torn one."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLS = 50
WRITER = """
import json, sys
from itertools import count
from pathlib import Path
from meihao.core.files import write_whole
folder = Path(sys.argv[1])
print("ready", flush=True)
for n in count():
    for name in ("a.json", "sub/b.json"):
        write_whole(folder / name, json.dumps({"n": n, "rows": [n] * (2000 + n % 7 * 40000)}).encode())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_fifty_kills_tear_nothing(tmp_path: Path, root: Path) -> None:
    dice = random.Random(20260630)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for kill in range(KILLS):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, env=env)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(dice.random() * 0.06)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        for file in tmp_path.rglob("*.json"):
            if not file.name.startswith("."):
                whole = json.loads(file.read_bytes())
                assert set(whole["rows"]) == {whole["n"]}, f"torn after kill {kill}"
