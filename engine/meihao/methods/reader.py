"""Reads what every file of a pack shares, names, expressions and numbers by class, and notes what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from ..core.calendar import Duration
from ..core.problems import Message, Problem, Source
from ..core.text import hints
from ..expressions.fields import Field, FieldType
from ..expressions.names import CHILDREN, RESERVED, STAGES, Names
from ..expressions.parse import parse
from ..expressions.tree import Constant, Expr, FieldValue, Kind, Lookup, Setting
from ..expressions.walk import REGION, fields_read
from ..text_in.yaml_value import YamlValue
from . import messages as says
from .process import Process

NOTHING = Constant(0)  # stands where an expression could not be read; a pack with errors is never handed out
_RESERVED = RESERVED | {"children", "by", "otherwise"}


class PackNames(Struct, frozen=True):
    """Every name that files of a pack may use of each other."""

    kinds: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    processes: Mapping[str, Process] = field(default_factory=dict)
    registers: tuple[str, ...] = ()
    children: Field = CHILDREN


class PackReader(Struct, frozen=True):
    """What files of a pack are read with: its names, the kinds of unit that the text is about, and the problems found so far.

    `found` is the one thing that grows; it lives for one reading of one pack.
    """

    names: PackNames
    kinds: tuple[str, ...] = ()
    found: list[Problem] = field(default_factory=list)

    def about(self, kinds: tuple[str, ...]) -> PackReader:
        """Return a reader for a text about these kinds, with the same sheet of problems."""
        return replace(self, kinds=kinds)

    def with_fields(self, fields: Mapping[str, Field]) -> PackReader:
        """Return a reader that knows the fields."""
        return replace(self, names=replace(self.names, fields=fields))

    def with_processes(self, processes: Mapping[str, Process]) -> PackReader:
        return replace(self, names=replace(self.names, processes=processes))

    def say(self, message: Message, source: Source, **values: object) -> None:
        self.found.append(message.at(source, **values))

    def known(self, message: Message, word: str, written: YamlValue, names: Iterable[str], **more: object) -> str:
        """Return the name at a value, noting a problem (with the nearest name) where it is not among `names`.

        `word` is the placeholder of the message that takes the name.
        """
        name, names = written.as_text(), tuple(names)
        if name not in names:
            self.say(message, written.source, **{word: name, **hints(name, names), **more})
        return name

    def field(self, written: YamlValue) -> Field | None:
        """Return the field named at a value, if it is asked of every kind that the text is about."""
        return self.field_at(written.as_text(), written.source)

    def field_at(self, name: str, source: Source) -> Field | None:
        if name == self.names.children.id:
            return self.names.children
        if (found := self.names.fields.get(name)) is None:
            self.say(says.UNKNOWN_FIELD, source, field=name, **hints(name, self.names.fields))
            return None
        self.check_kinds(found, source)
        return found

    def check_kinds(self, asked: Field, source: Source) -> None:
        """Note every kind that the text is about and that the field is not asked of."""
        for kind in self.kinds:
            if kind in self.names.kinds and kind not in asked.kinds:
                self.say(says.FIELD_NOT_ASKED_OF_KIND, source, field=asked.id, kind=kind)

    def table(self, written: YamlValue) -> Field | None:
        """Return the table field named at a value."""
        found = self.field(written)
        if found is not None and found.type != "table":
            self.say(says.NOT_A_TABLE, written.source, field=found.id)
            return None
        return found

    def column(self, table: Field | None, written: YamlValue | None, *types: FieldType) -> str:
        """Return the column named at a value, noting one that the table lacks or that is of another type."""
        if written is None:
            return ""
        name = written.as_text()
        if table is None:
            return name
        if (column := table.column(name)) is None:
            known = [c.id for c in table.columns]
            self.say(says.UNKNOWN_COLUMN, written.source, table=table.id, column=name, **hints(name, known))
        elif types and column.type not in types:
            wanted = "/".join(types)
            self.say(says.WRONG_COLUMN_TYPE, written.source, column=name, found=column.type, wanted=wanted)
        return name

    def classes(self, name: str, source: Source) -> tuple[str, ...] | None:
        """Return the classes of a choice field or of `stage`; None where they are open (`region`) or there are none."""
        if name == "stage":
            return STAGES
        if name == "region":
            return None
        if (found := self.field_at(name, source)) is None:
            return None
        if found.type != "choice":
            self.say(says.NOT_A_CLASS, source, field=name)
            return None
        return tuple(code for code, _ in found.options)

    def new_id(self, name: str, source: Source, seen: dict[str, Source]) -> None:
        """Note an id that is reserved or was used before; remember it with its place."""
        if any(part in _RESERVED for part in name.split(".")):
            self.say(says.RESERVED_ID, source, id=name)
        if name in seen:
            self.say(says.DUPLICATE_ID, source, id=name, first=seen[name])
        seen.setdefault(name, source)

    # Expressions and numbers.

    def expression(self, written: YamlValue, expect: Kind | None, table: Field | None = None) -> Expr:
        """Read an expression; inside `where` the columns of `table` are known too. Its fields must be asked of the kinds."""
        if not isinstance(written.data, str):
            raise TypeError(f"the schema promised an expression at {written.source}")
        return self.parsed(written.data, written.source, expect, table) or NOTHING

    def parsed(self, text: str, source: Source, expect: Kind | None, table: Field | None = None) -> Expr | None:
        """Return the tree of an expression's text, or None with its problems noted.

        Every field is known to it: one that is not asked of the kind at hand gets a message of its own.
        """
        names = self.names
        known = Names(names.fields, table, frozenset(names.items), frozenset(names.rules), names.children)
        found, problems = parse(text, source, known, expect)
        self.found.extend(problems)
        if found is not None:
            for name in fields_read(found):
                if name in names.fields:
                    self.check_kinds(names.fields[name], source)
        return found

    def maybe(self, written: YamlValue, key: str, expect: Kind | None, table: Field | None = None) -> Expr | None:
        """Read the expression at a key that may be absent."""
        return None if (found := written.get(key)) is None else self.expression(found, expect, table)

    def where(self, written: YamlValue, key: str, table: Field | None) -> Expr | None:
        """Read the test of a table's rows; left unread where the table itself is a mistake."""
        return None if table is None else self.maybe(written, key, "truth", table)

    def value(self, written: YamlValue) -> Expr:
        """Read a number, an expression that gives one, or a lookup by class."""
        if isinstance(written.data, dict):
            return self._lookup(written)
        if isinstance(written.data, str):
            return self.expression(written, "number")
        return Constant(written.as_number())

    def maybe_value(self, written: YamlValue, key: str) -> Expr | None:
        """Read the number at a key that may be absent."""
        return None if (found := written.get(key)) is None else self.value(found)

    def _lookup(self, written: YamlValue) -> Expr:
        by = written["by"]
        name = by.as_text()
        classes = self.classes(name, by.source)
        cases = tuple((key, self.value(inner)) for key, inner in written.items() if key not in ("by", "otherwise"))
        otherwise = self.maybe_value(written, "otherwise")
        self._check_classes(written, name, classes, [key for key, _ in cases])
        subject: Expr = Setting("stage") if name == "stage" else FieldValue(REGION if name == "region" else name)
        return Lookup(subject, cases, otherwise)

    def _check_classes(self, written: YamlValue, name: str, classes: tuple[str, ...] | None, keys: list[str]) -> None:
        """Note classes that do not exist, and classes without a value where there is no `otherwise`."""
        open_ended = classes is None and name == "region"
        if classes is not None:
            for key in keys:
                if key not in classes:
                    self.say(says.UNKNOWN_CLASS, written[key].key_source, by=name, value=key, **hints(key, classes))
        if "otherwise" not in written and (open_ended or classes is not None):
            missing = [] if classes is None else [option for option in classes if option not in keys]
            if missing or open_ended:
                self.say(says.CLASS_MISSING, written.source, by=name, missing="、".join(missing) or "otherwise")

    def window(self, written: YamlValue, table: Field | None) -> tuple[str | None, Duration | None]:
        """Read `dated:` and `look_back:`, which belong together."""
        if ("dated" in written) != ("look_back" in written):
            lone = written["dated" if "dated" in written else "look_back"]
            self.say(says.DATED_AND_WINDOW, lone.key_source)
        return self.column(table, written.get("dated"), "date") or None, written.duration("look_back")
