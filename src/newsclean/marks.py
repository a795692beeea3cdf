"""The marks that flattened text spells and HTML draws."""

from __future__ import annotations

import regex

_LIST_MARK = regex.compile(r"(?:[-*+•·‣▪◦●○■□▸►▶➤»✓✔]|\\-)\s++(?=\S)")
"""The mark before a list item; a dash is none, as it opens direct speech in half of Europe."""


def without_list_mark(text: str) -> str:
    """The text of a list item without the mark it begins with, if there is one: `- milk` is `milk`."""
    mark = _LIST_MARK.match(text)
    return text[mark.end() :] if mark else text


def has_list_mark(text: str) -> bool:
    """Whether a line begins as an item of a list."""
    return _LIST_MARK.match(text) is not None
