"""JSON Lines, packed or not: a page in one field of each line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from newsclean.batch.containers import FIELDS, no_record
from newsclean.batch.outcome import Source
from newsclean.batch.unpack import unpacked, why_broken
from newsclean.errors import NewscleanError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newsclean.batch.containers import Reading, Start

_ESCAPED = 3
"""Bytes that JSON may take for each byte of a page, where every character is escaped."""

_SKIPPED = 16
"""Lengths of the longest line that are passed over in search of the next line, before the file is given up."""


_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def read_lines(source: Source, reading: Reading, start: Start | None = None) -> Iterator[Source]:
    """The pages of a file, each named by its line; a line that holds none is an error of its own.

    start: the line to begin with, of a file that is not packed.

    Raises OSError when the file cannot be opened, MissingExtra when it is zstd and zstandard is not installed,
    UsageError when no line begins at `start`.
    """
    if source.path is None:
        return
    longest = _ESCAPED * reading.limit + 1_000_000
    number = read_before = 0
    with source.path.open("rb") as raw:
        stream = unpacked(raw)
        if start is not None:
            number, read_before = start.offset - 1, start.begin
            raw.seek(max(start.begin - 1, 0))
            if stream is not raw or (start.begin and raw.read(1) != b"\n"):
                raise no_record(source, start)
        while True:
            begin = raw.tell() if stream is raw else None
            try:
                line = stream.readline(longest + 1)
                whole = len(line) <= longest or _skip_line(stream, longest)
            except Exception as error:
                why = why_broken(error)
                if why is None:
                    raise
                yield Source(source.name, offset=number + 1, error=f"{why} (the lines before it are read)")
                return
            if not line:
                return
            number += 1
            weight, read_before = raw.tell() - read_before, raw.tell()
            if len(line) > longest:
                rest = "" if whole else "; the rest of the file is not read"
                yield Source(
                    source.name,
                    offset=number,
                    weight=weight,
                    error=f"too large: a line of more than {longest:,} bytes{rest}",
                    begin=begin,
                )
                if not whole:
                    return
            elif line.strip():
                yield _read_line(line, Source(source.name, offset=number, weight=weight, begin=begin), reading)


def page_of(fields: Mapping[str, Any], source: Source, reading: Reading) -> Source:
    """A record as a source: its page, its address, and everything else as it was.

    Raises NewscleanError when there is no page in it.
    """
    wanted = (reading.field,) if reading.field else FIELDS
    name = next((name for name in wanted if fields.get(name) is not None), None)
    if name is None:
        raise NewscleanError(f"it has no field {' or '.join(wanted)}; --field NAME says where the page is")
    content = fields[name]
    if isinstance(content, str):
        content = _sound(content)
    elif not isinstance(content, bytes):
        raise NewscleanError(f"its field {name} holds no text; --field NAME says where the page is")
    url = fields.get(reading.url_field)
    others = {key: value for key, value in fields.items() if key not in {name, reading.url_field}}
    return source.but(
        content=content,
        url=_sound(url) if isinstance(url, str) and url else None,
        fields=_sound(json.dumps(others, ensure_ascii=False, separators=(",", ":"), default=str)) if others else "",
    )


def _read_line(line: bytes, source: Source, reading: Reading) -> Source:
    try:
        fields = _DECODER.decode(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return _failed(source, "this line is no JSON")
    if not isinstance(fields, dict):
        return _failed(source, "this line is no JSON object")
    try:
        return page_of(fields, source, reading)
    except NewscleanError as error:
        return _failed(source, str(error))


def _failed(source: Source, why: str) -> Source:
    return replace(source, error=why)


def _skip_line(stream: BinaryIO, longest: int) -> bool:
    """Pass over the rest of a line; False when it does not end within reason."""
    for _ in range(_SKIPPED):
        piece = stream.readline(longest)
        if not piece or piece.endswith(b"\n"):
            return True
    return False


def _sound(text: str) -> str:
    """A text without halves of characters, which JSON can hold and UTF-8 cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
