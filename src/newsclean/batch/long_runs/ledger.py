"""The ledger of a long run: which parts of its output are done, kept beside the output in an SQLite file.

A part is entered after its output has taken its place, so whatever moment a run is killed at, an entered part is there
and a part that is not entered is made again, with the same bytes.
"""

from __future__ import annotations

import contextlib
import errno
import json
import sqlite3
import tempfile
from typing import TYPE_CHECKING

from newsclean.batch.report import Report
from newsclean.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from newsclean.batch.long_runs.parts import Entry

_TABLES = """
CREATE TABLE IF NOT EXISTS settings (text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS parts (number INTEGER PRIMARY KEY, digest TEXT NOT NULL, report TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS failures (part INTEGER NOT NULL, place INTEGER NOT NULL, line TEXT NOT NULL,
    PRIMARY KEY (part, place));
"""


_ANEW = """
DROP TABLE IF EXISTS settings;
DROP TABLE IF EXISTS parts;
DROP TABLE IF EXISTS failures;
"""


_PRIMARY = 0xFF
"""The bits of SQLite's error codes that tell what is wrong; the others tell where it was noticed."""


class Ledger:
    """An open ledger; nobody else can have it open meanwhile."""

    def __init__(self, path: Path, *, anew: bool = False) -> None:
        """Open a ledger, or begin one. anew: nothing of the one that is there is kept, whatever it is.

        Raises UsageError when it is no ledger or another run has it, OSError when nobody can write there.
        """
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._base = _opened(path, anew=anew)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise _os_error(error, path) from None
            raise UsageError(f"another run is writing there: {path} is in use") from None
        except sqlite3.DatabaseError:
            if not anew:
                raise UsageError(f"{path} is no ledger of newsclean; --overwrite begins anew") from None
            for suffix in ("", "-wal", "-shm"):  # what is no database holds no lock that could be in the way
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._base = _opened(path)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def settle(self, settings: Mapping[str, object], *, anew: bool) -> None:
        """Note what the output is made with, or, unless it begins anew, check that it is the same as before.

        Raises UsageError when it is not, OSError.
        """
        now = stated(settings)
        with self._transaction():
            row = self._base.execute("SELECT text FROM settings").fetchone()
            if row is None or anew:
                self._base.execute("DELETE FROM settings")
                self._base.execute("INSERT INTO settings VALUES (?)", (now,))
            else:
                check_same(row[0], now)

    def digests(self) -> dict[int, str]:
        """The digests of the parts that are done, by number."""
        return dict(self._base.execute("SELECT number, digest FROM parts"))

    def enter(self, entry: Entry) -> None:
        """Enter a part, whole or not at all. Raises OSError."""
        report = json.dumps(entry.report.to_dict())
        with self._transaction():
            self._base.execute("INSERT INTO parts VALUES (?, ?, ?)", (entry.number, entry.digest, report))
            self._base.executemany(
                "INSERT INTO failures VALUES (?, ?, ?)",
                [(entry.number, place, line) for place, line in enumerate(entry.failures)],
            )

    def total(self) -> Report:
        """The report over all parts."""
        report = Report()
        for (text,) in self._base.execute("SELECT report FROM parts ORDER BY number"):
            report += Report.from_dict(json.loads(text))
        return report

    def failures(self) -> Iterator[str]:
        """A JSON object for each failure, in the order of the sources."""
        for (line,) in self._base.execute("SELECT line FROM failures ORDER BY part, place"):
            yield line

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            yield
            self._base.execute("COMMIT")
        except BaseException as error:
            with contextlib.suppress(sqlite3.Error):  # it is undone where the file was closed, or is full
                self._base.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise _os_error(error, self._path) from None
            raise


def _opened(path: Path, *, anew: bool = False) -> sqlite3.Connection:
    """A ledger that nobody else has. Raises sqlite3.DatabaseError."""
    base = sqlite3.connect(path, isolation_level=None, timeout=0.5)
    try:
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.executescript(f"BEGIN IMMEDIATE; {_ANEW if anew else ''} {_TABLES} COMMIT;")
    except BaseException:
        base.close()
        raise
    return base


def _os_error(error: sqlite3.OperationalError, path: Path) -> OSError:
    """What SQLite cannot do, as an OSError. It does not say why no file can be made; one beside it tells."""
    code = error.sqlite_errorcode & _PRIMARY
    if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
        try:
            with tempfile.TemporaryFile(dir=path.parent), path.open("ab"):
                pass
        except OSError as reason:
            return OSError(reason.errno, reason.strerror, str(path))
    return OSError(errno.ENOSPC if code == sqlite3.SQLITE_FULL else errno.EIO, str(error), str(path))


def stated(settings: Mapping[str, object]) -> str:
    """Settings as a JSON object that can be compared."""
    return json.dumps(settings, sort_keys=True, default=repr)


def check_same(before: str, now: str) -> None:
    """Raise UsageError when settings, as `stated` gives them, are not what they were."""
    if before != now:
        old, new = json.loads(before), json.loads(now)
        changed = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
        raise UsageError(f"--resume: the output was begun with another {', '.join(changed)}; --overwrite begins anew")
