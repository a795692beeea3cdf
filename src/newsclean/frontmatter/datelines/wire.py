"""Reads the agency of a dateline: in brackets or slashes, or between two marks behind the place."""

from __future__ import annotations

import regex

from newsclean.frontmatter.agencies import is_agency, is_newsroom, is_outlet
from newsclean.frontmatter.bylines.names import has_case, looks_like_name
from newsclean.frontmatter.datelines.bare import QUOTES, day_behind, is_kicker, is_plausible, names_kicker
from newsclean.frontmatter.datelines.parts import Head, read_parts
from newsclean.frontmatter.gazetteer import is_city, is_country, is_region
from newsclean.patterns import pattern

_REST_AGENCY = pattern(
    r"(?P<agency>[«\"]?(?:\p{L}(?:[\p{L}\p{M}]|[.‘’'-](?=\p{L}))*+\d?\s?){1,4}[»\"]?)\s?"
    r"(?P<end>\.?\s?-\s?|\.\s|\s?[–—-]{1,2}\s|\s?ـ\s?|:\s|,\s|\s?[|/]\s?)",
    regex.V1,
)
_QUOTED = pattern(r"(?P<kind>ИА\s)?«\s?([^«»]{2,30}?)\s?»\s?(?:[:：–—-]\s|\.\s)?")
_UNMARKED = pattern(r"(?P<before>[^,]{2,30},\s[^,]{4,30}),\s(?P<agency>\p{Lu}{4,12})\s(?=\p{Lu})")
_REPORTER = pattern(r"(?:\p{Lu}\p{Ll}++[\s-]){1,2}\p{Lu}\p{Ll}++\.\s", regex.V1)
_SLASHED = pattern(r"([^/]{5,24})\s?/\s")
_JOINED_AGENCIES = pattern(r"\s?[/,+&-]\s?|\sund\s|\sand\s|\set\s|\s(?=\S+$)")
_BEHIND_AGENCY = pattern(r"\s?(?:,|\s[-–—]\s|-\s)\s?")
_NUMBERED = pattern(r"(?<!News )\d{2}(?! News)|^\d(?!\d? News)")
_ENDS_ABBREVIATED = pattern(r"^\p{L}{2,6}\.\s")
_PARTIES = frozenset(
    "R D I CDU CSU SPD FDP AfD ÖVP SPÖ FPÖ SVP PSOE PP CD&V West".split()
) | {"hlavní město"}  # fmt: skip
"""What stands in brackets behind a name that opens a sentence."""


def with_wire(text: str, before: str, match: regex.Match[str], language: str | None) -> tuple[Head, int] | None:
    """A dateline whose agency stands in brackets, slashes or quotes."""
    inside = (match["agency"] or match["slashed"] or match["glued"]).strip()
    opening = match["wire"].lstrip(" –—.,-")[0]
    end = match.end()
    rest = text[end:]
    if not rest:
        return None
    after = match["after"].strip(" .,")
    agency, day = _agency_and_day(inside, language)
    known = known_agency(agency)
    if (match["glued"] and not known) or (rest[0].islower() and not after):
        return None
    if is_city(f"{before} ({inside})"):
        return None  # "Frankfurt (Oder)": the bracket belongs to the town
    if (opening == "[" and is_country(inside)) or rest.startswith("["):
        return None  # "Pune (Maharashtra) [India], June 3 (ANI)"
    before = _place_before(before, match[0])
    alone_day = read_parts(inside, language, alone=True) if inside[-1:].isdigit() and after and not day else None
    if alone_day and alone_day.date and not alone_day.place:
        parts = read_parts(before, language) if before else None
        return (Head(parts.place, parts.region, alone_day.date), end) if parts and not parts.date else None
    if not before:
        marked = bool(after) or opening == "/" or (agency.isupper() and rest[0].isupper())  # "(CNN)The company says"
        sure = known or (is_outlet(agency) and marked) or _leads(agency, after, rest, language)
        return (Head(date=day, agency=agency), end) if sure else None
    parts = read_parts(before, language, alone=known)
    if parts is None or (opening == "«" and not known and not is_outlet(agency)):
        return None
    dashed = after[:1] in {"-", "–", "—"} and is_city(parts.place or "")
    if not known and is_country(agency) and not parts.region and (dashed or (parts.place or "").isupper()):
        return Head(parts.place, agency, parts.date), end  # "LOMÉ (Togo) – "
    if not known and not _vouched(parts, agency, after, opening):
        return None
    if not known and names_kicker(agency, language):
        if not (parts.place or "").isupper():
            return None  # "Berlin (film): a review"
        agency = ""  # "MANILA (UPDATE) – "
    date = parts.date or day
    if date is None and opening == "/":
        date, end = _day_before_slash(text, end, language)
    if date is None and after[:1] in {"", "-", "–", "—"}:
        behind, length = day_behind(text[end:], language)
        date, end = behind.date, end + length
    return Head(parts.place, parts.region, date, agency or None), end


