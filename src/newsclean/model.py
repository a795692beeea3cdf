"""The nouns: what is read, what is judged, and what comes out.

They can be hashed, by all fields but those that are mappings or lists; equal ones are so in all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from newsclean.options import Options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.inline import Image, Span

SCHEMA = 1
"""Version of the shape of `Article.to_dict()`; it grows when a field changes its meaning or goes away."""


JOINT = " + "
"""Between the names of two weights that have judged one page."""


class Reason(StrEnum):
    """Why a block was dropped; a closed set."""

    LISTING = "listing"
    RELATED = "related"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    NAVIGATION = "navigation"
    COMMENT = "comment"
    AD = "ad"
    COOKIE = "cookie"
    PAYWALL = "paywall"
    CAPTION = "caption"
    CREDIT = "credit"
    COPYRIGHT = "copyright"
    AUTHOR_BIO = "author-bio"
    DUPLICATE = "duplicate"
    REPEATED_ON_SITE = "repeated-on-site"
    HIDDEN = "hidden"
    RULE = "rule"
    NOT_THE_STORY = "not-the-story"


class Kind(StrEnum):
    """What a block is on its page, as far as the markup or the text's layout tells."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    TABLE_ROW = "table-row"
    CAPTION = "caption"
    PREFORMATTED = "preformatted"


