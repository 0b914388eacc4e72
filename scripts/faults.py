"""Small faults for a Python file: where one can be put in, and the file's code with one of them in it.

A fault of the logic is a comparison turned at its edge or round, `and` for `or`, a sign, a number one higher, a truth turned,
`min` for `max`, `any` for `all`, a condition negated. A fault of the words turns what a sentence says: 未 and 不 dropped, 差 for
超出, "not" dropped, "above" for "below". Docstrings and problem messages (`Message(...)`, messages.py) are left as they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CodeType
from typing import Literal

from msgspec import Struct

Kind = Literal["logic", "words"]
SWAPS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
TURNS: Mapping[str, str] = {
    "未": "", "没有": "有", "不": "", "无": "有", "超出": "差", "差": "超出", "高于": "低于", "低于": "高于", "超过": "不到",
    "至少": "至多", "至多": "至少", "达到": "达不到", "通过": "落选",
    "not ": "", "no ": "a ", "without ": "with ", "never ": "always ", "above": "below", "below": "above", "more": "less",
    "less": "more", "at least": "at most", "at most": "at least", "passed": "failed", "failed": "passed", "short": "over",
    "before": "after", "after": "before", "gained": "lost", "lost": "gained",
}  # fmt: skip
WORD = re.compile("|".join(rf"\b{w}" if w.isascii() else w for w in sorted(TURNS, key=len, reverse=True)))


class Fault(Struct, frozen=True):
    """The n-th place of a file where something of a kind can be wrong, what it then is, and the lines of its statement."""

    file: Path
    kind: Kind
    n: int
    line: int
    end: int
    what: str

    def __str__(self) -> str:
        return f"{'/'.join(self.file.parts[-2:])}:{self.line} {self.what}"


class _Spoil(ast.NodeTransformer):
    """Counts the places where a tree can be spoiled, and spoils the one that is asked for."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.found = wanted, list[tuple[int, str]]()

    def _here(self, node: ast.AST, what: str) -> bool:
        self.found.append((getattr(node, "lineno", 0), what))
        return len(self.found) - 1 == self.wanted

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for at, op in enumerate(node.ops):
            other = SWAPS[type(op)]
            if self._here(node, f"{type(op).__name__} -> {other.__name__} in {ast.unparse(node)}"):
                node.ops[at] = other()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        if self._here(node, f"{other.__name__} in {ast.unparse(node)}"):
            node.op = other()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        turned = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}.get(type(node.op))
        text = any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in (node.left, node.right))
        if turned and not text and self._here(node, f"{turned.__name__} in {ast.unparse(node)}"):
            node.op = turned()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not | ast.USub) and self._here(node, f"{ast.unparse(node)} without its sign"):
            return node.operand
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"branches turned in {ast.unparse(node)}"):
            node.body, node.orelse = node.orelse, node.body
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if ast.unparse(node.test) == "TYPE_CHECKING":  # for the type checker, who would see it
            return node
        self.generic_visit(node)
        if self._here(node, f"if not {ast.unparse(node.test)}"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool) and self._here(node, f"{not node.value} for {node.value}"):
            return ast.Constant(not node.value)
        if type(node.value) is int and self._here(node, f"{node.value + 1} for {node.value}"):
            return ast.Constant(node.value + 1)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        other = NAMES.get(node.func.id, "") if isinstance(node.func, ast.Name) else ""
        if other and self._here(node, f"{other} in {ast.unparse(node)}"):
            node.func = ast.Name(other, ast.Load())
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        return node if node.arg == "strict" else self.generic_visit(node)  # of zip: sides are equal, or it is our bug

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(part) for part in node.body]
        node.args.defaults = [self.visit(part) for part in node.args.defaults]
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(part) for part in node.body]  # not `frozen=True`
        return node


class _Turn(ast.NodeTransformer):
    """Counts the words that can be turned round in the texts of a tree, and turns the one that is asked for."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.found = wanted, list[tuple[int, str]]()

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if not isinstance(node.value, str):
            return node
        for hit in WORD.finditer(text := node.value):
            turned = text[: hit.start()] + TURNS[hit[0]] + text[hit.end() :]
            self.found.append((node.lineno, f"{turned!r} for {text!r}"))
            if len(self.found) - 1 == self.wanted:
                return ast.copy_location(ast.Constant(turned), node)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)  # a docstring

    def visit_Call(self, node: ast.Call) -> ast.AST:
        is_message = isinstance(node.func, ast.Name) and node.func.id == "Message"
        return node if is_message else self.generic_visit(node)


IS_FUNCTION = 2  # inspect.CO_NEWLOCALS: set on functions; a class body has none
TRANSFORMERS: Mapping[Kind, type[_Spoil] | type[_Turn]] = {"logic": _Spoil, "words": _Turn}


def faults_of(file: Path, kind: Kind = "logic") -> list[Fault]:
    """Return every fault of a kind that can be put into a file."""
    tree = ast.parse(file.read_text("utf-8"))
    spoil = TRANSFORMERS[kind]()
    spoil.visit(ast.parse(file.read_text("utf-8")))
    spans = sorted(_spans(tree), key=lambda span: span[1] - span[0])
    return [
        Fault(file, kind, n, line, next((end for first, end in spans if first <= line <= end), line), what)
        for n, (line, what) in enumerate(spoil.found)
    ]


def _spans(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of every statement; of one that holds others, of its head."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None) or getattr(node, "cases", None)
            last = body[0] if body else None
            end = node.end_lineno or node.lineno
            inside = last.lineno if isinstance(last, ast.stmt) else last.pattern.lineno if last else end + 1
            yield node.lineno, max(node.lineno, min(end, inside - 1))


def spoiled(fault: Fault) -> CodeType:
    """Return the compiled module with the fault in it."""
    tree = TRANSFORMERS[fault.kind](fault.n).visit(ast.parse(fault.file.read_text("utf-8")))
    return compile(ast.fix_missing_locations(tree), str(fault.file), "exec")


def sound(file: Path) -> CodeType:
    """Return the compiled module as it is."""
    return compile(ast.parse(file.read_text("utf-8")), str(file), "exec")


def codes(module: CodeType) -> Iterator[CodeType]:
    """Yield a module's code and the codes in it, in the order of its text."""
    yield module
    for part in module.co_consts:
        if isinstance(part, CodeType):
            yield from codes(part)


def changed_functions(fault: Fault) -> Mapping[tuple[str, int], CodeType]:
    """Return the outermost functions that a fault changes, by name and line; none where a module or class body changes."""
    found = dict(_changed(sound(fault.file), spoiled(fault)))
    return {} if ("", 0) in found else found


def _changed(was: CodeType, now: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    """Yield the functions below a module or class body that differ; ("", 0) where the body itself does."""
    if _own(was) != _own(now):
        yield ("", 0), now
        return
    for old, new in zip(_inner(was), _inner(now), strict=True):
        if old == new:
            continue
        if old.co_flags & IS_FUNCTION:
            yield (old.co_qualname, old.co_firstlineno), new
        else:
            yield from _changed(old, new)


def _inner(code: CodeType) -> list[CodeType]:
    return [part for part in code.co_consts if isinstance(part, CodeType)]


def _own(code: CodeType) -> tuple[object, ...]:
    return code.co_code, code.co_names, tuple(part for part in code.co_consts if not isinstance(part, CodeType))
