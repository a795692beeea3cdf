"""Takes off what is glued to a name in a credit line: roles, places, agencies, buttons."""

from __future__ import annotations

from itertools import takewhile

from newsclean.frontmatter.agencies import is_agency, is_newsroom
from newsclean.frontmatter.bylines.labels import BLANKS, is_weekday_name, word_kinds
from newsclean.frontmatter.bylines.names import has_case, is_particle, looks_like_name
from newsclean.frontmatter.gazetteer import is_city, is_place
from newsclean.patterns import pattern

_LOOSE_ENDS = frozenset("on at am um le el il em den på kl la op dne o w v în la no na en i the and to".split())

_INITIAL = pattern(r"\p{Lu}\.")
_POSTS = frozenset({"newsroom", "role", "modifier"})


def is_heading(words: list[str], language: str | None, *, labelled: bool) -> bool:
    """Whether capitalised words are a heading, a menu entry or the start of a sentence rather than a name."""
    opening = word_kinds(words[0], language)
    given = "given" in opening and labelled and len(words) in (2, 3) and words[1][:1].isupper()
    if "stop" in opening and not words[0].endswith(".") and not given:
        return True
    if any(word_kinds(" ".join(words[:length]), language) & {"stop"} for length in (2, 3) if length <= len(words)):
        return True
    if any(word.islower() and word_kinds(word, language) & {"stop"} and len(word) > 3 for word in words):
        return True
    # "Jan Freitag", "Dawn Miller": a weekday behind "by" and one name is a family's, some other words are given names.
    if any(is_weekday_name(word, language) for word in (words[:1] if labelled and len(words) == 2 else words)):
        return True
    if labelled:
        return False
    text = " ".join(words)
    if words[0][0].islower() and has_case(words[0]) and words[0] in {"zum", "zur", "und", "y", "e", "i", "am", "im"}:
        return True
    if any("heading" in word_kinds(" ".join(words[place : place + 2]), language) for place in range(len(words) - 1)):
        return True
    if (
        word_kinds(text, language) & {"heading"}
        or is_place(text)
        or any(
            word_kinds(word, language) & {"heading", "kicker"}
            for word in words
            if not is_particle(word) and not _INITIAL.fullmatch(word)
        )
    ):
        return True
    return has_case(text) and text.isupper() and len(words) > 4


def is_role(text: str, language: str | None) -> bool:
    """Whether a piece says what somebody is."""
    return any(word_kinds(word, language) & {"role", "modifier"} for word in text.split())


def without_tail(text: str, language: str | None) -> str:
    """The piece without buttons and bare prepositions glued to its end ("Follow", "Tips meg", "on")."""
    words = text.split()
    changed = True
    while changed and len(words) > 1:
        changed = False
        for length in (4, 3, 2, 1):
            if len(words) > length and word_kinds(" ".join(words[-length:]), language) & {"tail", "after"}:
                words, changed = words[:-length], True
                break
        if not changed and len(words) > 1 and words[-1] in _LOOSE_ENDS:
            words, changed = words[:-1], True
    return " ".join(words)


def peel_agency(text: str, language: str | None) -> tuple[str, list[str]]:
    """The piece without an agency at its end ("Vasilisa Stepanenko The Associated Press"), and that agency."""
    words = text.split()
    for length in range(min(3, len(words) - 1), 0, -1):
        head, behind = " ".join(words[:length]), words[length:]
        if is_agency(head) and (
            is_city(" ".join(behind)) or all(word_kinds(word, language) & _POSTS for word in behind)
        ):
            return ("" if is_city(" ".join(behind)) else head), ([head] if is_city(" ".join(behind)) else [])
    joined = [is_agency(part) for part in text.replace("–", "-").split("-")]
    if len(joined) > 1 and all(joined):
        return "", [part for part in joined if part]
    for length in range(min(4, len(words) - 1), 0, -1):
        tail = " ".join(words[-length:])
        agency = is_agency(tail)
        if (
            agency
            and (length > 1 or tail.isupper() or len(tail) > 3)
            and not (text.isupper() and length == 1 and len(words) < 3)
        ):
            return " ".join(words[:-length]).strip(BLANKS), [agency]
    return text, []


def behind_agency(text: str, language: str | None) -> tuple[str, str | None]:
    """The name behind its agency or outlet and role ("Sky News reporter Jane Roe"), and the agency, if it is one."""
    words = text.split()
    for length in range(min(4, len(words) - 3), 0, -1):
        head = " ".join(words[:length])
        agency = is_agency(head)
        if not (agency or is_newsroom(head)):
            continue
        posts = list(takewhile(lambda word: word_kinds(word, language) & _POSTS, words[length:]))
        name = words[length + len(posts) :]
        if is_role(" ".join(posts), language) and looks_like_name(" ".join(name[:2])):
            return " ".join(name), agency
    return text, None


