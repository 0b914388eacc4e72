"""Draws the rooms of the engine from its imports into docs/images, and counts what docs/architecture.md says of them.

    python scripts/draw_rooms.py              # the pictures anew; a test compares them
    python scripts/draw_rooms.py --figures    # the figures

Of an older state, once `git archive COMMIT engine | tar x -C FOLDER` has laid it out:

    python scripts/draw_rooms.py --of FOLDER --name rooms-before
    python scripts/draw_rooms.py --of FOLDER --figures

A room is a folder or module directly in engine/meihao. It stands above all that it imports. An arrow that a longer way implies is
left out, and the picture holds no figures: it changes only where the structure does.
"""

from __future__ import annotations

import argparse
import ast
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
GROUND, FACTS, JUDGING, SHOWING, DOORS = "#eceff1", "#e3f0e6", "#fdeed2", "#e3ecf8", "#f3e5f2"
TINTS = (
    (DOORS, "要做的事和入口", "what is done, and doors"), (SHOWING, "公布和核验", "showing, verifying"),
    (JUDGING, "评定：不碰文件", "judging: no files"), (FACTS, "事实", "facts"), (GROUND, "标准和底座", "standard and ground"),
)  # fmt: skip
ROOMS = {  # in each row of the picture from left to right in this order
    "__init__": ("import meihao", "程序的入口", "the door for programs", DOORS),
    "cli": ("cli", "终端的入口：命令、退出码", "the door of the terminal", DOORS),
    "web": ("web", "浏览器的入口：网页", "the door of the browser", DOORS),
    "uses": ("uses", "要做的事，一件一个函数", "what a person does, as functions", DOORS),
    "audit": ("audit", "公布的文件对不对", "does a published file hold?", SHOWING),
    "reports": ("reports", "网页、PDF、表格", "HTML, PDF, XLSX, CSV", SHOWING),
    "advice": ("advice", "怎样能改变结论", "what would change the result", JUDGING),
    "authoring": ("authoring", "标准自带的用例", "a standard's own cases", GROUND),
    "ranking": ("ranking", "名单、档次、名额、候补", "lists, tiers, seats, reserve", JUDGING),
    "pipeline": ("pipeline.py", "从读文件到评定，一屏看完", "the whole way on one screen", DOORS),
    "forms": ("forms", "要填的工作簿", "workbooks to fill in", FACTS),
    "assessment": ("assessment", "各项得分、等次、结论、理由", "items, verdict, reasons", JUDGING),
    "people": ("people", "账号，谁可以在哪里做什么", "accounts, who may do what where", FACTS),
    "store": ("store", "批次的文件夹，只增不改", "submissions, only ever added", FACTS),
    "sample": ("sample", "编造的示例批次", "an invented round", SHOWING),
    "round": ("round", "每个填报项一件事实，每单位一份Case", "one fact per field, a Case per unit", FACTS),
    "evidence": ("evidence", "表格和文本成为有出处的事实", "files become facts with sources", FACTS),
    "standard": ("standard", "标准的文件夹成为Pack", "a standard's folder becomes a Pack", GROUND),
    "methods": ("methods", "计量、计分、合成的方法", "ways to measure, score and combine", GROUND),
    "expressions": ("expressions", "条件和算式", "conditions and formulas", GROUND),
    "text_in": ("text_in", "YAML文本，每处记得位置", "YAML, each value with its place", GROUND),
    "core": ("core", "问题、精确数、文本、日期", "problems, exact numbers, text, dates", GROUND),
}  # fmt: skip
UNDRAWN = ("__main__",)  # starts cli, nothing else
WIDTH, MARGIN, TOP, PITCH, HIGH, GAP = 900, 18, 16, 86, 48, 24
WIDEST = 250
INK, PALE, LINE = "#1f2933", "#52606d", "#7b8794"
FACE = "'Helvetica Neue',Arial,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"

Imports = Mapping[str, frozenset[str]]


class Box(NamedTuple):
    """The place of a room, or of an arrow that passes a row (without width)."""

    x: float
    row: int
    wide: float

    def top(self, share: float = 0.5) -> tuple[float, float]:
        return self.x + self.wide * (share - 0.5), TOP + self.row * PITCH

    def foot(self, share: float = 0.5) -> tuple[float, float]:
        return self.x + self.wide * (share - 0.5), TOP + self.row * PITCH + HIGH


# ---- what imports what ------------------------------------------------------------------------------------------------------


