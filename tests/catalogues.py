"""What tests ask of the catalogues of phrases, and of the pages that say them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

HAN = re.compile("[\u4e00-\u9fff]+")


def asked(text: str) -> set[str]:
    """Return the values that a phrase asks for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def catalogues(door: Path) -> tuple[Path, ...]:
    return tuple(path for path in sorted((door / "phrases").glob("*.py")) if path.stem != "__init__")


def labels(text: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Label":
            yield node


def written_once(part: Path) -> list[str]:
    """Return the labels of a part of a catalogue that do not have both languages."""
    return [ast.unparse(label) for label in labels(part.read_text("utf-8")) if len(label.args) != 2]


def inline(text: str, no_words: Sequence[str] = ()) -> list[str]:
    """Return the words that stand in a page itself: pick(zh, en), a text chosen by language with `if`, or one in 汉字.

    `no_words` are names of what is not said, such as typefaces.
    """
    tree, found = ast.parse(text), list[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_pair(node):
            found.append(ast.unparse(node))
        if (
            isinstance(node, ast.IfExp)
            and _by_language(node.test)
            and {*texts(node.body), *texts(node.orelse)} - {"zh", "en"}
        ):
            found.append(ast.unparse(node))
    return found + [text for text in texts(_Pages(no_words).visit(tree)) if HAN.search(text)]


def _is_pair(call: ast.Call) -> bool:
    """Say whether a call picks from two texts: `say.pick("是", "yes")`, `chooser(lang)("是", "yes")`, `say("是", "yes")`."""
    called = ast.unparse(call.func)
    return called.rpartition(".")[2] == "pick" or (len(call.args) == 2 and bool(re.match(r"say$|chooser\(", called)))


def _by_language(test: ast.expr) -> bool:
    return "lang ==" in ast.unparse(test) or ast.unparse(test) == "zh"


def texts(tree: ast.AST) -> list[str]:
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


class _Pages(ast.NodeTransformer):
    """Leaves out what is no word of a page: docstrings, problem messages, what is assigned to certain names."""

    def __init__(self, no_words: Sequence[str]) -> None:
        self.no_words = no_words

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return ast.Constant("") if ast.unparse(node.func) == "Message" else self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        return None if ast.unparse(node.targets[0]) in self.no_words else self.generic_visit(node)
