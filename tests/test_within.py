"""A long paragraph that the tagger doubts stays where the story goes on with it, or where its like is believed."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.within import rest_of_story
from newsclean.model import Reason
from newsclean.options import Options
from newsclean.reading import read

TOLD = (
    "The pilot waited for the tide on day {day} with the engine off and the charts folded, and in all the hours that he"
    " stood there nobody on the quay saw him hurry."
)
LINKED = f"<a href='/pilots'>{TOLD.format(day=9)}</a>"


def rest(body: str, kept: str, *, probability: float = 0.3, reason: Reason = Reason.NOT_THE_STORY) -> list[int]:
    """What comes back of a page whose blocks are kept (k) or dropped (d)."""
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    assert len(page.blocks) == len(kept)
    reasons = {place: reason for place, letter in enumerate(kept) if letter == "d"}
    return rest_of_story(page, [letter == "k" for letter in kept], [probability] * len(kept), reasons)


def story(days: int, *, tag: str = "p") -> str:
    return "".join(f"<{tag}>{TOLD.format(day=day)}</{tag}>" for day in range(days))


@pytest.mark.parametrize(
    ("kept", "found"),
    [("kkdd", [2, 3]), ("ddkk", [0, 1]), ("kddk", [1, 2]), ("kkkk", []), ("dddd", [])],
)
def test_the_story_goes_on_down_and_up_its_element(kept: str, found: list[int]) -> None:
    assert rest(f"<div>{story(4)}</div>", kept) == found


def test_line_breaks_part_the_paragraphs_of_one_element_too() -> None:
    body = "<br><br>".join(TOLD.format(day=day) for day in range(3))
    assert rest(f"<div>{body}</div>", "kdd") == [1, 2]


def test_another_element_is_not_the_storys() -> None:
    assert rest(f"<div>{story(2)}</div><aside>{story(1)}</aside>", "kkd") == []


@pytest.mark.parametrize("reason", [Reason.RELATED, Reason.RULE, Reason.DUPLICATE, Reason.AUTHOR_BIO])
def test_what_has_a_reason_of_its_own_stays_dropped(reason: Reason) -> None:
    assert rest(f"<div>{story(3)}</div>", "kkd", reason=reason) == []


def test_what_the_tagger_hardly_believes_stays_dropped() -> None:
    assert rest(f"<div>{story(3)}</div>", "kkd", probability=0.1) == []


@pytest.mark.parametrize("last", ["The pilot waits for the tide.", LINKED])
def test_short_lines_and_links_stay_dropped(last: str) -> None:
    assert rest(f"<div>{story(2)}<p>{last}</p></div>", "kkd") == []


def test_a_paragraph_that_stays_dropped_ends_the_story() -> None:
    assert rest(f"<div>{story(1)}<p>{LINKED}</p>{story(1)}</div>", "kdd") == []
    assert rest(f"<div>{story(1)}<p>A short line.</p>{story(1)}</div>", "kdd") == [2]


def boxes(*days: int, name: str = "text-block") -> str:
    return "".join(f"<div class=column><div class={name}><p>{TOLD.format(day=day)}</p></div></div>" for day in days)


def rest_of_boxes(body: str, chances: list[float], *, reason: Reason = Reason.NOT_THE_STORY) -> list[int]:
    """What comes back of a page of which the tagger keeps what it believes more than not."""
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    kept = [chance >= 0.5 for chance in chances]
    reasons = {place: reason for place, is_kept in enumerate(kept) if not is_kept}
    return rest_of_story(page, kept, chances, reasons)


@pytest.mark.parametrize("reason", [Reason.NOT_THE_STORY, Reason.RELATED])
def test_a_paragraph_in_elements_of_its_own_stays_with_its_like(reason: Reason) -> None:
    assert rest_of_boxes(boxes(1, 2, 3, 4, 5), [0.99, 0.98, 0.3, 0.97, 0.99], reason=reason) == [2]


def test_what_another_rule_dropped_against_the_tagger_stays_dropped() -> None:
    assert rest(boxes(1, 2, 3, 4, 5), "kkdkk", probability=0.99) == []


def test_too_few_alike_say_nothing() -> None:
    assert rest_of_boxes(boxes(1, 2, 3), [0.99, 0.3, 0.99]) == []


def test_another_class_makes_another_look() -> None:
    body = boxes(1, 2) + boxes(3, name="teaser") + boxes(4, 5)
    assert rest_of_boxes(body, [0.99, 0.98, 0.3, 0.97, 0.99]) == []


def test_variants_of_a_class_make_no_other_look() -> None:
    body = boxes(1, 2, 4) + boxes(3, name='"text-block text-block--last"')
    assert rest_of_boxes(body, [0.99, 0.98, 0.97, 0.3]) == [3]


@pytest.mark.parametrize(("chance", "found"), [(0.3, [4]), (0.1, [])])
def test_a_short_line_stays_with_its_like(chance: float, found: list[int]) -> None:
    sections = "".join(f"<p class=day>Day {day}</p><p>{TOLD.format(day=day)}</p>" for day in range(5))
    chances = [0.99] * 10
    chances[4] = chance
    assert rest_of_boxes(f"<div>{sections}</div>", chances) == found
    assert rest_of_boxes(f"<div>{sections}</div>", chances, reason=Reason.RELATED) == []


def test_a_paragraph_stays_dropped_where_its_like_is_doubted_too() -> None:
    assert rest_of_boxes(boxes(1, 2, 3, 4, 5), [0.9, 0.1, 0.3, 0.1, 0.2]) == []


def test_the_story_goes_on_beyond_what_came_back_with_its_like() -> None:
    box = boxes(3).replace("</p>", f"</p><p class=end>{TOLD.format(day=4)}</p>")
    assert rest_of_boxes(boxes(1, 2) + box + boxes(5, 6), [0.99, 0.98, 0.4, 0.25, 0.97, 0.99]) == [2, 3]


def test_text_has_no_elements() -> None:
    page = read(f"{TOLD}\n\n{TOLD.format(day=2)}", url=None, options=Options(as_="text"))
    assert rest_of_story(page, [True, False], [0.9, 0.3], {1: Reason.NOT_THE_STORY}) == []


@pytest.mark.parametrize(
    ("between", "found"), [("", [3]), ("<p>Link</p>", [3]), ("<p>Where the pilot buys his charts</p>", [])]
)
def test_a_doubted_heading_of_the_story_comes_back_above_its_paragraph(between: str, found: list[int]) -> None:
    def back(chance: float, heading: str = "h2") -> list[int]:
        body = f"{story(1)}<{heading}>The quay</h2>{story(1)}<h2>The tide</h2>{between}{story(1)}"
        page = read(f"<html><body><div>{body}</div></body></html>", url=None, options=Options(as_="html"))
        dropped = range(3, len(page.blocks) - 1)
        chances = [chance if place == 3 else 0.01 if place in dropped else 0.99 for place in range(len(page.blocks))]
        reasons = dict.fromkeys(dropped, Reason.NOT_THE_STORY)
        return rest_of_story(page, [place not in dropped for place in range(len(page.blocks))], chances, reasons)

    assert back(0.4) == found
    assert back(0.2) == []
    assert back(0.4, "h2 class=advert") == []
