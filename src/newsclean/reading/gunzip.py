"""gzip → bytes, bounded, however the file ends."""

from __future__ import annotations

import zlib

from newsclean.errors import UnreadableSource


def gunzip(data: bytes, limit: int) -> bytes:
    """Decompress gzip data, of one or several members, to at most `limit` bytes.

    Raises UnreadableSource when the data is truncated, corrupt or larger than `limit` once unpacked.
    """
    parts: list[bytes] = []
    size = 0
    position = 0
    step = 8_192
    while position < len(data):
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            piece = member.unconsumed_tail
            if not piece:
                piece = data[position : position + step]
                position += len(piece)
                if not piece:
                    raise UnreadableSource("truncated gzip: the end of the file is missing; fetch it again")
            try:
                part = member.decompress(piece, limit - size + 1)
            except zlib.error:
                raise UnreadableSource("corrupt gzip: it cannot be unpacked; fetch it again") from None
            size += len(part)
            if size > limit:
                raise UnreadableSource(f"too large: more than {limit} bytes once unpacked; raise max_bytes to take it")
            parts.append(part)
        position -= len(member.unused_data)
        if not data[position : position + step].strip(b"\x00") and not data[position:].strip(b"\x00"):
            break
    return b"".join(parts)
