"""Words what is asked, in Chinese and English: allowed values, example, purpose and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..core.label import NO, YES, Label, Lang
from ..core.numbers import Number, divide, plain, round_half_up
from ..core.text import with_unit
from ..evidence.model import Scalar
from ..standard.model import DocumentWanted, FieldType
from .asked import Asked, Purpose

SHOWN_PURPOSES = 3
EXAMPLE_DAY = date(2026, 5, 20)
USUAL: Mapping[FieldType, int] = {"percent": 85, "money": 12_000}  # of other numbers 120
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
AND = Label("；", "; ")


def number(value: Number, lang: Lang = "zh") -> str:
    """Return a number as people say it.

    >>> number(20000), number(1_000_000_000), number(120), number(20000, "en")
    ('2万', '10亿', '120', '20,000')
    """
    if lang == "en":
        return f"{value:,}" if isinstance(value, int) else plain(value)
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if isinstance(value, int) and value and value % size == 0:
            return f"{value // size}{word}"
    return plain(value)


def allowed(asked: Asked) -> Label:
    """Return what may be filled in. Validations and instructions both say this sentence.

    >>> allowed(Asked("a", Label("户数"), "count", range=(1, 20000))).zh
    '1到2万的整数'
    """
    low, high = asked.range or (None, None)
    if low is not None and high is not None:
        return _between(asked, low, high)
    match asked.type:
        case "yes_no":
            return Label("选“是”或“否”", "choose yes or no")
        case "choice":
            labels = [label for _, label in asked.options]
            zh, en = "、".join(label.zh for label in labels), "; ".join(label["en"] for label in labels)
            return Label(f"从下拉中选：{zh}", f"choose from the list: {en}")
        case "date":
            return Label(f"日期，如{EXAMPLE_DAY}", f"a date such as {EXAMPLE_DAY}")
        case "text":
            most = asked.length_at_most
            return Label(f"文字，最多{most}字", f"text of at most {most} characters")
        case "table":
            zh = f"到“{asked.title.zh}”表填写，一行一条，最多{number(asked.rows_at_most)}行；一条也没有的，在这里选“无”"
            en = f'one row each on the sheet "{asked.title["en"]}", at most {asked.rows_at_most}; if none, choose "none" here'
            return Label(zh, en)
        case _:
            return Label("数字", "a number")


def _between(asked: Asked, low: Number, high: Number) -> Label:
    zh, en = f"{number(low)}到{number(high)}", f"{number(low, 'en')} to {number(high, 'en')}"
    match asked.type:
        case "count":
            return Label(f"{zh}的整数", f"a whole number, {en}")
        case "percent":
            low_, high_ = f"{plain(low)}%", f"{plain(high)}%"
            such = example(asked).zh
            return Label(f"{low_}到{high_}，带百分号，如{such}", f"{low_} to {high_}, with the sign: {such}")
        case _:
            return Label(f"{zh}的数，可以有小数", f"a number, {en}, decimals allowed")


def told(asked: Asked, lang: Lang) -> str:
    """Return what may be filled in, and the field's own help."""
    parts = [text for text in (allowed(asked)[lang], asked.help[lang]) if text]
    if lang == "en":
        return " ".join(f"{part[0].upper()}{part[1:].removesuffix('.')}." for part in parts)
    return "。".join(parts)


def example(asked: Asked) -> Label:
    """Return a value that would be accepted; nothing for texts without an example of their own, and for tables.

    >>> example(Asked("a", Label("户数"), "count", range=(1, 50))).zh
    '10'
    """
    match asked.type:
        case "yes_no":
            return YES
        case "choice":
            return asked.options[0][1] if asked.options else Label("")
        case "date":
            return Label(EXAMPLE_DAY.isoformat())
        case "table":
            return Label("")
        case "text":
            return Label(asked.example if isinstance(asked.example, str) else "")
        case _:
            value = asked.example if isinstance(asked.example, Number) else _inside(asked)
            return Label(f"{plain(value)}%" if asked.type == "percent" else plain(value))


def value(asked: Asked, given: Scalar, lang: Lang) -> str:
    """Return a value as people read it, with its unit.

    >>> value(Asked("a", Label("户数"), "count", Label("户")), 420, "zh")
    '420户'
    """
    match given:
        case bool():
            return (YES if given else NO)[lang]
        case str():
            return dict(asked.options).get(given, Label(given))[lang]
        case date():
            return given.isoformat()
        case _:
            unit = "%" if asked.type == "percent" else asked.measured_in[lang]
            return with_unit(plain(given), f"{Label('', ' ')[lang] if unit not in ('', '%') else ''}{unit}")


def _inside(asked: Asked) -> Number:
    """Return a usual number of the type where it lies well inside the range, else a round one a third of the way up."""
    usual = USUAL.get(asked.type, 120)
    low, high = asked.range or (0, 3 * usual)
    if low < usual < (high if asked.type == "percent" else divide(high + low, 2)):
        return usual
    third = divide(high - low, 3)
    if third >= 1:
        step = 10 ** (len(str(int(third))) - 1)
        value: Number = (int(low) // step + int(third) // step) * step
    else:
        value = int(low) + 1 if asked.type == "count" else round_half_up(low + third, 1)
    return value if low <= value <= high else low


def purposes(found: Iterable[Purpose], lang: Lang) -> str:
    """Return the titles of what reads a field, with clauses; the first few where there are many."""
    all_ = [in_brackets(one.title[lang], one.clause, lang) for one in found]
    shown, rest = AND[lang].join(all_[:SHOWN_PURPOSES]), len(all_) - SHOWN_PURPOSES
    return shown + (Label(f" 等{len(all_)}项", f" and {rest} more")[lang] if rest > 0 else "")


def in_brackets(text: str, more: str, lang: Lang) -> str:
    if not more:
        return text
    return Label(f"{text}（{more}）", f"{text} ({more})")[lang]


def documents(wants: Iterable[DocumentWanted], lang: Lang) -> str:
    """Return the titles of documents, each with what is demanded of its dates."""
    return AND[lang].join(in_brackets(want.title[lang], demands((want,), lang), lang) for want in wants)


def demands(wants: Sequence[DocumentWanted], lang: Lang) -> str:
    """Return what is demanded of a document by all who want it, each demand once."""
    found: list[Label] = []
    for want in wants:
        if want.valid_on_reference:
            found.append(Label("评定日仍有效，要写有效期至", "valid on the reference date; give its expiry date"))
        if want.valid_for:
            length = want.valid_for
            last = str(length).removeprefix("1 ")
            found.append(Label(f"评定日前{length.zh()}内的，要写日期", f"issued within the last {last}; give its date"))
    if all(want.optional for want in wants):
        found.append(Label("有就交", "if you have one"))
    return Label("，", ", ")[lang].join(label[lang] for label in dict.fromkeys(found))
