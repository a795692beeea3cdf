"""Signs that a line is worth reading as a byline or a date line, seen without reading it."""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from newsclean.frontmatter.compare import is_dense
from newsclean.patterns import pattern

LONGEST_BYLINE = 200
"""Characters; the lines of a story are longer."""
LONGEST_DATES = 200

CUE = pattern(
    r"^\W{0,3}(?:by|written by|words|story by|report(?:ed|ing)? by|von|vom|texte?|testo|par|por|de|di|da|door|tekst"
    r"|av|af|autor(?:in|a|en|es|zy|ka)?|auteurs?|authors?(?: of the article)?|autore|yazan|oleh|penulis|reporter|editor"
    r"|redakt\w{0,6}|napsal\w?|szerző|skrevet av|skriven av|redigerad av|автор\w?|текст|журналист|корреспондент"
    r"|作者|文|記者|记者|撰文|글|기자|σύνταξη|بقلم|كتب)(?![\p{L}\p{N}])"
    r"|^(?:文|作者|記者|记者|撰文)\s?[:：/／]",
    regex.IGNORECASE,
)
_FIRST_WORD = re.compile(r"\W{0,3}([A-Za-z]+)")
_CUE_OPENINGS = tuple(
    "by written words story report von vom text testo par por de di da door tekst av af autor auteur author yazan oleh"
    " penulis editor redakt napsal skrevet skriven redigerad".split()
)
"""How the ASCII words of `CUE` begin."""
_WIDE_CUE = pattern(r"(?:記者|记者|기자|특파원)(?!\p{L}{4})")
_INNER_CUE = pattern(
    r"(?:^|\s)(?:(?:[Bb]y|BY|[Vv]on|[Pp]or|[Pp]ar|[Dd]oor|[Oo]leh|[Aa]v|[Aa]f):?\s+\p{Lu}"
    r"|(?:[Aa]uth?or\p{Ll}{0,3}|[Aa]uteurs?|[Aa]utore|[Tt]ext[eo]?|[Tt]ekst|[Rr]eporter|[Pp]enulis|[Аа]втор\p{Ll}{0,2}|[Тт]екст"
    r"|[Σσ]υντάκτης|الكاتب|作者|記者|记者|文|글)\s?[:：]\s?\p{L})"
)
_INNER_WORDS = frozenset(
    word + colon
    for word in "By by BY Von von Por por Par par Door door Oleh oleh Av av Af af".split()
    for colon in ("", ":")
)
_DIGIT = re.compile(r"[\d元]")
_DATE_LIKE = pattern(r"\p{Nd}{4}|\p{Nd}{1,2}\s?[.:/年月-]\s?\p{Nd}{1,2}|元年")
_KNOWN = 1024
"""Lines whose signs are remembered: the readers of one page ask the same of its first blocks several times."""


@lru_cache(maxsize=_KNOWN)
def says_by(text: str) -> bool:
    """Tell whether a line begins with a word that announces an author, or holds a title that only reporters have."""
    return (_may_open_with_cue(text) and CUE.match(text) is not None) or (
        is_dense(text) and _WIDE_CUE.search(text) is not None
    )


def _may_open_with_cue(text: str) -> bool:
    """Tell by its first word whether a line could open with one that announces an author."""
    if not text.isascii():
        return True
    first = _FIRST_WORD.match(text)
    return first is not None and first[1].lower().startswith(_CUE_OPENINGS)


def may_hold_byline(text: str) -> bool:
    """Tell, without reading it, whether a line could be a byline that says so itself."""
    return len(text) <= LONGEST_BYLINE and says_by(text)


def inner_cue(text: str) -> int:
    """Find where a word that announces an author stands before a name within a line, -1 where none does."""
    if ":" not in text and "：" not in text and _INNER_WORDS.isdisjoint(text.split()):
        return -1
    match = _INNER_CUE.search(text)
    return match.start() if match else -1


@lru_cache(maxsize=_KNOWN)
def may_hold_dates(text: str) -> bool:
    """Tell, without reading it, whether a line could be a date line."""
    return len(text) <= LONGEST_DATES and _DIGIT.search(text) is not None and _DATE_LIKE.search(text) is not None


def is_label(text: str) -> bool:
    """Tell whether a line is only the word that announces an author, as "By", "Author of the article:"."""
    match = CUE.match(text) if len(text) <= 40 and says_by(text) else None
    return match is not None and not text[match.end() :].strip(" :：-–—|")
