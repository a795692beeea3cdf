"""A job on many sources by worker processes of this machine, results in the order of the sources."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Self

from newsclean.batch.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

    from newsclean.batch.job import Job
    from newsclean.batch.outcome import Source

_AHEAD = 8
"""Sources in hand per worker: enough that one slow page stalls nobody, few enough that memory stays small."""

_PATIENCE = 5.0
"""Seconds that a worker may take to end the page it is at, when all is over."""

_TRIALS = 3
"""Workers that may be found dead before a source is given up."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""A page's matrices are small: with a thread per core, workers would only wait for one another."""


def by_workers(job: Job, sources: Iterable[Source], workers: int) -> Iterator[Outcome]:
    """Do the job in up to `workers` processes; the outcomes come in the order of the sources.

    Sources are taken as there is room, so memory does not grow with their number. A worker that dies costs the source
    it was at, which is named, and is replaced. When the caller stops early, the pages in work are ended and no others
    begun.
    """
    with _Crew(job, workers) as crew:
        line: deque[_Place] = deque()
        waiting = iter(sources)
        more = True
        while more or line:
            while more and len(line) < workers * _AHEAD and crew.has_room:
                source = next(waiting, None)
                if source is None:
                    more = False
                    break
                place = _Place(source)
                line.append(place)
                if source.settled:
                    place.outcome = Outcome.settled(source)
                else:
                    crew.give(place)
            while line and (outcome := line[0].outcome) is not None:
                line.popleft()
                yield outcome
            if line and not (more and len(line) < workers * _AHEAD and crew.has_room):
                crew.collect()


@dataclass(slots=True)
class _Place:
    """A source's place in the line, and its outcome once there is one."""

    source: Source
    outcome: Outcome | None = None


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    place: _Place | None = None


class _Crew:
    """The worker processes, hired one by one as there is work for them."""

    def __init__(self, job: Job, size: int) -> None:
        self._job = job
        self._size = size
        self._workers: list[_Worker] = []
        self._context = multiprocessing.get_context("spawn")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            self._see_off(worker, _PATIENCE)

    @property
    def has_room(self) -> bool:
        return len(self._workers) < self._size or any(worker.place is None for worker in self._workers)

    def give(self, place: _Place) -> None:
        """Give a source to a worker that has none."""
        for _ in range(_TRIALS):
            worker = next((worker for worker in self._workers if worker.place is None), None) or self._hire()
            try:
                worker.pipe.send(place.source)
            except OSError:  # it died while it had nothing to do: no fault of this source
                why = self._bury(worker)
            else:
                worker.place = place
                return
        place.outcome = Outcome(place.source, error=why)

    def collect(self) -> None:
        """Wait until some worker is done, and take what there is."""
        busy = {worker.pipe: worker for worker in self._workers if worker.place is not None}
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]  # wait() gives back what it was given
            place, worker.place = worker.place, None
            if place is None:
                continue
            try:
                place.outcome = worker.pipe.recv()
            except (EOFError, OSError):
                place.outcome = Outcome(place.source, error=self._bury(worker))

    def _hire(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._job), daemon=True)
        with _one_thread_each(), _no_interrupt():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _bury(self, worker: _Worker) -> str:
        self._workers.remove(worker)
        worker.pipe.close()
        self._see_off(worker, 1.0)
        code = worker.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return f"internal error: the worker process died on it ({how}); please report it"

    @staticmethod
    def _see_off(worker: _Worker, patience: float) -> None:
        worker.process.join(patience)
        if worker.process.is_alive():
            worker.process.terminate()
            worker.process.join(1.0)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def _work(pipe: Connection, job: Job) -> None:
    """A worker's life: it ends when the other end of the pipe closes, also because the parent was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # as in the command itself
    while True:
        try:
            pipe.send(job.do(pipe.recv()))
        except (EOFError, OSError):
            return


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
def _one_thread_each() -> Iterator[None]:
    unset = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, "1"))
    try:
        yield
    finally:
        for name in unset:
            del os.environ[name]
