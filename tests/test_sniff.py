"""HTML is told from text that has some markup left, whatever stands in front of it."""

from __future__ import annotations

import pytest

from newsclean.options import Options
from newsclean.reading import read
from newsclean.reading.sniff import is_html

STYLE = "<style>" + ".a > .b { color: red }\n" * 12_000 + "</style>"
PAGE = (
    f'<title>Council votes</title><meta name="author" content="Jane Quill">{STYLE}</head><body><h1>Council votes</h1>'
    "<p>The council voted on Tuesday to close the bridge.</p><p>It stays closed until the spring.</p></body></html>"
)
WARNING = "<br />\n<b>Warning</b>:  include(x.php): failed to open stream in <b>/www/a.php</b> on line <b>3</b><br />\n"

FRONTS = {
    "base": "<base href=x>",
    "warning": f"{WARNING}<html><head>",
    "warnings": f"{WARNING * 20}<!DOCTYPE html>\n<html><head>",
    "comment": f"<!-- {'long words ' * 300} -->\n<HTML><head>",
    "comments": "<!-- a -->\n<?php x ?>\n<!-- b -->" * 50 + "<html><head>",
    "byte order mark": "\ufeff<html><head>",
    "marks": "\ufeff\u200b \ufeff<!doctype html><html><head>",
    "zero width": "\u200b<html><head>",
    "bold": "<b>" * 200_000 + "<html><head>",
    "header": "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><head>",
}


@pytest.mark.parametrize("front", FRONTS)
def test_a_page_is_html_whatever_stands_before_it(front: str) -> None:
    for page in (
        FRONTS[front] + PAGE,
        (FRONTS[front] + PAGE).encode(),
        b"\xef\xbb\xbf" + (FRONTS[front] + PAGE).encode(),
    ):
        read_as = read(page, url=None, options=Options())
        assert read_as.layout is not None
        assert [block.text for block in read_as.blocks][-3:] == [
            "Council votes",
            "The council voted on Tuesday to close the bridge.",
            "It stays closed until the spring.",
        ]
        assert [claim.value for claim in read_as.declared.authors] == ["Jane Quill"]


def test_signs_of_no_width_before_a_page_are_none_of_its_words() -> None:
    for page in ("\ufeff\u200b" + PAGE, b"\xef\xbb\xbf" * 2 + PAGE.encode()):
        assert read(page, url=None, options=Options()).blocks[0].text == "Council votes"


def test_a_comment_without_end_before_a_page_is_markup() -> None:
    assert is_html("<!-- " + "words " * 200_000 + PAGE)
    assert not is_html("<!-- and so on: words without an end. " + "words " * 2_000)


def test_a_page_of_few_elements_behind_a_warning_is_html() -> None:
    assert is_html(f"{WARNING}<html><body>{'One long line.<br>' * 900}</body></html>\n")


ABOUT_HTML = (
    "Every page begins with an <html> element, which holds a <head> and a <body>. Styles stand between <style> and"
    " </style>, for instance p { color: red }. A paragraph may end with </p>, an item of a list with </li>. "
)


@pytest.mark.parametrize(
    "text",
    [
        ABOUT_HTML + "Nobody need write the tags in capitals any more. " * 200,
        "What the <b>web</b> was made of. " * 40 + ABOUT_HTML + "Nobody writes it so any more. " * 200,
        "<b>How pages are built</b>\n\n" + ABOUT_HTML + "Nobody writes it so any more. " * 200,
        "<i>A review.</i> " + "The <b>bold</b> words and the <em>soft</em> ones, 85m<sup>2</sup>.<br> " * 100,
        "# Notes\n\nSome <kbd>keys</kbd> and <a href='x'>a link</a>.\n\n" + "More words for all. " * 300,
        "\ufeffplain words with a mark before them, and a < b",
    ],
)
def test_text_that_talks_about_html_is_text(text: str) -> None:
    assert not is_html(text)
