"""Flags that say what Markdown keeps of a page besides its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from newsclean.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])

_FLAGS = {
    "links": "In Markdown, keep the links of a page.",
    "emphasis": "In Markdown, keep bold, italic, struck out and code.",
    "images": "In Markdown, keep the story's images; for captions --keep caption.",
}


def markdown_flags(command: Command) -> Command:
    """Add `--links`, `--emphasis` and `--images`."""
    for name, what in reversed(_FLAGS.items()):
        command = click.option(f"--{name}/--no-{name}", default=False, help=what)(command)
    return command


def check_markdown_flags(ctx: click.Context) -> None:
    """Refuse flags on the command line that would change nothing; in a file they are for whenever they do.

    Raises UsageError when another form is written.
    """
    if ctx.params["form"] == "markdown":
        return
    for name in _FLAGS:
        if ctx.params[name] and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise UsageError(f"--{name} is for Markdown: add -f markdown")
