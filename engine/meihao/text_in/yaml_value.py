"""Hands out the parts of a value, whose shape has been checked, as the types that the shape promised."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from ..core.calendar import Duration, parse_duration
from ..core.numbers import Number, from_decimal
from ..core.problems import Source
from ..core.text import Label, normal
from .yaml_reader import Path, Plain, YamlDocument


class YamlValue(Struct, frozen=True):
    """One value and the path to it. Asking for a type that the schema did not promise raises TypeError: our bug."""

    document: YamlDocument
    data: Plain
    path: Path = ()

    @property
    def source(self) -> Source:
        return self.document.at(self.path)

    @property
    def key_source(self) -> Source:
        return self.document.at_key(self.path)

    def get(self, key: str) -> YamlValue | None:
        """Return the value at a key, or None."""
        if not isinstance(self.data, dict) or key not in self.data:
            return None
        return YamlValue(self.document, self.data[key], (*self.path, key))

    def __getitem__(self, key: str) -> YamlValue:
        if (found := self.get(key)) is None:
            raise TypeError(f"the schema promised '{key}' at {self.source}")
        return found

    def __contains__(self, key: str) -> bool:
        return isinstance(self.data, dict) and key in self.data

    def items(self) -> Iterator[tuple[str, YamlValue]]:
        """Yield the keys of a mapping and their values, in written order."""
        if not isinstance(self.data, dict):
            raise TypeError(f"the schema promised a mapping at {self.source}")
        for key, value in self.data.items():
            yield key, YamlValue(self.document, value, (*self.path, key))

    def each(self, key: str) -> tuple[YamlValue, ...]:
        """Return the entries of the list at a key; none where the key is absent."""
        if (found := self.get(key)) is None:
            return ()
        return found.entries()

    def entries(self) -> tuple[YamlValue, ...]:
        if not isinstance(self.data, list):
            raise TypeError(f"the schema promised a list at {self.source}")
        return tuple(YamlValue(self.document, value, (*self.path, index)) for index, value in enumerate(self.data))

    def as_text(self) -> str:
        if not isinstance(self.data, str):
            raise TypeError(f"the schema promised text at {self.source}")
        return normal(self.data)

    def as_number(self) -> Number:
        if isinstance(self.data, bool) or not isinstance(self.data, int | Decimal):
            raise TypeError(f"the schema promised a number at {self.source}")
        return from_decimal(self.data)

    def text(self, key: str, default: str = "") -> str:
        """Return the text at a key; the default where it is absent or null."""
        found = self.get(key)
        return default if found is None or found.data is None else found.as_text()

    def number(self, key: str, default: Number = 0) -> Number:
        return default if (found := self.get(key)) is None else found.as_number()

    def whole(self, key: str, default: int = 0) -> int:
        return int(self.number(key, default))

    def flag(self, key: str, default: bool = False) -> bool:
        return default if (found := self.get(key)) is None else found.data is True

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(entry.as_text() for entry in self.each(key))

    def label(self, key: str = "title") -> Label:
        """Return the words at `key` with the English line beside it."""
        return Label(self.text(key), self.text(f"{key}_en"))

    def duration(self, key: str) -> Duration | None:
        return None if key not in self else parse_duration(self.text(key))
