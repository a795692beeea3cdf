"""The first pass over many sources: what they tell of their sites is gathered, and goes into a site memory."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsclean.batch.job import Job
from newsclean.batch.many import all_named, done
from newsclean.batch.outcome import Outcome, Source
from newsclean.errors import UsageError
from newsclean.options import Options
from newsclean.rules import NO_RULES
from newsclean.sites.memory import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bs4 import Tag

    from newsclean.sites.gathering import Gathering

_DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class Learning(Job):
    """To look at each source and say what it tells of its site, in the outcome's `sighting`; nothing is written."""

    def prepare(self) -> None:
        """Load what every source needs, so that the first one takes no longer than the others."""
        from newsclean.sites import sighting  # noqa: F401, PLC0415  (costly, and not needed where workers do it)

    def _clean(self, source: Source) -> Outcome:
        from newsclean.sites.sighting import see  # noqa: PLC0415  (costly, and not needed where workers do it)

        options = replace(self.options, rules=NO_RULES, links=False, emphasis=False, images=False)
        return Outcome(source, sighting=see(self._read(source, options)))


def worth_learning(sources: Iterable[Source], gathering: Gathering) -> Iterator[Source]:
    """The sources without those that are known to tell nothing that would be remembered."""
    for source in (found.opened for found in sources):
        if source.url is None or source.settled or gathering.wants(source.url):
            yield source
        else:
            yield replace(source, content=None, skipped="enough pages of its site are known")


def learn_sites(
    sources: Iterable[str | bytes | os.PathLike[str] | Tag | Source],
    memory: str | os.PathLike[str],
    *,
    jobs: int | None = None,
    options: Options = _DEFAULT,
    timeout: float | None = None,
) -> tuple[int, int]:
    """Learn what comes back on the pages of sites, into a file; returns the pages and the sites that it knows then.

    sources: as for `clean_many`; a Source with a `url` is of the site of that address, any other of the one that it
    declares, and tells nothing when it declares none. memory: is made where there is none, and merged with what it
    holds. To learn from a page twice does no harm. jobs, timeout: as for `clean_many`; options: how sources are read.

    Raises UsageError when the file is no site memory or cannot be written, or an argument or option cannot be meant.
    """
    from newsclean.sites.gathering import Gathering  # noqa: PLC0415  (needed by those who learn)

    path = path_of(memory)
    with Gathering() as gathering:
        wanted = worth_learning(all_named(sources), gathering)
        outcomes = done(Learning(options), wanted, jobs, timeout)
        if path.exists():
            gathering.add_file(path)
        for outcome in outcomes:
            if outcome.sighting is not None:
                gathering.add(outcome.sighting)
        gathering.write(path)
        return gathering.count()


def merge_sites(memory: str | os.PathLike[str], others: Iterable[str | os.PathLike[str]]) -> None:
    """Merge site memories into one, which is made where there is none; in any order, as often as one likes.

    Raises UsageError when one of them is no site memory, there is none to merge, or the file cannot be written.
    """
    from newsclean.sites.gathering import Gathering  # noqa: PLC0415  (needed by those who merge)

    if isinstance(others, str | bytes | os.PathLike):
        raise UsageError(f"others: {others!r} is one path; give a list of them, [{others!r}]")
    path, paths = path_of(memory), [path_of(other) for other in others]
    if not paths:
        raise UsageError("others: there is no site memory to merge; give the path of one or more")
    with Gathering() as gathering:
        for other in paths:
            gathering.add_file(other)
        gathering.write(path)
