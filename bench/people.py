"""200 people at once: applicants who fill in and hand in, townships and counties who review, and visitors (locust)."""

from __future__ import annotations

import csv
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from .served_round import UNITS, copied
from .serving import serving
from .timing import PYTHON, ROOT, Line, Table, environment

PEOPLE, A_SECOND = 200, 5  # how many, and how many of them come in each second
ALL = "all requests"


def run(minutes: float = 10, people: int = PEOPLE, units: int = UNITS) -> Table:
    """Let people work on a served round for so long; every answer that they did not expect counts as an error."""
    if find_spec("locust") is None:
        raise ModuleNotFoundError("locust", name="locust")
    with TemporaryDirectory() as name:
        place = copied(Path(name) / "served", units)
        with serving("served_process", place.folder, place.day.isoformat()) as server:
            used = server.seconds()
            rows, faults = _let_loose(server.address, place.folder, Path(name) / "told", minutes, people)
            notes = [*faults, f"memory of the server at the end: {server.memory():.0f} MB"]
            notes.append(f"CPU time of the server: {server.seconds() - used:.0f} s in {60 * minutes:.0f} s")
    lines = tuple(
        Line(
            f"{row['Name']} ({row['Request Count']}, errors {row['Failure Count']})", float(row["95%"]), "ms p95", ratio
        )
        for row in rows
        for ratio in (float(row["95%"]) / max(float(rows[-1]["95%"]), 1),)
    )
    return Table(
        f"{people} people at once for {minutes:g} minutes, {units:,} units", "p95 of all requests", lines, tuple(notes)
    )


def _let_loose(
    address: str, folder: str, told: Path, minutes: float, people: int
) -> tuple[list[dict[str, str]], list[str]]:
    """Run locust; return a row for each kind of request, the sum last, and what went wrong."""
    command = [
        PYTHON, "-m", "locust", "-f", str(Path(__file__).with_name("locustfile.py")), "--headless", "--only-summary", "--csv",
        str(told), "-u", str(people), "-r", str(A_SECOND), "-t", f"{int(60 * minutes)}s", "--host", address.rstrip("/"),
        "--stop-timeout", "20", "--exit-code-on-error", "0", "--loglevel", "WARNING",
    ]  # fmt: skip
    place = {"MEIHAO_BENCH_PLACE": str(Path(folder) / "place.json")}
    done = subprocess.run(command, cwd=ROOT, env=environment(**place), capture_output=True, text=True, check=False)
    if done.returncode or not Path(f"{told}_stats.csv").is_file():
        raise RuntimeError(done.stderr[-2000:])
    faults = [f"{row['Occurrences']} x {row['Name']}: {row['Error'][:160]}" for row in _rows(f"{told}_failures.csv")]
    rows = _rows(f"{told}_stats.csv")
    rows[-1]["Name"] = ALL
    return rows, faults or ["no error"]


def _rows(file: str) -> list[dict[str, str]]:
    with open(file, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
