"""What counts the pictures of a gallery goes; marks, scores and dates stay."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.counters import counters_in_story
from newsclean.model import Block


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["1/7", "The pilot.", "2/7", "The tide.", "3/7"], [0, 2, 4]),
        (["Bild 1 von 12", "Die Ebbe.", "Bild 2 von 12", "Bild 3 von 12"], [0, 2, 3]),
        (["2 of 9", "3 of 9", "4 of 9"], [0, 1, 2]),
        (["4/5", "The pilot.", "3/5", "5/5"], []),
        (["1/7", "2/7"], []),
        (["1/2", "2/3", "3/4"], []),
        (["1 km 5", "The quay was 2 km 5 away", "2/5"], []),
    ],
)
def test_counters(lines: list[str], found: list[int]) -> None:
    blocks = [Block(place, text) for place, text in enumerate(lines)]
    assert counters_in_story(blocks, [True] * len(blocks)) == found
    assert counters_in_story(blocks, [False] * len(blocks)) == []
