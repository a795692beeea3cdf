"""Checks of what a caller gives: each raises UsageError, with one line that says what is wanted."""

from __future__ import annotations

import math
from datetime import datetime
from numbers import Integral, Real

from newsclean.errors import UnreadableSource, UsageError


def check_jobs(jobs: object) -> None:
    """Refuse what is no number of worker processes."""
    if jobs is not None and not (isinstance(jobs, Integral) and int(jobs) >= 0):
        raise UsageError(
            f"jobs: {jobs!r} is no number of worker processes; give 1 or more, None for one per core, or 0 for none"
        )


def check_timeout(timeout: object) -> None:
    """Refuse what is no time that a source may take."""
    if timeout is not None and not (isinstance(timeout, Real) and 0.0 < float(timeout) < math.inf):
        raise UsageError(f"timeout: {timeout!r} is no number of seconds above 0; give one, or None for the default")


def check_text(name: str, value: object) -> None:
    """Refuse what is neither a string nor None. name: of the argument."""
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{name}: {value!r} is no str; give one, or None")


def check_time(name: str, value: object) -> None:
    """Refuse what is neither an ISO 8601 time nor None. name: of the argument."""
    if value is None:
        return
    try:
        datetime.fromisoformat(value)  # type: ignore[arg-type]  # that is what is asked
    except (TypeError, ValueError):
        raise UsageError(f"{name}: {value!r} is no ISO 8601 time; write it as '2026-03-04T08:05'") from None


def check_reasons(name: str, value: object) -> None:
    """Refuse what is no tuple of names; whether they are those of Reasons is another's to say. name: of the option."""
    if isinstance(value, str):
        raise UsageError(f"{name}: {value!r} is a str, where a tuple of Reasons is wanted; write ({str(value)!r},)")
    if not isinstance(value, tuple) or not all(isinstance(reason, str) for reason in value):
        raise UsageError(f"{name}: {value!r} is no tuple of Reasons; write one as ('caption',), or leave it out")


def check_share(name: str, value: object) -> None:
    """Refuse what is neither a number from 0 to 1 nor None. name: of the option."""
    if value is not None and not (isinstance(value, Real) and 0.0 <= float(value) <= 1.0):
        raise UsageError(f"{name}: {value!r} is not between 0 and 1")


def check_line(line: object, language: object, url: object) -> None:
    """Refuse what no reader of lines can read."""
    if not isinstance(line, str):
        raise UsageError(f"line: {type(line).__name__} is no str; decode bytes, and pass over what is missing")
    check_text("language", language)
    check_text("url", url)


def check_path(path: object) -> None:
    """Refuse a path that no file can have, and that systems therefore take for a mistake of the program.

    Raises UnreadableSource.
    """
    if "\0" in str(path):
        raise UnreadableSource("cannot be read: there is a null character in the path, so there is no such file")
