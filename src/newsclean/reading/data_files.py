"""Texts that are no pages: feeds and other XML, and JSON, known by how they begin and end."""

from __future__ import annotations

import regex

from newsclean.errors import UnreadableSource
from newsclean.patterns import pattern
from newsclean.reading.sniff import INVISIBLE, begins_as_html

_PROLOGUE = pattern(
    rf"(?:[\s{INVISIBLE}]++|<\?.*?\?>|<!--.*?-->|<!doctype\b[^<>\[]*+(?:\[.*?\]\s*+)?>){{1,100}}+",
    regex.DOTALL | regex.IGNORECASE,
)
_ROOT = pattern(r"<([\w:.\-]{1,60}+)(?=[\s/>])([^<>]*+)")
_NAMED = pattern(r"\b(?:xmlns|version)\b")
_KNOWN = {
    "rss": "a feed (RSS): give the pages that it lists",
    "feed": "a feed (Atom): give the pages that it lists",
    "rdf:rdf": "a feed or other RDF in XML: give the pages that it lists",
    "urlset": "a sitemap: give the pages that it lists",
    "sitemapindex": "a sitemap: give the pages that it lists",
}
_OTHER = "XML (<{}>): convert it to HTML or text first"
_JSON = (
    "JSON: give the HTML or text that is in it, or one page a line in a file that is called .jsonl, see docs/scale.md"
)
_JSON_LINES = "JSON Lines: let the file be called .jsonl, see docs/scale.md"


def refuse_data(text: str) -> None:
    """Raise UnreadableSource where a text is XML that is no XHTML, or JSON, and say what to do."""
    start = text[:1] if not text[:1].isspace() and text[:1] not in INVISIBLE else text.lstrip()[:1]
    if start in "<" + INVISIBLE:
        what = _xml(text)
    elif start in "{[":
        what = _json(text.strip())
    else:
        return
    if what is not None:
        raise UnreadableSource(f"no page: it is {what}")


def _xml(text: str) -> str | None:
    prologue = _PROLOGUE.match(text)
    at = prologue.end() if prologue is not None else 0
    root = _ROOT.match(text, at)
    if root is None:
        return None
    name = root[1].lower()
    is_declared = prologue is not None and "<?xml" in prologue[0]
    if name in _KNOWN and (is_declared or _NAMED.search(root[2])):
        return _KNOWN[name]
    if is_declared and not begins_as_html(text, at) and text.rstrip().endswith(f"</{root[1]}>"):
        return _OTHER.format(root[1])
    return None


def _json(text: str) -> str | None:
    if text[-1] not in "}]":
        return None
    from json import JSONDecoder  # noqa: PLC0415  (few texts begin so)

    try:
        _, end = JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if end == len(text):
        return _JSON
    # a text may go on behind a bracket
    return _JSON_LINES if text[0] == "{" and text[end:].lstrip(" \t\r").startswith("\n{") else None
