"""Text whose lines were all put on one, as `get_text(" ")` and its like do: where they probably ended.

What is left of the lines is how words are written at their ends and beginnings: sentence marks, capitals, figures, and
how dense these are before and after. A linear model of that, fitted by training/line_ends.py, scores every gap between
two words; no word counts, so it works the same in any language that has spaces. A wrong cut does little harm: the
judge joins again what it keeps (judging/rejoining.py).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from newsclean.marks import legible
from newsclean.model import Block
from newsclean.patterns import pattern
from newsclean.reading.text import TERMINAL, masked, unheaded, unmark
from newsclean.shipped import shipped_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]

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

Low, as what is cut in vain is joined again. Of held-out texts, more was found at 0.3 than at 0.25, 0.35 and 0.45.
"""

STEPS = 16
"""Steps of a weight in one unit of log-odds: sums of whole numbers are the same in any order."""

_WORD = pattern(r"[^\s。！？]*+[。！？]++[」』）”’]*+|[^\s。！？]++")
"""A word; a sentence of a script without spaces is one as well."""

_CLOSERS = "\"'”’»)]）」』*_"
_FRAME = "\"'“‘„«([（「『-–—.,;:!?…|•*·>»/\\"
_DASHES = frozenset("-–—")
_DATELINE = 8
"""Words of a dateline at most, before its dash."""
_SENTENCE = 60
"""Words of a sentence at most, that follows a dateline."""
_ABBREVIATED = 6
"""Letters of an abbreviated state or month at most, with its full stop; longer words end a sentence."""
_COMMAS, _COLONS = frozenset(",;،、"), frozenset(":：")
_SHORT, _SHORT_DENSE = 3, 8

_CORES, _ENDS = 11, 6
_OUTSIDE = _CORES * _ENDS - 1
"""The code of what stands before the first word and after the last."""
_BY_CORE = np.arange(_CORES)
_STANDS_OUT, _IS_PLAIN = np.isin(_BY_CORE, [0, 1, 2, 5, 6, 7]), np.isin(_BY_CORE, [3, 4])
_NEAR, _FAR = 7, 20
"""Words on either side among which those that stand out are counted."""
_FEW_TO_MANY = np.array([1, 3, 7, _FAR])
"""Words since the last end of a sentence, and to the next one, as they are told apart."""
_AT_ONCE = 50_000


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


def scores_of(codes: Codes) -> npt.NDArray[np.float64]:
    """The score of each gap between words, given their codes."""
    weights = _weights()
    count = max(len(codes) - 1, 0)
    parts = [
        weights[features_of(codes, first, min(first + _AT_ONCE, count))].sum(axis=1)
        for first in range(0, count, _AT_ONCE)
    ]
    return np.concatenate(parts) / STEPS if parts else np.empty(0)


@cache
def _weights() -> npt.NDArray[np.int64]:
    return np.frombuffer(shipped_bytes("reading/line_ends.bin"), np.int8).astype(np.int64)


def codes_of(words: Sequence[str]) -> Codes:
    """How each word is written: what it is made of, and the mark that it ends with."""
    return np.array([_code(word) for word in words], np.int64)


def _code(word: str) -> int:
    bare = word.rstrip(_CLOSERS) or word
    last = bare[-1]
    if last.isalnum():
        end = 0
    elif last in _COLONS:
        end = 3
    elif last in TERMINAL:
        end = 1
    elif last in _COMMAS:
        end = 2
    else:
        end = 4
    return _core(bare.strip(_FRAME)) * _ENDS + end


def _core(core: str) -> int:
    if not core:
        return 0
    if any(sign.isdigit() for sign in core):
        return 2 if any(sign.isalpha() for sign in core) else 1
    first = core[0]
    if first.islower():
        return 3 if len(core) <= _SHORT else 4
    if first.isupper():
        return 5 if len(core) == 1 else 6 if core.isupper() else 7
    return 8 if len(core) < _SHORT_DENSE else 9


def features_of(codes: Codes, first: int, last: int) -> Codes:
    """The features of some gaps, a row for each: numbers below FEATURES. first, last: the gap after word `first` on."""
    reach = slice(max(first - _FAR, 0), last + 1 + _FAR)
    inside = codes[reach]
    around = np.full(len(inside) + 6, _OUTSIDE)
    around[3:-3] = inside
    core = around // _ENDS
    next_word = np.arange(first, last) - reach.start + 4
    before, before_2, before_3 = (around[next_word - step] for step in (1, 2, 3))
    after, after_2, after_3 = (around[next_word + step] for step in (0, 1, 2))
    out, plain = (np.concatenate([[0], np.cumsum(kind[core])]) for kind in (_STANDS_OUT, _IS_PLAIN))

    def density(begin: Codes, end: Codes) -> Codes:
        begin, end = np.maximum(begin, 0), np.minimum(end, len(around))
        standing = out[end] - out[begin]
        share: Codes = np.minimum(standing * 5 // np.maximum(standing + plain[end] - plain[begin], 1), 4)
        return share

    places = np.arange(len(around))
    ends = around % _ENDS == 1
    last_end = np.maximum.accumulate(np.where(ends, places, -_FAR - 1))
    next_end = np.minimum.accumulate(np.where(ends, places, len(around) + _FAR)[::-1])[::-1]
    since = np.searchsorted(_FEW_TO_MANY, next_word - 1 - last_end[next_word - 1], "right")
    until = np.searchsorted(_FEW_TO_MANY, next_end[next_word] - next_word, "right")
    within = since * 5 + until
    near = density(next_word - _NEAR, next_word) * 5 + density(next_word, next_word + _NEAR)
    far = density(next_word - _FAR, next_word) * 5 + density(next_word, next_word + _FAR)
    codes_at = _CORES * _ENDS
    columns = (
        (before, codes_at),
        (before_2, codes_at),
        (after, codes_at),
        (after_2, codes_at),
        (before_3 // _ENDS, _CORES),
        (after_3 // _ENDS, _CORES),
        (before * _CORES + after // _ENDS, codes_at * _CORES),
        (after * _CORES + after_2 // _ENDS, codes_at * _CORES),
        (before * _CORES + before_2 // _ENDS, codes_at * _CORES),
        (near, 25),
        (far, 25),
        (near * codes_at + before, 25 * codes_at),
        (near * _CORES + after // _ENDS, 25 * _CORES),
        (within, 25),
        (within * codes_at + before, 25 * codes_at),
        (within * 25 + near, 625),
    )
    offsets = np.cumsum([0, *(size for _, size in columns[:-1])])
    rows: Codes = np.stack([column for column, _ in columns], axis=1) + offsets
    return rows


FEATURES = 4 * 66 + 2 * 11 + 3 * 726 + 2 * 25 + 2 * 25 * 66 + 25 * 11 + 25 + 625
"""How many features there are: the sizes of the columns in `features_of`, added up."""
