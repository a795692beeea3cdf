"""How a run of the command ends when it is told to."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

import click

from newsclean.batch.remote import why_not
from newsclean.errors import NewscleanError, UsageError
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERRUPTED = 130


@contextlib.contextmanager
def told_in_a_line(ctx: click.Context) -> Iterator[None]:
    """Let whatever goes wrong end the command with a line and an exit code, not with a traceback."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit):
        raise
    except UsageError as error:
        raise click.UsageError(str(error), ctx) from error
    except KeyboardInterrupt as error:
        click.echo("; ".join(["newsclean: interrupted", *map(str, error.args)]), err=True)
        ctx.exit(INTERRUPTED)
    except OSError as error:
        _stop_on_stream_error(ctx, error)
    except NewscleanError as error:
        click.echo(f"newsclean: {one_line(str(error))}", err=True)
        ctx.exit(1)
    except Exception as error:  # noqa: BLE001  (people get a line, not a traceback)
        why = one_line(f"{type(error).__name__}: {error}")
        click.echo(f"newsclean: internal error: {why}; please report it", err=True)
        ctx.exit(1)


@contextlib.contextmanager
def tidy_when_told_to_end() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the run as an exit does and nobody disturb the end: so no half-made file is left."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [signal.SIGTERM]
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is signal.SIG_DFL:  # else it is to live on, as with nohup
        numbers.append(hangup)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody meant Ctrl-C to do nothing here
        numbers.append(signal.SIGINT)

    def end(number: int, _: object) -> NoReturn:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def mute_stdout() -> None:
    """Send what stdout still holds nowhere, so that the interpreter's last flush is quiet."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _stop_on_stream_error(ctx: click.Context, error: OSError) -> NoReturn:
    """End after a standard stream failed; a reader that has seen enough is no failure worth a word."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    if error.errno != errno.EPIPE:
        with contextlib.suppress(OSError):
            where = f"{one_line(str(error.filename))}: " if error.filename else ""
            click.echo(f"newsclean: {where}{why_not(error)}", err=True)
    mute_stdout()
    ctx.exit(1)
