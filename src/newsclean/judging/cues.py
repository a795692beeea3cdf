"""What blocks say about why they were dropped: the words of `cues.toml`, looked up for a whole page at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import regex

from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LONGEST_READ = 600
"""Characters of a block that are read; what it is shows by then."""

_LONGEST_LINE = 240
"""Characters up to which one cue anywhere names the reason; a longer block talks about other things too."""

_STEM = 4
"""Characters by which cues with any ending are found."""

NAME_STEM = 3
"""The same for parts of names."""

_ANY_ENDING = "\ue000"
_AT_ENDS = "0123456789 :%"
"""Signs around a label that do not change it."""

_BREAKS = '|.,()-–—!?"“”„«»…;/[]{}<>‹›\\•·_*#+=~→►▶▼|:。、，！？；：【】「」『』《》〈〉（）・।؟،؛\u0307'
_SPACED = {":": " : ", "：": " : ", "\u0307": "", "©": " © ", "@": " @ ", "’": "'"}
_DENSE = regex.compile(r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]")
"""A letter of a script written without spaces, or whose words take endings as Korean ones do."""


class Strength(IntEnum):
    """How much of a block a cue is."""

    PART = 1
    OPENING = 2
    WHOLE = 3


@dataclass(frozen=True, slots=True)
class Said:
    """The reason that a block's words name. strength: how much of the block they are."""

    reason: Reason
    strength: Strength


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that name a reason. text: as it stands in a block with a space before it, and behind it if it is closed."""

    text: str
    reason: Reason
    rank: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The table of cues, by what finds them.

    lines: of whole blocks. opens: by first word. words: by their longest word. stems: by the first letters of a word
    with any ending. dense, dense_opens: in scripts without spaces. names, hints: of elements, by name part; those with
    any ending stand under their first letters in name_stems, with True for names and False for hints.
    """

    lines: Mapping[str, Said]
    opens: Mapping[str, tuple[Cue, ...]]
    words: Mapping[str, tuple[Cue, ...]]
    stems: Mapping[str, tuple[tuple[str, Cue], ...]]
    dense: tuple[Cue, ...]
    dense_opens: tuple[Cue, ...]
    names: Mapping[str, Reason]
    hints: Mapping[str, Reason]
    name_stems: Mapping[str, tuple[tuple[str, Reason, bool], ...]]


def _plain(text: str) -> str:
    """The text in small letters with punctuation for spaces; signs that mean something stand alone."""
    text = text.lower()
    for sign in _BREAKS:
        text = text.replace(sign, _SPACED.get(sign, " "))
    if not text.isascii() or "@" in text:
        for sign in "©@’":
            text = text.replace(sign, _SPACED[sign])
    return text


@cache
def load_cues() -> Cues:
    """Read `cues.toml`; earlier reasons win where two share a cue."""
    tables = tomllib.loads(resources.files("newsclean.judging").joinpath("cues.toml").read_text(encoding="utf-8"))
    lines: dict[str, Said] = {}
    opens: dict[str, list[Cue]] = {}
    words: dict[str, list[Cue]] = {}
    stems: dict[str, list[tuple[str, Cue]]] = {}
    dense: list[Cue] = []
    dense_opens: list[Cue] = []
    names: tuple[dict[str, Reason], dict[str, Reason]] = ({}, {})
    name_stems: dict[str, list[tuple[str, Reason, bool]]] = {}
    for rank, (name, table) in enumerate(tables.items()):
        reason = Reason(name)
        for phrase, _ in _listed(table["lines"]):
            lines.setdefault(phrase.strip(_AT_ENDS) or phrase, Said(reason, Strength.WHOLE))
        for phrase, _ in _listed(table["opens"]):
            cue = Cue(f" {phrase} ", reason, rank)
            if _DENSE.search(phrase):
                dense_opens.append(cue)
            else:
                opens.setdefault(phrase.split()[0], []).append(cue)
        for phrase, is_stem in _listed(table["says"]):
            if _DENSE.search(phrase):
                dense.append(Cue(phrase, reason, rank))
                continue
            cue = Cue(f" {phrase}" if is_stem else f" {phrase} ", reason, rank)
            whole = phrase.split()[: -1 if is_stem else None]
            if whole:
                words.setdefault(max(whole, key=len), []).append(cue)
            else:
                stems.setdefault(phrase[:_STEM], []).append((phrase, cue))
        for is_name, key in ((True, "names"), (False, "hints")):
            for part, is_stem in _listed(table[key]):
                if is_stem:
                    name_stems.setdefault(part[:NAME_STEM], []).append((part, reason, is_name))
                else:
                    names[not is_name].setdefault(part, reason)
    return Cues(
        lines,
        {key: tuple(cues) for key, cues in opens.items()},
        {key: tuple(cues) for key, cues in words.items()},
        {key: tuple(cues) for key, cues in stems.items()},
        tuple(dense),
        tuple(dense_opens),
        names[0],
        names[1],
        {key: tuple(found) for key, found in name_stems.items()},
    )


