"""What the Reasons stand for, each with an invented example."""

from __future__ import annotations

import textwrap
import tomllib
from typing import TYPE_CHECKING

from newsclean.shipped import shipped_text

if TYPE_CHECKING:
    from newsclean.model import Reason


def explain_reason(reason: Reason, *, by_name: bool, width: int = 80) -> str:
    """A few lines about a Reason. by_name: whether `--drop` takes it. width: columns to fill."""
    guide = tomllib.loads(shipped_text("cli/reason_guide.toml"))
    entry = guide[reason.value]
    more = f"; with --drop {reason.value} more of them are dropped" if by_name else ""
    lines = [
        reason.value,
        *textwrap.wrap(entry["what"], width, initial_indent="  ", subsequent_indent="  "),
        "",
        *textwrap.wrap(f"For example: {entry['example']}", width, initial_indent="  ", subsequent_indent="  "),
        "",
        *textwrap.wrap(
            f"Keep such blocks with --keep {reason.value}{more}.",
            width,
            initial_indent="  ",
            subsequent_indent="  ",
            break_on_hyphens=False,
        ),
    ]
    return "\n".join(lines) + "\n"
