"""Loads the word lists under `names/`, each once and only when first asked for."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from newsclean.patterns import pattern, plain_pattern
from newsclean.shipped import shipped_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MACRO_LANGUAGES: Mapping[str, str] = {
    "nb": "no",
    "in": "id",
    "iw": "he",
    "tl": "fil",
    "sh": "sr",
    "cmn": "zh",
    "yue": "zh",
}
"""Codes that pages use for languages whose words stand under another code."""

_STEM_KEY = 3
_AROUND = " .\u200e\u200f"
"""Signs around a word that do not count."""
_ACCENTS = plain_pattern("(?<=[a-zA-Zα-ωΑ-Ω])[\u0300-\u036f]+")
_UNSPACED = pattern(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


class Entry(NamedTuple):
    """One word of a word list: its language, its kind, and how it matches."""

    language: str
    kind: str
    word: str
    stem: bool
    strict: bool


def read_table(name: str) -> str:
    """The text of a table that ships with newsclean."""
    return shipped_text(f"frontmatter/names/{name}")


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Letter case and composition do not matter when a word is looked up."""
    return folded(word).strip(_AROUND)


def folded(text: str) -> str:
    """The text without the differences of letter case and composition."""
    if text.isascii():
        return text.lower()
    # A small dotted capital I of Turkish and Azerbaijani is two signs.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).replace("i̇", "i")


def without_accents(text: str) -> str:
    """A Latin or Greek text as capitals without accents would give it: "θεσσαλονικη", "bucuresti"."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def base_language(language: str | None) -> str | None:
    """The code under which the words of a BCP 47 language stand ("nb-NO" → "no"), None for none."""
    if not language:
        return None
    code = language.replace("_", "-").split("-")[0].casefold()
    return MACRO_LANGUAGES.get(code, code)


def read_entries(name: str) -> Iterator[Entry]:
    """The entries of a word list: sections by language, lines `kind: word | stem* | !word`."""
    language = ""
    for line in read_table(name).splitlines():
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("["):
            language = text.strip("[]")
            continue
        kind, _, words = text.partition(":")
        kind = kind.strip()
        # folded as a line: a word at a time takes three times as long, and every start waits for it
        for item in folded(words).split("|"):
            word = item.strip()
            strict, stem = word[:1] == "!", word[-1:] == "*"
            if strict or stem:
                word = word[strict : len(word) - stem].strip()
            word = word.strip(_AROUND)
            if word:
                yield Entry(language, kind, word, stem, strict)
                if language == "el":  # Greek capitals carry no accents
                    yield Entry(language, kind, without_accents(word), stem, strict)


class Words:
    """The words of a list, found in text by whole words, stems, or (in scripts without spaces) anywhere."""

    __slots__ = ("_exact", "_heads", "_longest", "_stems", "_unspaced", "_unspaced_pattern")

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._exact: dict[str, list[Entry]] = {}
        self._stems: dict[str, list[Entry]] = {}
        self._unspaced: dict[str, list[Entry]] = {}
        for entry in entries:
            if not entry.word.isascii() and _UNSPACED.search(entry.word):
                self._unspaced.setdefault(entry.word, []).append(entry)
            elif entry.stem:
                self._stems.setdefault(entry.word[:_STEM_KEY], []).append(entry)
            else:
                self._exact.setdefault(entry.word, []).append(entry)
        self._heads = frozenset(word.split(" ")[0] for word in self._exact if " " in word)
        self._longest = max((word.count(" ") + 1 for word in self._exact), default=1)
        self._unspaced_pattern = (
            pattern("|".join(sorted(map(regex.escape, self._unspaced), key=len, reverse=True)))
            if self._unspaced
            else None
        )

    @property
    def longest(self) -> int:
        """How many words the longest phrase has."""
        return self._longest

    def opens_phrase(self, word: str) -> bool:
        """Whether a phrase of several words begins with this one."""
        return word in self._heads

    def knows(self, word: str) -> bool:
        """Whether a folded word is in the list, opens a phrase of it, or shares its beginning with a stem of it."""
        if word in self._exact or word in self._heads or word in self._unspaced:
            return True
        stems = self._stems.get(word[:_STEM_KEY])
        return stems is not None and any(word.startswith(entry.word) or entry.word.startswith(word) for entry in stems)

    def kinds(self, phrase: str, language: str | None) -> frozenset[str]:
        """What a folded phrase can be; a page's own language goes before the others."""
        return _kinds(self, phrase, language)

    def own_kinds(self, phrase: str, language: str | None) -> frozenset[str]:
        """What a folded phrase can be in the page's own language or in English; in any where that is unknown."""
        return _own_kinds(self, phrase, language)

    def find(self, phrase: str) -> list[Entry]:
        """The entries of a folded phrase, whole words before stems."""
        found = self._exact.get(phrase) or self._unspaced.get(phrase)
        if found is None and phrase[:_STEM_KEY] in self._stems:
            found = self._stemmed(phrase)
        return found or []

    def find_all(self, phrase: str) -> list[Entry]:
        """The entries of a folded phrase, whole words and stems."""
        found = self._exact.get(phrase) or self._unspaced.get(phrase) or []
        return [*found, *self._stemmed(phrase)] if phrase[:_STEM_KEY] in self._stems else found

    def _stemmed(self, phrase: str) -> list[Entry]:
        """The entries of the longest stems that a phrase begins with."""
        fitting = [
            entry
            for entry in self._stems[phrase[:_STEM_KEY]]
            if phrase.startswith(entry.word) and " " not in phrase[len(entry.word) :]
        ]
        longest = max((len(entry.word) for entry in fitting), default=0)
        return [entry for entry in fitting if len(entry.word) == longest]

    def inside(self, text: str, language: str | None) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Where words of scripts without spaces stand in a text: start, end and kinds."""
        if self._unspaced_pattern is None:
            return
        for match in self._unspaced_pattern.finditer(text):
            kinds = _choose(self._unspaced[match[0]], language)
            if kinds:
                yield match.start(), match.end(), kinds


@lru_cache(maxsize=16384)
def _kinds(words: Words, phrase: str, language: str | None) -> frozenset[str]:
    return _choose(words.find(phrase), language)


@lru_cache(maxsize=16384)
def _own_kinds(words: Words, phrase: str, language: str | None) -> frozenset[str]:
    if language is None:
        return _choose(words.find(phrase), None)
    return frozenset(entry.kind for entry in words.find_all(phrase) if entry.language in (language, "en"))


def _choose(entries: list[Entry] | None, language: str | None) -> frozenset[str]:
    if not entries:
        return frozenset()
    own = frozenset(entry.kind for entry in entries if entry.language == language)
    return own or frozenset(entry.kind for entry in entries if not entry.strict)


@cache
def date_words() -> Words:
    """The words around dates."""
    return Words(tuple(read_entries("words.txt")))


@cache
def credit_words() -> Words:
    """The words of bylines and of the kickers that look like datelines."""
    return Words(tuple(read_entries("credits.txt")))
