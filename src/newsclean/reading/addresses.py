"""Addresses as pages write them → absolute ones that are safe to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from selectolax.lexbor import LexborHTMLParser

WEB = frozenset({"http", "https"})
FOLLOWED = WEB | {"mailto", "tel"}
"""Schemes that lead somewhere and run nothing."""

_SCHEME = pattern(r"([a-zA-Z][a-zA-Z0-9+.-]*+):")
_HOST = pattern(r"//[^/?#\\\s]")
_ANYTHING = pattern(r"\S")
_ENDS = "".join(map(chr, range(0x21)))
_WITHIN = str.maketrans("", "", "\t\n\r")
"""What browsers take out of an address before they look at its scheme: a line feed inside hides no script."""

_LONGEST = 4_096


def base_of(tree: LexborHTMLParser, url: str | None) -> str:
    """The address that the relative ones of a page start from; empty when nobody knows it."""
    stated = tree.css_first("base[href]")
    href = stated.attributes.get("href") if stated is not None else None
    return absolute(href or "", url or "", WEB) or url or ""


def absolute(address: str, base: str, schemes: AbstractSet[str]) -> str:
    """The address in full, or an empty string when it leads nowhere, is relative to nothing or of another scheme."""
    address = address.strip(_ENDS).translate(_WITHIN)
    if not address or address == "#" or len(address) > _LONGEST:
        return ""
    if _SCHEME.match(address) is None:
        try:
            address = urljoin(base or "https:", address) if base or address.startswith("//") else ""
        except ValueError:
            return ""
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].lower() not in schemes:
        return ""
    place = _HOST if scheme[1].lower() in WEB else _ANYTHING
    return address if place.match(address, scheme.end()) else ""
