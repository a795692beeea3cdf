"""What inputs there are, in which order, and which output names they take.

Names stay strings here: folders may hold millions, and `..` must be folded as people read it, not along links. Those of
stores beyond this machine are addresses, and are read by those who clean them.
"""
# ruff: noqa: PTH110,PTH113,PTH114,PTH116,PTH118,PTH119,PTH120,PTH123,PTH202,PTH206

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.batch.formats.containers import kind_of
from newsclean.batch.outcome import Source
from newsclean.batch.own_files import MARKERS, REPORT
from newsclean.batch.places import (
    STDIN,
    absolute,
    below,
    cannot_be_mirrored,
    inside,
    is_folder,
    listing,
    output_names,
    passed_over,
    real,
)
from newsclean.batch.remote import Remote, is_remote, why_not
from newsclean.batch.targets import target_names
from newsclean.errors import NewscleanError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsclean.batch.remote import AnyPath


@dataclass(frozen=True, slots=True)
class Inputs:
    """The paths that were asked for, and the folder that their articles go to.

    paths: files, folders and "-", each once. folder: of the output, or None for stdout. suffix: of output names.
    limit: the most bytes that are read from a stream. is_mirrored: articles go to files of their own in the folder.
    spared: other files that no article may be written over.
    """

    paths: tuple[str, ...]
    folder: AnyPath | None
    suffix: str
    limit: int
    is_mirrored: bool
    _bases: Mapping[str, str] = field(default_factory=dict)
    _folders: frozenset[str] = frozenset()
    _files: frozenset[str] = frozenset()
    _trees: tuple[str, ...] = ()
    _spared: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        paths: Sequence[str],
        *,
        folder: AnyPath | None,
        suffix: str,
        limit: int,
        is_mirrored: bool = True,
        spared: Sequence[str] = (),
    ) -> Inputs:
        """Sort out the paths: repeated ones, folders inside folders, and what each is called in the output."""
        once = tuple({absolute(path): path for path in reversed(paths)}.values())[::-1]
        trees = {path: absolute(path) for path in once if is_folder(path)}
        inner = {tree for tree, name in trees.items() if any(inside(name, t) for t in trees.values() if t != name)}
        kept = tuple(path for path in once if path not in inner)
        return cls(
            paths=kept,
            folder=folder,
            suffix=suffix,
            limit=limit,
            is_mirrored=is_mirrored and folder is not None,
            _bases=output_names(kept, trees.keys()),
            _folders=frozenset(trees),
            _files=frozenset(real(path) for path in kept if path != STDIN and path not in trees),
            _trees=tuple(real(path) for path in kept if path in trees),
            _spared=frozenset(real(path) for path in spared),
        )

    def __iter__(self) -> Iterator[Source]:
        """Every source, in the order of the paths, a folder's files by name, its own before its subfolders'."""
        named = self._named_targets()
        for path in self.paths:
            if path == STDIN:
                yield self._stream("<stdin>", path, named.get(path))
            elif path in self._folders:
                yield from self._walk(path, frozenset(named.values()))
            elif self.is_mirrored and path not in named:
                yield Source(path, error="another input has this name, too; give it another --output")
            else:
                yield self._file(path, named.get(path))

    def extent(self) -> int:
        """How many bytes there are to read, as the files' sizes tell; nothing is read."""
        named = (os.path.getsize(path) for path in self.paths if os.path.isfile(path))
        trees = (path for path in self.paths if path in self._folders)
        return sum(named) + sum(source.weight for tree in trees for source in self._walk(tree, frozenset()))

    def _named_targets(self) -> dict[str, AnyPath]:
        """The output files of the paths that are no folders."""
        if self.folder is None or not self.is_mirrored:
            return {}
        groups: dict[str, dict[str, str]] = {}
        for path in self.paths:
            if path not in self._folders:
                parent, name = os.path.split(self._bases[path])
                groups.setdefault(parent, {}).setdefault(name, path)
        folders = {self._bases[path] for path in self.paths if path in self._folders}
        targets: dict[str, AnyPath] = {}
        for parent, members in groups.items():
            taken = [os.path.basename(base) for base in folders if os.path.dirname(base) == parent and base]
            inner = (other for other in groups if other != parent and inside(other, parent))
            taken += [os.path.relpath(other, parent or os.curdir).split(os.sep)[0] for other in inner]
            taken += [] if parent else [REPORT]
            for name, target in target_names(members.keys(), self.suffix, taken).items():
                targets[members[name]] = self.folder / parent / target
        return targets

    def _walk(self, top: str, taken: frozenset[AnyPath]) -> Iterator[Source]:
        """A folder's sources, one folder listing in memory at a time.

        Links to folders are not followed: that way no loop is ever entered and no file read twice. Hidden files and
        folders and the output folder itself are no input.
        """
        waiting = [""]
        found = False
        while waiting:
            inner = waiting.pop()
            here = below(top, inner)
            try:
                entries = listing(here)
            except (OSError, NewscleanError) as error:
                found = True
                yield Source(here, error=why_not(error) if isinstance(error, OSError) else str(error))
                continue
            folders = [entry.name for entry in entries if entry.kind == "folder"]
            files = [entry for entry in entries if entry.kind != "folder"]
            waiting.extend(os.path.join(inner, name) for name in reversed(folders) if not self._is_output(here, name))
            place = self.folder / self._bases[top] / inner if self.folder is not None and self.is_mirrored else None
            occupied = [*folders, *(path.name for path in taken if path.parent == place)]
            occupied += [REPORT] if place == self.folder else []  # else it would be written over in the end
            pages = [e.name for e in files if not passed_over(e) and not self._is_named(below(here, e.name))]
            targets = target_names(pages, self.suffix, occupied) if place is not None else {}
            for entry in files:
                found = True
                path, why = below(here, entry.name), passed_over(entry)
                if why:
                    yield Source(path, skipped=why)
                elif entry.name in targets and place is not None:
                    yield self._file(path, place / targets[entry.name], entry.size)
                elif place is None and not self._is_named(path):
                    yield self._file(path, None, entry.size)
        if not found:
            yield Source(top, error="there is no file in this folder")

    def _file(self, path: str, target: AnyPath | None, size: int | None = None) -> Source:
        if target is not None and self._is_input(target):
            return Source(path, error=f"its article would be written over an input, {target}; choose another --output")
        if is_remote(path):
            return self._remote(path, target, size)
        try:
            status = os.stat(path)
        except OSError as error:
            return Source(path, error=_dangling(path) or why_not(error))
        if stat.S_ISREG(status.st_mode):
            return Source(path, Path(path), target=target, weight=status.st_size)
        if path in self.paths:
            return self._stream(path, path, target)
        return Source(path, skipped="no regular file")

    @staticmethod
    def _remote(path: str, target: AnyPath | None, size: int | None) -> Source:
        """A file of a store. size: as its folder says; without, the store is asked about large files alone."""
        place = Remote(path)
        why = cannot_be_mirrored(place) if target is not None else ""
        if why:
            return Source(path, error=why)
        if size is None and kind_of(place.name):
            try:
                info = place.info()
            except OSError as error:
                return Source(path, error=why_not(error))
            except NewscleanError as error:
                return Source(path, error=str(error))
            size = info.size if info is not None else 0
        return Source(path, place, target=target, weight=size or 0, url=path if place.is_web else None)

    def _stream(self, name: str, path: str, target: AnyPath | None) -> Source:
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
        return bool(self._files) and real(path) in self._files

    def _is_output(self, here: str, name: str) -> bool:
        """Whether a folder is that of the output, or the ledger of an earlier one."""
        if name == MARKERS and is_remote(here):
            return True
        if self.folder is None:
            return False
        output = real(str(self.folder))
        return output not in self._trees and real(below(here, name)) == output

    def _is_input(self, target: AnyPath) -> bool:
        """Whether a target is one of the inputs or of the files to be spared, or lies where inputs are read."""
        place = real(str(target))
        if place in self._files or place in self._spared:
            return True
        output = real(str(self.folder)) if self.folder is not None else place
        return any(inside(place, tree) and not (inside(output, tree) and output != tree) for tree in self._trees)


def _dangling(path: str) -> str:
    return "this link leads nowhere" if os.path.islink(path) and not os.path.exists(path) else ""
