"""Site memory in a run of the command: the first pass that learns, and what the second one is to remember."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsclean.batch.formats.containers import spread
from newsclean.batch.learning import Learning, worth_learning
from newsclean.batch.own_files import SITES
from newsclean.batch.places import STDIN
from newsclean.batch.remote import Remote, is_remote
from newsclean.batch.targets import whole_file
from newsclean.cli.run import outcomes_of
from newsclean.cli.telling import tell, watch_of
from newsclean.errors import UsageError
from newsclean.sites.gathering import Gathering, copy_stocks
from newsclean.sites.memory import SiteMemory
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from newsclean.batch.long_runs.corpus import Corpus
    from newsclean.batch.sources import Inputs
    from newsclean.cli.request import Request


def check_memory(request: Request) -> None:
    """Raise UsageError when what is said of site memory cannot be meant."""
    if request.site_memory is None:
        raise UsageError("--learn says what to do with a site memory: give it, --site-memory FILE")
    name = request.site_memory
    if is_remote(name):
        raise UsageError(f"--site-memory: {name} is no file of this machine; copy it here, and back when it has grown")
    memory = Path(name)
    if name == STDIN or memory.is_dir():
        raise UsageError(f"--site-memory: {name} is no file name")
    request.check_free("--site-memory", memory)
    if request.learn == "only":
        if request.output is not None or request.report is not None or request.explain or request.diff or request.check:
            raise UsageError("--learn only cleans nothing; leave --output, --report, --explain, --diff and --check out")
        if request.resume or request.overwrite:
            raise UsageError("--learn only: to learn again does no harm; leave --resume and --overwrite out")
    elif request.learns:
        once = next((path for path in request.paths if _is_read_once(path)), None)
        if once is not None:
            raise UsageError(
                f"--site-memory reads many inputs twice, and {'stdin' if once == STDIN else once} can be read but "
                "once: save it as a file first, or do not learn, --learn never"
            )


def remember(request: Request, inputs: Inputs, corpus: Corpus | None) -> SiteMemory:
    """What the run is to remember, learned from its inputs first where that is meant.

    Raises UsageError when there is nothing to remember, or the memory cannot be read or written.
    """
    snapshot = None if corpus is None else corpus.folder / SITES
    if snapshot is not None and request.resume and snapshot.exists():
        return _opened(snapshot, request)
    memory = Path(str(request.site_memory))
    if request.learns:
        _learn(request, inputs, memory, quietly=True)
    known = SiteMemory(memory)
    if snapshot is None:
        return known
    if isinstance(snapshot, Remote):
        with tempfile.TemporaryDirectory(prefix="newsclean-") as here, whole_file(snapshot) as file:
            copy_stocks(known, Path(here, SITES))
            file.write(Path(here, SITES).read_bytes())
    else:
        copy_stocks(known, snapshot)
    return _opened(snapshot, request)


def learn_only(request: Request, inputs: Inputs) -> int:
    """Learn from the inputs, and write no article; the exit code."""
    return _learn(request, inputs, Path(str(request.site_memory)), quietly=False)


def _is_read_once(path: str) -> bool:
    if path == STDIN:
        return True
    return not is_remote(path) and Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()


def _opened(snapshot: Path | Remote, request: Request) -> SiteMemory:
    """A snapshot as it can be asked where the pages are cleaned."""
    if isinstance(snapshot, Remote):
        with tempfile.TemporaryDirectory(prefix="newsclean-") as here:
            Path(here, SITES).write_bytes(snapshot.read_bytes())
            return SiteMemory(Path(here, SITES)).carried()
    known = SiteMemory(snapshot)
    return known.carried() if request.engine == "ray" else known


def _learn(request: Request, inputs: Inputs, memory: Path, *, quietly: bool) -> int:
    """Learn from the inputs. quietly: what fails will be told by the second pass. The exit code."""
    failed = False
    job = Learning(request.options, url=request.url)
    with Gathering() as gathering, contextlib.ExitStack() as stack:
        if memory.exists():
            gathering.add_file(memory)
        watch = watch_of(request, inputs, "learning")
        if watch is not None:
            stack.enter_context(watch)
        if request.engine == "ray":
            from newsclean.cli.cluster_run import learn_on_cluster  # noqa: PLC0415  (for those who have a cluster)

            failed = not learn_on_cluster(request, job, inputs, gathering, watch, quietly=quietly)
        else:
            sources = worth_learning(spread(inputs, request.reading), gathering)
            for outcome in stack.enter_context(contextlib.closing(outcomes_of(request, job, sources))):
                if outcome.usage:
                    raise UsageError(outcome.error)
                if outcome.sighting is not None:
                    gathering.add(outcome.sighting)
                failed = failed or bool(outcome.error)
                if watch is not None and quietly:
                    watch.advance(outcome)
                elif not quietly:
                    tell(request, outcome, watch)
        gathering.write(memory)
        pages, sites = gathering.count()
    if not quietly and not request.quiet:
        click.echo(f"newsclean: {one_line(str(memory))} knows {pages:,} pages of {sites:,} sites", err=True)
    return 1 if failed else 0
