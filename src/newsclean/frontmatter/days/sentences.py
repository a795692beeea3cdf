"""Sentences in which a page says of itself when it was published: "This article was originally published on …"."""

from __future__ import annotations

import regex

from newsclean.patterns import pattern

_OF_ITSELF = pattern(
    r"(?:(?:this|the) (?:\p{L}+ )?(?:article|story|post|piece|page|guide|column|recipe) (?:was|has been|is)"
    r" (?:\p{L}+ly |first |last )?(?=publish|post|updat|modif|revis)"
    r"|cet(?:te)? (?:article|page|texte|billet) a été (?=publi|mis)"
    r"|est[ae] (?:artículo|nota|texto|página|noticia|entrada) (?:fue|ha sido) (?=public|actuali|modific))"
    r"(?P<said>\D{4,60}+\d.{0,20}?(?<!\d)\d{4}(?!\d)(?: at \d{1,2}[:.]\d{2}(?: ?[ap]\.?m\b\.?)?)?)(?P<rest>.*)",
    regex.I,
)
_YEAR = pattern(r"(?<!\d)\d{4}(?!\d)")


def said_of_itself(line: str) -> str:
    """Cut a sentence in which a page dates itself down to that, or give any other line back as it is.

    Such a sentence may go on about anything: "… but has been updated to keep it current".
    """
    itself = _OF_ITSELF.match(line)
    if itself is None:
        return line
    return itself["said"] + (itself["rest"] if _YEAR.search(itself["rest"]) else "")
