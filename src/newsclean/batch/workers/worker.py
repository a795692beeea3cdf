"""A worker process: how it is hired, what its life is, and how it is seen off."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any

from newsclean.batch.outcome import Source
from newsclean.batch.workers.talk import receive, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from newsclean.batch.job import Job
    from newsclean.batch.outcome import Outcome
    from newsclean.batch.workers.hand import Place

_TOLD_TO_LEAVE = 128 + signal.SIGTERM
"""Exit code of a worker that left when it was told to, and tidied up."""

_CUT_OFF = 1
"""Exit code of one that left at once, with nothing tidied up."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""A page's matrices are small: with a thread per core, workers would only wait for one another."""

AT_LEAST = 0.1
"""Seconds after which a worker tells what it has done: to talk of several pages at once costs both sides less."""

_MUCH = 1_000_000
"""Bytes written, from which a worker tells at once."""

_NOTHING = Source("")

_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process, as those see it who give it work.

    deadline: when it is late, by the clock of `time.monotonic`. count: how many sources it is through with, as it says
    itself in memory that both share; heard: of how many of them it told. ready: it has started. turns: handfuls that it
    was given. places: what it has to do, or did and has not told of.
    """

    process: SpawnProcess
    pipe: Connection
    count: Any
    deadline: float
    heard: int = 0
    ready: bool = False
    turns: int = 0
    places: deque[Place] = field(default_factory=deque)

    @classmethod
    def hired(cls, job: Job, deadline: float) -> Worker:
        """Start a process; it sends None when it is ready, and then lists of outcomes."""
        ours, theirs = _CONTEXT.Pipe()
        count = _CONTEXT.RawValue("Q", 0)
        process = _CONTEXT.Process(target=_work, args=(theirs, count, job), daemon=True)
        with _one_thread_each(), _no_interrupt(), _no_main_module():
            process.start()
        theirs.close()
        return cls(process, ours, count, deadline)

    def take(self, outcomes: list[Outcome]) -> None:
        """Take what it told."""
        self.heard += len(outcomes)
        for outcome in outcomes:
            self.places.popleft().settle(outcome)

    def culprit(self) -> Place:
        """The place that it was at; the others are left."""
        at = min(self.count.value - self.heard, len(self.places) - 1)
        place = self.places[at]
        del self.places[at]
        return place

    def see_off(self, patience: float) -> None:
        """Wait until the process is gone, so many seconds; then make it go. It leaves no half of a file."""
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        targets = [place.source.target for place in self.places if place.source.target is not None]
        if targets and self.process.exitcode not in {0, _TOLD_TO_LEAVE}:
            from newsclean.batch.leftovers import remove_scratch_of  # noqa: PLC0415  (for those whose workers are killed)

            remove_scratch_of(self.process.pid or 0, targets)


def _work(pipe: Connection, count: Any, job: Job) -> None:
    """A worker's life: it ends when the other end of the pipe closes, also because the parent was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TOLD_TO_LEAVE))
    sys.unraisablehook = _leave_anyway
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # as in the command itself
    try:
        job.prepare()
        send(pipe, None)
        while True:
            done: list[Outcome] = []
            size, told = 0, monotonic()
            for source in receive(pipe):
                outcome = job.do(source)
                count.value += 1
                done.append(_sent_back(outcome))
                size += len(outcome.written)
                if size >= _MUCH or monotonic() - told >= AT_LEAST:
                    send(pipe, done)
                    done, size, told = [], 0, monotonic()
            if done:
                send(pipe, done)
    except (EOFError, OSError):
        # it is leaving: who tells it to now would only break off the end. Not SIG_IGN: of a signal that has come before
        # and then finds itself ignored, Python tells on stderr
        signal.signal(signal.SIGTERM, lambda *_: None)


def _leave_anyway(unraisable: sys.UnraisableHookArgs) -> None:
    """End where being told to leave fell into a destructor, which Python would tell of and go on."""
    if unraisable.exc_type is SystemExit:
        os._exit(_CUT_OFF)
    sys.__unraisablehook__(unraisable)


def _sent_back(outcome: Outcome) -> Outcome:
    """An outcome without its source, which the other end has; but for an address that was found in the record."""
    url = outcome.source.url
    return outcome.but(source=Source("", url=url) if outcome.error and url is not None else _NOTHING)


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let the processes that start here inherit that Ctrl-C is none of their business: the parent sees to it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _no_main_module() -> Iterator[None]:
    """Let the processes that start here not run the caller's script again, which none of them needs.

    With it, they would start later and larger, and a script without `if __name__ == "__main__":` would start itself
    again and again.
    """
    before = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = before


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    unset = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, "1"))
    try:
        yield
    finally:
        for name in unset:
            del os.environ[name]
