"""Worker processes: hired as there is work, given a few sources at a time, replaced when they die or take too long."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import selectors
import signal
import sys
import threading
import warnings
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Self

from newsclean.batch.outcome import Outcome, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

    from newsclean.batch.job import Job

HANDFUL = 8
"""Sources given to a worker at a time: the talk with it costs one hundredth of the work then."""

_HEAVY = 1_000_000
"""Bytes from which a handful is full, so that a few large pages do not wait behind one another."""

_START = 60.0
"""Seconds that a worker may take to start, on a machine that is very busy."""

_PATIENCE = 0.5
"""Seconds that a worker may take to leave when told to, before it is made to."""

_FAILED_STARTS = 3
"""Workers in a row that may die before they are ready, until the batch is given up."""

_TOLD_TO_LEAVE = 128 + signal.SIGTERM
"""Exit code of a worker that left when it was told to, and tidied up."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""A page's matrices are small: with a thread per core, workers would only wait for one another."""

_NOTHING = Source("")


@dataclass(slots=True)
class Hand:
    """What a line of places holds. size: bytes that are read ahead, or written and not taken yet."""

    size: int = 0


@dataclass(slots=True, eq=False)
class Place:
    """A source's place in the line, and its outcome once there is one."""

    source: Source
    hand: Hand
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        """Count what was read ahead."""
        self.hand.size += len(self.source.content or "")

    def settle(self, outcome: Outcome) -> None:
        """Take an outcome; what was read ahead for it is let go."""
        self.hand.size += len(outcome.written) - len(self.source.content or "")
        if self.source.content is not None:
            self.source = self.source.but(content=None)
        self.outcome = outcome.but(source=self.source)


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    deadline: float
    ready: bool = False
    turns: int = 0
    places: deque[Place] = field(default_factory=deque)


class Crew:
    """The worker processes.

    size: the most at a time. timeout: seconds that one source may take.
    """

    def __init__(self, job: Job, size: int, timeout: float) -> None:
        self._job = job
        self.size = size
        self._timeout = timeout
        self._workers: list[_Worker] = []
        self._todo: deque[Place] = deque()
        self._failed_starts = 0
        self._context = multiprocessing.get_context("spawn")
        # multiprocessing's own wait() makes a new one each time, which is a sixth of what is done here for a page
        self._ears = None if sys.platform == "win32" else selectors.DefaultSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.dismiss()

    def dismiss(self) -> None:
        """Stop the workers at once."""
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.terminate()
        end = monotonic() + _PATIENCE
        for worker in self._workers:
            _see_off(worker, max(end - monotonic(), 0.0))
        if self._ears is not None:
            self._ears.close()

    def give(self, place: Place) -> None:
        """Put a source in the line of those that a worker is needed for."""
        self._todo.append(place)

    def turn(self) -> None:
        """Hand out what there is to do, and wait until something is done."""
        self._hand_out()
        busy = {worker.pipe: worker for worker in self._workers if worker.places or not worker.ready}
        if not busy:
            return
        soonest = min(worker.deadline for worker in busy.values())
        for worker in self._told(max(soonest - monotonic(), 0.0)):
            self._hear(worker)
        late = monotonic()
        for worker in list(busy.values()):
            # what is there to be read was done in time: it was the reader who took long
            if worker in self._workers and late > worker.deadline and not worker.pipe.poll():
                self._stop(worker)

    def _told(self, seconds: float) -> list[_Worker]:
        """The workers that have something to say, as soon as one has, or none after so long."""
        if self._ears is not None:
            return [key.data for key, _ in self._ears.select(seconds)]
        pipes = {worker.pipe: worker for worker in self._workers}
        return [pipes[pipe] for pipe in wait(list(pipes), seconds)]  # type: ignore[index]  # as they were given

    def _hand_out(self) -> None:
        while self._todo:
            worker = next((worker for worker in self._workers if worker.ready and not worker.places), None)
            if worker is None:
                starting = sum(not worker.ready for worker in self._workers)
                if len(self._workers) < self.size and starting * HANDFUL < len(self._todo):
                    self._hire()
                    continue
                return
            handful = self._handful(min(HANDFUL, 2**worker.turns))
            try:
                worker.pipe.send([place.source for place in handful])
            except OSError:  # it died while it had nothing to do: no fault of these sources
                self._todo.extendleft(reversed(handful))
                self._bury(worker)
                continue
            worker.places.extend(handful)
            worker.turns += 1
            worker.deadline = monotonic() + self._timeout

    def _handful(self, most: int) -> list[Place]:
        handful: list[Place] = []
        weight = 0
        while self._todo and len(handful) < most and weight < _HEAVY:
            place = self._todo.popleft()
            weight += place.source.weight or len(place.source.content or "")
            handful.append(place)
        return handful

    def _hear(self, worker: _Worker) -> None:
        try:
            outcome: Outcome | None = worker.pipe.recv()
        except (EOFError, OSError):
            code = self._bury(worker)
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            self._blame(worker, f"internal error: the worker process died on it ({how}); please report it")
            return
        worker.deadline = monotonic() + self._timeout
        if outcome is None:
            worker.ready = True
            self._failed_starts = 0
        else:
            worker.places.popleft().settle(outcome)

    def _stop(self, worker: _Worker) -> None:
        worker.process.kill()
        self._bury(worker)
        self._blame(worker, f"took longer than {self._timeout:g} s; --timeout SECONDS gives it more time")

    def _blame(self, worker: _Worker, why: str) -> None:
        """Settle the source that a worker was at; the others of its handful are given to the next worker."""
        if worker.ready and not worker.places:
            return  # it had nothing to do
        if worker.ready:
            worker.places.popleft().settle(Outcome(_NOTHING, error=why))
            self._todo.extendleft(reversed(worker.places))
            return
        self._failed_starts += 1
        if self._failed_starts >= _FAILED_STARTS:
            raise RuntimeError("worker processes do not start; run it with --jobs 1 to see why")

    def _hire(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._job), daemon=True)
        with _one_thread_each(), _no_interrupt(), _no_main_module():
            process.start()
        theirs.close()
        worker = _Worker(process, ours, monotonic() + _START)
        self._workers.append(worker)
        if self._ears is not None:
            self._ears.register(ours, selectors.EVENT_READ, worker)

    def _bury(self, worker: _Worker) -> int:
        self._workers.remove(worker)
        if self._ears is not None:
            self._ears.unregister(worker.pipe)
        worker.pipe.close()
        _see_off(worker, 1.0)
        return worker.process.exitcode or 0


def _see_off(worker: _Worker, patience: float) -> None:
    worker.process.join(patience)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    targets = [place.source.target for place in worker.places if place.source.target is not None]
    if targets and worker.process.exitcode not in {0, _TOLD_TO_LEAVE}:
        from newsclean.batch.leftovers import remove_scratch_of  # noqa: PLC0415  (for those whose workers are killed)

        remove_scratch_of(worker.process.pid or 0, targets)


def _work(pipe: Connection, job: Job) -> None:
    """A worker's life: it ends when the other end of the pipe closes, also because the parent was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TOLD_TO_LEAVE))
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # as in the command itself
    try:
        job.prepare()
        pipe.send(None)
        while True:
            for source in pipe.recv():
                pipe.send(job.do(source).but(source=_NOTHING))
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
