"""A paragraph that is nothing but a link needs the tagger to be sure of it, where it is not the only one."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.links import doubtful_links, listed_links, teasers
from newsclean.judging.cues.said import read_said
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


MORE = "".join(f"<li><a href='/{day}'>The quay on day {day}</a></li>" for day in range(6))


def listed(body: str, kept: str, chance: float) -> list[int]:
    """Places of items that lead elsewhere; of the page's blocks k are kept in doubt, K for sure, and d dropped."""
    page = read(f"<html><body><article>{body}</article></body></html>", url=None, options=Options(as_="html"))
    assert len(page.blocks) == len(kept)
    chances = [{"K": 0.99, "k": chance, "d": 0.1}[letter] for letter in kept]
    return listed_links(page, [letter != "d" for letter in kept], chances)


@pytest.mark.parametrize(("kept", "found"), [("KKddkddd", [4]), ("KKkkkkkk", []), ("KKddKddd", []), ("KKkkkddd", [])])
def test_a_linked_item_goes_with_its_like(kept: str, found: list[int]) -> None:
    assert listed(f"{TOLD}<p>Read on:</p><ul>{MORE}</ul>", kept, 0.8) == found


def test_a_linked_item_alone_needs_to_be_surer() -> None:
    body = f"{TOLD}<ul><li><a href='/1'>The quay on day 1</a></li></ul>"
    assert listed(body, "Kk", 0.6) == [1]
    assert listed(body, "Kk", 0.7) == []


@pytest.mark.parametrize("item", ["The quay on day 1", f"<a href='/1'>{'The quay on day 1. ' * 9}</a>"])
def test_items_that_are_no_short_link_stay(item: str) -> None:
    assert listed(f"{TOLD}<ul><li>{item}</li></ul>", "Kk", 0.6) == []


def test_text_has_no_linked_items() -> None:
    page = read("The quay waits.\n\n- The code", url=None, options=Options(as_="text"))
    assert listed_links(page, [True, True], [0.6, 0.6]) == []
