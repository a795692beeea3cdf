"""Files that hold many pages: which they are, and the pages in them one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from newsclean.batch.remote import why_not
from newsclean.errors import NewscleanError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.batch.outcome import Source

FIELDS = ("html", "text", "content", "raw_content")
"""Where a record's page is looked for when nobody says."""

URL_FIELD = "url"

_KINDS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".warc": "warc", ".wet": "warc", ".parquet": "parquet"}
_PACKED = (".gz", ".zst")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How records are read.

    field: of the page in JSON Lines and Parquet; None looks for the usual ones. url_field: of its address.
    limit: the most bytes of one page.
    """

    field: str | None = None
    url_field: str = URL_FIELD
    limit: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Start:
    """A record that reading can begin with: its `offset` and `begin`, and how many sources its file has before it."""

    offset: int
    begin: int
    before: int


def kind_of(name: str) -> str | None:
    """The kind of a file that holds many pages ("jsonl", "warc", "parquet"), by its name; None for any other file."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    return _KINDS.get(suffixes[-1]) if suffixes else None


def spread(sources: Iterable[Source], reading: Reading) -> Iterator[Source]:
    """The sources, with the records of each file that holds many pages in its place."""
    for source in sources:
        if holds_many(source):
            yield from records_of(source, reading)
        else:
            yield source


def holds_many(source: Source) -> bool:
    """Whether a source is a file of many pages, to be read."""
    return not source.settled and source.path is not None and kind_of(source.path.name) is not None


def records_of(source: Source, reading: Reading, start: Start | None = None) -> Iterator[Source]:
    """The records of a file that holds many pages. start: the one to begin with; the first by default.

    Raises UsageError when there is no record at `start`.
    """
    try:
        for record in _records(source, reading, start):
            yield _placed(record, source)
    except UsageError:
        raise
    except NewscleanError as error:
        yield replace(source, error=str(error))
    except OSError as error:
        yield replace(source, error=f"cannot be read: {why_not(error)}")


def no_record(source: Source, start: Start) -> UsageError:
    """The error that a file is not what it was when its records were counted."""
    return UsageError(f"{source.name}: there is no record at {start.offset} any more; it changed while it was read")


def _records(source: Source, reading: Reading, start: Start | None) -> Iterator[Source]:
    kind = kind_of(source.path.name) if source.path is not None else None
    if kind == "jsonl":
        from newsclean.batch.formats.jsonlines import read_lines  # noqa: PLC0415  (loaded by those who have such files)

        return read_lines(source, reading, start)
    if kind == "warc":
        from newsclean.batch.formats.warc import read_warc  # noqa: PLC0415  (loaded by those who have such files)

        return read_warc(source, reading, start)
    from newsclean.batch.formats.parquet import read_rows  # noqa: PLC0415  (loaded by those who have such files)

    return read_rows(source, reading, start)


def _placed(record: Source, source: Source) -> Source:
    """A record with the file that its article goes to, in a folder called as the file would be."""
    if source.target is None or record.offset is None:
        return record
    return record.but(target=source.target / f"{record.offset:012d}{source.target.suffix}")
