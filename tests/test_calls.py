"""Boxes inside a story that end with a button go with it; cards of a guide and the story's own lines stay."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.calls import called_upon
from newsclean.model import Reason
from newsclean.options import Options
from newsclean.reading import read

TOLD = [
    f"<p class='told'>The pilot waited for the tide on day {day} with the engine off and the charts folded, and nobody"
    " on the quay saw him hurry.</p>"
    for day in range(4)
]
LINE, BUTTON = "Five questions, no longer than a cup of coffee takes.", "Answer now"
BOX = f"<div class='r1'><p class='r2'>{LINE}</p><button>{BUTTON}</button></div>"


def gone(box: str, *, reason: Reason = Reason.NAVIGATION, chance: float = 0.1, below: int = 2) -> list[str]:
    """Texts that go of a story with a box in it, of which only the button is dropped."""
    page = read(
        f"<html><body><div>{''.join(TOLD[:2])}{box}{''.join(TOLD[2 : 2 + below])}</div></body></html>",
        url=None,
        options=Options(as_="html"),
    )
    buttons = [block.index for block in page.blocks if block.text == BUTTON]
    kept = [block.index not in buttons for block in page.blocks]
    chances = [0.97 if is_kept else chance for is_kept in kept]
    found = called_upon(page, kept, chances, dict.fromkeys(buttons, reason))
    assert set(found.values()) <= {reason}
    return [page.blocks[place].text for place in sorted(found)]


def test_what_stands_above_a_button_goes_with_it() -> None:
    assert gone(BOX) == [LINE]
    assert gone(BOX.replace("<button>", "<a href='/x'>").replace("</button>", "</a>")) == [LINE]
    assert gone(BOX.replace("<p class", "<h3>Your opinion</h3><p class")) == ["Your opinion", LINE]


@pytest.mark.parametrize(
    ("box", "settings"),
    [
        (BOX, {"reason": Reason.LISTING}),
        (BOX, {"chance": 0.4}),
        (BOX, {"below": 0}),
        (BOX * 2, {}),
        (BOX.replace("r2", "told").replace("<div class='r1'>", "<div>"), {}),
        (BOX.replace(LINE, "A short line"), {}),
        (BOX.replace("<button>", "<i>").replace("</button>", "</i>"), {}),
        (BOX.replace(LINE, f"{LINE} " * 10), {}),
    ],
    ids=["a shop's", "doubted", "at the end", "twice", "like the story", "short", "no button", "long"],
)
def test_other_lines_above_a_dropped_one_stay(box: str, settings: dict) -> None:
    assert gone(box, **settings) == []


def test_a_text_has_no_buttons() -> None:
    page = read(f"{LINE}\n\n{BUTTON}", url=None, options=Options(as_="text"))
    assert called_upon(page, [True, False], [0.9, 0.1], {1: Reason.NAVIGATION}) == {}
