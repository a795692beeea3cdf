"""Where inputs are and what they are called below an output folder, on this machine and on stores alike.

Names stay strings here: folders may hold millions, and `..` must be folded as people read it, not along links.
"""
# ruff: noqa: PTH100, PTH112, PTH117, PTH118, PTH120, PTH121, PTH122

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from newsclean.batch.formats.containers import kind_of
from newsclean.batch.own_files import is_account
from newsclean.batch.remote import Remote, is_remote, place_of
from newsclean.batch.stores import Listed
from newsclean.batch.targets import PAGE_SUFFIXES
from newsclean.errors import NewscleanError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

STDIN = "-"

_ASSET_SUFFIXES = frozenset(
    ".css .js .mjs .map .png .jpg .jpeg .gif .webp .avif .svg .ico .bmp .woff .woff2 .ttf .otf .eot "
    ".mp3 .m4a .ogg .wav .mp4 .m4v .webm .mov .avi".split()
)
"""Files that browsers and crawlers save beside a page, and that are no page by their name."""

_PACKED = frozenset({".gz", ".zst"})


def absolute(path: str) -> str:
    """The path from the root, `..` folded as people read it; of an address the address."""
    return path if path == STDIN else str(place_of(path)) if is_remote(path) else os.path.abspath(path)


def real(path: str) -> str:
    """The path with all links followed; of an address the address."""
    return str(place_of(path)) if is_remote(path) else os.path.realpath(path)


def inside(path: str, tree: str) -> bool:
    """Whether a path is a folder or lies in it; both absolute or both real."""
    return path == tree or path.startswith(f"{tree.rstrip('/')}/" if is_remote(tree) else os.path.join(tree, ""))


def below(here: str, name: str) -> str:
    """The path of what a folder holds under a name."""
    return str(Remote(here) / name) if is_remote(here) else os.path.join(here, name)


def may_be_folder(path: str) -> bool:
    """Whether a path may be a folder; a store is not asked about what is a file by its name."""
    if not is_remote(path):
        return path != STDIN and os.path.isdir(path)
    place = place_of(path)
    if path.endswith("/"):
        return not (isinstance(place, Remote) and place.is_web)
    is_page = place.suffix.lower() in PAGE_SUFFIXES or place.suffix.lower() in _PACKED
    return not (is_page or kind_of(place.name) or (isinstance(place, Remote) and place.is_web))


def is_folder(path: str) -> bool:
    """Whether a path is a folder. Where a store does not answer, it is none, and whoever reads it is told why."""
    if not may_be_folder(path):
        return False
    if not is_remote(path):
        return True
    try:
        return place_of(path).is_dir()
    except (OSError, NewscleanError):
        return False


def listing(here: str) -> list[Listed]:
    """What a folder holds, by name, hidden files and folders left out. Raises OSError, MissingExtra."""
    if is_remote(here):
        return [entry for entry in Remote(here).listing() if entry.name[:1] != "."]
    with os.scandir(here) as entries:
        found = [Listed(entry.name, _kind(entry), 0) for entry in entries if entry.name[0] != "."]
    return sorted(found, key=lambda entry: entry.name)


def passed_over(entry: Listed) -> str:
    """Why a folder's entry is no input, if so."""
    if entry.kind == "link":
        return "a link to a folder is not followed"
    if entry.kind == "other":
        return "no regular file"
    if is_account(entry.name):
        return "the account of a run, no page"
    return "no page by its name" if os.path.splitext(entry.name)[1].lower() in _ASSET_SUFFIXES else ""


def output_names(paths: Sequence[str], folders: Collection[str]) -> dict[str, str]:
    """What each path is called below the output folder, without its suffix changed.

    A single folder is the output folder itself. Otherwise relative paths are mirrored as they stand, and as soon as
    one of them is absolute or climbs out with "..", all are named from the folder that holds them all. An address is
    absolute; beside paths of this machine it is named from its scheme on.
    """
    if len(paths) == 1 and paths[0] in folders:
        return {paths[0]: ""}
    plain = {path: "stdin" if path == STDIN else os.path.normpath(path) for path in paths}
    files = [path for path in paths if path != STDIN]
    remote = [path for path in files if is_remote(path)]
    if not remote and not any(_is_outside(name) for name in plain.values()):
        return plain
    rooted = {path: _rooted(path) for path in files}
    if remote and len(remote) < len(files):
        common = ""
        rooted = {path: os.path.splitdrive(name)[1].lstrip(os.sep) for path, name in rooted.items()}
    else:
        common = os.path.commonpath([os.path.dirname(name) for name in rooted.values()])
    named = {path: os.path.relpath(name, common) if common else name for path, name in rooted.items()}
    return {path: named.get(path, plain[path]) for path in paths}


def same_file(one: str | os.PathLike[str] | Remote, other: str | os.PathLike[str] | Remote) -> bool:
    """Whether two paths lead to one file; False when either leads nowhere."""
    if is_remote(str(one)) or is_remote(str(other)):
        return str(place_of(str(one))) == str(place_of(str(other)))
    try:
        return os.path.samefile(str(one), str(other))
    except OSError:
        return False


def cannot_be_mirrored(place: Remote) -> str:
    """Why there can be no file called as an address, if so: a folder's name may not be empty or dots."""
    odd = {"", ".", ".."} & set(place.path.strip("/").split("/"))
    return "its address has an empty or dotted part, so no file can be called like it; rename it" if odd else ""


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "link" if entry.is_symlink() and entry.is_dir() else "file"
    except OSError:  # a link that leads to itself, for one: whoever reads it as a file is told why
        return "file"


def _is_outside(name: str) -> bool:
    return os.path.isabs(name) or name.split(os.sep, maxsplit=1)[0] in {os.pardir, os.curdir}


def _rooted(path: str) -> str:
    place = place_of(path)
    if not isinstance(place, Remote):
        return os.path.abspath(path)
    return os.path.normpath(os.path.join(os.sep, place.scheme, *place.path.strip("/").split("/")))
