"""Which of the titles a page declares or shows is its headline."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.frontmatter.compare import key, separators, words
from newsclean.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Block, Claim, Page

_WEIGHTS = {"h1": 1.0, "json-ld": 1.0, "og": 0.9, "itemprop": 0.8, "html-title": 0.6, "meta": 0.4}
_VISIBLE = 1.0


class Title(NamedTuple):
    """A headline, where it was found, and the block that shows it (-1 when none does)."""

    text: str | None = None
    source: str = ""
    block: int = -1


def site_keys(page: Page) -> frozenset[str]:
    """List the names of the page's site, folded: as declared, and as its address spells them."""
    declared = page.declared
    names = {key(claim.value) for claim in declared.publishers}
    if declared.site_name:
        names.add(key(declared.site_name))
    url = page.url or declared.url
    if url and "://" in url:
        host = url.split("/", 3)[2].partition(":")[0].lower().removeprefix("www.")
        names.add(key(host))
        labels = host.split(".")
        names.update(label for label in labels[:-1] if len(label) > 3)
    return frozenset(name for name in names if name)


def without_site(title: str, sites: frozenset[str]) -> str:
    """Strip the name of the site from the end or the start of a title."""
    for _ in range(3):
        cuts = separators(title)
        if not cuts:
            return title
        head, tail = title[: cuts[0][0]], title[cuts[-1][1] :]
        if is_site(tail, sites):
            title = title[: cuts[-1][0]].strip()
        elif is_site(head, sites):
            title = title[cuts[0][1] :].strip()
        else:
            return title
    return title


def is_site(text: str, sites: frozenset[str]) -> bool:
    """Tell whether a piece of a title is no more than the name of the site."""
    folded = key(text)
    dense = folded.replace(" ", "")
    if not dense:
        return True
    return any(
        dense == (plain := site.replace(" ", ""))
        or (len(dense) > 3 and len(plain) > 3 and (dense in plain or (plain in dense and len(dense) < 2 * len(plain))))
        for site in sites
    )


def declared_title(page: Page, sites: frozenset[str], first: int, last: int) -> Title:
    """Choose among the titles an HTML page declares, by how many say the same and whether the page shows it.

    sites: names of the site. first, last: the blocks among which a visible headline may stand.
    """
    dense_sites = {site.replace(" ", "") for site in sites}
    votes: dict[str, float] = {}
    texts: dict[str, tuple[str, str]] = {}
    seen: set[tuple[str, str]] = set()
    plain = {key(claim.value) for claim in page.declared.titles if claim.source != "html-title"}
    if not plain:
        plain = _shown_pieces(page.blocks[first:last], [claim.value for claim in page.declared.titles])
    for claim in page.declared.titles:
        text = claim.value if len(claim.value) <= 400 else ""
        text = _trimmed(text, plain, sites)
        folded = key(text)
        if not folded or folded.replace(" ", "") in dense_sites or (folded, claim.source) in seen:
            continue
        if claim.source == "h1" and _names_site(text, page.declared.titles):
            continue
        seen.add((folded, claim.source))
        votes[folded] = votes.get(folded, 0.0) + _WEIGHTS.get(claim.source, 0.3)
        if folded not in texts or claim.source == "h1":
            texts[folded] = (text, claim.source)
    if not votes:
        return Title()
    shown = _shown(page.blocks[first:last], [text for text, _ in texts.values()])
    seo = frozenset().union(*(words(t) for f, (t, s) in texts.items() if s != "h1")) if len(votes) > 1 else frozenset()
    best, best_score = "", -1.0
    for folded, vote in votes.items():
        text, source = texts[folded]
        score = vote
        if folded in shown:
            score += _VISIBLE + (0.3 if shown[folded].kind is Kind.HEADING else 0.0)
        if source == "h1" and seo:
            mine = words(text)
            score += (len(mine & seo) / len(mine) - 0.5) * 1.6 if mine else -0.8
        if score > best_score:
            best, best_score = folded, score
    text, source = texts[best]
    return Title(text, source, shown[best].index if best in shown else -1)


def _shown(blocks: Sequence[Block], titles: Sequence[str]) -> dict[str, Block]:
    """Find the blocks that can show one of the titles, by what they say folded; headings before other blocks."""
    lengths = {size for title in titles for size in range(len(title) - 6, len(title) + 7)}
    found: dict[str, Block] = {}
    for block in blocks:
        if len(block.text) in lengths:
            folded = key(block.text)
            if folded not in found or (block.kind is Kind.HEADING and found[folded].kind is not Kind.HEADING):
                found[folded] = block
    return found


def _names_site(heading: str, titles: Sequence[Claim]) -> bool:
    """Tell whether a heading is no more than the site's name that ends the `<title>`: less than half of what leads."""
    title = next((claim.value.strip() for claim in titles if claim.source == "html-title"), "")
    lead = title.removesuffix(heading)
    return lead != title and len(lead.rstrip(" |-–—_·•")) > 2 * len(heading) and lead[-1:] in " |-–—_·•"


_SHORTEST_PIECE = 20
"""Characters of a piece of a title that the page must show for it to be the headline: shorter ones are sections."""


def _shown_pieces(blocks: Sequence[Block], titles: Sequence[str]) -> set[str]:
    """List what stands before or after a separator of the titles and is shown on the page, folded."""
    pieces = {
        key(piece)
        for title in titles[:3]
        for start, end in separators(title[:400])
        for piece in (title[:start], title[end:])
        if len(piece) >= _SHORTEST_PIECE
    }
    return pieces & set(_shown(blocks, list(pieces))) if pieces else pieces


def _trimmed(title: str, others: set[str], sites: frozenset[str]) -> str:
    """Cut the site or section off a title: where the rest is declared elsewhere, or where the piece names the site."""
    folded = key(title)
    if folded not in others:
        for start, end in separators(title):
            if key(title[:start]) in others:
                return title[:start].strip()
            if key(title[end:]) in others:
                return title[end:].strip()
    return without_site(title, sites)
