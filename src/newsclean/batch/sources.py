"""What inputs there are, in which order, and which output names they take.

Names stay strings here: folders may hold millions, and `..` must be folded as people read it, not along links.
"""
# ruff: noqa: PTH100,PTH110,PTH112,PTH113,PTH114,PTH116,PTH118,PTH119,PTH120,PTH121,PTH122,PTH123,PTH202,PTH206,PTH117

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.batch.outcome import Source
from newsclean.batch.targets import target_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

STDIN = "-"

_ASSET_SUFFIXES = frozenset(
    ".css .js .mjs .map .png .jpg .jpeg .gif .webp .avif .svg .ico .bmp .woff .woff2 .ttf .otf .eot "
    ".mp3 .m4a .ogg .wav .mp4 .m4v .webm .mov .avi".split()
)
"""Files that browsers and crawlers save beside a page, and that are no page by their name."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The paths that were asked for, and the folder that their articles go to.

    paths: files, folders and "-", each once. folder: of the output, or None for stdout. suffix: of output names.
    limit: the most bytes that are read from a stream.
    """

    paths: tuple[str, ...]
    folder: Path | None
    suffix: str
    limit: int
    _bases: Mapping[str, str] = field(default_factory=dict)
    _files: frozenset[str] = frozenset()
    _trees: tuple[str, ...] = ()

    @classmethod
    def of(cls, paths: Sequence[str], *, folder: Path | None, suffix: str, limit: int) -> Inputs:
        """Sort out the paths: repeated ones, folders inside folders, and what each is called in the output."""
        once = tuple({_absolute(path): path for path in reversed(paths)}.values())[::-1]
        trees = [path for path in once if _is_folder(path)]
        inner = {tree for tree in trees if any(_inside(_absolute(tree), _absolute(t)) for t in trees if t != tree)}
        kept = tuple(path for path in once if path not in inner)
        return cls(
            paths=kept,
            folder=folder,
            suffix=suffix,
            limit=limit,
            _bases=_output_names(kept),
            _files=frozenset(os.path.realpath(path) for path in kept if path != STDIN and path not in trees),
            _trees=tuple(os.path.realpath(path) for path in kept if path in trees),
        )

    def __iter__(self) -> Iterator[Source]:
        """Every source, in the order of the paths, a folder's files by name, its own before its subfolders'."""
        named = self._named_targets()
        for path in self.paths:
            if path == STDIN:
                yield self._stream("<stdin>", path, named.get(path))
            elif _is_folder(path):
                yield from self._walk(path, frozenset(named.values()))
            else:
                yield self._file(path, named.get(path))

    def extent(self) -> int:
        """How many bytes there are to read, as the files' sizes tell; nothing is read."""
        named = (os.path.getsize(path) for path in self.paths if os.path.isfile(path))
        trees = (path for path in self.paths if _is_folder(path))
        return sum(named) + sum(source.weight for tree in trees for source in self._walk(tree, frozenset()))

    def _named_targets(self) -> dict[str, Path]:
        """The output files of the paths that are no folders."""
        if self.folder is None:
            return {}
        groups: dict[str, dict[str, str]] = {}
        for path in self.paths:
            if not _is_folder(path):
                parent, name = os.path.split(self._bases[path])
                groups.setdefault(parent, {})[name] = path
        folders = {self._bases[path] for path in self.paths if _is_folder(path)}
        targets = {}
        for parent, members in groups.items():
            taken = [os.path.basename(base) for base in folders if os.path.dirname(base) == parent and base]
            inner = (other for other in groups if other != parent and _inside(other, parent))
            taken += [os.path.relpath(other, parent or os.curdir).split(os.sep)[0] for other in inner]
            for name, target in target_names(members.keys(), self.suffix, taken).items():
                targets[members[name]] = self.folder / parent / target
        return targets

    def _walk(self, top: str, taken: frozenset[Path]) -> Iterator[Source]:
        """A folder's sources, one folder listing in memory at a time.

        Links to folders are not followed: that way no loop is ever entered and no file read twice. Hidden files and
        folders and the output folder itself are no input.
        """
        waiting = [""]
        found = False
        while waiting:
            inner = waiting.pop()
            here = os.path.join(top, inner)
            try:
                with os.scandir(here) as listing:
                    entries = sorted((entry for entry in listing if entry.name[0] != "."), key=lambda e: e.name)
            except OSError as error:
                found = True
                yield Source(here, error=why_not(error))
                continue
            folders = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
            files = [entry for entry in entries if not entry.is_dir(follow_symlinks=False)]
            waiting.extend(os.path.join(inner, name) for name in reversed(folders) if not self._is_output(here, name))
            place = None if self.folder is None else self.folder / self._bases[top] / inner
            occupied = [*folders, *(path.name for path in taken if path.parent == place)]
            pages = [e.name for e in files if not _passed_over(e) and not self._is_named(e.path)]
            targets = target_names(pages, self.suffix, occupied) if place is not None else {}
            for entry in files:
                found = True
                why = _passed_over(entry)
                if why:
                    yield Source(entry.path, skipped=why)
                elif entry.name in targets and place is not None:
                    yield self._file(entry.path, place / targets[entry.name])
                elif place is None and not self._is_named(entry.path):
                    yield self._file(entry.path, None)
        if not found:
            yield Source(top, error="there is no file in this folder")

    def _file(self, path: str, target: Path | None) -> Source:
        try:
            status = os.stat(path)
        except OSError as error:
            return Source(path, error=_dangling(path) or why_not(error))
        if target is not None and self._is_input(target):
            return Source(path, error=f"its article would be written over an input, {target}; choose another --output")
        if stat.S_ISREG(status.st_mode):
            return Source(path, Path(path), target=target, weight=status.st_size)
        if path in self.paths:
            return self._stream(path, path, target)
        return Source(path, skipped="no regular file")

    def _stream(self, name: str, path: str, target: Path | None) -> Source:
        """A source that can be read but once, and only in this process: standard input, a pipe."""
        try:
            if path == STDIN and sys.stdin is None:
                return Source(name, error="standard input is closed")
            if path == STDIN:
                return Source(name, content=sys.stdin.buffer.read(self.limit + 1), target=target)
            with open(path, "rb") as stream:
                return Source(name, content=stream.read(self.limit + 1), target=target)
        except OSError as error:
            return Source(name, error=why_not(error))

    def _is_named(self, path: str) -> bool:
        """Whether a folder's file is also asked for by its own path, and so comes at its own place."""
        return bool(self._files) and os.path.realpath(path) in self._files

    def _is_output(self, here: str, name: str) -> bool:
        if self.folder is None:
            return False
        output = os.path.realpath(self.folder)
        return output not in self._trees and os.path.realpath(os.path.join(here, name)) == output

    def _is_input(self, target: Path) -> bool:
        """Whether a target is one of the inputs, or lies where inputs are read."""
        real = os.path.realpath(target)
        if real in self._files:
            return True
        output = os.path.realpath(self.folder) if self.folder is not None else real
        return any(_inside(real, tree) and not (_inside(output, tree) and output != tree) for tree in self._trees)


