"""Lines that are prices and shops alone."""

from __future__ import annotations

import pytest

from newsclean.judging.cues.offers import offers
from newsclean.judging.cues.said import read_said
from newsclean.model import Reason

OFFERS = [
    "$182 at Harbour Supply",
    "$1,998.00 from Lantern & Sons",
    "$58 at Tidewater $78 at Lantern",
    "$119 $79 at lantern.example",
    "20 € bei Hafenladen",
    "£45 at Lantern",
    "12,50 € chez Lanterne",
]
OTHERS = [
    "$30 million from Lantern",
    "$5 at the door",
    "$5 at Lantern is a fair price for a rope.",
    "She paid $182 at Harbour Supply",
    "Ropes: $182",
    "182 at Harbour Supply",
    "$182",
    "",
]


@pytest.mark.parametrize("line", OFFERS)
def test_offers_are_known(line: str) -> None:
    assert list(offers(["A rope.", line])) == [1]
    said = read_said([line])[0]
    assert said is not None
    assert said.reason is Reason.LISTING


@pytest.mark.parametrize("line", OTHERS)
def test_lines_that_say_more_are_none(line: str) -> None:
    assert list(offers([line, OFFERS[0]])) == [1]
