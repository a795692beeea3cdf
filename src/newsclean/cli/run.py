"""One run of the command: which inputs, by how many workers, to which output."""

from __future__ import annotations

import contextlib
import errno
import io
import shutil
import sys
from dataclasses import replace
from typing import IO, TYPE_CHECKING

import click

from newsclean.batch.formats.containers import spread
from newsclean.batch.job import SUFFIXES, Job
from newsclean.batch.long_runs.parts import SHARDED
from newsclean.batch.many import usable_cores
from newsclean.batch.remote import why_not
from newsclean.batch.report import Report, Totals
from newsclean.batch.sources import Inputs
from newsclean.batch.targets import Outlet, whole_file, write_whole
from newsclean.cli.clashes import check_clashes
from newsclean.cli.ending import mute_stdout, tidy_when_told_to_end
from newsclean.cli.telling import is_terminal, tell, tell_all, tell_earlier, wants_color, watch_of
from newsclean.errors import NewscleanError, UsageError
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from newsclean.batch.long_runs.corpus import Corpus
    from newsclean.batch.outcome import Outcome, Source
    from newsclean.batch.remote import AnyPath
    from newsclean.cli.request import Request
    from newsclean.cli.watch import Watch
    from newsclean.review.batch import Ledger

_GO_ON = "the same command with --resume goes on from here"

_FEW = 16
"""Files that are quicker cleaned here than by workers that have to be started first."""


def run(request: Request) -> int:
    """Clean what was asked for and return the exit code.

    Raises UsageError when the flags contradict each other, OSError when standard output or the output file fails.
    """
    if request.site_memory is not None or request.learn != "auto":
        from newsclean.cli.learn_run import check_memory  # noqa: PLC0415  (for those who have a memory)

        check_memory(request)
    folder, file = (None, None) if request.learn == "only" else request.output_place()
    check_clashes(request, folder, file)
    if request.output is None and sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    to_terminal = request.output is None and is_terminal(sys.stdout)
    job = Job(
        options=request.options,
        form=request.form,
        url=request.url,
        explain=request.explain,
        diff=request.diff,
        check=request.check,
        full=request.verbose,
        width=shutil.get_terminal_size().columns if to_terminal else 80,
        color=request.output is None and wants_color(request.color, sys.stdout),
        sketch=request.report is not None,
        room=_batch_room() if request.report is not None and request.is_batch else None,
    )
    inputs = Inputs.of(
        request.paths,
        folder=folder,
        suffix=SUFFIXES[request.form],
        limit=job.options.max_bytes,
        is_mirrored=not (request.is_in_parts(folder) and request.form in SHARDED),
        spared=[*request.configured, *([request.files_from] if request.files_from else [])],
    )
    ledger = _ledger() if request.report is not None else None
    with contextlib.ExitStack() as stack:
        stack.enter_context(tidy_when_told_to_end())
        corpus = stack.enter_context(_corpus(request, folder)) if request.is_in_parts(folder) and folder else None
        if request.site_memory is not None:
            from newsclean.cli.learn_run import learn_only, remember  # noqa: PLC0415  (for those who have a memory)

            if request.learn == "only":
                return learn_only(request, inputs)
            known = remember(request, inputs, corpus)
            job = replace(job, options=replace(job.options, site_memory=known))
        watch = watch_of(request, inputs)
        if watch is not None:
            stack.enter_context(watch)
        if corpus is not None and request.engine == "ray":
            from newsclean.cli.cluster_run import run_on_cluster  # noqa: PLC0415  (for those who have a cluster)

            run_on_cluster(request, job, inputs, corpus, watch)
            report, is_read = Report(), True
        else:
            sources = _sources(request, inputs, file, corpus, watch)
            report, is_read = _clean_here(request, outcomes_of(request, job, sources), file, corpus, watch, ledger)
        if not is_read and ledger is None:
            return report.exit_code
        if corpus is not None:
            report = corpus.finish()
            tell_earlier(corpus.failed_before(report), corpus.failures)
    written = ledger is None or _write_report(request, ledger)
    tell_all(request, report)
    return report.exit_code if written else 1


