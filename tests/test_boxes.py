"""What stands in a box goes with the label that opens the box."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.boxes import boxed, heads_of_links, in_cards
from newsclean.judging.cues.said import read_said
from newsclean.options import Options
from newsclean.reading import read

STORY = "".join(
    f"<p>The pilot waited for the tide on day {day}, and nobody on the quay saw him hurry.</p>" for day in "123456789"
)
TEASER = "<p>The baker carries the ovens to the quay.</p>"


def found(body: str, *, labels_kept: bool = False) -> list[tuple[str, str]]:
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    said = read_said([block.text for block in page.blocks])
    kept = [labels_kept or one is None for one in said]
    return [(page.blocks[place].text[:9], reason.value) for place, reason in sorted(boxed(page, said, kept).items())]


@pytest.mark.parametrize(
    ("label", "reason"), [("Related", "related"), ("Top comment", "comment"), ("Mehr zum Thema", "related")]
)
def test_a_box_goes_with_its_label(label: str, reason: str) -> None:
    assert found(f"<div>{STORY}<aside><h4>{label}</h4>{TEASER}</aside>{STORY}</div>") == [("The baker", reason)]


def test_a_box_in_a_box_goes_as_a_whole() -> None:
    inner = f"<div><div><b>Related</b></div></div>{TEASER}"
    assert found(f"<div>{STORY}<section>{inner}</section></div>") == [("The baker", "related")]


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{STORY}<h4>Related</h4>{TEASER}{STORY}</div>",
        f"<div>{STORY}<div><p>The quay in the evening.</p><h4>Related</h4>{TEASER}</div></div>",
        f"<div><h4>Related</h4>{STORY}</div>",
        f"<div>{STORY}<div><h4>Related</h4>{TEASER * 12}</div></div>",
        f"<div>{STORY}<div><p>Related work on the quay began in May.</p>{TEASER}</div></div>",
        f"<div>{STORY}<div><h4>Share</h4>{TEASER}</div></div>",
    ],
    ids=["no box", "not its opening", "the story", "too many blocks", "no label alone", "another kind of label"],
)
def test_what_stays(body: str) -> None:
    assert found(body) == []


def test_a_thread_may_be_long_but_not_the_most_of_the_page() -> None:
    assert len(found(f"<div>{STORY}<div><h4>Comments</h4>{TEASER * 14}</div></div>")) == 14
    assert found(f"<div>{TEASER}<div><h4>Comments</h4>{STORY}</div></div>") == []


def test_a_label_that_is_kept_opens_none() -> None:
    assert found(f"<div>{STORY}<aside><h4>Related</h4>{TEASER}</aside></div>", labels_kept=True) == []


def test_text_has_no_boxes() -> None:
    page = read("Related\n\nThe baker carries the ovens.", url=None, options=Options(as_="text"))
    assert boxed(page, read_said(["Related", "The baker carries the ovens."]), [False, True]) == {}


SUMMARY = "<p>The ovens went to the quay in the evening.</p>"
HEADLINE = "<a href='/ovens'><h3>How the ovens went to the quay</h3></a>"


def carded(card: str, kept: str, chance: float = 0.8) -> list[int]:
    """Places in cards, of a story whose third block opens the card; k is kept in doubt, K for sure, and d dropped."""
    body = f"<div><p>One of the story.</p><p>Two of it.</p>{card}<p>Three of it.</p></div>"
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    assert len(page.blocks) == len(kept)
    chances = [{"K": 0.99, "k": chance, "d": 0.1}[letter] for letter in kept]
    return in_cards(page, [letter != "d" for letter in kept], chances)


def test_a_summary_goes_with_its_linked_headline() -> None:
    assert carded(f"<div>{HEADLINE}{SUMMARY}</div>", "KKdkK") == [3]
    assert carded(f"<div><div>{HEADLINE}</div><div>{SUMMARY}<div>12:30</div></div></div>", "KKdkkK") == [3, 4]


@pytest.mark.parametrize(
    ("card", "kept"),
    [
        (f"<div>{HEADLINE}{SUMMARY}</div>", "KKkkK"),
        (f"<div>{HEADLINE}{SUMMARY}</div>", "KKdKK"),
        (f"{HEADLINE}{SUMMARY}", "KKdkK"),
        (f"<div><h3>How the ovens went to the quay</h3>{SUMMARY}</div>", "KKdkK"),
        (f"<div><a href='/ovens'><h3>Ovens</h3></a>{SUMMARY}</div>", "KKdkK"),
        (f"<div>{HEADLINE}{SUMMARY * 4}</div>", "KKdkkkkK"),
        (f"<div>{HEADLINE}<p>{'The ovens went to the quay. ' * 20}</p></div>", "KKdkK"),
        (f"<div>{HEADLINE}<ul><li>The ovens went to the quay.</li></ul></div>", "KKdkK"),
    ],
    ids=["kept", "sure", "no card", "no link", "no headline", "many blocks", "long", "a list"],
)
def test_what_is_no_card_stays(card: str, kept: str) -> None:
    assert carded(card, kept) == []


def cards(
    *, count: int = 3, chance: float = 0.8, card: str = f"<div>{HEADLINE}{SUMMARY}</div>", dropped: tuple[int, ...] = ()
) -> list[int]:
    """Places in cards that are kept, below a story of nine paragraphs; dropped: places in cards."""
    page = read(
        f"<html><body><div>{STORY}<section>{card * count}</section></div></body></html>",
        url=None,
        options=Options(as_="html"),
    )
    chances = [chance if block.text.startswith("How the ovens") else 0.99 for block in page.blocks]
    return in_cards(page, [place not in dropped for place in range(len(page.blocks))], chances)


def test_several_cards_go_whole_where_their_headlines_are_doubted() -> None:
    assert cards() == [9, 10, 11, 12, 13, 14]


def test_few_cards_go_together_where_a_headline_is_dropped() -> None:
    assert cards(dropped=(9,)) == [10, 11, 12, 13, 14]


def test_a_guides_many_cards_do_not_go_for_those_that_are_dropped() -> None:
    assert cards(count=6, dropped=(*range(9, 18), 19), chance=0.3) == [18, 20]
    assert cards(count=7, dropped=(*range(9, 20), 21), chance=0.3) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"count": 2},
        {"chance": 0.95},
        {"count": 6},
        {"card": f"<li>{HEADLINE}{SUMMARY}</li>"},
        {"card": f"<div>{HEADLINE}</div>"},
        {"card": f"<div><a href='/ovens'>How the ovens went to the quay</a>{SUMMARY}</div>"},
    ],
    ids=["two", "believed", "the most of the page", "items", "headlines alone", "no heading"],
)
def test_cards_that_may_be_the_storys_stay(changed: dict[str, object]) -> None:
    assert cards(**changed) == []  # type: ignore[arg-type]


def test_text_has_no_cards() -> None:
    page = read("How the ovens went\n\nThe ovens went.", url=None, options=Options(as_="text"))
    assert in_cards(page, [False, True], [0.1, 0.8]) == []


LINKS = "".join(f"<p><a href='/{name}'>The {name} of the harbour</a></p>" for name in ("crane", "tide", "baker"))


def heads(body: str) -> list[str]:
    """Texts of the heads that go where all links of a page are dropped."""
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    kept = ["of the harbour" not in block.text for block in page.blocks]
    return [page.blocks[place].text for place in heads_of_links(page, kept)]


@pytest.mark.parametrize("head", ["<h3>On the port</h3>", "<p>On the port</p>"])
def test_the_head_of_a_box_of_dropped_links_goes(head: str) -> None:
    assert heads(f"{STORY}<div>{head}{LINKS}</div>{STORY}") == ["On the port"]
    assert heads(f"{STORY}<div>{head}<ul>{LINKS.replace('p>', 'li>')}</ul></div>{STORY}") == ["On the port"]


@pytest.mark.parametrize(
    "body",
    [
        f"{STORY}<h3>On the port</h3>{LINKS}{STORY}",
        f"{STORY}<div><h3>On the port</h3>{LINKS}<p>Nobody saw him hurry.</p></div>{STORY}",
        f"{STORY}<div><h3>On the port</h3>{LINKS[: LINKS.index('</p>') + 4]}</div>{STORY}",
    ],
    ids=["no box", "a line that is kept", "one link"],
)
def test_a_head_of_something_else_stays(body: str) -> None:
    assert heads(body) == []
