"""No line, however hostile, takes more than linear time: counted in calls, so that a busy machine does not matter."""

from __future__ import annotations

import time

import pytest
from tests.steps import calls_of

from newsclean.frontmatter.byline import parse_byline
from newsclean.frontmatter.dateline import parse_dateline
from newsclean.frontmatter.dates import parse_dates

READERS = (parse_dates, parse_byline, parse_dateline)
HOSTILE = (
    "By ",
    "by, ",
    "1.",
    "1/1/",
    "12:",
    "((",
    "A ",
    "A-",
    "a b",
    "Von und ",
    "May ",
    "2020 ",
    "- ",
    "記",
    "년 1",
    "А.",
    "//",
    "«",
    "：1",
    " \t",
    "J. ",
    "1 May 2020 ",
    "基者1日",
)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("unit", HOSTILE)
def test_calls_grow_at_most_linearly(read, unit):
    for line in (unit * 200, unit * 60):
        read(line, "en")
    short, long = unit * (120 // len(unit)), unit * (240 // len(unit))
    read(short, "en")
    read(long, "en")
    assert calls_of(lambda: read(long, "en")) <= 2.6 * calls_of(lambda: read(short, "en")) + 200


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("unit", HOSTILE)
def test_the_longest_line_takes_no_noticeable_time(read, unit):
    line = (unit * 300)[:280]
    read(line, "en")
    start = time.process_time()
    read(line, "en")
    # A pattern that backtracks exponentially, or cubically over 280 characters, takes seconds here.
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_a_paragraph_is_turned_away_at_once(read):
    paragraph = "The council said on Monday that it would not raise the fees before 7 May 2020, " * 40
    assert read(paragraph, "en") is None
    assert calls_of(lambda: read(paragraph, "en")) < 100
