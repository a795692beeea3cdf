"""What is in hand: sources that stand in a line, each with its outcome once there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.batch.outcome import Outcome

if TYPE_CHECKING:
    from newsclean.batch.outcome import Source


@dataclass(slots=True)
class Hand:
    """What a line of places holds. size: bytes that are read ahead, or written and not taken yet."""

    size: int = 0


@dataclass(slots=True, eq=False)
class Place:
    """A source's place in the line, and its outcome once there is one."""

    source: Source
    hand: Hand
    outcome: Outcome | None = None
    held: int = 0

    def __post_init__(self) -> None:
        """Count what was read ahead."""
        self.held = self.source.held
        self.hand.size += self.held

    def settle(self, outcome: Outcome) -> None:
        """Take an outcome; what was read ahead for it is let go, and its address is kept where it comes with it."""
        self.hand.size += len(outcome.written) - self.held
        source, url = self.source, outcome.source.url
        if source.content is not None or source.sealed is not None:
            self.source = source.but(content=None, sealed=None, url=source.url if url is None else url)
        self.outcome = outcome.but(source=self.source)

    def fail(self, why: str) -> None:
        """Take it that nothing will come of it, and why."""
        self.settle(Outcome(self.source.opened.but(content=None), error=why))
