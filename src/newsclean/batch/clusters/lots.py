"""Lots: parts of a long run as they are handed to other machines, which read the inputs themselves.

A part begins and ends in the midst of files, as its sources are counted over all inputs. So the records of each file
are counted first, and places noted where reading can begin; then it is known which files a part is in, and where.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsclean.batch.formats.containers import Start, holds_many, kind_of, records_of
from newsclean.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.batch.formats.containers import Reading
    from newsclean.batch.outcome import Source

_APART = 250
"""Sources between two places where reading can begin: what is read in vain before a part is a part of one hundredth."""


@dataclass(frozen=True, slots=True)
class Census:
    """What a file holds: sources that count, whether anything is passed over before the first, and where to begin."""

    sources: int
    is_led: bool = False
    starts: tuple[Start, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A file, or a page of its own. before: the sources before it, of all inputs. start: the record to begin with."""

    source: Source
    before: int
    start: Start | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """A part of a long run. sources: how many it has, without those that are passed over."""

    number: int
    spans: tuple[Span, ...]
    sources: int


def take_census(source: Source, reading: Reading) -> Census:
    """Count the sources in a file that holds many."""
    count, is_led, is_whole = 0, False, False
    starts: list[Start] = []
    for record in records_of(source, reading):
        is_led = is_led or (not count and bool(record.skipped))
        if record.begin is None:
            is_whole = is_whole or not record.error
        elif record.offset is not None and count >= (starts[-1].before if starts else 0) + _APART:
            starts.append(Start(record.offset, record.begin, count))
        count += not record.skipped
    if is_whole and source.path is not None and kind_of(source.path.name) == "warc":
        starts = []  # it was packed as a whole, and places within it mean nothing
    return Census(count, is_led, tuple(starts) if starts and _is_there(source, reading, starts[0]) else ())


def lots_of(counted: Iterable[tuple[Source, Census | None]], size: int) -> Iterator[Lot]:
    """The parts of so many sources each. counted: the inputs in their order, with a census where they hold many."""
    before = number = sources = 0
    spans: list[Span] = []
    for source, census in counted:
        count = census.sources if census is not None else int(not source.skipped)
        # what is passed over belongs to the source before it
        first = max(before - int(not count or (census is not None and census.is_led)), 0)
        last = max(before + count - 1, 0)
        for part in range(first // size, last // size + 1):
            if part != number:
                yield Lot(number, tuple(spans), sources)
                number, sources, spans = part, 0, []
            begin, end = max(part * size, before), min((part + 1) * size, before + count)
            spans.append(Span(source, before, _start(census, begin - before)))
            sources += max(end - begin, 0)
        before += count
    if spans:
        yield Lot(number, tuple(spans), sources)


def sources_of(lot: Lot, reading: Reading, size: int) -> Iterator[Source]:
    """The sources of a lot, records and all.

    Raises UsageError when there are not as many as were counted.
    """
    count = 0
    for span in lot.spans:
        number = span.before + (span.start.before if span.start is not None else 0) - 1
        for source in records_of(span.source, reading, span.start) if holds_many(span.source) else (span.source,):
            number += not source.skipped
            part = max(number, 0) // size
            if part > lot.number:
                break
            if part == lot.number:
                count += not source.skipped
                yield replace(source, part=part)
    if count != lot.sources:
        names = sorted({span.source.name for span in lot.spans if holds_many(span.source)})
        raise UsageError(f"{', '.join(names[:3])}: there are not as many pages as there were; the input has changed")


def _start(census: Census | None, wanted: int) -> Start | None:
    """The last place to begin reading at that misses nothing from a source on."""
    starts = [start for start in census.starts if start.before <= wanted] if census is not None else []
    return starts[-1] if starts else None


def _is_there(source: Source, reading: Reading, start: Start) -> bool:
    """Whether reading can begin there indeed."""
    try:
        record = next(records_of(source, reading, start), None)
    except UsageError:
        return False
    return record is not None and record.offset == start.offset
