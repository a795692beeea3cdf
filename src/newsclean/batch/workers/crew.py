"""The workers of a batch: hired as there is work, given a few sources at a time, replaced when they die or are late."""

from __future__ import annotations

import selectors
import sys
from collections import deque
from multiprocessing.connection import wait
from time import monotonic
from typing import TYPE_CHECKING, Self

from newsclean.batch.workers.talk import receive, send
from newsclean.batch.workers.worker import AT_LEAST, Worker
from newsclean.errors import NewscleanError

if TYPE_CHECKING:
    from types import TracebackType

    from newsclean.batch.job import Job
    from newsclean.batch.outcome import Outcome
    from newsclean.batch.workers.hand import Place

HANDFUL = 12
"""Sources given to a worker at a time: the talk with it costs two hundredths of the work then."""

_HEAVY = 4_000_000
"""Bytes from which a handful is full, so that a few large pages do not wait behind one another."""

_START = 600.0
"""Seconds that a worker may take to start: one that lives is only slow, on a machine that has much else to do."""

_LONGEST_WAIT = 3_600.0
"""Seconds waited at a time: what a source may take can be longer than systems are able to wait for."""

_PATIENCE = 0.5
"""Seconds that a worker may take to leave when told to, before it is made to."""

_FAILED_STARTS = 3
"""Workers in a row that may not get ready, until the batch is given up."""


class Crew:
    """The worker processes.

    size: the most at a time. timeout: seconds that one source may take.
    """

    def __init__(self, job: Job, size: int, timeout: float) -> None:
        self._job = job
        self.size = size
        self._timeout = timeout
        self._workers: list[Worker] = []
        self._todo: deque[Place] = deque()
        self._failed_starts = 0
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
            worker.see_off(max(end - monotonic(), 0.0))
        if self._ears is not None:
            self._ears.close()

    def give(self, place: Place) -> None:
        """Put a source in the line of those that a worker is needed for."""
        self._todo.append(place)

    def turn(self) -> None:
        """Hand out what there is to do, and wait until something is done.

        Raises NewscleanError when workers do not start.
        """
        self._hand_out()
        busy = [worker for worker in self._workers if worker.places or not worker.ready]
        if not busy:
            return
        soonest = min(worker.deadline for worker in busy)
        for worker in self._told(min(max(soonest - monotonic(), 0.0), _LONGEST_WAIT)):
            self._hear(worker)
        late = monotonic()
        for worker in busy:
            # what is there to be read was done in time: it was the reader who took long
            if worker in self._workers and late > worker.deadline and not worker.pipe.poll():
                self._stop(worker)

    def _told(self, seconds: float) -> list[Worker]:
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
                send(worker.pipe, [place.source for place in handful])
            except OSError:  # it died while it had nothing to do: no fault of these sources
                self._todo.extendleft(reversed(handful))
                self._bury(worker)
                continue
            worker.places.extend(handful)
            worker.turns += 1
            worker.deadline = monotonic() + self._timeout + AT_LEAST

    def _handful(self, most: int) -> list[Place]:
        handful: list[Place] = []
        weight = 0
        while self._todo and len(handful) < most and weight < _HEAVY:
            place = self._todo.popleft()
            weight += place.source.weight or place.held
            handful.append(place)
        return handful

    def _hear(self, worker: Worker) -> None:
        try:
            outcomes: list[Outcome] | None = receive(worker.pipe)
        except (EOFError, OSError):
            code = self._bury(worker)
            self._blame(worker, f"signal {-code}" if code < 0 else f"exit code {code}")
            return
        worker.deadline = monotonic() + self._timeout + AT_LEAST
        if outcomes is None:
            worker.ready = True
            self._failed_starts = 0
        else:
            worker.take(outcomes)

    def _stop(self, worker: Worker) -> None:
        worker.process.kill()
        self._bury(worker)
        self._blame(worker, None)

    def _blame(self, worker: Worker, died_of: str | None) -> None:
        """Settle the source that a worker was at; the others of its handful are given to the next worker.

        died_of: unless it was late, and stopped.
        """
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                how = f"the last died ({died_of})" if died_of else f"the last was not ready after {_START:g} s"
                raise NewscleanError(f"worker processes do not start: {how}; is there too little memory?")
        elif worker.places:
            worker.culprit().fail(
                f"internal error: the worker process died on it ({died_of}); please report it"
                if died_of
                else f"took longer than {self._timeout:g} s; timeout=… (--timeout SECONDS) gives it more time"
            )
            self._todo.extendleft(reversed(worker.places))

    def _hire(self) -> None:
        worker = Worker.hired(self._job, monotonic() + _START)
        self._workers.append(worker)
        if self._ears is not None:
            self._ears.register(worker.pipe, selectors.EVENT_READ, worker)

    def _bury(self, worker: Worker) -> int:
        self._workers.remove(worker)
        if self._ears is not None:
            self._ears.unregister(worker.pipe)
        worker.pipe.close()
        worker.see_off(1.0)
        return worker.process.exitcode or 0
