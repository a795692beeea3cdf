"""What is no text: files of other formats, known by their first bytes, and bytes full of controls."""

from __future__ import annotations

from newsclean.errors import UnreadableSource

_MAGIC = (
    (b"%PDF-", "a PDF: convert it to text first"),
    (b"PK\x03\x04", "a ZIP archive (or .docx, .epub): unpack or convert it first"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip inside gzip: unpack it first"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a media file (RIFF)"),
    (b"OggS", "a media file (Ogg)"),
    (b"ID3", "an MP3 file"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document: convert it to text first"),
    (b"{\\rtf", "an RTF document: convert it to text first"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file: give it to the batch reader"),
)

_TEXTUAL_MAGIC = frozenset({b"BZh", b"ID3", b"RIFF", b"OggS", b"PAR1", b"wOFF", b"wOF2"})
"""Signatures that a text could begin with; they count only where control bytes follow."""

_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def refuse_known_binary(head: bytes) -> None:
    """Raise UnreadableSource where the first bytes are those of a format that is no text, and say what to do."""
    start = head[:1_024].lstrip()
    for magic, what in _MAGIC:
        if (head.startswith(magic) or start.startswith(magic)) and (magic not in _TEXTUAL_MAGIC or _controls(head)):
            raise UnreadableSource(f"not text: it is {what}")
    if head[4:8] == b"ftyp" and _controls(head):
        raise UnreadableSource("not text: it is a media file (MP4)")


def refuse_controls(head: bytes) -> None:
    """Raise UnreadableSource where the first bytes hold more control bytes than a text does."""
    # Text holds hardly any control bytes; compressed or encrypted bytes hold about one in ten.
    if _controls(head) * 33 > len(head):
        raise UnreadableSource("not text: it is full of control bytes; convert it to HTML or text first")


def _controls(head: bytes) -> int:
    return len(head) - len(head.translate(None, _CONTROLS))
