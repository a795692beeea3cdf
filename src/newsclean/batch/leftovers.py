"""What an earlier run left in an output folder: its output, and scratch files where it was killed."""

from __future__ import annotations

import contextlib
import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.batch.own_files import MARKERS, is_output
from newsclean.batch.remote import SCRATCH, Remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.batch.remote import AnyPath

_SCRATCH = f"{SCRATCH}*.tmp"


def remove_earlier(folder: AnyPath) -> None:
    """Remove what an earlier run wrote but articles in files of their own: those are written over. Raises OSError.

    Nor is the ledger of this machine removed: whoever begins anew has it open, so that nobody else writes there.
    """
    if isinstance(folder, Remote):
        for entry in folder.listing():
            if entry.kind == "file" and is_output(entry.name):
                (folder / entry.name).unlink()
        for entry in (folder / MARKERS).listing():
            (folder / MARKERS / entry.name).unlink()
        remove_scratch(folder)
        return
    with contextlib.suppress(FileNotFoundError):
        for path in chain(folder.iterdir(), folder.rglob(_SCRATCH)):
            if path.is_file() and (is_output(path.name) or path.match(_SCRATCH)):
                path.unlink(missing_ok=True)


def remove_scratch(folder: AnyPath) -> None:
    """Remove the files that a killed run was about to put in their places. Raises OSError."""
    if isinstance(folder, Remote):
        for place in _scratch_of(folder):
            place.unlink()
        return
    for scratch in folder.rglob(_SCRATCH):
        scratch.unlink(missing_ok=True)


def remove_scratch_of(process: int, targets: Iterable[AnyPath]) -> None:
    """Remove the files that a worker process which was killed was about to put in their places.

    process: its number. targets: the files that it may have been at. What cannot be removed stays, and `remove_scratch`
    finds it when the run is resumed.
    """
    names = {(target.parent, f"{SCRATCH}{process}-*.tmp") for target in targets if not isinstance(target, Remote)}
    for folder, name in (*names, (Path(tempfile.gettempdir()), f"newsclean-{process}-*.tmp")):
        for scratch in folder.glob(name):
            with contextlib.suppress(OSError):
                scratch.unlink()


def _scratch_of(top: Remote) -> Iterator[Remote]:
    if top.puts_whole:
        return
    waiting = [top]
    while waiting:
        here = waiting.pop()
        for entry in here.listing():
            if entry.kind == "folder":
                waiting.append(here / entry.name)
            elif entry.name.startswith(SCRATCH) and entry.name.endswith(".tmp"):
                yield here / entry.name
