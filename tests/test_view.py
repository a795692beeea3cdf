"""Explanations and summaries: readable at their width, whatever the page says."""

from __future__ import annotations

import io

import pytest
import regex
from rich.cells import cell_len

from newsclean import clean
from newsclean.batch.report import Report
from newsclean.model import Action, Article, Block, Declared, Reason, Verdict
from newsclean.view import explanation, summary

ESCAPE = regex.compile(r"\x1b\[[\d;]*+m")
LONG = "十七年前に廃止された山あいの鉄道の橋が、歩いて渡れる遊歩道として生まれ変わる。" * 4
VERDICTS = (
    Verdict(Block(0, "Title"), Action.MOVE, None, 0.4, "title"),
    Verdict(Block(1, LONG), Action.KEEP, None, 0.987),
    Verdict(Block(2, "[bold]Buy[/bold] [/] \x1b[31mnow " * 9), Action.DROP, Reason.REPEATED_ON_SITE, 0.004),
    Verdict(Block(3, ""), Action.DROP, Reason.AD, 0.0),
)


def article(*verdicts: Verdict) -> Article:
    nothing = dict.fromkeys(["title", "standfirst", "byline", "dateline", "published", "updated", "language", "url"])
    return Article(**nothing, paragraphs=(), verdicts=verdicts, page_declared=Declared(), confidence=0.5, model="m1")


DATED = """The pilot waits for the tide

By Jane Doe
Published 03/04/2024

The pilot of the harbour waits for the tide on most mornings, and nobody on the quay has ever seen him in a hurry.

He has done so for thirty years, he says, since the day on which his father handed him the keys of the old boat.
"""


def test_fields_are_told_with_where_they_were_found():
    told = clean(DATED)
    assert told.date_ambiguous
    shown = " ".join(explanation(told).split())
    assert "found in: title" in shown
    assert f"byline {told.sources['byline']}" in shown
    assert shown.endswith("day and month of the date could also be the other way round")
    assert "found in" not in explanation(article(*VERDICTS))


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("width", "columns"), [(80, 80), (120, 120), (10, 60)])
def test_lines_fit(color, full, width, columns):
    shown = explanation(article(*VERDICTS), width=width, color=color, full=full)
    lines = ESCAPE.sub("", shown).splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert not [line for line in lines if line != line.rstrip()]
    heads = [line[:29].split() for line in lines if line[:1] in "+->" and line]
    assert heads == [
        [">", "move", "0.40", "title"],
        ["+", "keep", "0.99"],
        ["-", "drop", "0.00", "repeated-on-site"],
        ["-", "drop", "0.00", "ad"],
    ]
    assert "1 kept, 2 dropped (1 ad, 1 repeated-on-site), 1 moved" in " ".join(lines)
    assert ("\x1b[" in shown) == color
    assert "[bold]Buy[/bold] [/] [31mnow" in " ".join(line[29:] for line in lines)
    words = "".join(line[29:] for line in lines)
    assert (LONG in words) == full


def test_a_repeat_leads_to_the_block_that_it_repeats():
    said = "“We have waited eleven years”, she said - for this."
    verdicts = (
        Verdict(Block(0, "Home"), Action.DROP, Reason.NAVIGATION, 0.0),
        Verdict(Block(1, said), Action.KEEP, None, 0.9),
        Verdict(Block(2, said.upper().replace("“", '"')), Action.DROP, Reason.DUPLICATE, 0.9),
    )
    lines = [line.strip() for line in explanation(article(*verdicts), full=True).splitlines()]
    assert lines[2] == "block 2, which is repeated"
    assert lines[4] == "says what block 2 says"
    assert not any("block" in line for line in explanation(article(*verdicts)).splitlines())


def test_reasons_are_not_broken_at_their_hyphens():
    dropped = [Verdict(Block(n, "x"), Action.DROP, reason, 0.0) for n, reason in enumerate(Reason)]
    words = explanation(article(*dropped), width=60).split()
    assert set(Reason) <= {word.strip("(),;") for word in words}


def test_nothing_is_explained_too():
    assert explanation(article()) == "0 kept, 0 dropped, 0 moved; confidence 0.50, model m1\n"


def test_the_summary_is_plain_where_nobody_sees_it():
    report = Report(articles=1200, failed=1, words=1_000_000, reasons=(("ad", 2), ("share", 30)))
    stream = io.StringIO()
    summary(report, stream=stream, color=False, full=True)
    lines = [line.split() for line in stream.getvalue().splitlines()]
    assert lines == [
        ["articles", "failed", "skipped", "kept", "dropped", "moved", "words"],
        ["1,200", "1", "0", "0", "0", "0", "1,000,000"],
        [],
        ["reason", "dropped"],
        ["share", "30"],
        ["ad", "2"],
    ]
    colored = io.StringIO()
    summary(report, stream=colored, color=True)
    assert "\x1b[31m" in colored.getvalue()
