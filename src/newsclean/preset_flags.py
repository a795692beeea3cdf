"""Flags that choose what is kept: presets with their figures, and Reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsclean.judging.presets import measured
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])

REASONS = click.Choice([reason.value for reason in Reason])

_PRESETS = {
    "recall": "Lose less of the story, keep more beside it.",
    "balanced": "The default.",
    "precision": "Keep less beside the story, lose more of it.",
}


def presets(command: Command) -> Command:
    """Add `--precision`, `--balanced` and `--recall`, each with what it was measured to do."""
    for name, what in _PRESETS.items():
        option = click.option(
            f"--{name}", "preset", flag_value=name, type=click.Choice(list(_PRESETS)), help=f"{what}{_figures(name)}"
        )
        command = option(command)
    return command


def _figures(name: str) -> str:
    figures = measured(name)
    return f" [precision {figures.precision:.3f}, recall {figures.recall:.3f}]" if figures else ""
