"""The names of the files that a long run writes beside its articles."""

from __future__ import annotations

import regex

REPORT = "_report.json"
FAILURES = "_failures.jsonl"
SITES = "_sites.sqlite"
"""What a run remembers of sites, so that it goes on with that whatever others learn meanwhile."""

LEDGER = "_ledger.sqlite"
MARKERS = "_ledger"
"""The folder that stands for the ledger where the output is on a store."""

_SHARD = regex.compile(r"shard-\d{5,}+\.(?:jsonl|parquet)")
_ACCOUNT = frozenset({REPORT, FAILURES, SITES})
_LEDGER = frozenset({LEDGER, f"{LEDGER}-wal", f"{LEDGER}-shm"})


def is_output(name: str) -> bool:
    """Whether an earlier run's file of this name goes when a run begins anew."""
    return name in _ACCOUNT or _SHARD.fullmatch(name) is not None


def is_account(name: str) -> bool:
    """Whether a file of this name tells of a run, and holds no article."""
    return name in _ACCOUNT or name in _LEDGER
