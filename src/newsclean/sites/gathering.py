"""Sightings are gathered and merged: of each site those of some hundred pages, and always the same ones.

Which pages of a site are remembered hangs on the keys of their addresses alone (the lowest ones), and of an address
seen more than once on what was seen (the lowest). So it does not matter in which order, how often or by how many
processes pages were seen, or how files were merged: what is known in the end is the same.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from hashlib import blake2b
from typing import TYPE_CHECKING, Self

from newsclean.errors import UsageError
from newsclean.sites.memory import APPLICATION, TABLES, VERSION, SiteMemory, broken, open_memory
from newsclean.sites.sighting import Seen, Sighting, key_of, site_of
from newsclean.sites.stock import take_stock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from newsclean.sites.stock import Stock

MOST = 512
"""Pages of a site that are remembered. What stands on one page in a hundred is then seen five times."""

_CROWD = 50_000
"""Sightings after which those beyond MOST are let go for the first time."""

_State = tuple[int, int, int]

_TABLES = """
CREATE TABLE sightings (site TEXT NOT NULL, key BLOB NOT NULL, seen BLOB NOT NULL, PRIMARY KEY (site, key))
    WITHOUT ROWID;
CREATE TABLE stocks (site TEXT PRIMARY KEY, size INTEGER NOT NULL, entries BLOB NOT NULL) WITHOUT ROWID;
"""

_PUT = """
INSERT INTO sightings VALUES (?, ?, ?)
    ON CONFLICT (site, key) DO UPDATE SET seen = excluded.seen WHERE excluded.seen < sightings.seen
"""


class Gathering:
    """Sightings on the way into a file; they wait on disk, so memory does not grow with their number."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
        self._base.execute("BEGIN")
        self._full: dict[str, bytes] = {}
        self._rows = 0
        self._crowd = _CROWD
        self._taken: dict[Path, _State | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._base.close()

    def wants(self, url: str) -> bool:
        """Whether the page of an address may be among those remembered; else it need not be looked at."""
        last = self._full.get(site_of(url))
        return last is None or key_of(url) <= last

    def add(self, sighting: Sighting) -> None:
        """Take a sighting."""
        last = self._full.get(sighting.site)
        if last is not None and sighting.key > last:
            return
        if self._base.execute(_PUT, (sighting.site, sighting.key, sighting.seen)).rowcount > 0:
            self._rows += 1
            self._base.execute("DELETE FROM stocks WHERE site = ?", (sighting.site,))
        if self._rows > self._crowd:
            self._let_go()

    def add_file(self, path: Path) -> None:
        """Take all sightings of a site memory, and what comes back where it is the first one and so knows best.

        Raises UsageError when it is none.
        """
        is_first = self._rows == 0
        self._taken[path.absolute()] = _state_of(path)
        with contextlib.closing(open_memory(path)) as base:
            try:
                for row in base.execute("SELECT site, key, seen FROM sightings"):
                    self.add(Sighting(*row))
                if is_first:
                    self._base.executemany(
                        "INSERT INTO stocks VALUES (?, ?, ?)", base.execute("SELECT site, size, entries FROM stocks")
                    )
            except sqlite3.Error:
                raise broken(path) from None

    def count(self) -> tuple[int, int]:
        """How many pages are remembered, of how many sites."""
        self._let_go()
        pages, sites = self._base.execute("SELECT count(*), count(DISTINCT site) FROM sightings").fetchone()
        return int(pages), int(sites)

    def write(self, path: Path) -> None:
        """Merge it all with what a file holds, if there is one, and put the result in its place, whole.

        Raises UsageError when there is something else, or it cannot be written.
        """
        while True:
            before = _state_of(path)
            if before is not None and before != self._taken.get(path.absolute()):
                self.add_file(path)
            self._let_go()
            with _replaced(path) as scratch:
                _write(scratch, self._sightings(), self._stocks())
                if _state_of(path) == before:  # else another run was faster: what it learned is merged, too
                    os.replace(scratch, path)  # noqa: PTH105  (scratch is a name)
                    return

    def _sightings(self) -> Iterator[tuple[str, bytes, bytes]]:
        yield from self._base.execute("SELECT site, key, seen FROM sightings ORDER BY site, key")

    def _stocks(self) -> Iterator[tuple[str, int, bytes]]:
        for (site,) in self._base.execute("SELECT DISTINCT site FROM sightings ORDER BY site"):
            known = self._base.execute("SELECT size, entries FROM stocks WHERE site = ?", (site,)).fetchone()
            if known is None:
                stock = self._stock(site)
                known = stock.size, stock.packed()
            yield site, *known

    def _stock(self, site: str) -> Stock:
        rows = self._base.execute("SELECT seen FROM sightings WHERE site = ?", (site,))
        try:
            return take_stock(Seen.unpacked(seen) for (seen,) in rows)
        except ValueError:
            raise UsageError(f"what a site memory holds of {site} is broken; remove the file and learn anew") from None

    def _let_go(self) -> None:
        """Let go of what is beyond the pages that a site is remembered by."""
        many = "SELECT site FROM sightings GROUP BY site HAVING count(*) > ?"
        for (site,) in self._base.execute(many, (MOST,)).fetchall():
            last = "SELECT key FROM sightings WHERE site = ? ORDER BY key LIMIT 1 OFFSET ?"
            (key,) = self._base.execute(last, (site, MOST - 1)).fetchone()
            self._base.execute("DELETE FROM sightings WHERE site = ? AND key > ?", (site, key))
            self._full[site] = key
        (self._rows,) = self._base.execute("SELECT count(*) FROM sightings").fetchone()
        self._crowd = max(_CROWD, self._rows + self._rows // 4)


def copy_stocks(memory: SiteMemory, path: Path) -> None:
    """Write a site memory that can be asked, and not be merged. Raises UsageError when it cannot be written."""
    with _replaced(path) as scratch:
        with contextlib.closing(open_memory(memory.path)) as base:
            _write(scratch, (), base.execute("SELECT site, size, entries FROM stocks ORDER BY site"))
        os.replace(scratch, path)  # noqa: PTH105  (scratch is a name)


def _write(path: Path, sightings: Iterable[tuple[str, bytes, bytes]], stocks: Iterable[tuple[str, int, bytes]]) -> None:
    """Write a new file. sightings, stocks: rows of the tables, in the order of their keys."""
    digest = blake2b(digest_size=16)

    def noted() -> Iterator[tuple[str, int, bytes]]:
        for row in stocks:
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
            yield row

    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
            f"BEGIN; {TABLES}"
        )
        base.executemany("INSERT INTO sightings VALUES (?, ?, ?)", sightings)
        base.executemany("INSERT INTO stocks VALUES (?, ?, ?)", noted())
        base.execute("INSERT INTO about VALUES (?)", (digest.hexdigest(),))
        base.execute("COMMIT")


@contextlib.contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    """A name to write to in the folder of a file; what is left there in the end is removed."""
    scratch = path.absolute().parent / f".newsclean-{os.getpid()}-{os.urandom(6).hex()}.tmp"
    try:
        scratch.parent.mkdir(parents=True, exist_ok=True)
        yield scratch
        scratch.unlink(missing_ok=True)
    except BaseException as error:
        with contextlib.suppress(OSError):
            scratch.unlink()
        if not isinstance(error, (sqlite3.Error, OSError)):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"site memory {path} cannot be written: {why.lower()}") from None


def _state_of(path: Path) -> _State | None:
    """What changes when a file is replaced; None where there is none."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"site memory {path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    return state.st_ino, state.st_mtime_ns, state.st_size
