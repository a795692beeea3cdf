"""clean_many(): many sources from a program, the outcomes in their order."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from newsclean.batch.job import Job
from newsclean.batch.outcome import Source
from newsclean.checks import check_jobs, check_timeout
from newsclean.errors import UsageError
from newsclean.options import Options, check_options

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from bs4 import Tag

    from newsclean.batch.outcome import Outcome

_DEFAULT = Options()

_HEAD = 1_000
"""Characters of a page in which its doctype stands, if it has one."""


def clean_many(
    sources: Iterable[str | bytes | os.PathLike[str] | Tag | Source],
    *,
    jobs: int | None = None,
    options: Options = _DEFAULT,
    timeout: float | None = None,
) -> Generator[Outcome]:
    """Clean many sources; yields an Outcome for each, in their order.

    sources: HTML or text as `str`, undecoded `bytes`, paths, BeautifulSoup objects or Tags, or a `Source` where there
    is a name or address to it. They are taken only as there is room, so they may be endless. jobs: worker processes, by
    default one per core; 0 cleans here, without any. timeout: seconds above 0 that a worker may take for one source, by
    default 10.

    An outcome has the `article`, or the `error` on one line. A source that a worker dies of, or takes too long for,
    costs itself alone. Scripts need no `if __name__ == "__main__":` for it.

    Raises UsageError when an argument or option cannot be meant.

    >>> from newsclean import clean_many
    >>> [outcome.error.split(":")[0] for outcome in clean_many(["", b""], jobs=0)]
    ['empty', 'empty']
    """
    job = Job(options, form="article")
    return done(job, all_named(sources), jobs, timeout)


def done(job: Job, sources: Iterable[Source], jobs: int | None, timeout: float | None) -> Generator[Outcome]:
    """Do the job on the sources, here or in worker processes. jobs, timeout: as for `clean_many`.

    Raises UsageError when one of them cannot be meant, before any source is taken; and later, when an option cannot.
    """
    check_options(job.options)
    check_jobs(jobs)
    check_timeout(timeout)
    if jobs == 0:
        return _raising(outcome.but(source=outcome.source.but(content=None)) for outcome in map(job.do, sources))
    from newsclean.batch.workers.local import TIMEOUT, by_workers  # noqa: PLC0415  (not all need multiprocessing)

    return _raising(by_workers(job, sources, jobs or usable_cores(), timeout or TIMEOUT))


def _raising(outcomes: Generator[Outcome]) -> Generator[Outcome]:
    """The outcomes, but for an error that is the caller's own."""
    with contextlib.closing(outcomes):
        for outcome in outcomes:
            if outcome.usage:
                raise UsageError(outcome.error)
            yield outcome


def usable_cores() -> int:
    """The cores that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def all_named(sources: Iterable[str | bytes | os.PathLike[str] | Tag | Source]) -> Generator[Source]:
    """The sources of a program's, each with a name. Raises UsageError at once when it is only one source."""
    if isinstance(sources, str | bytes | os.PathLike | Source) or _is_tree(sources):
        raise UsageError(f"sources: {type(sources).__name__} is a single source; give a list, [source]")
    try:
        several = iter(sources)
    except TypeError:
        raise UsageError(f"sources: {type(sources).__name__} is no list of sources, nor yields any") from None
    return (_named(source, number) for number, source in enumerate(several))


def _named(source: str | bytes | os.PathLike[str] | Tag | Source, number: int) -> Source:
    """A source of a program's, with a name. number: its place among them."""
    if isinstance(source, Source):
        return source
    if isinstance(source, os.PathLike):
        path = Path(source)
        return Source(str(path), path)
    if isinstance(source, str | bytes):
        return Source(f"#{number}", content=source)
    if _is_tree(source):
        return Source(f"#{number}", content=_markup(source))
    return Source(
        f"#{number}",
        error=f"{type(source).__name__} is none of str, bytes, a path, a BeautifulSoup object or Tag, or a Source",
    )


def _is_tree(source: object) -> TypeGuard[Tag]:
    """Whether a source is a BeautifulSoup object or Tag; where nobody has loaded the package, none is."""
    bs4 = sys.modules.get("bs4")
    return bs4 is not None and isinstance(source, bs4.Tag)


def _markup(tree: Tag) -> str:
    """The HTML of a tree, to be read as such by whoever gets it."""
    markup = str(tree.decode(formatter="minimal"))
    # of a span alone nobody could tell that it is no text with some markup left
    return markup if "<!doctype" in markup[:_HEAD].lower() else f"<html>{markup}"