def _place_before(before: str, mark: str) -> str:
    """What stands before the agency without the marks that part the two; "Wis." and "Calif." keep their full stop."""
    before = before.rstrip(" ,-–—")
    if mark.lstrip().startswith(".") and is_region(f"{before.rpartition(',')[2]}."):
        before += "."
    if before.endswith(".") and not is_region(before.rpartition(",")[2]):
        before = before.rstrip(".")
    return before


def _agency_and_day(inside: str, language: str | None) -> tuple[str, str | None]:
    """The agency of a bracket, parted from a reporter or a day behind it ("Newsfile Corp. - May 7, 2020")."""
    reporter, comma, wire = inside.rpartition(",")
    if comma and is_agency(wire.strip()) and looks_like_name(reporter) and not is_agency(reporter):
        return wire.strip(), None  # "/Vladimir Petrov, BTA/"
    short = _ENDS_ABBREVIATED.sub("", inside)  # "Корр. БЕЛТА"
    wire, _, reporter = short.partition(" ")
    if short != inside and is_agency(wire) and looks_like_name(reporter):
        return wire, None  # "Корр. ТАСС Вера Орлова"
    if known_agency(inside):
        return (short if short != inside and is_agency(short) else inside), None
    for cut in _BEHIND_AGENCY.finditer(inside):
        head, tail = inside[: cut.start()].strip(), inside[cut.end() :].strip()
        day = read_parts(tail, language, alone=True) if tail[-1:].isdigit() or tail[:1].isdigit() else None
        if day and day.date and not day.place and (known_agency(head) or day.date[0] != "-"):
            return head, day.date
        if is_agency(head) and looks_like_name(tail):
            return head, None
    return inside, None


def _vouched(parts: Head, agency: str, after: str, opening: str) -> bool:
    """Whether place, day and marks speak for an agency that is in no list."""
    short = len(agency) == 2 and agency.isalpha() and agency.isupper() and bool(after) and is_city(parts.place or "")
    named = len(agency) == 2 and is_outlet(agency) and parts.place is not None and parts.place.isupper()
    if parts.place is None or not (short or named or maybe_agency(agency)):
        return False
    if is_country(agency) and not parts.place.isupper():
        return False  # "Valencia (España): what to see"
    if parts.date is not None:
        return True
    if opening == "/" and not agency.isupper():
        return False
    known = all(is_city(place.strip()) for place in parts.place.split("/"))
    if known and (is_outlet(agency) or (agency.istitle() and parts.place.isupper() and not is_region(agency))):
        return True
    if known and not has_case(agency) and is_newsroom(agency):
        return True
    return bool(after) and is_plausible(parts)


def _leads(agency: str, after: str, rest: str, language: str | None) -> bool:
    """Whether an unknown name in brackets that opens a line, a dash behind it, is the outlet's: "(KTLA) — "."""
    return (
        after[:1] in {"-", "–", "—"}
        and rest[0].isupper()
        and len(rest) > 40
        and maybe_agency(agency)
        and not is_region(agency)
        and not is_kicker(agency, language)
    )


def _day_before_slash(text: str, end: int, language: str | None) -> tuple[str | None, int]:
    """A day between slashes behind the agency, as in "TORONTO / ACCESSWIRE / May 7, 2020 / Acme", and its end."""
    match = _SLASHED.match(text, end)
    parts = read_parts(match[1].strip(), language, alone=True) if match else None
    return (parts.date, match.end()) if match and parts and not parts.place else (None, end)


