"""A seed -> a whole pack as YAML files in memory: every word of the language, put together at random. `load` reads it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

import yaml

from meihao.core.numbers import plain, simplest
from meihao.methods.menu import AGGREGATES
from meihao.standard.folder import PackFiles
from meihao.standard.load import load_files
from meihao.standard.model import Pack

from .criteria import WINDOWS, Wish, Writer
from .rules import make_rules
from .words import Data, Fields, Words, make_fields

Files = dict[str, Data]
KINDS = ("village", "estate")
SUMS = tuple(key for key, way in AGGREGATES.items() if way.adds_up)
OTHERS = tuple(key for key, way in AGGREGATES.items() if not way.adds_up)
GRADES = ("qualified", "model", "star")


class _Dumper(yaml.CSafeDumper):
    """Writes exact decimals as plain scalars, and everything written once without anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _decimal(dumper: _Dumper, value: Fraction) -> yaml.ScalarNode:
    """Write an exact decimal as one would by hand."""
    tag = "int" if value.denominator == 1 else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{tag}", plain(simplest(value)))


_Dumper.add_representer(Fraction, _decimal)


def make_pack(number: int, wish: Wish = Wish()) -> Files:  # noqa: B008  # frozen
    """Return the files of the pack that grows from a number, as data by path."""
    seed = random.Random(number)
    kinds = KINDS[: seed.randint(1, wish.kinds)]
    fields = make_fields(seed, kinds)
    names = [f"dim{n}" for n in range(seed.randint(2, 3))]
    places = seed.randint(0, 3)
    standards = {kind: _standard(Writer(seed, fields, kind, wish, places), names) for kind in kinds}
    base = 20 + max(_worth(tuple(dims.values())[:-1]) for dims, _ in standards.values())
    for dims, _ in standards.values():
        last = tuple(dims.values())[-1]
        last["points"] = base - _worth(tuple(dims.values())[:-1])
    items = {kind: found for kind, (_, found) in standards.items()}
    grades = _grades(seed, fields, kinds, names, base)
    files: Files = {
        f"criteria/{kind}/{name}.yaml": data for kind, (dims, _) in standards.items() for name, data in dims.items()
    }
    files["criteria/fields.yaml"] = {"fields": fields}
    files |= make_rules(seed, fields, items, grades, wish)
    files["pack.yaml"] = {**_head(seed, kinds, names, places, base, grades), **_registers(fields)}
    return files


def _registers(fields: Fields) -> Data:
    """Return the registers that fields are kept in."""
    named = sorted({str(field["register"]) for field in fields.values() if "register" in field})
    return {"registers": {name: {"title": f"登记{name}", "kept_by": "部门"} for name in named}} if named else {}


def text(data: Data) -> bytes:
    """Return a file's YAML."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10000).encode()


def load(files: Mapping[str, Data]) -> Pack:
    """Load the files as the product does; a problem of any kind is an error here."""
    pack, problems = load_files(PackFiles(tuple(sorted((path, text(data)) for path, data in files.items()))))
    if pack is None or problems:
        raise ValueError("\n".join(p.text("en") for p in problems))
    return pack


def _worth(dimensions: Sequence[Data]) -> Fraction:
    return sum((Fraction(str(d["points"])) for d in dimensions), Fraction(0))


def _standard(writer: Writer, names: Sequence[str]) -> tuple[dict[str, Data], list[str]]:
    """Return the dimensions of a kind by name, and the addresses of its items. The last one's points are set later."""
    seed = writer.seed
    dimensions: dict[str, Data] = {}
    for name in names:
        entries = [_entry(writer, name, n) for n in range(seed.randint(2, 4))]
        seed.shuffle(entries)
        top: Data = {"kind": writer.kind, "dimension": name, "title": f"维度{name}"}
        dimensions[name] = {**top, **_node(writer, entries, last=name == names[-1]), "criteria": entries}
    return dimensions, writer.items


