"""What is learned from one page: its site, and fingerprints of what it says. Small, and all that is ever kept of it."""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsclean.judging import judge
from newsclean.judging.rejoining import rejoined
from newsclean.model import Action, Reason
from newsclean.options import Options
from newsclean.rules.apply import host_of
from newsclean.sites.belonging import belonging, words_of
from newsclean.sites.pieces import SIZE, WORD, mark_of, mass_of, pieces_of, unquoted, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.model import Page, Verdict

LONG = 8 * WORD
"""Mass from which a block that comes back is no coincidence; a subhead ("Background") may stand in many stories."""

HEADLINE = 30 * WORD
"""Mass up to which a block may be a headline that points to a story."""

TITLE = 3 * WORD
"""Mass from which a title tells a story from others; "News" does not."""

_MOST = 400
"""Fingerprints of a kind that are kept of a page: of a longer one those with the lowest numbers, as of any other."""

_MOST_MARKS = 8
_KEY_SIZE = 8
_HEAD = struct.Struct(">BHHH")

_OF_OTHERS = frozenset({Reason.RELATED, Reason.LISTING, Reason.DUPLICATE})
"""Reasons of blocks that may well say what another page's story says: teasers begin as the story does."""

_PLAIN = Options()


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """A page as site memory knows it.

    site: host of its address, without "www.". key: of its address. seen: what it says, packed.
    """

    site: str
    key: bytes
    seen: bytes


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """What a page says, as fingerprints.

    marks: of its titles and its canonical address; pages that share one tell the same story. kept: of what the judge
    takes for the story, each with how far its block belongs to the rest. dropped: of what may be the site's own.
    pointed: of the other short blocks, among which are the headlines of other stories.
    """

    marks: tuple[int, ...]
    kept: tuple[tuple[int, int], ...]
    dropped: tuple[int, ...]
    pointed: tuple[int, ...]

    def packed(self) -> bytes:
        """It all in few bytes."""
        kept = self.kept[:_MOST]
        others = (self.marks[:_MOST_MARKS], tuple(n for n, _ in kept), self.dropped[:_MOST], self.pointed[:_MOST])
        numbers = b"".join(number.to_bytes(SIZE) for part in others for number in part)
        return _HEAD.pack(*map(len, others)) + bytes(share for _, share in kept) + numbers

    @classmethod
    def unpacked(cls, packed: bytes) -> Seen:
        """Read it again. Raises ValueError when it is nothing that `packed` wrote."""
        try:
            marks, kept, dropped, pointed = _HEAD.unpack_from(packed)
        except struct.error as error:
            raise ValueError(str(error)) from None
        begin = _HEAD.size + kept
        numbers = [int.from_bytes(packed[at : at + SIZE]) for at in range(begin, len(packed), SIZE)]
        if len(packed) != begin + SIZE * (marks + kept + dropped + pointed):
            raise ValueError("a sighting of another size")
        told, rest = numbers[marks : marks + kept], tuple(numbers[marks + kept :])
        shares = packed[_HEAD.size : begin]
        return cls(tuple(numbers[:marks]), tuple(zip(told, shares, strict=True)), rest[:dropped], rest[dropped:])


def site_of(url: str | None) -> str:
    """The site that an address belongs to, or an empty string: its host, without "www."."""
    return host_of(url).rstrip(".").removeprefix("www.").encode("utf-8", "replace").decode()


def key_of(url: str) -> bytes:
    """The key of an address; the scheme, the fragment and a slash at the end make no other page."""
    parts = urlsplit(url)
    address = f"{site_of(url)}{parts.path.rstrip('/')}?{parts.query}"
    return blake2b(address.encode("utf-8", "replace"), digest_size=_KEY_SIZE).digest()


def see(page: Page) -> Sighting | None:
    """What there is to learn from a page; None where its site is not known or it is no article.

    The judge decides what its story is, at his own threshold, so that what is learned depends on nobody's wishes.
    """
    site = site_of(page.url)
    if not site or page.url is None:
        return None
    key, page = key_of(page.url), rejoined(page)
    judgement = judge(page, _PLAIN)
    if judgement.refusal is not None:
        return None
    return Sighting(site, key, _seen(page, judgement.verdicts).packed())


def title_of(page: Page) -> str:
    """The title that a page declares first, or an empty string."""
    return page.declared.titles[0].value if page.declared.titles else ""


def title_marks(titles: Iterable[str]) -> dict[int, int]:
    """The titles that tell a story: the mark of a page that has it → the fingerprint of a block that says it."""
    return {mark_of("t", title): whole_of(title) for title in titles if mass_of(title) >= TITLE}


def _numbers(text: str, title: str) -> set[int]:
    pieces = pieces_of(unquoted(text, title))
    return {piece.loose for piece in pieces} | {piece.exact for piece in pieces}


def _seen(page: Page, verdicts: Sequence[Verdict]) -> Seen:
    title = title_of(page)
    marks = title_marks(claim.value for claim in page.declared.titles)
    if site_of(page.declared.url):
        address = mark_of("u", key_of(page.declared.url or "").hex())
        marks[address] = address
    story = [words_of(unquoted(verdict.block.text, title)) for verdict in verdicts if verdict.action is Action.KEEP]
    common = Counter(chain.from_iterable(story))
    common.update(words_of(title))
    shared = {word for word, count in common.items() if count > 1}
    kept: dict[int, int] = {}
    dropped: set[int] = set()
    pointed: set[int] = set()
    blocks = iter(story)
    for verdict in verdicts:
        text, reason = verdict.block.text, verdict.reason
        mass = mass_of(text)
        if verdict.action is Action.KEEP:
            share = belonging(next(blocks), shared)
            for number in _numbers(text, title):
                kept[number] = max(share, kept.get(number, 0))
        elif reason not in _OF_OTHERS and (reason is Reason.NOT_THE_STORY or mass >= LONG):
            dropped |= _numbers(text, title)
        if TITLE <= mass <= HEADLINE:
            pointed.add(whole_of(text))
    dropped -= kept.keys()
    pointed -= {*kept, *dropped, *marks.values()}
    return Seen(tuple(sorted(marks)), tuple(sorted(kept.items())), tuple(sorted(dropped)), tuple(sorted(pointed)))
