"""Everything newsclean raises on purpose.

NewscleanError
├── UnreadableSource    the bytes are no page: empty, binary, truncated archive, too large, not decodable
├── RuleError           a rule of the user's own fails on this page
├── NotAnArticle        the page was read, but holds no story
└── UsageError          an option or argument that cannot be meant (a ValueError too)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.model import Article


class NewscleanError(Exception):
    """The root of newsclean's own errors; its text is one line that says what to do."""


class UnreadableSource(NewscleanError):
    """The source cannot be read as HTML or text."""


class RuleError(NewscleanError):
    """A rule of the user's own cannot be used on this page, as its pattern takes too long."""


class NotAnArticle(NewscleanError):
    """The source was read, but holds no story; `article` has the verdict on every block, so that one can see why."""

    def __init__(self, message: str, article: Article | None = None) -> None:
        super().__init__(message, article)
        self.article = article

    def __str__(self) -> str:
        return str(self.args[0])


class UsageError(NewscleanError, ValueError):
    """An option or argument has a value that newsclean cannot use."""
