"""Nouns made many at a time are those that their constructor makes."""

from __future__ import annotations

import dataclasses
import pickle
from itertools import repeat

import pytest

from newsclean import Block, Kind
from newsclean.from_columns import from_columns

BLOCKS = (Block(0, "One.", Kind.PARAGRAPH, 0, 3, 7), Block(1, "Two.", Kind.HEADING, 2, 9, 13))


def columns() -> list[list[object]]:
    return [[getattr(block, field.name) for block in BLOCKS] for field in dataclasses.fields(Block)]


def test_they_are_what_the_constructor_makes():
    made = from_columns(Block, len(BLOCKS), *columns())
    assert made == BLOCKS
    assert pickle.loads(pickle.dumps(made)) == BLOCKS
    assert dataclasses.replace(made[0], index=5) == Block(5, "One.", Kind.PARAGRAPH, 0, 3, 7)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made[0].index = 2


def test_a_column_may_go_on_for_ever():
    kinds, zeros = repeat(Kind.PARAGRAPH), repeat(0)
    assert from_columns(Block, 2, range(2), "ab", kinds, zeros, zeros, zeros)[1] == Block(1, "b", start=0, end=0)


def test_none_are_none():
    assert from_columns(Block, 0, *repeat((), 6)) == ()


@pytest.mark.parametrize("number", [0, 5, 7])
def test_every_field_has_its_column(number):
    with pytest.raises(ValueError, match="zip"):
        from_columns(Block, 1, *repeat((1,), number))
