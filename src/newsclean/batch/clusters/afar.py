"""A long run on a cluster: its parts are made there, and their account is kept here, in the order of the inputs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.batch.clusters.lots import lots_of
from newsclean.batch.clusters.shard_work import Made
from newsclean.batch.leftovers import remove_scratch
from newsclean.batch.report import Report
from newsclean.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsclean.batch.clusters.cluster import Cluster
    from newsclean.batch.clusters.lots import Lot
    from newsclean.batch.clusters.shard_work import Work
    from newsclean.batch.long_runs.corpus import Corpus
    from newsclean.batch.outcome import Source
    from newsclean.batch.remote import AnyPath


@dataclass(frozen=True, slots=True)
class Finished:
    """A part that is done. weight: bytes of input. is_new: by this run. failures: a JSON object for each."""

    weight: int
    is_new: bool = False
    report: Report = field(default_factory=Report)
    failures: Sequence[str] = ()


def do_parts(corpus: Corpus, cluster: Cluster, sources: Iterable[Source], work: Work) -> Iterator[Finished]:
    """Do what is not done yet on a cluster; the parts come in their order, and are in the ledger sooner.

    sources: files, not yet spread into their records.

    Raises UsageError when the inputs are not what they were, or the cluster writes elsewhere than is read here;
    NewscleanError and OSError when a part cannot be done.
    """
    work = replace(work, folder=_absolute(work.folder))
    counted = cluster.counted((from_anywhere(source) for source in sources), work)
    lots = ((lot, not corpus.is_done(lot.number)) for lot in lots_of(counted, work.size))
    ready: dict[int, Finished] = {}
    turn = last = 0
    for lot, made in cluster.made(lots, work):
        last = max(last, lot.number)
        ready[lot.number] = _entered(corpus, lot, made)
        while turn in ready:
            yield ready.pop(turn)
            turn += 1
    corpus.check_end(last)
    remove_scratch(corpus.folder)  # of machines that were lost


def _entered(corpus: Corpus, lot: Lot, made: Made | tuple[str, int]) -> Finished:
    if not isinstance(made, Made):
        digest, weight = made
        corpus.check(lot.number, digest)
        return Finished(weight)
    if made.sample is not None and not made.sample.exists():
        raise UsageError(
            f"{made.sample} was written by the cluster and is not here: --output must be a folder that all machines "
            "share, or an address (s3://…)"
        )
    corpus.enter(made.entry)
    return Finished(made.weight, True, made.entry.report, made.entry.failures)


def from_anywhere(source: Source) -> Source:
    """A source whose paths mean the same in every working directory; its name stays."""
    return replace(
        source,
        path=None if source.path is None else _absolute(source.path),
        target=None if source.target is None else _absolute(source.target),
    )


def _absolute(place: AnyPath) -> AnyPath:
    return place.absolute() if isinstance(place, Path) else place
