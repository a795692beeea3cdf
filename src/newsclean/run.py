"""One run of the command: which inputs, by how many workers, to which output, and what people are told."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO

import click

from newsclean.batch.job import SUFFIXES, Job
from newsclean.batch.local import by_workers, here
from newsclean.batch.report import Report
from newsclean.batch.sources import STDIN, Inputs, same_file
from newsclean.batch.targets import Outlet, whole_file
from newsclean.errors import UsageError
from newsclean.options import Options
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from newsclean.batch.outcome import Outcome, Source
    from newsclean.options import InputKind, LineMode
    from newsclean.view import Watch

_FEW = 16
"""Files that are quicker cleaned here than by workers that have to be started first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The flags, as the command line took them; see `newsclean --help`."""

    paths: tuple[str, ...]
    output: str | None = None
    form: str = "text"
    as_: InputKind = "auto"
    encoding: str | None = None
    url: str | None = None
    language: str | None = None
    explain: bool = False
    threshold: float | None = None
    header: bool = True
    byline: LineMode = "normalize"
    dateline: LineMode = "normalize"
    now: str | None = None
    force: bool = False
    jobs: int | None = None
    quiet: bool = False
    verbose: bool = False
    color: str = "auto"

    @property
    def options(self) -> Options:
        """What the library is told."""
        return Options(
            as_=self.as_,
            encoding=self.encoding,
            language=self.language,
            threshold=self.threshold,
            header=self.header,
            byline=self.byline,
            dateline=self.dateline,
            now=self.now,
            force=self.force,
        )

    @property
    def has_folder(self) -> bool:
        """Whether some input is a folder."""
        return any(Path(path).is_dir() for path in self.paths if path != STDIN)

    @property
    def is_batch(self) -> bool:
        """Whether there may be more than one source."""
        return len(self.paths) > 1 or self.has_folder


def run(request: Request) -> int:
    """Clean what was asked for and return the exit code.

    Raises UsageError when the flags contradict each other, OSError when standard output or the output file fails.
    """
    folder, file = _output(request)
    to_terminal = request.output is None and sys.stdout.isatty()
    job = Job(
        options=request.options,
        form=request.form,
        url=request.url,
        explain=request.explain,
        full=request.verbose,
        width=shutil.get_terminal_size().columns if to_terminal else 80,
        color=request.output is None and _wants_color(request.color, sys.stdout),
    )
    inputs = Inputs.of(request.paths, folder=folder, suffix=SUFFIXES[request.form], limit=job.options.max_bytes)
    report = Report()
    with contextlib.ExitStack() as stack:
        watch = _watch(request, inputs)
        if watch is not None:
            stack.enter_context(watch)
        outcomes = stack.enter_context(contextlib.closing(_outcomes(request, job, inputs, file)))
        outlet = Outlet(stack.enter_context(_stream(request, file)), request.form, many=request.is_batch)
        for outcome in outcomes:
            report += Report.of(outcome)
            if outcome.usage:
                raise UsageError(outcome.error)
            _tell(request, outcome, watch)
            if outcome.written and not _put(outlet, outcome):
                return report.exit_code
    if not request.quiet and (request.has_folder or request.verbose or (request.is_batch and request.output)):
        from newsclean.view import summary  # noqa: PLC0415  (rich is loaded when it is used)

        summary(report, stream=sys.stderr, color=_wants_color(request.color, sys.stderr), full=request.verbose)
    return report.exit_code


def _output(request: Request) -> tuple[Path | None, Path | None]:
    """The folder or the file that the output goes to; neither for stdout.

    Raises UsageError where an input would be written over.
    """
    if request.url and request.is_batch:
        raise UsageError("--url says where one page came from; give it with a single input")
    if request.output is None:
        if request.form == "json" and request.is_batch:
            raise UsageError("several inputs make no JSON document: use -f jsonl, or -o FOLDER")
        return None, None
    output = Path(request.output)
    is_folder = output.is_dir() or request.output.endswith(os.sep)
    if request.form == "jsonl" and not is_folder:
        is_folder = False
    elif request.is_batch:
        is_folder = True
    if is_folder and output.exists() and not output.is_dir():
        raise UsageError(f"--output: {request.output} is a file; several inputs need a folder")
    for path in request.paths:
        if path != STDIN and same_file(path, output):
            raise UsageError(f"--output: {request.output} is an input itself; choose another")
        if not is_folder and Path(path).is_dir() and Path(path).resolve() in output.resolve().parents:
            raise UsageError(f"--output: {request.output} lies among the inputs; choose a place outside {path}")
    return (output, None) if is_folder else (None, output)


def _outcomes(request: Request, job: Job, inputs: Inputs, file: Path | None) -> Generator[Outcome]:
    """The outcomes of all sources, in their order."""
    if not request.is_batch:
        sources: Iterator[Source] = (replace(source, target=source.target or file) for source in inputs)
        yield from here(job, sources)
    elif request.has_folder or request.jobs is not None or len(request.paths) > _FEW:
        yield from by_workers(job, iter(inputs), request.jobs or _cores())
    else:
        yield from here(job, inputs)


@contextlib.contextmanager
def _stream(request: Request, file: Path | None) -> Iterator[IO[bytes]]:
    """Where the articles go that go to no file of their own."""
    if file is not None and request.is_batch:
        with whole_file(file) as stream:
            yield stream
    else:
        sys.stdout.flush()
        yield sys.stdout.buffer


def _put(outlet: Outlet, outcome: Outcome) -> bool:
    """Write an article; False when nobody reads any more, as after `| head`."""
    try:
        outlet.put(one_line(outcome.source.name), outcome.written)
    except BrokenPipeError:
        mute_stdout()
        return False
    return True


def _tell(request: Request, outcome: Outcome, watch: Watch | None) -> None:
    """One line on stderr for what went wrong, and for what was passed over where that is asked for."""
    source = outcome.source
    line = ""
    if outcome.error:
        line = f"newsclean: {one_line(source.name)}: {outcome.error}"
    elif source.skipped and request.verbose:
        line = f"newsclean: {one_line(source.name)}: skipped, {source.skipped}"
    if watch is not None:
        watch.advance(line)
    elif line:
        click.echo(line, err=True)


def _watch(request: Request, inputs: Inputs) -> Watch | None:
    """A progress bar, where someone may be looking at it and nothing else is written there."""
    in_view = sys.stderr.isatty() and not (request.output is None and sys.stdout.isatty())
    if request.quiet or not request.is_batch or not in_view:
        return None
    from newsclean.view import Watch  # noqa: PLC0415  (rich is loaded when it is used)

    return Watch(inputs.count(), stream=sys.stderr, color=_wants_color(request.color, sys.stderr))


def mute_stdout() -> None:
    """Send what stdout still holds nowhere, so that the interpreter's last flush is quiet."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _cores() -> int:
    """The cores that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _wants_color(when: str, stream: TextIO) -> bool:
    """Whether to colour what goes to a stream (https://no-color.org)."""
    if when != "auto":
        return when == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
