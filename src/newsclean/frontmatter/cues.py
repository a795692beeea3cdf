"""Signs that a line is worth reading as a byline or a date line, seen without reading it."""

from __future__ import annotations

import regex

from newsclean.frontmatter.compare import is_dense

LONGEST_BYLINE = 200
"""Characters; the lines of a story are longer."""
LONGEST_DATES = 200

CUE = regex.compile(
    r"^\W{0,3}(?:by|written by|words|story by|report(?:ed|ing)? by|von|vom|texte?|testo|par|por|de|di|da|door|tekst"
    r"|av|af|autor(?:in|a|en|es|zy|ka)?|auteurs?|authors?(?: of the article)?|autore|yazan|oleh|penulis|reporter|editor"
    r"|redakt\w{0,6}|napsal\w?|szerző|skrevet av|skriven av|redigerad av|автор\w?|текст|журналист|корреспондент"
    r"|作者|文|記者|记者|撰文|글|기자|σύνταξη|بقلم|كتب)(?![\p{L}\p{N}])"
    r"|^(?:文|作者|記者|记者|撰文)\s?[:：/／]",
    regex.IGNORECASE,
)
_WIDE_CUE = regex.compile(r"(?:記者|记者|기자|특파원)(?!\p{L}{4})")
INNER_CUE = regex.compile(
    r"(?:^|\s)(?:(?:[Bb]y|BY|[Vv]on|[Pp]or|[Pp]ar|[Dd]oor|[Oo]leh|[Aa]v|[Aa]f):?\s+\p{Lu}"
    r"|(?:[Aa]uth?or\p{Ll}{0,3}|[Aa]uteurs?|[Aa]utore|[Tt]ext[eo]?|[Tt]ekst|[Rr]eporter|[Pp]enulis|[Аа]втор\p{Ll}{0,2}|[Тт]екст"
    r"|[Σσ]υντάκτης|الكاتب|作者|記者|记者|文|글)\s?[:：]\s?\p{L})"
)
_DATE_LIKE = regex.compile(r"\p{Nd}{4}|\p{Nd}{1,2}\s?[.:/年月-]\s?\p{Nd}{1,2}|元年")


def says_by(text: str) -> bool:
    """Tell whether a line begins with a word that announces an author, or holds a title that only reporters have."""
    return CUE.match(text) is not None or (is_dense(text) and _WIDE_CUE.search(text) is not None)


def may_hold_byline(text: str) -> bool:
    """Tell, without reading it, whether a line could be a byline that says so itself."""
    return len(text) <= LONGEST_BYLINE and says_by(text)


def may_hold_dates(text: str) -> bool:
    """Tell, without reading it, whether a line could be a date line."""
    return len(text) <= LONGEST_DATES and _DATE_LIKE.search(text) is not None


def is_label(text: str) -> bool:
    """Tell whether a line is only the word that announces an author, as "By", "Author of the article:"."""
    match = CUE.match(text) if len(text) <= 40 else None
    return match is not None and not text[match.end() :].strip(" :：-–—|")
