"""What was made of a record is made once, for that very record, and no record takes another's place."""

from __future__ import annotations

from meihao.core.by_identity import KEEP, kept


def test_the_same_record_is_asked_once_for_each_part() -> None:
    made: list[tuple[int, str]] = []

    @kept
    def make(whole: list[int], part: str) -> tuple[int, str]:
        made.append((whole[0], part))
        return made[-1]

    one, other = [1], [1]
    assert [make(one, "a"), make(one, "b"), make(one, "a")] == [(1, "a"), (1, "b"), (1, "a")]
    assert len(made) == 2
    assert make(other, "a") == (1, "a")
    assert len(made) == 3, "an equal record is another one"


def test_a_record_that_nobody_else_holds_is_not_mistaken_for_a_new_one() -> None:
    @kept
    def make(whole: list[int], part: str) -> int:
        return whole[0]

    for number in range(5 * KEEP):
        assert make([number], "a") == number  # unless it is kept, its place in memory is the next one's


def test_no_more_than_a_few_are_kept() -> None:
    made: list[int] = []

    @kept
    def make(whole: list[int], part: int) -> int:
        made.append(part)
        return part

    whole = [0]
    for part in range(KEEP + 1):
        make(whole, part)
    make(whole, 0)
    assert made.count(0) == 2
