"""Judges datelines that no agency vouches for, by their place and the mark and the text behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.frontmatter.agencies import is_outlet
from newsclean.frontmatter.bylines.names import has_case, is_cjk
from newsclean.frontmatter.datelines.parts import PLACE_SMALL, Head, read_parts
from newsclean.frontmatter.gazetteer import is_city, is_place, is_region
from newsclean.frontmatter.lexicon import credit_words, fold
from newsclean.patterns import pattern

if TYPE_CHECKING:
    import regex

_DATED = pattern(r"([^\p{Pd}:]{5,24}?)(?:\s?\p{Pd}{1,2}\s?|:\s)")
_LABEL_BEHIND = pattern(r"[\p{L}\p{M}\s]{2,26}\s?[:：]\s")
_SCORE = pattern(r"\p{L}+\s\(?\d+[:–-]\d+")
QUOTES = '«»"“”„‟'
_PLACE_HEADS = frozenset(
    {"Bad", "St.", "Sankt", "San", "Santa", "Saint", "Sainte", "Neu", "Alt", "Groß", "Klein", "New", "Los", "Las", "Al"}
)


def is_plausible(parts: Head) -> bool:
    """Whether the place of a dateline without a known agency can be one."""
    place = parts.place or ""
    return bool(parts.date or parts.region) or is_place(place) or (place.isupper() and len(place.split()) <= 3)


def names_kicker(text: str, language: str | None) -> bool:
    """Tell whether a text as a whole is a kicker or a heading ("UPDATE")."""
    return bool(credit_words().own_kinds(fold(text), language) & {"kicker", "heading"})


def is_kicker(text: str, language: str | None) -> bool:
    """Tell whether a text before a dash or colon is a kicker ("WARNING", "Video") or holds a word that no place has."""
    words = credit_words()
    whole = words.own_kinds(fold(text), language)
    if whole & {"kicker", "heading", "by", "other", "newsroom", "role", "stop", "lead", "with"}:
        return True
    pieces = text.split()
    if (
        pieces[0].casefold() in {"the", "a", "an", "le", "les", "der", "die", "das", "el", "los", "il", "o"}
        and len(pieces) > 1
    ):
        return not is_place(text) and not text.casefold().startswith(
            ("the hague", "le havre", "los ", "el ", "le mans", "les ")
        )
    return any(words.own_kinds(fold(piece), language) & {"kicker", "heading", "role"} for piece in pieces)


def day_behind(rest: str, language: str | None) -> tuple[Head, int]:
    """A day, perhaps with an agency, that stands with a mark of its own behind the place's, and where it ends."""
    match = _DATED.match(rest) if any(letter.isdigit() for letter in rest[:24]) else None
    parts = read_parts(match[1], language, alone=True) if match else None
    if not match or not parts or not parts.date or parts.place:
        return Head(), 0
    agency = parts.agency.strip("()[]/ ") if parts.agency else None
    return Head(date=parts.date, agency=agency), match.end()


def bare_dateline(
    text: str, before: str, parts: Head, match: regex.Match[str], language: str | None
) -> tuple[Head, int] | None:
    """A dateline without an agency: only its place, region, date and the mark behind them speak for it."""
    end = match.end()
    rest = text[end:]
    start = rest.lstrip(QUOTES + "'’‘([¿¡ ")[:1]
    if not start or start.islower() or len(rest) < (8 if is_cjk(rest) else 20):
        return None
    place = parts.place or ""
    known = all(is_city(part.strip()) for part in place.split("/"))
    if match["dash"]:
        if parts.date:
            return parts, end
        behind, length = day_behind(rest, language)
        if behind.date:
            return behind._replace(place=parts.place, region=parts.region), end + length
        if parts.region:
            short = parts.region.endswith(".") and len(parts.region) <= 6 and known
            sure = short or (is_region(parts.region) and (known or not names_kicker(place, language)))
            return (parts, end) if sure else None
        if is_outlet(place) and not known:
            return (Head(agency=place), end) if len(rest) > 40 else None
        return (parts, end) if _dash_alone(place, rest, known=known, language=language) else None
    if match["colon"]:
        if parts.date and not parts.date.startswith("---") and known:
            return parts, end
        if not known or (parts.date and has_case(place)) or len(rest) < 20:
            return None
        if place.isupper() and all(word.isupper() and len(word) > 2 for word in rest.split()[:2]):
            return None  # "ROME: TOTAL WAR – a classic returns"
        if (place.isupper() and len(rest.split()) > 3) or not has_case(place):
            return parts, end
        if len(rest) < 50:
            return None
        return (parts, end) if language in ("en", "ms", "id", "no") and len(rest) > 70 else None
    # A full stop: "Riad. Die Boxwelt", "МОСКВА, 6 мая. /ТАСС/".
    if parts.date and not parts.date.startswith("---") and known:
        return parts, end
    return (
        (parts, end) if known and not before.endswith(("St", "Mt")) and len(rest) > 40 and "." not in before else None
    )


def _dash_alone(place: str, rest: str, *, known: bool, language: str | None) -> bool:
    """Whether a place alone before a dash opens a story: "MADRID — Rafael", but not "Madrid - Barcelona: horario"."""
    words = rest.split()
    if len(words) < 5 and (has_case(rest) or len(rest) < 12):
        return False
    second = " ".join(words[:3])
    if _LABEL_BEHIND.match(rest):
        return False
    if is_city(words[0].strip(",.:")) and not known:
        return False
    if not has_case(place):
        return known
    if known:
        return not _is_score(second)
    if is_kicker(place, language) or is_place(place) or "." in place.rstrip("."):
        return is_region(place) and place.isupper()
    pieces = place.split()
    if place.isupper():
        return len(pieces) <= 3 and not any(piece.casefold() in PLACE_SMALL for piece in pieces[2:])
    return language != "en" and len(rest) > 60 and (len(pieces) == 1 or pieces[0] in _PLACE_HEADS)


def _is_score(text: str) -> bool:
    return _SCORE.match(text) is not None