def imports(module: Path, package: Path) -> Iterator[tuple[str, ...]]:
    """Yield what a module imports, late imports and those for types included, as parts of absolute names."""
    inside = ("meihao", *module.relative_to(package).parent.parts)
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = inside[: len(inside) - node.level + 1] if node.level else ()
            name = (*base, *(node.module or "").split("."))
            yield from ((*base, alias.name) for alias in node.names) if not node.module else [name]


def room(module: Path, package: Path) -> str:
    """Return the room in which a module stands."""
    return module.relative_to(package).parts[0].removesuffix(".py")


def between_rooms(package: Path) -> Counter[tuple[str, str]]:
    """Return how many imports lead from each room to each other one."""
    modules = sorted(package.rglob("*.py"))
    rooms = {room(module, package) for module in modules}
    named = ((room(module, package), name) for module in modules for name in imports(module, package))
    ours = ((mine, name[1]) for mine, name in named if name[0] == "meihao" and len(name) > 1)
    return Counter((mine, other) for mine, other in ours if other in rooms - {mine})


def needs(package: Path) -> Imports:
    """Return what each room imports; a room that nothing ties to another is left out."""
    pairs = between_rooms(package)
    tied = set(chain.from_iterable(pairs)) - set(UNDRAWN)
    return {mine: frozenset(other for one, other in pairs if one == mine) for mine in sorted(tied)}


def floors(wanted: Imports) -> list[list[str]]:
    """Return the rooms by floor, the ground first. Raises ValueError where rooms import each other in a circle."""
    rows: list[list[str]] = []
    placed: set[str] = set()
    while len(placed) < len(wanted):
        row = [name for name in wanted if name not in placed and wanted[name] <= placed]
        if not row:
            raise ValueError(f"rooms in a circle: {sorted(wanted.keys() - placed)}")
        rows.append(row)
        placed.update(row)
    return rows


def reached(wanted: Imports, name: str) -> frozenset[str]:
    """Return all that a room imports, straight or through others."""
    return wanted[name].union(*(reached(wanted, other) for other in wanted[name]))


def arrows(wanted: Imports) -> list[tuple[str, str]]:
    """Return the imports that no longer way implies."""
    return [
        (name, other)
        for name in wanted
        for other in sorted(wanted[name])
        if not any(other in reached(wanted, step) for step in wanted[name] - {other})
    ]


# ---- the picture ------------------------------------------------------------------------------------------------------------


def places(rows: Sequence[Sequence[str]]) -> dict[str, Box]:
    """Return where each room stands, the ground lowest."""
    order, found = list(ROOMS), {}
    for number, row in enumerate(reversed(rows)):
        wide = min(WIDEST, (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row))
        left = (WIDTH - wide * len(row) - GAP * (len(row) - 1)) / 2
        for column, name in enumerate(sorted(row, key=order.index)):
            found[name] = Box(left + wide / 2 + column * (wide + GAP), number, wide)
    return found


def passing(start: Box, end: Box, boxes: Sequence[Box]) -> list[Box]:
    """Return where an arrow passes the rows between: straight above its end, or beside the room that stands there."""
    way = []
    for number in range(start.row + 1, end.row):
        x = end.x
        for box in boxes:
            if box.row == number and abs(x - box.x) < box.wide / 2 + GAP / 2:
                side = 1 if x > box.x or (x == box.x and start.x >= x) else -1
                x = box.x + side * (box.wide / 2 + GAP / 2)
        way.append(Box(x, number, 0))
    return way


def curve(points: Sequence[tuple[float, float]]) -> str:
    """Return a path that leaves and enters each point upright."""
    steps = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (y + to_y) / 2
        steps.append(f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}")
    return "".join(steps)


def share(name: str, others: Sequence[str], boxes: Mapping[str, Box]) -> float:
    """Return where along an edge an arrow leaves or enters, so that arrows of one room do not meet: from 0.2 to 0.8."""
    order = sorted(others, key=lambda other: boxes[other].x)
    return 0.5 if len(order) == 1 else 0.2 + 0.6 * order.index(name) / (len(order) - 1)


def drawn_arrows(pairs: Sequence[tuple[str, str]], boxes: Mapping[str, Box]) -> Iterator[str]:
    for start, end in pairs:
        leaving = boxes[start].foot(share(end, [b for a, b in pairs if a == start], boxes))
        entering = boxes[end].top(share(start, [a for a, b in pairs if b == end], boxes))
        between = passing(boxes[start], boxes[end], list(boxes.values()))
        points = chain.from_iterable((box.top(), box.foot()) for box in between)
        yield f'<path d="{curve([leaving, *points, (entering[0], entering[1] - 3)])}"/>'


