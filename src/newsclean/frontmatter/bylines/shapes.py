"""Credit lines of a shape of their own: names turned round, behind an outlet, behind a post abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.frontmatter.agencies import is_agency, is_newsroom
from newsclean.frontmatter.bylines.labels import word_kinds
from newsclean.frontmatter.bylines.names import is_particle, looks_like_name, strip_titles
from newsclean.frontmatter.gazetteer import is_place
from newsclean.frontmatter.lexicon import date_words, fold
from newsclean.patterns import pattern

if TYPE_CHECKING:
    import regex


_LOCAL_POSTS = frozenset({"kontributor", "koresponden"})
"""Posts that Indonesian papers print with their town."""
_TOWN_AND_STATE = pattern(r"\s[—–]\s(\p{Lu}[\p{L}.'’ -]{2,30}),\s\p{Lu}{2}$")
_BRACKETED = pattern(r"\s?\(([^()]{3,80})\)")


def turned_round(text: str, language: str | None, *, declared: bool) -> str | None:
    """Turn "Kaufman, Jeff T." into reading order, or give None where the line is no name turned round.

    declared: an author is stated, and a surname with a first name that is also a town's is likelier than one alone.
    """
    family, comma, given = text.partition(",")
    given = given.strip()
    if not comma or "," in given or not (1 <= len(family.split()) <= 3 and 1 <= len(given.split()) <= 3):
        return None
    if not looks_like_name(f"{given} {family}") or (len(family.split()) > 1 and not is_particle(family.split()[0])):
        return None
    pieces = (*family.split(), *given.split())
    if any(is_agency(piece) for piece in (family, given)):
        return None
    if not (declared and len(pieces) == 2) and (is_place(given) or is_place(family)):
        return None
    if any(
        word_kinds(piece, language) & {"by", "role", "newsroom", "credential", "honorific", "heading", "stop"}
        for piece in pieces
    ):
        return None
    if strip_titles(text, language) != text or is_newsroom(given) or is_newsroom(family):
        return None
    return f"{given} {family}"


def behind_outlet(text: str, language: str | None) -> str:
    """The line from its "by" on where an outlet stands before that: "Special to the Star by Helen Moore"."""
    words = text.split(" ")
    for length in (3, 2):
        if "for" in word_kinds(" ".join(words[:length]), language) and words[0][:1].isupper():
            for place in range(length + 1, min(len(words) - 1, length + 6)):
                if word_kinds(words[place], language) >= {"by"} and words[place + 1][:1].isupper():
                    return " ".join(words[place:])
    return text


def pictures_apart(text: str, language: str | None) -> str:
    """The line with a mark before the label of its pictures where none parts them: "Tekst Kari Moe Foto Ola Lie"."""
    if ":" in text or "/" in text:
        return text
    words = text.split(" ")
    for place in range(3, len(words) - 2):
        phrase = f"{words[place]} {words[place + 1]}"
        if words[place + 1].islower() and "other" in word_kinds(phrase, language) and words[place + 2][:1].isupper():
            return f"{' '.join(words[:place])} | {' '.join(words[place:])}"  # "By Jane Doe Photographs by Lee Ray"
    start = 2 if "by" in word_kinds(" ".join(words[:2]), language) else 1
    if len(words) < start + 5 or "by" not in word_kinds(" ".join(words[:start]), language):
        return text
    for place in range(start + 2, len(words) - 2):
        for length in (2, 1):
            kinds = word_kinds(" ".join(words[place : place + length]), language)
            if "other" not in kinds or "given" in kinds or (length == 1 and not words[place][:1].isupper()):
                continue
            ahead, behind = " ".join(words[:place]), " ".join(words[place + length :])
            named = looks_like_name(" ".join(words[start:place])) and looks_like_name(behind)
            return f"{ahead} | {words[place]}: {behind}" if named else text
    return text


def _reported_from(text: str, language: str | None) -> tuple[str, str] | None:
    """The name behind a place and "reports": "Aus Kiew berichtet Olga Brandt", and that place."""
    words = text.split()
    if len(words) < 4 or not word_kinds(words[0], language) & {"in", "from"}:
        return None
    for at in range(2, min(len(words) - 1, 5)):
        names = " ".join(words[at + 1 :])
        if words[at].islower() and "by" in word_kinds(words[at], language) and looks_like_name(names):
            where = " ".join(words[1:at])
            return (f"{words[at]} {names}", where) if where[:1].isupper() else None
    return None


def without_posts(text: str, language: str | None) -> str:
    """The line without what somebody is, in brackets behind the name: "Ada Roe (Senior Lecturer, Law School)"."""

    def piece(match: regex.Match[str]) -> str:
        words = match[1].split()[:3]
        is_post = len(words) > 1 and any("role" in word_kinds(word, language) for word in words)
        return "" if is_post else match[0]

    return _BRACKETED.sub(piece, text) if "(" in text else text


def behind_post(text: str, language: str | None) -> tuple[str, str | None]:
    """The names behind a role with its place ("Corresponsal en Washington: Diego Torres"), and that place."""
    reported = _reported_from(text, language)
    if reported:
        return reported
    town = _TOWN_AND_STATE.search(text)
    if town:
        return text[: town.start()], town[1]  # "Por Ana Reis — Vila Rica, MG"
    head, comma, names = text.partition(", ")
    if comma and looks_like_name(names) and 1 < len(head.split()) < 4:
        post, _, at = head.partition(" ")
        if post.lower() in _LOCAL_POSTS and (" " not in at or is_place(at)):
            return f"{post}: {names}", at  # "Kontributor Demak, Dwi Ratnasari"
    head, colon, names = text.partition(": ")
    words = head.split()
    if not colon or not 3 <= len(words) <= 5 or not looks_like_name(names.partition(",")[0]):
        return text, None
    if not word_kinds(words[0], language) & {"role", "modifier"}:
        return text, None
    where = next((at for at in range(1, len(words) - 1) if "in" in word_kinds(words[at], language)), 0)
    return (names, " ".join(words[where + 1 :])) if where else (text, None)


def without_task(text: str, language: str | None) -> str:
    """The piece without the word behind a name for what that person did, and nothing at all of who took the pictures.

    "Maja Lind Text", "Per Aas Foto".
    """
    ahead, _, task = text.rpartition(" ")
    if not task[:1].isupper() or not looks_like_name(ahead):
        return text
    kinds = word_kinds(task, language)
    if "other" in kinds and "given" not in kinds:
        return ""
    return ahead if kinds >= {"by", "lead"} else text


def is_own_newsroom(text: str, language: str | None, *, labelled: bool) -> bool:
    """Whether a piece names a newsroom in its language ("la rédaction") or, behind a label, as "the Kabul bureau"."""
    if "newsroom" in word_kinds(text, language) and (" " in text or text.islower()):
        return True
    article, _, named = text.rpartition(" ")
    return labelled and article.startswith("the ") and "newsroom" in word_kinds(named, language)


def labels_date(text: str) -> bool:
    """Whether a piece is what stands before a date ("Giriş Tarihi"), perhaps behind a word of its own."""
    return any(
        {"published", "updated"} & date_words().own_kinds(fold(piece), None)
        for piece in (text, text.partition(" ")[2])
        if " " in piece
    )
