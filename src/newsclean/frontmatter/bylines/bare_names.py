"""Lines that are nothing but personal names: told by their shape, and by words that no name holds."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from newsclean.frontmatter.agencies import is_agency
from newsclean.frontmatter.bylines.labels import word_kinds
from newsclean.frontmatter.cues import AGENCY, NAME_PARTICLES, NAMES, weak_signs
from newsclean.frontmatter.lexicon import base_language
from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = (
    r"(?:\p{Lu}[\p{Ll}\p{M}'’]+|\p{Lu}{2,}|\p{Lu}\.(?:\s?\p{Lu}\.)*|\p{Lu}[\p{Ll}]*['’]\p{Lu}\p{Ll}+|Ma?c\p{Lu}\p{Ll}+)"
    r"(?:-\p{Lu}[\p{L}'’]+)?"
)
_PARTICLE = rf"(?:{'|'.join(NAME_PARTICLES)})"
_PERSON = rf"{_NAME}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_NAME}){{1,4}}"
_JOINING_WORDS = frozenset("and und et y e og och en и i a ve".split())
_LIST_MARKS = plain_pattern(r"[,&/|·]")
_JOINT = rf"\s*(?:[,&/|·]|\b(?:{'|'.join(sorted(_JOINING_WORDS))})\b)\s*"
_SPACED_HAN = pattern(r"^\p{Han}{1,3}[ \u3000]\p{Han}{1,3}$")
_BARE = pattern(rf"^{_PERSON}(?:{_JOINT}{_PERSON}){{0,5}}$")
_HEAD = pattern(r"[^\d|•·–—/(:]{2,80}+")
_LONGEST_BARE = 120
_MOST_WITH_POST, _LONGEST_WITH_POST = 8, 60
"""Words and characters of a name and a post."""
_PICTURES = pattern(
    r"\b(?:getty|shutterstock|istock(?:photo)?|alamy|unsplash|pexels|pixabay|depositphotos|dreamstime|canva|flickr"
    r"|adobe\s?stock|imago|picture\s?alliance|wikimedia)\b",
    regex.IGNORECASE,
)
_LETTERS = plain_pattern(r"\w+")
_NO_NAME = frozenset(
    "share news sign log read more home menu search email facebook twitter whatsapp subscribe story stories video"
    " videos photo photos image images gallery comment comments newsletter copyright rights getty table content"
    " contents get started apply now free trial reading time print article articles post posts recent related"
    " latest popular trending topic topics tag tags page caption form forms terms privacy policy guide guides"
    " review schedule modified summary next previous button click app breaking live update updates artikel teilen"
    " merken drucken theme themen mehr kommentar kommentare anzeige nachrichten bilder lesen partager imprimer"
    " lire actualité actualités compartir noticia noticias leer última últimas condividi notizie leggi foto"
    " redaktion rédaction redacción".split()
)


def is_bare(text: str) -> bool:
    """Tell whether a line is nothing but personal names as they are written in scripts with capitals."""
    if len(text) > _LONGEST_BARE or not _NO_NAME.isdisjoint(_LETTERS.findall(text.lower())):
        return False
    return _BARE.match(text) is not None


@lru_cache(maxsize=512)
def starts_with_name(text: str) -> bool:
    """Tell whether a line is personal names and agencies, perhaps followed by a date, a time or a bar."""
    if text[:1] == "/" and is_agency(text.strip("/ ")):
        return True
    head = _HEAD.match(text) if weak_signs(text) & (NAMES | AGENCY) else None
    if head is None:
        return False
    parts = _parts(head[0])
    first = next(parts, None)
    return first is not None and all(
        is_bare(part) or _SPACED_HAN.match(part) or is_agency(part) for part in (first, *parts)
    )


def _parts(text: str) -> Iterator[str]:
    """Cut a list of names at its commas and words for "and"."""
    for piece in _LIST_MARKS.split(text):
        words: list[str] = []
        for word in piece.split():
            if word in _JOINING_WORDS:
                if words:
                    yield " ".join(words)
                words = []
            else:
                words.append(word)
        if words:
            yield " ".join(words)


def names_pictures(text: str) -> bool:
    """Tell whether a line names who sells pictures, so that its people took the photo: "Ada Rossi/Getty Images"."""
    return _PICTURES.search(text) is not None


def holds_heading(text: str, language: str | None) -> bool:
    """Tell whether a line of bare names is a menu or a heading ("Quick Links"), by a word that no name holds."""
    base = base_language(language)
    return is_bare(text) and any("heading" in word_kinds(word, base) for word in _LETTERS.findall(text))


def names_with_post(text: str, language: str | None) -> bool:
    """Tell whether a short line is one name and what that person is or works with.

    >>> names_with_post("Thabo Mokone Parliamentary editor", "en")
    True
    >>> names_with_post("Tess Marrinan with AAP", "en")
    True
    """
    words = text.split()
    if (
        not 3 <= len(words) <= _MOST_WITH_POST
        or len(text) > _LONGEST_WITH_POST
        or not is_bare(" ".join(words[:2]).rstrip(","))
    ):
        return False
    base = base_language(language)
    if any(word_kinds(word, base) & {"role", "tail", "credential"} for word in words[2:]):
        return True
    joint = next((place for place, word in enumerate(words) if place > 1 and word.islower() and len(word) > 2), 0)
    return (
        0 < joint < len(words) - 1
        and "with" in word_kinds(words[joint], base)
        and all(is_bare(part) or is_agency(part) for part in (" ".join(words[:joint]), " ".join(words[joint + 1 :])))
    )
