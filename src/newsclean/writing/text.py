"""Article → plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.writing.controls import printable
from newsclean.writing.header import header_of

if TYPE_CHECKING:
    from newsclean.model import Article


def write_text(article: Article) -> str:
    r"""The article as plain text: title, standfirst, byline and dates, body, with blank lines between.

    What the page does not say leaves no hole. The text ends with one line feed and holds no control character; it is
    empty when the article is.
    """
    header = header_of(article)
    body = printable(article.text).strip("\n")
    parts = [header.title, header.standfirst, "\n".join(header.credits), body]
    text = "\n\n".join(part for part in parts if part)
    return f"{text}\n" if text else ""
