"""A Ray cluster: tasks handed out as there is room, done again elsewhere where a machine is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
from collections import deque
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

import regex

from newsclean.batch.clusters.lots import take_census
from newsclean.batch.clusters.shard_work import Bench, names_of
from newsclean.batch.formats.containers import holds_many
from newsclean.batch.formats.unpack import MissingExtra
from newsclean.batch.many import usable_cores
from newsclean.errors import NewscleanError, UsageError
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from types import ModuleType, TracebackType

    from newsclean.batch.clusters.lots import Census, Lot
    from newsclean.batch.clusters.shard_work import Learned, Made, Work
    from newsclean.batch.outcome import Source

_RETRIES = 5
"""Times that a task is done again because its machine or its process was lost, until the run is given up."""

_QUEUED = 1.5
"""Tasks handed out per core, so that none waits for the next."""

_LOOKED_AT = 10.0
"""Seconds after which it is asked again how large the cluster is: it may grow."""

_PATIENCE = 10.0
"""Seconds that a cluster may take to answer."""

_HOST = regex.compile(r"(?:ray://)?+([^:/]++):(\d++)")

_STORE = 100_000_000
"""Bytes of memory that a cluster started here sets aside for what tasks hand on, which is little."""

_SOURCES_AHEAD = 4_096
"""Sources in line behind a file whose records are being counted."""


class Cluster:
    """A cluster that was there, or is started on this machine."""

    def __init__(self, address: str | None, jobs: int | None) -> None:
        """address: of the cluster; None asks RAY_ADDRESS, and else starts one here. jobs: the most tasks at a time.

        Raises MissingExtra, UsageError when no cluster answers, NewscleanError when none can be started.
        """
        self._ray = _ray()
        self._jobs = jobs
        self._seen: tuple[float, int] | None = None
        address = address or os.environ.get("RAY_ADDRESS") or "local"
        here = {"num_cpus": jobs or usable_cores(), "object_store_memory": _STORE, "include_dashboard": False}
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody is told of a run but who started it
        more = here if address == "local" else {}
        try:
            _knock(address)
            with _own_signals():
                self._ray.init(address=address, log_to_driver=False, logging_level="CRITICAL", **more)
        except Exception as error:  # noqa: BLE001  (Ray raises bare exceptions, too)
            if address == "local":
                raise NewscleanError(f"no Ray cluster can be started on this machine: {_told(error)}") from None
            raise UsageError(f"--ray-address: no Ray cluster answers at {address}: {_told(error)}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with _own_signals():
            self._ray.shutdown()

    def counted(self, sources: Iterable[Source], work: Work) -> Generator[tuple[Source, Census | None]]:
        """The sources in their order, each file that holds many with its census. Raises NewscleanError."""
        count = self._task(take_census)
        line: deque[tuple[Source, Any]] = deque()
        counting = 0
        for source in sources:
            many = holds_many(source)
            line.append((source, count.remote(source, work.reading) if many else None))
            counting += many
            while line and (line[0][1] is None or counting >= self._room() or len(line) > _SOURCES_AHEAD):
                counting -= line[0][1] is not None
                yield self._answered(line.popleft())
        while line:
            yield self._answered(line.popleft())

    def made(self, lots: Iterable[tuple[Lot, bool]], work: Work) -> Generator[tuple[Lot, Made | tuple[str, int]]]:
        """What came of the lots, as they are done.

        lots: with whether they are to be made; of the others the digest and the weight are told.

        Raises NewscleanError, OSError: what a lot failed with.
        """
        make, names = self._task(_make), self._task(_names)
        yield from self._done(((lot, make if is_new else names) for lot, is_new in lots), work)

    def learned(self, lots: Iterable[Lot], work: Work) -> Generator[Learned]:
        """What the lots tell of their sites, as they are done. Raises NewscleanError, OSError, as one failed."""
        learn = self._task(_learn)
        for _, learned in self._done(((lot, learn) for lot in lots), work):
            yield learned

    def _done(self, tasks: Iterable[tuple[Lot, Any]], work: Work) -> Generator[tuple[Lot, Any]]:
        """The lots with what their tasks answer, as they do."""
        box = [self._ray.put(work)]
        token = os.urandom(8).hex()
        waiting = iter(tasks)
        todo: dict[Any, Lot] = {}
        more = True
        while more or todo:
            while more and len(todo) < self._room():
                call = next(waiting, None)
                if call is None:
                    more = False
                else:
                    lot, task = call
                    todo[task.remote(lot, token, box)] = lot
            if todo:
                done, _ = self._ray.wait(list(todo), num_returns=1)
                for answer in done:
                    yield todo.pop(answer), self._answer(answer)

    def _task(self, function: Callable[..., Any]) -> Any:
        return self._ray.remote(num_cpus=1, max_retries=_RETRIES)(function)

    def _answered(self, counted: tuple[Source, Any]) -> tuple[Source, Census | None]:
        source, answer = counted
        return source, None if answer is None else self._answer(answer)

    def _answer(self, answer: Any) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(answer)
        except errors.RayTaskError as error:
            cause = error.cause
            raise (cause if isinstance(cause, NewscleanError | OSError) else NewscleanError(_told(cause))) from None
        except errors.RayError as error:
            raise NewscleanError(f"the cluster lost a part {_RETRIES + 1} times: {_told(error)}") from None

    def _room(self) -> int:
        """Tasks that may be handed out at a time."""
        if self._jobs is not None:
            return self._jobs
        now = monotonic()
        if self._seen is None or now - self._seen[0] > _LOOKED_AT:
            self._seen = (now, max(int(self._ray.cluster_resources().get("CPU", 0)), 1))
        return ceil(self._seen[1] * _QUEUED)


_bench: tuple[str, Bench] | None = None
"""Of a process of the cluster: what it needs for a run's lots, kept from one to the next."""


def _make(lot: Lot, token: str, box: list[Any]) -> Made:
    """Do a lot, in a process of the cluster. token: of the run. box: where the Work is, should it be needed."""
    global _bench  # noqa: PLW0603  (tasks have no other place for what outlives them)
    try:
        return _bench_for(token, box).make(lot)
    except BaseException:
        _bench = None
        raise


def _learn(lot: Lot, token: str, box: list[Any]) -> Learned:
    """Learn from a lot, in a process of the cluster."""
    return _bench_for(token, box).learn(lot)


def _names(lot: Lot, token: str, box: list[Any]) -> tuple[str, int]:
    """Read the names of a lot's sources, in a process of the cluster."""
    return names_of(lot, _bench_for(token, box).work)


def _bench_for(token: str, box: list[Any]) -> Bench:
    global _bench  # noqa: PLW0603  (tasks have no other place for what outlives them)
    if _bench is None or _bench[0] != token:
        if _bench is not None:
            _bench[1].close()
            _bench = None
        _bench = (token, Bench(_ray().get(box[0])))
    return _bench[1]


def _ray() -> ModuleType:
    try:
        import ray  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtra("--engine ray", "ray") from None
    package: ModuleType = ray
    return package


def _told(error: BaseException) -> str:
    return one_line(f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}")[:300]


def _knock(address: str) -> None:
    """Raise OSError when nobody is there; Ray itself would try for minutes."""
    match = _HOST.fullmatch(address)
    if match:
        socket.create_connection((match[1], int(match[2])), _PATIENCE).close()


@contextlib.contextmanager
def _own_signals() -> Iterator[None]:
    """Leave it to this program what happens when it is told to end; Ray has handlers of its own."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
