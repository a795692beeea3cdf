"""A paragraph that is nothing but a link needs the tagger to be sure of it, where it is not the only one."""

from __future__ import annotations

import pytest

from newsclean.judging.links import doubtful_links, teasers
from newsclean.judging.said import read_said
from newsclean.options import Options
from newsclean.reading import read

TOLD = "<p>The pilot waited for the tide with the engine off and the charts folded.</p>"
SHOP = "<p><a href='/boots'>Shop the boots of the women on the quay</a></p>"
CODE = "<p><a href='/code'>The code of the tide tables</a></p>"


def dropped(body: str, *chances: float) -> list[int]:
    page = read(f"<html><body><article>{body}</article></body></html>", url=None, options=Options(as_="html"))
    assert len(page.blocks) == len(chances)
    return doubtful_links(page, [chance >= 0.5 for chance in chances], chances)


def test_doubtful_links_among_paragraphs_go() -> None:
    assert dropped(3 * TOLD + SHOP + TOLD + CODE, 0.99, 0.99, 0.99, 0.7, 0.99, 0.6) == [3, 5]


def test_those_that_the_tagger_is_sure_of_stay() -> None:
    assert dropped(3 * TOLD + SHOP + TOLD + CODE, 0.99, 0.99, 0.99, 0.95, 0.99, 0.6) == [5]


def test_a_page_of_links_keeps_them() -> None:
    assert dropped(TOLD + SHOP + CODE, 0.99, 0.7, 0.6) == []


def test_one_alone_stays() -> None:
    assert dropped(TOLD + SHOP + TOLD, 0.99, 0.7, 0.99) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Buy <a href='/boots'>the boots of the women on the quay</a>.</p>",
        "<ul><li><a href='/boots'>Shop the boots of the women</a></ul>",
        "<p><a href='/ada'>Ada Rossi</a></p>",
    ],
)
def test_sentences_with_a_link_and_items_and_names_stay(line: str) -> None:
    assert dropped(TOLD + line + TOLD + line, 0.99, 0.7, 0.99, 0.6) == []


def test_text_has_no_links() -> None:
    page = read("Shop the boots of the women\n\nThe code of the tide tables", url=None, options=Options(as_="text"))
    assert doubtful_links(page, [True, True], [0.6, 0.6]) == []


TEASER = "<p>Read also: <a href='/ferry'>The ferry waits for nobody</a></p>"


def teased(line: str, chance: float) -> list[int]:
    page = read(
        f"<html><body><article>{TOLD}{line}{TOLD}</article></body></html>", url=None, options=Options(as_="html")
    )
    said = read_said([block.text for block in page.blocks])
    return teasers(page, said, [True] * len(page.blocks), [0.99, chance, 0.99])


def test_a_line_that_leads_to_another_story_goes_unless_the_tagger_is_sure() -> None:
    assert teased(TEASER, 0.8) == [1]
    assert teased(TEASER, 0.96) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Read also: The ferry waits for nobody</p>",
        "<p>The pilot waits: <a href='/ferry'>the ferry waits for nobody</a></p>",
        f"<p>Read also <a href='/ferry'>the log of the ferry</a>, {'as the harbour has it in its books, ' * 8}</p>",
    ],
)
def test_lines_without_a_link_or_the_words_and_paragraphs_stay(line: str) -> None:
    assert teased(line, 0.8) == []
