"""Lays into a folder the whole inputs from which damaged ones are made, and names the commands that read them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import xlsxwriter
import yaml
from msgspec import Struct
from tests.damaged.damage import packed
from tests.forms.import_books import good, unit_book
from tests.forms.template_books import saved
from tests.forms.test_import import applicants
from tests.store.round_folder import ROUND, enrol_compounds

from meihao.cli.main import run
from meihao.forms.read_book import read_handed
from meihao.sample.invent import invent
from meihao.sample.recipe import read_recipe
from meihao.standard.cache import cached_pack
from meihao.standard.model import Field, Pack
from meihao.standard.model.parts import titles_of_documents

ROOT = Path(__file__).parents[2]
ON = ("--on", "2026-06-30")
KIND, CODE, NAME = "compound", "C-1", "某小区"
_VALUES = ("count", "number", "money", "percent", "yes_no", "choice", "date")


class Family(Struct, frozen=True):
    """Inputs of one kind: a folder, the file in it that is damaged, whether that is an archive, and the words that read it.

    `{}` in a word stands for the folder. `stores` names the round's folder within it, for what is stored there.
    """

    name: str
    folder: Path
    file: str
    archive: bool
    words: tuple[str, ...]
    stores: str = ""


def families(folder: Path) -> tuple[Family, ...]:
    """Lay everything whole into a folder; every command ends well on it."""
    pack = cached_pack(ROOT, None).pack
    assert pack is not None
    whole = (*_packs(folder), *_rounds(folder, pack), *_evidence(folder, pack), *_books(folder, pack))
    _ends_well(whole)
    return whole


def _ends_well(whole: tuple[Family, ...]) -> None:
    """Run each command that stores nothing once; so all it needs is loaded before a process parts for each damaged input."""
    for words, place in dict.fromkeys((family.words, family.folder) for family in whole if not family.stores):
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = run([word.format(place) for word in words])
        assert code in (0, 1), (words, code)


def _packs(folder: Path) -> tuple[Family, ...]:
    tiny = folder / "pack"
    shutil.copytree(ROOT / "tests" / "standard" / "packs" / "tiny", tiny)
    files = sorted(p.relative_to(tiny).as_posix() for p in tiny.rglob("*.yaml"))
    packs = tuple(Family(f"pack {name}", tiny, name, False, ("check", "{}")) for name in files)
    return (*packs, *(one for one in packs if "tiers" in one.name), *packs)


def _rounds(folder: Path, pack: Pack) -> tuple[Family, ...]:
    place = folder / "sample"
    for file in invent(pack, read_recipe(ROOT / "examples" / "demo")):
        (place / file.path).parent.mkdir(parents=True, exist_ok=True)
        (place / file.path).write_text(file.text, encoding="utf-8")
    units = sorted((place / "evidence").iterdir())
    for unit in units[2:]:
        unit.unlink()
    kept = tuple(f'"{unit.name.partition(".")[0]}"' for unit in units[:2])
    lines = (place / "roster.yaml").read_text("utf-8").splitlines(keepends=True)
    small = "".join(one for one in lines if not one.startswith("  - ") or any(code in one for code in kept))
    (place / "roster.yaml").write_text(small, encoding="utf-8")
    read = ("{}/evidence", "--round", "{}")
    made = (
        Family("round, judged", place, "round.yaml", False, ("assess", *read)),
        Family("round, ranked", place, "round.yaml", False, ("rank", *read)),
        Family("roster", place, "roster.yaml", False, ("assess", *read)),
        Family("round, its state", place, "round.yaml", False, ("status", "{}", *ON)),
    )
    return (*made, *made)


def _evidence(folder: Path, pack: Pack) -> tuple[Family, ...]:
    text = min((folder / "sample" / "evidence").iterdir()).read_bytes()
    said = json.dumps(yaml.safe_load(text), ensure_ascii=False, indent=1, default=str).encode()
    rows = _wide(pack)
    made = {"yaml": text, "json": said, "csv": _csv(rows), "xlsx": _xlsx(rows)}
    found = []
    for end, data in made.items():
        place, name = folder / end, f"unit.evidence.{end}"
        place.mkdir()
        (place / name).write_bytes(data)
        found.append(Family(f"evidence {end}", place, name, end == "xlsx", ("assess", f"{{}}/{name}", *ON)))
    return (*found, *found)


def _wide(pack: Pack) -> list[list[object]]:
    fields = [f for f in applicants(pack) if f.type in _VALUES][:20]
    head: list[object] = ["编号", "类别", "名称", "日期", *(f.title.zh for f in fields)]
    kind = next(k.title.zh for k in pack.kinds if k.id == KIND)
    return [head, *([f"C-{n}", kind, f"小区{n}", "2026-05-01", *map(_typed, fields)] for n in (1, 2, 3))]


def _typed(field: Field) -> object:
    value = good(field)
    return value.isoformat() if isinstance(value, date) else value


def _csv(rows: list[list[object]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("单位")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def _books(folder: Path, pack: Pack) -> tuple[Family, ...]:
    """Return forms whose unit has been stored as it is whole: what a damaged one changes is a correction."""
    data, place = filled(pack), folder / "handed in"
    (place / "round").mkdir(parents=True)
    (place / "round" / "round.yaml").write_text(ROUND, encoding="utf-8")
    enrol_compounds(place / "round", CODE, name=NAME)
    (place / "form.xlsx").write_bytes(data)
    (place / "form.zip").write_bytes(packed({"form.xlsx": data, "材料/章程.txt": "正文".encode()}))
    words = ("--round", "{}/round", "--reason", "更正", "--format", "json", "--on", "2026-05-20")
    with redirect_stdout(io.StringIO()):
        assert run(["import", str(place / "form.xlsx"), *(word.format(place) for word in words)]) == 0
    made = {
        end: Family(name, place, f"form.{end}", True, ("import", f"{{}}/form.{end}", *words), "round")
        for end, name in (("xlsx", "workbook"), ("zip", "zip"))
    }
    return (*[made["xlsx"]] * 4, *[made["zip"]] * 2)


def filled(pack: Pack) -> bytes:
    """Return a form with all that can be filled in without an error."""
    titles = sorted(set(titles_of_documents(pack, KIND).values()))
    papers = [
        (title, f"示例〔2026〕{n}号", "示例处", date(2026, 3, 1), date(2027, 3, 1)) for n, title in enumerate(titles, 1)
    ]
    values: dict[str, object] = {f.id: good(f) for f in applicants(pack) if f.type in _VALUES}
    while True:
        data = saved(unit_book(pack, KIND, CODE, NAME, values, documents=papers))
        wrong = [e for e in read_handed(data, "form.xlsx", pack).errors(pack) if e.severity == "error"]
        bad = _titles(pack, {e.label.zh for e in wrong}) & values.keys()
        if not wrong:
            return data
        assert bad, wrong
        values = {name: value for name, value in values.items() if name not in bad}


def _titles(pack: Pack, titles: set[str]) -> set[str]:
    return {field.id for field in pack.fields if field.title.zh in titles}
