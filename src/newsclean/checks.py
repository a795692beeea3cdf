"""Checks of what a caller gives: each raises UsageError, with one line that says what is wanted."""

from __future__ import annotations

import math
from numbers import Integral, Real

from newsclean.errors import UsageError


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
