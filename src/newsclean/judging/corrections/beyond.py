"""What stands beyond the story: readers' comments, the next story of an endless page, and stray lines.

Where the markup says so plainly it is believed, against the tagger; and the tagger is believed less of what stands
outside the element that holds nearly all of the story, and of a block alone whose like it drops elsewhere on the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.judging.blocks.looks import is_long_paragraph, looks_of
from newsclean.model import Reason
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.model import Layout, Page

_THREADS = frozenset(
    "comment comments commentlist commenttext replies disqus disqusthread kommentar kommentare kommentarer komentarz"
    " komentarze komentar komentare comentario comentarios commentaire commentaires commenti reacties yorum"
    " yorumlar".split()
)
_STEMS = ("comment", "komment", "koment", "coment", "replies", "disqus", "reacties", "yorum")
_PART = pattern(r"[A-Z]?[a-z]++|[A-Z]++(?![a-z])")
_LARGEST_SHARE = 0.5
"""Of what is kept: a single element named for comments that holds more may be the story's own, on an opinion page."""
_LARGEST_REPEATED_SHARE = 0.9
_REPEATED = 3
"""Elements from which they are a thread's, one for each comment."""
_LEAST_STORY = 3
"""Blocks of the first article from which it is a story, and what follows it another one."""
_NEARLY_ALL = 0.8
"""Of the characters kept."""
_SURE_OUTSIDE = 0.75
"""Probability that a block outside that element needs; of those below it five in six were foreign on held-out pages."""
_SURE_FAR = 0.95
"""The same of blocks after it, with _FAR dropped ones between: below it nine in ten were foreign."""
_FAR = 5
_SURE_ALONE = 0.8
"""Probability that a block needs which stands alone and whose like is dropped."""
_BESIDE = 2
"""Blocks on either side, of which one at most is kept where a block stands alone."""
_LEAST_LIKE = 2
_EDGE = 0.05
"""Of the other characters kept: what has more of them both above and below it stands inside the story."""
_MOST_STORIES = 5
"""Articles with a main heading each; more of them are the entries of one page."""


def beyond_story(page: Page, kept: Sequence[bool], probability: Sequence[float]) -> dict[int, Reason | None]:
    """Kept blocks that are no part of the story, though each reads like one, with the Reason that is plain, or None."""
    layout = page.layout
    if layout is None or True not in kept:
        return {}
    lengths = [len(block.text) if is_kept else 0 for block, is_kept in zip(page.blocks, kept, strict=True)]
    found: dict[int, Reason | None] = dict.fromkeys(_next_stories(layout, kept), Reason.RELATED)
    if _may_hold_threads(layout):
        found |= dict.fromkeys(_comments(layout, kept, lengths), Reason.COMMENT)
    for place in found:
        lengths[place] = 0
    strays = list(_strays(layout, lengths, probability))
    for place in strays:
        lengths[place] = 0
    strays += _teasers(layout, lengths, probability)
    for place in strays:
        lengths[place] = 0
    return dict.fromkeys(_unlike(page, layout, strays, lengths)) | found


def _unlike(page: Page, layout: Layout, strays: Sequence[int], lengths: Sequence[int]) -> list[int]:
    """The strays but for long paragraphs that are marked up as a kept block is: a part of the story set apart."""
    telling = {place for place in strays if is_long_paragraph(page, layout, place)}
    if not telling:
        return list(strays)
    looks = looks_of(page, layout)
    story = {look for look, length in zip(looks, lengths, strict=True) if length}
    return [place for place in strays if place not in telling or looks[place] not in story]


