"""Regular expressions that are compiled when they are first used: most pages need few of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar, cast

import regex

if TYPE_CHECKING:
    from collections.abc import Callable

_Text = TypeVar("_Text", str, bytes)
_MEMBERS = ("findall", "finditer", "flags", "fullmatch", "match", "pattern", "search", "split", "sub", "subn")


class _Uncompiled:
    """Stands for a compiled pattern, whose members it takes over on first use: from then on it is as fast as one."""

    __slots__ = ("_given", *_MEMBERS)

    def __init__(self, compiled: Callable[[Any, int], Any], source: str | bytes, flags: int) -> None:
        self._given = (compiled, source, flags)

    def __getattr__(self, name: str) -> Any:
        """Compile; only asked for a member that is not there yet."""
        if name not in _MEMBERS:
            raise AttributeError(name)
        function, source, flags = self._given
        compiled = function(source, flags)
        for member in _MEMBERS:
            setattr(self, member, getattr(compiled, member))
        return getattr(self, name)


def pattern(source: _Text, flags: int = 0) -> regex.Pattern[_Text]:
    r"""Make a pattern that is compiled when it is first used; else like `regex.compile`.

    Raises regex.error on that first use when the source is no regular expression.

    >>> pattern(r"\d++").findall("7 May 2020")
    ['7', '2020']
    """
    return cast("regex.Pattern[_Text]", _Uncompiled(regex.compile, source, flags))


def plain_pattern(source: _Text, flags: int = 0) -> re.Pattern[_Text]:
    r"""Make such a pattern for the engine of the standard library, which knows no scripts.

    Where a line is only looked at, it takes half the time of the other one or less.

    Raises re.error on first use when the source is no regular expression.

    >>> plain_pattern(r"\d++").findall("7 May 2020")
    ['7', '2020']
    """
    return cast("re.Pattern[_Text]", _Uncompiled(re.compile, source, flags))