def amid_agency(text: str, language: str | None) -> tuple[str, str | None]:
    """The name before an agency and the role there ("JANE ROE AP Business Writer"), and that agency."""
    words = text.split()
    for place in range(2, min(len(words) - 1, 5)):
        agency = is_agency(words[place]) if words[place].isupper() and len(words[place]) > 1 else None
        posts = words[place + 1 :]
        if agency and is_role(posts[-1], language) and all(word_kinds(word, language) & _POSTS for word in posts):
            return " ".join(words[:place]), agency
    return text, None


def peel_place(text: str, language: str | None) -> tuple[str, str | None, bool]:
    """The piece without "in PLACE" or "for OUTLET" at its end, the place, and whether an outlet was cut."""
    words = text.split()
    if 1 < len(words) <= 4 and words[0].islower() and words[1][0].isupper() and "in" in word_kinds(words[0], language):
        return "", " ".join(words[1:]), False
    if 1 < len(words) <= 4 and words[0].islower() and "for" in word_kinds(words[0], language):
        return "", None, True
    for place in range(2, len(words) - 1):
        phrase = " ".join(words[place : place + 2])
        if "for" in word_kinds(phrase, language) and looks_like_name(" ".join(words[:place])):
            return " ".join(words[:place]), None, True  # "Jane Roe Special to The Post"
    for place in range(1, len(words) - 1):
        word = words[place]
        behind = words[place + 1]
        if word in {"from", "aus", "des"} and behind.islower() and looks_like_name(" ".join(words[:place])):
            return " ".join(words[:place]), None, True
        if not (behind[0].isupper() or not has_case(behind)):
            continue
        kinds = word_kinds(word, language)
        if word.islower() and "in" in kinds and len(words) - place <= 5 and "by" not in kinds | {""}:
            where = " ".join(words[place + 1 :])
            if is_particle(word) and not is_city(where):
                continue
            ahead = " ".join(words[:place])
            if is_agency(ahead) or looks_like_name(ahead) or is_newsroom(ahead) or is_role(ahead, language):
                return ahead, where.strip(BLANKS), False
        if (
            (word.islower() or word == "For")
            and "for" in kinds
            and place >= 2
            and len(behind) > 1
            and looks_like_name(" ".join(words[:place]))
        ):
            return " ".join(words[:place]), None, True
    return text, None, False


def without_role(text: str, language: str | None) -> str:
    """The piece without a role behind or before the name ("Thabo Mokone Parliamentary editor" → "Thabo Mokone")."""
    words = text.split()
    roles = [place for place, word in enumerate(words) if word_kinds(word, language) & {"role"}]
    rooms = [
        place for place, word in enumerate(words) if word[0].isupper() and word_kinds(word, language) & {"newsroom"}
    ]
    if not roles and not (rooms and len(words) >= 4 and rooms[-1] >= 3):
        return text
    first = (roles or rooms)[0]
    if roles and roles[-1] == len(words) - 1 > 1 and "modifier" in word_kinds(words[0], language):
        return ""  # "Local Democracy Reporter"
    if roles and first == 0:
        # "Reporter Jane Doe", "chief editor Jane Doe": the name stands behind its role.
        behind = words[max(roles) + 1 :]
        return " ".join(behind) if behind and not (behind[0].islower() and has_case(behind[0])) else ""
    if roles and has_case(text):
        ahead, named = words[:first], " ".join(words[max(roles) + 1 :])
        if all(word.islower() for word in ahead):
            return named
        # "North Asia correspondent Jane Doe"
        if looks_like_name(named) and all("modifier" in word_kinds(word, language) for word in ahead):
            return named
    end = first
    capitals = sum(1 for _ in takewhile(str.isupper, words))
    if 2 <= capitals < first and len(words[1].strip(".")) > 1:
        return " ".join(words[:capitals])  # "ALICE O'NEIL Star Reporter"
    while end > 1 and (
        word_kinds(words[end - 1], language) & {"modifier", "newsroom"}
        or (words[end - 1].islower() and has_case(words[end - 1]))
    ):
        end -= 1
    if end == first and not roles and end >= 3:
        end = 2
    if end == first and roles and words[first][0].isupper() and end > 3:
        end = 2
    return " ".join(words[:end])
