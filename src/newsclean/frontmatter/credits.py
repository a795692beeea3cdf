"""Takes a credit line apart: labels, people, agencies, newsrooms, roles and places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from newsclean.frontmatter.agencies import is_agency, is_newsroom, is_outlet
from newsclean.frontmatter.gazetteer import is_city, is_place
from newsclean.frontmatter.lexicon import credit_words, date_words, fold, own_codes
from newsclean.frontmatter.names import has_case, is_cjk, is_particle, looks_like_name, strip_titles

_HARD = regex.compile(
    r"\s*+(?:[|;•·\n\t()\[\]{}★►»«>│¦▪●❘]|(?<=[\s\p{L}])[–—―](?=\s|$)|(?<=\s)-{1,2}(?=\s|$)|^[-–—]\s|-$)\s*+"
)
_SLASH = regex.compile(r"\s?/\s?")
_COMMA = regex.compile(r"\s?[,،、，]\s?+(?!(?:Jr|Sr|II|III|IV)\b)")
_WORD = regex.compile(r"\S++")
_NO_LIST = regex.compile(r"[:?!“”\"„»%€$£]|…|\p{Ll}{3}\p{Lu}\p{Ll}|^#|\s#")
_ABBREVIATED = regex.compile(r"(?:\b\p{Lu}|\b[JS]r|\p{Lu}\.\p{Lu}|\b\p{L}{1,4})\.$")
_NUMBER = regex.compile(r"\d++\s?(\p{L}++(?:\s\p{L}++)?)?")
_DIGIT = regex.compile(r"\s*\d")
_CODE = regex.compile(r"\p{Ll}{1,4}|[\p{Ll}\d-]{1,6}")
_BLANKS = " ,.:;/|-–—\"“”„«»'"
_LOOSE_ENDS = frozenset("on at am um le el il em den på kl la op dne o w v în la no na en i the and to".split())
_LABEL_KINDS = frozenset({"by", "editor", "other", "with"})
_LONGEST_LABEL = 5
_SEPARATOR_KINDS = frozenset({"and", "with"})


@dataclass(frozen=True, slots=True)
class Credits:
    """What a credit line says; labelled: a word such as "By" says that it is one."""

    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    location: str | None = None
    labelled: bool = False


class Chunk(NamedTuple):
    """A piece between separators. hard: a strong separator stands before it. slot: what the label before it says."""

    text: str
    hard: bool
    slot: str


@dataclass(slots=True)
class _Found:
    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    location: str | None = None
    newsroom: bool = False
    failed: bool = False


def read_credits(text: str, language: str | None, *, declared: bool = False) -> Credits | None:
    """Read a credit line in plain form without its dates, or None where it is none.

    language: base code. declared: the page says that this is an author, so that no label is needed.
    """
    stripped = text.strip(" |·•-–—/")
    if not stripped:
        return None
    if "newsroom" in _kinds(stripped, language) and ":" not in stripped and len(stripped.split()) > 1:
        return Credits(labelled=True)
    inverted = _inverted(stripped, language)
    if inverted:
        return Credits((inverted,), labelled=declared)
    chunks, labelled = _chunks(stripped, language)
    if len(text) > 120 and not labelled:
        return None
    sure = labelled or declared
    if not chunks and labelled:
        return Credits(labelled=True)
    if not chunks or (not sure and (len(chunks) > 9 or _is_no_list(stripped, language))):
        return None
    found = _Found()
    for place, chunk in enumerate(chunks):
        _read_chunk(chunk, found, language, sure=sure, first=place == 0)
        if found.failed:
            return None
    if not (found.authors or found.agencies or found.editors):
        return Credits(labelled=True) if labelled and found.newsroom else None
    return Credits(tuple(found.authors), tuple(found.agencies), tuple(found.editors), found.location, labelled=labelled)


def opens_credits(text: str, language: str | None) -> bool:
    """Whether a line begins as a credit line does: with a label among its first words, or with a list of names."""
    if sum(word.islower() for word in text.split()) <= 4:
        return True
    words = text.strip(" |(").split(" ", 6)[:6]
    for start in range(min(4, len(words))):
        for end in range(start + 1, len(words) + 1):
            if credit_words().kinds(fold(" ".join(words[start:end]).strip(":")), language) & _LABEL_KINDS:
                return True
    return False


def _is_no_list(text: str, language: str | None) -> bool:
    """Whether a line without a label cannot be a bare list of names: a colon, a quote, a full stop, a number."""
    if _NO_LIST.search(text):
        return True
    if text.endswith(".") and not _ABBREVIATED.search(text):
        return True
    for number in _NUMBER.finditer(text):
        unit = fold(number[1] or "")
        kinds = date_words().own_kinds(unit, language) | date_words().own_kinds(unit.split(" ")[0], language)
        if not kinds & {"minutes", "hours", "days", "weeks"}:
            return True
    return False


def _inverted(text: str, language: str | None) -> str | None:
    """Turn "Kaufman, Jeff T." into reading order, or give None where the line is no name turned round."""
    family, comma, given = text.partition(",")
    given = given.strip()
    if not comma or "," in given or not (1 <= len(family.split()) <= 3 and 1 <= len(given.split()) <= 3):
        return None
    if not looks_like_name(f"{given} {family}") or (len(family.split()) > 1 and not is_particle(family.split()[0])):
        return None
    pieces = (*family.split(), *given.split())
    if any(is_agency(piece) for piece in (family, given)) or is_place(given) or is_place(family):
        return None
    if any(
        _kinds(piece, language) & {"by", "role", "newsroom", "credential", "honorific", "heading", "stop"}
        for piece in pieces
    ):
        return None
    if strip_titles(text, language) != text or is_newsroom(given) or is_newsroom(family):
        return None
    return f"{given} {family}"


def _kinds(word: str, language: str | None) -> frozenset[str]:
    return credit_words().own_kinds(fold(word.strip(_BLANKS)), language)


def _is_weekday(word: str, language: str | None) -> bool:
    return len(word) > 3 and any(code[0] == "d" for code in own_codes(fold(word), language))


def _chunks(text: str, language: str | None) -> tuple[list[Chunk], bool]:
    """The pieces of the line with the slot that the labels put them into, and whether a label stood at all."""
    chunks: list[Chunk] = []
    labelled = False
    slot = ""
    start = _label(text, language, at_start=True)
    if start is not None:
        slot, text = start
        labelled = slot != "other"
    for part_place, part in enumerate(_HARD.split(_colons(text, language))):
        if part_place and slot == "other":
            slot = "by" if labelled and chunks else ""
        soft = _soft(part, language)
        for piece_place, piece in enumerate(soft):
            rest, kind = piece
            found = _label(rest, language, at_start=not chunks and not labelled)
            if found is not None:
                slot, rest = found
                labelled = labelled or slot != "other"
            elif kind == "with" and slot != "other" and labelled:
                slot = "by"
            rest = rest.strip(_BLANKS.replace(".", ""))
            if rest:
                chunks.append(Chunk(rest, bool(part_place) and not piece_place, slot))
    return chunks, labelled


def _colons(text: str, language: str | None) -> str:
    """The line with a separator before every label that a colon follows, as in "Text: A. Doe Foto: B. Roe"."""
    parts = text.split(":")
    if len(parts) == 1:
        return text
    for place, part in enumerate(parts[:-1]):
        words = part.split(" ")
        for length in range(min(_LONGEST_LABEL, len(words)), 0, -1):
            phrase = fold(" ".join(words[-length:]))
            if phrase and credit_words().kinds(phrase, language) & _LABEL_KINDS:
                parts[place] = " ".join([*words[:-length], "|", *words[-length:]]) if words[:-length] else part
                break
    return ":".join(parts)


def _label(text: str, language: str | None, *, at_start: bool) -> tuple[str, str] | None:
    """The slot that a leading label opens, and the text behind it; None where no label leads.

    at_start: the text opens the line; short labels ("di", "na") count only there or before a colon.
    """
    words = [match.span() for match in _WORD.finditer(text)][: _LONGEST_LABEL + 4]
    skipped = 0
    while at_start and skipped < len(words) and skipped < 4:
        found = _label_at(text, words[skipped:], language, at_start=at_start)
        if found is not None and (skipped == 0 or found[0] == "by"):
            return found
        lead = fold(text[words[0][0] : words[skipped][1]].strip(_BLANKS))
        one = fold(text[words[skipped][0] : words[skipped][1]].strip(_BLANKS))
        if not {"lead"} & (credit_words().kinds(lead, language) | credit_words().kinds(one, language)):
            return None
        skipped += 1
    return None if at_start else _label_at(text, words, language, at_start=False)


def _label_at(
    text: str, words: list[tuple[int, int]], language: str | None, *, at_start: bool
) -> tuple[str, str] | None:
    for length in range(min(_LONGEST_LABEL, len(words)), 0, -1):
        phrase = text[words[0][0] : words[length - 1][1]]
        cut = phrase.find(":")
        if 0 <= cut < len(phrase) - 1:
            if length > 1:
                continue
            phrase = phrase[: cut + 1]
        colon = phrase.endswith(":") or text[words[0][0] + len(phrase) :].lstrip().startswith(":")
        name = fold(phrase.rstrip(":").strip(" ("))
        if not name:
            continue
        kinds = credit_words().kinds(name, language) & _LABEL_KINDS
        if not kinds or (len(name) < 4 and not colon and not _kinds(name, language) & _LABEL_KINDS):
            continue
        if (
            not colon
            and not at_start
            and "with" not in kinds
            and (len(name) < 5 or (phrase[0].isupper() and "by" in kinds and length == 1))
        ):
            continue
        behind = text[words[0][0] + len(phrase) :].lstrip(" :")
        if not behind and length == len(words):
            return ("by", "") if length > 2 and "by" in kinds else None
        kind = next(kind for kind in ("by", "editor", "with", "other") if kind in kinds)
        if kind == "editor" and not colon and length == 1 and behind and not behind[0].isupper():
            continue
        return ("by" if kind == "with" else kind), behind
    return None


def _soft(part: str, language: str | None) -> list[tuple[str, str]]:
    """A part cut at commas, slashes and words for "and" and "with": the text, and the kind of separator before it."""
    pieces: list[tuple[str, str]] = []
    for slash_place, run in enumerate(_slashes(part)):
        for place, piece in enumerate(_COMMA.split(run)):
            kind = "comma" if place else "slash" if slash_place else ""
            pieces.extend(_cut_words(piece, kind, language))
    return pieces


def _slashes(part: str) -> list[str]:
    """The part cut at slashes, unless it is an agency's name as a whole."""
    return [part] if "/" not in part or is_agency(part) or part.count("/") > 6 else _SLASH.split(part)


