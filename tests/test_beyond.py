"""Comments, the next story and stray lines go where the markup says plainly that they are beyond the story."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.beyond import beyond_story
from newsclean.options import Options
from newsclean.reading import read

STORY = "".join(
    f"<p>The pilot waited for the tide on day {day}, and nobody on the quay saw him hurry.</p>" for day in "12345"
)
COMMENT = "<div class='{name}'><p>I have known the pilot for years and he never hurries, says {who}.</p></div>"
THREAD = "".join(COMMENT.format(name="comment", who=who) for who in ("Ada", "Bo", "Cy"))
NEXT = "<article><h1>The baker tells</h1><p>The baker of the old town carried the ovens down to the quay.</p></article>"


def found(body: str, probability: float = 0.99) -> list[tuple[str, str | None]]:
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    size = len(page.blocks)
    reasons = beyond_story(page, [True] * size, [probability] * size)
    return [(page.blocks[place].text[:9], reason and reason.value) for place, reason in sorted(reasons.items())]


@pytest.mark.parametrize("name", ["comments", "post-comments", "commentList", "kommentare", "js-Comments"])
def test_elements_named_for_comments_hold_them(name: str) -> None:
    thread = COMMENT.format(name=name, who="Ada")
    assert found(f"<main>{STORY}</main>{thread}") == [("I have kn", "comment")]


def test_a_thread_may_be_longer_than_the_story() -> None:
    assert len(found(f"<main>{STORY}</main>{THREAD * 4}")) == 12


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='post comments-open'>{STORY}</div>",
        f"<h1>The pilot waits</h1><div class='entry comment'>{STORY}</div>",
        f"<main>{STORY}</main><div class='commentary'><p>The pilot waits for nobody, and says so.</p></div>",
        "".join(f"<p class='commentable'>The pilot waits, on day {day}, for the tide.</p>" for day in range(9)),
    ],
)
def test_the_story_itself_may_stand_in_elements_that_mention_comments(body: str) -> None:
    assert found(body) == []


def test_the_next_story_has_a_main_heading_of_its_own() -> None:
    first = f"<article><h1>The pilot waits</h1>{STORY}</article>"
    assert found(f"{first}{NEXT}") == [("The baker", "related"), ("The baker", "related")]
    assert found(f"{first}<article><h2>The baker tells</h2><p>The baker of the old town.</p></article>") == []


def test_many_articles_are_entries_of_one_page() -> None:
    assert found("".join(f"<article><h1>Entry {at}</h1>{STORY}</article>" for at in range(8))) == []


STRAY = "<ul><li>Home</li></ul><section><p>Somebody else tells something else.</p></section>"


def test_outside_the_story_a_doubtful_line_is_believed_less() -> None:
    body = f"<main>{STORY}</main><section><p>Somebody else tells something else.</p></section>"
    assert found(body, 0.7) == [("Somebody ", None)]
    assert found(body, 0.8) == []


def test_far_below_the_story_a_line_needs_to_be_surer() -> None:
    menu = "<ul>" + "<li>Harbour</li>" * 6 + "</ul>"
    tail = "<p>Somebody else tells something else.</p>"
    page = read(f"<html><body><main>{STORY}</main>{menu}{tail}</body></html>", url=None, options=Options(as_="html"))
    kept = [block.text != "Harbour" for block in page.blocks]
    assert list(beyond_story(page, kept, [0.9] * len(kept))) == [len(kept) - 1]
    assert beyond_story(page, kept, [0.96] * len(kept)) == {}


PART = "<div class=part><div class={name}>{paragraphs}</div></div>"
LONG = "<p>The pilot waited for the tide on day {day}, the engine off and the charts folded; nobody hurried.{more}</p>"
STAYED = " He stayed where he was all day."


@pytest.mark.parametrize(("name", "more", "gone"), [("text", STAYED, []), ("teaser", STAYED, [11]), ("text", "", [11])])
def test_a_part_of_the_story_set_apart_is_marked_up_as_the_story_is(name: str, more: str, gone: list[int]) -> None:
    paragraphs = "".join(LONG.format(day=day, more=STAYED) for day in range(5))
    body = (
        PART.format(name="text", paragraphs=paragraphs)
        + "<ul>"
        + "<li>Harbour</li>" * 6
        + "</ul>"
        + PART.format(name=name, paragraphs=LONG.format(day=9, more=more))
    )
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    kept = [block.text != "Harbour" for block in page.blocks]
    assert list(beyond_story(page, kept, [0.9] * len(kept))) == gone


TEASERS = "".join(
    f"<div class='teaser'><p>The baker of street {street} tells how the ovens went to the quay.</p></div>"
    for street in range(6)
)


def teasers(body: str, kept: str, probability: float = 0.7) -> list[int]:
    """Places beyond the story, of a page whose blocks are kept (k, K where the tagger is sure) or dropped (d)."""
    page = read(f"<html><body><div class='page'>{body}</div></body></html>", url=None, options=Options(as_="html"))
    assert len(page.blocks) == len(kept)
    chances = [{"K": 0.99, "k": probability, "d": 0.1}[letter] for letter in kept]
    return sorted(beyond_story(page, [letter != "d" for letter in kept], chances))


@pytest.mark.parametrize(("kept", "beyond"), [("KKKKKdddkdd", [8]), ("KKKKKddddkk", [9, 10]), ("KKKKKdddddd", [])])
def test_a_teaser_that_reads_well_goes_with_its_like(kept: str, beyond: list[int]) -> None:
    assert teasers(f"{STORY}{TEASERS}", kept) == beyond


def test_teasers_above_the_story_too() -> None:
    assert teasers(f"{TEASERS}{STORY}", "ddkdddKKKKK") == [2]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"{STORY}{TEASERS}", "KKKKKdddKdd"),
        (f"{STORY}{TEASERS}", "KKKKKkkkkkk"),
        (f"{STORY}<section><p>Only this one of its kind.</p></section>", "KKKKKk"),
        (f"{STORY}{TEASERS}{STORY}", "KKKKKdddkddKKKKK"),
    ],
    ids=["the tagger is sure", "its like is kept", "there is none like it", "the story goes on below"],
)
def test_what_stays_of_the_like(body: str, kept: str) -> None:
    assert teasers(body, kept) == []


def test_nothing_is_beyond_a_text_or_an_empty_story() -> None:
    text = read("The pilot waits for the tide.\n\nNobody hurries.", url=None, options=Options(as_="text"))
    assert beyond_story(text, [True, True], [0.6, 0.6]) == {}
    html = read(f"<main>{STORY}</main>", url=None, options=Options(as_="html"))
    assert beyond_story(html, [False] * 5, [0.1] * 5) == {}
