"""WARC files, packed or not: the pages that a crawler fetched, and the texts of WET files."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsclean.batch.formats.containers import no_record
from newsclean.batch.formats.unpack import GZIP, LZ4, ZSTD, MissingExtra
from newsclean.batch.outcome import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.batch.formats.containers import Reading, Start
    from newsclean.batch.remote import AnyPath

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", ""})
"""Content types that a page may have; a server that says none may mean one."""

_MAGIC = (GZIP, ZSTD, LZ4, b"WARC")

_PIECE = 1 << 16


def read_warc(source: Source, reading: Reading, start: Start | None = None) -> Iterator[Source]:
    """The pages of a WARC file, each named by the byte that its record starts at. start: the record to begin with.

    Records of another type than HTML or text, and answers other than 2xx, are passed over and named as skipped.
    Requests, metadata and records that repeat an earlier one are no pages.

    In a file that was packed as a whole, records have no place of their own: they are numbered on from the last that
    has one.

    Raises OSError when the file cannot be opened, MissingExtra when FastWARC is not installed, UsageError when no
    record begins at `start`.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtra("WARC", "warc") from None
    if source.path is None:
        return
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    place, offset, is_told = 0, -1, False
    with source.path.open("rb") as raw:
        if start is not None:
            place = raw.seek(start.begin)
            if not raw.read(4).startswith(_MAGIC):
                raise no_record(source, start)
            raw.seek(place)
        records = iter(ArchiveIterator(raw, record_types=kinds, parse_http=True, auto_decode="all"))
        while True:
            try:
                record = next(records, None)
                if record is None:
                    why = "" if is_told else _what_is_wrong(source.path, place)
                    if why:
                        yield Source(source.name, offset=max(place, offset), error=why)
                    return
                weight, place = max(record.stream_pos - place, 0), record.stream_pos
                begin = place if place > offset else None
                offset = max(place, offset + 1)
                here = Source(source.name, offset=offset, weight=weight, begin=begin)
                page = _read_record(record, here, reading.limit)
            except OSError as error:
                why = f"corrupt after this record: {str(error).lower() or 'it cannot be unpacked'}"
                weight = max(source.weight - place, 0)
                yield Source(source.name, offset=max(place, offset), weight=weight, error=why)
                return
            is_told = bool(page.error)
            yield page


def _what_is_wrong(path: AnyPath, start: int) -> str:
    """What keeps a file from being read to its end, after the record that begins at `start`, or nothing."""
    with path.open("rb") as raw:
        if not raw.read(1):
            return "empty: it holds no records"
    return "truncated: the end of the file is missing" if _is_cut(path, start) else ""


def _is_cut(path: AnyPath, start: int) -> bool:
    """Whether a gzip member is unfinished after the last record; such an end goes unnoticed while records are read."""
    with path.open("rb") as raw:
        raw.seek(start)
        member = None
        while piece := raw.read(_PIECE):
            while piece:
                if member is None:
                    if not GZIP.startswith(piece[:2]):
                        return False
                    member = zlib.decompressobj(wbits=31)
                try:
                    member.decompress(piece, _PIECE)
                except zlib.error:
                    return True
                piece = member.unused_data if member.eof else member.unconsumed_tail
                member = None if member.eof else member
    return member is not None


def _read_record(record: Any, source: Source, limit: int) -> Source:
    headers = record.http_headers
    kind = record.http_content_type if headers else record.headers.get("Content-Type", "").partition(";")[0].strip()
    status = headers.status_code if headers else None
    if (kind or "").lower() not in _PAGE_TYPES:
        return _passed_over(source, f"it is {kind}, neither HTML nor text")
    if status is not None and not 200 <= status < 300:
        return _passed_over(source, f"the server answered {status}")
    content = record.reader.read(limit + 1)
    encoded = headers is not None and (headers.get("Content-Encoding") or headers.get("Transfer-Encoding"))
    if not encoded and len(content) < min(record.content_length, limit + 1):
        return replace(source, error="truncated: its end is missing")
    return source.but(
        content=content,
        url=record.headers.get("WARC-Target-URI", "").strip("<>") or None,
        fetched=record.record_date.isoformat() if record.record_date else None,
        charset=(record.http_charset or None) if headers else "utf-8",
    )


def _passed_over(source: Source, why: str) -> Source:
    return replace(source, skipped=why)