class Action(StrEnum):
    """What became of a block: kept in the body, dropped, or moved into the front matter."""

    KEEP = "keep"
    DROP = "drop"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-sized piece of the page, in reading order.

    index: its place among the page's blocks, from 0.
    text: its words, white space folded to single spaces.
    kind: what it is on the page.
    level: of a heading 1 to 6, of a list item its nesting from 1; else 0.
    start, end: characters of the decoded text it came from, for flattened text; -1 for HTML.
    """

    index: int
    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that the page states about itself, with where it states it.

    value: as stated. source: "json-ld", "meta", "og", "time", "itemprop", "rel", "html-title", "canonical" …
    block: index of the block it stands in (`<time>`, itemprop, rel=author), or -1.
    text: the visible text of the element that carries it, where there is one.
    """

    value: str
    source: str
    block: int = -1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page declares about itself, each list in page order and not yet believed."""

    titles: tuple[Claim, ...] = ()
    descriptions: tuple[Claim, ...] = ()
    authors: tuple[Claim, ...] = ()
    published: tuple[Claim, ...] = ()
    updated: tuple[Claim, ...] = ()
    publishers: tuple[Claim, ...] = ()
    site_name: str | None = None
    url: str | None = None
    language: str | None = None
    kind: str | None = None
    article_body: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The tag-level facts of an HTML page, as parallel lists.

    Of elements (block-level ones only; element 0 is the root): tags, parents (index, -1 for the root), classes, ids,
    roles (role and itemprop joined by a space), depths, hidden, first_block and end_block
    (the range of blocks inside it).
    Of blocks: element (index of the nearest enclosing block-level element), link_chars, links, bold_chars.
    """

    tags: list[str]
    parents: list[int]
    classes: list[str]
    ids: list[str]
    roles: list[str]
    depths: list[int]
    hidden: list[bool]
    first_block: list[int]
    end_block: list[int]
    block_element: list[int]
    block_link_chars: list[int]
    block_links: list[int]
    block_bold_chars: list[int]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule of the user's own says about a block. keep: or drop. rule: its name."""

    keep: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the user's own rules say about a page.

    blocks: block index → ruling. fields: front matter field ("title", "byline", "published") → its text on the page.
    moved: block index → the field that was read from it. story: a rule says which elements the story is.
    """

    blocks: Mapping[int, Ruling] = field(default_factory=dict, hash=False)
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    moved: Mapping[int, str] = field(default_factory=dict, hash=False)
    story: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A source once read: its blocks, and what it declares about itself.

    layout: the tag-level facts; None for flattened text.
    language: as the caller said, or the page declares; None when nobody says. ruled: by the user's own rules.
    spans: of blocks by index, outer ones first. images: in page order. Both are empty unless the options ask for them.
    breaks: of a text that came on one line, block index → score of the gap above it; empty when the lines are its own.
    """

    blocks: tuple[Block, ...]
    declared: Declared = Declared()
    layout: Layout | None = field(default=None, hash=False)
    url: str | None = None
    language: str | None = None
    ruled: Ruled = Ruled()
    spans: Mapping[int, tuple[Span, ...]] = field(default_factory=dict, hash=False)
    images: tuple[Image, ...] = ()
    breaks: Mapping[int, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one block, and why.

    action: keep, drop or move. reason: of a dropped block, else None.
    probability: that the block belongs to the story, by the tagger, between 0 and 1.
    field: of a moved block the front matter field it went to ("title", "standfirst", "byline", "published"), else None.
    rule: the name of the user's own rule that kept or dropped it, else None.
    """

    block: Block
    action: Action
    reason: Reason | None
    probability: float
    field: str | None = None
    rule: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The verdict as JSON-ready data, with the block's text."""
        return {
            "index": self.block.index,
            "action": self.action.value,
            "reason": self.reason.value if self.reason else None,
            "probability": round(self.probability, 4),
            "field": self.field,
            "rule": self.rule,
            "kind": self.block.kind.value,
            "level": self.block.level,
            "text": self.block.text,
        }


@dataclass(frozen=True, slots=True)
class Byline:
    """Who is credited: people, wire services and editors apart.

    authors: personal names in reading order. agencies: short names ("AP", "ČTK"). editors: named as editors.
    location: a place printed with the byline. raw: the line as printed or declared.
    """

    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    location: str | None = None
    raw: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The byline as JSON-ready data."""
        return {
            "authors": list(self.authors),
            "agencies": list(self.agencies),
            "editors": list(self.editors),
            "location": self.location,
            "raw": self.raw,
        }


@dataclass(frozen=True, slots=True)
class Dates:
    """When a story was published and updated.

    published, updated: ISO 8601 at the precision printed, with an offset only when one was printed; None when unsaid.
    ambiguous: day and month could be the other way round, and nothing decided. raw: the line as printed.
    """

    published: str | None = None
    updated: str | None = None
    ambiguous: bool = False
    raw: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The dates as JSON-ready data."""
        return {
            "published": self.published,
            "updated": self.updated,
            "ambiguous": self.ambiguous,
            "raw": self.raw,
        }


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, date and agency that open a story.

    place, region, agency: as printed. date: "2020-05-07", "--05-06" without a year, "---06" with the day alone; on a
    page the year comes from the publication date. raw: the dateline as printed, with its dash.
    text: the normal form, as "PRAGUE, May 6 (ČTK) — ". rest: the line after the dateline.
    """

    place: str | None = None
    region: str | None = None
    date: str | None = None
    agency: str | None = None
    raw: str = ""
    text: str = ""
    rest: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The dateline as JSON-ready data."""
        return {
            "place": self.place,
            "region": self.region,
            "date": self.date,
            "agency": self.agency,
            "raw": self.raw,
            "text": self.text,
            "rest": self.rest,
        }


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of the body as written out: a kept block, its dateline in the form asked for.

    spans: links and emphasis in the text, outer ones first; empty unless the options ask for them.
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above the story, read from what the page declares and what its first blocks say.

    moved: block index → field, for the blocks that were used and so leave the body.
    sources: field → where its value was found ("json-ld", "meta", "visible", "url" …).
    """

    title: str | None = None
    standfirst: str | None = None
    byline: Byline | None = None
    published: str | None = None
    updated: str | None = None
    date_ambiguous: bool = False
    dateline: Dateline | None = None
    moved: Mapping[int, str] = field(default_factory=dict, hash=False)
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Article:
    """The result: front matter, body and the verdict on every block of the input.

    text: the body alone, paragraphs joined by blank lines. confidence: how sure the judge is of this page, 0 to 1.
    model: name of the weights that judged; two, with JOINT between them, where the story of an HTML page was read as a
    text too. page_declared: what the page says about itself.
    sources: front matter field → where its value was found. options: what it was made with; they steer `str()`.
    images: the story's, in order; empty unless the options ask for them.
    """

    title: str | None
    standfirst: str | None
    byline: Byline | None
    dateline: Dateline | None
    published: str | None
    updated: str | None
    language: str | None
    url: str | None
    paragraphs: tuple[Paragraph, ...]
    verdicts: tuple[Verdict, ...]
    page_declared: Declared
    confidence: float = 1.0
    model: str = ""
    date_ambiguous: bool = False
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)
    options: Options = Options()  # noqa: RUF009  (frozen)
    images: tuple[Image, ...] = ()

    @property
    def text(self) -> str:
        """The body: paragraphs joined by blank lines."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    def __str__(self) -> str:
        """The default text output."""
        from newsclean.writing.text import write_text  # noqa: PLC0415  (writing builds on these nouns)

        return write_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The article as JSON-ready data, in a stable order of fields."""
        from newsclean.writing.json import as_dict  # noqa: PLC0415  (writing builds on these nouns)

        return as_dict(self)
