"""Knows the names of cities, countries, states and provinces."""

from __future__ import annotations

from functools import cache

from newsclean.frontmatter.lexicon import read_table, without_accents
from newsclean.patterns import pattern

_SPLIT = pattern(r"\s*+\|\s*+|\n")


@cache
def _places() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Folded cities; folded countries; folded states and provinces; abbreviations of these as printed."""
    cities, _, countries = read_table("world.txt").partition("\n\n")
    # Split and folded as a whole: a name at a time takes three times as long, and every start waits for it.
    own = " | ".join(line for line in read_table("cities.txt").splitlines() if not line.startswith("#")).casefold()
    short, _, names = read_table("regions.txt").partition("[names]")
    short = short.partition("[abbreviations]")[2]
    return (
        frozenset(cities.split("\n")).union(own.split(" | "), without_accents(own).split(" | ")),
        frozenset(countries.splitlines()),
        frozenset(name.strip().casefold() for name in _SPLIT.split(names) if name.strip()),
        frozenset(name.strip() for name in _SPLIT.split(short) if name.strip()),
    )


def _folded(name: str) -> str:
    return name.strip(" .,").casefold().replace("i̇", "i").replace("’", "'")


def is_city(name: str) -> bool:
    """Whether a name is that of a well-known city, in whatever language and case."""
    cities = _places()[0]
    folded = _folded(name)
    if folded in cities or (folded != (spare := name.strip(" .,").casefold()) and spare in cities):
        return True
    # Turkish capitals: the small letter of "I" has no dot
    return "İ" in name and "I" in name and _folded(name.replace("I", "ı")) in cities


def is_country(name: str) -> bool:
    """Whether a name is that of a country, in whatever language and case."""
    return _folded(name) in _places()[1]


def is_region(name: str) -> bool:
    """Whether a name is that of a country, state or province, or an abbreviation of one as datelines print it."""
    stripped = name.strip(" ,").removeprefix("The ")
    places = _places()
    return (
        stripped in places[3] or f"{stripped}." in places[3] or _folded(stripped) in places[2] or is_country(stripped)
    )


def is_place(name: str) -> bool:
    """Whether a name is that of a city, country, state or province."""
    return is_city(name) or is_region(name)
