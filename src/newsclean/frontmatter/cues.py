"""Signs that a line is prose, or worth reading as a byline or a date line: seen without reading it."""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from newsclean.frontmatter.agencies import opens_agency
from newsclean.frontmatter.compare import is_dense
from newsclean.frontmatter.lexicon import credit_words, fold
from newsclean.patterns import pattern, plain_pattern

LONGEST_CREDIT = 200
"""Characters of a byline or date line at most; the lines of a story are longer."""
_LONGEST_NAMES = 100
_SOURCES = ("来源：", "来源:", "來源：", "稿源：", "文章来源：", "新闻来源：", "출처=", "출처:")
"""Before the agency that a story comes from."""
_LONGEST_LABEL = 40
_MOST_LABELS = 8
_PROSE, _LONG_PROSE = 110, 230
"""Characters above which a line that ends as a sentence does is prose, and above which any line is."""
_CLOSING = "'\"’”»)]"
_SENTENCE_END = frozenset(".!?…。！？؟।")

PROSE, BYLINE, LABEL, DATES = 1, 2, 4, 8
"""What `signs` can find: a paragraph of prose; a word at the head that announces an author; nothing but that word;
something like a date."""
INNER, NAMES, AGENCY = 1, 2, 4
"""What `weak_signs` can find: a word within the line that announces an author; at its head a name, or an agency."""

CUE = pattern(
    r"^\W{0,3}(?:by|written by|words|story by|report(?:ed|ing)? by|von|vom|texte?|testo|par|por|de|di|da|door|tekst"
    r"|av|af|autor(?:in|a|en|es|zy|ka)?|auteurs?|authors?(?: of the article)?|autore|yazan|oleh|penulis|kontributor"
    r"|reporter|editor|redakt\w{0,6}|napsal\w?|szerző|skrevet av|skriven av|redigerad av|автор\w?|текст"
    r"|журналист|корреспондент|作者|文|記者|记者|撰文|글|기자|σύνταξη|بقلم|كتب)(?![\p{L}\p{N}])"
    r"|^(?:文|作者|記者|记者|撰文)\s?[:：/／]",
    regex.IGNORECASE,
)
_CUE_OPENING = plain_pattern(
    r"(?:by|written|words|story|report|von|vom|te[xsk]|par|por|d[eia]|door|a[vf]|aut|yazan|oleh|penulis|kontrib|editor"
    r"|redakt|napsal|skrevet|skriven|redigerad|szerz)",
    re.IGNORECASE,
)
"""How the words of `CUE` begin that begin with an ASCII letter."""
_CUE_LETTERS = frozenset("атжк作文記记撰글기σبك")
"""How the others begin."""
_DIGITS = frozenset("0123456789")
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
_INNER_LABELS = "uthor utor uteur ext ekst eporter enulis втор екст υντάκτης الكاتب 作者 記者 记者 文 글".split()
"""What the labels of `_INNER_CUE` that need a colon cannot do without."""
_DIGIT = plain_pattern(r"[\d元]")
_DATE_LIKE = plain_pattern(r"\d{4}|\d{1,2}\s?[.:/年月-]\s?\d{1,2}|元年")
NAME_PARTICLES = "van von de der den del della di da du dos das la le el al bin ibn ben ter ten zu y e".split()


@lru_cache(maxsize=1024)
def signs(text: str) -> int:
    """Tell, without reading it, what a line could be: any of `PROSE`, `BYLINE`, `LABEL`, `DATES`.

    The readers of one page ask for the same lines several times; the answers for the latest ones are remembered.
    """
    size = len(text)
    if size > _LONG_PROSE:
        return PROSE
    ascii_only = text.isascii()
    dense = not ascii_only and is_dense(text)
    found = PROSE if size * (3 if dense else 1) > _PROSE and _is_prose(text, size * (3 if dense else 1)) else 0
    if size > LONGEST_CREDIT:
        return found
    if (_may_open_with_cue(text) and CUE.match(text)) or (dense and _WIDE_CUE.search(text)) or _is_labelled(text):
        found |= BYLINE
        if size <= _LONGEST_LABEL and _is_label(text):
            found |= LABEL
    if (_has_digit(text) if ascii_only else _DIGIT.search(text)) and _DATE_LIKE.search(text):
        found |= DATES
    return found


@lru_cache(maxsize=1024)
def weak_signs(text: str) -> int:
    """Tell, without reading it, what a short line could be that does not say so: `INNER`, `NAMES`, `AGENCY`."""
    found = INNER if inner_cue(text) >= 0 else 0
    if len(text) <= _LONGEST_NAMES:
        first, _, rest = text.lstrip(" ,").partition(" ")
        if not text.isascii() or (
            first[:1].isupper() and (rest[:1].isupper() or rest.partition(" ")[0] in NAME_PARTICLES)
        ):
            found |= NAMES
        if opens_agency(first):
            found |= AGENCY
    return found


def _may_open_with_cue(text: str) -> bool:
    """Tell by its first signs whether a line could open with a word that announces an author."""
    first = text[:1]
    if first.isascii():
        return _CUE_OPENING.match(text) is not None if first.isalpha() else first not in _DIGITS
    return first.lower() in _CUE_LETTERS or not first.isalpha()


def _is_labelled(text: str) -> bool:
    """Tell whether a line opens with a label and a colon that names an author in any language ("كتبت:", "लेखक:")."""
    if text.startswith(_SOURCES):
        return True
    head, colon, behind = text.partition(":")
    if not colon or len(head) > _LONGEST_LABEL or not behind.strip():
        return False
    return "by" in credit_words().kinds(fold(head.strip()), None) or (not text.isascii() and _labels_within(text))


def _labels_within(text: str) -> bool:
    """Tell whether a word before a colon within a line names an author or a source: "کد خبر: ۴ | خبرنگار: …"."""
    return any(
        {"by", "with"} & credit_words().own_kinds(fold(part.rpartition(" ")[2]), None)
        for part in text.split(":")[:_MOST_LABELS]
        if " " in part and (not part.isascii() or _DIGIT.search(part))
    )


def _is_prose(text: str, size: int) -> bool:
    return size > _LONG_PROSE or ends_sentence(text)


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with the mark of a finished sentence."""
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_END


def inner_cue(text: str) -> int:
    """Find where a word that announces an author stands before a name within a line, -1 where none does."""
    if _INNER_WORDS.isdisjoint(text.split()) and not (
        (":" in text or "：" in text) and any(word in text for word in _INNER_LABELS)
    ):
        return -1
    match = _INNER_CUE.search(text)
    return match.start() if match else -1


def _has_digit(text: str) -> bool:
    """Tell whether an ASCII text has a digit."""
    return len(text.encode().translate(None, b"0123456789")) < len(text)


def _is_label(text: str) -> bool:
    """Tell whether a line is only the word that announces an author, as "By", "Author of the article:"."""
    match = CUE.match(text)
    return match is not None and not text[match.end() :].strip(" :：-–—|")
