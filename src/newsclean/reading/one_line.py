"""Text whose lines were all put on one, as `get_text(" ")` and its like do: where they probably ended.

What is left of the lines is how words are written at their ends and beginnings: sentence marks, capitals, figures, and
how dense these are before and after. A linear model of that, fitted by training/line_ends.py, scores every gap between
two words; no word counts, so it works the same in any language that has spaces. A wrong cut does little harm: the
judge joins again what it keeps (judging/rejoining.py).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.marks import legible
from newsclean.model import Block
from newsclean.patterns import pattern
from newsclean.reading.gaps import codes_of, scores_of
from newsclean.reading.text import TERMINAL, masked, unheaded, unmark

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt

LONG = 1_500
"""Characters from which a block may be a page on one line; hardly any paragraph of news has as many."""

_DENSITY = 3
"""Characters of an alphabet for which a character of a script without spaces counts."""
_DENSE = pattern(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")

_RARE = 1.5
"""What is added to the score of a space in such a script: few of the texts that the weights were fitted to have any."""

_SHARE = 0.8
"""Share of a text's characters that must be in one block, for its lines to have been put on one."""

_MOST = 300_000
"""Characters from which a line is left as it is: no page has a story of that length."""

CUT = -0.85
"""Score (log-odds) from which a gap is taken for the end of a line: a probability of 0.3.

Low, as what is cut in vain is joined again. On held-out texts, less was found from 0.35 on, and more of the stories
lost at 0.25.
"""

_WORD = pattern(r"[^\s。！？]*+[。！？]++[」』）”’]*+|[^\s。！？]++")
"""A word; a sentence of a script without spaces is one as well."""

_DASHES = frozenset("-–—")
_DATELINE = 8
"""Words of a dateline at most, before its dash."""
_SENTENCE = 60
"""Words of a sentence at most, that follows a dateline."""
_ABBREVIATED = 6
"""Letters of an abbreviated state or month at most, with its full stop; longer words end a sentence."""


def cut_one_line(text: str, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], dict[int, float]]:
    """Cut the block that is nearly all of a text where its lines probably ended, if there is one.

    text: what the blocks were read from. Returned are the blocks, and for each that was cut off from the one before it
    the score of the gap between them, by its index; no score where nothing was cut.
    """
    size = sum(len(block.text) for block in blocks)
    at = max(range(len(blocks)), key=lambda place: len(blocks[place].text), default=0)
    if size < LONG // _DENSITY or not _SHARE * size <= len(blocks[at].text) <= _MOST:
        return blocks, {}
    whole = blocks[at]
    if len(whole.text) < LONG and len(whole.text) + (_DENSITY - 1) * len(_DENSE.findall(whole.text)) < LONG:
        return blocks, {}
    pieces: list[Block] = []
    scores: dict[int, float] = {}
    for start, end, score in _spans(text, whole):
        said = legible(unmark(text[start:end]))
        if said:
            if pieces:
                scores[at + len(pieces)] = score
            said, kind, level = unheaded(said)
            pieces.append(Block(0, said, kind, level, start, end))
        elif pieces:
            pieces[-1] = replace(pieces[-1], end=end)
    if len(pieces) < 2:
        return blocks, {}
    pieces[0] = replace(pieces[0], start=whole.start)
    cut = (*blocks[:at], *pieces, *blocks[at + 1 :])
    return tuple(replace(block, index=place) for place, block in enumerate(cut)), scores


def _spans(text: str, block: Block) -> Iterator[tuple[int, int, float]]:
    """The pieces of a block as characters of the text, with the score of the gap before each."""
    spans = list(word_spans(masked(text), block.start, block.end))
    words = [text[start:end] for start, end in spans]
    scores = scores_of(codes_of(words))
    for gap, (above, below) in enumerate(pairwise(spans)):
        if above[1] < below[0] and _DENSE.match(text, above[1] - 1) and _DENSE.match(text, below[0]):
            scores[gap] += _RARE
    _heed_datelines(words, scores)
    cuts = (scores >= CUT).nonzero()[0].tolist()
    first = 0
    score = 0.0
    for last in (*cuts, len(words) - 1):
        yield spans[first][0], spans[last][1], score
        score = float(scores[last]) if last < len(scores) else 0.0
        first = last + 1


def word_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words in a part of a text."""
    for match in _WORD.finditer(text, pos=start, endpos=end):
        yield match.span()


def _heed_datelines(words: list[str], scores: npt.NDArray[np.float64]) -> None:
    """Let a line begin with each dateline, `PRAGUE, May 6 (CTK) – The bridge …`, and not end before its sentence."""
    for place in range(1, len(words) - 1):
        if words[place] in _DASHES and words[place - 1].endswith(")"):
            begin = _dateline_at(words, scores, place - 1)
            last = min(place + _SENTENCE, len(words))
            end = next((at for at in range(place, last) if words[at][-1] in TERMINAL), last)
            scores[begin:end] = CUT - 1
            if begin:
                scores[begin - 1] = max(scores[begin - 1], 0.0)


def _dateline_at(words: list[str], scores: npt.NDArray[np.float64], agency: int) -> int:
    """The word that the dateline of an agency begins with: where most likely a line began, before the place."""
    first = agency
    while first > max(agency - _DATELINE, 0) and _in_dateline(words[first - 1]):
        first -= 1
    names = [at for at in range(first, agency) if words[at][0].isalpha()]
    commas = [at for at in names if words[at].endswith(",")]
    last = (commas[:1] or names[-1:] or [agency])[0]
    if first:
        return first + int(scores[first - 1 : last].argmax())
    best = int(scores[:last].argmax()) if last else 0
    return best + 1 if last and scores[best] >= CUT else 0


def _in_dateline(word: str) -> bool:
    if word[0].islower() or word[-1] in ")–—-|":
        return False
    return word[-1] != "." or len(word) <= _ABBREVIATED