def _listed(cues: str) -> Iterator[tuple[str, bool]]:
    """The cues of a list as they look in a text made plain, and whether any ending may follow."""
    for cue in _plain(cues.replace("|", "\n").replace("*", _ANY_ENDING)).split("\n"):
        phrase = " ".join(cue.split())
        if phrase:
            yield phrase.removesuffix(_ANY_ENDING), phrase.endswith(_ANY_ENDING)


def reason_said(text: str) -> Reason | None:
    """The reason that a block's words name, or None."""
    said = read_said([text])[0]
    return said.reason if said else None


def read_said(texts: Sequence[str]) -> list[Said | None]:
    """For every block the reason that its words name, or None."""
    cues = load_cues()
    joined = _plain("\n".join([text[:LONGEST_READ] for text in texts]))
    rows = joined.split("\n")
    if len(rows) != len(texts):
        # a line feed inside a block: no reader makes one, a caller's own blocks may
        rows = [_plain(text[:LONGEST_READ]).replace("\n", " ") for text in texts]
    split = [row.split() for row in rows]
    present = set().union(*split)
    found = _found(present, cues)
    dense: list[Cue] = []
    dense_opens: list[Cue] = []
    if not joined.isascii() and _DENSE.search(joined):
        dense = [cue for cue in cues.dense if cue.text in joined]
        dense_opens = [cue for cue in cues.dense_opens if cue.text.strip() in joined]
    is_silent = frozenset(found).isdisjoint
    lines, opens = cues.lines, cues.opens
    result: list[Said | None] = []
    for words in split:
        if not words:
            result.append(None)
            continue
        line = " ".join(words)
        said = lines.get(line)
        if said is None and (line[-1] in _AT_ENDS or line[0] in _AT_ENDS):
            said = lines.get(line.strip(_AT_ENDS))
        if said is None:
            candidates = opens.get(words[0], ())
            if candidates or dense_opens:
                said = _opening(f" {line} ", (*candidates, *dense_opens))
            if said is None and (dense or not is_silent(words)):
                said = _saying(f" {line} ", [cue for word in set(words) for cue in found.get(word, ())], dense)
        result.append(said)
    return result


def _found(present: set[str], cues: Cues) -> dict[str, tuple[Cue, ...]]:
    """The words of a page that cues hang on, each with its cues."""
    found = {word: cues.words[word] for word in cues.words.keys() & present}
    stems = cues.stems
    for word in present:
        if word[:_STEM] in stems:
            fitting = tuple(cue for stem, cue in stems[word[:_STEM]] if word.startswith(stem))
            if fitting:
                found[word] = found.get(word, ()) + fitting
    return found


def _opening(padded: str, candidates: Iterable[Cue]) -> Said | None:
    fitting = [cue for cue in candidates if padded.startswith(cue.text)]
    if not fitting:
        return None
    best = min(fitting, key=lambda cue: (-len(cue.text), cue.rank))
    return Said(best.reason, Strength.OPENING)


def _saying(padded: str, spaced: Iterable[Cue], dense: Iterable[Cue]) -> Said | None:
    """The reason whose cues make up most of the text."""
    weights: dict[int, int] = {}
    hits: list[Cue] = []
    for cues in (spaced, dense):
        for cue in cues:
            if cue.text in padded:
                weights[cue.rank] = weights.get(cue.rank, 0) + len(cue.text)
                hits.append(cue)
    if not hits:
        return None
    best = max(weights, key=lambda rank: (weights[rank], -rank))
    winners = [cue for cue in hits if cue.rank == best]
    if len(padded) > _LONGEST_LINE and len(winners) < 2:
        return None
    return Said(winners[0].reason, Strength.PART)
