"""Cuts a credit line into the pieces that each name one person, agency, role or place."""

from __future__ import annotations

from typing import NamedTuple

from newsclean.frontmatter.agencies import is_agency
from newsclean.frontmatter.bylines.labels import BLANKS, leading_label, mark_labels
from newsclean.frontmatter.lexicon import credit_words, fold
from newsclean.patterns import pattern, plain_pattern

_HARD = pattern(
    r"\s*+(?:[|;•·\n\t()\[\]{}★►»«>│¦▪●❘]|(?<=[\s\p{L}])[–—―](?=\s|$)|(?<=\p{Ll})—(?=\p{Lu})|(?<=\s)-{1,2}(?=\s|$)|^[-–—]\s|-$)\s*+"
)
_HARD_MARKS = plain_pattern(r"[|;•·\n\t()\[\]{}★►»«>│¦▪●❘–—―-]")
"""What `_HARD` cannot do without."""
_COMMAS = plain_pattern(r"[,،、，]")
_SLASH = pattern(r"\s?/\s?")
_COMMA = pattern(r"\s?[,،、，]\s?+(?!(?:Jr|Sr|II|III|IV)\b)")
_HEBREW_AND = pattern(r"(?<=\p{Hebrew}{2}\s\p{Hebrew}{2,20}\s)ו(?=\p{Hebrew}{2,20}\s\p{Hebrew}{2})")
_INSIDE_NAMES = frozenset("e y i".split())
_SEPARATOR_KINDS = frozenset({"and", "with"})


class Chunk(NamedTuple):
    """A piece between separators. hard: a strong separator stands before it. slot: what the label before it says."""

    text: str
    hard: bool
    slot: str


def cut_chunks(text: str, language: str | None) -> tuple[list[Chunk], bool]:
    """The pieces of the line with the slot that the labels put them into, and whether a label stood at all."""
    chunks: list[Chunk] = []
    labelled = False
    slot = ""
    start = leading_label(text, language, at_start=True)
    if start is not None:
        slot, text = start
        labelled = slot != "other"
    marked = mark_labels(_HEBREW_AND.sub("ו ", text) if language == "he" else text, language)
    for part_place, part in enumerate(_HARD.split(marked) if _HARD_MARKS.search(marked) else [marked]):
        if part_place and slot == "other":
            slot = "by" if labelled and chunks else ""
        soft = _soft(part, language)
        for piece_place, piece in enumerate(soft):
            rest, kind = piece
            # "Του Κώστα Λάμπρου και της Ελένης Βασιλείου": the label stands before each name.
            again = kind == "and" and slot == "by" and not rest.isascii()
            found = leading_label(rest, language, at_start=again or (not chunks and not labelled))
            if found is not None:
                slot, rest = found
                labelled = labelled or slot != "other"
            elif kind == "with" and slot != "other" and labelled:
                slot = "by"
            rest = rest.strip(BLANKS.replace(".", ""))
            if part_place and chunks and not piece_place:
                said = credit_words().own_kinds(fold(rest), language)
                if said & {"other", "by", "lead"} and len(rest) > 2:
                    # "Rui Costa (texto) e Inês Dias (fotos)": the word says what the name before it did.
                    if "other" in said:
                        chunks.pop()
                    continue
                rest = _without_and(rest, language)
            if rest:
                chunks.append(Chunk(rest, bool(part_place) and not piece_place, slot))
    return chunks, labelled


def _without_and(text: str, language: str | None) -> str:
    """The piece without a small word for "and" before it."""
    first, _, behind = text.partition(" ")
    joins = behind and first.islower() and "and" in credit_words().own_kinds(fold(first), language)
    return behind if joins else text


def _soft(part: str, language: str | None) -> list[tuple[str, str]]:
    """A part cut at commas, slashes and words for "and" and "with": the text, and the kind of separator before it."""
    pieces: list[tuple[str, str]] = []
    for slash_place, run in enumerate(_slashes(part)):
        for place, piece in enumerate(_COMMA.split(run) if _COMMAS.search(run) else [run]):
            kind = "comma" if place else "slash" if slash_place else ""
            pieces.extend(_cut_words(piece, kind, language))
    return pieces


def _slashes(part: str) -> list[str]:
    """The part cut at slashes, unless it is an agency's name as a whole."""
    return [part] if "/" not in part or is_agency(part) or part.count("/") > 6 else _SLASH.split(part)


def _cut_words(piece: str, kind: str, language: str | None) -> list[tuple[str, str]]:
    words = piece.split(" ")
    found: list[tuple[str, str]] = []
    start = place = 0
    while place < len(words):
        cut = 0
        for length in (4, 3, 2, 1) if credit_words().opens_phrase(fold(words[place])) else (1,):
            run = words[place : place + length]
            if len(run) < length or (place == 0 and length == 1 and kind == ""):
                continue
            phrase = " ".join(run)
            kinds = credit_words().kinds(fold(phrase), language) or credit_words().kinds(fold(phrase), "en")
            single = len(phrase) == 1 and phrase.lower() != phrase.upper()
            if kinds & _SEPARATOR_KINDS and (not single or phrase.islower()) and not (phrase.istitle() and length == 1):
                cut = length
                separator = "with" if "with" in kinds and "and" not in kinds else "and"
                break
        if cut:
            # "Ortega y Gasset": a lone last word belongs to the name before it.
            lone = len(words) - place - cut == 1 and words[place] in _INSIDE_NAMES and not is_agency(words[-1])
            if not lone:
                found.append((" ".join(words[start:place]), kind))
                start, kind = place + cut, separator
            place += cut
        else:
            place += 1
    found.append((" ".join(words[start:]), kind))
    return [(text, how) for text, how in found if text.strip()]
