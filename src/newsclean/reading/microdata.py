"""What elements of a page say by `<time>`, rel=author and microdata, and whether they say it of this page.

Lists of teasers and readers' comments are marked up in microdata too, each as an item of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from newsclean.model import Claim
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

_UPDATED = pattern(r"updat|modif|aktualis|edited|revis|mise-a-jour|maj\b", regex.I)
_COMMENT = pattern(r"Comment|Answer|Rating$")
_STORY = pattern(r"Article|Posting|Report|CreativeWork|Recipe|Review|HowTo")
_MOST_TEXT = 300
_STORY_TEXT = 500
"""Characters of an item's text above which it may be a story told in full."""


def read_element(node: LexborNode) -> Iterator[tuple[str, Claim]]:
    """Read `<time>`, rel=author and microdata from the element that shows them."""
    attributes = node.attributes
    props = (attributes.get("itemprop") or "").split()
    text = node.text()[:_MOST_TEXT]
    stated = attributes.get("content") or attributes.get("datetime")
    if "headline" in props:
        yield "titles", Claim(text, "itemprop", text=text)
    elif "author" in props:
        name = node.css_first('[itemprop~="name"]')
        shown = (name.attributes.get("content") or name.text()) if name is not None else stated or text
        yield "authors", Claim(shown, "itemprop", text=text)
    elif "dateModified" in props:
        yield "updated", Claim(stated or text, "itemprop", text=text)
    elif "datePublished" in props:
        yield "published", Claim(stated or text, "itemprop", text=text)
    elif node.tag == "time" and stated:
        hints = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {text[:40]}"
        parent = node.parent
        if parent is not None:
            hints += f" {parent.attributes.get('class') or ''}"
        field = "updated" if _UPDATED.search(hints) else "published"
        yield field, Claim(stated, "time", text=text)
    elif "author" in (attributes.get("rel") or "").split():
        yield "authors", Claim(text, "rel", text=text)


def foreign_items(items: Sequence[LexborNode]) -> set[int]:
    """List the items, by `mem_id`, that are comments or other stories than the page's.

    Of several stories the page's is the one that has a main heading, says what its body is or is told in full.
    """
    by_key = {item.mem_id: item for item in items}
    types = {key: _type_of(item) for key, item in by_key.items()}
    foreign = {key for key, kind in types.items() if _COMMENT.search(kind)}
    stories = [item for key, item in by_key.items() if key not in foreign and _STORY.search(types[key])]
    if len(stories) > 1:
        foreign.update({item.mem_id for item in stories} - _own(stories))
    return foreign


def _own(stories: Sequence[LexborNode]) -> set[int]:
    """Choose among items that are stories those that may be this page's."""
    headed = {item.mem_id for item in stories if item.css_first("h1,[itemprop~=articleBody]") is not None}
    if headed:
        return headed
    sizes = {item.mem_id: len(item.text()) for item in stories}
    longest = max(sizes, key=lambda key: sizes[key])
    return {longest} if sizes[longest] >= _STORY_TEXT else set()


def _type_of(item: LexborNode) -> str:
    return (item.attributes.get("itemtype") or "").rstrip("/")


def item_of(node: LexborNode) -> LexborNode | None:
    """The microdata item whose property an element is: the nearest element around it that is one."""
    above = node.parent
    while above is not None and above.tag != "-undef":
        if "itemscope" in above.attributes:
            return above
        above = above.parent
    return None
