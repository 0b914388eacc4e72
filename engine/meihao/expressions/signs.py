"""Splits an expression into tokens and refuses, by name, signs that Python's own reader would misread."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from ..core.problems import Message
from . import messages

TOKEN = re.compile(
    r"""(?P<blank>[ ]+)
    | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    | (?P<curly>[“”„‟][^“”„‟]*[“”„‟]?|[‘’][^‘’]*[‘’]?|[「『][^」』]*[」』]?)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<number>\.?[0-9][0-9A-Za-z_.]*(?:[ ]?%)?)
    | (?P<sign>\*\*|//|:=|===|!==|==|!=|<=|>=|<>|=<|=>|<<|>>|->|&&|\|\||[-+*/<>=!%&|^~@(),.\[\]{}:;\#?$`\\])
    | (?P<quote>["'])
    | (?P<other>.)""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
PLAIN_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?\Z", re.ASCII)
DIGITS = 15
SHOWN = 40

# A sign of another language or of a Chinese keyboard -> what is written here.
INSTEAD = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
    "~": "not",
    "<>": "!=",
    "!==": "!=",
    "===": "==",
    "=<": "<=",
    "=>": ">=",
    ":=": "==",
    "≥": ">=",
    "≧": ">=",
    "⩾": ">=",
    "≤": "<=",
    "≦": "<=",
    "⩽": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "—": "-",
    "∧": "and",
    "∨": "or",
    "¬": "not",
    "∈": "in",
    "、": ",",
    "。": ".",
    "＝": "==",
    "！": "not",
    "＆": "and",
    "｜": "or",
    "\u00a0": "' '",
    "\u3000": "' '",
    "True": "true",
    "TRUE": "true",
    "False": "false",
    "FALSE": "false",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "IN": "in",
}
# What Python has and an expression has not: its name in Chinese and English, and the way out.
_BRACKETS = ('用圆括号，如level in ("a", "b")', 'use round brackets, e.g. level in ("a", "b")')
_DECLARE = ("删去；表达式只判断和计算", "leave it out: an expression only tests and computes")
_RENAME = ("字段或列换一个代码", "give the field or column another id")
REFUSED = {
    "**": ("乘方**", "a power (**)", "写成连乘，如a * a", "multiply, e.g. a * a"),
    "//": ("整除//", "whole division (//)", "写成floor(a / b)", "write floor(a / b)"),
    "^": ("^", "^", "乘方写成连乘，如a * a", "for a power multiply, e.g. a * a"),
    "<<": ("移位<<", "a shift (<<)", "用*", "use *"),
    ">>": ("移位>>", "a shift (>>)", "用/", "use /"),
    "->": ("->", "->", *_DECLARE),
    "@": ("@", "@", *_DECLARE),
    "[": ("方括号", "square brackets", *_BRACKETS),
    "]": ("方括号", "square brackets", *_BRACKETS),
    "{": ("花括号", "braces", *_BRACKETS),
    "}": ("花括号", "braces", *_BRACKETS),
    "#": ("#注释", "a # comment", "注释写在YAML里", "write the comment in the YAML"),
    "is": ("is", "is", "改写为==", "write =="),
    "lambda": ("lambda", "lambda", *_DECLARE),
    "if": ("if", "if", "用applies_when、分段（bands）或any_of", "use applies_when, bands or any_of"),
    "else": ("else", "else", "用applies_when、分段（bands）或any_of", "use applies_when, bands or any_of"),
    "for": (
        "for",
        "for",
        "用count(表, where=条件)或any_row(表, where=条件)",
        "use count(TABLE, where=TEST) or any_row(TABLE, where=TEST)",
    ),
    "None": ("None", "None", "没有的事实自然是未知，不用判断", "a fact that is not there is unknown by itself"),
}

_OPENING = {"]": "[", "}": "{"}  # a closing bracket is not named again beside its opening one


class Token(Struct, frozen=True):
    kind: str
    text: str
    start: int


# A kind of mistake, how far into the text it stands, and the values of its sentences.
Mistake = tuple[Message, int, dict[str, object]]


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text without blanks; after a quote that is never closed nothing follows."""
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "other" and found and _joins(found[-1], match):
            found[-1] = Token("other", found[-1].text + match[0], found[-1].start)
        elif kind == "quote":
            return *found, Token("quote", text[match.start() :], match.start())
        elif kind != "blank":
            found.append(Token(kind, match[0], match.start()))
    return tuple(found)


def _joins(last: Token, match: re.Match[str]) -> bool:
    """Say whether one more character of a foreign name follows the last."""
    adjacent = last.start + len(last.text) == match.start()
    return adjacent and last.kind == "other" and match[0].isalnum() and last.text[-1].isalnum()


def sign_problems(found: tuple[Token, ...]) -> Iterator[Mistake]:
    """Yield (message, offset, values) for every token that an expression does not have."""
    texts = {token.text for token in found}
    for token in found:
        if _OPENING.get(token.text) not in texts:
            yield from ((message, token.start, values) for message, values in _of_token(token))
    yield from _of_neighbours(found)
    yield from _brackets(found)


def _of_token(token: Token) -> Iterator[tuple[Message, dict[str, object]]]:
    match token.kind:
        case "text":
            yield from _text(token.text)
        case "curly":
            yield messages.OTHER_SIGN, {"sign": shown(token.text), "instead": f'"{shown(token.text.strip(_CURLY))}"'}
        case "number":
            yield from _number(token.text)
        case "quote":
            yield messages.QUOTE_NOT_CLOSED, {"text": shown(token.text)}
        case "other":
            yield from _other(token.text)
        case _:
            yield from _sign_or_word(token)


_CURLY = "“”„‟‘’「」『』"


def _text(text: str) -> Iterator[tuple[Message, dict[str, object]]]:
    if "\\" in text:
        yield messages.BACKSLASH, {"text": shown(text)}
    if odd := [c for c in text if unicodedata.category(c) in ("Cc", "Cs")]:
        yield messages.STRAY_CHARACTER, {"text": shown(odd[0])}


def _number(text: str) -> Iterator[tuple[Message, dict[str, object]]]:
    if text.endswith("%"):
        yield messages.PERCENT_SIGN, {"text": shown(text)}
    elif not PLAIN_NUMBER.match(text):
        yield messages.NUMBER_FORM, {"text": shown(text)}
    elif sum(c.isdigit() for c in text) > DIGITS:
        yield messages.NUMBER_TOO_LONG, {"text": shown(text), "limit": DIGITS}


def _other(text: str) -> Iterator[tuple[Message, dict[str, object]]]:
    if instead := INSTEAD.get(text):
        yield messages.OTHER_SIGN, {"sign": shown(text), "instead": instead}
    elif text in "％‰":
        yield messages.PERCENT_SIGN, {"text": text}
    elif "！" <= text[0] <= "～":
        # The full-width forms of a Chinese keyboard stand 0xFEE0 above their ASCII twins.
        half = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
        yield messages.OTHER_SIGN, {"sign": shown(text), "instead": half}
    elif text[0].isalnum():
        yield messages.FOREIGN_NAME, {"text": shown(text)}
    else:
        yield messages.STRAY_CHARACTER, {"text": shown(text)}


def _sign_or_word(token: Token) -> Iterator[tuple[Message, dict[str, object]]]:
    if instead := INSTEAD.get(token.text):
        yield messages.OTHER_SIGN, {"sign": token.text, "instead": instead}
    elif refused := REFUSED.get(token.text):
        yield messages.REFUSED, _refusal(*refused)
    elif token.text == "%":
        yield messages.PERCENT_SIGN, {"text": token.text}
    elif token.kind == "sign" and token.text in ":;?$`\\":
        yield messages.STRAY_CHARACTER, {"text": token.text}
    elif token.kind == "word" and keyword.iskeyword(token.text) and token.text not in ("and", "or", "not", "in"):
        yield messages.REFUSED, _refusal(f"保留字{token.text}", f"the reserved word {token.text}", *_RENAME)


def _refusal(zh: str, en: str, fix_zh: str, fix_en: str) -> dict[str, object]:
    return {"zh": zh, "en": en, "fix_zh": fix_zh, "fix_en": fix_en}


def _of_neighbours(found: tuple[Token, ...]) -> Iterator[Mistake]:
    for before, after in pairwise(found):
        touch = before.start + len(before.text) == after.start
        if after.kind == "text" and before.kind == "text":
            yield messages.TWO_TEXTS, after.start, {}
        elif after.kind == "text" and before.kind == "word" and touch:
            prefix = f"{before.text}{after.text[0]}…{after.text[0]}"
            drop = ("去掉引号前的字母", "drop the letters before the quote")
            yield (
                messages.REFUSED,
                before.start,
                _refusal(f"带前缀的文字{prefix}", f"a text with a prefix ({prefix})", *drop),
            )
        elif after.text == "=" and not (before.kind == "word" and _names_argument(found, before)):
            yield messages.SINGLE_EQUALS, after.start, {}


def _names_argument(found: tuple[Token, ...], word: Token) -> bool:
    at = found.index(word)
    return at > 0 and found[at - 1].text in ("(", ",")


def _brackets(found: tuple[Token, ...]) -> Iterator[Mistake]:
    opened: list[Token] = []
    for token in found:
        if token.kind == "sign" and token.text == "(":
            opened.append(token)
        elif token.kind == "sign" and token.text == ")":
            if opened:
                opened.pop()
            else:
                yield messages.BRACKET, token.start, {"sign": ")"}
    for token in opened[:1]:
        yield messages.BRACKET, token.start, {"sign": "("}


def shown(text: str) -> str:
    """Return a text fit to be quoted in a message: cut, and without characters that cannot be printed."""
    cut = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in cut)