def _strays(layout: Layout, lengths: Sequence[int], probability: Sequence[float]) -> Iterator[int]:
    """Places of doubtful blocks outside the least element that holds nearly all that is kept.

    lengths: characters of each block, 0 where it is dropped.
    """
    before = list(accumulate(lengths, initial=0))
    if not before[-1]:
        return
    # what holds nearly all that is kept holds the middle of it
    element = layout.block_element[bisect_right(before, before[-1] / 2) - 1]
    first, end = layout.first_block, layout.end_block
    while element > 0 and before[end[element]] - before[first[element]] < _NEARLY_ALL * before[-1]:
        element = layout.parents[element]
    start, stop = first[element], end[element]
    for place in range(start):
        if lengths[place] and probability[place] < _SURE_OUTSIDE:
            yield place
    gap = 0
    for place in range(stop, len(lengths)):
        if not lengths[place]:
            gap += 1
        elif probability[place] < (_SURE_FAR if gap >= _FAR else _SURE_OUTSIDE):
            yield place


def _teasers(layout: Layout, lengths: Sequence[int], probability: Sequence[float]) -> list[int]:
    """Places of doubtful blocks alone among dropped ones, above or below the rest, whose like is mostly dropped too.

    lengths: characters of each block, 0 where it is dropped.
    """
    size = len(lengths)
    kept_before = list(accumulate(map(bool, lengths), initial=0))

    def kept_around(place: int) -> int:
        return kept_before[min(place + _BESIDE + 1, size)] - kept_before[max(place - _BESIDE, 0)] - 1

    alone = [at for at in range(size) if lengths[at] and probability[at] < _SURE_ALONE and kept_around(at) <= 1]
    if not alone:
        return []
    tags, classes = layout.tags, layout.classes
    outer = [max(parent, 0) for parent in layout.parents]
    like = [(tags[at], classes[at], tags[outer[at]], classes[outer[at]]) for at in layout.block_element]
    on_page = Counter(like)
    dropped = Counter(own for own, length in zip(like, lengths, strict=True) if not length)
    found = [at for at in alone if 2 * dropped[like[at]] >= on_page[like[at]] - 1 >= _LEAST_LIKE]
    others = list(lengths)
    for at in found:
        others[at] = 0
    rest = list(accumulate(others))
    edge = _EDGE * rest[-1]
    return [at for at in found if rest[at] < edge or rest[at] > rest[-1] - edge]


def _comments(layout: Layout, kept: Sequence[bool], lengths: Sequence[int]) -> list[int]:
    """Places of kept blocks in elements that are named for comments and begin after the story does."""
    begin = kept.index(True)
    kept_before = list(accumulate(kept, initial=0))
    spans = zip(layout.first_block, layout.end_block, layout.ids, layout.classes, strict=True)
    found = [
        (first, end)
        for first, end, own, name in spans
        if first > begin and kept_before[first] < kept_before[end] and (own or name) and _is_thread(f"{own} {name}")
    ]
    places = sorted({place for first, end in found for place in range(first, end) if kept[place]})
    share = sum(lengths[place] for place in places) / max(sum(lengths), 1)
    limit = _LARGEST_REPEATED_SHARE if len(found) >= _REPEATED else _LARGEST_SHARE
    return places if share <= limit else []


def _may_hold_threads(layout: Layout) -> bool:
    names = " ".join({*layout.classes, *layout.ids}).lower()
    return any(stem in names for stem in _STEMS)


def _is_thread(name: str) -> bool:
    return any(part.lower() in _THREADS for part in _PART.findall(name))


def _next_stories(layout: Layout, kept: Sequence[bool]) -> Iterator[int]:
    """Places of kept blocks in articles with a main heading of their own, after one that has it too."""
    tags = layout.tags
    if tags.count("article") < 2 or tags.count("h1") < 2:
        return
    spans = list(zip(layout.first_block, layout.end_block, strict=True))
    headings = [spans[element][0] for element, tag in enumerate(tags) if tag == "h1"]
    articles: list[tuple[int, int]] = []
    for element, tag in enumerate(tags):
        first, end = spans[element]
        is_inner = bool(articles) and first < articles[-1][1]
        if tag == "article" and not is_inner and any(first <= place < end for place in headings):
            articles.append((first, end))
    if not 2 <= len(articles) <= _MOST_STORIES or sum(kept[slice(*articles[0])]) < _LEAST_STORY:
        return
    for first, end in articles[1:]:
        yield from (place for place in range(first, end) if kept[place])
