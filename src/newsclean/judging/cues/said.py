"""What blocks say of themselves, looked up for a whole page at once, and as columns for the tagger.

The words stand in `cues.toml`, in many more languages than there are labelled pages in: what the tagger learns of a
newsletter line in one language so holds in all of them, and of a phrase that is added later (`training/README.md`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.blocks.words import STEM, read_words
from newsclean.judging.cues.lookup import (
    AT_ENDS,
    DENSE,
    LEAST_DENSE,
    SIGNS,
    TYPOGRAPHIC,
    Said,
    Strength,
    load_cues,
    plain,
)
from newsclean.judging.cues.offers import offers
from newsclean.model import Reason
from newsclean.patterns import plain_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from newsclean.judging.blocks.words import Words
    from newsclean.judging.cues.lookup import Cue, Cues

LONGEST_READ = 600
"""Characters of a block that are read; what it is shows by then."""

_LONGEST_LABEL = 80
"""Characters up to which a block is looked up as a whole; no label is longer."""

_LONGEST_LINE = 240
"""Characters up to which one cue anywhere names the reason; a longer block talks about other things too."""

_LONGEST_ASKING = 400
"""Characters up to which what asks something of the reader is a prompt or a notice; a long one explains itself."""

_DOTTED = "İ\u0307"
"""Letters with a dot that a plain line leaves away, and that ends a word of a page."""

_TYPED_SIGN = plain_pattern(r"\([cC]\)(?=\s?(?:19|20)\d\d)")
"""The sign of copyright as typed before its year; "(c)" alone, or "c.", is the third of a list."""

_NAMED = (
    Reason.COOKIE,
    Reason.COMMENT,
    Reason.NEWSLETTER,
    Reason.PAYWALL,
    Reason.COPYRIGHT,
    Reason.AUTHOR_BIO,
    Reason.LISTING,
    Reason.RELATED,
    Reason.SHARE,
    Reason.AD,
    Reason.CREDIT,
    Reason.NAVIGATION,
)
_COLUMN = {reason: column for column, reason in enumerate(_NAMED)}

_OFFERED = Said(Reason.LISTING, Strength.WHOLE)

SAID_FEATURES = [f"says_{reason.value}" for reason in _NAMED]


def said_columns(said: Sequence[Said | None]) -> npt.NDArray[np.float32]:
    """How much of each block names each reason, in thirds from 0 to 3: a row of SAID_FEATURES per block."""
    rows = np.zeros((len(said), len(_NAMED)), dtype=np.float32)
    for place, found in enumerate(said):
        if found is not None and found.reason in _COLUMN:
            rows[place, _COLUMN[found.reason]] = int(found.strength)
    return rows


def reason_said(text: str) -> Reason | None:
    """The reason that a block's words name, or None."""
    said = read_said([text])[0]
    return said.reason if said else None


def read_said(texts: Sequence[str], words: Words | None = None) -> list[Said | None]:
    """For every block the reason that its words name, or None.

    words: of the blocks, where they were read already.
    """
    cues = load_cues()
    if words is None:
        words = read_words(texts, cues.stem_heads)
    joined = "".join(texts)
    if "(c)" in joined or "(C)" in joined:
        texts = [_TYPED_SIGN.sub("©", text) for text in texts]
        joined = "".join(texts)
    opening, saying, labelled = _found(texts, joined, words, cues)
    dense, dense_opens = _dense(texts, words, cues)
    if dense or dense_opens:
        asked = list(range(len(texts)))
    else:
        asked = sorted({place for place in labelled if len(texts[place]) <= _LONGEST_LABEL}.union(opening, saying))
    result: list[Said | None] = [None] * len(texts)
    for place in offers(texts):
        result[place] = _OFFERED
    if not asked:
        return result
    lines = _plain_lines([texts[place] for place in asked])
    label_of = cues.lines.get
    for place, line, label in zip(asked, lines, map(label_of, lines), strict=True):
        if not line:
            continue
        said = label
        if said is None and (line[-1] in AT_ENDS or line[0] in AT_ENDS):
            said = label_of(line.strip(AT_ENDS))
        if said is None and (dense_opens or place in opening):
            said = _opening(f" {line} ", (*opening.get(place, ()), *dense_opens))
        if (said is None or said.strength is not Strength.WHOLE) and (dense or place in saying):
            padded = f" {line} "
            hits = [cue for cue in (*saying.get(place, ()), *dense) if cue.text in padded]
            said = _asking(line, hits) or said or _saying(line, hits)
        result[place] = said or result[place]
    return result


