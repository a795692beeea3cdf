"""What is dropped for what it says, against a tagger in doubt: labels, prompts, in text lines that say what they are.

Measured on held-out development pages, among blocks that the tagger would have kept at less than SURE: of labels in
HTML 14 of 15 were foreign; of flattened text, of labels and teaser lines 27 of 31, of lines that open as adverts or
menus do 34 of 35; of prompts that it believes less than PROMPTED 9 of 9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.judging.cues.lookup import Strength
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.judging.cues.lookup import Said
    from newsclean.model import Block

SURE = 0.95
"""Probability from which the tagger's word stands, whatever the block says."""

_LABELS = frozenset({Reason.AD, Reason.COMMENT, Reason.NEWSLETTER, Reason.PAYWALL, Reason.SHARE})
_PROMPTS = frozenset({Reason.AD, Reason.COOKIE, Reason.NEWSLETTER, Reason.PAYWALL, Reason.SHARE})
_NOTICES = frozenset({Reason.COMMENT, Reason.NAVIGATION})
"""What is a prompt where it asks its reader for corrections, or gives notice that a machine has translated."""
PROMPTED = 0.99
"""Probability from which a line may open as a prompt: what asks for something is seldom a part of a story."""
_ALWAYS = 1.1
"""No probability lets a line ask its reader to take a newsletter: 6 of 7 such lines of held-out pages were foreign."""
_NOTICED = 0.9
"""Probability that a block of an HTML page needs which opens as a note on copyright does: 3 of 3 were foreign."""
_OPENINGS = frozenset({Reason.COPYRIGHT, Reason.LISTING, Reason.NAVIGATION, Reason.RELATED})
"""Of flattened text, lines that are no more than their first words say."""
_FURNITURE = frozenset(
    {Reason.AD, Reason.AUTHOR_BIO, Reason.COOKIE, Reason.COPYRIGHT, Reason.LISTING, Reason.PAYWALL, Reason.RELATED}
)
"""Of flattened text, what a block may hold that the tagger believes less than not: 15 of 15 were foreign."""
_HALF = 0.5
_CREDITED = 0.65
"""Probability that a line of an HTML page needs which opens as a photo's credit does and holds a figure, as "Video: 4K"
does and "Source: the survey of 2024". Without figures it needs to be SURE: of 7 such lines of held-out pages 5 were
foreign, of the 13 others 5."""


def labels_of_kept(
    said: Sequence[Said | None], kept: Sequence[bool], probability: Sequence[float], *, is_text: bool
) -> Iterator[int]:
    """Places of kept blocks that are no more than a label of something else, among them "Read also:" lines of a text.

    In flattened text no link tells a line that leads to another story, so that its opening words have to; but nothing
    stands above a text's first line that it could lead away from, and a headline may begin with any words.
    """
    for place, found in enumerate(said):
        if found is None or not kept[place] or probability[place] >= _asked(found, is_text=is_text):
            continue
        if not (is_text and place == 0 and found.reason is Reason.RELATED):
            yield place


def credits_of_kept(
    blocks: Sequence[Block], said: Sequence[Said | None], kept: Sequence[bool], probability: Sequence[float]
) -> Iterator[int]:
    """Places of kept lines of an HTML page that open as the credits of photos do."""
    for place, found in enumerate(said):
        if found is None or found.reason is not Reason.CREDIT or found.strength is not Strength.OPENING:
            continue
        has_figure = any(map(str.isdigit, blocks[place].text))
        if kept[place] and probability[place] < (_CREDITED if has_figure else SURE):
            yield place


def _asked(found: Said, *, is_text: bool) -> float:
    """The probability that a block needs to be kept for all that it says; 0 where it may say so."""
    reason, opens = found.reason, found.strength is Strength.OPENING
    if found.strength is Strength.WHOLE:
        return SURE if reason in _LABELS or (is_text and reason in _OPENINGS) else 0.0
    if found.asks and reason is Reason.NEWSLETTER:
        return _ALWAYS
    if opens and (reason in _PROMPTS or (found.asks and reason in _NOTICES)):
        return PROMPTED
    if not is_text:
        return _NOTICED if opens and reason is Reason.COPYRIGHT else 0.0
    if reason is Reason.NEWSLETTER or (opens and reason in _OPENINGS):
        return SURE
    return _HALF if reason in _FURNITURE else 0.0
