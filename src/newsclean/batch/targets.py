"""Where results go: the names of output files, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections import Counter
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

from newsclean.batch.remote import SCRATCH, Remote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".txt", ".text"})
"""What an output name leaves out. Any other suffix may be part of the name ("budget.2020") and stays."""


def target_names(names: Collection[str], suffix: str, taken: Collection[str] = ()) -> dict[str, str]:
    """The output names of one folder's files, no two alike.

    names: input file names. suffix: of the output, with its dot. taken: names that something else has there.

    `a.html` and `a.html.gz` give `a.txt`. Where two inputs would take one name, the one that has it already keeps it,
    and the others keep their own suffix too: `a.html` beside `a.txt` gives `a.html.txt`. Names that differ in case
    alone count as alike, as on macOS and Windows. The answer does not depend on the order of `names`.
    """
    wanted = {name: _stem(name) + suffix for name in names}
    rivals = Counter(target.casefold() for target in wanted.values())
    used = {name.casefold() for name in taken}
    targets: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (wanted[name] != name, rivals[wanted[name].casefold()] > 1, name)):
        target = wanted[name]
        if (target != name and rivals[target.casefold()] > 1) or target.casefold() in used:
            target = name + suffix
        while target.casefold() in used:
            target += suffix
        used.add(target.casefold())
        targets[name] = target
    return targets


def write_whole(path: str | os.PathLike[str] | Remote, content: str | bytes) -> None:
    """Write a file whole, text in UTF-8: whoever looks finds the old file or the new one, never a part.

    Missing folders are made. Raises OSError, MissingExtra.
    """
    with whole_file(path) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextlib.contextmanager
def whole_file(path: str | os.PathLike[str] | Remote) -> Iterator[IO[bytes]]:
    """A binary file that takes its place when the block ends well, and leaves no trace when it does not.

    A target that is no regular file (a pipe, a device) is written directly, for replacing it would destroy it.
    """
    if isinstance(path, Remote):
        with path.written_whole() as file:
            yield file
        return
    if _is_special(Path(path)):
        with Path(path).open("wb") as file:
            yield file
        return
    place = Path(path).resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    scratch = place.parent / f"{SCRATCH}{os.getpid()}-{os.urandom(6).hex()}.tmp"
    try:
        with scratch.open("xb") as file:  # inside, for a Ctrl-C may come when there is a file and nobody holds it yet
            yield file
        scratch.replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise


class Outlet:
    """Articles one after another in a stream, each told from the next.

    stream: binary. form: the output format. many: there may be more than one article, so each is headed by a line
    `==> NAME <==`, as head and tail have it; in Markdown by a comment, in JSON Lines by nothing.
    """

    def __init__(self, stream: IO[bytes], form: str, *, many: bool) -> None:
        self._stream = stream
        self._form = form
        self._many = many
        self._begun = False

    def put(self, name: str, written: bytes) -> None:
        """Write one article. name: of its source, printable and on one line."""
        if self._many and self._form != "jsonl":
            line = f"<!-- {name.replace('--', '- -')} -->" if self._form == "markdown" else f"==> {name} <=="
            gap = "\n" if self._begun else ""
            written = f"{gap}{line}\n\n".encode() + written
        self._stream.write(written)
        self._stream.flush()
        self._begun = True


def _stem(name: str) -> str:
    stem = name.removesuffix(".gz") or name
    suffix = PurePath(stem).suffix
    return stem.removesuffix(suffix) if suffix.lower() in PAGE_SUFFIXES else stem


def _is_special(place: Path) -> bool:
    try:
        mode = place.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
