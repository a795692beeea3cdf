"""What a machine of a cluster does with a lot: read its sources, clean them, write its output, and give account.

The output is the same as the local engine's: a page is cleaned by a worker process beside this one, so that its end or
its delay costs the page alone, and the shard takes its place when it is complete. To do a lot twice does no harm.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsclean._version import __version__
from newsclean.batch.clusters.lots import sources_of
from newsclean.batch.long_runs.making import Making
from newsclean.batch.long_runs.parts import SHARDED, Part
from newsclean.batch.long_runs.shards import shard_name
from newsclean.batch.workers.crew import Crew
from newsclean.batch.workers.local import by_crew
from newsclean.errors import NewscleanError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.batch.clusters.lots import Lot
    from newsclean.batch.formats.containers import Reading
    from newsclean.batch.job import Job
    from newsclean.batch.long_runs.parts import Entry
    from newsclean.batch.outcome import Outcome, Source
    from newsclean.batch.remote import AnyPath
    from newsclean.sites.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Work:
    """How the lots of a run are done. size: sources of a part. timeout: seconds that one source may take."""

    job: Job
    reading: Reading
    folder: AnyPath
    form: str
    size: int
    timeout: float
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a lot. weight: bytes of input. sample: a file that was written for it, if any."""

    entry: Entry
    weight: int
    sample: AnyPath | None


@dataclass(frozen=True, slots=True)
class Learned:
    """What a lot tells of its sites. pages: that could be read. failures: a JSON object for each other source."""

    sightings: tuple[Sighting, ...]
    pages: int
    failures: Sequence[str]
    weight: int


class Bench:
    """A place where lots are done one after another, with a worker process that outlives them."""

    def __init__(self, work: Work) -> None:
        """Take on the work. Raises UsageError when it is another version's."""
        if work.version != __version__:
            raise UsageError(
                f"the cluster has newsclean {__version__}, here it is {work.version}: install the same there"
            )
        self.work = work
        self._crew = Crew(work.job, 1, work.timeout)

    def close(self) -> None:
        """Stop the worker process."""
        self._crew.dismiss()

    def make(self, lot: Lot) -> Made:
        """Do a lot. Raises UsageError, OSError, MissingExtra; then nothing is left of it, and the bench is done for."""
        work = self.work
        making = Making(lot.number, work.folder, work.form)
        weight, sample = 0, None
        try:
            with contextlib.closing(by_crew(self._crew, _targeted(lot, work))) as outcomes:
                for outcome in map(_meant, outcomes):
                    making.take(outcome)
                    weight += outcome.source.weight
                    sample = sample or (None if outcome.error else outcome.source.target)
            entry = making.finish()
        except BaseException:
            making.abandon()
            self.close()
            raise
        if work.form in SHARDED:
            sample = work.folder / shard_name(lot.number, work.form)
        return Made(entry, weight, sample)

    def learn(self, lot: Lot) -> Learned:
        """Learn from a lot. Raises UsageError, OSError, MissingExtra; then the bench is done for."""
        part = Part(lot.number)
        sightings: list[Sighting] = []
        pages = weight = 0
        try:
            sources = sources_of(lot, self.work.reading, self.work.size)
            with contextlib.closing(by_crew(self._crew, sources)) as outcomes:
                for outcome in map(_meant, outcomes):
                    part.take(outcome)
                    pages += not (outcome.error or outcome.source.skipped)
                    weight += outcome.source.weight
                    if outcome.sighting is not None:
                        sightings.append(outcome.sighting)
        except BaseException:
            self.close()
            raise
        return Learned(tuple(sightings), pages, part.entry().failures, weight)


def names_of(lot: Lot, work: Work) -> tuple[str, int]:
    """The digest of a lot's sources, as the ledger has it, and their weight. Raises UsageError."""
    part = Part(lot.number)
    weight = 0
    for source in sources_of(lot, work.reading, work.size):
        part.take_name(source)
        weight += source.weight
    return part.digest, weight


def _targeted(lot: Lot, work: Work) -> Iterator[Source]:
    for source in sources_of(lot, work.reading, work.size):
        yield replace(source, target=None) if work.form in SHARDED else source


def _meant(outcome: Outcome) -> Outcome:
    """An outcome, unless it says that an option cannot be meant, or that there is no room for more."""
    if outcome.usage:
        raise UsageError(outcome.error)
    if outcome.ends:
        raise NewscleanError(outcome.error)
    return outcome
