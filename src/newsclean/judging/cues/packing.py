"""`cues.toml` → the table that ships: the cues arranged by what finds them. For `training/make_cues.py` and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from newsclean.judging.blocks.words import STEM, WORD
from newsclean.judging.cues.lookup import AT_ENDS, DENSE, NAME_STEM, plain
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANY_ENDING = "\ue000"

_Packed: TypeAlias = tuple[str, int] | tuple[str, int, bool]
"""A cue's text, the rank of its reason, and True where it asks something of the reader."""


def packed_cues(tables: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Arrange the lists of all reasons as JSON data; earlier reasons win where two share a cue.

    tables: of `cues.toml`, by name of the Reason. A cue is packed as its text, the rank of its reason and, where
    it asks something of the reader, True.
    """
    lines: dict[str, int] = {}
    opens: dict[str, list[tuple[str, int]]] = {}
    words: dict[str, list[_Packed]] = {}
    stems: dict[str, list[_Packed]] = {}
    dense: list[_Packed] = []
    dense_opens: list[tuple[str, int]] = []
    parts: dict[str, dict[str, int]] = {"names": {}, "hints": {}}
    name_stems: dict[str, list[tuple[str, int, bool]]] = {}
    for rank, (reason, table) in enumerate(tables.items()):
        for phrase, _ in _listed(table["lines"]):
            lines.setdefault(phrase.strip(AT_ENDS) or phrase, rank)
        heads = _heads_of(table) if reason == Reason.RELATED else ()
        for phrase, is_stem in [*_listed(table["opens"]), *heads]:
            cue = (f" {phrase}" if is_stem else f" {phrase} ", rank)
            if DENSE.search(phrase):
                dense_opens.append(cue)
            else:
                opens.setdefault(_keys_of(phrase)[0], []).append(cue)
        asks = list(_listed(table.get("asks", "")))
        for found in dict.fromkeys([*asks, *_listed(table["says"])]):
            phrase, is_stem = found
            told: tuple[()] | tuple[bool] = (True,) if found in asks else ()
            if DENSE.search(phrase):
                dense.append((phrase, rank, *told))
                continue
            cue = (f" {phrase}" if is_stem else f" {phrase} ", rank, *told)
            whole = _keys_of(phrase)[: -1 if is_stem else None]
            if whole:
                words.setdefault(max(whole, key=len), []).append(cue)
            else:
                stems.setdefault(phrase[:STEM], []).append(cue)
        for key, known in parts.items():
            for part, is_stem in _listed(table[key]):
                if is_stem:
                    name_stems.setdefault(part[:NAME_STEM], []).append((part, rank, key == "names"))
                else:
                    known.setdefault(part, rank)
    reasons = list(tables)
    return {
        "reasons": reasons,
        "lines": _by_rank(lines, len(reasons)),
        "line_words": sorted({max(_keys_of(phrase), key=len) for phrase in lines}),
        "opens": opens,
        "words": words,
        "stems": stems,
        "dense": dense,
        "dense_opens": dense_opens,
        **{key: _by_rank(known, len(reasons)) for key, known in parts.items()},
        "name_stems": name_stems,
    }


def _heads_of(table: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Labels of other stories as they stand before a title on one line: "You may have missed: …"."""
    opens = tuple([f"{phrase} " for phrase, _ in _listed(table["opens"])])
    for phrase, _ in _listed(table["lines"]):
        # of one word, a label is as often the first of a sentence; one without spaces has no end
        if " " in phrase and not DENSE.search(phrase) and not f"{phrase} ".startswith(opens):
            yield f"{phrase} :", False


def _by_rank(ranks: Mapping[str, int], size: int) -> list[list[str]]:
    """The phrases of each reason."""
    return [[phrase for phrase, rank in ranks.items() if rank == own] for own in range(size)]


def _listed(cues: str) -> Iterator[tuple[str, bool]]:
    """The cues of a list as they look in a text made plain, and whether any ending may follow."""
    for cue in plain(cues.replace("|", "\n").replace("*", _ANY_ENDING)).split("\n"):
        phrase = " ".join(cue.split())
        if phrase:
            yield phrase.removesuffix(_ANY_ENDING), phrase.endswith(_ANY_ENDING)


def _keys_of(phrase: str) -> list[str]:
    """The words of a phrase as `judging.blocks.words` has them; of one that has none, its signs."""
    return WORD.findall(phrase) or phrase.split()
