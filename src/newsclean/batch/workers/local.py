"""A job on many sources by worker processes of this machine, results in the order of the sources."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from newsclean.batch.outcome import Outcome
from newsclean.batch.workers.crew import HANDFUL, Crew
from newsclean.batch.workers.hand import Hand, Place

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from newsclean.batch.job import Job
    from newsclean.batch.outcome import Source

TIMEOUT = 10.0
"""Seconds that one source may take: a thousand times what most of them do."""

_AHEAD = 2 * HANDFUL
"""Sources in hand per worker: enough that one slow page stalls nobody for long, few enough that memory stays small."""

_IN_HAND = 64_000_000
"""Bytes read ahead and written but not taken yet, from which no more are read, whatever their number."""


def by_workers(job: Job, sources: Iterable[Source], workers: int, timeout: float = TIMEOUT) -> Generator[Outcome]:
    """Do the job in up to `workers` processes; the outcomes come in the order of the sources.

    Sources are taken as there is room, so memory does not grow with their number. A source that takes longer than
    `timeout` seconds, or that its worker dies of, is an error of its own; the worker is replaced. When the caller stops
    early, the workers are stopped at once.
    """
    with Crew(job, workers, timeout) as crew:
        yield from by_crew(crew, sources)


def by_crew(crew: Crew, sources: Iterable[Source]) -> Generator[Outcome]:
    """Let a crew do its job on the sources; it can be given others when it is through with these."""
    line: deque[Place] = deque()
    hand = Hand()
    waiting = iter(sources)
    more = True
    while more or line:
        while more and len(line) < crew.size * _AHEAD and hand.size < _IN_HAND:
            source = next(waiting, None)
            if source is None:
                more = False
                break
            place = Place(source, hand)
            line.append(place)
            if source.settled:
                place.settle(Outcome.settled(source))
            else:
                crew.give(place)
        while line and (outcome := line[0].outcome) is not None:
            hand.size -= len(outcome.written)
            line.popleft()
            yield outcome
        if line and not (more and len(line) < crew.size * _AHEAD // 2 and hand.size < _IN_HAND):
            crew.turn()