def _cut_words(piece: str, kind: str, language: str | None) -> list[tuple[str, str]]:
    words = piece.split(" ")
    found: list[tuple[str, str]] = []
    start = place = 0
    while place < len(words):
        cut = 0
        for length in (4, 3, 2, 1):
            run = words[place : place + length]
            if len(run) < length or (place == 0 and length == 1 and kind == ""):
                continue
            phrase = " ".join(run)
            kinds = credit_words().kinds(fold(phrase), language) or credit_words().kinds(fold(phrase), "en")
            single = len(phrase) == 1 and phrase.isalpha()
            if kinds & _SEPARATOR_KINDS and (not single or phrase.islower()) and not (phrase.istitle() and length == 1):
                cut = length
                separator = "with" if "with" in kinds and "and" not in kinds else "and"
                break
        if cut:
            # "Ortega y Gasset": a lone last word belongs to the name before it.
            lone = len(words) - place - cut == 1 and place - start == 1 and len(words[place]) == 1
            if not lone:
                found.append((" ".join(words[start:place]), kind))
                start, kind = place + cut, separator
            place += cut
        else:
            place += 1
    found.append((" ".join(words[start:]), kind))
    return [(text, how) for text, how in found if text.strip()]


def _read_chunk(chunk: Chunk, found: _Found, language: str | None, *, sure: bool, first: bool) -> None:
    """Add what one piece names to what was found; sets `failed` where the line turns out to be no credit line."""
    digit = _DIGIT.search(chunk.text)
    text = chunk.text[: digit.start()] if digit else chunk.text
    if digit:
        words = text.split()
        while words and has_case(words[-1]) and words[-1].islower():
            words.pop()
        text = " ".join(words)
    text = _without_tail(text.strip(_BLANKS.replace(".", "")), language)
    if not text or chunk.slot == "other":
        return
    agency = is_agency(text)
    if agency:
        found.agencies.append(agency)
        return
    if not chunk.slot and any(
        word.islower() and len(word) > 2 and "stop" in _kinds(word, language) for word in text.split()
    ):
        found.failed = True
        return
    if first and not chunk.slot and is_city(text):
        found.location = text
        return
    text, agencies = _peel_agency(text, language)
    found.agencies.extend(agencies)
    text, place, outlet = _peel_place(text, language)
    if place:
        found.location = found.location or place
    agency = is_agency(text)
    if agency:
        found.agencies.append(agency)
        return
    text = strip_titles(_without_role(text, language), language).strip(_BLANKS.replace(".", "") + "()")
    if not text:
        return
    if is_newsroom(text) and (sure or not any(word.islower() and len(word) > 3 for word in text.split())):
        found.newsroom = True
        return
    target = found.editors if chunk.slot == "editor" else found.authors
    named = bool(found.authors or found.agencies or found.editors)
    whole_words = text.split()
    if (named or found.newsroom) and is_place(text) and not (sure and len(whole_words) > 1 and not is_city(text)):
        found.location = found.location or text
        return
    if len(whole_words) == 1:
        _read_single(text, found, target, language, sure=sure, first=first, labelled=bool(chunk.slot))
        return
    any_case = bool(chunk.slot) and text.islower() and len(whole_words) <= 3
    if looks_like_name(text, any_case=any_case) and not _is_heading(
        whole_words, language, labelled=bool(chunk.slot) or sure
    ):
        if not sure and not has_case(text) and not found.agencies and not found.location:
            found.failed = True
            return
        target.append(text)
        return
    found.newsroom = found.newsroom or bool(outlet)
    if not outlet and (not sure or first or len(whole_words) > 6 or not named) and not _is_role(text, language):
        found.failed = True


