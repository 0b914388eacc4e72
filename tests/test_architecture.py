"""The architecture is this list: a module imports only from its own stage or an earlier one. The picture follows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripts.draw_rooms import IMAGES, arrows, floors, picture, room
from scripts.draw_rooms import imports as imports_of

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "engine" / "meihao"
STAGES = (
    "core", "text_in", "expressions", "methods", "standard", "evidence", "round", "store", "people", "forms", "assessment",
    "ranking", "bulk", "advice", "reports", "authoring", "pipeline", "audit", "sample", "uses", "cli", "web",
)  # fmt: skip
DOORS = ("cli", "web")
ONLY_IN: dict[str, str | tuple[str, ...]] = {
    "durable_rules_engine": "assessment/infer/durable.py",
    "jinja2": ("reports/", "web/"),
    "django": "web/",
    "gunicorn": "web/server.py",
    "waitress": "web/server.py",
    "whitenoise": "web/",
    "pyotp": "web/second.py",
    "weasyprint": "reports/",
    "typst": "reports/",
    "jsonschema": "text_in/",
    "yaml": "text_in/",
    "python_calamine": "evidence/",
    "xlsxwriter": ("forms/", "reports/"),
    "openpyxl": "forms/",
    "docx": "reports/official_docx.py",
    "pypdf": "audit/",
    "pyhanko": "audit/",
    "segno": "reports/",
    "PIL": "reports/",
}
DJANGO = ("Meta", "Migration")
WAYS = [("measures",), ("scores",), ("aggregates",)]
MODULES = sorted(PACKAGE.rglob("*.py"))


def stage(module: Path) -> str:
    return room(module, PACKAGE)


def imports(module: Path) -> Iterator[tuple[str, ...]]:
    return imports_of(module, PACKAGE)


@pytest.mark.parametrize("module", [m for m in MODULES if stage(m) in STAGES], ids=str)
def test_a_module_imports_only_from_its_own_or_an_earlier_stage(module: Path) -> None:
    mine = STAGES.index(stage(module))
    later = [
        i for i in imports(module) if i[0] == "meihao" and len(i) > 1 and i[1] in STAGES and STAGES.index(i[1]) > mine
    ]
    assert not later


@pytest.mark.parametrize("module", [m for m in MODULES if stage(m) in DOORS], ids=str)
def test_a_door_knows_nothing_of_the_other(module: Path) -> None:
    """Terminal and browser stand side by side: what both need is a use case, or stands further below."""
    other = next(door for door in DOORS if door != stage(module))
    assert not [name for name in imports(module) if name[:2] == ("meihao", other)]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_library_is_imported_in_one_room_only(module: Path) -> None:
    place = module.relative_to(PACKAGE).as_posix()
    strangers = [i[0] for i in imports(module) if i[0] in ONLY_IN and not place.startswith(ONLY_IN[i[0]])]
    assert not strangers


@pytest.mark.parametrize("module", [m for m in MODULES if stage(m) in STAGES], ids=str)
def test_a_module_imports_nothing_from_above_the_stages(module: Path) -> None:
    """What every stage needs, the version among it, stands in `core`; the package itself is a door."""
    assert not [name for name in imports(module) if name[0] == "meihao" and not {*STAGES} & {*name[1:2]}]


def test_every_module_belongs_to_a_stage() -> None:
    assert {stage(m) for m in MODULES} - {"__init__", "__main__"} <= set(STAGES)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_says_first_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_the_command_line_catches_everything(module: Path) -> None:
    handlers = (n for n in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(n, ast.ExceptHandler))
    broad = [h.lineno for h in handlers if h.type is None or getattr(h.type, "id", "") == "Exception"]
    assert not broad or module == PACKAGE / "cli" / "main.py"


@pytest.mark.parametrize("module", [m for m in MODULES if stage(m) == "uses"], ids=str)
def test_a_use_case_prints_nothing_and_asks_neither_arguments_nor_the_clock(module: Path) -> None:
    """Whatever the door: it hands over records and a day, and shows what comes back."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert not {name[0] for name in imports(module)} & {"argparse", "sys", "os", "time"}
    called = {getattr(n.func, "id", getattr(n.func, "attr", "")) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert not called & {"print", "input", "today", "now"}


REPORTS_READ = {
    "assessment": ("explain", "results", "to_json"), "ranking": ("results", "to_json"), "advice": ("results",),
}  # fmt: skip


@pytest.mark.parametrize("module", [m for m in MODULES if stage(m) == "reports"], ids=str)
def test_reports_read_results_and_judge_nothing(module: Path) -> None:
    """Of judging and ranking they know what came out and how it is explained; no plan, no item, no rule, no order."""
    ours = [name for name in imports(module) if name[0] == "meihao" and len(name) > 2]
    judging = [name for name in ours if name[1] in REPORTS_READ and name[2] not in REPORTS_READ[name[1]]]
    others = {name[1] for name in imports(module) if name[0] == "meihao" and len(name) > 1}
    assert not judging
    assert not others & {"pipeline", "uses"}


def test_the_engine_names_no_place() -> None:
    """The engine knows no city, county or unit: they come in packs and rounds."""
    places = ("眉山", "东坡", "彭山", "仁寿", "青神", "丹棱", "洪雅", "Meishan")
    found = [(m.name, place) for m in MODULES for place in places if place in m.read_text(encoding="utf-8")]
    assert not found


def test_the_engine_names_no_criterion_of_the_default_pack() -> None:
    text = "\n".join(m.read_text(encoding="utf-8") for m in MODULES if stage(m) not in ("sample", "cli"))
    ids = {f"{f.parent.name}.{f.stem}" for f in (ROOT / "criteria").glob("*/*.yaml") if ".cases" not in f.name}
    code = "\n".join(line for line in text.splitlines() if '"""' not in line and not line.lstrip().startswith("#"))
    assert not [i for i in ids if f'"{i}.' in code]


@pytest.mark.parametrize("module", [m for m in MODULES if m.parent.parent != PACKAGE / "methods"], ids=str)
def test_only_the_menu_knows_the_methods_by_name(module: Path) -> None:
    """Every other room asks a method what it wants to know: whoever adds one has no list to look for."""
    ways = [name for name in imports(module) if name[:2] == ("meihao", "methods") and name[2:3] in WAYS]
    assert not ways or module == PACKAGE / "methods" / "menu.py"


def modules_of(module: Path) -> set[Path]:
    """Return the modules of ours that a module names in its imports, those only for types included."""
    found = set()
    for parts in imports(module):
        if parts[0] == "meihao":
            base = PACKAGE.joinpath(*parts[1:])
            found |= {base.with_suffix(".py"), base / "__init__.py"} & set(MODULES)
    return found - {module}


def test_no_two_modules_need_each_other() -> None:
    """Imports run one way, also between the modules of one stage."""
    waiting = {module: modules_of(module) for module in MODULES}
    while ready := {module for module, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {module: needs for module, needs in waiting.items() if module not in ready}
    assert not sorted(module.relative_to(PACKAGE).as_posix() for module in waiting)


@pytest.mark.parametrize(("name", "zh"), [("rooms.svg", False), ("rooms.zh.svg", True)])
def test_the_picture_shows_the_imports_as_they_are(name: str, zh: bool) -> None:
    assert (IMAGES / name).read_text(encoding="utf-8") == picture(PACKAGE, zh), "python scripts/draw_rooms.py"


def test_rooms_that_import_each_other_have_no_picture() -> None:
    a, b, c = frozenset("a"), frozenset("b"), frozenset("c")
    assert floors({"a": frozenset(), "b": a, "c": a | b}) == [["a"], ["b"], ["c"]]
    with pytest.raises(ValueError, match=r"circle.*'b', 'c'"):
        floors({"a": frozenset(), "b": c, "c": b})


def test_an_arrow_that_a_longer_way_implies_is_not_drawn() -> None:
    rooms = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset[str]()}
    assert arrows(rooms) == [("a", "b"), ("b", "c")]


def test_a_public_class_name_stands_for_one_thing() -> None:
    """Whoever reads `Line` or `Words` knows which; a record of another room has another name."""
    homes: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            # Django's words for the options of a table, and for a state of the tables.
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in DJANGO:
                homes.setdefault(node.name, []).append(module.relative_to(PACKAGE).as_posix())
    assert not {name: places for name, places in homes.items() if len(places) > 1}
