"""Lines that are nothing but prices and the shops that ask them: "$182 at Chairish", "20 € bei Muster $25 at Acme"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIGNS = "$€£¥₹"
_BEGUN = frozenset(_SIGNS + "0123456789")
_LONGEST = 120
"""Characters."""
_PRICE = rf"(?:[{_SIGNS}]\s?\d[\d.,]*+|\d[\d.,]*+\s?[{_SIGNS}])"
_SHOP = r"(?:\p{Lu}[\p{L}\p{M}\d.&'’-]*+(?:\s(?:&\s)?+\p{Lu}[\p{L}\p{M}\d.&'’-]*+){0,3}+|[\p{Ll}\d-]++\.\p{Ll}{2,10}+)"
_OFFERS = pattern(
    rf"(?:{_PRICE}(?:\s{_PRICE}){{0,2}}+\s(?:at|from|bei|chez|sur|bij|hos|presso|su|na|en)\s{_SHOP}\s?+)++"
)


def offers(texts: Sequence[str]) -> Iterator[int]:
    """Places of the texts that are offers alone; of 115 such lines on development pages none was the story's."""
    for place, text in enumerate(texts):
        if text[:1] in _BEGUN and len(text) <= _LONGEST and _OFFERS.fullmatch(text):
            yield place