def _read_single(
    text: str, found: _Found, target: list[str], language: str | None, *, sure: bool, first: bool, labelled: bool
) -> None:
    """A piece of one word: a code, a place behind a name, a pen name behind a label, or nothing known."""
    if is_outlet(text) or _is_role(text, language):
        found.newsroom = True
        return
    named = bool(found.authors or found.agencies or found.editors)
    if _CODE.fullmatch(text):
        found.failed = not (named or found.newsroom) and not sure
        return
    stop = _kinds(text, language) & {"stop", "heading", "tail", "and", "by", "other"}
    calendar = bool(own_codes(fold(text), language))
    if named:
        if (
            text[0].isupper()
            and len(text) > 2
            and not stop
            and not is_city(text)
            and len(target) > 0
            and not has_case(text)
        ):
            target.append(text)
        elif text[0].isupper() and not stop and not calendar and found.location is None and len(text) > 3:
            found.location = text
        return
    if not has_case(text) and labelled and len(text) > (1 if is_cjk(text) else 2) and not stop:
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


def _is_heading(words: list[str], language: str | None, *, labelled: bool) -> bool:
    """Whether capitalised words are a heading, a menu entry or the start of a sentence rather than a name."""
    if _kinds(words[0], language) & {"stop"} and not words[0].endswith("."):
        return True
    if any(_kinds(" ".join(words[:length]), language) & {"stop"} for length in (2, 3) if length <= len(words)):
        return True
    if any(word.islower() and _kinds(word, language) & {"stop"} and len(word) > 3 for word in words):
        return True
    if any(_is_weekday(word, language) for word in words):
        return True
    if labelled:
        return False
    text = " ".join(words)
    if words[0][0].islower() and has_case(words[0]) and words[0] in {"zum", "zur", "und", "y", "e", "i", "am", "im"}:
        return True
    if any("heading" in _kinds(" ".join(words[place : place + 2]), language) for place in range(len(words) - 1)):
        return True
    if (
        _kinds(text, language) & {"heading"}
        or is_place(text)
        or any(_kinds(word, language) & {"heading", "kicker"} for word in words)
    ):
        return True
    return has_case(text) and text.isupper() and len(words) > 4