def _plain_lines(texts: Sequence[str]) -> list[str]:
    """What is read of each text, in plain letters and single spaces; texts in ASCII take a fraction of the time."""
    # a line feed inside a block: no reader makes one, a caller's own blocks may
    joined = "\n".join([text[:LONGEST_READ].replace("\n", " ") for text in texts])
    for sign, plainly in TYPOGRAPHIC.items():
        joined = joined.replace(sign, plainly)
    lines = joined.split("\n")
    others = [place for place, line in enumerate(lines) if not line.isascii()]
    rows = plain("\n".join([line if line.isascii() else "" for line in lines])).split("\n")
    if others:
        for place, row in zip(others, plain("\n".join([lines[place] for place in others])).split("\n"), strict=True):
            rows[place] = row
    return list(map(" ".join, map(str.split, rows)))


def _found(
    texts: Sequence[str], joined: str, words: Words, cues: Cues
) -> tuple[dict[int, list[Cue]], dict[int, list[Cue]], Iterable[int]]:
    """The cues that a block may open with, and those that it may hold, by block; and the blocks that may be one whole.

    joined: all texts as one. A cue may be there where its key word is.
    """
    key = cues.keys.numbers_of(words.hashes)
    known = key.nonzero()[0]
    present = [
        (own, cues.keys.words[number - 1]) for own, number in zip(known.tolist(), key[known].tolist(), strict=True)
    ]
    by_form = {own: list(cues.words[word]) for own, word in present if word in cues.words}
    for own, word in words.stemmed.items():
        fitting = [cue for stem, cue in cues.stems[word[:STEM]] if word.startswith(stem)]
        if fitting:
            by_form.setdefault(own, []).extend(fitting)
    first = {own: cues.opens[word] for own, word in present if word in cues.opens}
    opening: dict[int, list[Cue]] = {}
    saying: dict[int, list[Cue]] = {}
    for block, form in dict.fromkeys(_standing(words, by_form)):
        saying.setdefault(block, []).extend(by_form[form])
    for block, form in _standing(words, first, opening=True):
        opening.setdefault(block, []).extend(first[form])
    if _DOTTED[0] in joined:
        for block, text in enumerate(texts):
            if text.startswith(_DOTTED[0]):
                opening.setdefault(block, []).extend(cues.opens.get(plain(text[:LONGEST_READ]).split()[0], ()))
    for sign in [sign for sign in SIGNS if sign in joined]:
        for block in [block for block, text in enumerate(texts) if sign in text]:
            opening.setdefault(block, []).extend(cues.opens.get(sign, ()))
            saying.setdefault(block, []).extend(cues.words.get(sign, ()))
    if words.highest >= LEAST_DENSE or any(sign in joined for sign in _DOTTED):
        return opening, saying, range(len(texts))
    # a number may be written to a word: "2Comments"
    labelled = words.block[cues.in_line.take(key).take(words.word) | words.counted]
    return opening, saying, dict.fromkeys(labelled.tolist())


def _standing(words: Words, forms: Collection[int], *, opening: bool = False) -> Iterator[tuple[int, int]]:
    """The blocks in which some words stand, each with the word's number. opening: only where it is the first word."""
    told = np.zeros(len(words.hashes), dtype=np.bool_)
    told[list(forms)] = True
    stands = told.take(words.word)
    if opening:
        stands &= words.rank == 0
    places = stands.nonzero()[0]
    return zip(words.block.take(places).tolist(), words.word.take(places).tolist(), strict=True)


def _dense(texts: Sequence[str], words: Words, cues: Cues) -> tuple[list[Cue], list[Cue]]:
    """The cues of scripts without spaces that the page holds anywhere: those to hold, and those to open with."""
    if words.highest < LEAST_DENSE or not any(map(DENSE.search, texts)):
        return [], []
    joined = plain("\n".join([text[:LONGEST_READ] for text in texts]))
    return (
        [cue for cue in cues.dense if cue.text in joined],
        [cue for cue in cues.dense_opens if cue.text.strip() in joined],
    )


def _opening(padded: str, candidates: Iterable[Cue]) -> Said | None:
    fitting = [cue for cue in candidates if padded.startswith(cue.text)]
    if not fitting:
        return None
    best = min(fitting, key=lambda cue: (-len(cue.text), cue.rank))
    return Said(best.reason, Strength.OPENING)


def _asking(line: str, hits: Sequence[Cue]) -> Said | None:
    """The reason of the longest words that ask something of the reader."""
    asking = [cue for cue in hits if cue.asks]
    if not asking or len(line) > _LONGEST_ASKING:
        return None
    longest = max(asking, key=lambda cue: (len(cue.text), -cue.rank))
    return Said(longest.reason, Strength.OPENING, asks=True)


def _saying(line: str, hits: Sequence[Cue]) -> Said | None:
    """The reason whose cues make up most of the text."""
    if not hits:
        return None
    weights: dict[int, int] = {}
    for cue in hits:
        weights[cue.rank] = weights.get(cue.rank, 0) + len(cue.text)
    best = max(weights, key=lambda rank: (weights[rank], -rank))
    winners = [cue for cue in hits if cue.rank == best]
    if len(line) > _LONGEST_LINE and len(winners) < 2:
        return None
    return Said(winners[0].reason, Strength.PART)
