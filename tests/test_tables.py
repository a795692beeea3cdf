"""A table between the story's paragraphs stays whole where the tagger only doubts it."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.tables import tables_of_story
from newsclean.model import Reason
from newsclean.options import Options
from newsclean.reading import read

TOLD = (
    "<p>The pilot waited for the tide on day {day} with the engine off and the charts folded, and in all those hours"
    " nobody on the quay saw him hurry.</p>"
)
ROW = "<tr><td>Boat {row}</td><td>{row}:{row}0</td></tr>"
TABLE = f"<table>{''.join(ROW.format(row=row) for row in range(1, 5))}</table>"
STORY = f"{TOLD.format(day=1)}{TABLE}{TOLD.format(day=2)}"


def found(body: str, kept: str, chance: float = 0.2, reason: Reason = Reason.LISTING) -> list[int]:
    """Places of rows that come back, of a page whose blocks are kept for sure (K) or dropped (d)."""
    page = read(f"<html><body><div>{body}</div></body></html>", url=None, options=Options(as_="html"))
    assert len(page.blocks) == len(kept)
    chances = [0.99 if letter == "K" else chance for letter in kept]
    reasons = {place: reason for place, letter in enumerate(kept) if letter == "d"}
    return tables_of_story(page, [letter == "K" for letter in kept], chances, reasons)


@pytest.mark.parametrize(("kept", "rows"), [("KddddK", [1, 2, 3, 4]), ("KdKddK", [1, 3, 4]), ("KKKddK", [])])
def test_a_doubted_table_comes_back_as_a_whole(kept: str, rows: list[int]) -> None:
    assert found(STORY, kept) == rows


@pytest.mark.parametrize(
    ("body", "kept", "chance", "reason"),
    [
        (STORY, "KddddK", 0.04, Reason.LISTING),
        (STORY, "KddddK", 0.2, Reason.HIDDEN),
        (f"{TOLD}{TABLE}", "Kdddd", 0.2, Reason.LISTING),
        (f"{TOLD}{TABLE}<p>The end.</p>", "KddddK", 0.2, Reason.LISTING),
        (STORY.replace("Boat", "<a href=/boat>The boats of the harbour</a>"), "KddddK", 0.2, Reason.LISTING),
        (f"{TOLD}<table><tr><td>Boat 1</td><td>1:10</td></tr></table>{TOLD}", "KdK", 0.2, Reason.LISTING),
        (f"{TOLD}{TABLE}{TOLD}{TABLE}{TOLD}", "KKKKKKddddK", 0.2, Reason.LISTING),
    ],
    ids=["sure", "hidden", "below", "no paragraph below", "links", "one row", "told already"],
)
def test_what_stays_dropped(body: str, kept: str, chance: float, reason: Reason) -> None:
    assert found(body, kept, chance, reason) == []


PROSE = (
    "The pilot waited for the tide with the engine off and the charts folded, and in all those hours nobody on the quay"
    " or in the harbour office saw him hurry."
)
BARRED = ["Boat | Out | In", "Ada | 9:10 | 11:40", "Bee | 9:30 | 12:05", "Cod | 10:15 | 12:50"]


def found_in_text(lines: list[str], kept: str, chance: float = 0.2) -> list[int]:
    page = read("\n\n".join(lines), url=None, options=Options(as_="text"))
    assert len(page.blocks) == len(kept)
    chances = [0.99 if letter == "K" else chance for letter in kept]
    return tables_of_story(page, [letter == "K" for letter in kept], chances, {})


@pytest.mark.parametrize(
    ("lines", "kept", "rows"),
    [
        ([PROSE, *BARRED], "Kdddd", [1, 2, 3, 4]),
        ([*BARRED, PROSE], "ddKdK", [0, 1, 3]),
        ([*BARRED, PROSE], "dKKdK", []),
        ([*BARRED, "The end."], "ddddK", []),
        ([PROSE, *BARRED[:2]], "Kdd", []),
        ([PROSE, "Home | News | Sport", "Mail | Help | About", "Jobs | Rules | Shop"], "Kddd", []),
        ([PROSE, "Boat 1 | 9:10", "Boat 2 | 9:30", "Boat 3 | 10:15"], "Kddd", []),
        ([PROSE, "9 | 1 | 2", "8 | 3", "7 | 4 | 5 | 6"], "Kddd", []),
    ],
    ids=["below", "above", "told apart", "no paragraph", "two rows", "no figures", "one bar", "ragged"],
)
def test_a_doubted_table_of_a_text_comes_back(lines: list[str], kept: str, rows: list[int]) -> None:
    assert found_in_text(lines, kept) == rows


def test_a_table_of_a_text_that_is_sure_to_be_foreign_stays_dropped() -> None:
    assert found_in_text([PROSE, *BARRED], "Kdddd", 0.04) == []