def same_file(one: str | os.PathLike[str], other: str | os.PathLike[str]) -> bool:
    """Whether two paths lead to one file; False when either leads nowhere."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def why_not(error: OSError) -> str:
    """An OSError as a short clause, without the path that its message is put behind."""
    return (error.strerror or type(error).__name__).lower()


def _output_names(paths: Sequence[str]) -> dict[str, str]:
    """What each path is called below the output folder, without its suffix changed.

    A single folder is the output folder itself. Otherwise relative paths are mirrored as they stand, and as soon as
    one of them is absolute or climbs out with "..", all are named from the folder that holds them all.
    """
    if len(paths) == 1 and _is_folder(paths[0]):
        return {paths[0]: ""}
    plain = {path: "stdin" if path == STDIN else os.path.normpath(path) for path in paths}
    if not any(os.path.isabs(name) or name.split(os.sep)[0] in {os.pardir, os.curdir} for name in plain.values()):
        return plain
    files = [path for path in paths if path != STDIN]
    common = os.path.commonpath([os.path.dirname(_absolute(path)) for path in files])
    return {path: plain[path] if path == STDIN else os.path.relpath(_absolute(path), common) for path in paths}


def _passed_over(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink() and entry.is_dir():
        return "a link to a folder is not followed"
    return "no page by its name" if os.path.splitext(entry.name)[1].lower() in _ASSET_SUFFIXES else ""


def _dangling(path: str) -> str:
    return "this link leads nowhere" if os.path.islink(path) and not os.path.exists(path) else ""


def _absolute(path: str) -> str:
    return path if path == STDIN else os.path.abspath(path)


def _is_folder(path: str) -> bool:
    return path != STDIN and os.path.isdir(path)


def _inside(path: str, tree: str) -> bool:
    return path == tree or path.startswith(os.path.join(tree, ""))
