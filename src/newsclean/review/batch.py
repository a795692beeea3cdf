"""Many sketches → one account, in memory that does not grow with their number."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.review.sketch import Sketch

MOST_PAGES = 50
"""Pages with a view of their own, the least certain ones."""
MOST_FAILURES = 500
MOST_SITES = 100
BINS = 20


@dataclass(frozen=True, slots=True)
class Site:
    """What became of one site's pages. dropped_share: dropped blocks of all, 0 to 1."""

    host: str
    pages: int
    blocks: int
    dropped_share: float


@dataclass(frozen=True, slots=True)
class Account:
    """What the review page says about a batch.

    confidence, kept_share: how many pages lie in each of twenty equal steps from 0 to 1. failures: name and why, the
    first ones; `failed` counts all. sites: the most dropped first. pages: the least certain ones, least certain first.
    """

    articles: int
    failed: int
    kept: int
    dropped: int
    moved: int
    reasons: tuple[tuple[str, int], ...]
    confidence: tuple[int, ...]
    kept_share: tuple[int, ...]
    failures: tuple[tuple[str, str], ...]
    sites: tuple[Site, ...]
    site_count: int
    pages: tuple[Sketch, ...]


class Ledger:
    """Gathers the sketches of a batch one by one."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._confidence = [0] * BINS
        self._kept_share = [0] * BINS
        self._failures: list[tuple[str, str]] = []
        self._sites: dict[str, tuple[int, int, int]] = {}
        self._least: list[tuple[float, int, Sketch]] = []

    def note(self, name: str, error: str, page: Sketch | None) -> None:
        """Note an input. error: why it gave no article, or empty. page: its sketch, if it could be read."""
        if page is not None:
            self.add(page)
        elif error:
            self.fail(name, error)

    def fail(self, name: str, why: str) -> None:
        """Note an input that gave no article."""
        self._counts["failed"] += 1
        if len(self._failures) < MOST_FAILURES:
            self._failures.append((name, why))

    def add(self, page: Sketch) -> None:
        """Note a page; one that is no article counts as a failure and can be looked at all the same."""
        if page.error:
            self.fail(page.name, page.error)
        else:
            self._count(page)
        self._counts["seen"] += 1
        place = self._counts["seen"]
        # of equally certain pages the first ones stay, whatever the order in which a heap gives them up
        heapq.heappush(self._least, (-page.confidence, -place, page))
        if len(self._least) > MOST_PAGES:
            heapq.heappop(self._least)

    def account(self) -> Account:
        """What was gathered so far."""
        sites = [
            Site(host, pages, blocks, dropped / max(blocks, 1))
            for host, (pages, blocks, dropped) in self._sites.items()
        ]
        sites.sort(key=lambda site: (-site.dropped_share, site.host))
        return Account(
            articles=self._counts["articles"],
            failed=self._counts["failed"],
            kept=self._counts["kept"],
            dropped=self._counts["dropped"],
            moved=self._counts["moved"],
            reasons=tuple(sorted(self._reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
            confidence=tuple(self._confidence),
            kept_share=tuple(self._kept_share),
            failures=tuple(self._failures),
            sites=tuple(sites[:MOST_SITES]),
            site_count=len(sites),
            pages=tuple(page for *_, page in sorted(self._least, key=lambda item: (-item[0], -item[1]))),
        )

    def _count(self, page: Sketch) -> None:
        self._counts.update(articles=1, kept=page.kept, dropped=page.dropped, moved=page.moved)
        self._reasons.update(page.reasons)
        self._confidence[_bin(page.confidence)] += 1
        self._kept_share[_bin(page.kept_share)] += 1
        pages, blocks, dropped = self._sites.get(page.site, (0, 0, 0))
        size = page.kept + page.dropped + page.moved
        self._sites[page.site] = (pages + 1, blocks + size, dropped + page.dropped)


def _bin(share: float) -> int:
    return min(int(share * BINS), BINS - 1)
