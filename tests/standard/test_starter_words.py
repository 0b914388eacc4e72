"""Freezes what the starter standard says to people in both languages: a meaning that is turned round fails here."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from meihao.core.problems import Lang
from meihao.standard.describe import bonus_text, scribe_of, tell
from meihao.standard.model import Pack, leaves

FROZEN = Path(__file__).with_name("starter_words")
LANGS: tuple[Lang, ...] = ("zh", "en")


def said(pack: Pack, lang: Lang) -> Iterator[str]:
    """Yield every title, condition, sentence and remedy of criteria, bonuses, grades, rules and relations."""
    say = scribe_of(pack, lang)
    for _, root in pack.standards:
        for item in leaves(root):
            told = tell(item, say)
            ours = item.basis.ours[lang] if item.basis else ""
            yield "\n".join((f"# {item.id}", item.title[lang], told.measure, *told.score, *told.conditions, ours))
            yield item.remedy[lang]
    for bonus in pack.bonuses:
        yield f"# {bonus.id}\n{bonus.title[lang]}\n{bonus_text(bonus, say)}"
    for rule in pack.rules:
        yield f"# {rule.id}\n{rule.title[lang]}\n{rule.say[lang]}\n{rule.remedy[lang]}"
    for relation in pack.relations:
        yield f"# {relation.id}\n{relation.title[lang]}\n{relation.say[lang]}"


@pytest.mark.parametrize("lang", LANGS)
def test_the_words_are_frozen(default_pack: Pack, lang: Lang) -> None:
    words = re.sub(r"\n{2,}", "\n", "\n".join(said(default_pack, lang))) + "\n"
    file = FROZEN / f"{lang}.txt"
    if os.environ.get("MEIHAO_REWRITE_GOLDENS"):
        file.write_text(words, encoding="utf-8")
    assert words == file.read_text(encoding="utf-8")


def test_every_table_says_in_both_languages_what_a_row_of_it_is(default_pack: Pack) -> None:
    tables = [field for field in default_pack.fields if field.type == "table"]
    assert tables
    assert all(field.measured_in.zh and field.measured_in.en for field in tables)


COUNTED = re.compile(r"(?:^|[^:>=] )\{[^}]*\} [a-z]+s\b")


def test_english_counts_read_well_of_one_and_of_many(default_pack: Pack) -> None:
    """A figure stands after its name and a colon, since a sentence cannot know whether it is one or many."""
    wrong = [rule.say["en"] for rule in default_pack.rules if COUNTED.search(rule.say["en"])]
    assert not wrong
