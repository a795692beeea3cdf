"""WARC files, packed or not: the pages that a crawler fetched, and the texts of WET files."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from newsclean.batch.outcome import Source
from newsclean.batch.unpack import GZIP, MissingExtra

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.batch.containers import Reading
    from newsclean.batch.remote import AnyPath

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", ""})
"""Content types that a page may have; a server that says none may mean one."""

_PIECE = 1 << 16


def read_warc(source: Source, reading: Reading) -> Iterator[Source]:
    """The pages of a WARC file, each named by the byte that its record starts at.

    Records of another type than HTML or text, and answers other than 2xx, are passed over and named as skipped.
    Requests, metadata and records that repeat an earlier one are no pages.

    Raises OSError when the file cannot be opened, MissingExtra when FastWARC is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtra("WARC", "warc") from None
    if source.path is None:
        return
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    start, is_told = 0, False
    with source.path.open("rb") as raw:
        records = iter(ArchiveIterator(raw, record_types=kinds, parse_http=True, auto_decode="all"))
        while True:
            try:
                record = next(records, None)
                if record is None:
                    if not is_told and _is_cut(source.path, start):
                        yield Source(source.name, offset=start, error="truncated: the end of the file is missing")
                    return
                weight, start = max(record.stream_pos - start, 0), record.stream_pos
                page = _read_record(record, Source(source.name, offset=start, weight=weight), reading.limit)
            except OSError as error:
                why = str(error).lower() or "it cannot be unpacked"
                yield Source(
                    source.name,
                    offset=start,
                    weight=max(source.weight - start, 0),
                    error=f"corrupt after this record: {why}",
                )
                return
            is_told = bool(page.error)
            yield page


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
        return Source(source.name, offset=source.offset, weight=source.weight, error="truncated: its end is missing")
    return Source(
        source.name,
        content=content,
        offset=source.offset,
        weight=source.weight,
        url=record.headers.get("WARC-Target-URI", "").strip("<>") or None,
        fetched=record.record_date.isoformat() if record.record_date else None,
        charset=(record.http_charset or None) if headers else "utf-8",
    )


def _passed_over(source: Source, why: str) -> Source:
    return Source(source.name, offset=source.offset, weight=source.weight, skipped=why)
