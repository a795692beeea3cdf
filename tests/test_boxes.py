"""What stands in a box goes with the label that opens the box."""

from __future__ import annotations

import pytest

from newsclean.judging.boxes import boxed
from newsclean.judging.said import read_said
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


def test_a_label_that_is_kept_opens_none() -> None:
    assert found(f"<div>{STORY}<aside><h4>Related</h4>{TEASER}</aside></div>", labels_kept=True) == []


def test_text_has_no_boxes() -> None:
    page = read("Related\n\nThe baker carries the ovens.", url=None, options=Options(as_="text"))
    assert boxed(page, read_said(["Related", "The baker carries the ovens."]), [False, True]) == {}
