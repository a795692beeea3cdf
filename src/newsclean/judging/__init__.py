"""Page → verdicts: which blocks are the story, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.model import Action, Reason, Verdict

if TYPE_CHECKING:
    from newsclean.model import Page
    from newsclean.options import Options


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on every block, how sure the judge is of the page, and which weights judged.

    refusal: why the page is no article, or None.
    """

    verdicts: tuple[Verdict, ...]
    confidence: float
    model: str
    refusal: str | None = None


def judge(page: Page, options: Options) -> Judgement:
    """Judge every block of a page (stand-in until the tagger lands: a block of eight words or more is kept)."""
    verdicts = tuple(
        Verdict(b, Action.KEEP, None, 0.9)
        if len(b.text.split()) > 7
        else Verdict(b, Action.DROP, Reason.NOT_THE_STORY, 0.1)
        for b in page.blocks
    )
    return Judgement(verdicts, 0.5, "stand-in")
