"""The command, with a clock in it: how much CPU time goes into clean(), and how much into all that is around it.

    python benchmarks/timed_job.py ARGUMENTS OF newsclean

What a worker spends within clean() and on the article's line of JSON is told apart from all else that it spends. So all
is told of one and the same run, and whatever slows the machine down slows all of it. The first page of each worker,
which fills caches, is left out. Seconds a page: `bare`, in clean() and on its line; `around`, what else is done with a
page, opening its record included; `talk`, what a worker spends beside that, on pipes and pickles; `parent`, of which
`reading`; `clock`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import newsclean.batch.long_runs.corpus
import newsclean.cli.run
from newsclean import pipeline, reading
from newsclean.batch.formats.containers import spread
from newsclean.batch.job import Job
from newsclean.batch.outcome import Source
from newsclean.cli import main
from newsclean.writing import json as lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsclean.batch.formats.containers import Reading
    from newsclean.batch.outcome import Outcome


class Mark(NamedTuple):
    """CPU seconds that a worker has spent so far: barely, on its job, in all; and the pages that it did."""

    pid: int = 0
    pages: int = 0
    bare: float = 0.0
    done: float = 0.0
    spent: float = 0.0


SPENT = {"reading": 0.0, "barely": 0.0, "on the job": 0.0, "pages": 0.0}


def timed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The function, what it spends being added up under a name."""

    def with_clock(*arguments: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            SPENT[name] += time.process_time() - began

    return with_clock


@dataclass(frozen=True, slots=True)
class TimedJob(Job):
    """A job that tells with each outcome what its worker has spent so far."""

    def prepare(self) -> None:
        """Put the clock where the job looks for what it needs."""
        # the two that clean() calls, and so does the job
        reading.read = timed(reading.read, "barely")
        pipeline.clean_page = timed(pipeline.clean_page, "barely")
        lines.write_json_line = timed(lines.write_json_line, "barely")
        Job.prepare(self)

    def do(self, source: Source) -> Outcome:
        """Clean a source."""
        outcome = timed(Job.do, "on the job")(self, source)
        SPENT["pages"] += 1
        so_far = Mark(os.getpid(), SPENT["pages"], SPENT["barely"], SPENT["on the job"], time.process_time())
        return replace(outcome, sketch=so_far)


def timed_spread(sources: Iterable[Source], reading: Reading) -> Iterator[Source]:
    records = spread(sources, reading)
    record: Source | None = Source("")
    while record is not None:
        began = time.process_time()
        record = next(records, None)
        SPENT["reading"] += time.process_time() - began
        if record is not None:
            yield record


class Account:
    """What the command and its workers spent, from the first to the last outcome that is told of."""

    def __init__(self) -> None:
        self.first: dict[int, Mark] = {}
        self.last: dict[int, Mark] = {}
        self.times: list[tuple[float, float, float]] = []
        self.pages = 0

    def take(self, outcome: Outcome) -> Outcome:
        """Take an outcome into account."""
        self.times = [*self.times[:1], (time.perf_counter(), time.process_time(), SPENT["reading"])]
        self.pages += 1
        if outcome.sketch is not None:
            self.first.setdefault(outcome.sketch.pid, outcome.sketch)
            self.last[outcome.sketch.pid] = outcome.sketch
        return replace(outcome, sketch=None)

    def told(self) -> dict[str, float]:
        """Seconds a page."""
        spans = [
            Mark(0, *(b - a for a, b in zip(self.first[pid][1:], self.last[pid][1:], strict=True)))
            for pid in self.first
        ]
        pages, bare, done, spent = (sum(part) for part in list(zip(*spans, strict=True))[1:])
        clock, parent, reading = ((b - a) / (self.pages - 1) for a, b in zip(*self.times, strict=True))
        return {
            "pages": self.pages,
            "bare": bare / pages,
            "around": (done - bare) / pages,
            "talk": (spent - done) / pages,
            "parent": parent,
            "reading": reading,
            "clock": clock,
        }


def run() -> None:
    account = Account()
    take = newsclean.batch.long_runs.corpus.Corpus.take
    newsclean.batch.long_runs.corpus.Corpus.take = lambda corpus, outcome: take(corpus, account.take(outcome))
    newsclean.cli.run.Job = TimedJob
    newsclean.cli.run.spread = timed_spread
    try:
        main()
    except SystemExit as end:
        print(json.dumps(account.told()))
        sys.exit(end.code)


if __name__ == "__main__":
    import timed_job  # workers know the job by this name

    timed_job.run()
