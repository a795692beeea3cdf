"""clean_many(): many sources from a program, the outcomes in their order."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.batch.job import Job
from newsclean.batch.outcome import Source
from newsclean.errors import UsageError
from newsclean.options import Options

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from newsclean.batch.outcome import Outcome

_DEFAULT = Options()


def clean_many(
    sources: Iterable[str | bytes | os.PathLike[str] | Source],
    *,
    jobs: int | None = None,
    options: Options = _DEFAULT,
    timeout: float | None = None,
) -> Generator[Outcome]:
    """Clean many sources; yields an Outcome for each, in their order.

    sources: HTML or text as `str`, undecoded `bytes`, paths, or a `Source` where there is a name or address to it. They
    are taken only as there is room, so they may be endless. jobs: worker processes, by default one per core; 0 cleans
    here, without any. timeout: seconds that a worker may take for one source, by default 10.

    An outcome has the `article`, or the `error` on one line. A source that a worker dies of, or takes too long for,
    costs itself alone. Scripts need no `if __name__ == "__main__":` for it.

    Raises UsageError when an option cannot be meant.

    >>> from newsclean import clean_many
    >>> [outcome.error.split(":")[0] for outcome in clean_many(["", b""], jobs=0)]
    ['empty', 'empty']
    """
    job = Job(options, form="article")
    given = (named(source, number) for number, source in enumerate(sources))
    if jobs == 0:
        outcomes = (replace(outcome, source=replace(outcome.source, content=None)) for outcome in map(job.do, given))
    else:
        from newsclean.batch.local import TIMEOUT, by_workers  # noqa: PLC0415  (not all need multiprocessing)

        outcomes = by_workers(job, given, jobs or usable_cores(), timeout or TIMEOUT)
    with contextlib.closing(outcomes):
        for outcome in outcomes:
            if outcome.usage:
                raise UsageError(outcome.error)
            yield outcome


def usable_cores() -> int:
    """The cores that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def named(source: str | bytes | os.PathLike[str] | Source, number: int) -> Source:
    """A source of a program's, with a name. number: its place among them."""
    if isinstance(source, Source):
        return source
    if isinstance(source, os.PathLike):
        path = Path(source)
        return Source(str(path), path)
    if isinstance(source, str | bytes):
        return Source(f"#{number}", content=source)
    return Source(f"#{number}", error=f"{type(source).__name__} is none of str, bytes, a path or a Source")
