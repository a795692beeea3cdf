"""What fsspec gives, as everybody knows it: open files, listings, and errors of one line."""

from __future__ import annotations

import contextlib
import errno
import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from newsclean.batch.formats.unpack import MissingExtra
from newsclean.errors import NewscleanError
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer

_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs", "http": "http", "https": "http", "hdfs": "remote,parquet"}
"""Schemes whose packages come with an extra, fsspec among them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a folder holds under a name. size: in bytes. kind: "file", "folder", "link" (to a folder) or "other"."""

    name: str
    kind: str
    size: int


def buffered(url: str, file: Any) -> BinaryIO:
    """A file that a store opened, with a buffer and with errors as everybody knows them."""
    return cast("BinaryIO", io.BufferedReader(_OpenFile(url, file)))


def scheme_of(url: str) -> str:
    """What an address begins with."""
    return url.partition("://")[0].rpartition("::")[2].lower()


def store_of(url: str) -> tuple[Any, str]:
    """The store that an address leads to, as fsspec knows it, and the path there. Raises MissingExtra and others."""
    scheme = scheme_of(url)
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtra(f"{scheme}://", _EXTRAS.get(scheme, "remote")) from None
    try:
        store, path = url_to_fs(url)
    except ImportError as error:
        if scheme in _EXTRAS:
            raise MissingExtra(f"{scheme}://", _EXTRAS[scheme]) from None
        raise NewscleanError(one_line(f"{scheme}:// needs another package: {error}")) from None
    return store, path


class _OpenFile(io.RawIOBase):
    """An open file of a store, with errors as everybody knows them."""

    def __init__(self, url: str, file: Any) -> None:
        self._url = url
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        with as_os_errors(self._url):
            piece = self._file.read(len(view))
        view[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        with as_os_errors(self._url):
            return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            with contextlib.suppress(Exception):  # it was only read
                self._file.close()
        super().close()


@contextlib.contextmanager
def as_os_errors(url: str) -> Iterator[None]:
    """Let whatever a store raises be an OSError with one line."""
    try:
        yield
    except NewscleanError:
        raise
    except FileNotFoundError:
        raise FileNotFoundError(errno.ENOENT, "no such file or folder", url) from None
    except PermissionError as error:
        raise PermissionError(errno.EACCES, f"access denied{_detail(error)}", url) from None
    except Exception as error:  # noqa: BLE001  (each store has errors of its own)
        number = (error.errno if isinstance(error, OSError) else None) or errno.EIO
        raise OSError(number, f"{scheme_of(url)}:// failed{_detail(error)}", url) from None


def _detail(error: Exception) -> str:
    text = one_line((getattr(error, "strerror", None) or str(error)).split("\n", 1)[0])[:200]
    return f", {type(error).__name__}: {text}" if text else f", {type(error).__name__}"


def listed(entry: dict[str, Any]) -> Listed:
    """An entry as fsspec gives it."""
    kind = {"file": "file", "directory": "folder"}.get(entry.get("type") or "", "other")
    name = str(entry["name"]).rstrip("/").rpartition("/")[2]
    link = kind == "folder" and entry.get("islink")
    return Listed(name, "link" if link else kind, int(entry.get("size") or 0))


def followed(store: Any, entry: dict[str, Any]) -> dict[str, Any]:
    """An entry, or where it is a link what it leads to, under its own name."""
    if not entry.get("islink"):
        return entry
    with contextlib.suppress(OSError):
        return {**store.info(entry["name"]), "name": entry["name"]}
    return {**entry, "type": "other"}


def is_itself(entry: dict[str, Any], path: str) -> bool:
    """Whether an entry is the folder's own mark, as some object stores have one."""
    return str(entry["name"]).strip("/") == path.strip("/")
