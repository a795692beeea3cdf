"""JSON-LD as it is found on pages: read also where it is broken, and searched for the article it describes."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]

_MAX_CHARS = 1_500_000
_MAX_NODES = 2_000
"""A page describes itself in a few dozen nodes; beyond this it is a catalogue or an attack."""

_WRAPPERS = (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>"))
_STRING_OR_JUNK = pattern(
    r"""(?P<string>"(?:[^"\\]|\\.)*+")|(?P<junk>/\*(?:[^*]|\*(?!/))*+\*/|(?<![:\w])//[^\n]*+|,(?=(?:\s|/\*[^*]*+\*/)*+[}\]]))""",
    regex.S,
)
_FIELD = pattern(
    r'"(?P<key>headline|datePublished|dateModified|description)"\s*+:\s*+"(?P<value>(?:[^"\\\n]|\\.){1,500}+)"(?=\s*+[,}\r\n])'
)
_ARTICLE = pattern(r"(?:Article|BlogPosting|Reportage|Report|Posting|Review|Recipe|HowTo|Essay)$")
_NO_ARTICLE = frozenset({"ProductReview", "CriticReview", "ClaimReview", "JobPosting"})
_PAGE = frozenset(
    {"WebPage", "ItemPage", "AboutPage", "QAPage", "FAQPage", "VideoObject", "CreativeWork", "MedicalWebPage"}
)
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
"""Keys under which the page's own article may stand; lists of other stories (itemListElement …) are not opened."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a page's JSON-LD says: its articles and pages in order, and every named node by its @id."""

    articles: tuple[Node, ...] = ()
    pages: tuple[Node, ...] = ()
    sites: tuple[Node, ...] = ()
    by_id: tuple[tuple[str, Node], ...] = ()


def read_linked(scripts: list[str]) -> Linked:
    """Read the contents of a page's JSON-LD scripts; what cannot be read even after repair is left out."""
    articles: list[Node] = []
    pages: list[Node] = []
    sites: list[Node] = []
    named: list[tuple[str, Node]] = []
    for node in _nodes(scripts):
        kinds = types_of(node)
        if any(_ARTICLE.search(kind) and kind not in _NO_ARTICLE for kind in kinds):
            articles.append(node)
        elif any(kind in _PAGE for kind in kinds):
            pages.append(node)
        elif "WebSite" in kinds or any(kind.endswith("Organization") for kind in kinds):
            sites.append(node)
        name = node.get("@id")
        if isinstance(name, str):
            named.append((name, node))
    return Linked(tuple(articles), tuple(pages), tuple(sites), tuple(named))


def types_of(node: Node) -> tuple[str, ...]:
    """List the types of a node without their namespace."""
    value = node.get("@type", node.get("type"))
    kinds = value if isinstance(value, list) else [value]
    return tuple(kind.rpartition("/")[2].rpartition(":")[2] for kind in kinds if isinstance(kind, str))


def load(text: str) -> list[Any]:
    """Parse one script, repairing what can be repaired without guessing.

    Raw line breaks in strings, trailing commas, comments, CDATA and comment wrappers, HTML-escaped quotes, several
    documents in a row. Of what stays broken, only fields that stand on their own (headline, dates) are taken.
    """
    if len(text) > _MAX_CHARS:
        return []
    text = _unwrapped(text)
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    for attempt in (_as_is, _repaired):
        try:
            return attempt(text)
        except (ValueError, RecursionError):
            continue
    fields: Node = {}
    for match in _FIELD.finditer(text):
        try:
            fields.setdefault(match["key"], json.loads(f'"{match["value"]}"', strict=False))
        except ValueError:
            continue
    return [{"@type": "Article", **fields}] if "datePublished" in fields or "headline" in fields else []


def _unwrapped(text: str) -> str:
    text = text.strip()
    for start, end in _WRAPPERS:
        # The end mark can be missing or spaced otherwise than the start: what is not JSON goes either way.
        if text.startswith(start):
            text = text.removeprefix(start).removesuffix(end).strip()
    return text.rstrip(";/ \n")


def _as_is(text: str) -> list[Any]:
    return [json.loads(text, strict=False)]


def _repaired(text: str) -> list[Any]:
    text = _STRING_OR_JUNK.sub(lambda match: match["string"] or "", text)
    decoder = json.JSONDecoder(strict=False)
    documents: list[Any] = []
    place = 0
    while place < len(text) and len(documents) < _MAX_NODES:
        document, place = decoder.raw_decode(text, place)
        documents.append(document)
        while place < len(text) and text[place] in " \t\r\n,;":
            place += 1
    return documents


def _nodes(scripts: list[str]) -> Iterator[Node]:
    """Walk the nodes that may describe this page, in order, without recursion."""
    budget = _MAX_NODES
    for script in scripts:
        stack: list[Any] = load(script)[::-1]
        while stack and budget:
            item = stack.pop()
            budget -= 1
            if isinstance(item, list):
                stack.extend(reversed(item))
            elif isinstance(item, dict):
                yield item
                stack.extend(item[key] for key in reversed(_HOLDERS) if isinstance(item.get(key), (dict, list)))
