"""Which lines of a page date its story, and what the rest of the page says about how its days are written."""

from __future__ import annotations

import pytest

from newsclean.frontmatter import read_front_matter
from newsclean.frontmatter.dates import parse_dates
from newsclean.frontmatter.days.order import learned_order, swappable_mark
from newsclean.frontmatter.on_page.evidence import Moment as Evidence
from newsclean.frontmatter.on_page.evidence import choose, contradicts_url, url_day
from newsclean.model import Action, Block, Claim, Declared, Page, Reason, Verdict
from newsclean.options import Options
from newsclean.reading.metanames import field_of

TITLE = "Ferry to run every half hour from June"
STORY = (
    "The ferry between the two islands will run every half hour from the first of June, the harbour board said.",
    "Until now passengers had to wait for as long as three hours, and many took the longer way over the bridge.",
)
MENU = tuple(f"Section {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")


def dates_of(*lines: str, url: str | None = None, declared: Declared | None = None):
    page = Page(tuple(Block(index, line) for index, line in enumerate(lines)), declared or Declared(), url=url)
    verdicts = tuple(
        Verdict(block, Action.KEEP, None, 0.9)
        if block.text in STORY
        else Verdict(block, Action.DROP, Reason.NOT_THE_STORY, 0.1)
        for block in page.blocks
    )
    front = read_front_matter(page, verdicts, Options(language="en"))
    return front.published, front.updated


def test_a_line_far_from_the_story_dates_it_where_it_says_so():
    """Far below the story only a line that calls its day the publication counts, not a bare one."""
    assert dates_of(TITLE, *STORY, *MENU, "Published", "3 May 2024") == ("2024-05-03", None)
    assert dates_of(TITLE, *STORY, *MENU, "Posted on May 3rd, 2024", "Share") == ("2024-05-03", None)
    assert dates_of(TITLE, *STORY, *MENU, "3 May 2024") == (None, None)


def test_lines_far_from_the_story_that_disagree_date_nothing():
    """Cards of other stories are labelled too."""
    assert dates_of(TITLE, *STORY, *MENU, "Published 3 May 2024", "Card", "Published 4 May 2024") == (None, None)


def test_a_publication_is_not_later_than_the_change_of_its_story():
    """The day of a card below the story is not taken for the day of a story that prints only its last change."""
    lines = (TITLE, "Last modified: 8 August 2023", *STORY, "5 March 2026", "Another story")
    assert dates_of(*lines) == (None, "2023-08-08")


def test_the_later_of_two_bare_days_is_the_last_change():
    """Themes that print the change first and hide one of the two leave both in flattened text."""
    assert dates_of(TITLE, "21 May 2025", "24 April 2025", *STORY) == ("2025-04-24", "2025-05-21")
    assert dates_of(TITLE, "24 April 2025", "21 May 2025", *STORY) == ("2025-04-24", None)


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("May 21, 2025April 24, 2025 by The Ferryman", "2025-04-24", "2025-05-21"),
        ("7 May 2020 – 9 May 2020", "2020-05-07", None),
        ("21 May 2025 about the 24 April 2025", "2025-05-21", None),
    ],
)
def test_two_days_side_by_side(line, published, updated):
    dates = parse_dates(line, "en")
    assert dates is not None
    assert (dates.published, dates.updated) == (published, updated)


@pytest.mark.parametrize(
    ("other", "published"),
    [("11.24.2025", "2024-09-10"), ("24.11.2025", "2024-10-09"), ("Nothing else", "2024-10-09")],
)
def test_other_days_of_the_page_tell_the_order(other, published):
    """A site that writes the month first somewhere writes it first above its story."""
    assert dates_of(TITLE, "09.10.2024", *STORY, "Another story", other)[0] == published


def test_a_day_that_the_markup_states_tells_the_order():
    """Of the two days that 02-12-2025 can be, the one that a `<time>` of the page states."""
    declared = Declared(updated=(Claim("2025-12-02", "time"),))
    assert dates_of(TITLE, "02-12-2025", *STORY, declared=declared)[0] == "2025-12-02"


def test_learned_order():
    assert learned_order(["13/04/2024", "no day"], "/") is True
    assert learned_order(["04/13/2024"], "/") is False
    assert learned_order(["04/13/2024", "13/04/2024"], "/") is None
    assert learned_order(["04/13/2024"], ".") is None
    assert swappable_mark("Published 04-05-2024") == "-"
    assert swappable_mark("Published 04/04/2024, version 1.2.2024.7, 13/05/2024") == ""


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/world/2020/may/07/ferry", "2020-05-07"),
        ("https://example.org/blog/2023/october/03/ferry", "2023-10-03"),
        ("https://example.org/2020/may/32/ferry", None),
        ("https://example.org/2020/ferry/07/", None),
    ],
)
def test_months_in_words_in_addresses(url, day):
    assert url_day(url) == day


@pytest.mark.parametrize(
    ("iso", "url", "contradicts"),
    [
        ("2025-06-17", "https://example.org/2025/12/ferry", True),
        ("2025-11-30", "https://example.org/2025/12/ferry", False),
        ("2026-06-17", "https://example.org/2025/12/ferry", False),
        ("2026-06-17", "https://example.org/2025/12/01/ferry", True),
        ("2026-06-17", "https://example.org/ferry", False),
    ],
)
def test_a_story_is_not_older_than_its_address(iso, url, contradicts):
    assert contradicts_url(iso, url) is contradicts


def test_of_days_that_as_much_speaks_for_the_first_is_the_publication():
    evidence = [Evidence("2026-03-09", "meta"), Evidence("2021-02-16", "meta")]
    assert choose(evidence) == Evidence("2021-02-16", "meta")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("w-published-date", "published"),
        ("og:publication_time", "published"),
        ("http://ogp.me/ns/article#published_time", "published"),
        ("acme:date-pub", "published"),
        ("cms.lastmodifieddate", "updated"),
        ("article-modified_time", "updated"),
        ("unpublish-date", None),
        ("cms:last_published_time", None),
        ("event-published-date", None),
        ("publisher", "publishers"),
        ("publication", None),
        ("x" * 90 + "published-date", None),
    ],
)
def test_names_of_meta_tags_are_read_by_their_words(name, field):
    assert field_of(name) == field
