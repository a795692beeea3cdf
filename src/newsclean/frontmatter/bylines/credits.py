"""Takes a credit line apart: labels, people, agencies, newsrooms, roles and places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from newsclean.frontmatter.agencies import is_agency, is_newsroom, is_outlet
from newsclean.frontmatter.bylines.chunks import Chunk, cut_chunks
from newsclean.frontmatter.bylines.labels import BLANKS, word_kinds
from newsclean.frontmatter.bylines.limits import ABBREVIATED, is_no_list, is_sentence
from newsclean.frontmatter.bylines.names import has_case, is_cjk, looks_like_name, strip_titles
from newsclean.frontmatter.bylines.peeling import (
    amid_agency,
    behind_agency,
    is_heading,
    is_role,
    peel_agency,
    peel_place,
    without_role,
    without_tail,
)
from newsclean.frontmatter.bylines.plainname import is_plain_name
from newsclean.frontmatter.bylines.shapes import (
    behind_outlet,
    behind_post,
    is_own_newsroom,
    labels_date,
    pictures_apart,
    turned_round,
    without_posts,
    without_task,
)
from newsclean.frontmatter.days.months import own_codes
from newsclean.frontmatter.gazetteer import is_city, is_place
from newsclean.frontmatter.lexicon import fold
from newsclean.patterns import pattern

_FULL_STOP = pattern(r"(?<!\p{L})\p{Lu}\p{Ll}{2,}+\.$")
_ELISION = pattern(r"^[ld]['’](?=\p{Lu}{2})")
_DIGIT = pattern(r"\s*\d")
_LIST_MARK = pattern(r"[\s/:,|();،、，]")
_INITIALS = pattern(r"(?:\p{Lu}\.\s?){1,3}")
_INITIAL_AND_NAME = pattern(r"\p{Lu}{1,2}\.(?:\p{Lu}\.)?\p{Lu}\p{Ll}[\p{L}'’-]++")
_CODE = pattern(r"\p{Ll}{1,4}|[\p{Ll}\d-]{1,6}")


class Credits(NamedTuple):
    """What a credit line says; labelled: a word such as "By" says that it is one."""

    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    location: str | None = None
    labelled: bool = False


@dataclass(slots=True)
class _Found:
    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    location: str | None = None
    newsroom: bool = False
    failed: bool = False
    unsure: bool = False


def read_credits(text: str, language: str | None, *, declared: bool = False) -> Credits | None:
    """Read a credit line in plain form without its dates, or None where it is none.

    language: base code. declared: the page says that this is an author, so that no label is needed.
    """
    stripped = text.strip(" |·•-–—/")
    if not stripped:
        return None
    if declared and is_plain_name(stripped, language):
        return Credits((stripped,))
    if not declared and _INITIAL_AND_NAME.fullmatch(stripped):
        return Credits((stripped,))
    if is_sentence(stripped):
        return None
    if not declared and _LIST_MARK.search(stripped) is None:
        agency = is_agency(stripped)
        agencies = (
            [agency] if agency else peel_agency(stripped, language)[1] if "-" in stripped or "–" in stripped else []
        )
        return Credits(agencies=tuple(agencies)) if agencies else None
    if "newsroom" in word_kinds(stripped, language) and ":" not in stripped and len(stripped.split()) > 1:
        return Credits(labelled=True)
    inverted = turned_round(stripped, language, declared=declared)
    if inverted:
        return Credits((inverted,), labelled=declared)
    special = pictures_apart(behind_outlet(without_posts(stripped, language), language), language)
    posted, where = behind_post(special, language)
    chunks, labelled = cut_chunks(posted, language)
    labelled = labelled or posted != special
    if len(text) > 120 and not labelled:
        return None
    sure = labelled or declared
    if not chunks and labelled:
        return Credits(labelled=True)
    if not chunks or (not sure and (len(chunks) > 9 or is_no_list(stripped, language))):
        return None
    found = _Found(location=where)
    for place, chunk in enumerate(chunks):
        _read_chunk(chunk, found, language, sure=sure, first=place == 0)
        if found.failed:
            return None
    if found.unsure and not (found.agencies or found.location):
        return None
    if not (found.authors or found.agencies or found.editors):
        return Credits(labelled=True) if labelled and found.newsroom else None
    return Credits(tuple(found.authors), tuple(found.agencies), tuple(found.editors), found.location, labelled=labelled)


def _read_chunk(chunk: Chunk, found: _Found, language: str | None, *, sure: bool, first: bool) -> None:
    """Add what one piece names to what was found; sets `failed` where the line turns out to be no credit line."""
    if not chunk.slot:
        chunk = chunk._replace(text=without_task(chunk.text, language))
        if not chunk.text:
            found.newsroom = True
            return
    if chunk.slot != "other" and is_plain_name(chunk.text, language):
        (found.editors if chunk.slot == "editor" else found.authors).append(chunk.text)
        return
    digit = _DIGIT.search(chunk.text)
    text = chunk.text[: digit.start()] if digit else chunk.text
    if digit:
        words = text.split()
        while words and has_case(words[-1]) and words[-1].islower():
            words.pop()
        text = " ".join(words)
    text = _ELISION.sub("", without_tail(text.strip(BLANKS.replace(".", "")), language))
    if not text or chunk.slot == "other" or labels_date(text):
        return
    if text.endswith(".") and not ABBREVIATED.search(text):
        text = text.rstrip(".")
    if _INITIALS.fullmatch(text) and chunk.slot != "by":
        return
    agency = is_agency(text) or (is_agency(text.upper()) if chunk.slot and first and len(text) > 2 else None)
    if agency:
        found.agencies.append(agency)
        return
    if not chunk.slot and any(
        word.islower() and len(word) > 2 and "stop" in word_kinds(word, language) for word in text.split()
    ):
        found.failed = True
        return
    if first and not chunk.slot and is_city(text):
        found.location = text
        return
    if (
        found.authors
        and text.strip()
        and is_outlet(text.split()[0])
        and not word_kinds(text.split()[0], language) & {"given", "honorific"}
    ):
        found.newsroom = True
        return
    if found.authors and is_role(text.partition(" ")[0], language):
        # "correspondent of EFE in Lima"
        found.agencies.extend(agency for word in text.split() if word.isupper() and (agency := is_agency(word)))
        if not has_case(text):
            return  # "…, reporter for welfare", in a script without capitals
    if is_own_newsroom(text, language, labelled=bool(chunk.slot)):
        found.newsroom = True
        return
    if found.authors and chunk.hard and text.startswith("The ") and text.istitle():
        found.newsroom = True
        return
    text, agency = amid_agency(text, language)
    if agency:
        found.agencies.append(agency)
    text, agency = behind_agency(text, language)
    if agency:
        found.agencies.append(agency)
    text, agencies = peel_agency(text, language)
    found.agencies.extend(agencies)
    if not text:
        return
    text, place, outlet = peel_place(text, language)
    if place and not word_kinds(place, language) & {"heading", "newsroom"}:
        found.location = found.location or place
    agency = is_agency(text)
    if agency:
        found.agencies.append(agency)
        return
    whole = text
    text = strip_titles(without_role(text, language), language).strip(BLANKS.replace(".", "") + "()")
    if not text:
        return
    if is_newsroom(text) and (sure or not any(word.islower() and len(word) > 3 for word in text.split())):
        found.newsroom = True
        return
    if whole.startswith(f"{text} ") and " " not in text and "newsroom" in word_kinds(whole.split()[1], language):
        found.newsroom = True  # "Guardian staff reporter"
        return
    target = found.editors if chunk.slot == "editor" else found.authors
    named = bool(found.authors or found.agencies or found.editors)
    whole_words = text.split()
    if named and text.isupper() and "credential" in word_kinds(text, language):
        return  # "MD" is a degree behind a name, and a state behind a town
    if (named or found.newsroom) and is_place(text) and not (sure and len(whole_words) > 1 and not is_city(text)):
        found.location = found.location or text
        return
    if len(whole_words) == 1:
        _read_single(text, found, target, language, sure=sure, first=first, labelled=bool(chunk.slot))
        return
    any_case = bool(chunk.slot) and text.islower() and len(whole_words) <= 3 and all(map(str.islower, found.authors))
    if looks_like_name(text, any_case=any_case) and not is_heading(
        whole_words, language, labelled=bool(chunk.slot) or sure
    ):
        if text.endswith(".") and (not ABBREVIATED.search(text) or _FULL_STOP.search(text)):
            text = text.rstrip(".")
        found.unsure = found.unsure or (not sure and not has_case(text))
        target.append(text)
        return
    found.newsroom = found.newsroom or bool(outlet)
    if not outlet and (not sure or first or len(whole_words) > 6 or not named) and not is_role(text, language):
        found.failed = True


def _read_single(
    text: str, found: _Found, target: list[str], language: str | None, *, sure: bool, first: bool, labelled: bool
) -> None:
    """A piece of one word: a code, a place behind a name, a pen name behind a label, or nothing known."""
    if is_outlet(text) or is_role(text, language):
        found.newsroom = True
        return
    if word_kinds(text, language) & {"credential", "for", "honorific"}:
        return
    named = bool(found.authors or found.agencies or found.editors)
    kinds = word_kinds(text, language)
    if _CODE.fullmatch(text):
        found.failed = found.failed or (first and labelled and "stop" in kinds)
        return
    if labelled and _INITIAL_AND_NAME.fullmatch(text):
        target.append(text)
        return
    stop = kinds & {"stop", "heading", "tail", "and", "by", "other"}
    calendar = bool(own_codes(fold(text), language))
    if named:
        if labelled and is_cjk(text) and len(text) > 1 and not stop and not is_place(text) and target:
            target.append(text)
        elif (
            text[0].isupper()
            and not stop
            and not calendar
            and found.location is None
            and len(text) > 3
            and text[-1] != "."
        ):
            found.location = text
        return
    if not has_case(text) and labelled and len(text) > (1 if is_cjk(text) else 2) and not stop and not is_place(text):
        target.append(text)
        return
    if (
        (labelled or sure)
        and first
        and looks_like_name(text, least=1)
        and not stop
        and not calendar
        and not is_place(text)
    ):
        if text.isupper() and len(text) <= 5:
            found.newsroom = True
        else:
            target.append(text)
        return
    found.failed = True
