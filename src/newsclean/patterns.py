"""Regular expressions that are compiled when they are first used: most pages need few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import regex

if TYPE_CHECKING:
    from regex import Pattern

_Text = TypeVar("_Text", str, bytes)
_MEMBERS = ("findall", "finditer", "flags", "fullmatch", "match", "pattern", "search", "split", "sub", "subn")


class _Uncompiled:
    """Stands for a compiled pattern, whose members it takes over on first use: from then on it is as fast as one."""

    __slots__ = ("_given", *_MEMBERS)

    def __init__(self, source: Any, flags: int) -> None:
        self._given: tuple[Any, int] = (source, flags)

    def __getattr__(self, name: str) -> Any:
        """Compile; only asked for a member that is not there yet."""
        if name not in _MEMBERS:
            raise AttributeError(name)
        compiled = regex.compile(*self._given)
        for member in _MEMBERS:
            setattr(self, member, getattr(compiled, member))
        return getattr(self, name)


def pattern(source: _Text, flags: int = 0) -> Pattern[_Text]:
    r"""Make a pattern that is compiled when it is first used; else like `regex.compile`.

    Raises regex.error on that first use when the source is no regular expression.

    >>> pattern(r"\d++").findall("7 May 2020")
    ['7', '2020']
    """
    return cast("Pattern[_Text]", _Uncompiled(source, flags))
