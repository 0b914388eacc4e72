"""Checks comparisons and `in`: both sides are of one kind, the kind has that order, and the choice has those options."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from . import messages
from .describe import formula
from .names import Meaning
from .reader import KIND_EN, KIND_ZH, Reader, as_date, dotted_name, kinds_differ, near_words, note, offset_of, source_of
from .tree import Comparison, Constant, Membership, Scalar

Sign = Literal["<", "<=", ">", ">=", "==", "!="]
Side = tuple[ast.expr, Meaning]
_SIGNS: Mapping[type[ast.cmpop], Sign] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def compare(node: ast.Compare, at: Reader) -> Meaning | None:
    nodes = (node.left, *node.comparators)
    at = replace(at, options=_options_of(nodes, at))
    if isinstance(node.ops[0], ast.In | ast.NotIn) and len(node.ops) == 1:
        return _membership(node, at)
    if any(isinstance(op, ast.In | ast.NotIn) for op in node.ops):
        note(messages.IN_A_CHAIN, node, at)
        return None
    sides = _one_kind(nodes, tuple(at.read(side, at) for side in nodes), at)
    if sides is None:
        return None
    signs = tuple(_SIGNS[type(op)] for op in node.ops)
    for sign, (left, right) in zip(signs, pairwise(zip(nodes, sides, strict=True)), strict=True):
        _check_link(left, sign, right, at)
    return Meaning(Comparison(sides[0].expr, tuple(zip(signs, (s.expr for s in sides[1:]), strict=True))), "truth")


def _options_of(nodes: Iterable[ast.expr], at: Reader) -> frozenset[str]:
    names = (name for node in nodes if (name := dotted_name(node)))
    return frozenset(code for name in names if (meaning := at.names.value(name)) for code in meaning.options)


def _one_kind(nodes: tuple[ast.expr, ...], sides: tuple[Meaning | None, ...], at: Reader) -> tuple[Meaning, ...] | None:
    """Return the sides if they are all of one kind; texts become dates beside a date."""
    known = [(node, side) for node, side in zip(nodes, sides, strict=True) if side]
    if any(side.kind == "date" for _, side in known):
        known = [(node, dated) for node, side in known if (dated := as_date(side, node, at))]
    whole = len(known) == len(nodes)
    for node, side in known[1:]:
        first_node, first = known[0]
        if side.kind != first.kind:
            kinds_differ(first_node, first, node, side, at)
            return None
    return tuple(side for _, side in known) if whole else None


def _check_link(left: Side, sign: Sign, right: Side, at: Reader) -> None:
    (left_node, one), (right_node, other) = left, right
    if sign not in ("==", "!=") and one.kind in ("text", "truth"):
        note(messages.NO_ORDER, right_node, at, sign=sign, kind_zh=KIND_ZH[one.kind], kind_en=KIND_EN[one.kind])
    _check_option(right_node, one, other, at)
    _check_option(left_node, other, one, at)


def _check_option(node: ast.expr, choice: Meaning, other: Meaning, at: Reader) -> None:
    """Note a constant, which stands at `node`, that is none of the options of the choice that it is compared with."""
    if choice.options and isinstance(other.expr, Constant) and other.expr.value not in choice.options:
        name = str(other.expr.value)
        field = formula(choice.expr)
        note(messages.UNKNOWN_OPTION, node, at, field=field, name=name, **near_words(name, choice.options))


def _membership(node: ast.Compare, at: Reader) -> Meaning | None:
    choices = _choices(node.comparators[0], at)
    part = at.read(node.left, at)
    if choices is None:
        note(messages.OPTIONS_WANTED, node.comparators[0], at)
        return None
    options = tuple(_option(choice, node.left, part, at) for choice in choices)
    fixed = tuple(option for option in options if option is not None)
    if part is None or len(fixed) < len(options):
        return None
    negated = isinstance(node.ops[0], ast.NotIn)
    return Meaning(Membership(part.expr, tuple(dict.fromkeys(fixed)), negated), "truth")


def _choices(node: ast.expr, at: Reader) -> tuple[ast.expr, ...] | None:
    """Return what stands in the brackets after `in`; Python drops the brackets of a single value."""
    if isinstance(node, ast.Tuple):
        return tuple(node.elts) or None
    return (node,) if at.text[: offset_of(node, at)].rstrip(" ").endswith("(") else None


def _option(node: ast.expr, part_node: ast.expr, part: Meaning | None, at: Reader) -> Scalar | None:
    option = at.read(node, at)
    if option and not isinstance(option.expr, Constant):
        note(messages.OPTION_NOT_FIXED, node, at, text=source_of(node, at))
        return None
    if option is None or part is None:
        return None
    pair = _one_kind((part_node, node), (part, option), at)
    if pair is None:
        return None
    _check_option(node, part, pair[1], at)
    return pair[1].expr.value if isinstance(pair[1].expr, Constant) else None