def drawn_room(name: str, box: Box, zh: bool) -> Iterator[str]:
    title, says_zh, says_en, tint = ROOMS[name]
    left, top = box.x - box.wide / 2, TOP + box.row * PITCH
    yield (
        f'<rect x="{left:.1f}" y="{top}" width="{box.wide:.1f}" height="{HIGH}" rx="6" fill="{tint}" stroke="{LINE}"/>'
    )
    yield f'<text x="{box.x:.1f}" y="{top + 20}" font-size="15" font-weight="bold" fill="{INK}">{escape(title)}</text>'
    said = escape(says_zh if zh else says_en)
    yield f'<text x="{box.x:.1f}" y="{top + 38}" font-size="12.5" fill="{PALE}">{said}</text>'


def legend(y: float, zh: bool) -> Iterator[str]:
    """Yield the meaning of the tints, in one line."""
    step = (WIDTH - 2 * MARGIN) / len(TINTS)
    for number, (tint, says_zh, says_en) in enumerate(TINTS):
        x = MARGIN + number * step
        yield f'<rect x="{x:.1f}" y="{y - 11}" width="14" height="14" rx="3" fill="{tint}" stroke="{LINE}"/>'
        said = escape(says_zh if zh else says_en)
        yield f'<text x="{x + 20:.1f}" y="{y}" font-size="12" fill="{PALE}" text-anchor="start">{said}</text>'


def picture(package: Path, zh: bool) -> str:
    """Return the rooms of a package as SVG."""
    wanted = needs(package)
    rows = floors(wanted)
    boxes = places(rows)
    high = TOP + len(rows) * PITCH + 14
    title = "程序的结构：上面的引用下面的" if zh else "The rooms of the engine: each imports only what stands below it"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" font-family="{FACE}" text-anchor="middle">',
            f"<title>{title}</title>",
            f'<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            f'<path d="M0 0L8 4L0 8z" fill="{LINE}"/></marker></defs>',
            f'<rect width="{WIDTH}" height="{high}" rx="8" fill="#ffffff"/>',
            f'<g fill="none" stroke="{LINE}" stroke-width="1.4" marker-end="url(#a)">',
            *drawn_arrows(arrows(wanted), boxes),
            "</g>",
            *chain.from_iterable(drawn_room(name, box, zh) for name, box in boxes.items()),
            *legend(high - 16, zh),
            "</svg>\n",
        )
    )


# ---- the figures ------------------------------------------------------------------------------------------------------------


def functions(tree: ast.Module) -> Iterator[int]:
    """Yield the lines of each function, without its decorators."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def figures(package: Path) -> dict[str, str]:
    """Return what the page on the structure counts, in its order."""
    modules = sorted(package.rglob("*.py"))
    texts = {module: module.read_text(encoding="utf-8") for module in modules}
    lines = {module: len(text.splitlines()) for module, text in texts.items()}
    in_room = Counter[str]()
    for module, count in lines.items():
        in_room[room(module, package)] += count
    trees = [ast.parse(text) for text in texts.values()]
    sizes = [size for tree in trees for size in functions(tree)]
    classes = Counter(
        node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name[0] != "_"
    )
    largest, most = in_room.most_common(1)[0]
    pairs = between_rooms(package)
    return {
        "rooms": f"{len(needs(package))}",
        "modules": f"{len(modules):,}",
        "lines": f"{sum(lines.values()):,}",
        "largest room": f"{largest}, {most / sum(lines.values()):.0%}",
        "longest module": f"{max(lines.values())}",
        "functions: median, longest": f"{statistics.median(sizes):.0f}, {max(sizes)}",
        "rooms that a room imports, mean": f"{len(pairs) / len(needs(package)):.1f}",
        "rooms that cli imports": f"{sum(mine == 'cli' for mine, _ in pairs)}",
        "class names that stand for several things": f"{sum(count > 1 for count in classes.values())}",
        **{f"lines of {name}": f"{count:,}" for name, count in sorted(in_room.items())},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", action="store_true")
    parser.add_argument("--of", type=Path, default=ROOT, metavar="FOLDER")
    parser.add_argument("--name", default="rooms")
    asked = parser.parse_args()
    package = asked.of / "engine" / "meihao"
    if asked.figures:
        print("\n".join(f"{name}: {value}" for name, value in figures(package).items()))
        return
    for ending, zh in ((".svg", False), (".zh.svg", True)):
        (IMAGES / f"{asked.name}{ending}").write_text(picture(package, zh), encoding="utf-8")


if __name__ == "__main__":
    main()
