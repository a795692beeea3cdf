"""Labels that are nothing else are dropped against a tagger in doubt, and nothing but them."""

from __future__ import annotations

import pytest

from newsclean import Options, clean
from newsclean.judging.corrections.labels import SURE, credits_of_kept, labels_of_kept
from newsclean.judging.cues.said import read_said
from newsclean.model import Block, Kind

LINES = [
    "The council voted on Tuesday to close the bridge until the spring.",
    "Share this post",
    "12 comments",
    "Read also: The ferry waits for nobody",
    "はてなブックマーク",
    "Trending",
    "© 2026 The Harbour Post. All rights reserved.",
]


def dropped(probability: float, *, is_text: bool, kept: bool = True) -> list[str]:
    size = len(LINES)
    places = labels_of_kept(read_said(LINES), [kept] * size, [probability] * size, is_text=is_text)
    return [LINES[place] for place in places]


def test_labels_go_and_in_text_lines_that_lead_elsewhere_too() -> None:
    assert dropped(0.6, is_text=False) == [LINES[1], LINES[2], LINES[4], LINES[6]]
    assert dropped(0.6, is_text=True) == LINES[1:]


def test_the_first_line_of_a_text_leads_nowhere_else() -> None:
    said = read_said(["Read also: The ferry waits for nobody", LINES[0]])
    assert not list(labels_of_kept(said, [True, True], [0.6, 0.6], is_text=True))


def test_where_the_tagger_is_sure_or_has_dropped_nothing_is_added() -> None:
    assert dropped(SURE, is_text=True) == []
    assert dropped(0.1, is_text=True, kept=False) == []


PROMPTS = [
    "Follow us on the radio and never miss a tide",
    "Подписывайтесь на наш телеграм-канал, чтобы первыми узнавать о главном",
    "下载本报客户端，第一时间获取更多本地新闻",
    "Abonnieren Sie unseren Hafenbrief",
]


@pytest.mark.parametrize("is_text", [False, True])
def test_prompts_go_where_the_tagger_is_not_sure(*, is_text: bool) -> None:
    said = read_said([LINES[0], *PROMPTS])
    size = len(said)
    assert list(labels_of_kept(said, [True] * size, [0.6] * size, is_text=is_text)) == [1, 2, 3, 4]
    assert not list(labels_of_kept(said, [True] * size, [0.99] * size, is_text=is_text))


ASKS = [
    "Every Friday the news of the quay, straight to your inbox.",
    "Přihlaste se k odběru a každé ráno vám pošleme zprávy z přístavu.",
    "สมัครรับจดหมายข่าวของเราเพื่อไม่พลาดเรื่องราวจากท่าเรือ",
]


@pytest.mark.parametrize("is_text", [False, True])
def test_what_asks_its_reader_to_take_a_newsletter_goes_however_sure_the_tagger_is(*, is_text: bool) -> None:
    said = read_said([LINES[0], *ASKS])
    assert list(labels_of_kept(said, [True] * len(said), [1.0] * len(said), is_text=is_text)) == [1, 2, 3]


FURNITURE = [
    "For sale: rowing boat, two oars",
    "Marcos Iturralde es redactor de la sección de Puertos.",
    "Shared by her brother on Facebook, the letter moved the whole town.",
]


@pytest.mark.parametrize(("probability", "gone"), [(0.4, [0, 1]), (0.6, [0]), (SURE, [])])
def test_what_a_line_holds_counts_where_the_tagger_believes_it_less_than_not(
    probability: float, gone: list[int]
) -> None:
    """In text an advert's opening words are enough; what a line merely holds weighs less, and not all of it."""
    said = read_said(FURNITURE)
    assert list(labels_of_kept(said, [True] * 3, [probability] * 3, is_text=True)) == gone
    assert not list(labels_of_kept(said, [True] * 3, [probability] * 3, is_text=False))


STORY = """The pilot waits for the tide

The pilot of the harbour waits for the tide on most mornings, and nobody on the quay has ever seen him in a hurry.

Share this post

He has done so for thirty years, he says, since the day on which his father handed him the keys of the old boat.

The council wants to sell the boat in the spring. The pilot has not been asked, and he does not mean to answer.
"""


def test_a_threshold_asked_for_is_the_only_rule() -> None:
    assert "Share this post" not in clean(STORY).text
    assert "Share this post" in clean(STORY, options=Options(threshold=0.0)).text


CREDITS = [
    "Foto: Marta Vidal / EFE",
    "Video: 4K/30p with no crop",
    "The council voted on Tuesday.",
    "写真：山田花子／共同",
]


@pytest.mark.parametrize(("probability", "gone"), [(0.6, [0, 1, 3]), (0.8, [0, 3]), (SURE, [])])
def test_credits_go_where_the_tagger_is_not_sure_but_figures_are_the_storys(
    probability: float, gone: list[int]
) -> None:
    blocks = [Block(place, line, Kind.PARAGRAPH) for place, line in enumerate(CREDITS)]
    said = read_said(CREDITS)
    assert list(credits_of_kept(blocks, said, [True] * 4, [probability] * 4)) == gone
    assert not list(credits_of_kept(blocks, said, [False] * 4, [probability] * 4))
