"""Reads the dateline that opens a story: place, date and agency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from newsclean.frontmatter.agencies import canonical_agency, is_agency, is_outlet
from newsclean.frontmatter.calendars import full_year, iso_day
from newsclean.frontmatter.dateline_cjk import read_cjk_dateline
from newsclean.frontmatter.digits import ascii_digits
from newsclean.frontmatter.gazetteer import is_city, is_place, is_region
from newsclean.frontmatter.lexicon import base_language, calendar_codes, credit_words, date_words, fold
from newsclean.frontmatter.moments import Day, find_days, iso_of
from newsclean.frontmatter.names import has_case, is_cjk
from newsclean.frontmatter.tokens import tokens
from newsclean.model import Dateline

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = 140
"""Characters of a line that a dateline can take up."""

_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_SPACE = regex.compile(r"\s++")
_DASH = r"(?:-{1,3}|[–—―−‒]{1,2})"
_NAME = r"[\p{L}\p{M}\p{N}'’ʼ.&+!\s/·@=-]"
# The marks that end a dateline, the strongest first; each is tried at every place of the head, in order.
_END = regex.compile(
    rf"""
    (?P<wire>\s*(?:[–—.,-]{{1,2}}\s*)?(?:[(（\[«]\s?(?P<agency>(?:{_NAME}|[,]){{2,60}}?)\s?[)）\]»]
        |(?<!\p{{L}})/\s?(?P<slashed>[^/()]{{2,30}}?)\s?/))
        (?P<after>\s?\.?,?\s?(?:{_DASH}|:|：)?\s*|\s*)
  | (?P<dash>\s{_DASH}\s|{_DASH}\s(?=\p{{Lu}}|\p{{Lo}}|[«"“„'])|(?<=\p{{L}}\.)-\s?|\s?--\s?|(?<=\s)[–—]
        |[–—](?=[\p{{Lu}}«"“]))
  | (?P<colon>\s?[:：]\s)
  | (?P<stop>\.\s(?=[\p{{Lu}}\p{{Lo}}«"“„/]))
    """,
    regex.VERBOSE | regex.V1,
)
_REST_AGENCY = regex.compile(
    r"(?P<agency>[«\"]?(?:\p{L}(?:[\p{L}\p{M}]|[.-](?=\p{L}))*+\s?){1,4}[»\"]?)\s?(?P<end>\.?\s?-\s|\.\s|\s?[–—-]{1,2}\s|:\s|,\s)",
    regex.V1,
)
_LEADING_AGENCY = regex.compile(
    r"[(\[«]?(?P<agency>[\p{L}\p{M}\p{N}.\s-]{2,30}?)(?:[)\]»]\s?[-–—]{1,2}\s?|\s[-–—]{1,2}\s|,\s|\s?/\s?)(?=\p{Lu})",
    regex.V1,
)
_PLACE_WORD = regex.compile(
    r"\p{Lu}[\p{L}\p{M}'’ʼ.-]*+|[\p{Lo}\p{M}\p{Lm}'’\u200c.-]++|['’]t|d['’]\p{Lu}[\p{L}'’-]*+|\p{Lu}\.", regex.V1
)
_PLACE_SMALL = frozenset(
    "de del della di da do dos du des la le les el al am an der den die bei im in auf sur sous en et lès upon on of "
    "es the and y e i nad pod u na vor ob zum bin ad".split()
)
_PLACE_HEADS = frozenset(
    {"Bad", "St.", "Sankt", "San", "Santa", "Saint", "Sainte", "Neu", "Alt", "Groß", "Klein", "New", "Los", "Las", "Al"}
)
_QUOTES = '«»"“”„‟'
_GOVERNMENT = frozenset(
    {
        "R",
        "D",
        "I",
        "CDU",
        "CSU",
        "SPD",
        "FDP",
        "AfD",
        "ÖVP",
        "SPÖ",
        "FPÖ",
        "SVP",
        "PSOE",
        "PP",
        "CD&V",
        "West",
        "hlavní město",
    }
)


@dataclass(frozen=True, slots=True)
class _Head:
    """The parts of what stands before the mark that ends a dateline."""

    place: str | None = None
    region: str | None = None
    date: str | None = None
    agency: str | None = None


def parse_dateline(
    line: str, language: str | None = None, url: str | None = None, *, published: str | None = None
) -> Dateline | None:
    """Read the dateline that opens a line, or None where it opens without one.

    language: BCP 47 code of the page. published: ISO 8601; fills in the year (and month) that the dateline leaves out.
    `raw` and `rest` together are the line with its white space folded.
    """
    del url  # every line reader takes the address; datelines do not depend on it
    text = _SPACE.sub(" ", line).strip()
    base = base_language(language)
    found = _find(text, base)
    if found is None:
        return None
    head, end = found
    raw, rest = text[:end], text[end:]
    if not rest or not (head.place or head.agency):
        return None
    date = _completed(head.date, published)
    return Dateline(head.place, head.region, date, head.agency, raw, _normal(head, base), rest)


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


def _normal(head: _Head, language: str | None) -> str:
    """The dateline in normal form: "PRAGUE, May 6 (ČTK) — "."""
    parts = []
    if head.place:
        place = head.place
        if language in ("tr", "az"):
            place = place.replace("i", "İ")
        parts.append(place.upper())
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
    return len(words) > 3 and all(word.isalpha() and word.islower() and word not in _PLACE_SMALL for word in words[1:3])


def _find(text: str, language: str | None) -> tuple[_Head, int] | None:
    """The parts of the dateline, and where the text after it starts."""
    head_text = text[:HEAD]
    if _is_running(head_text):
        return None
    if is_cjk(head_text[:40]):
        found = read_cjk_dateline(head_text)
        if found is not None:
            place, date, agency, end = found
            return _Head(place, None, date, agency), end
    leading = _leading_agency(text, language)
    if leading is not None:
        return leading
    for match in _ends(head_text):
        found_head = _at(text, match, language)
        if found_head is not None:
            return found_head
        if match.lastgroup in ("dash", "colon") or match.start() > 90:
            break
    return None


def _ends(head: str) -> Iterator[regex.Match[str]]:
    for count, match in enumerate(_END.finditer(head)):
        if count > 5:
            return
        yield match


def _at(text: str, match: regex.Match[str], language: str | None) -> tuple[_Head, int] | None:
    before = text[: match.start()].strip()
    end = match.end()
    if match["wire"]:
        return _with_wire(text, before, match, language)
    if not before or len(before) > 70:
        return None
    parts = _parts(before, language)
    if parts is None:
        return None
    if parts.agency:
        return parts, end
    following = _following_agency(text, end)
    if following is not None and match["colon"] is None:
        agency, end = following
        return _Head(parts.place, parts.region, parts.date, agency), end
    return _bare(text, before, parts, match, language)


def _with_wire(text: str, before: str, match: regex.Match[str], language: str | None) -> tuple[_Head, int] | None:
    """A dateline whose agency stands in brackets, slashes or quotes."""
    agency = (match["agency"] or match["slashed"]).strip()
    opening = match["wire"].lstrip(" –—.,-")[0]
    end = match.end()
    after = match["after"].strip(" .,")
    known = _known_agency(agency) or (bool(after) and is_outlet(agency))
    rest = text[end:]
    if not rest or (opening == "/" and not known and not agency.isupper()):
        return None
    if not known and not (after and _maybe_agency(agency)):
        return None
    if rest[0].islower() and not after:
        return None
    before = before.rstrip(" .,-–—")
    if not before:
        return (_Head(agency=agency), end) if known else None
    parts = _parts(before, language, alone=known)
    if parts is None or (not known and not _plausible(parts)):
        return None
    date = parts.date
    if opening == "/" and date is None:
        date, end = _date_behind(text, end, language)
    return _Head(parts.place, parts.region, date, agency), end


def _date_behind(text: str, end: int, language: str | None) -> tuple[str | None, int]:
    """A day between slashes behind the agency, as in "TORONTO / ACCESSWIRE / May 7, 2020 / Acme", and its end."""
    match = regex.compile(r"([^/]{5,24})\s?/\s").match(text, end)
    parts = _parts(match[1].strip(), language, alone=True) if match else None
    return (parts.date, match.end()) if match and parts and not parts.place else (None, end)


def _known_agency(text: str) -> bool:
    """Whether a text is an agency, several joined by a slash or dash, or one with a lower-case word or a code."""
    if is_agency(text) is not None:
        return True
    parts = [part for part in regex.split(r"\s?[/,+&-]\s?|\sund\s|\sand\s|\set\s|\s(?=\S+$)", text) if part]
    known = [is_agency(part) is not None for part in parts]
    return any(known) and all(good or part.islower() or part.isdigit() for part, good in zip(parts, known, strict=True))


def _maybe_agency(text: str) -> bool:
    """Whether an unknown text in brackets could be an agency, station or newspaper: short, capitals or a name."""
    if text in _GOVERNMENT or len(text) < 3 or regex.search(r"\d{2}|^\d", text) or len(text) > 40:
        return False
    words = text.split()
    return len(words) <= 4 and (
        text.isupper() or is_outlet(text) or words[0][0].isupper() or not has_case(text) or len(text) <= 4
    )


def _following_agency(text: str, end: int) -> tuple[str, int] | None:
    """An agency that stands between the dash and the text, as in "МОСКВА, 12 ноя — РИА Новости. Власти"."""
    match = _REST_AGENCY.match(text, end)
    if match is None:
        return None
    agency = match["agency"].strip(" " + _QUOTES)
    return (agency, match.end()) if is_agency(agency) or is_outlet(agency) else None


def _leading_agency(text: str, language: str | None) -> tuple[_Head, int] | None:
    """An agency or outlet that stands before the place: "(ANSA) - TORINO, 03 MAR - Un", "TEMPO.CO, Jakarta - "."""
    match = _LEADING_AGENCY.match(text[:60])
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
                return _Head(place, agency=agency), match.end() + len(place) + 1
    for end in _ends(text[match.end() : HEAD]):
        before = text[match.end() : match.end() + end.start()].strip()
        if end["wire"] or len(before) > 50:
            break
        parts = _parts(before, language)
        if parts is not None and (parts.date or is_place(parts.place or "") or (parts.place or "").isupper()):
            return _Head(parts.place, parts.region, parts.date, agency), match.end() + end.end()
        if end["dash"]:
            break
    dashed = any(dash in match[0] for dash in "-–—") and len(text) > match.end() + 40
    return (_Head(agency=agency), match.end()) if dashed and is_agency(agency) else None


def _parts(before: str, language: str | None, *, alone: bool = False) -> _Head | None:
    """Place, region, date and agency of a dateline's beginning, or None where it holds anything else.

    alone: a date may stand without a place.
    """
    text = ascii_digits(before)
    pieces = tokens(text)
    days = find_days(pieces, language)
    date = agency = None
    if days:
        day = days[0]
        if len(days) > 1 or not day.day:
            return None
        date = _date(day, language)
        tail = text[pieces[day.last].end :].strip(" .,-")
        if date is None:
            return None
        if tail and not _date_tail(tail, language):
            if not is_agency(tail):
                return None
            agency = tail
        text = before[: pieces[day.first].start].rstrip(" .,/|-–—")
        words = text.split()
        while len(words) > 1 and (_is_date_word(words[-1], language)):
            words.pop()
        text = " ".join(words).rstrip(" ,.")
    elif match := regex.search(r",\s(\d{1,2})\.?$", text):
        date, text = f"---{int(match[1]):02d}", before[: match.start()]
    elif regex.search(r"\d", text):
        return None
    if not text:
        return _Head(date=date) if alone and date else None
    head, comma, last = text.rpartition(",")
    if comma and agency is None and (is_agency(last) or is_outlet(last)):
        text, agency = head, last.strip()
    place, region = _place(text)
    return _Head(place, region, date, agency) if place else None


def _date(day: Day, language: str | None) -> str | None:
    if not day.year:
        return f"--{day.month:02d}-{day.day:02d}" if 1 <= day.month <= 12 and 1 <= day.day <= 31 else None
    if full_year(day.year, day.year_digits, language) is None and not day.calendar:
        return None
    return iso_of(day, day.month, day.day, language)


def _date_tail(tail: str, language: str | None) -> bool:
    """Whether what stands behind the day still belongs to it: a weekday, a word for "year"."""
    return len(tail) <= 24 and all(
        len(word) <= 4 or _is_date_word(word, language) for word in tail.replace(",", " ").split()
    )


def _is_date_word(word: str, language: str | None) -> bool:
    name = fold(word.strip(" ,."))
    if not name or (word[0].islower() and len(name) <= 4) or name in {"في", "در", "को", "ء"}:
        return True
    return any(code[0] == "d" for code in calendar_codes(name, language)) and len(name) > 1


def _place(text: str) -> tuple[str | None, str | None]:
    """The place and the region of a text, or None where it is no place's name."""
    first, comma, second = text.partition(",")
    first, second = first.strip(), second.strip()
    if first.endswith(".") and not comma:
        first = first.rstrip(".")
    if comma and "," in second:
        second, _, third = second.partition(",")
        second, third = second.strip(), third.strip()
        if not is_region(third):
            return (None, None)
    if not _is_place_name(first) or _is_label(first):
        return None, None
    if not comma or not second:
        return first, None
    if is_region(second) or (
        _is_place_name(second) and len(second.split()) <= 3 and (has_case(second) or is_city(second))
    ):
        return first, second
    return None, None


def _is_label(text: str) -> bool:
    """Whether a text opens as a byline or a date line does ("By Jane Doe", "Aktualisiert")."""
    first = fold(text.split(maxsplit=1)[0])
    opens = credit_words().kinds(first, None) & {"by", "other", "editor"} and len(first) > 1 and not is_place(text)
    return bool(opens and has_case(text)) or bool(date_words().kinds(fold(text), None) & {"published", "updated"})


def _is_place_name(text: str) -> bool:
    """Whether a text has the shape of one place's name, or of a few joined by slashes."""
    parts = [part.strip() for part in regex.split(r"\s?/\s?|\s&\s|(?<=\p{L})\s?-\s(?=\p{L})", text)]
    if not 1 <= len(parts) <= 4 or len(text) > 60:
        return False
    for part in parts:
        words = part.split()
        if not 1 <= len(words) <= 6 or (words[0].islower() and has_case(words[0])):
            return False
        for word in words:
            if word in _PLACE_SMALL:
                continue
            if _PLACE_WORD.fullmatch(word) is None:
                return False
    return True


def _plausible(parts: _Head) -> bool:
    """Whether the place of a dateline without a known agency can be one."""
    place = parts.place or ""
    return bool(parts.date or parts.region) or is_place(place) or (place.isupper() and len(place.split()) <= 3)


def _is_kicker(text: str, language: str | None) -> bool:
    """Whether a text before a dash or colon is a kicker ("WARNING", "Video") or holds a word that no place has."""
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


def _bare(
    text: str, before: str, parts: _Head, match: regex.Match[str], language: str | None
) -> tuple[_Head, int] | None:
    """A dateline without an agency: only its place, region, date and the mark behind them speak for it."""
    end = match.end()
    rest = text[end:]
    start = rest.lstrip(_QUOTES + "'’‘([¿¡ ")[:1]
    if not start or start.islower() or len(rest) < (8 if is_cjk(rest) else 20):
        return None
    place = parts.place or ""
    known = all(is_city(part.strip()) for part in place.split("/"))
    if match["dash"]:
        if parts.date:
            return parts, end
        if parts.region:
            short = parts.region.endswith(".") and len(parts.region) <= 6 and known
            sure = short or (is_region(parts.region) and (known or not _is_kicker(place, language)))
            return (parts, end) if sure else None
        return (parts, end) if _dash_alone(place, rest, known=known, language=language) else None
    if match["colon"]:
        if parts.date and parts.date.startswith("--") and known:
            return parts, end
        if not known or parts.date or len(rest) < 50:
            return None
        if place.isupper() or not has_case(place):
            return parts, end
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
    if regex.match(r"[\p{L}\p{M}\s]{2,26}\s?[:：]\s", rest):
        return False
    if is_city(words[0].strip(",.:")) and not known:
        return False
    if not has_case(place):
        return known
    if known:
        return not _is_score(second)
    if _is_kicker(place, language) or is_place(place) or "." in place.rstrip("."):
        return is_region(place) and place.isupper()
    pieces = place.split()
    if place.isupper():
        return len(pieces) <= 3 and not any(piece.casefold() in _PLACE_SMALL for piece in pieces[2:])
    return language != "en" and len(rest) > 60 and (len(pieces) == 1 or pieces[0] in _PLACE_HEADS)


def _is_score(text: str) -> bool:
    return regex.match(r"\p{L}+\s\d+[:–-]\d+", text) is not None
