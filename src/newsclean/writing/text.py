"""Article → plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.model import Article


def write_text(article: Article) -> str:
    """The article as plain text (stand-in: the body alone)."""
    return article.text + "\n"
