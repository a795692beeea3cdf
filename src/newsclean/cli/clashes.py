"""What a run reads and writes beside its pages: no two of these files may be one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from newsclean.batch.job import SUFFIXES
from newsclean.batch.long_runs.parts import SHARDED
from newsclean.batch.own_files import is_account, is_output
from newsclean.batch.places import STDIN, inside, real, same_file
from newsclean.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.batch.remote import AnyPath
    from newsclean.cli.request import Request


def check_clashes(request: Request, folder: AnyPath | None, file: AnyPath | None) -> None:
    """Raise UsageError where a file would be written over another that the run reads or writes.

    folder, file: that the output goes to; neither for stdout.
    """
    output = folder or file
    written = {
        "--output": None if output is None else str(output),
        "--report": request.report,
        "--site-memory": request.site_memory,
    }
    there: list[tuple[str, str]] = list(_read(request))
    for flag, name in written.items():
        if name is None:
            continue
        for what, other in there:
            if _is_one(name, other):
                raise UsageError(f"{flag}: {name} is {what} itself; choose another")
        if folder is not None and flag != "--output" and _is_output_s(name, folder, request):
            raise UsageError(f"{flag}: {name} is called like a file of the output; choose a place outside {folder}")
        there.append(("the output" if flag == "--output" else f"the file of {flag}", name))


def _read(request: Request) -> Iterator[tuple[str, str]]:
    """What is read beside the pages: what it is, and where."""
    if request.files_from not in {None, STDIN}:
        yield "the list of --files-from", str(request.files_from)
    yield from (("a file of the configuration", path) for path in request.configured)


def _is_one(one: str, other: str) -> bool:
    """Whether two names are of one file, be it there or not."""
    return real(one) == real(other) or same_file(one, other)


def _is_output_s(name: str, folder: AnyPath, request: Request) -> bool:
    """Whether the output might have a file of this name in its folder."""
    place, top = real(name), real(str(folder))
    if not inside(place, top):
        return False
    in_parts = request.is_in_parts(folder)
    below = os.path.relpath(place, top)
    if in_parts and (is_output(below) or is_account(below)):
        return True
    is_mirrored = not (in_parts and request.form in SHARDED)
    return is_mirrored and place.casefold().endswith(SUFFIXES[request.form])