def known_agency(text: str) -> bool:
    """Whether a text is an agency, several joined by a slash or dash, or one with a lower-case word or a code."""
    if is_agency(text) is not None or is_agency(text.rpartition(" ")[2]) is not None:
        return True
    parts = [part for part in _JOINED_AGENCIES.split(text) if part]
    known = [is_agency(part) is not None for part in parts]
    return any(known) and all(good or part.islower() or part.isdigit() for part, good in zip(parts, known, strict=True))


def maybe_agency(text: str) -> bool:
    """Whether an unknown text in brackets could be an agency, station or newspaper: short, capitals or a name."""
    if text in _PARTIES or len(text) < 3 or _NUMBERED.search(text) or len(text) > 40:
        return False
    words = text.split()
    return len(words) <= 4 and (
        text.isupper()
        or is_outlet(text)
        or words[0][0].isupper()
        or not has_case(text)
        or len(text) <= 4
        or words[0].isdigit()
    )


def following_agency(text: str, end: int) -> tuple[str, int] | None:
    """An agency that stands between the mark and the text, as in "МОСКВА, 12 ноя — РИА Новости. Власти"."""
    quoted = _QUOTED.match(text, end)
    if quoted and quoted["kind"]:
        return quoted[0].strip(" .:-–—"), quoted.end()
    if quoted and (is_agency(quoted[2]) or is_outlet(quoted[2])):
        return quoted[2], quoted.end()
    match = _REST_AGENCY.match(text, end)
    if match is None:
        return None
    agency = match["agency"].strip(" " + QUOTES)
    if not is_agency(agency) and not is_outlet(agency):
        return None
    reporter = _REPORTER.match(text, match.end()) if match["end"].startswith(",") else None
    return agency, reporter.end() if reporter else match.end()


def agency_before(before: str, language: str | None) -> Head | None:
    """A dateline with its agency right before the dash, as CNN prints it: "Seoul, South Korea CNN — "."""
    head, _, last = before.rpartition(" ")
    if not head or not last.isupper() or not (is_agency(last) or is_outlet(last)):
        return None
    parts = read_parts(head.rstrip(" ,"), language)
    sure = parts is not None and not parts.agency and (is_city(parts.place or "") or bool(parts.region))
    return parts._replace(agency=last) if parts is not None and sure else None


def unmarked(text: str, language: str | None) -> tuple[Head, int] | None:
    """A dateline with its agency in capitals behind the day, and no mark between it and the text (Azertac)."""
    match = _UNMARKED.match(text)
    if match is None or not is_agency(match["agency"]):
        return None
    parts = read_parts(match["before"], language)
    return (parts._replace(agency=match["agency"]), match.end()) if parts and parts.date else None


def caseless_agency(text: str, end: int) -> tuple[str, int] | None:
    """An agency between the mark and the text that no mark parts from it, where no capitals could: "دمشق-سانا بحث"."""
    agency = text[end : end + 30].split(" ", 1)[0]
    return (agency, end + len(agency) + 1) if is_agency(agency) and not has_case(agency) else None


def piped(text: str, before: str, end: int, language: str | None) -> tuple[Head, int] | None:
    """A dateline in columns: "BERLIN taz | Die", "Kampala, Uganda | THE INDEPENDENT | Police"."""
    head, _, last = before.rpartition(" ")
    if head and (known_agency(last) or is_outlet(last)):
        parts = read_parts(head.rstrip(" ,"), language)
        return (Head(parts.place, parts.region, parts.date, last), end) if parts else None
    parts = read_parts(before, language)
    if parts is None:
        return None
    if not (parts.region and is_region(parts.region)) and not all(map(is_city, (parts.place or "").split("/"))):
        return None
    column, bar, _ = text[end : end + 60].partition("|")
    agency = column.strip()
    if bar and (known_agency(agency) or is_outlet(agency) or (maybe_agency(agency) and agency.isupper())):
        start = end + len(column) + 1
        return Head(parts.place, parts.region, parts.date, agency), start + text.startswith(" ", start)
    return (parts, end) if not bar and (parts.place or "").isupper() and len(text) > end + 40 else None
