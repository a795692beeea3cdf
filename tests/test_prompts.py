"""The lines of a box go with its prompt or its button, and among paragraphs the name of a newsletter and its button."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.prompts import around_prompts
from newsclean.judging.cues.said import read_said
from newsclean.model import Reason
from newsclean.options import Options
from newsclean.reading import read

STORY = "".join(
    f"<p>The pilot waited for the tide on day {day}, and nobody on the quay saw him hurry.</p>" for day in "1234"
)
TOLD = (
    "The pilot, said the baker, never hurried in all those years" + ", and nobody on the quay had ever seen him run" * 3
)
PROMPT = "<p>Every Friday the news of the quay, straight to your inbox.</p>"


def found(body: str, *, form: str = "html", is_prompt_kept: bool = False) -> list[str]:
    page = read(body, url=None, options=Options(as_=form))
    said = read_said([block.text for block in page.blocks])
    kept = [is_prompt_kept or not block.text.startswith(("Every Friday", "Vote")) for block in page.blocks]
    around = around_prompts(page, said, kept)
    assert set(around.values()) <= {Reason.NEWSLETTER, Reason.COMMENT}
    return [page.blocks[place].text for place in sorted(around)]


def test_a_box_goes_with_its_prompt() -> None:
    box = f"<div><h3>The Quay Letter</h3>{PROMPT}<div><span>Your first name</span></div><p>Join us</p></div>"
    assert found(STORY + box + STORY) == ["The Quay Letter", "Your first name", "Join us"]


def test_a_poll_goes_with_its_button() -> None:
    poll = "<div><h3>The old crane</h3><p>Shall it stay?</p><p>Yes</p><p>No</p><div><button>Vote</button></div></div>"
    assert found(STORY + poll + STORY) == ["The old crane", "Shall it stay?", "Yes", "No"]


def test_a_box_with_several_prompts_goes_as_one() -> None:
    box = f"<div><h3>The Quay Letter</h3>{PROMPT}{PROMPT}</div>"
    assert found(STORY + box + STORY) == ["The Quay Letter"]


def test_among_paragraphs_the_line_above_goes_and_the_word_below() -> None:
    assert found(f"{STORY}<p>The Quay Letter</p>{PROMPT}<p>Join</p>{STORY}") == ["The Quay Letter", "Join"]


@pytest.mark.parametrize(
    "body",
    [
        f"{STORY}<h2>The second day</h2>{PROMPT}{STORY}",
        f"{STORY}<p>Nobody hurried.</p>{PROMPT}{STORY}",
        f"{STORY}{PROMPT}<p><b>The second day</b></p>{STORY}",
        f"{STORY}<div><p>{TOLD}</p>{PROMPT}</div>{STORY}",
        f"<p>The pilot and the tide</p>{PROMPT}{STORY}",
        f"{STORY}<p>Jane Roe</p>{PROMPT}",
    ],
    ids=["a heading", "a sentence", "a heading in bold", "a paragraph in its box", "the headline", "the end"],
)
def test_what_stays(body: str) -> None:
    assert found(body) == []


def test_a_prompt_that_is_kept_takes_nothing_with_it() -> None:
    assert found(f"{STORY}<p>The Quay Letter</p>{PROMPT}{STORY}", is_prompt_kept=True) == []


def test_text_has_no_boxes() -> None:
    body = "\n\n".join(
        [*["The pilot waited for the tide. " * 8] * 2, "The Quay Letter", "Every Friday in your inbox every"]
    )
    assert found(body + "\n\n" + "The pilot waited for the tide. " * 8, form="text") == []
