"""What site memory makes of a page's verdicts: blocks that come back in other stories of the site are dropped.

Repeating alone is no proof. A story's first sentence stands on every page that points to it, the background of a war in
every story about it, and "Pros" above every test. So a block must be long and come back in three stories at least; and
where the judge is not in doubt about it anyway, either

- it names who wrote this story, as the few words about an author do that stand below all that they write, or
- many stories have it, and it has little to do with any of them.

The first paragraphs of a story that the judge is sure of are never dropped, nor is what comes back as often as the
story's own headline does, for then it stands below it on pages that point here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsclean.judging.wishes import named_in_story, wanted
from newsclean.model import Action, Kind, Reason
from newsclean.sites.belonging import belonging, names_of, words_of
from newsclean.sites.pieces import has_few_numbers, mass_of, pieces_of, unquoted
from newsclean.sites.sighting import LONG, site_of, title_marks, title_of
from newsclean.sites.stock import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from newsclean.model import Article, Page, Verdict
    from newsclean.sites.stock import Stock

# All calibrated on the invented sites of benchmarks/sites.py and the pages of one publisher in the development data,
# for no lost story first: nine in ten of the site's own lines are far from each of these limits.

LEAST = 3
"""Stories in which a block stands that comes back."""

_COVER = 80
"""Hundredths of a block's words that have to come back."""

_DOUBT = 0.75
"""Probability below which the judge is in doubt. One block of a story in a hundred is below, half of others kept."""

_NUMBERED_DOUBT = 0.6
"""The same for what comes back with other numbers: reports of the same kind differ in nothing else."""

_SHORT_DOUBT = 0.8
_SHORT_OFTEN = 0.5
"""The same for short blocks, and the share of stories they stand in: most that come back are subheads, or phrases."""

_MANY = 8
_OFTEN = 0.3
"""Stories, and the share of a site's stories, from which a block the judge is sure of may be the site's."""

_FOREIGN = 25
"""Hundredths of its telling words that such a block has in common with the stories around it, at most."""

_LOOSE = 50
"""The same on the page in question, where it says less; half of all paragraphs of stories are above 65."""

_NAMES = 2
"""Names that such a block does not share with the story: the background of an event does, and one may be the town's."""

_LEADS = 2
"""Paragraphs at the head of a story that pages which point to it may quote."""

_SLACK = 1.1
"""How much more often than its headline a quoted paragraph comes back: hardly ever does it stand alone."""


@dataclass(frozen=True, slots=True)
class Return:
    """How a block comes back: word for word, and whatever its numbers are."""

    exact: Counts
    loose: Counts


def recall(page: Page, article: Article) -> tuple[Verdict, ...]:
    """The verdicts of a page as the site memory of its options has them; it has no say in what is moved."""
    options, verdicts = article.options, article.verdicts
    spared = wanted(options.keep)
    if options.site_memory is None or Reason.REPEATED_ON_SITE in spared:
        return verdicts
    stock = options.site_memory.stock_of(site_of(page.url))
    if stock is None or stock.size < LEAST:
        return verdicts
    returns = returns_of(page, verdicts, stock)
    gone = foreign(page, article, stock, returns) if returns else set()
    if gone and spared:
        gone -= named_in_story(page, [place in gone for place in range(len(verdicts))], spared).keys()
    if len(gone) == sum(verdict.action is Action.KEEP for verdict in verdicts):
        gone = set()  # a page of nothing else tells nothing
    gone |= {place for place in returns if verdicts[place].action is Action.DROP}
    return tuple(
        replace(verdict, action=Action.DROP, reason=Reason.REPEATED_ON_SITE) if place in gone else verdict
        for place, verdict in enumerate(verdicts)
    )


def told_of(article: Article, verdict: Verdict) -> str:
    """How a block comes back on the site, for people; an empty string where nothing is known of it."""
    site = site_of(article.url)
    stock = article.options.site_memory.stock_of(site) if article.options.site_memory is not None else None
    if stock is None:
        return ""
    titles = article.page_declared.titles
    pieces = pieces_of(unquoted(verdict.block.text, titles[0].value if titles else ""))
    stood = _covered((piece.mass, stock.counts(piece.loose)) for piece in pieces).stood
    return f"stands in {stood:,} of {stock.size:,} stories of {site}"


