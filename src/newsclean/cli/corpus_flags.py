"""The flags of the command line that matter to many pages at once."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING, Any

import click

from newsclean.batch.formats.unpack import MissingExtra
from newsclean.batch.long_runs.parts import SHARD_SIZE
from newsclean.batch.remote import place_of, why_not
from newsclean.cli.values import LARGEST, LONGEST, PATH, Number
from newsclean.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_OPTIONS = (
    click.option(
        "--files-from", metavar="FILE", type=PATH, help="Read more PATHs from a file, one a line; - is stdin."
    ),
    click.option("--field", metavar="NAME", help="Field or column with the page; default html, text, content."),
    click.option(
        "--url-field",
        metavar="NAME",
        default="url",
        show_default=True,
        help="Field or column with the address of the page.",
    ),
    click.option(
        "--shard-size",
        type=click.IntRange(min=1),
        metavar="N",
        default=SHARD_SIZE,
        show_default=True,
        help="Inputs of one shard, with -f jsonl or parquet and -o FOLDER.",
    ),
    click.option(
        "--site-memory",
        metavar="FILE",
        type=PATH,
        help="Drop what comes back on many pages of a site, as FILE knows it; many inputs are learned from first.",
    ),
    click.option(
        "--learn",
        type=click.Choice(["auto", "only", "never"]),
        default="auto",
        show_default=True,
        help="With --site-memory: learn from many inputs and clean them; learn and clean nothing; do not learn.",
    ),
    click.option("--resume", is_flag=True, help="Go on with a run into this folder that was broken off."),
    click.option("--overwrite", is_flag=True, help="Begin anew where an earlier run wrote its output."),
    click.option(
        "--max-bytes",
        type=click.IntRange(min=1, max=LARGEST),
        metavar="N",
        default=20_000_000,
        show_default=True,
        help="The largest page taken, unpacked.",
    ),
    click.option(
        "--timeout",
        type=Number(min=0, min_open=True, max=LONGEST),
        metavar="SECONDS",
        help="Give a page up after so long, when worker processes clean it; default 10.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="Worker processes of this machine, or of a Ray cluster (with -o FOLDER that all its machines share).",
    ),
    click.option("--ray-address", metavar="ADDRESS", help="The cluster (HOST:6379); default RAY_ADDRESS, or one here."),
)


def corpus_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the flags to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def listed_paths(name: str | None) -> tuple[str, ...]:
    """The paths in a list, one a line, blank lines left out. name: a file, "-" for stdin, None for no list.

    Where it has NUL bytes, which no path can hold, they divide it, as `find -print0` writes it.

    Raises UsageError when the list cannot be read.
    """
    if name is None:
        return ()
    try:
        data = _stdin() if name == "-" else place_of(name).read_bytes()
    except OSError as error:
        raise UsageError(f"--files-from: {name} cannot be read: {why_not(error)}") from None
    except MissingExtra as error:
        raise UsageError(f"--files-from: {error}") from None
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise UsageError(f"--files-from: {name} is UTF-16; save it as UTF-8")
    data = data.removeprefix(BOM_UTF8)
    lines = data.split(b"\0") if b"\0" in data else data.splitlines()
    return tuple(os.fsdecode(line) for line in lines if line.strip())


def _stdin() -> bytes:
    return sys.stdin.buffer.read() if sys.stdin is not None else b""
