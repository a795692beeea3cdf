"""What an HTML page declares about itself: JSON-LD, Open Graph, meta tags, microdata, `<time>`, `<title>`, canonical.

Nothing is judged here: every claim is listed with its source, and the front matter decides what to believe.
"""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

import regex

from newsclean.model import Claim, Declared
from newsclean.patterns import pattern
from newsclean.reading.jsonld import Linked, Node, read_linked, types_of
from newsclean.reading.metanames import WRITTEN_BY, field_of
from newsclean.reading.microdata import foreign_items, item_of, read_element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_WANTED = 'meta[content],title,h1,time,link[rel~="canonical"],script[type*="ld+json"],a[rel~="author"],[itemprop]'
"""One query for all: a pass over the tree costs more than the Python on its few hundred hits."""

_LISTS = ("titles", "descriptions", "authors", "published", "updated", "publishers")
_MOST = 60
"""Claims of one kind that are kept: a page of two hundred teasers declares two hundred times."""

_PROPS = pattern(r"author|datePublished|dateModified|headline")
_MARKUP = pattern(r"</?+[a-zA-Z][^<>]{0,200}+>")
_PICTURING = pattern(r"photogra|fotogra|videogra|illustrat|kamera|camera|фотогра", regex.I)
"""Professions of those who are named among a story's authors for its pictures."""
_LOCALE = pattern(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,2}+")


class _Claims:
    """Claims gathered in page order, a list for each field."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Claim]] = {name: [] for name in _LISTS}
        self.site_names: list[str] = []
        self.urls: list[str] = []
        self.languages: list[str] = []
        self.kinds: list[str] = []
        self._items: dict[tuple[str, Claim], list[LexborNode | None]] = {}

    def add(self, field: str, value: Any, source: str, text: str = "", item: LexborNode | None = None) -> None:
        """Note a claim, unless it is empty, no string or already there. item: the microdata item that makes it."""
        if not isinstance(value, str):
            return
        claims = self.lists[field]
        claim = Claim(_folded(value), source, text=_folded(text))
        if not claim.value or len(claims) >= _MOST:
            return
        if claim not in claims:
            claims.append(claim)
        self._items.setdefault((field, claim), []).append(item)

    def forget_others(self) -> None:
        """Take out what is said by nothing but microdata items of other stories and of comments."""
        items = [item for found in self._items.values() for item in found if item is not None]
        foreign = foreign_items(items)
        if foreign:
            for (field, claim), found in self._items.items():
                if all(item is not None and item.mem_id in foreign for item in found):
                    self.lists[field].remove(claim)


def read_declared(tree: LexborHTMLParser) -> Declared:
    """List what a parsed page declares about itself; never raises, whatever the page holds.

    tree: the page as selectolax's Lexbor parser gives it.
    """
    claims = _Claims()
    scripts: list[str] = []
    metas: dict[str, str] = {}
    root = tree.root
    if root is not None:
        claims.languages.extend(_language(root.attributes.get("lang")))
    for node in tree.css(_WANTED):
        tag = node.tag
        if tag == "meta":
            _read_meta(node, claims, metas, scripts)
        elif tag == "script":
            scripts.append(node.text() or "")
        elif tag == "title":
            # The first one is the page's; drawings, and groups inside them, have titles too.
            drawn = node.parent is not None and node.parent.tag == "svg"
            if not drawn and not any(claim.source == "html-title" for claim in claims.lists["titles"]):
                claims.add("titles", node.text(), "html-title")
        elif tag == "h1":
            if not _leads_home(node):
                claims.add("titles", node.text(separator=" " if node.css_first("br") is not None else ""), "h1")
        elif tag == "link":
            claims.urls.extend(_url(node.attributes.get("href")))
        elif tag in {"time", "a"} or _PROPS.search(node.attributes.get("itemprop") or ""):
            for field, claim in read_element(node):
                claims.add(field, claim.value, claim.source, claim.text, item_of(node))
    claims.forget_others()
    _read_labels(metas, claims)
    body = _read_json_ld(read_linked(scripts), claims)
    lists = {name: tuple(found) for name, found in claims.lists.items()}
    return Declared(
        **lists,
        site_name=_first(claims.site_names),
        url=_first(claims.urls),
        language=_first(claims.languages),
        kind=_first(claims.kinds),
        article_body=body,
    )


def _leads_home(heading: LexborNode) -> bool:
    """Tell whether a heading is the site's name: nothing but a link to its front page."""
    link = heading.css_first("a[href]")
    if link is None:
        return False
    href = (link.attributes.get("href") or "").strip()
    path = href.partition("://")[2].partition("/")[2] if "://" in href else href.strip("/")
    return not path and href not in ("", "#") and link.text().strip() == heading.text().strip()


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


def _folded(value: str) -> str:
    """Strip markup and entities that slipped into a value, lone surrogates, and runs of white space."""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = _MARKUP.sub("", value)
    if not value.isascii():
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\u200b", "")
    return " ".join(value.split())


