"""Reads bylines: who wrote a story, for which wire service, edited by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from newsclean.checks import check_line
from newsclean.frontmatter.agencies import canonical_agency, is_agency, is_newsroom
from newsclean.frontmatter.bylines.cjk import read_cjk
from newsclean.frontmatter.bylines.credits import Credits, read_credits
from newsclean.frontmatter.bylines.labels import opens_credits, word_kinds
from newsclean.frontmatter.bylines.names import is_cjk, normalize_name
from newsclean.frontmatter.dates import date_spans
from newsclean.frontmatter.digits import plain
from newsclean.frontmatter.lexicon import base_language, date_words, fold
from newsclean.model import Byline
from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_LINE = 300
"""Characters; a longer line is a paragraph."""

_LONG = 40

_CONTACT = pattern(
    r"(?:https?://|www\.)\S++|[\w.+-]++@[\w-]++(?:\.[\w-]++)++|(?<!\w)@\w{2,30}+|\(?\bt\.me/\S++|(?<=\s)e-?mail:?(?=\s|$)",
    regex.I,
)

_CONTACT_MARKS = ("@", "://", "www.", "t.me/", "email", "e-mail")
"""What `_CONTACT` cannot do without."""

_ENGLISH = pattern(r"(?:written |story |words |reported )?by\s", regex.I)
"""A label that tells the language of its line, where nobody else does."""

_MARKS = str.maketrans({"՝": ":", "፦": ":", "៖": ":", "׃": ":"})

_LATIN = pattern(r"\p{Latin}{2}")
_CJK_LIST = pattern(r"[、，,/／;；|]")
_GLUED_COLON = pattern(r"(?<=\p{L}):(?=\p{Lu}\p{Ll})")

_RETIRED = pattern(r"\s?\((?:ret(?:d|ired)?|rtd|now|earlier|and earlier)\.?\)", regex.I)
"""What stands behind a rank, or behind those who write a live blog by turns."""
_SAYING = plain_pattern(r"\S+\s[^:]+:\s?[«“„\"]")
"""Who says something, as headlines have it: "Di Maio: «Non lascio»"."""
_GENDERED = pattern(r"(?<=\p{L})[:*]in(?=\b|nen)")


def parse_byline(line: str, language: str | None = None, url: str | None = None) -> Byline | None:
    """Read who is credited from one line, or None where the line is no byline.

    language: BCP 47 code of the page; its words for "by" and "and" go before those of other languages.
    A line that credits a newsroom and nobody else ("By MND Staff") gives a Byline without names.

    Raises UsageError when one of them is no string.
    """
    check_line(line, language, url)
    del url  # every line reader takes the address; names do not depend on it
    if len(line) > LONGEST_LINE:
        return None
    text = plain(line).translate(_MARKS)
    if ":" in text and _SAYING.match(text):
        return None
    base = base_language(language) or ("en" if _ENGLISH.match(text) else None)
    if "©" in text:
        text = text.strip("© ")
        if not is_agency(text):
            return None
    if len(text) > _LONG and not opens_credits(text, base):
        return None
    if ":in" in text or "*in" in text:
        text = _GENDERED.sub("in", text)
    if "(" in text:
        text = _RETIRED.sub("", text)
    if ":" in text:
        text = _GLUED_COLON.sub(": ", text)
    text = without_dates(without_contacts(text), base)
    return _byline(_read(text, base, declared=False), line)


def split_names(declared: str, language: str | None = None) -> Byline:
    """Read an author value that a page declares ("Jane Doe, John Smith", "DOE, JANE", "AFP"); no "By" is needed."""
    text = without_contacts(plain(declared))[:LONGEST_LINE]
    found = _byline(_read(text, language, declared=True), declared)
    if found is None:
        # "An Unknown Gazette, ČTK"
        agencies = [agency for part in text.split(",") if (agency := is_agency(part.strip()))]
        found = Byline((), _unique(agencies), raw=declared)
    return found


def without_contacts(text: str) -> str:
    """The line with its addresses and handles replaced by a separator."""
    lower = text.lower()
    if "@" in text:
        text = _apart_from_mail(text, lower)
    return _CONTACT.sub(" | ", text) if any(mark in lower for mark in _CONTACT_MARKS) else text


def _apart_from_mail(text: str, lower: str) -> str:
    """The line with a space before an address that a flattener glued to the name in it: "Eva Lindeva.lind@…"."""
    first, _, rest = lower.partition(" ")
    name, at, _ = rest.partition("@")
    place = name.find(first, 1) if at and len(first) > 1 else -1
    if place < 1 or not name[place - 1].isalpha():
        return text
    place += len(first) + 1
    return f"{text[:place]} {text[place:]}"


def write_byline(byline: Byline) -> str:
    """Write a byline in normal form: "By Jane Doe and John Smith (AP)", "By ČTK"; "" where nobody is named."""
    agencies = _listed(byline.agencies)
    if byline.authors:
        people = _listed(byline.authors)
        return f"By {people} ({'/'.join(byline.agencies)})" if agencies else f"By {people}"
    return f"By {agencies}" if agencies else ""


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _read(text: str, language: str | None, *, declared: bool) -> Credits | None:
    base = base_language(language)
    if is_cjk(text):
        found = read_cjk(text, base)
        if found is not None:
            return Credits(found.authors, found.agencies, found.editors, found.location, labelled=True)
        if declared and not _LATIN.search(text):
            names = [name for name in _CJK_LIST.split(text) if name.strip()]
            return Credits(
                tuple(name.strip() for name in names if not is_agency(name) and not is_newsroom(name)),
                tuple(agency for name in names if (agency := is_agency(name))),
            )
    return read_credits(text, base, declared=declared)


def _byline(found: Credits | None, raw: str) -> Byline | None:
    if found is None:
        return None
    authors = _unique(normalize_name(name) for name in found.authors)
    editors = _unique(normalize_name(name) for name in found.editors)
    agencies = _unique(canonical_agency(name) for name in found.agencies)
    if not (authors or editors or agencies or found.labelled):
        return None
    return Byline(authors, agencies, editors, found.location, raw)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold().replace(".", ""), name)
    return tuple(seen.values())


def without_dates(text: str, language: str | None) -> str:
    """The line with its days and times replaced by a separator."""
    spans = date_spans(text, language)
    for start, end in reversed(spans):
        first = text[start:end].partition(" ")[0]
        if first.isupper() and is_agency(first):
            start += len(first) + 1  # noqa: PLW2901  ("MTI 2022", in which another language's month stands)
        head = text[:start].rstrip()
        text = f"{'' if _announces_date(head, language) else head} | {text[end:].lstrip(' .')}"
    return text


def _announces_date(head: str, language: str | None) -> bool:
    """Tell whether what stands before a date is only its label, as "Posted on"."""
    first, *others = head.split() or [""]
    return (
        len(others) <= 1
        and bool({"published", "updated"} & date_words().kinds(fold(first.strip(":")), language))
        and all(word.islower() and "by" not in word_kinds(word, language) for word in others)
    )
