"""Article → Markdown (CommonMark and tables) that a parser reads back as the same words."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import regex

from newsclean.inline import Mark, shifted
from newsclean.marks import without_list_mark
from newsclean.model import Kind
from newsclean.writing.controls import one_line, printable
from newsclean.writing.header import header_of
from newsclean.writing.inline import escape, write_image, write_inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.inline import Image
    from newsclean.model import Article, Paragraph

_AT_START = regex.compile(r"^(?:(?=[#>+=|-])|(\d{1,9})(?=[.)](?:\s|$)))")
"""What means something at the start of a line: heading, quote, bullet, rule, table; and a list number."""

_CLOSING_HASHES = regex.compile(r"#(?=#*+$)")
_FENCES = regex.compile(r"`{3,}+")
_MAX_LEVEL = 6
_CELL_JOINT = regex.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
"""The bar that the reader puts between the cells of a table row, which may be empty."""

_PIPE = "\\|"
_TOGETHER = frozenset({Kind.LIST_ITEM, Kind.QUOTE, Kind.TABLE_ROW})
"""Kinds of which neighbours make one part."""


def write_markdown(article: Article) -> str:
    """The article as Markdown: the title as first heading, the standfirst emphasised, then credits and body.

    Headings keep their level, but the title alone stands on the first. Links, emphasis and images are written when
    `article.options` ask for them. The text is empty when the article is.
    """
    header = header_of(article)
    parts = [
        _heading(escape(header.title), 1) if header.title else "",
        f"*{escape(header.standfirst)}*" if header.standfirst else "",
        "\\\n".join(_line(escape(credit)) for credit in header.credits),
        *_body(article),
    ]
    text = "\n\n".join(part for part in parts if part)
    return f"{text}\n" if text else ""


def _body(article: Article) -> Iterator[str]:
    """The parts that blank lines are put between; an image inside a list, a quote or a table stands after it."""
    images = deque(article.images)
    place = 0
    for kind, run in groupby(article.paragraphs, key=lambda paragraph: paragraph.kind):
        same = list(run)
        for part in [same] if kind in _TOGETHER else [[paragraph] for paragraph in same]:
            while images and images[0].place <= place:
                yield _image(images.popleft())
            yield _part(kind, part)
            place += len(part)
    yield from map(_image, images)


def _part(kind: Kind, run: Sequence[Paragraph]) -> str:
    """A paragraph, or neighbours of a kind that belong together."""
    if kind is Kind.LIST_ITEM:
        return "\n".join(_items(run))
    if kind is Kind.QUOTE:
        return "\n>\n".join(f"> {_line(_inline(paragraph))}" for paragraph in run)
    if kind is Kind.TABLE_ROW:
        return _table(run)
    (paragraph,) = run
    if kind is Kind.HEADING:
        return _heading(_inline(_unadorned(paragraph)), min(max(paragraph.level, 2), _MAX_LEVEL))
    if kind is Kind.PREFORMATTED:
        return _code(printable(paragraph.text))
    return _line(_inline(paragraph))


def _items(run: Sequence[Paragraph]) -> Iterator[str]:
    """List items; a level can only grow by one, for what stands deeper reads as code."""
    depth = 0
    for paragraph in run:
        depth = min(max(paragraph.level, 1), depth + 1)
        text = without_list_mark(paragraph.text)
        spans = shifted(paragraph.spans, len(paragraph.text) - len(text), 0)
        yield f"{'  ' * (depth - 1)}- {_line(_inline(replace(paragraph, text=text, spans=spans)))}"


def _table(run: Sequence[Paragraph]) -> str:
    """Rows of as many cells each as a table, its first row as the head that Markdown asks for; others line by line."""
    rows = [_cells(paragraph) for paragraph in run]
    columns = len(rows[0])
    if len(rows) < 2 or columns < 2 or any(len(row) != columns for row in rows):
        return "\\\n".join(_line(_inline(paragraph)) for paragraph in run)
    lines = [f"| {' | '.join(cell.replace('|', _PIPE) for cell in row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * columns}", *lines[1:]])


def _cells(paragraph: Paragraph) -> list[str]:
    cells: list[str] = []
    start = 0
    for piece in _CELL_JOINT.split(paragraph.text):
        spans = shifted((span for span in paragraph.spans if span.start < start + len(piece)), start, 0)
        cells.append(_inline(replace(paragraph, text=piece, spans=spans)).strip())
        start += len(piece) + 1
    return cells


def _heading(text: str, level: int) -> str:
    return f"{'#' * level} {_CLOSING_HASHES.sub(_escaped, text, count=1)}"


def _unadorned(paragraph: Paragraph) -> Paragraph:
    """A heading without the emphasis that is all around it, as it stands out anyway."""
    size = len(paragraph.text)
    spans = (s for s in paragraph.spans if s.mark is Mark.LINK or (s.start, s.end) != (0, size))
    return replace(paragraph, spans=tuple(spans))


def _image(image: Image) -> str:
    return write_image(image.address, one_line(image.alt))


def _code(text: str) -> str:
    fence = max((found[0] + "`" for found in _FENCES.finditer(text)), key=len, default="```")
    return f"{fence}\n{text}\n{fence}"


def _line(markdown: str) -> str:
    """Inline Markdown that opens a line."""
    return _AT_START.sub(lambda found: f"{found[1] or ''}\\", markdown, count=1)


def _inline(paragraph: Paragraph) -> str:
    """The words of a paragraph on one line, with its spans unless the line is another than they were counted in."""
    line = one_line(paragraph.text)
    return write_inline(line, paragraph.spans if line == paragraph.text else ())


def _escaped(found: regex.Match[str]) -> str:
    return "\\" + found[0]