def _url(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip().startswith(("http://", "https://")):
        yield value.strip()


def _language(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        match = _LOCALE.match(value.strip())
        if match:
            yield match[0].replace("_", "-")


def _read_meta(node: LexborNode, claims: _Claims, metas: dict[str, str], scripts: list[str]) -> None:
    attributes = node.attributes
    value = attributes.get("content")
    if not value:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        given = attributes.get(key)
        if not given:
            continue
        name = given.strip().lower()
        if key == "http-equiv":
            if name == "content-language":
                claims.languages.extend(_language(value))
            continue
        metas.setdefault(name, value)
        field = field_of(name)
        if field is None:
            continue
        source = "og" if name.startswith(("og:", "article:")) else "itemprop" if key == "itemprop" else "meta"
        if field == "site_name":
            claims.site_names.append(_folded(value))
        elif field == "url":
            claims.urls.extend(_url(value))
        elif field == "language":
            claims.languages.extend(_language(value))
        elif field == "kind":
            claims.kinds.append(_folded(value))
        elif field == "json-ld":
            scripts.append(value)
        elif field == "json":
            _read_parsely(value, claims)
        else:
            claims.add(field, value, source, item=item_of(node) if source == "itemprop" else None)
        return


def _read_labels(metas: dict[str, str], claims: _Claims) -> None:
    """Read the label and value pairs of Twitter cards: "Written by" and a name."""
    for number in "123":
        label = metas.get(f"twitter:label{number}", "").strip().rstrip(":").casefold()
        if label in WRITTEN_BY:
            claims.add("authors", metas.get(f"twitter:data{number}"), "meta")


def _read_parsely(value: str, claims: _Claims) -> None:
    try:
        page = json.loads(html.unescape(value), strict=False)
    except (ValueError, RecursionError):
        return
    if not isinstance(page, dict):
        return
    claims.add("titles", page.get("title"), "meta")
    claims.add("published", page.get("pub_date"), "meta")
    authors = page.get("authors", page.get("author"))
    for author in authors if isinstance(authors, list) else [authors]:
        claims.add("authors", author, "meta")


def _read_json_ld(linked: Linked, claims: _Claims) -> str | None:
    """Add what the page's own article says in JSON-LD, and return its body where it gives one."""
    by_id = dict(reversed(linked.by_id))
    body = None
    own = _own(linked.articles, claims)
    for place, node in enumerate((*own, *linked.pages)):
        claims.add("titles", node.get("headline"), "json-ld")
        if place < len(own):
            claims.add("titles", node.get("name"), "json-ld")
            claims.kinds[:0] = types_of(node)[:1]
            body = body or _text_of(node.get("articleBody"))
        claims.add("descriptions", node.get("description"), "json-ld")
        created = node.get("dateCreated") if place < len(own) else None
        claims.add("published", _text_of(node.get("datePublished") or created), "json-ld")
        claims.add("updated", _text_of(node.get("dateModified")), "json-ld")
        # whose film a page shows says nothing of whose page it is
        author = None if "VideoObject" in types_of(node) else node.get("author") or node.get("creator")
        for person, group in _names(author, by_id):
            claims.add("authors", person, "json-ld:organization" if group else "json-ld")
        for name, _ in _names(node.get("publisher"), by_id):
            claims.add("publishers", name, "json-ld")
        claims.urls.extend(_url(node.get("url")))
        claims.languages.extend(_language(node.get("inLanguage")))
    for node in linked.sites:
        claims.add("publishers", node.get("name"), "json-ld")
    if not claims.site_names:
        claims.site_names.extend(claim.value for claim in claims.lists["publishers"][:1])
    return body


def _own(articles: tuple[Node, ...], claims: _Claims) -> list[Node]:
    """Choose, among several articles described, those that are this page's: by address, else the first headline."""
    addresses = set(claims.urls)
    here = [place for place, node in enumerate(articles) if addresses & set(_addresses(node))]
    first = articles[here[0] if here else 0].get("headline") if articles else None
    headline = first if isinstance(first, str) else None
    return [node for place, node in enumerate(articles) if place in here or node.get("headline") in (headline, None)]


def _addresses(node: Node) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        if isinstance(value, dict):
            value = value.get("@id")
        if isinstance(value, str):
            yield value


def _text_of(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    return value if isinstance(value, str) and value.strip() else None


def _names(value: Any, by_id: dict[str, Node]) -> Iterator[tuple[str, bool]]:
    """List the names in an author or publisher value, each with whether it is declared to be an organization."""
    for item in (value if isinstance(value, list) else [value])[:_MOST]:
        if isinstance(item, str):
            yield item, False
        elif isinstance(item, dict):
            reference = item.get("@id")
            node = by_id.get(reference, item) if "name" not in item and isinstance(reference, str) else item
            if _PICTURING.search(_text_of(node.get("jobTitle")) or ""):
                continue
            group = any(kind.endswith("Organization") or kind == "Corporation" for kind in types_of(node))
            names = node.get("name") or f"{node.get('givenName') or ''} {node.get('familyName') or ''}"
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, str):
                    yield name, group
