"""Declared dates weighed against each other: which day and minute a page most likely appeared and changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from newsclean.frontmatter.dates import parse_dates
from newsclean.frontmatter.days.moments import DAY_LENGTH
from newsclean.frontmatter.days.order import worded_day
from newsclean.patterns import plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.model import Claim

_ISO = plain_pattern(
    r"\s*+(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T\s]\s*+(\d\d):(\d\d)(?::\d\d(?:[.,]\d{1,12}+)?+)?+\s*+(?:(Z|UTC|GMT)|([+-]\d\d):?+(\d\d)?+)?+)?+\s*+$",
    re.IGNORECASE,
)
_COMPACT = plain_pattern(r"\s*+(\d{4})(\d\d)(\d\d)(?:T?+(\d\d)(\d\d)(?:\d\d)?+(Z)?+)?+\s*+$")
_EPOCH = plain_pattern(r"\s*+(\d{10})(?:\d{3})?+\s*+$")
_URL_DAY = plain_pattern(
    r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)|[/_-]((?:19|20)\d\d)(\d\d)(\d\d)(?=\D|$)"
)
_URL_MONTH = plain_pattern(r"/((?:19|20)\d\d)/?(0[1-9]|1[0-2])(?=/)")
_SECONDS = plain_pattern(r"(T\d\d:\d\d):\d\d(?:\.\d++)?+")
_PARTS = plain_pattern(r"\s[|·•–—-]\s")
"""Fewer signs than `compare.separators` knows: behind a colon stands rather the day that a title is about."""
_LONGEST_DAY = 30
"""Characters of a day in words."""
_OLDEST, _NEWEST = 1980, 2100
_MINUTE = 16
"""Characters of a day and a minute."""

_WEIGHTS = {"json-ld": 3.0, "og": 3.0, "meta": 2.0, "itemprop": 2.0, "visible": 1.9, "url": 1.5, "time": 1.0}


class Moment(NamedTuple):
    """A day or minute in ISO 8601 and where it was found; ambiguous when day and month could be the other way round."""

    iso: str
    source: str
    ambiguous: bool = False


def read_moment(value: str, language: str | None = None, url: str | None = None) -> str | None:
    """Read a date as page markup states it, to the minute at most; midnight stands for a day without a time.

    Returns ISO 8601, or None where the value is no date between 1980 and 2100.
    """
    if len(value) > 120:
        return None
    match = _ISO.match(value)
    if match:
        zone = "+00:00" if match[6] else f"{match[7]}:{match[8] or '00'}" if match[7] else ""
        return _checked(match.group(1, 2, 3), match.group(4, 5), zone)
    match = _COMPACT.match(value)
    if match:
        return _checked(match.group(1, 2, 3), match.group(4, 5), "+00:00" if match[6] else "")
    match = _EPOCH.match(value)
    if match:
        return datetime.fromtimestamp(int(match[1]), UTC).isoformat(timespec="minutes")
    dates = parse_dates(value, language, url)
    if dates is None or dates.ambiguous:
        return None
    return to_minute(dates.published or dates.updated or "") or None


def to_minute(iso: str) -> str:
    """Cut an ISO 8601 time to the minute, its offset kept."""
    return _SECONDS.sub(r"\1", iso) if len(iso) > _MINUTE else iso


def _checked(day: Sequence[str], time: Sequence[str | None], zone: str) -> str | None:
    """Join a day and perhaps a time, None where the calendar has no such moment or news none so old."""
    if not _OLDEST <= int(day[0]) <= _NEWEST:
        return None
    iso = "-".join(day)
    if time[0] is not None and tuple(time) != ("00", "00"):
        iso += f"T{time[0]}:{time[1]}{zone}"
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return None
    return iso


def url_day(url: str | None) -> str | None:
    """Read the day that the path of an address names, as /2024/05/07/ or -20240507."""
    if not url or ("/20" not in url and "/19" not in url and "-20" not in url and "-19" not in url and "_" not in url):
        return None
    for match in _URL_DAY.finditer(url.partition("?")[0][:400]):
        year, month, day = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
        iso = _checked((year, month.zfill(2), day.zfill(2)), (None, None), "")
        if iso:
            return iso
    return worded_day(url)


def contradicts_url(iso: str, url: str | None) -> bool:
    """Tell whether the month of a day is none that a story of this address can have appeared in.

    A story is not older than its address. It can be newer, printed once more, unless the address names the very day.
    """
    match = _URL_MONTH.search(url.partition("?")[0][:400]) if url else None
    if match is None:
        return False
    later = 12 * (int(iso[:4]) - int(match[1])) + int(iso[5:7]) - int(match[2])
    return later < -1 or (later > 1 and url_day(url) is not None)


def title_day(titles: Iterable[Claim], language: str | None, url: str | None) -> Moment | None:
    """Read the day that stands alone at the end of a page's title: "Two ferries collide | The Post | 28.04.2023"."""
    for claim in titles:
        parts = _PARTS.split(claim.value)
        if len(parts) > 1 and len(parts[-1]) <= _LONGEST_DAY and any(map(str.isdigit, parts[-1])):
            iso = read_moment(parts[-1], language, url)
            if iso and len(iso) == DAY_LENGTH:
                return Moment(iso, claim.source)
    return None


