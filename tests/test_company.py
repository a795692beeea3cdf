"""Doubtful blocks of a flattened text, by what stands beside them."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.company import announced, by_company
from newsclean.judging.cues.lookup import Said, Strength
from newsclean.model import Block, Reason

THRESHOLD = 0.35
LINE, PARAGRAPH = 4 * 5, 60 * 5
SHARE = Said(Reason.SHARE, Strength.WHOLE)


def changed(*chances: float, said: tuple[int, ...] = (), mass: int = LINE) -> list[tuple[int, bool]]:
    """What company changes of lines with these probabilities. said: places of lines that name a reason."""
    kept = [chance >= THRESHOLD for chance in chances]
    words = [SHARE if place in said else None for place in range(len(kept))]
    return list(by_company(kept, chances, words, [mass] * len(kept)))


def test_a_line_dropped_in_doubt_among_kept_ones_stays() -> None:
    assert changed(0.99, 0.99, 0.2, 0.99, 0.99) == [(2, True)]


def test_two_together_stay_if_they_are_in_doubt_together() -> None:
    assert changed(0.99, 0.99, 0.3, 0.1, 0.99, 0.99) == [(2, True), (3, True)]
    assert changed(0.99, 0.99, 0.15, 0.05, 0.99, 0.99) == []


def test_three_together_are_a_run() -> None:
    assert changed(0.99, 0.99, 0.3, 0.3, 0.3, 0.99, 0.99) == []


@pytest.mark.parametrize("place", [0, 4])
def test_a_line_near_other_dropped_ones_goes(place: int) -> None:
    chances = [0.99, 0.99, 0.2, 0.99, 0.99, 0.99, 0.0, 0.0, 0.0]
    chances[place] = 0.12
    assert (2, True) not in changed(*chances)


def test_a_line_that_says_what_it_is_goes() -> None:
    assert changed(0.99, 0.99, 0.2, 0.99, 0.99, said=(2,)) == []


def test_a_line_that_the_tagger_hardly_believes_goes() -> None:
    assert changed(0.99, 0.99, 0.05, 0.99, 0.99) == []


def test_a_short_line_kept_in_doubt_beside_a_foreign_run_goes() -> None:
    assert changed(0.99, 0.45, 0.0, 0.0, 0.4, 0.99) == [(1, False), (4, False)]


def test_a_paragraph_beside_it_stays_and_so_does_what_the_tagger_believes() -> None:
    assert changed(0.99, 0.45, 0.0, 0.0, 0.4, 0.99, mass=PARAGRAPH) == []
    assert changed(0.99, 0.55, 0.0, 0.0, 0.6, 0.99) == []


def test_doubt_beside_doubt_says_nothing() -> None:
    assert changed(0.99, 0.45, 0.2, 0.15, 0.3, 0.4, 0.99) == []


def test_the_first_and_the_last_line_are_not_in_the_middle_of_anything() -> None:
    assert changed(0.2, 0.99, 0.99) == []
    assert changed(0.99, 0.99, 0.2) == []
    assert changed(0.2) == []
    assert changed() == []


LEAD = "The ferry company has published its new prices:"


def announced_lines(*chances: float, lead: str = LEAD, said: tuple[int, ...] = ()) -> list[int]:
    """Places that stay of lines with these probabilities below a lead, the first of them."""
    kept = [chance >= THRESHOLD for chance in chances]
    blocks = [Block(place, lead if place == 0 else f"Pier {place}") for place in range(len(kept))]
    words = [SHARE if place in said else None for place in range(len(kept))]
    return list(announced(blocks, kept, chances, words, [7 * 5 if place == 0 else LINE for place in range(len(kept))]))


def test_lines_that_a_sentence_announces_stay() -> None:
    assert announced_lines(0.99, 0.05, 0.003, 0.2, 0.99) == [1, 2, 3]


@pytest.mark.parametrize(
    ("chances", "lead", "said"),
    [
        ((0.99, 0.008, 0.2, 0.2, 0.99), LEAD, ()),
        ((0.99, 0.05, 0.05), LEAD, ()),
        ((0.2, 0.05, 0.05, 0.99), LEAD, ()),
        ((0.99, 0.05, 0.05, 0.99), LEAD.replace(":", "."), ()),
        ((0.99, 0.05, 0.05, 0.99), LEAD, (1,)),
    ],
    ids=["hardly believed", "at the end", "the lead is dropped too", "no lead", "names a reason"],
)
def test_other_lines_below_a_colon_go(chances: tuple[float, ...], lead: str, said: tuple[int, ...]) -> None:
    assert announced_lines(*chances, lead=lead, said=said) == []


def test_what_is_announced_ends_where_a_line_is_foreign_for_sure() -> None:
    assert announced_lines(0.99, 0.05, 0.05, 0.001, 0.05, 0.99) == [1, 2]
    assert announced_lines(0.99, 0.05, 0.05, 0.05, 0.99, said=(2,)) == [1]
