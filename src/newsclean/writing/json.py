"""Article → JSON-ready data, JSON documents and JSON lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from newsclean._version import __version__
from newsclean.marks import without_halves
from newsclean.model import SCHEMA
from newsclean.writing.controls import escaped_in_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.model import Article, Dateline, Paragraph


def as_dict(article: Article) -> dict[str, Any]:
    """The article as JSON-ready data, always with the same fields in the same order.

    `text` and `paragraphs` are the body alone; `blocks` holds the verdict on every block of the input. What the page
    does not say is None.
    """
    return {
        "schema": SCHEMA,
        "newsclean": __version__,
        "model": article.model,
        "url": article.url,
        "language": article.language,
        "title": article.title,
        "standfirst": article.standfirst,
        "byline": article.byline.to_dict() if article.byline else None,
        "published": article.published,
        "updated": article.updated,
        "date_ambiguous": article.date_ambiguous,
        "dateline": _dateline(article.dateline) if article.dateline else None,
        "text": article.text,
        "paragraphs": [_paragraph(paragraph) for paragraph in article.paragraphs],
        "confidence": round(article.confidence, 4),
        "sources": dict(sorted(article.sources.items())),
        "blocks": [verdict.to_dict() for verdict in article.verdicts],
    }


def write_json(article: Article) -> str:
    """The article as one indented JSON document, in UTF-8 characters, with a line feed at its end."""
    return escaped_in_json(json.dumps(as_dict(article), ensure_ascii=False, indent=2)) + "\n"


def write_json_line(article: Article, source: str, origin: Mapping[str, Any] | None = None) -> bytes:
    """The article as one line of JSON Lines in UTF-8, the name of its source first.

    origin: what else is known of the source, to stand after its name; a `msgspec.Raw` stands as it is.
    """
    data = {"source": source, **(origin or {}), **as_dict(article)}
    try:
        line = msgspec.json.encode(data)
    except UnicodeEncodeError:  # half a surrogate pair, as in file names that are no UTF-8
        text = json.dumps(data, ensure_ascii=False, default=msgspec.json.decode)
        line = msgspec.json.encode(json.loads(without_halves(text)))
    if not line.isascii() or b"\x7f" in line:
        line = escaped_in_json(line.decode("utf-8")).encode("utf-8")
    return line + b"\n"


def _dateline(dateline: Dateline) -> dict[str, Any]:
    data = dateline.to_dict()
    del data["rest"]  # the paragraph already says it
    return data


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {"kind": paragraph.kind.value, "level": paragraph.level, "text": paragraph.text}
