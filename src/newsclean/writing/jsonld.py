"""Article → a schema.org NewsArticle in JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from newsclean.writing.controls import escaped_in_json

if TYPE_CHECKING:
    from newsclean.model import Article, Byline


def as_news_article(article: Article) -> dict[str, Any]:
    """The article as a schema.org NewsArticle; what the page does not say is left out.

    People are authors, wire services are the `sourceOrganization`, as schema.org has it for who is to be credited.
    """
    byline = article.byline
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": article.url,
        "inLanguage": article.language,
        "headline": article.title,
        "abstract": article.standfirst,
        "author": _people(byline) if byline else None,
        "editor": [{"@type": "Person", "name": name} for name in byline.editors] if byline else None,
        "sourceOrganization": _organizations(byline) if byline else None,
        "datePublished": article.published,
        "dateModified": article.updated,
        "dateline": article.dateline.text.strip(" —") if article.dateline else None,
        "locationCreated": _place(article),
        "articleBody": article.text or None,
        "wordCount": len(article.text.split()) or None,
    }
    return {name: value for name, value in fields.items() if value}


def write_jsonld(article: Article) -> str:
    """The article as one JSON-LD document, in UTF-8 characters, with a line feed at its end.

    It may stand inside a script element of a page: `<` is written as an escape.
    """
    document = json.dumps(as_news_article(article), ensure_ascii=False, indent=2).replace("<", "\\u003c")
    return escaped_in_json(document) + "\n"


def _people(byline: Byline) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": name} for name in byline.authors]


def _organizations(byline: Byline) -> list[dict[str, str]]:
    return [{"@type": "NewsMediaOrganization", "name": name} for name in byline.agencies]


def _place(article: Article) -> dict[str, Any] | None:
    dateline = article.dateline
    if dateline is None or not dateline.place:
        return None
    place: dict[str, Any] = {"@type": "Place", "name": dateline.place}
    if dateline.region:
        place["containedInPlace"] = {"@type": "Place", "name": dateline.region}
    return place
