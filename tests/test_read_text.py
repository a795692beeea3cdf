"""The text reader: paragraphs, wrapped lines, fragments, bullets and leftover markup."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.marks import legible
from newsclean.model import Kind
from newsclean.reading.text import DEEPEST_MARKUP, read_text, unmark

PROSE = (
    "The harbour master said on Tuesday that the old crane would be taken down before winter, because nobody had"
    " found the money to paint it. A second crane, built in 1961, is to stay where it is for the time being and will"
    " be opened to visitors on Sundays."
)
MORE = PROSE.replace("harbour", "station").replace("Tuesday", "Wednesday").replace("crane", "bridge")


def texts(source: str) -> list[str]:
    return [block.text for block in read_text(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One.\n\nTwo.\n\n\nThree.", ["One.", "Two.", "Three."]),
        ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
        ("One.\r\nTwo.\rThree.\u2028Four.", ["One.", "Two.", "Three.", "Four."]),
        ("- first\n- second\n* third\n• fourth", ["- first", "- second", "* third", "• fourth"]),
        ("## Head\nBody here.", ["Head", "Body here."]),
        ("Flat, 85m<sup>2</sup>", ["Flat, 85m2"]),
        ("Tom &amp; Jerry&nbsp;again", ["Tom & Jerry again"]),
        ("a < b and <Alt> stays", ["a < b and <Alt> stays"]),
        ("   \n \t \n", []),
        ("co\u00adoperate\x1b[31m now\ufeff", ["cooperate[31m now"]),
        ("The coun\u200bcil\u200b \u200b\u200bvotes\u2060.\n\n\u200b\n\n日\u200b本", ["The council votes.", "日本"]),
        ("ฝน\u200bตก \u200bหนัก\u200b\u200bມື້", ["ฝน\u200bตก \u200bหนัก\u200b\u200bມື້"]),
        ("ភ្លៀង\u200bធ្លាក់ နေ\u200bသည်", ["ភ្លៀង\u200bធ្លាក់ နေ\u200bသည်"]),
        ("می\u200cروم 👩\u200d🚒", ["می\u200cروم 👩\u200d🚒"]),
    ],
)
def test_blocks(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize("width", [60, 72, 78, 100])
def test_wrapped_paragraphs_are_rejoined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in ("A heading here", PROSE, MORE, PROSE))
    assert texts(wrapped) == ["A heading here", PROSE, MORE, PROSE]


def test_short_lines_of_their_own_are_not_taken_for_wrapped() -> None:
    lines = ["Home", "News from the region and the country", "Sport", "Weather for the whole week ahead", "Contact"]
    assert texts("\n".join(lines)) == lines


def test_a_sentence_cut_at_its_links_is_rejoined() -> None:
    source = "The mayor told the\nHarbour Post\non Monday that she would not run again.\nHer deputy will."
    assert texts(source) == [
        "The mayor told the Harbour Post on Monday that she would not run again.",
        "Her deputy will.",
    ]


@pytest.mark.parametrize(
    "credit", ["di Ada Rossi", "by: Brandi Lee Castellow", "von Jan van der Berg", "par Jean Le Goff"]
)
def test_a_credit_in_small_letters_is_a_line_of_its_own(credit: str) -> None:
    headline = "The library on two wheels that brings novels to the shepherds"
    assert texts(f"{headline}\n{credit}\n8 March 2025") == [headline, credit, "8 March 2025"]
    assert texts(f"{headline}\n{credit}\nand of the sea")[0].startswith(f"{headline} {credit}")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["von", "APA", "Donnerstag"], ["von APA", "Donnerstag"]),
        (["by", "Ada Rossi and Jan Berg", "8 March 2025"], ["by Ada Rossi and Jan Berg", "8 March 2025"]),
        (["by Ada R | 5 November 2024", "ADA ROSSI"], ["by Ada R | 5 November 2024", "ADA ROSSI"]),
        (["vor 14 Minuten", "Die Schafe lesen."], ["vor 14 Minuten", "Die Schafe lesen."]),
        (["il y a 2 heures", "Les moutons lisent."], ["il y a 2 heures", "Les moutons lisent."]),
        (["erstellt: 01. April 2025, 15:25", "Die Schafe"], ["erstellt: 01. April 2025, 15:25", "Die Schafe"]),
    ],
)
def test_what_stands_below_a_headline_in_small_letters_is_no_piece_of_it(lines: list[str], expected: list[str]) -> None:
    headline = "The library on two wheels that brings novels to the shepherds"
    assert texts("\n".join([headline, *lines])) == [headline, *expected]


@pytest.mark.parametrize(
    "lines",
    [
        ["The library on two wheels lends novels written by", "Ada Rossi", "to the shepherds of the island."],
        ["Die Bücherei auf Rädern fuhr schon", "vor 14 Jahren", "zu den Schafen in den Dünen von Sylt."],
        ["A van with three of its shelves", "in use: 40 novels and", "a lamp."],
    ],
)
def test_a_name_or_a_time_within_a_sentence_goes_on_with_it(lines: list[str]) -> None:
    assert texts("\n".join(lines)) == [" ".join(lines)]


def test_a_german_quotation_ends_with_the_mark_that_opens_an_english_one() -> None:
    assert texts("so nennen ihn alle „Deich“\nund niemand weiß warum") == [
        "so nennen ihn alle „Deich“ und niemand weiß warum"
    ]
    assert texts("the word for it “\nand no other") == ["the word for it “and no other"]


@pytest.mark.parametrize("quote", ["»Am Anfang haben sie gelacht«, sagt sie.", "”Jag trodde inte på det”, säger hon."])
def test_a_quotation_opens_a_line_of_its_own(quote: str) -> None:
    assert texts(f"Anzeige\n{quote}") == ["Anzeige", quote]


def test_what_closes_a_quotation_goes_on_with_its_line() -> None:
    assert texts("she said (in “The Tide\n”) and left") == ["she said (in “The Tide”) and left"]


def test_kinds() -> None:
    assert [(b.kind, b.level) for b in read_text("# Top\n- item\nwords")] == [
        (Kind.HEADING, 1),
        (Kind.LIST_ITEM, 1),
        (Kind.PARAGRAPH, 0),
    ]


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_no_character_of_the_source_is_lost_between_blocks(source: str) -> None:
    covered = [False] * len(source)
    last = 0
    for block in read_text(source):
        assert last <= block.start < block.end <= len(source)
        last = block.end
        covered[block.start : block.end] = [True] * (block.end - block.start)
    left = "".join(c for c, seen in zip(source, covered, strict=True) if not seen)
    assert not legible(unmark(left))


@given(st.text(alphabet="<>/&;bsupiamptlgr#x39 \n"))
def test_unmarking_is_done_once_and_for_all(source: str) -> None:
    assert unmark(unmark(source)) == unmark(source)


@pytest.mark.parametrize(("opens", "closes"), [("<", "b>"), ("&", "amp;")])
def test_markup_within_markup_takes_a_bounded_number_of_passes(opens: str, closes: str) -> None:
    deep = 2_000
    source = opens * deep + closes * deep if opens == "<" else opens + closes * deep
    left = unmark(source)
    assert left.count(closes) == deep - DEEPEST_MARKUP
