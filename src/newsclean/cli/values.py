"""What the values of flags may be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click import Context, Parameter


class _Path(click.Path):
    """A path of any kind: what cannot be read is told where it is read, and costs itself alone."""

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> Any:
        if not value:
            self.fail("it is empty; a variable of the shell that is not set, perhaps?", param, ctx)
        return super().convert(value, param, ctx)


PATH = _Path(readable=False)
"""What a flag takes that names a file or a folder."""

LARGEST = 2**31 - 1
"""Bytes of a page that a machine can be asked for; beyond this, memory may be refused for want of it."""

LONGEST = 1_000_000
"""Seconds that can be waited for; systems take no more than some hundred times as many."""


class Number(click.FloatRange):
    """A number, which `nan` is not."""

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> Any:
        """The number. Fails where it is none, or out of its range."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is no number.", param, ctx)
        return number


class _Words(click.types.StringParamType):
    """A text that UTF-8 can hold: bytes of an argument that are none come as halves of characters."""

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> Any:
        text = super().convert(value, param, ctx)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            self.fail(f"{text!r} is no UTF-8 text.", param, ctx)
        return text


WORDS = _Words()
"""What is written out with the article: its address, its language."""
