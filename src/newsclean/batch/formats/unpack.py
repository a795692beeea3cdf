"""Compressed files: opened as streams, and unpacked to a bounded size."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from newsclean.errors import NewscleanError, UnreadableSource

if TYPE_CHECKING:
    from types import ModuleType

    from typing_extensions import Buffer

ZSTD = b"\x28\xb5\x2f\xfd"
GZIP = b"\x1f\x8b"
LZ4 = b"\x04\x22\x4d\x18"

_PIECE = 512
"""Packed bytes taken at a time: a block of 4 bytes may hold 128 kB, so they give no more than 16 MB."""


class MissingExtra(NewscleanError):
    """A format needs a package that is not installed; the message has the command that installs it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra package: pip install 'newsclean[{extra}]'")


def unzstd(data: bytes, limit: int) -> bytes:
    """Decompress zstd data, of one or several frames, to at most `limit` bytes.

    Raises UnreadableSource when the data is truncated, corrupt or larger than `limit` once unpacked, MissingExtra when
    zstandard is not installed.
    """
    stream = _Frames(io.BytesIO(data))
    try:
        unpacked = stream.read(limit + 1)
    except (EOFError, OSError) as error:
        raise UnreadableSource(f"zstd is {why_broken(error)}") from None
    if len(unpacked) > limit:
        more = "raise max_bytes (--max-bytes) to take it"
        raise UnreadableSource(f"too large: more than {limit} bytes once unpacked; {more}")
    return unpacked


def unpacked(raw: BinaryIO) -> BinaryIO:
    """A stream of what a stream holds once unpacked; what is not compressed is read as it is.

    raw: binary, and able to seek. Raises MissingExtra.
    """
    head = raw.read(4)
    raw.seek(0)
    if head.startswith(GZIP):
        return cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb"))
    if head == ZSTD:
        return cast("BinaryIO", io.BufferedReader(_Frames(raw)))
    return raw


def why_broken(error: Exception) -> str | None:
    """Why a compressed stream ended early, or None when the error is another's."""
    if isinstance(error, EOFError):
        return "truncated: the end of the file is missing; fetch it again"
    if isinstance(error, OSError | zlib.error):
        return "corrupt: it cannot be unpacked; fetch it again"
    return None


class _Frames(io.RawIOBase):
    """What zstd frames hold. A frame that ends early raises EOFError, a broken one OSError."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._zstandard = _zstandard()
        self._frame: Any = None
        self._rest = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes, fewer only at the end."""
        parts = []
        while size and (self._ready or self._unpack()):
            part = self._ready if size < 0 else self._ready[:size]
            parts.append(bytes(part))
            self._ready = self._ready[len(part) :]
            size -= len(part) if size > 0 else 0
        return b"".join(parts)

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if not self._ready and not self._unpack():
            return 0
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _unpack(self) -> bool:
        """Get more ready; False at the end."""
        while True:
            piece = self._rest or self._packed.read(_PIECE)
            self._rest = b""
            if not piece:
                if self._frame is not None:
                    raise EOFError
                return False
            if self._frame is None:
                self._frame = self._zstandard.ZstdDecompressor().decompressobj()
            try:
                ready = self._frame.decompress(piece)
            except self._zstandard.ZstdError as error:
                raise OSError(str(error)) from None
            if self._frame.eof:
                self._rest = self._frame.unused_data
                self._frame = None
            if ready:
                self._ready = memoryview(ready)
                return True


def _zstandard() -> ModuleType:
    try:
        import zstandard  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtra("zstd", "zstd") from None
    return zstandard
