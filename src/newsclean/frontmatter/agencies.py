"""Knows wire services, and tells outlets and newsrooms from people."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from newsclean.frontmatter.lexicon import credit_words, fold, folded, read_table
from newsclean.patterns import pattern

_FIRST = pattern(r"[^\s,&|·/(:•–—]++")
_DOMAIN = pattern(
    r"(?:[\w-]{1,40}\.){1,3}(?:com|org|net|de|at|ch|fr|it|es|nl|be|dk|se|no|fi|pl|cz|sk|hu|ro|bg|gr|ru|ua|by|kz|tr|il|in|pk|"
    r"id|my|ph|vn|th|jp|kr|cn|tw|hk|au|nz|ca|uk|us|ie|za|ng|ke|br|ar|mx|cl|co|pe|eu|info|tv|news|online|io|me|fm|pt|lt|lv|ee|hr|rs|si|ba|mk|al|az|am|ge|ir|media|press|today|world)(?!\w)",
    regex.I,
)


_NOISE_SIGNS = str.maketrans(dict.fromkeys('."“”„«»()[]/'))


@lru_cache(maxsize=2048)
def _key(name: str) -> str:
    folded = fold(name)
    return folded if folded.isalpha() else " ".join(folded.translate(_NOISE_SIGNS).split())


@cache
def _names() -> tuple[dict[str, tuple[str, tuple[str, ...]]], frozenset[str]]:
    """Folded name → (short name, the name in each spelling listed), and the folded names of outlets."""
    wires: dict[str, tuple[str, tuple[str, ...]]] = {}
    outlets: set[str] = set()
    section = ""
    for line in read_table("agencies.txt").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            continue
        short, _, others = line.partition("=")
        # folded as a line: a name at a time takes twice as long, and every start waits for it
        keys = [" ".join(key.split()) for key in folded(line).translate(_NOISE_SIGNS).replace("=", "|", 1).split("|")]
        if section == "outlets":
            outlets.update(keys[1:])
            continue
        own = short.split("(")[0].strip()
        for key, name in zip(keys, (short, *others.split("|")), strict=True):
            if key:
                first, spelled = wires.get(key, (own, ()))
                wires[key] = (first, (*spelled, name.strip()))
    return wires, frozenset(outlets)


def is_agency(name: str) -> str | None:
    """The short name of a wire service ("ČTK" for "CTK"), or None where the name is none's.

    A name of up to five letters must be written as the agency writes it, or all in capitals, or all in small letters.
    """
    key = _key(name)
    if not 1 < len(key) <= 60:
        return None
    wires, _ = _names()
    found = wires.get(key) or wires.get(key.removeprefix("the "))
    if found is None:
        return None
    short, listed = found
    if len(key) <= 5 and key.isalpha() and listed[0].upper() != listed[0].lower():
        bare = name.translate(_NOISE_SIGNS).strip()
        if (
            bare not in listed
            and bare != short
            and not bare.isupper()
            and not (bare.islower() and len(bare) >= 2 and listed[0].isupper())
        ):
            return None
        if bare.islower() and bare not in listed and len(bare) == 2 and bare != "ap":
            return None
    return short


@cache
def _openers() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in _names()[0]) | {"the"}


@cache
def _closers() -> frozenset[str]:
    return frozenset(name.rpartition(" ")[2] for name in _names()[0])


def names_agency(word: str) -> bool:
    """Whether a word opens or closes the name of a wire service."""
    key = _key(word)
    return key in _openers() or key in _closers()


def opens_agency(word: str) -> bool:
    """Tell whether the first word of a line could begin the name of a wire service."""
    if word.isalpha():
        return fold(word) in _openers()
    return any(_key(part) in _openers() for part in _FIRST.findall(word)[:1])


def canonical_agency(name: str) -> str:
    """The short name of a wire service, or the name as it is where the service is unknown."""
    return is_agency(name) or name


def is_outlet(name: str) -> bool:
    """Whether a name is that of a newspaper, broadcaster or site: listed, a domain, or ending as such names do."""
    key = _key(name)
    if not key:
        return False
    if key in _names()[1] or key.removeprefix("the ") in _names()[1]:
        return True
    return "." in name and _DOMAIN.fullmatch(name.strip(" .")) is not None


def is_newsroom(name: str, site_name: str | None = None) -> bool:
    """Whether a name is that of a newsroom, desk or publisher, which is neither an author nor an agency.

    site_name: the name of the page's own site, which is always one.
    """
    key = _key(name)
    if not key or is_agency(name):
        return False
    if site_name:
        site = _key(site_name)
        if key == site or key.replace(" ", "") == site.replace(" ", ""):
            return True
    if is_outlet(name):
        return True
    words = credit_words()
    whole = words.kinds(key, None)
    if "newsroom" in whole:
        return True
    pieces = key.replace("-", " ").split()
    for start in range(len(pieces)):
        if words.knows(pieces[start]):
            for end in range(start + 1, min(start + 4, len(pieces)) + 1):
                if "newsroom" in words.kinds(" ".join(pieces[start:end]), None):
                    return True
    return not key.isascii() and any("newsroom" in kinds for _, _, kinds in words.inside(key, None))