def moments(claims: Iterable[Claim], language: str | None, url: str | None) -> list[Moment]:
    """Read what claims say, the unreadable ones left out."""
    found = []
    for claim in claims:
        iso = read_moment(claim.value, language, url)
        if iso:
            found.append(Moment(iso, claim.source))
    return found


def choose(evidence: Sequence[Moment]) -> Moment | None:
    """Choose the day most of the evidence speaks for, and of those who name it the most trusted, to the minute.

    Days that a time zone can turn into each other support one another by half; a bare month speaks for no day.
    """
    evidence = [moment for moment in evidence if len(moment.iso) >= DAY_LENGTH]
    weights: dict[str, float] = {}
    seen: set[tuple[str, str]] = set()
    for moment in evidence:
        day = moment.iso[:DAY_LENGTH]
        if (day, moment.source) not in seen:
            seen.add((day, moment.source))
            weights[day] = weights.get(day, 0.0) + _WEIGHTS.get(moment.source, 1.0)
    if not weights:
        return None
    if len(weights) == 1:
        return _fullest(evidence)
    support = {
        day: weight + 0.5 * sum(weights.get(other, 0.0) for other in _beside(day)) for day, weight in weights.items()
    }
    # Of days that as much speaks for, the earliest: the others can be a later edition's.
    best = max(sorted(support), key=lambda day: support[day])
    return _fullest([moment for moment in evidence if moment.iso[:DAY_LENGTH] == best])


def _fullest(there: Sequence[Moment]) -> Moment:
    """Choose among those who name one day: with a time, an offset, and told by the most trusted."""
    if len(there) == 1:
        return there[0]
    told = {iso: sum(_WEIGHTS.get(m.source, 1.0) for m in there if m.iso == iso) for iso in {m.iso for m in there}}
    return max(there, key=lambda moment: (len(moment.iso) > DAY_LENGTH, len(moment.iso) > 16, told[moment.iso]))


def _beside(day: str) -> tuple[str, str]:
    here = date.fromisoformat(day)
    return (here - timedelta(1)).isoformat(), (here + timedelta(1)).isoformat()


def is_later(updated: str, published: str | None) -> bool:
    """Tell whether an update is at least a minute after the publication, as far as both say."""
    if published is None:
        return True
    if len(updated) <= DAY_LENGTH or len(published) <= DAY_LENGTH:
        return updated[:DAY_LENGTH] > published[:DAY_LENGTH]
    later, earlier = datetime.fromisoformat(updated), datetime.fromisoformat(published)
    if (later.tzinfo is None) != (earlier.tzinfo is None):
        later, earlier = later.replace(tzinfo=None), earlier.replace(tzinfo=None)
    return later > earlier
