"""Article → Markdown (CommonMark and tables) that a parser reads back as the same words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import regex

from newsclean.marks import without_list_mark
from newsclean.model import Kind
from newsclean.writing.controls import one_line, printable
from newsclean.writing.header import header_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.model import Article, Paragraph

_ANYWHERE = regex.compile(r"[\\`*\[\]<~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w{1,32};)")
"""What means something inside a line. An underscore between letters or digits does not, and URLs keep theirs."""

_AT_START = regex.compile(r"^(?:(?=[#>+=|-])|(\d{1,9})(?=[.)](?:\s|$)))")
"""What means something at the start of a line: heading, quote, bullet, rule, table; and a list number."""

_CLOSING_HASHES = regex.compile(r"#(?=#*+$)")
_FENCES = regex.compile(r"`{3,}+")
_MAX_LEVEL = 6
_CELL_JOINT = regex.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
"""The bar that the reader puts between the cells of a table row, which may be empty."""

_PIPE = "\\|"


def write_markdown(article: Article) -> str:
    """The article as Markdown: the title as first heading, the standfirst emphasised, then credits and body.

    Headings keep their level, but the title alone stands on the first. The text is empty when the article is.
    """
    header = header_of(article)
    parts = [
        _heading(header.title, 1) if header.title else "",
        f"*{_inline(header.standfirst)}*" if header.standfirst else "",
        "\\\n".join(_line(credit) for credit in header.credits),
    ]
    for kind, run in groupby(article.paragraphs, key=lambda paragraph: paragraph.kind):
        parts.extend(_run(kind, list(run)))
    text = "\n\n".join(part for part in parts if part)
    return f"{text}\n" if text else ""


def _run(kind: Kind, run: Sequence[Paragraph]) -> Iterable[str]:
    """Neighbours of one kind, as the parts that blank lines are put between."""
    if kind is Kind.LIST_ITEM:
        return ["\n".join(_items(run))]
    if kind is Kind.QUOTE:
        return ["\n>\n".join(f"> {_line(one_line(paragraph.text))}" for paragraph in run)]
    if kind is Kind.TABLE_ROW:
        return [_table([one_line(paragraph.text) for paragraph in run])]
    if kind is Kind.HEADING:
        return [_heading(one_line(p.text), min(max(p.level, 2), _MAX_LEVEL)) for p in run]
    if kind is Kind.PREFORMATTED:
        return [_code(printable(paragraph.text)) for paragraph in run]
    return [_line(one_line(paragraph.text)) for paragraph in run]


def _items(run: Sequence[Paragraph]) -> Iterable[str]:
    """List items; a level can only grow by one, for what stands deeper reads as code."""
    depth = 0
    for paragraph in run:
        depth = min(max(paragraph.level, 1), depth + 1)
        yield f"{'  ' * (depth - 1)}- {_line(without_list_mark(one_line(paragraph.text)))}"


def _table(rows: Sequence[str]) -> str:
    """Rows of as many cells each as a table, its first row as the head that Markdown asks for; others line by line."""
    cells = [[cell.strip() for cell in _CELL_JOINT.split(row)] for row in rows]
    columns = len(cells[0])
    if len(rows) < 2 or columns < 2 or any(len(row) != columns for row in cells):
        return "\\\n".join(_line(row) for row in rows)
    lines = [f"| {' | '.join(_inline(cell).replace('|', _PIPE) for cell in row)} |" for row in cells]
    return "\n".join([lines[0], f"|{' --- |' * columns}", *lines[1:]])


def _heading(text: str, level: int) -> str:
    return f"{'#' * level} {_CLOSING_HASHES.sub(_escape, _inline(text), count=1)}"


def _code(text: str) -> str:
    fence = max((found[0] + "`" for found in _FENCES.finditer(text)), key=len, default="```")
    return f"{fence}\n{text}\n{fence}"


def _line(text: str) -> str:
    """Text that opens a line."""
    return _AT_START.sub(lambda found: f"{found[1] or ''}\\", _inline(text), count=1)


def _inline(text: str) -> str:
    """Text inside a line."""
    return _ANYWHERE.sub(_escape, text)


def _escape(found: regex.Match[str]) -> str:
    return "\\" + found[0]
