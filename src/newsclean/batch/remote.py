"""Files and folders on the stores that fsspec opens: s3://, gs://, hdfs://, memory:// and others.

A Remote is as much of a pathlib.Path as batches use, so that those who read and write need not know which it is. What
fsspec and the packages behind it raise becomes an OSError with one line, or MissingExtra.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO

import regex

from newsclean.batch.stores import as_os_errors, buffered, followed, is_itself, listed, scheme_of, store_of
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.batch.stores import Listed

_URL = regex.compile(r"[A-Za-z][A-Za-z0-9+.\-]++(?:::[A-Za-z0-9+.\-]++)*+://")

_WHOLE = frozenset("s3 s3a gs gcs abfs abfss az oss memory".split())
"""Stores on which a file that is put is there whole or not at all."""

_WEB = frozenset({"http", "https"})

_BLOCK = 4 << 20
"""Bytes fetched at a time: the default of some stores is 50 MB."""

SCRATCH = ".newsclean-"
"""What the names of files begin with that are not in their place yet."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A file or folder by its address; nothing is asked of its store until something is to be done."""

    url: str

    def __str__(self) -> str:
        return self.url

    def __truediv__(self, inner: str | os.PathLike[str]) -> Remote:
        """What lies below: `Remote("s3://news/2026") / "a.html"`."""
        name = os.fspath(inner).replace(os.sep, "/").strip("/")
        if name in {"", "."}:
            return self
        before, path, after = self._split()
        slash = "" if not path or path.endswith("/") else "/"
        return Remote(f"{before}{path}{slash}{name}{after}")

    @property
    def scheme(self) -> str:
        """What its address begins with."""
        return scheme_of(self.url)

    @property
    def path(self) -> str:
        """Its address without scheme and query."""
        path = self._split()[1]
        return path.partition("?")[0].partition("#")[0] if self.scheme in _WEB else path

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rstrip("/").rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """The last suffix of its name, with its dot."""
        return PurePosixPath(self.name).suffix

    @property
    def parent(self) -> Remote:
        """The folder that it is in."""
        before, path, after = self._split()
        folder, slash, _ = path.rstrip("/").rpartition("/")
        return Remote(f"{before}{folder or slash}{after}")

    @property
    def puts_whole(self) -> bool:
        """Whether its store shows nobody half a file; on others a file is written under another name and moved."""
        return self.scheme in _WHOLE

    @property
    def is_web(self) -> bool:
        """Whether it is a page of the web, so that its address is the page's."""
        return self.scheme in _WEB

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open it for reading. Raises OSError, MissingExtra."""
        with as_os_errors(self.url):
            store, path = store_of(self.url)
            return buffered(self.url, store.open(path, mode, block_size=_BLOCK))

    def read_bytes(self) -> bytes:
        """All that is in it. Raises OSError, MissingExtra."""
        with as_os_errors(self.url):
            store, path = store_of(self.url)
            return bytes(store.cat_file(path))

    def info(self) -> Listed | None:
        """What is there, if anything. Raises OSError when that cannot be told, MissingExtra."""
        with as_os_errors(self.url):
            store, path = store_of(self.url)
            store.invalidate_cache()
            try:
                return listed(store.info(path))
            except FileNotFoundError:
                return None

    def exists(self) -> bool:
        """Whether anything is there. Raises OSError, MissingExtra."""
        return self.info() is not None

    def is_dir(self) -> bool:
        """Whether it is a folder. Raises OSError, MissingExtra."""
        if self.is_web:
            return False
        info = self.info()
        return info is not None and info.kind == "folder"

    def listing(self) -> list[Listed]:
        """What the folder holds, by name; nothing where there is none. Raises OSError, MissingExtra."""
        with as_os_errors(self.url):
            store, path = store_of(self.url)
            try:
                entries = [
                    listed(followed(store, entry))
                    for entry in store.ls(path, detail=True)
                    if not is_itself(entry, path)
                ]
            except FileNotFoundError:
                return []
            store.invalidate_cache()  # else the listings of all folders ever walked would be kept
        return sorted(entries, key=lambda entry: entry.name)

    def read_all(self, names: Sequence[str]) -> list[bytes]:
        """The contents of several files of the folder, fetched at once where the store can. Raises OSError."""
        with as_os_errors(self.url):
            store, path = store_of(self.url)
            paths = [f"{path.rstrip('/')}/{name}" for name in names]
            contents = store.cat(paths) if paths else {}
            return [bytes(contents[path]) for path in paths]

    def unlink(self) -> None:
        """Remove the file; no matter if it is gone. Raises OSError."""
        with as_os_errors(self.url), contextlib.suppress(FileNotFoundError):
            store, path = store_of(self.url)
            store.rm_file(path)

    @contextlib.contextmanager
    def written_whole(self) -> Iterator[IO[bytes]]:
        """A binary file that is put in its place when the block ends well; until then it is a temporary file here."""
        local = Path(tempfile.gettempdir(), f"newsclean-{os.getpid()}-{os.urandom(6).hex()}.tmp")
        try:
            with open(local, "xb", opener=_private) as file:
                yield file
            with as_os_errors(self.url):
                self._put(str(local))
            local.unlink()
        except BaseException:  # not in `finally`: a Ctrl-C that came in its midst would not be followed by another
            local.unlink(missing_ok=True)
            raise

    def _put(self, local: str) -> None:
        store, path = store_of(self.url)
        if self.puts_whole:
            store.put_file(local, path)
            return
        folder = path.rpartition("/")[0]
        store.makedirs(folder, exist_ok=True)
        scratch = f"{folder}/{SCRATCH}{os.getpid()}-{os.urandom(6).hex()}.tmp"
        try:
            store.put_file(local, scratch)
            _move(store, scratch, path)
        except BaseException:
            with contextlib.suppress(Exception):
                store.rm_file(scratch)
            raise

    def _split(self) -> tuple[str, str, str]:
        """Scheme, path, and what comes behind in an address like `zip://a/b::s3://news/a.zip`."""
        before, slashes, rest = self.url.partition("://")
        path, colons, after = rest.partition("::")
        return before + slashes, path, colons + after


def _move(store: Any, scratch: str, path: str) -> None:
    """Move a file of a store onto another."""
    try:
        store.mv(scratch, path)
    except Exception:
        if not store.exists(path):
            raise
        store.rm_file(path)  # there are stores that move nothing onto a file
        store.mv(scratch, path)


def _private(path: str, flags: int) -> int:
    """Open a file that is nobody else's business."""
    return os.open(path, flags, 0o600)


AnyPath = Path | Remote
"""Where a file or folder is: on this machine or on a store."""


def is_remote(name: str) -> bool:
    """Whether a name is an address that fsspec opens, not a path of this machine."""
    return "://" in name and _URL.match(name) is not None


def place_of(name: str) -> AnyPath:
    """The file or folder that a name stands for."""
    if not is_remote(name):
        return Path(name)
    remote = Remote(name)
    path = remote.path
    return Remote(name.rstrip("/")) if name.endswith("/") and path.strip("/") else remote


def why_not(error: OSError) -> str:
    """An OSError as a short clause, without the path that its message is put behind."""
    if error.errno == errno.ENOENT and error.filename is None:  # only who asks where we are names nothing
        return "the working folder is no longer there; go to another"
    why = error.strerror or one_line(str(error)) or type(error).__name__
    return why if is_remote(str(error.filename)) else why.lower()