def returns_of(page: Page, verdicts: Sequence[Verdict], stock: Stock) -> dict[int, Return]:
    """The blocks that come back and that memory has a say in, as no rule of the user's own nor a better Reason has."""
    title = title_of(page)
    found: dict[int, Return] = {}
    for place, verdict in enumerate(verdicts):
        if (verdict.action is Action.KEEP and verdict.rule is None) or verdict.reason is Reason.NOT_THE_STORY:
            pieces = pieces_of(unquoted(verdict.block.text, title))
            if not any(stock.counts(piece.loose).stood >= LEAST for piece in pieces):
                continue
            loose = _covered([(piece.mass, stock.counts(piece.loose)) for piece in pieces])
            if loose.stood >= LEAST:
                found[place] = Return(_covered([(piece.mass, stock.counts(piece.exact)) for piece in pieces]), loose)
    return found


def foreign(page: Page, article: Article, stock: Stock, returns: Mapping[int, Return]) -> set[int]:
    """Kept blocks that are the site's, not the story's."""
    title, verdicts = title_of(page), article.verdicts
    texts = {
        place: unquoted(verdict.block.text, title)
        for place, verdict in enumerate(verdicts)
        if verdict.action is Action.KEEP
    }
    leads = [place for place, text in texts.items() if mass_of(text) >= LONG][:_LEADS]
    titles = {title for title in (article.title, *(claim.value for claim in page.declared.titles)) if title}
    story = _Story(
        size=stock.size,
        pointed=_pointed(titles, stock),
        words=words_of(*(text for place, text in texts.items() if place not in returns), *titles),
        authors=tuple(name.casefold() for name in article.byline.authors) if article.byline else (),
    )
    return {
        place
        for place, text in texts.items()
        if place in returns and story.is_foreign(verdicts[place], text, returns[place], leads=place in leads)
    }


@dataclass(frozen=True, slots=True)
class _Story:
    """The story that blocks are held against.

    size: stories known of its site. pointed: of those, on how many pages its headline stands. words: of what does not
    come back. authors: in lower case.
    """

    size: int
    pointed: int
    words: AbstractSet[str]
    authors: tuple[str, ...]

    def is_foreign(self, verdict: Verdict, text: str, found: Return, *, leads: bool) -> bool:
        """Whether a kept block is the site's. leads: it is one of the story's first paragraphs."""
        often = max(_MANY, self.size * _OFTEN)
        if mass_of(text) < LONG:
            in_doubt = verdict.probability < _SHORT_DOUBT and verdict.block.kind is not Kind.HEADING
            return in_doubt and found.loose.kept >= max(_MANY, self.size * _SHORT_OFTEN)
        points_here = found.loose.shown <= self.pointed * _SLACK + 1
        if belonging(words_of(text), self.words) >= _LOOSE or (
            points_here and (leads or verdict.probability >= _DOUBT)
        ):
            return False
        if verdict.probability < _DOUBT:
            numbered = verdict.probability < _NUMBERED_DOUBT and has_few_numbers(text)
            return (found.loose if numbered else found.exact).stood >= LEAST
        if leads:
            return False
        if any(name in text.casefold() for name in self.authors):
            return found.exact.stood >= LEAST and found.exact.belongs < _LOOSE
        if found.exact.kept < often or found.exact.belongs > _FOREIGN:
            return False
        return len(names_of(text) & self.words) < _NAMES


def _pointed(titles: Iterable[str], stock: Stock) -> int:
    """On how many stories' pages this one's headline stands; a title that several stories have is the site's own."""
    shown = [stock.counts(block).shown for mark, block in title_marks(titles).items() if stock.counts(mark).shown < 2]
    return max(shown, default=0)


def _covered(pieces: Iterable[tuple[int, Counts]]) -> Counts:
    """How nearly all of a block comes back. pieces: mass and counts of each."""
    ranked = list(pieces)
    needed = _COVER * sum(mass for mass, _ in ranked)
    return Counts(*(_covering([(counts[field], mass) for mass, counts in ranked], needed) for field in range(4)))


def _covering(ranked: list[tuple[int, int]], needed: int) -> int:
    for count, mass in sorted(ranked, reverse=True):
        needed -= 100 * mass
        if needed <= 0:
            return count
    return 0
