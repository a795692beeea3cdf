"""What a batch did, as numbers that add up; it owns the exit code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.batch.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """Totals over outcomes; two reports are added with `+`.

    articles, failed, skipped: sources. kept, dropped, moved: blocks of the articles, words: of their bodies.
    reasons: dropped blocks by name of the Reason.
    """

    articles: int = 0
    failed: int = 0
    skipped: int = 0
    kept: int = 0
    dropped: int = 0
    moved: int = 0
    words: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, outcome: Outcome) -> Report:
        """The report on a single outcome."""
        if outcome.source.skipped:
            return cls(skipped=1)
        if outcome.error or outcome.tally is None:
            return cls(failed=1)
        tally = outcome.tally
        return cls(1, 0, 0, tally.kept, tally.dropped, tally.moved, tally.words, tally.reasons)

    def __add__(self, other: Report) -> Report:
        reasons = Counter(dict(self.reasons))
        reasons.update(dict(other.reasons))
        return Report(
            articles=self.articles + other.articles,
            failed=self.failed + other.failed,
            skipped=self.skipped + other.skipped,
            kept=self.kept + other.kept,
            dropped=self.dropped + other.dropped,
            moved=self.moved + other.moved,
            words=self.words + other.words,
            reasons=tuple(sorted(reasons.items())),
        )

    @property
    def exit_code(self) -> int:
        """0 when every source gave an article, else 1."""
        return 1 if self.failed else 0
