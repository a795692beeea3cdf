"""The ledger of a long run whose output is on a store: a small file for each part that is done, beside the output.

No database can be kept there, and none is needed: files are whole or absent, and names tell the parts. Any machine can
go on with such a run. Nothing keeps two runs apart that write into one folder, but with the same inputs and settings
they write the same bytes, and with others the second one stops.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

import regex

from newsclean.batch.long_runs.ledger import check_same, stated
from newsclean.batch.own_files import MARKERS
from newsclean.batch.report import Report
from newsclean.batch.targets import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newsclean.batch.long_runs.parts import Entry
    from newsclean.batch.remote import Remote

_SETTINGS = "settings.json"
_PART = regex.compile(r"part-(\d{5,}+)-([0-9a-f]++)\.json")
_AT_ONCE = 64
"""Markers fetched at a time."""


class Markers:
    """The markers in an output folder."""

    def __init__(self, folder: Remote) -> None:
        """Look at the markers that are there. Raises OSError."""
        self._folder = folder / MARKERS
        names = [entry.name for entry in self._folder.listing()]
        self._begun = _SETTINGS in names
        self._parts = {int(match[1]): match[0] for match in map(_PART.fullmatch, names) if match}

    def close(self) -> None:
        """Nothing is open."""

    def settle(self, settings: Mapping[str, object], *, anew: bool) -> None:
        """Note what the output is made with, or, unless it begins anew, check that it is the same as before.

        Raises UsageError when it is not, OSError.
        """
        if self._begun and not anew:
            (before,) = self._folder.read_all([_SETTINGS])
            check_same(before.decode(), stated(settings))
        else:
            write_whole(self._folder / _SETTINGS, stated(settings))

    def digests(self) -> dict[int, str]:
        """The digests of the parts that are done, by number."""
        matches = {number: _PART.fullmatch(name) for number, name in self._parts.items()}
        return {number: match[2] for number, match in matches.items() if match}

    def enter(self, entry: Entry) -> None:
        """Enter a part. Raises OSError."""
        name = f"part-{entry.number:05d}-{entry.digest}.json"
        account = {"report": entry.report.to_dict(), "failures": list(entry.failures)}
        write_whole(self._folder / name, json.dumps(account))
        self._parts[entry.number] = name

    def total(self) -> Report:
        """The report over all parts. Raises OSError."""
        report = Report()
        for account in self._accounts():
            report += Report.from_dict(account["report"])
        return report

    def failures(self) -> Iterator[str]:
        """A JSON object for each failure, in the order of the sources. Raises OSError."""
        for account in self._accounts():
            yield from account["failures"]

    def _accounts(self) -> Iterator[dict[str, Any]]:
        names = iter([self._parts[number] for number in sorted(self._parts)])
        while some := list(islice(names, _AT_ONCE)):
            yield from map(json.loads, self._folder.read_all(some))
