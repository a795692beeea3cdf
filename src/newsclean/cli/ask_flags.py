"""Flags that ask what was done, or what would be, in place of the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsclean.cli.preset_flags import DROPPED_BY_NAME, REASONS
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])


def asks(command: Command) -> Command:
    """Add `--diff`, `--check` and `--reason`."""
    options = [
        click.option("--diff", is_flag=True, help="Show what changes, as a unified diff from the flattened input."),
        click.option("--check", is_flag=True, help="Write nothing; fail where something would be dropped."),
        click.option(
            "--reason",
            metavar="REASON",
            type=REASONS,
            is_eager=True,
            expose_value=False,
            allow_from_autoenv=False,
            callback=_tell,
            help="Say what a Reason stands for.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _tell(ctx: click.Context, _: click.Parameter, name: str | None) -> None:
    if name is None or ctx.resilient_parsing:
        return
    from newsclean.cli.reason_guide import explain_reason  # noqa: PLC0415  (loaded by those who ask for it)

    click.echo(explain_reason(Reason(name), by_name=name in DROPPED_BY_NAME.choices), nl=False)
    ctx.exit(0)
