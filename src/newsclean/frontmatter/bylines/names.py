"""Personal names: what looks like one, and its ordinary letter case and order."""

from __future__ import annotations

import regex

from newsclean.frontmatter.digits import plain
from newsclean.frontmatter.lexicon import credit_words, fold
from newsclean.patterns import pattern, plain_pattern

_PARTICLES = frozenset(
    "van von dela delos der den de del della dello di da das dos do du des la le las los y e i zu zum zur af av ten "
    "ter te op het "
    "bin binti ibn bint al el ben abu ould ap ab san und vom vande 't d' l' dalla degli dei ver".split()
)
_SUFFIXES = pattern(r"(?:jr|sr|ii|iii|iv|junior|senior|filho|neto|júnior)\.?", regex.I)
_WORD = pattern(r"(?:\p{Lu}\.[\s-]?){1,4}|\p{L}[\p{L}\p{M}'’ʼʻ`´·-]*+\.?|['’]t", regex.V1)
_WITHOUT_CASE = pattern(r"[\p{Lo}\p{M}\p{Georgian}\u200c'’\"״׳.-]++", regex.V1)
_HAS_CASE = pattern(r"[[\p{Lu}\p{Ll}\p{Lt}]--\p{Georgian}]", regex.V1)  # Georgian prints no capitals in text
_ORDINARY = plain_pattern(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")
_PARTS = pattern(r"([-'’ʼ\s.])")
_CJK = pattern(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}ー・々]", regex.V1)
_ROMAN = frozenset({"ii", "iii", "iv", "vi"})
LONGEST_NAME = 60
"""Characters; nothing longer is a person's name."""


def is_particle(word: str) -> bool:
    """Whether a word is one of the small ones that stand inside names ("van", "de", "bin")."""
    return word.casefold() in _PARTICLES


def has_case(text: str) -> bool:
    """Whether a text is in a script with capital and small letters."""
    return text.lower() != text.upper() if text.isascii() else _HAS_CASE.search(text) is not None


def is_cjk(text: str) -> bool:
    """Whether a text holds Chinese, Japanese or Korean characters."""
    return not text.isascii() and _CJK.search(text) is not None


def looks_like_name(text: str, *, least: int = 2, any_case: bool = False) -> bool:
    """Whether a text has the shape of a person's name: capitalised words, initials, particles, a suffix.

    least: words that it must have. any_case: take small letters too, where something else says that a name stands here.
    """
    if not 2 <= len(text) <= LONGEST_NAME:
        return False
    words = text.split()
    if not least <= len(words) <= 7 or "By" in words:
        return False
    if not has_case(text):
        return all(_WITHOUT_CASE.fullmatch(word) is not None and len(word) <= 20 for word in words)
    capitals = 0
    for place, word in enumerate(words):
        bare = word.strip(",")
        if _SUFFIXES.fullmatch(bare) and place:
            continue
        if _WORD.fullmatch(bare) is None:
            return False
        lower = bare.casefold().rstrip(".")
        if lower in _PARTICLES and not bare[0].isupper():
            continue
        if "-" in bare and bare.partition("-")[0].casefold() in {"al", "el", "as", "ash", "ar", "an", "at", "ad"}:
            capitals += 1
            continue
        if (
            bare[0].isupper()
            or (bare[0] in "'’ʼ" and len(bare) > 2)
            or any_case
            or bare[:2].casefold() in ("d'", "d’", "o'", "l'")
        ):
            capitals += 1
            continue
        return False
    return capitals >= min(least, 1) and capitals >= len(words) - 3 and capitals > 0


def normalize_name(name: str) -> str:
    """A person's name in ordinary letter case and reading order.

    "DOE, JANE" becomes "Jane Doe", "JAN VAN DER BERG" "Jan van der Berg", "sean o'neill" "Sean O'Neill"; a name that is
    neither all capitals nor all small letters keeps its case.

    >>> normalize_name("McDONALD, RONALD")
    'Ronald McDonald'
    """
    if _ORDINARY.fullmatch(name):
        return name
    text = plain(name).strip(' ,;:|/·•-–—"“”')
    family, comma, given = text.partition(",")
    given = given.strip()
    if comma and given and "," not in given and not _SUFFIXES.fullmatch(given) and len(given.split()) <= 3:
        text = f"{given} {family.strip()}"
    if not has_case(text) or is_cjk(text):
        return text
    words = text.split()
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:
        words = words[:half]  # a portrait's description beside the name itself
    if _shouting(text) or text.islower():
        return " ".join(_cased(word, place, len(words)) for place, word in enumerate(words))
    return " ".join(
        _cased(word, 1, 9) if _shouting(word) and (len(word) > 3 or is_particle(word)) else word for word in words
    )


def _shouting(text: str) -> bool:
    """Whether a text is all capitals, but for the "Mc" and "Mac" that stay small, and particles."""
    words = [word for word in text.split() if word not in _PARTICLES]
    bare = "".join(word[2:] if word.startswith("Mc") else word.removeprefix("Mac") for word in words)
    return bool(bare) and bare.isupper() and len(bare) > 1


def _cased(word: str, place: int, count: int) -> str:
    lower = word.lower().replace("i̇", "i")
    if lower.rstrip(".") in _ROMAN and place == count - 1:
        return word.upper()
    if place and lower in _PARTICLES and (place < count - 1 or count > 2) and place < count - 1:
        return lower
    if _SUFFIXES.fullmatch(word) and place:
        return word.capitalize()
    if len(word.rstrip(".")) <= 2 and word.isupper() and "." in word:
        return word
    parts = _PARTS.split(lower)
    out = []
    for index, part in enumerate(parts):
        if index > 1 and parts[index - 1] in "'’ʼ" and len(part) < 2:
            out.append(part)
        elif part.startswith("mc") and len(part) > 3:
            out.append("Mc" + part[2].upper() + part[3:])
        else:
            out.append(part[:1].upper() + part[1:])
    return "".join(out)


def strip_titles(text: str, language: str | None) -> str:
    """A name without the honorifics before it and the degrees after it ("Dr. Ana Ruiz, PhD" → "Ana Ruiz")."""
    words = credit_words()
    pieces = text.split()
    while len(pieces) > 1 and _is_honorific(pieces[0], pieces[1:], language):
        pieces = pieces[1:]
    while len(pieces) > 1:
        last = pieces[-1].strip(",()®").casefold()
        if last.replace(".", "") and "credential" in words.kinds(last.rstrip("."), "en") | words.kinds(
            last.replace(".", ""), "en"
        ):
            if not pieces[-1].strip(",()®").replace(".", "").isupper() and last.replace(".", "") not in (
                "phd",
                "esq",
                "ret",
            ):
                break
            pieces = pieces[:-1]
        else:
            break
    return " ".join(pieces).strip(" ,")


def _is_honorific(word: str, following: list[str], language: str | None) -> bool:
    bare = fold(word)
    if not bare or "honorific" not in credit_words().kinds(bare, language) | credit_words().kinds(bare, "en"):
        return False
    # An initial ("M. Night") is no title, nor is a first name ("Judge Reinhold", "Miss" alone).
    return not (len(bare) == 1 and has_case(word) and not (language == "fr" and bare == "m")) and bool(following)
