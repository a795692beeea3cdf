"""A run on a cluster: what is done there is told here as if it were done here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsclean.batch.formats.unpack import MissingExtra
from newsclean.batch.long_runs.parts import SHARD_SIZE
from newsclean.batch.report import Report
from newsclean.errors import UsageError
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.batch.clusters.cluster import Cluster
    from newsclean.batch.job import Job
    from newsclean.batch.long_runs.corpus import Corpus
    from newsclean.batch.outcome import Source
    from newsclean.cli.request import Request
    from newsclean.cli.watch import Watch
    from newsclean.sites.gathering import Gathering


def run_on_cluster(request: Request, job: Job, sources: Iterable[Source], corpus: Corpus, watch: Watch | None) -> None:
    """Clean the sources on a Ray cluster, and tell what failed, in the order of the sources.

    Raises UsageError, NewscleanError when the cluster cannot do a part, OSError.
    """
    from newsclean.batch.clusters.afar import do_parts  # noqa: PLC0415  (for those who have a cluster)
    from newsclean.batch.clusters.shard_work import Work  # noqa: PLC0415  (for those who have a cluster)
    from newsclean.batch.workers.local import TIMEOUT  # noqa: PLC0415  (for those who have a cluster)

    work = Work(job, request.reading, corpus.folder, request.form, corpus.size, request.timeout or TIMEOUT)
    with _cluster(request) as cluster:
        for part in do_parts(corpus, cluster, sources, work):
            lines = [_told(failure) for failure in part.failures]
            if watch is None:
                for line in lines:
                    click.echo(line, err=True)
            elif part.is_new:
                watch.advance_part(part.report, part.weight, lines)
            else:
                watch.passed(part.weight)


def learn_on_cluster(
    request: Request, job: Job, sources: Iterable[Source], gathering: Gathering, watch: Watch | None, *, quietly: bool
) -> bool:
    """Learn from the sources on a Ray cluster; whether all could be read. quietly: nobody is told which could not.

    Raises UsageError, NewscleanError when the cluster cannot do a lot, OSError.
    """
    from newsclean.batch.clusters.afar import from_anywhere  # noqa: PLC0415  (for those who have a cluster)
    from newsclean.batch.clusters.lots import lots_of  # noqa: PLC0415  (for those who have a cluster)
    from newsclean.batch.clusters.shard_work import Work  # noqa: PLC0415  (for those who have a cluster)
    from newsclean.batch.workers.local import TIMEOUT  # noqa: PLC0415  (for those who have a cluster)

    work = Work(job, request.reading, Path(), request.form, SHARD_SIZE, request.timeout or TIMEOUT)
    failed = False
    with _cluster(request) as cluster:
        counted = cluster.counted(map(from_anywhere, sources), work)
        for learned in cluster.learned(lots_of(counted, work.size), work):
            for sighting in learned.sightings:
                gathering.add(sighting)
            failed = failed or bool(learned.failures)
            lines = [] if quietly else [_told(failure) for failure in learned.failures]
            if watch is not None:
                watch.advance_part(Report(articles=learned.pages, failed=len(learned.failures)), learned.weight, lines)
            else:
                for line in lines:
                    click.echo(line, err=True)
    return not failed


def _cluster(request: Request) -> Cluster:
    from newsclean.batch.clusters.cluster import Cluster  # noqa: PLC0415  (for those who have a cluster)

    try:
        return Cluster(request.ray_address, request.jobs)
    except MissingExtra as error:
        raise UsageError(str(error)) from None


def _told(failure: str) -> str:
    """The line about a failure, as the run on this machine has it."""
    fields = json.loads(failure)
    place = "" if fields["offset"] is None else f":{fields['offset']}"
    return f"newsclean: {one_line(fields['source'])}{place}: {fields['error']}"
