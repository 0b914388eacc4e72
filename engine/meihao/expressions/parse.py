"""Parses an expression into a frozen tree with every name resolved and every kind checked, or says what is wrong with it.

Python's own `ast` reads the text as a syntax tree; nothing of it is ever run. Signs are looked at first, because Python
would fold look-alike letters, join neighbouring texts and warn about odd numbers on its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, pairwise
from typing import Literal

from ..core.numbers import Number, simplest
from ..core.problems import Problems, Source, sort_by_place
from ..core.text import normal
from . import messages
from .calling import call
from .comparing import compare
from .names import Meaning, Names
from .reader import Reader, all_of, dotted_name, moved, near_words, note, segment, source_of, want
from .signs import Mistake, shown, sign_problems, tokens
from .tree import And, Arithmetic, Constant, Expr, Kind, Negative, Not, Or

LENGTH, LEVELS, PARTS, SHOWN_AT_ONCE = 2000, 60, 500, 8
BLANKS = str.maketrans("\n\r\t", "   ")


def parse(text: str, source: Source, scope: Names, expect: Kind | None = None) -> tuple[Expr | None, Problems]:
    """Return the tree, or None and why not. `source` is the place of the text's first character.

    >>> parse("reference_date", Source(), Names({}), "date")
    (Setting(name='reference_date'), ())
    """
    blanked = text.translate(BLANKS).rstrip(" ")
    body = blanked.lstrip(" ")
    at = Reader(body, moved(source, len(blanked) - len(body)), scope, [], read)
    node = None
    for message, offset, values in islice(_first_look(body), SHOWN_AT_ONCE):
        at.say(message, offset, **values)
    if not at.problems:
        node = _syntax(at)
    expr = _expression(node, expect, at) if node else None
    return (None if at.problems else expr), sort_by_place(tuple(at.problems))


def _first_look(body: str) -> Iterator[Mistake]:
    if not body:
        yield messages.EMPTY, 0, {}
    elif len(body) > LENGTH:
        yield messages.TOO_LONG, 0, {"size": len(body), "limit": LENGTH}
    else:
        yield from sign_problems(tokens(body))


def _syntax(at: Reader) -> ast.expr | None:
    """Return Python's syntax tree if it is small enough to read."""
    try:
        node = ast.parse(at.text, mode="eval").body
    except SyntaxError as error:
        _unreadable(at, min(error.offset or len(at.text), len(at.text)) - 1)
        return None
    # What is too deep for CPython's own parser is reported in one of these ways, by version.
    except (ValueError, RecursionError, MemoryError):
        at.say(messages.TOO_DEEP, 0, limit=LEVELS)
        return None
    if len(at.text) <= LEVELS:
        return node  # every node has a character of its own
    levels, parts = _size(node)
    if levels > LEVELS:
        at.say(messages.TOO_DEEP, 0, limit=LEVELS)
    if parts > PARTS:
        at.say(messages.TOO_MANY_PARTS, 0, limit=PARTS)
    return None if at.problems else node


def _unreadable(at: Reader, offset: int) -> None:
    """Name the commonest cause: `(a = 3)`, which looks like an argument; too many brackets; else show the place."""
    found = tokens(at.text)
    equals = [t.start for before, t in pairwise(found) if t.text == "=" and before.text != "where"]
    if equals:
        at.say(messages.SINGLE_EQUALS, equals[0])
    elif sum(token.text == "(" for token in found) > LEVELS:
        at.say(messages.TOO_DEEP, offset, limit=LEVELS)
    else:
        at.say(messages.UNREADABLE, offset, text=shown(at.text[offset:] if offset < len(at.text) - 1 else at.text))


def _size(node: ast.expr) -> tuple[int, int]:
    """Return how deep and how large a syntax tree is, without recursion."""
    level, deepest, parts = [node], 0, 0
    while level:
        deepest, parts = deepest + 1, parts + len(level)
        inner = (child for each in level for child in ast.iter_child_nodes(each))
        level = [e for child in inner for e in _expressions(child)]
    return deepest, parts


