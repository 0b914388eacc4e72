"""Writes an expression as the formula of an author, and says its meaning in Chinese or English for readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from ..core.numbers import Number, exact
from ..core.problems import Lang
from ..core.text import Label
from .fields import Column, Field
from .names import children_table
from .tree import (
    And,
    Arithmetic,
    ColumnValue,
    Comparison,
    Constant,
    Days,
    Expr,
    Extreme,
    FieldValue,
    FindingValue,
    ItemValue,
    Lookup,
    Membership,
    Negative,
    Not,
    Or,
    Rounding,
    Rows,
    Scalar,
    Setting,
)
from .walk import REGION, atoms, fields_read, findings_read, items_read, settings_read
from .words import EN, FORMULA, ZH, Wording

__all__ = ["atoms", "describe", "fields_read", "findings_read", "formula", "items_read", "labels_of", "settings_read"]
Labels = Callable[[str], str]
Written = tuple[str, int]  # text, and how tightly it binds: a looser part inside a tighter one stands in brackets
_STAGES = (("self", Label("自评", "self-assessment")), ("verified", Label("核验", "verified")))
OR, AND, NOT, COMPARE, ADD, TIMES, MINUS, ATOM = range(8)


class _Style(Struct, frozen=True):
    words: Wording
    labels: Labels
    table: str = ""


def formula(expr: Expr) -> str:
    """Return the text from which `parse` reads the same tree.

    >>> formula(Comparison(FieldValue("households"), ((">=", Constant(30)),)))
    'households >= 30'
    """
    return _write(expr, _Style(FORMULA, str))[0]


def describe(expr: Expr, labels: Labels, lang: Lang, table: str = "") -> str:
    """Return readable words. `labels` is asked for ids: FIELD, TABLE.COLUMN, FIELD=OPTION, an item, a rule; it returns
    the id itself where it knows no label. `table` names the table where the expression is the `where` of one.

    >>> describe(Comparison(FieldValue("households"), ((">=", Constant(30)),)), {"households": "户数"}.__getitem__, "zh")
    '户数≥30'
    """
    return _write(expr, _Style(ZH if lang == "zh" else EN, labels, table))[0]


def labels_of(fields: Mapping[str, Field], lang: Lang, others: Mapping[str, str] | None = None) -> Labels:
    """Return the labels of a pack's fields, columns and options; `others` gives those of items, rules and `outcome=met`."""
    known = {f"stage={code}": label[lang] for code, label in _STAGES} | dict(others or {})
    for field in (children_table(), *fields.values()):
        known |= _labels_of_one(field.id, field, lang)
        for column in field.columns:
            known |= _labels_of_one(f"{field.id}.{column.id}", column, lang)
    return lambda name: known.get(name, name)


def _labels_of_one(name: str, of: Field | Column, lang: Lang) -> dict[str, str]:
    return {name: of.title[lang]} | {f"{name}={code}": label[lang] for code, label in of.options}


def _write(expr: Expr, at: _Style) -> Written:
    match expr:
        case Constant(value):
            return _constant(value, "", at)
        case FieldValue() | ColumnValue() | Setting() | ItemValue() | FindingValue():
            return _name(expr, at), ATOM
        case Arithmetic() | Negative():
            return _arithmetic(expr, at)
        case Extreme(function, parts):
            return at.words.calls[function].format(_several(parts, at)), ATOM
        case Rounding(function, part):
            return at.words.calls[function].format(_write(part, at)[0]), ATOM
        case Days(start, end):
            return at.words.calls["days"].format(_write(start, at)[0], _write(end, at)[0]), ATOM
        case Comparison() | Membership():
            return _test(expr, at), COMPARE
        case And(parts):
            return at.words.both.join(_judged(part, NOT, at) for part in parts), AND
        case Or(parts):
            return at.words.either.join(_judged(part, AND, at) for part in parts), OR
        case Not(part):
            return _negation(part, at)
        case Rows():
            return _rows(expr, expr.function, at), ATOM
        case Lookup():
            return _lookup(expr, at)
        case _:  # pragma: no cover
            assert_never(expr)


def _wrap(written: Written, least: int, at: _Style) -> str:
    text, level = written
    return text if level >= least else at.words.brackets.format(text)


def _several(parts: tuple[Expr, ...], at: _Style) -> str:
    return at.words.comma.join(_write(part, at)[0] for part in parts)


def _constant(value: Scalar, of: str, at: _Style) -> Written:
    """Write a value; `of` is the id of the choice field that it is compared with."""
    if isinstance(value, bool):
        return at.words.truth[value], ATOM
    if isinstance(value, str):
        label = at.labels(f"{of}={value}") if of else value
        return _quoted(value if label == f"{of}={value}" else label, at.words), ATOM
    if isinstance(value, date):
        return at.words.day.format(value.isoformat()), ATOM
    text = exact(value).replace("-", at.words.signs["neg"])
    return text, TIMES if "/" in text else MINUS if value < 0 else ATOM


def _quoted(text: str, words: Wording) -> str:
    return f"'{text}'" if words.style == "formula" and '"' in text else words.text.format(text)


