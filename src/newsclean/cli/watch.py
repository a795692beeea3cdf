"""How far a run is: a display on a terminal, or now and then a line where there is none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Self, TextIO

from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from rich.table import Table

    from newsclean.batch.outcome import Outcome
    from newsclean.batch.report import Report

_REDRAW = 0.2
"""Seconds between two drawings of the display."""

_LINE = 30.0
"""Seconds between two lines, where there is no terminal."""

_RECENT = 20.0
"""Seconds that the speed is measured over: long enough to be calm, short enough to be true."""


@dataclass(slots=True)
class Pace:
    """What is done, how fast, and how long the rest will take. extent: bytes of input in all; 0 when nobody knows."""

    extent: int = 0
    done: int = 0
    failed: int = 0
    least: tuple[float, str] = (1.0, "")
    _read: int = 0
    _start: float = field(default_factory=monotonic)
    _mark: tuple[float, int, int] | None = None
    _speed: tuple[float, float] = (0.0, 0.0)

    def note(self, outcome: Outcome) -> None:
        """One source is done."""
        self._read += outcome.source.weight
        if outcome.source.skipped:
            return
        self.done += 1
        self.failed += bool(outcome.error)
        if outcome.tally is not None and outcome.tally.confidence < self.least[0]:
            self.least = (outcome.tally.confidence, outcome.source.label)

    def note_part(self, report: Report, weight: int) -> None:
        """Many sources are done, of so many bytes of input."""
        self._read += weight
        self.done += report.articles + report.failed
        self.failed += report.failed
        self.least = min([self.least, *report.least])

    @property
    def share(self) -> float | None:
        """How much of the input is read, 0 to 1."""
        return min(self._read / self.extent, 1.0) if self.extent else None

    def told(self) -> str:
        """It all on one line."""
        pages, size = self._speeds()
        rest = (self.extent - self._read) / size if self.extent and size else None
        left = f", {_clock(rest)} left" if rest is not None and rest >= 0 else ""
        return f"{self.done:,} done, {self.failed:,} failed, {pages:.1f} pages/s{left}"

    def _speeds(self) -> tuple[float, float]:
        """Pages and bytes per second of late."""
        now = monotonic()
        at, done, read = self._mark or (self._start, 0, 0)
        if now - at >= _RECENT or self._mark is None:
            span = max(now - at, 0.001)
            self._speed = ((self.done - done) / span, (self._read - read) / span)
            if now - at >= _RECENT:
                self._mark = (now, self.done, self._read)
        return self._speed


class Watch(ABC):
    """Someone who is told of each outcome, with the message about it, if any. extent: bytes of input in all."""

    def __init__(self, extent: int) -> None:
        self._pace = Pace(extent)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        return None

    def advance(self, outcome: Outcome, message: str = "") -> None:
        """One source is done."""
        self._pace.note(outcome)
        self._tell([message] if message else [])

    def advance_part(self, report: Report, weight: int, messages: Sequence[str]) -> None:
        """Many sources are done, of so many bytes of input."""
        self._pace.note_part(report, weight)
        self._tell(messages)

    def passed(self, weight: int) -> None:
        """So many bytes of input need not be read, for what is in them was done before."""
        self._pace.extent -= weight

    @abstractmethod
    def _tell(self, messages: Sequence[str]) -> None:
        """Show the messages, and how far the run is if that was not shown just now."""


class Lines(Watch):
    """A line now and then, for logs; each message is a line of its own."""

    def __init__(self, extent: int, *, stream: TextIO, doing: str = "cleaning", every: float = _LINE) -> None:
        super().__init__(extent)
        self._head = "newsclean" if doing == "cleaning" else f"newsclean: {doing}"
        self._stream = stream
        self._every = every
        self._told = monotonic()

    def _tell(self, messages: Sequence[str]) -> None:
        for message in messages:
            print(message, file=self._stream, flush=True)
        now = monotonic()
        if now - self._told >= self._every:
            self._told = now
            print(f"{self._head}: {self._pace.told()}", file=self._stream, flush=True)


class Display(Watch):
    """A bar with numbers on a terminal, with room for messages above it."""

    def __init__(self, extent: int, *, stream: TextIO, color: bool, doing: str = "cleaning") -> None:
        from rich.live import Live  # noqa: PLC0415  (rich is loaded when it is used)

        from newsclean.view import plain_console  # noqa: PLC0415  (rich is loaded when it is used)

        super().__init__(extent)
        self._doing = doing
        self._console = plain_console(stream, color=color, terminal=True)
        # Drawn by this thread alone: worker processes are started while it stands.
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        self._drawn = 0.0

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._live.stop()

    def _tell(self, messages: Sequence[str]) -> None:
        from rich.text import Text  # noqa: PLC0415  (rich is loaded when it is used)

        for message in messages:
            self._console.print(Text(message), soft_wrap=True)
        now = monotonic()
        if now - self._drawn >= _REDRAW:
            self._drawn = now
            self._live.update(self._drawing(), refresh=True)

    def _drawing(self) -> Table:
        from rich.progress_bar import ProgressBar  # noqa: PLC0415  (rich is loaded when it is used)
        from rich.table import Table  # noqa: PLC0415  (rich is loaded when it is used)
        from rich.text import Text  # noqa: PLC0415  (rich is loaded when it is used)

        share = self._pace.share
        table = Table.grid(padding=(0, 1))
        table.add_column(width=8)
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        bar = ProgressBar(total=100, completed=100 * (share or 0.0), width=20, pulse=share is None)
        head = Table.grid(padding=(0, 1))
        head.add_row(bar, Text(self._pace.told(), no_wrap=True, overflow="ellipsis"))
        table.add_row(self._doing, head)
        confidence, name = self._pace.least
        if name:
            table.add_row(
                "", Text(f"least certain {confidence:.2f} {one_line(name)}", no_wrap=True, overflow="ellipsis")
            )
        return table


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
