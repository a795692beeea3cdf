"""Site memory as a file: an SQLite database that is written whole and never changed in its place.

It holds the sightings, which can be merged with others, and for each site what comes back there, worked out from them.
"""

from __future__ import annotations

import os
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsclean.errors import UsageError
from newsclean.sites.stock import Stock

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

APPLICATION = 0x4E435354
"""What SQLite's header calls the program that a file belongs to."""

VERSION = 1
"""Of the tables and of what stands in them; it grows when a file would be read wrongly."""

TABLES = """
CREATE TABLE sightings (site TEXT NOT NULL, key BLOB NOT NULL, seen BLOB NOT NULL, PRIMARY KEY (site, key))
    WITHOUT ROWID;
CREATE TABLE stocks (site TEXT PRIMARY KEY, size INTEGER NOT NULL, entries BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE about (digest TEXT NOT NULL);
"""

_REMEMBERED = 64
"""Sites whose stock is held at a time; the largest take some hundred kilobytes."""


class SiteMemory:
    """What was learned of sites, to be asked about one after another; `Options(site_memory=…)` makes use of it.

    It is opened once: when the file is replaced meanwhile, this goes on with what it was. Pickled, it is its path; see
    `carried`. Two are equal when what they say of every site is.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open a file. Raises UsageError when it is not there or no site memory."""
        self.path = path_of(path)
        self._base: sqlite3.Connection | None = open_memory(self.path)
        weakref.finalize(self, self._base.close)
        self._carried: Mapping[str, tuple[int, bytes]] | None = None
        self._stocks: dict[str, Stock | None] = {}
        self._lock = threading.Lock()
        self.digest: str = self._base.execute("SELECT digest FROM about").fetchone()[0]

    def stock_of(self, site: str) -> Stock | None:
        """What comes back on a site; None where nothing is known of it. Raises UsageError when the file is broken."""
        with self._lock:
            if site not in self._stocks:
                if len(self._stocks) >= _REMEMBERED:
                    self._stocks.clear()
                self._stocks[site] = self._looked_up(site)
            return self._stocks[site]

    def carried(self) -> SiteMemory:
        """The same without its file, which need not be there where it is used then; for a cluster."""
        other = SiteMemory.__new__(SiteMemory)
        stocks = self._carried
        if self._base is not None:
            rows = self._base.execute("SELECT site, size, entries FROM stocks")
            stocks = {site: (size, entries) for site, size, entries in rows}
        other.__setstate__({"path": self.path, "digest": self.digest, "carried": stocks})
        return other

    def __getstate__(self) -> dict[str, Any]:
        return {"path": self.path.absolute(), "digest": self.digest, "carried": self._carried}

    def __setstate__(self, state: dict[str, Any]) -> None:
        if state["carried"] is None:
            self.__init__(state["path"])  # type: ignore[misc]  # it is opened anew, where it is
            return
        self.path, self.digest, self._carried = state["path"], state["digest"], state["carried"]
        self._base, self._stocks, self._lock = None, {}, threading.Lock()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SiteMemory) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"SiteMemory({self.digest!r})"

    def _looked_up(self, site: str) -> Stock | None:
        row = None if self._carried is None else self._carried.get(site)
        if self._base is not None:
            import sqlite3  # noqa: PLC0415  (needed by those who have a memory)

            try:
                row = self._base.execute("SELECT size, entries FROM stocks WHERE site = ?", (site,)).fetchone()
            except sqlite3.Error:
                raise broken(self.path) from None
        try:
            return None if row is None else Stock.unpacked(*row)
        except ValueError:
            raise broken(self.path) from None


def path_of(memory: str | os.PathLike[str]) -> Path:
    """The path that a caller gives of a site memory. Raises UsageError when it is none."""
    if not isinstance(memory, str | os.PathLike):
        raise UsageError(f"site memory: {memory!r} is no path of a file")
    return Path(memory)


def open_memory(path: Path) -> sqlite3.Connection:
    """Open a file for reading. Raises UsageError when it is not there or no site memory."""
    if not path.exists():
        raise UsageError(f"{path}: there is no such site memory; a run over many pages makes it")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; a site memory is a file")
    import sqlite3  # noqa: PLC0415  (needed by those who have a memory)

    # nobody changes such a file in its place, so it can be read without locks, on any file system
    name = f"file:{quote(os.fspath(path.absolute()))}?immutable=1"
    try:
        base = sqlite3.connect(name, uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise UsageError(f"site memory {path} cannot be read: {error}") from None
    try:
        application = base.execute("PRAGMA application_id").fetchone()[0]
        version = base.execute("PRAGMA user_version").fetchone()[0]
        is_ours = application == APPLICATION
        is_whole = is_ours and (version > VERSION or base.execute("SELECT digest FROM about").fetchone() is not None)
    except sqlite3.Error:
        is_whole = False
    if is_whole and version <= VERSION:
        return base
    base.close()
    if is_whole:
        raise UsageError(f"{path} was written by a later newsclean, which this one cannot read")
    raise broken(path)


def broken(path: Path) -> UsageError:
    """The error that says what is wrong with a file."""
    return UsageError(f"{path} is no site memory of newsclean, or a broken one; name another file, or remove it")
