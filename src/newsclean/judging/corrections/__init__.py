"""What rules know better than the tagger: blocks that go though it believes them, others that stay though it doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.judging.corrections.adverts import adverts_in_story
from newsclean.judging.corrections.beyond import beyond_story
from newsclean.judging.corrections.boxes import boxed, heads_of_links, in_cards
from newsclean.judging.corrections.company import announced, by_company
from newsclean.judging.corrections.counters import counters_in_story
from newsclean.judging.corrections.entries import entries_of_story
from newsclean.judging.corrections.labels import credits_of_kept, labels_of_kept
from newsclean.judging.corrections.links import doubtful_links, listed_links, teasers
from newsclean.judging.corrections.lists import lists_of_story
from newsclean.judging.corrections.prompts import around_prompts
from newsclean.judging.corrections.repeats import labels_told_again
from newsclean.judging.corrections.speakers import speakers_of_story
from newsclean.judging.corrections.tables import tables_of_story
from newsclean.judging.corrections.within import rest_of_story
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.judging.features import Features
    from newsclean.model import Page


def corrected(
    page: Page, features: Features, kept: list[bool], chances: Sequence[float], *, is_default: bool
) -> dict[int, Reason]:
    """Change in `kept` what rules know better than the tagger, and give the Reasons that they name.

    chances: probability of every block. is_default: for the balanced preset.
    """
    reasons: dict[int, Reason] = {}

    def drop(places: Iterable[int], reason: Reason | None = None) -> None:
        for place in places:
            kept[place] = False
            if reason is not None:
                reasons[place] = reason

    is_text = page.layout is None
    said = features.said
    drop(list(labels_of_kept(said, kept, chances, is_text=is_text)))
    if not is_text:
        drop(list(credits_of_kept(page.blocks, said, kept, chances)))
    for place, named in around_prompts(page, said, kept).items():
        drop([place], named)
    drop(
        [*doubtful_links(page, kept, chances), *teasers(page, said, kept, chances), *listed_links(page, kept, chances)]
    )
    if is_text and is_default:
        mass: list[int] = features.mass.tolist()
        for place, stays in list(by_company(kept, chances, said, mass)):
            kept[place] = stays
        for place in list(announced(page.blocks, kept, chances, said, mass)):
            kept[place] = True
    drop(adverts_in_story(page.blocks, kept), Reason.LISTING)
    drop(counters_in_story(page.blocks, kept), Reason.NAVIGATION)
    for place, plain in beyond_story(page, kept, chances).items():
        drop([place], plain)
    for place, named in boxed(page, said, kept).items():
        drop([place], named)
    drop([*in_cards(page, kept, chances), *heads_of_links(page, kept)], Reason.RELATED)
    return reasons


def restored(page: Page, kept: Sequence[bool], chances: Sequence[float], reasons: Mapping[int, Reason]) -> set[int]:
    """Give the dropped blocks that the story around them shows to be its own.

    kept: what of the page is kept so far. chances: probability of every block. reasons: of every dropped block.
    """
    return {
        *rest_of_story(page, kept, chances, reasons),
        *tables_of_story(page, kept, chances, reasons),
        *labels_told_again(page, kept, chances, reasons),
        *lists_of_story(page, kept, chances, reasons),
        *entries_of_story(page, kept, reasons),
        *speakers_of_story(page, kept, reasons),
    }
