"""Flags that choose what is kept: presets with their figures, and Reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsclean.judging.presets import measured
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])

_NOT_SAID = frozenset({Reason.DUPLICATE, Reason.REPEATED_ON_SITE, Reason.HIDDEN, Reason.RULE, Reason.NOT_THE_STORY})
"""Reasons that no words and no markup around a block name, so that `--drop` would have nothing to go by."""


class _Reasons(click.Choice[str]):
    """Names of Reasons; a wrong one is answered with the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from difflib import get_close_matches  # noqa: PLC0415  (needed by mistakes alone)

            known = ", ".join(self.choices)
            if value in set(Reason):
                self.fail(f"nothing in a block that is kept says {value!r}; choose among {known}", param, ctx)
            near = get_close_matches(str(value), self.choices, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {known}"
            self.fail(f"{value!r} is no Reason; {hint}", param, ctx)


REASONS = _Reasons([reason.value for reason in Reason])
DROPPED_BY_NAME = _Reasons([reason.value for reason in Reason if reason not in _NOT_SAID])

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
