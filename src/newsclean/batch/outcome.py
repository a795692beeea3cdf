"""The nouns of a batch: a Source, and the Outcome of cleaning it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.model import Action

if TYPE_CHECKING:
    from pathlib import Path

    from newsclean.model import Article
    from newsclean.review.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Source:
    """One input.

    name: how messages and JSON Lines call it. path: the file; None for a stream. content: its bytes, where they had to
    be read ahead (a stream is open in one process only). target: the file that its article goes to; None for stdout.
    error: why it cannot be read at all. skipped: why a folder's file is passed over.
    """

    name: str
    path: Path | None = None
    content: bytes | None = None
    target: Path | None = None
    error: str = ""
    skipped: str = ""

    @property
    def settled(self) -> bool:
        """Nothing is left to be done about it."""
        return bool(self.error or self.skipped)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done to the blocks of one page.

    words: of the body, between white space. reasons: of the dropped blocks, how many for each, by name of the Reason.
    """

    kept: int
    dropped: int
    moved: int
    words: int
    reasons: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, article: Article) -> Tally:
        """Count an article's verdicts."""
        actions = Counter(verdict.action for verdict in article.verdicts)
        reasons = Counter(verdict.reason.value for verdict in article.verdicts if verdict.reason)
        return cls(
            kept=actions[Action.KEEP],
            dropped=actions[Action.DROP],
            moved=actions[Action.MOVE],
            words=len(article.text.split()),
            reasons=tuple(sorted(reasons.items())),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source.

    written: the article in the form asked for, unless it went to `source.target`. tally: of the article. error: one
    line for people, empty when all went well. usage: the error is the caller's, and every other source has it too.
    sketch: of the page for the review, where the job asks for one and the page could be read.
    """

    source: Source
    written: str = ""
    tally: Tally | None = None
    error: str = ""
    usage: bool = False
    sketch: Sketch | None = None

    @classmethod
    def settled(cls, source: Source) -> Outcome:
        """The outcome of a source that nothing is left to be done about."""
        return cls(source, error=source.error)