def _is_role(text: str, language: str | None) -> bool:
    return any(_kinds(word, language) & {"role", "modifier"} for word in text.split())


def _without_tail(text: str, language: str | None) -> str:
    """The piece without buttons and bare prepositions glued to its end ("Follow", "Tips meg", "on")."""
    words = text.split()
    changed = True
    while changed and len(words) > 1:
        changed = False
        for length in (4, 3, 2, 1):
            if len(words) > length and _kinds(" ".join(words[-length:]), language) & {"tail"}:
                words, changed = words[:-length], True
                break
    if len(words) > 1 and words[-1] in _LOOSE_ENDS:
        words = words[:-1]
    return " ".join(words)


def _peel_agency(text: str, language: str | None) -> tuple[str, list[str]]:
    """The piece without an agency at its end ("Vasilisa Stepanenko The Associated Press"), and that agency."""
    words = text.split()
    head = is_agency(words[0])
    if head and len(words) <= 4 and all(_kinds(word, language) & {"newsroom", "role"} for word in words[1:]):
        return words[0], []
    for length in range(min(4, len(words) - 1), 0, -1):
        tail = " ".join(words[-length:])
        agency = is_agency(tail)
        if (
            agency
            and (length > 1 or tail.isupper() or len(tail) > 3)
            and not (text.isupper() and length == 1 and len(words) < 3)
        ):
            return " ".join(words[:-length]).strip(_BLANKS), [agency]
    return text, []


