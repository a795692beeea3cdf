"""The entries of a live blog in flattened text stay; a ticker's headlines go."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.entries import entries_of_story
from newsclean.model import Reason
from newsclean.options import Options
from newsclean.reading import read

TOLD = (
    "The river fell by four centimetres in an hour.",
    "The mayor asked people not to go home for their cats.",
    "Boats have brought the first families from the lower town.",
    "The water came over the dyke shortly after four in the morning.",
)
TIMES = ("14:32", "13:05", "11:48", "05:10")


def back(entries: list[tuple[str, ...]], believed: int = 2, *, reason: Reason = Reason.RELATED) -> list[str]:
    """What comes back of a text in which the tagger believes the first sentences and nothing else."""
    lines = [line for entry in entries for line in entry]
    page = read("\n\n".join([*lines, "Most read", "A school without a kitchen"]), url=None, options=Options(as_="text"))
    blocks = page.blocks
    kept = [block.text in TOLD[:believed] for block in blocks]
    reasons = {place: reason for place, is_kept in enumerate(kept) if not is_kept}
    return [blocks[place].text for place in entries_of_story(page, kept, reasons)]


def blog(times: tuple[str, ...] = TIMES) -> list[tuple[str, ...]]:
    return [
        (time, f"Head {letter}", sentence, "Share", "By our reporter", f"{place} h ago")
        for place, (time, letter, sentence) in enumerate(zip(times, "ABCD", TOLD, strict=True))
    ]


@pytest.mark.parametrize(
    "times",
    [
        TIMES,
        TIMES[::-1],
        ("14.32 Uhr", "13.05 Uhr", "11.48 Uhr", "5.10 Uhr"),
        ("14h32", "13h05", "11h48", "5h10"),
        tuple(f"Ada Rossi 2 h ago {time}" for time in TIMES),
    ],
)
def test_the_entries_come_back_without_their_buttons(times: tuple[str, ...]) -> None:
    assert back(blog(times)) == ["Head A", "Head B", "Head C", TOLD[2], "Head D", TOLD[3]]


def test_a_ticker_stays_dropped() -> None:
    assert back([(time, f"Head {letter}") for time, letter in zip(TIMES, "ABCD", strict=True)]) == []
    assert back(blog(), believed=1) == []


def test_times_in_no_order_make_no_blog() -> None:
    assert back(blog(("14:32", "05:10", "13:05", "11:48"))) == []


def test_what_has_a_reason_of_its_own_stays_dropped() -> None:
    assert back(blog(), reason=Reason.AD) == []


def test_below_the_last_entry_the_page_goes_on() -> None:
    entries = [*blog()[:3], (TIMES[3], "Head D", TOLD[3])]
    assert back(entries) == ["Head A", "Head B", "Head C", TOLD[2]]
    assert back(blog()[:3]) == []
