"""JSON Lines, packed or not: a page in one field of each line."""

from __future__ import annotations

import json
import math
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from newsclean.batch.formats.containers import FIELDS, no_record
from newsclean.batch.formats.unpack import unpacked, why_broken
from newsclean.batch.outcome import Sent, Source
from newsclean.batch.remote import why_not

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newsclean.batch.formats.containers import Reading, Start

_ESCAPED = 3
"""Bytes that JSON may take for each byte of a page, where every character is escaped."""

_SKIPPED = 16
"""Lengths of the longest line that are passed over in search of the next line, before the file is given up."""

_PIECE = 1 << 18
"""Bytes of a file that are looked through at a time, for where its lines end."""

_GLANCE = 80
"""Bytes that tell of nearly every line that it is not blank."""

_STRICT = msgspec.json.Decoder()


def _finite(number: str) -> float | None:
    return value if math.isfinite(value := float(number)) else None


_LENIENT = json.JSONDecoder(parse_constant=lambda _: None, parse_float=_finite)
"""For what many programs write and JSON does not allow: NaN and its like, which become None, and half a pair."""


@dataclass(frozen=True, slots=True)
class Line(Sent):
    """A line that is not read yet: what it is, or where in a file of this machine. length: in bytes, with its end."""

    reading: Reading
    length: int
    text: bytes | None = None
    path: Path | None = None

    @property
    def held(self) -> int:
        """Bytes of it that are in memory."""
        return len(self.text or b"")

    def opened(self, source: Source) -> Source:
        """The page in the line, with its address and its other fields."""
        source = source.but(sealed=None)
        try:
            text = self._read(source.begin or 0) if self.text is None else self.text
            if len(text) < self.length:
                return source.but(error="cannot be read: the file became shorter meanwhile")
            fields = _values_of(text.removeprefix(BOM_UTF8))
        except OSError as error:
            return source.but(error=f"cannot be read: {why_not(error)}")
        except (ValueError, RecursionError):
            return source.but(error="this line is no JSON")
        if not isinstance(fields, dict):
            return source.but(error="this line is no JSON object")
        return page_of(fields, source, self.reading)

    def _read(self, begin: int) -> bytes:
        if self.path is None:
            return b""
        with self.path.open("rb", buffering=0) as file:
            file.seek(begin)
            return file.read(self.length) or b""


def _values_of(text: bytes) -> Any:
    """What a line says. Raises ValueError, RecursionError."""
    try:
        return _STRICT.decode(text)
    except (msgspec.DecodeError, ValueError):
        return _LENIENT.decode(text.decode("utf-8", "replace"))


def read_lines(source: Source, reading: Reading, start: Start | None = None) -> Iterator[Source]:
    """The lines of a file, each named by its number, and sealed: what holds no page is an error once it is opened.

    start: the line to begin with, of a file that is not packed.

    Raises OSError when the file cannot be opened, MissingExtra when it is zstd and zstandard is not installed,
    UsageError when no line begins at `start`.
    """
    if source.path is None:
        return
    longest = _ESCAPED * reading.limit + 1_000_000
    with source.path.open("rb") as raw:
        stream = unpacked(raw)
        if start is not None:
            raw.seek(max(start.begin - 1, 0))
            if stream is not raw or (start.begin and raw.read(1) != b"\n"):
                raise no_record(source, start)
        if stream is raw and isinstance(source.path, Path):
            yield from _lines_there(raw, source.path, Source(source.name), start, longest, reading)
        else:
            yield from _lines_here(raw, stream, source, start, longest, reading)


def _lines_there(
    raw: BinaryIO, path: Path, named: Source, start: Start | None, longest: int, reading: Reading
) -> Iterator[Source]:
    """The lines of a file of this machine, each as its place: whoever opens them can read them there."""
    number = start.offset - 1 if start is not None else 0
    for begin, length, is_blank in _places(raw):
        number += 1
        here = named.but(offset=number, weight=length, begin=begin)
        if length > longest:
            yield here.but(error=_too_long(longest))
        elif not is_blank:
            yield here.but(sealed=Line(reading, length, path=path))


def _lines_here(
    raw: BinaryIO, stream: BinaryIO, source: Source, start: Start | None, longest: int, reading: Reading
) -> Iterator[Source]:
    """The lines of a stream that can be read but once, or far away."""
    number, read_before = (start.offset - 1, start.begin) if start is not None else (0, 0)
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
        here = Source(source.name, offset=number, weight=weight, begin=begin)
        if len(line) > longest:
            rest = "" if whole else "; the rest of the file is not read"
            yield here.but(error=f"{_too_long(longest)}{rest}")
            if not whole:
                return
        elif not line.isspace():
            yield here.but(sealed=Line(reading, len(line), line))


def _places(raw: BinaryIO) -> Iterator[tuple[int, int, bool]]:
    """Where the lines of a file begin, how long they are with their ends, and whether they are blank."""
    buffer = bytearray(_PIECE)
    begin, place, is_blank = raw.tell(), raw.tell(), True
    while size := raw.readinto(buffer):  # type: ignore[attr-defined]  # it is a buffered file
        at = 0
        while at < size:
            end = buffer.find(b"\n", at, size) + 1
            after = end or size
            is_blank = is_blank and buffer[at : min(at + _GLANCE, after)].isspace() and buffer[at:after].isspace()
            at = after
            if end:
                yield begin, place + at - begin, is_blank
                begin, is_blank = place + at, True
        place += size
    if place > begin:
        yield begin, place - begin, is_blank


def _too_long(longest: int) -> str:
    return f"too large: a line of more than {longest:,} bytes"


def wanted_fields(reading: Reading) -> tuple[str, ...]:
    """Where a record's page may be, by name, the first one that is there before the others."""
    return (reading.field,) if reading.field else FIELDS


def page_field(fields: Mapping[str, Any], reading: Reading) -> str | None:
    """The name of the field that holds a record's page, if one does."""
    return next((name for name in wanted_fields(reading) if fields.get(name) is not None), None)


def page_of(fields: Mapping[str, Any], source: Source, reading: Reading) -> Source:
    """A record as a source: its page, its address, and everything else as it was.

    Where there is no page in it, that is its error.
    """
    name = page_field(fields, reading)
    if name is None:
        wanted = " or ".join(wanted_fields(reading))
        return source.but(error=f"it has no field {wanted}; --field NAME says where the page is")
    content = fields[name]
    if not isinstance(content, str | bytes):
        return source.but(error=f"its field {name} holds no text; --field NAME says where the page is")
    url = fields.get(reading.url_field)
    taken = {name, reading.url_field} if url is None or isinstance(url, str) else {name}
    others = {key: value for key, value in fields.items() if key not in taken}
    return source.but(
        content=content,
        url=_sound(url) if isinstance(url, str) and url else None,
        fields=_sound(json.dumps(others, ensure_ascii=False, separators=(",", ":"), default=str)) if others else "",
    )


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