def _peel_place(text: str, language: str | None) -> tuple[str, str | None, bool]:
    """The piece without "in PLACE" or "for OUTLET" at its end, the place, and whether an outlet was cut."""
    words = text.split()
    if 1 < len(words) <= 4 and words[0].islower() and words[1][0].isupper() and "in" in _kinds(words[0], language):
        return "", " ".join(words[1:]), False
    for place in range(1, len(words) - 1):
        word = words[place]
        behind = words[place + 1]
        if not (behind[0].isupper() or not has_case(behind)):
            continue
        kinds = _kinds(word, language)
        if word.islower() and "in" in kinds and len(words) - place <= 5 and "by" not in kinds | {""}:
            where = " ".join(words[place + 1 :])
            if is_particle(word) and not is_city(where):
                continue
            ahead = " ".join(words[:place])
            if is_agency(ahead) or looks_like_name(ahead) or is_newsroom(ahead) or _is_role(ahead, language):
                return ahead, where.strip(_BLANKS), False
        if fold(word) in ("for", "para", "für", "pour") and place >= 2:
            return " ".join(words[:place]), None, True
    return text, None, False


def _without_role(text: str, language: str | None) -> str:
    """The piece without a role behind or before the name ("Thabo Mokone Parliamentary editor" → "Thabo Mokone")."""
    words = text.split()
    roles = [place for place, word in enumerate(words) if _kinds(word, language) & {"role"}]
    rooms = [place for place, word in enumerate(words) if word[0].isupper() and _kinds(word, language) & {"newsroom"}]
    if not roles and not (rooms and len(words) >= 4 and rooms[-1] >= 3):
        return text
    first = (roles or rooms)[0]
    if roles and first == 0:
        # "Reporter Jane Doe", "chief editor Jane Doe": the name stands behind its role.
        behind = words[max(roles) + 1 :]
        return " ".join(behind) if behind and not (behind[0].islower() and has_case(behind[0])) else ""
    if roles and all(word.islower() for word in words[:first]) and has_case(text):
        return " ".join(words[max(roles) + 1 :])
    end = first
    while end > 1 and (
        _kinds(words[end - 1], language) & {"modifier", "newsroom"}
        or (words[end - 1].islower() and has_case(words[end - 1]))
    ):
        end -= 1
    if end == first and not roles and end >= 3:
        end = 2
    if end == first and roles and words[first][0].isupper() and end > 3:
        end = 2
    return " ".join(words[:end])
