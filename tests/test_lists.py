"""A list between a story's paragraphs stays whole where the tagger half believes it."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.lists import lists_of_story
from newsclean.model import Reason
from newsclean.options import Options
from newsclean.reading import read

TOLD = "<p>The town puts up twelve fountains this summer, and the first six of them stand where people walk most.</p>"
PLACES = "".join(f"<li>{place}</li>" for place in ("Station square", "Market, corner of Salt Lane", "City park"))
LINKED = PLACES.replace("<li>", "<li><a href='/map'>").replace("</li>", "</a></li>")


def back(body: str, chances: list[float], *, reason: Reason = Reason.NAVIGATION) -> list[int]:
    """What comes back of a page whose blocks below 0.5 are dropped."""
    page = read(f"<html><body><div>{body}</div></body></html>", url=None, options=Options(as_="html"))
    assert len(page.blocks) == len(chances)
    reasons = {place: reason for place, chance in enumerate(chances) if chance < 0.5}
    return lists_of_story(page, [chance >= 0.5 for chance in chances], chances, reasons)


@pytest.mark.parametrize(
    ("body", "chances", "found"),
    [
        (f"{TOLD}<ul>{PLACES}</ul>{TOLD}", [0.9, 0.3, 0.7, 0.1, 0.9], [1, 3]),
        (f"{TOLD}<ul>{PLACES}</ul>{TOLD}", [0.9, 0.2, 0.2, 0.3, 0.9], []),
        (f"{TOLD}<ul>{PLACES}</ul><h2>More</h2>", [0.9, 0.4, 0.5, 0.4, 0.1], [1, 3]),
        (f"{TOLD}<ul>{PLACES}</ul><h2>More</h2>", [0.9, 0.3, 0.5, 0.3, 0.1], []),
        (f"<h2>More</h2><ul>{PLACES}</ul>{TOLD}", [0.1, 0.4, 0.5, 0.4, 0.9], []),
        (f"{TOLD}<ul>{LINKED}</ul>{TOLD}", [0.9, 0.4, 0.5, 0.4, 0.9], []),
        (f"{TOLD}<ul><li>Market</li><li>Park</li></ul>{TOLD}", [0.9, 0.4, 0.4, 0.9], []),
    ],
)
def test_a_list_stays_or_goes_as_a_whole(body: str, chances: list[float], found: list[int]) -> None:
    assert back(body, chances) == found


def test_what_has_a_reason_of_its_own_stays_dropped() -> None:
    chances = [0.9, 0.4, 0.4, 0.4, 0.9]
    assert back(f"{TOLD}<ul>{PLACES}</ul>{TOLD}", chances, reason=Reason.LISTING) == []


def test_a_text_has_no_lists_to_go_by() -> None:
    page = read("The town.\n\n- Station square\n- Market\n- Park", url=None, options=Options(as_="text"))
    reasons = dict.fromkeys(range(1, 4), Reason.NAVIGATION)
    assert lists_of_story(page, [True, False, False, False], [0.9, 0.4, 0.4, 0.4], reasons) == []
