"""Finds the words that say what a credit line credits: "By", "Editor:", "Foto"."""

from __future__ import annotations

from newsclean.frontmatter.days.months import own_codes
from newsclean.frontmatter.lexicon import credit_words, fold
from newsclean.patterns import pattern

_WORD = pattern(r"\S++")
BLANKS = " ,.:;/|-–—\"“”„«»'"
LABEL_KINDS = frozenset({"by", "editor", "other", "with"})
_LONGEST_LABEL = 5


def opens_credits(text: str, language: str | None) -> bool:
    """Whether a line begins as a credit line does: with a label among its first words, or with a list of names."""
    if sum(word.islower() for word in text.split()) <= 4:
        return True
    words = text.strip(" |(").split(" ", 6)[:6]
    for start in range(min(4, len(words))):
        several = credit_words().opens_phrase(fold(words[start]))
        for end in range(start + 1, len(words) + 1 if several else start + 2):
            if credit_words().kinds(fold(" ".join(words[start:end]).strip(":")), language) & LABEL_KINDS:
                return True
    return False


def word_kinds(word: str, language: str | None) -> frozenset[str]:
    """What a word of a credit line can be, in the page's own language or in English."""
    return credit_words().own_kinds(fold(word.strip(BLANKS)), language)


def is_weekday_name(word: str, language: str | None) -> bool:
    """Whether a word is the full name of a day of the week."""
    return len(word) > 3 and any(code[0] == "d" for code in own_codes(fold(word), language))


def ends_in_credit(text: str, language: str | None) -> bool:
    """Whether a line ends with the credit of its picture in brackets: "(Photo by Jane Doe/Getty Images)"."""
    if text[-1:] != ")":
        return False
    credit = text[text.rfind("(") + 1 : -1]
    if " photo/" in credit.lower():
        return True  # "(AP Photo/Jane Doe)"
    found = leading_label(credit, language, at_start=True) if credit else None
    return found is not None and found[0] == "other"


def mark_labels(text: str, language: str | None) -> str:
    """The line with a separator before every label that a colon follows, as in "Text: A. Doe Foto: B. Roe"."""
    parts = text.split(":")
    if len(parts) == 1:
        return text
    for place, part in enumerate(parts[:-1]):
        words = _unglued(part, language).split(" ")
        for length in range(min(_LONGEST_LABEL, len(words)), 0, -1):
            phrase = fold(" ".join(words[-length:]))
            kinds = credit_words().kinds(phrase, language) | credit_words().kinds(f"{phrase}:", language)
            if phrase and kinds & LABEL_KINDS:
                parts[place] = " ".join([*words[:-length], "|", *words[-length:]]) if words[:-length] else part
                break
    return ":".join(parts)


def _unglued(part: str, language: str | None) -> str:
    """The part with its last label apart from the word that a flattener glued it to: "İHAMuhabir"."""
    place = max((at for at in range(1, len(part)) if part[at].isupper() and part[at - 1].isalpha()), default=0)
    if place and credit_words().own_kinds(fold(part[place:]), language) & LABEL_KINDS:
        return f"{part[:place]} {part[place:]}"
    return part


def leading_label(text: str, language: str | None, *, at_start: bool) -> tuple[str, str] | None:
    """The slot that a leading label opens, and the text behind it; None where no label leads.

    at_start: the text opens the line; short labels ("di", "na") count only there or before a colon.
    """
    if not _could_open(text):
        return None
    words = [match.span() for match in _WORD.finditer(text)][: _LONGEST_LABEL + 4]
    skipped = 0
    while at_start and skipped < len(words) and skipped < 4:
        found = _label_at(text, words[skipped:], language, at_start=at_start)
        if found is not None and (skipped == 0 or found[0] == "by"):
            return found
        lead = fold(text[words[0][0] : words[skipped][1]].strip(BLANKS))
        one = fold(text[words[skipped][0] : words[skipped][1]].strip(BLANKS))
        kinds = credit_words().kinds(lead, language) | credit_words().kinds(one, language)
        if "lead" not in kinds and not credit_words().opens_phrase(lead):
            return None
        skipped += 1
    return None if at_start else _label_at(text, words, language, at_start=False)


def _could_open(text: str) -> bool:
    """Tell by its first word whether a label or a word before one can open a text."""
    first = text.split(None, 1)[0] if text else ""
    if ":" in first:
        return True
    words = credit_words()
    return words.knows(fold(first.strip("(:"))) or words.knows(fold(first.strip(BLANKS)))


def _label_at(
    text: str, words: list[tuple[int, int]], language: str | None, *, at_start: bool
) -> tuple[str, str] | None:
    first = fold(text[words[0][0] : words[0][1]].strip("(:")) if words else ""
    longest = _LONGEST_LABEL if credit_words().opens_phrase(first) else 1
    for length in range(min(longest, len(words)), 0, -1):
        phrase = text[words[0][0] : words[length - 1][1]]
        cut = phrase.find(":")
        if 0 <= cut < len(phrase) - 1:
            if length > 1:
                continue
            phrase = phrase[: cut + 1]
        behind = text[words[0][0] + len(phrase) :].lstrip()
        colon = phrase.endswith((":", "-", "–")) or behind.startswith((":", "- ", "– "))
        name = fold(phrase.rstrip(":-–").strip(" ("))
        if not name:
            continue
        kinds = credit_words().kinds(name, language) & LABEL_KINDS
        if colon:  # "words:" in the list holds only with its colon
            kinds |= credit_words().own_kinds(f"{name}:", language) & LABEL_KINDS
        foreign = len(name) < 4 or (length == 1 and language is not None)
        if not kinds or (foreign and not colon and not word_kinds(name, language) & LABEL_KINDS):
            continue
        if (
            not colon
            and not at_start
            and "with" not in kinds
            and (len(name) < 5 or (phrase[0].isupper() and "by" in kinds and length == 1))
        ):
            continue
        behind = behind.lstrip(" :-–") if colon else behind
        if not behind and length == len(words):
            return ("by", "") if length > 2 and "by" in kinds else None
        kind = next(kind for kind in ("by", "editor", "with", "other") if kind in kinds)
        if kind == "editor" and not colon and length == 1 and behind and not behind[0].isupper():
            continue
        return ("by" if kind == "with" else kind), behind
    return None
