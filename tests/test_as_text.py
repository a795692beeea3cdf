"""The story of an HTML page read once more as a text: what of its verdicts is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsclean import clean
from newsclean.batch.report import Report
from newsclean.judging.corrections.as_text import foreign_runs
from newsclean.model import JOINT, Action, Kind, Page, Reason, Verdict
from newsclean.options import Options
from newsclean.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence

STORY = "".join(
    f"<p>The pilot waited for the tide on day {day}, and nobody on the quay saw him hurry, though the baker had bets on"
    " it and the harbour master, who held the money, was seen to look at his watch.</p>"
    for day in "1234"
)
SURE, DOUBTED = 0.99, 0.7


def found(
    body: str, foreign: Sequence[str], *, probability: float = SURE, as_text: float = 0.01, dropped: Sequence[str] = ()
) -> list[str] | None:
    """What goes of a page whose blocks are kept, but for those dropped; None where the judge of texts is not asked."""
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    asked = []

    def judge_text(text: Page) -> list[Verdict]:
        asked.append(text)
        return [
            Verdict(block, Action.DROP, Reason.LISTING, as_text, None, None)
            if block.text in foreign
            else Verdict(block, Action.KEEP, None, 1.0, None, None)
            for block in text.blocks
        ]

    kept = [block.text not in dropped for block in page.blocks]
    gone = foreign_runs(page, kept, [probability] * len(kept), judge_text)
    assert set(gone.values()) <= {Reason.LISTING}
    return [page.blocks[place].text for place in sorted(gone)] if asked else None


ROWS = ["Boats for sale", "Rowing boat, two oars", "Dinghy with a trailer"]
BOX = f"<div><h3>{ROWS[0]}</h3><p>{ROWS[1]}</p><p>{ROWS[2]}</p></div>"


def test_a_run_inside_the_story_goes() -> None:
    assert found(STORY + BOX + STORY, ROWS) == ROWS


@pytest.mark.parametrize(
    ("body", "foreign", "as_text"),
    [
        (STORY + BOX + STORY, ROWS, 0.2),
        (BOX + STORY, ROWS, 0.01),
        (STORY + BOX, ROWS, 0.01),
        (STORY + BOX + STORY, ROWS[1:2], 0.01),
        (STORY + BOX.replace("p>", "li>") + STORY, ROWS[1:], 0.01),
        (STORY + BOX * 5 + STORY, ROWS, 0.01),
    ],
    ids=["in doubt", "above the story", "below it", "a line alone", "a list", "long"],
)
def test_what_stays(body: str, foreign: Sequence[str], as_text: float) -> None:
    assert not found(body, foreign, as_text=as_text)


def test_a_list_or_a_line_goes_where_both_judges_doubt_it() -> None:
    listed = STORY + BOX.replace("p>", "li>") + STORY
    assert found(listed, ROWS[1:], probability=DOUBTED) == ROWS[1:]
    assert found(STORY + BOX + STORY, ROWS[1:2], probability=DOUBTED, as_text=0.3) == ROWS[1:2]


def test_a_line_beside_dropped_ones_goes() -> None:
    assert found(STORY + BOX + STORY, ROWS, dropped=ROWS[:2]) == ROWS[2:]


@pytest.mark.parametrize("head", ["<h3>The second day</h3>", "<p><b>The second day</b></p>"], ids=["h3", "bold"])
def test_a_heading_below_a_run_is_of_what_follows(head: str) -> None:
    body = f"{STORY}<p>{ROWS[1]}</p><p>{ROWS[2]}</p>{head}{STORY}"
    assert found(body, [*ROWS, "The second day"]) == ROWS[1:]


def test_a_paragraph_that_is_sure_keeps_its_run() -> None:
    told = "The pilot, said the baker, never hurried in all the years that he had known him" + ", or had heard of" * 6
    assert not found(f"{STORY}<p>{ROWS[1]}</p><p>{told}</p>{STORY}", [ROWS[1], told])


def test_a_story_of_paragraphs_alone_is_not_asked_about() -> None:
    assert found(STORY + STORY, []) is None


def test_a_story_of_lines_is_not_asked_about() -> None:
    steps = "".join(f"<p>Step {number}: turn the oar</p>{STORY[: STORY.index('</p>') + 4]}" for number in range(12))
    assert found(STORY + steps + STORY, ["Step 3: turn the oar"]) is None


def test_text_is_not_asked_about() -> None:
    page = read("The pilot waited.\n\nRowing boat", url=None, options=Options(as_="text"))

    def never(_: Page) -> list[Verdict]:
        raise AssertionError

    assert foreign_runs(page, [True, True], [SURE, SURE], never) == {}


def test_kinds_are_told_apart() -> None:
    page = read(f"<html><body>{STORY}{BOX}{STORY}</body></html>", url=None, options=Options(as_="html"))
    assert [block.kind for block in page.blocks if block.text in ROWS] == [Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH]


LINES = "<p>Monday at nine from the pier</p><p>Tuesday at ten from the quay</p>"


@pytest.mark.parametrize(("lines", "kinds"), [(LINES, ["html", "text"]), ("", ["html"])])
def test_an_article_names_the_weights_that_had_a_say(lines: str, kinds: list[str]) -> None:
    body = f"<h1>The pilot and the tide</h1>{STORY}{lines}{STORY.replace('pilot', 'captain')}"
    article = clean(f"<html><body>{body}</body></html>", options=Options(as_="html"))
    assert [name.partition("-")[0] for name in article.model.split(JOINT)] == kinds


def test_a_report_counts_each_of_the_weights_once() -> None:
    report = Report(models=("html-1",)) + Report(models=("html-1", "text-1"))
    assert report.models == ("html-1", "text-1")
