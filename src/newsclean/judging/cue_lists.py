"""`cues.toml` → the table that ships: the cues arranged by what finds them. For `training/make_cues.py` and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsclean.judging.cues import AT_ENDS, DENSE, NAME_STEM, plain
from newsclean.judging.words import STEM, WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANY_ENDING = "\ue000"


def packed_cues(tables: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Arrange the lists of all reasons as JSON data; earlier reasons win where two share a cue.

    tables: of `cues.toml`, by name of the Reason. A cue is packed as its text and the rank of its reason.
    """
    lines: dict[str, int] = {}
    opens: dict[str, list[tuple[str, int]]] = {}
    words: dict[str, list[tuple[str, int]]] = {}
    stems: dict[str, list[tuple[str, int]]] = {}
    dense: list[tuple[str, int]] = []
    dense_opens: list[tuple[str, int]] = []
    parts: dict[str, dict[str, int]] = {"names": {}, "hints": {}}
    name_stems: dict[str, list[tuple[str, int, bool]]] = {}
    for rank, table in enumerate(tables.values()):
        for phrase, _ in _listed(table["lines"]):
            lines.setdefault(phrase.strip(AT_ENDS) or phrase, rank)
        for phrase, is_stem in _listed(table["opens"]):
            cue = (f" {phrase}" if is_stem else f" {phrase} ", rank)
            if DENSE.search(phrase):
                dense_opens.append(cue)
            else:
                opens.setdefault(_keys_of(phrase)[0], []).append(cue)
        for phrase, is_stem in _listed(table["says"]):
            if DENSE.search(phrase):
                dense.append((phrase, rank))
                continue
            cue = (f" {phrase}" if is_stem else f" {phrase} ", rank)
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
    """The words of a phrase as `judging.words` has them; of one that has none, its signs."""
    return WORD.findall(phrase) or phrase.split()
