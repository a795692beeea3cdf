"""What people are told of a run: a line for what went wrong, how far it is, and at its end what came of it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

import click

from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from newsclean.batch.outcome import Outcome
    from newsclean.batch.remote import AnyPath
    from newsclean.batch.report import Report
    from newsclean.batch.sources import Inputs
    from newsclean.cli.request import Request
    from newsclean.cli.watch import Watch


def tell(request: Request, outcome: Outcome, watch: Watch | None) -> None:
    """One line on stderr for what went wrong, and for what was passed over where that is asked for."""
    source = outcome.source
    line = ""
    if outcome.error:
        line = f"newsclean: {one_line(source.label)}: {outcome.error}"
    elif source.skipped and request.verbose:
        line = f"newsclean: {one_line(source.label)}: skipped, {source.skipped}"
    if watch is not None:
        watch.advance(outcome, line)
    elif line:
        click.echo(line, err=True)


def tell_earlier(failed: int, failures: AnyPath) -> None:
    """One line on stderr where inputs failed before a run was gone on with. failures: the file that names them."""
    if failed:
        inputs, where = "input" if failed == 1 else "inputs", one_line(str(failures))
        click.echo(f"newsclean: {failed:,} {inputs} failed in earlier runs, named in {where}", err=True)


def watch_of(request: Request, inputs: Inputs, doing: str = "cleaning") -> Watch | None:
    """Someone to tell how far the run is: on a terminal that nothing else is written to, or in lines for a log."""
    if request.quiet or not request.is_batch or sys.stderr is None:
        return None
    from newsclean.cli.watch import Display, Lines  # noqa: PLC0415  (a single page is done too soon)

    if not is_terminal(sys.stderr):
        return Lines(inputs.extent(), stream=sys.stderr, doing=doing)
    if request.output is None and is_terminal(sys.stdout):
        return None
    return Display(inputs.extent(), stream=sys.stderr, color=wants_color(request.color, sys.stderr), doing=doing)


def tell_all(request: Request, report: Report) -> None:
    """What came of a run, as a table on stderr, unless it was about a single page or nobody wants to know."""
    if sys.stderr is None or request.quiet:
        return
    if request.is_corpus or request.verbose or (request.is_batch and request.output):
        from newsclean.view import summary  # noqa: PLC0415  (rich is loaded when it is used)

        summary(report, stream=sys.stderr, color=wants_color(request.color, sys.stderr), full=request.verbose)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; a closed one, which Python gives as None, is not."""
    return stream is not None and stream.isatty()


def wants_color(when: str, stream: TextIO | None) -> bool:
    """Whether to colour what goes to a stream (https://no-color.org)."""
    if when != "auto":
        return when == "always"
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
