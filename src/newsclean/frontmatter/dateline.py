"""Reads the dateline that opens a story: place, date and agency."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

from newsclean.checks import check_line, check_text
from newsclean.frontmatter.agencies import canonical_agency, is_agency, is_outlet, opens_agency
from newsclean.frontmatter.bylines.labels import ends_in_credit, word_kinds
from newsclean.frontmatter.bylines.names import has_case, is_cjk
from newsclean.frontmatter.datelines.bare import bare_dateline, day_behind
from newsclean.frontmatter.datelines.cjk import read_cjk_dateline
from newsclean.frontmatter.datelines.parts import PLACE_SMALL, Head, could_be_places, read_parts
from newsclean.frontmatter.datelines.wire import (
    agency_before,
    caseless_agency,
    following_agency,
    piped,
    unmarked,
    with_wire,
)
from newsclean.frontmatter.days.calendars import iso_day
from newsclean.frontmatter.gazetteer import is_city, is_place
from newsclean.frontmatter.lexicon import base_language
from newsclean.model import Dateline
from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = 140
"""Characters of a line that a dateline can take up."""

_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_DASH = r"(?:-{1,3}|[–—―−‒]{1,2}|_(?=\s))"
_NAME = r"[\p{L}\p{M}\p{N}'’ʼ.&+!\s/·@=-]"
# The marks that end a dateline, the strongest first; each is tried at every place of the head, in order.
_END = pattern(
    rf"""
    (?P<wire>\s*(?:[–—.,-]{{1,2}}\s*)?(?:[(（\[«]\s?(?P<agency>(?:{_NAME}|[,]){{2,60}}?)\s?[)）\]»]
        |(?<!\p{{L}})/\s?(?P<slashed>[^/()]{{2,30}}?)\s?/
        |(?<=\p{{L}})/\s?(?P<glued>\p{{L}}[\p{{L}}\p{{M}}./-]{{1,18}}?)\s?/(?!\p{{L}})))
        (?P<after>\s?[.,]{{0,2}}\s?(?:{_DASH}|[:：;।៖])?\s*|\s*)
  | (?P<dash>\s{_DASH}\s|{_DASH}\s(?=\p{{Lu}}|\p{{Lo}}|[«"“„'])|(?<=\p{{L}}\.)-\s?|\s?--\s?|(?<=\s)[–—]
        |[–—](?=[\p{{Lu}}«"“])|\sـ\s?|ـ\s)
  | (?P<glue>(?<=[\p{{Lo}}\p{{M}}]\s?)[-–/](?=\s?[«\p{{Lo}}]))
  | (?P<pipe>\s?[|│]\s)
  | (?P<colon>\s?[:：៖]\s)
  | (?P<stop>\.\s(?=[\p{{Lu}}\p{{Lo}}«"“„/])|\s?।\s)
    """,
    regex.VERBOSE | regex.V1,
)
_LONGEST_POST = 60
_POST_WORDS = 4
"""Characters and words that the post of a correspondent before the place takes up at most."""
_LONGEST_LEAD = 32
"""Characters within which an agency before the place, with its bracket, ends."""
_LEADING_AGENCY = pattern(
    r"[(\[«]?(?P<agency>[\p{L}\p{M}\p{N}.\s-]{2,30}?)(?:[)\]»]\s?[-–—]{1,2}\s?|\s[-–—]{1,2}\s|,\s|\s?/\s?)(?=\p{Lu})",
    regex.V1,
)
_MARK = plain_pattern(r"[(（\[«/:：|।៖ـ–—―−‒-]|\.(?!\s?[0-9])")
"""How the marks begin that end a dateline."""
_DIGIT = plain_pattern(r"[\d元]")
_BRACKETS = pattern(r"\(([^()]{6,60})\)\s?[–—-]{1,2}\s")


def parse_dateline(
    line: str, language: str | None = None, url: str | None = None, *, published: str | None = None
) -> Dateline | None:
    """Read the dateline that opens a line, or None where it opens without one.

    language: BCP 47 code of the page. published: ISO 8601; fills in the year (and month) that the dateline leaves out.
    `raw` and `rest` together are the line with its white space folded.

    Raises UsageError when one of them is no string.
    """
    check_line(line, language, url)
    check_text("published", published)
    del url  # every line reader takes the address; datelines do not depend on it
    text = line.strip() if line.isprintable() and "  " not in line else " ".join(line.split())
    base = base_language(language)
    if ends_in_credit(text, base):
        return None
    post = _post(text, base)
    found = _bracketed(text, base) if text[:1] == "(" else _find(text[post:], base)
    if found is not None and post:
        found = found[0], found[1] + post
    if found is None:
        return None
    head, end = found
    raw, rest = text[:end], text[end:]
    if not rest or not (head.place or head.agency):
        return None
    date = _completed(head.date, published)
    return Dateline(head.place, head.region, date, head.agency, raw, _normal(head, base), rest)


def _post(text: str, language: str | None) -> int:
    """Characters of the words in capitals that say who reports, as in "DAL NOSTRO INVIATO PARIGI - "; 0 without any."""
    words = text[:_LONGEST_POST].split(" ", _POST_WORDS)
    for length in range(min(_POST_WORDS, len(words) - 1), 2, -1):
        phrase = " ".join(words[:length])
        if phrase.isupper() and "by" in word_kinds(phrase, language):
            return len(phrase) + 1
    return 0


def _bracketed(text: str, language: str | None) -> tuple[Head, int] | None:
    """Read a dateline in brackets, as in "(Sarajevo, 7 May 2020) – ": the place and the day must both stand there."""
    match = _BRACKETS.match(text)
    found = _find(f"{match[1]} — {text[match.end() :][:HEAD]}", language) if match else None
    if match is None or found is None or not (found[0].place and found[0].date):
        return _find(text, language)
    return found[0], match.end()


def _completed(date: str | None, published: str | None) -> str | None:
    """The date with the year, or year and month, of the publication, where that gives a day shortly before it."""
    if date is None or not published or not date.startswith("--"):
        return date
    year, month, day = int(published[:4]), int(published[5:7]), int(published[8:10] or 1)
    if date.startswith("---"):
        number = int(date[3:])
        if number > day + 1:
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        return iso_day(year, month, number) or date
    if ((int(date[2:4]), int(date[5:7])) > (month, day) and int(date[2:4]) - month > 1) or (
        month == 1 and int(date[2:4]) == 12
    ):
        year -= 1
    return iso_day(year, int(date[2:4]), int(date[5:7])) or date


def _normal(head: Head, language: str | None) -> str:
    """The dateline in normal form: "PRAGUE, May 6 (ČTK) — "."""
    parts = []
    if head.place:
        place = head.place
        if language in ("tr", "az"):
            place = place.replace("i", "İ")
        capitals = place.upper()
        if language == "el":  # Greek capitals carry no accents
            capitals = unicodedata.normalize("NFC", unicodedata.normalize("NFD", capitals).replace("\u0301", ""))
        parts.append(capitals)
    if head.region:
        parts.append(head.region)
    day = (head.date or "")[-5:].lstrip("-")
    if head.date and not head.date.startswith("---"):
        parts.append(f"{_MONTHS[int(day[:2]) - 1]} {int(day[3:])}")
    text = ", ".join(parts)
    if head.agency:
        text = f"{text} ({canonical_agency(head.agency)})" if text else f"({canonical_agency(head.agency)})"
    return f"{text} — "


def _is_running(text: str) -> bool:
    """Whether a line begins like a sentence: its second and third words are in small letters and in no place's name."""
    words = text[:60].split(" ", 3)
    return (
        len(words) > 3
        and text[0] != "("
        and all(word.isalpha() and word.islower() and word not in PLACE_SMALL for word in words[1:3])
    )


def _is_prose(head: str) -> bool:
    """Whether words that no place has stand before the first mark that could end a dateline."""
    mark = _MARK.search(head)
    before = head[: mark.start()] if mark else head
    return not could_be_places(before) and _DIGIT.search(before) is None and not opens_agency(before.partition(" ")[0])


def _find(text: str, language: str | None) -> tuple[Head, int] | None:
    """The parts of the dateline, and where the text after it starts."""
    head_text = text[:HEAD]
    if _is_running(head_text) or _is_prose(head_text):
        return None
    if is_cjk(head_text[:40]):
        found = read_cjk_dateline(head_text)
        if found is not None:
            place, date, agency, end = found
            return Head(place, None, date, agency), end
    leading = _leading_agency(text, language)
    if leading is not None:
        return leading
    for match in _ends(head_text):
        found_head = _at(text, match, language)
        if found_head is not None:
            return found_head
        if match.lastgroup in ("dash", "colon") or match.start() > 90:
            break
    return unmarked(head_text, language)


def _ends(head: str) -> Iterator[regex.Match[str]]:
    for count, match in enumerate(_END.finditer(head)):
        if count > 5:
            return
        yield match


def _at(text: str, match: regex.Match[str], language: str | None) -> tuple[Head, int] | None:
    before = text[: match.start()].strip()
    end = match.end()
    if match["wire"]:
        return with_wire(text, before, match, language)
    if not before or len(before) > 70:
        return None
    if match["pipe"]:
        return piped(text, before, end, language)
    if match["dash"] and (named := agency_before(before, language)) is not None:
        return named, end
    parts = read_parts(before, language, alone=True)
    if parts is None or (match["stop"] and (parts.date or "").startswith("---")):
        return None
    if parts.agency and parts.place:
        return parts, end
    following = following_agency(text, end) or (caseless_agency(text, end) if match["glue"] else None)
    if following is not None and (match["colon"] is None or not has_case(text[:end])):
        agency, end = following
        date = parts.date
        if date is None:
            behind, length = day_behind(text[end:], language)
            date, end = behind.date, end + length
        return Head(parts.place, parts.region, date, agency), end
    return None if match["glue"] or not parts.place else bare_dateline(text, before, parts, match, language)


def _leading_agency(text: str, language: str | None) -> tuple[Head, int] | None:
    """An agency or outlet that stands before the place: "(ANSA) - TORINO, 03 MAR - Un", "TEMPO.CO, Jakarta - "."""
    opening = text[:60]
    if not opens_agency(opening.lstrip("([«").partition(" ")[0]) and "." not in opening[:_LONGEST_LEAD]:
        return None
    match = _LEADING_AGENCY.match(opening)
    if match is None:
        return None
    agency = match["agency"].strip()
    if not is_agency(agency) and not (is_outlet(agency) and "." in agency):
        return None
    if "," in match[0]:
        words = text[match.end() :].split(" ", 3)
        for length in (2, 1):
            place = " ".join(words[:length])
            if len(words) > length and is_city(place) and words[length][:1].isupper():
                return Head(place, agency=agency), match.end() + len(place) + 1
    for end in _ends(text[match.end() : HEAD]):
        before = text[match.end() : match.end() + end.start()].strip()
        if end["wire"] or len(before) > 50:
            break
        parts = read_parts(before, language)
        if parts is not None and (parts.date or is_place(parts.place or "") or (parts.place or "").isupper()):
            return Head(parts.place, parts.region, parts.date, agency), match.end() + end.end()
        if end["dash"]:
            break
    dashed = any(dash in match[0] for dash in "-–—") and len(text) > match.end() + 40
    return (Head(agency=agency), match.end()) if dashed and is_agency(agency) else None