def _name(expr: FieldValue | ColumnValue | Setting | ItemValue | FindingValue, at: _Style) -> str:
    match expr:
        case FieldValue() | ColumnValue():
            return _read(expr, at)
        case Setting(name):
            return at.words.settings[name]
        case ItemValue(function, item):
            return at.words.calls[function].format(at.labels(item))
        case FindingValue(rule):
            return at.words.calls["finding"].format(at.labels(rule))
        case _:  # pragma: no cover
            assert_never(expr)


def _read(expr: FieldValue | ColumnValue, at: _Style) -> str:
    if isinstance(expr, ColumnValue):
        label = at.labels(_key(expr, at))
        return expr.column if label == _key(expr, at) else label
    if expr.field == REGION:
        return REGION if at.words.style == "formula" and at.table else at.words.settings["region"]
    return ("unit." if at.words.style == "formula" and at.table else "") + at.labels(expr.field)


def _key(expr: Expr, at: _Style) -> str:
    """Return the id under which the labels of a name and its options are known, or ""."""
    if isinstance(expr, FieldValue):
        return expr.field
    if isinstance(expr, ColumnValue):
        return f"{at.table}.{expr.column}" if at.table else expr.column
    if isinstance(expr, ItemValue):
        return expr.function
    return expr.name if isinstance(expr, Setting) else ""


def _arithmetic(expr: Arithmetic | Negative, at: _Style) -> Written:
    if isinstance(expr, Negative):
        return at.words.signs["neg"] + _wrap(_write(expr.part, at), MINUS, at), MINUS
    level = ADD if expr.op in "+-" else TIMES
    left, right = _wrap(_write(expr.left, at), level, at), _wrap(_write(expr.right, at), level + 1, at)
    return left + at.words.signs[expr.op] + right, level


def _test(expr: Comparison | Membership, at: _Style) -> str:
    if isinstance(expr, Membership):
        part = _wrap(_write(expr.part, at), ADD, at)
        options = at.words.comma.join(_constant(option, _key(expr.part, at), at)[0] for option in expr.options)
        closing = "," if at.words.style == "formula" and len(expr.options) == 1 else ""
        return at.words.member[not expr.negated].format(part, options + closing)
    if at.words.spans and (span := _span(expr)) is not None:
        days, sign, number = span
        limit = exact(number)
        words = at.words.spans[sign].format(limit, day="day" if number == 1 else "days")
        return at.words.span.format(_write(days.start, at)[0], _write(days.end, at)[0], words)
    sides = (expr.first, *(part for _, part in expr.rest))
    of = next((key for key in (_key(side, at) for side in sides) if key), "")
    texts = [_wrap(_constant(s.value, of, at) if isinstance(s, Constant) else _write(s, at), ADD, at) for s in sides]
    signs = ("", *(at.words.signs[sign] for sign, _ in expr.rest))
    return "".join(sign + text for sign, text in zip(signs, texts, strict=True))


def _span(expr: Comparison) -> tuple[Days, str, Number] | None:
    """Return the days, the sign and the number of a comparison of days with a number; None for any other one."""
    match expr:
        case Comparison(Days() as days, ((sign, Constant(int() | Fraction() as number)),)):
            return days, sign, number
        case _:
            return None


def _judged(expr: Expr, least: int, at: _Style, wanted: bool = True) -> str:
    """Write a part of `and`, `or`, `not`; in prose a yes-no fact says its answer."""
    if at.words.style == "prose" and isinstance(expr, FieldValue | ColumnValue):
        return _read(expr, at) + at.words.signs["=="] + at.words.truth[wanted]
    return _wrap(_write(expr, at), least, at)


def _negation(part: Expr, at: _Style) -> Written:
    if at.words.style == "formula":
        return at.words.negation.format(_judged(part, NOT, at)), NOT
    match part:
        case FieldValue() | ColumnValue():
            return _judged(part, ATOM, at, wanted=False), COMPARE
        case FindingValue(rule):
            return at.words.calls["no finding"].format(at.labels(rule)), ATOM
        case Rows():
            return _rows(part, "no any_row", at), ATOM
        case _:
            return at.words.negation.format(_write(part, at)[0]), ATOM


def _rows(expr: Rows, function: str, at: _Style) -> str:
    inside = replace(at, table=expr.table)
    kind = "distinct" if function == "count" and expr.column else function
    where = _judged(expr.where, OR, inside) if expr.where else ""
    column = _column(expr.column, inside) if expr.column else ""
    return at.words.rows[kind + ("?" if where else "")].format(table=at.labels(expr.table), column=column, where=where)


def _column(column: str, inside: _Style) -> str:
    return column if inside.words.style == "formula" else _read(ColumnValue(column), inside)


def _lookup(expr: Lookup, at: _Style) -> Written:
    key = _key(expr.by, at)
    cases = [_case(code, key, value, at) for code, value in expr.cases]
    if expr.otherwise:
        cases.append(at.words.otherwise.format(_write(expr.otherwise, at)[0]))
    comma = "，" if at.words is ZH else ", "
    return at.words.lookup.format(by=_write(expr.by, at)[0], cases=comma.join(cases)), OR


def _case(code: str, key: str, value: Expr, at: _Style) -> str:
    label = at.labels(f"{key}={code}")
    return at.words.case.format(code=code if label == f"{key}={code}" else label, value=_write(value, at)[0])