def _expressions(child: ast.AST) -> tuple[ast.expr, ...]:
    if isinstance(child, ast.keyword):
        return (child.value,)
    return (child,) if isinstance(child, ast.expr) else ()


def _expression(node: ast.expr, expect: Kind | None, at: Reader) -> Expr | None:
    if expect:
        return want(node, expect, at)
    meaning = read(node, at)
    return meaning.expr if meaning else None


def read(node: ast.expr, at: Reader) -> Meaning | None:
    """Return what a node means, or None after noting why it means nothing."""
    match node:
        case ast.Constant(value):
            return _constant(node, value, at)
        case ast.Name("true" | "false" as word):
            return Meaning(Constant(word == "true"), "truth")
        case ast.Name() | ast.Attribute():
            return _name(node, at)
        case ast.UnaryOp():
            return _unary(node, at)
        case ast.BinOp():
            return _arithmetic(node, at)
        case ast.BoolOp():
            return _bool(node, at)
        case ast.Compare():
            return compare(node, at)
        case ast.Call():
            return call(node, at)
        case ast.Tuple():
            note(messages.LIST_WITHOUT_IN, node, at, text=source_of(node, at))
            return None
        case _:
            note(messages.UNREADABLE, node, at, text=source_of(node, at))
            return None


# constants and names


def _constant(node: ast.expr, value: object, at: Reader) -> Meaning | None:
    if isinstance(value, str):
        return Meaning(Constant(normal(value)), "text")
    if isinstance(value, int | float):
        return Meaning(Constant(_number(segment(node, at))), "number")
    note(messages.UNREADABLE, node, at, text=source_of(node, at))
    return None


def _number(digits: str) -> Number:
    """Return the number as it is written: 0.1 is a tenth, not the nearest float."""
    return simplest(Fraction(digits))


def _name(node: ast.expr, at: Reader) -> Meaning | None:
    name = dotted_name(node)
    if name is None:
        note(messages.UNREADABLE, node, at, text=source_of(node, at))
        return None
    if meaning := at.names.value(name):
        return meaning
    if name in at.options:
        note(messages.UNQUOTED_OPTION, node, at, name=name)
        return None
    if table := at.names.table(name) or at.names.table(name.rpartition(".")[0]):
        note(messages.TABLE_AS_VALUE, node, at, name=table.id)
        return None
    near = near_words(name, at.names.known_values())
    if at.names.row_table:
        note(messages.UNKNOWN_IN_ROW, node, at, name=name, table=at.names.row_table.id, **near)
        return None
    note(messages.UNKNOWN_NAME, node, at, name=name, **near)
    return None


# operators


def _unary(node: ast.UnaryOp, at: Reader) -> Meaning | None:
    if isinstance(node.op, ast.Not):
        truth = want(node.operand, "truth", at)
        return Meaning(Not(truth), "truth") if truth else None
    number = want(node.operand, "number", at)
    if number is None or isinstance(node.op, ast.UAdd):
        return Meaning(number, "number") if number else None
    if isinstance(number, Constant) and isinstance(number.value, int | Fraction):
        return Meaning(Constant(-number.value), "number")
    return Meaning(Negative(number), "number")


def _arithmetic(node: ast.BinOp, at: Reader) -> Meaning | None:
    signs: Mapping[type[ast.operator], Literal["+", "-", "*", "/"]]
    signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
    sign = signs[type(node.op)]
    left, right = want(node.left, "number", at), want(node.right, "number", at)
    if sign == "/" and right == Constant(0):
        note(messages.DIVISION_BY_ZERO, node.right, at)
    return Meaning(Arithmetic(sign, left, right), "number") if left and right else None


def _bool(node: ast.BoolOp, at: Reader) -> Meaning | None:
    parts = all_of(want(part, "truth", at) for part in node.values)
    if parts is None:
        return None
    return Meaning(And(parts) if isinstance(node.op, ast.And) else Or(parts), "truth")