def _clean_here(
    request: Request,
    outcomes: Generator[Outcome],
    file: AnyPath | None,
    corpus: Corpus | None,
    watch: Watch | None,
    ledger: Ledger | None,
) -> tuple[Report, bool]:
    """Take the outcomes of this machine's work; the report, and whether somebody still reads what is written."""
    totals, read_on = Totals(), True
    with contextlib.closing(outcomes), _stream(request, file) as stream:
        outlet = Outlet(stream, request.form, many=request.is_batch)
        for outcome in outcomes:
            if outcome.usage:
                raise UsageError(outcome.error)
            if outcome.ends:
                raise NewscleanError(outcome.error if corpus is None else f"{outcome.error}; {_GO_ON}")
            tell(request, outcome, watch)
            if ledger is not None and not outcome.source.skipped:
                ledger.note(one_line(outcome.source.label), outcome.error, outcome.sketch)
            if corpus is not None:
                corpus.take(outcome)
            else:
                totals.add(outcome)
                read_on = read_on and (not outcome.written or _put(outlet, outcome))
            if not read_on and ledger is None:
                break
    return totals.report, read_on


def _ledger() -> Ledger:
    from newsclean.review.batch import Ledger  # noqa: PLC0415  (a run without --report needs no review)

    return Ledger()


def _batch_room() -> int:
    from newsclean.review.sketch import BATCH_ROOM  # noqa: PLC0415  (a run without --report needs no review)

    return BATCH_ROOM


def _write_report(request: Request, ledger: Ledger) -> bool:
    """Write the review, or say why it cannot be written."""
    from newsclean.review.write import write_review  # noqa: PLC0415  (Jinja is loaded when it is used)

    name = str(request.report)
    try:
        write_whole(name, write_review(ledger.account(), many=request.is_batch))
    except OSError as error:
        click.echo(f"newsclean: {one_line(name)} cannot be written: {why_not(error)}", err=True)
        return False
    return True


@contextlib.contextmanager
def _corpus(request: Request, folder: AnyPath) -> Iterator[Corpus]:
    """The account of a long run; whoever or whatever breaks it off, people are told how to go on."""
    from newsclean.batch.long_runs.corpus import Corpus  # noqa: PLC0415  (one page needs no account)

    mode = "resume" if request.resume else "overwrite" if request.overwrite else ""
    try:
        begun = Corpus(folder, request.form, request.settings, shard_size=request.shard_size, mode=mode)
    except OSError as error:
        raise NewscleanError(f"{folder} cannot be written: {why_not(error)}") from error
    with begun as corpus:
        try:
            yield corpus
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_GO_ON) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # nobody reads what is told any more
                raise
            raise NewscleanError(f"{folder} cannot be written: {why_not(error)}; {_GO_ON}") from error


def _sources(
    request: Request, inputs: Inputs, file: AnyPath | None, corpus: Corpus | None, watch: Watch | None
) -> Iterator[Source]:
    """What there is to do, record by record."""
    sources: Iterator[Source] = iter(inputs)
    if file is not None and not request.is_batch:
        sources = (replace(source, target=source.target or file) for source in sources)
    if request.is_corpus:
        sources = spread(sources, request.reading)
    return sources if corpus is None else corpus.todo(sources, watch.passed if watch is not None else None)


def outcomes_of(request: Request, job: Job, sources: Iterator[Source]) -> Generator[Outcome]:
    """The outcomes of all sources, in their order."""
    many = request.is_batch and (request.is_corpus or request.jobs or len(request.paths) > _FEW)
    if (many or request.timeout) and not request.is_here_alone:
        from newsclean.batch.workers.local import TIMEOUT, by_workers  # noqa: PLC0415  (a single page needs no multiprocessing)

        yield from by_workers(job, sources, request.jobs or usable_cores(), request.timeout or TIMEOUT)
    else:
        yield from map(job.do, sources)


@contextlib.contextmanager
def _stream(request: Request, file: AnyPath | None) -> Iterator[IO[bytes]]:
    """Where the articles go that go to no file of their own."""
    if file is not None and request.is_batch:
        with whole_file(file) as stream:
            yield stream
    else:
        yield sys.stdout.buffer if sys.stdout is not None else io.BytesIO()


def _put(outlet: Outlet, outcome: Outcome) -> bool:
    """Write an article; False when nobody reads any more, as after `| head`."""
    try:
        outlet.put(one_line(outcome.source.label), outcome.written)
    except BrokenPipeError:
        mute_stdout()
        return False
    return True