def _entry(writer: Writer, dimension: str, number: int) -> Data:
    """Return a criterion, or a group of criteria."""
    seed = writer.seed
    if seed.random() > 0.2:
        return writer.criterion(dimension, "", number)
    group = f"group{number}"
    inner = [writer.criterion(dimension, group, n) for n in range(seed.randint(1, 3))]
    if seed.random() < 0.5:
        inner = [_only_where(criterion, "y1") for criterion in inner]
    entry: Data = {"id": group, "title": f"分组{number}", **_node(writer, inner, last=False), "criteria": inner}
    return {**entry, "weight": 3} if seed.random() < 0.3 else entry


def _only_where(criterion: Data, field: str) -> Data:
    """Return the criterion asked only where a fact holds, so that a whole group may not apply."""
    asks = criterion["asks"]
    assert isinstance(asks, list)
    if "applies_when" in criterion:
        return criterion
    return {**criterion, "applies_when": field, "not_applicable": "reweight", "asks": sorted({*asks, field})}


def _node(writer: Writer, entries: Sequence[Data], last: bool) -> Data:
    """Return how a node adds up: its points, aggregate and shared caps."""
    seed = writer.seed
    way = seed.choice(OTHERS if last else (*SUMS, *SUMS, *SUMS, *OTHERS))
    worth = _worth(entries)
    found: Data = {"points": worth, "aggregate": way}
    if writer.wish.caps and len(entries) > 1 and seed.random() < 0.25:
        capped = seed.sample(list(entries), k=2)
        of, shared = [entry["id"] for entry in capped], _worth(capped)
        if seed.random() < 0.5:
            gain = Fraction(shared * 3 // 4)
            found["shared_caps"] = [{"of": of, "gain_at_most": gain}]
            found["points"] = worth - (shared - gain if way in SUMS else 0)
        else:
            found["shared_caps"] = [{"of": of, "lose_at_most": shared / 2}]
    if way in SUMS and "shared_caps" not in found and seed.random() < 0.5:
        del found["aggregate"]
    return found


def _grades(
    seed: random.Random, fields: Fields, kinds: Sequence[str], names: Sequence[str], base: Fraction
) -> list[Data]:
    """Return one to three grades with rising lines of every sort."""
    grades: list[Data] = []
    for step, name in enumerate(GRADES[: seed.randint(1, 3)]):
        percent = 15 + 15 * step + seed.randint(0, 10)
        lines: list[Data] = [{"of": "base", "at_least": base * percent / 100}]
        if seed.random() < 0.4:
            lines.append({"of": "every_dimension", "at_least_percent": seed.randint(1, 10) + 10 * step})
        if seed.random() < 0.4:
            lines.append({"of": "total", "at_least_percent": percent + 2})
        if seed.random() < 0.3:
            lines.append({"of": f"dimension.{seed.choice(names)}", "at_least_percent": _by_class(seed, fields, kinds)})
        grades.append({"id": name, "title": f"等次{name}", "lines": lines})
    return grades


def _by_class(seed: random.Random, fields: Fields, kinds: Sequence[str]) -> object:
    if seed.random() < 0.5:
        return seed.randint(1, 20)
    words = Words(seed, fields, kinds)
    name = words.some("choice")
    return {"by": name, words.options(name)[0]: 5, "otherwise": 10}


def _head(
    seed: random.Random, kinds: Sequence[str], names: Sequence[str], places: int, base: Fraction, grades: Sequence[Data]
) -> Data:
    return {
        "pack": "generated",
        "title": "生成的标准",
        "edition": "1",
        "status": "draft",
        "issued_by": None,
        "notice": "只供测试",
        "kinds": {kind: {"title": f"类别{kind}"} for kind in kinds},
        "groups": {"all": {"title": "全部", "kinds": list(kinds)}},
        "dimensions": {kind: list(names) for kind in kinds},
        "numbers": {"item_places": places, "display_places": places, "rounding": "half_up"},
        "score": {"base": base, "bonus": {"at_most": seed.choice((3, 8))}, "total": "base + bonus"},
        "missing_evidence": {"while_open": "unknown", "when_closed": seed.choice(("zero", "zero", "unknown"))},
        "grades": list(grades),
        "pass_grade": seed.choice(grades[:2])["id"],
    }


__all__ = ["GRADES", "KINDS", "WINDOWS", "Files", "Wish", "load", "make_pack", "text"]
