"""Article → what the review page shows of it: plain strings and numbers, ready to cross to another process."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsclean.model import Action
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.model import Article, Dateline, Verdict

UNCERTAIN = (0.2, 0.8)
"""Probabilities between which a verdict counts as uncertain; about one block in thirty of news pages is."""

BATCH_ROOM = 120_000
"""Bytes of HTML that a page's blocks may take in a batch: fifty pages stay near five megabytes."""

_ROW_BYTES = 500
"""What a block takes besides its text, twice over for one that stands in the story too."""

_STATED = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Row:
    """One block as shown. number: its place on the page, from 1. rule: that decided, or empty."""

    number: int
    action: str
    why: str
    probability: float
    uncertain: bool
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of the story as written. number: from 1. block: the number of the block it came from."""

    number: int
    block: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page as the review shows it.

    site: host of the page's address, or empty. error: why there is no article, or empty. kept, dropped, moved: blocks.
    kept_share: characters kept of all, 0 to 1. reasons: of dropped blocks, how many each. fields: name, value and
    source of the front matter. left_out: blocks that found no room in `rows`.
    """

    name: str
    title: str = ""
    url: str = ""
    site: str = ""
    language: str = ""
    model: str = ""
    error: str = ""
    confidence: float = 0.0
    kept: int = 0
    dropped: int = 0
    moved: int = 0
    kept_share: float = 0.0
    reasons: Mapping[str, int] = field(default_factory=dict)
    fields: tuple[tuple[str, str, str], ...] = ()
    story: tuple[Part, ...] = ()
    rows: tuple[Row, ...] = ()
    left_out: int = 0

    @property
    def link(self) -> str:
        """The page's address if a browser may follow it, else an empty string; `javascript:` is none."""
        return self.url if self.url.lower().startswith(_STATED) else ""


def sketch(article: Article, name: str, *, error: str = "", room: int | None = None) -> Sketch:
    """Sketch an article.

    name: of its source. error: why it is none. room: bytes of HTML that its blocks may take; those that find no room
    are counted. None shows all.
    """
    rows, left_out = _rows(article, room)
    shown = {row.number for row in rows}
    sizes = dict.fromkeys(Action, 0)
    reasons: dict[str, int] = {}
    for verdict in article.verdicts:
        sizes[verdict.action] += len(verdict.block.text)
        if verdict.reason is not None:
            reasons[verdict.reason.value] = reasons.get(verdict.reason.value, 0) + 1
    actions = [verdict.action for verdict in article.verdicts]
    url = one_line(article.url or "")
    return Sketch(
        name=one_line(name),
        title=one_line(article.title or ""),
        url=url,
        site=_host(url),
        language=one_line(article.language or ""),
        model=article.model,
        error=one_line(error),
        confidence=article.confidence,
        kept=actions.count(Action.KEEP),
        dropped=actions.count(Action.DROP),
        moved=actions.count(Action.MOVE),
        kept_share=sizes[Action.KEEP] / max(sum(sizes.values()), 1),
        reasons=dict(sorted(reasons.items())),
        fields=_fields(article),
        story=tuple(part for part in _story(article) if part.block in shown),
        rows=rows,
        left_out=left_out,
    )


def _rows(article: Article, room: int | None) -> tuple[tuple[Row, ...], int]:
    rows: list[Row] = []
    used = 0
    for verdict in article.verdicts:
        kept = verdict.action is Action.KEEP
        text = one_line(verdict.block.text)
        used += (1 + kept) * len(escape(text).encode("utf-8", "replace")) + _ROW_BYTES
        if room is not None and used > room:
            break
        low, high = UNCERTAIN
        rows.append(
            Row(
                number=verdict.block.index + 1,
                action=verdict.action.value,
                why=_why(verdict),
                probability=verdict.probability,
                uncertain=low < verdict.probability < high,
                text=text,
                rule=one_line(verdict.rule or ""),
            )
        )
    return tuple(rows), len(article.verdicts) - len(rows)


def _why(verdict: Verdict) -> str:
    if verdict.reason is not None:
        return verdict.reason.value
    return verdict.field or ""


def _story(article: Article) -> tuple[Part, ...]:
    blocks = [verdict.block.index + 1 for verdict in article.verdicts if verdict.action is Action.KEEP]
    return tuple(
        Part(number, block, paragraph.kind.value, one_line(paragraph.text))
        for number, (block, paragraph) in enumerate(zip(blocks, article.paragraphs, strict=True), start=1)
    )


def _fields(article: Article) -> tuple[tuple[str, str, str], ...]:
    byline = article.byline
    people = ", ".join([*byline.authors, *byline.agencies]) if byline else ""
    values = {
        "title": article.title or "",
        "standfirst": article.standfirst or "",
        "byline": people or (byline.raw if byline else ""),
        "editors": ", ".join(byline.editors) if byline else "",
        "published": article.published or "",
        "updated": article.updated or "",
        "dateline": _dateline(article.dateline),
        "language": article.language or "",
    }
    return tuple(
        (name, one_line(value), one_line(article.sources.get(name, ""))) for name, value in values.items() if value
    )


def _dateline(dateline: Dateline | None) -> str:
    return dateline.text.strip(" —") if dateline else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # a page may state any nonsense as its address
        return ""
