"""Flattened text → blocks, as many tools flatten: paragraphs at blank lines, at single newlines, or hard-wrapped."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from newsclean.from_columns import from_columns
from newsclean.marks import CLOSERS, has_list_mark, legible
from newsclean.model import Block, Kind
from newsclean.patterns import pattern

_SEPARATORS = "\r\x0b\x0c\x85\u2028\u2029"

# a member of an enumeration is slow to look up in it
_PARAGRAPH, _LIST_ITEM, _HEADING = Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.HEADING

_HEADING_MARK = pattern(r"(#{1,6})\s++(?:#{1,6}\s++)*+(?=\S)")
_NUMBERED = pattern(r"\d{1,3}+[.)]\s++\S")
_ENTITY = pattern(r"&(?:#\d{1,7}+|#[xX][0-9a-fA-F]{1,6}+|[A-Za-z]{2,24}+\d{0,2}+);")
_PARTICLES = r"(?:\s(?:van|von|de|del|della|der|di|da|la|le|ten|ter|bin|al))*"
_BY = r"(?:by|von|par|por|de|di|door|av|af|od|przez|oleh|text|texte?|testo|tekst):?"
_NAMES = rf"{_PARTICLES}(?:\s\p{{Lu}}[\p{{L}}\p{{M}}.'’-]*+{_PARTICLES}){{2,4}}"
_CREDIT = pattern(rf"{_BY}{_NAMES}(?:\s?[|,•·/–—-]\s(?=\D{{0,16}}\d).{{4,40}})?", regex.V1)
_BY_ALONE = pattern(_BY)
_CREDITED = pattern(r"\p{Lu}[\p{L}\p{M}.'’/-]*+(?:,?(?:\sund|\sand|\set|\se|\sy)?+\s\p{Lu}[\p{L}\p{M}.'’-]*+){0,5}")
_STAMP = pattern(
    r"(?:vor|hace|há|il\sy\sa|för|for|før|före|před|pred|przed|acum|преди)\s(?:\d{1,3}|\p{L}{1,5})\s\p{L}{1,12}\.?(?:\s\p{L}{5})?"
    r"|\p{Ll}{4,16}:\s(?=\D{0,12}\d).{1,60}"
)
"""When a page was put up, in small letters: "vor 14 Minuten", "erstellt: 01. April 2025"."""
_TAG = pattern(
    r"</?+(?P<name>a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|nobr|ol|p|q"
    r"|s|small|span|strike|strong|sub|sup|time|tt|u|ul|wbr)(?:\s[^<>]{0,500}+)?+/?+>",
    regex.IGNORECASE,
)
_CLOSING = frozenset(",;)”»’")
_SPACED_TAGS = frozenset("blockquote br center div h1 h2 h3 h4 h5 h6 hr img li ol p ul".split())
TERMINAL = frozenset(".!?…。！？؟।:;")

DEEPEST_MARKUP = 50
"""Layers of markup within markup (`&amp;amp;`, `<<b>b>`) that are read.

Each is a pass over the line, and a line made of nothing else would take passes without end.
"""

WIDEST_WRAP = 132
"""Columns of the widest hard wrapping that is looked for; typewriter-like tools wrap at 60 to 100."""
_NARROWEST_WRAP = 40
_WRAP_EVIDENCE = 0.5
"""Share of the lines followed by another that must be filled to the margin before a text counts as wrapped."""


@dataclass(slots=True)
class _Line:
    """A line that is not blank: its characters in the source, its words, and whether a blank line stands above it."""

    start: int
    end: int
    text: str
    after_blank: bool
    kind: Kind
    level: int
    starts_block: bool


def read_text(text: str) -> tuple[Block, ...]:
    """Cut flattened text into blocks.

    A blank line ends a block, and so does a newline, unless the text was wrapped at a margin or a line is plainly the
    middle of a sentence that an inline element had cut. Leftover inline markup and entities are read as text.
    `start` and `end` of the blocks are characters of `text`; what lies between blocks is white space alone.
    """
    text = text.replace("\r\n", " \n")
    # few texts hold any: to look for each takes a fraction of the time of `translate`, which looks up every character
    for separator in _SEPARATORS:
        text = text.replace(separator, "\n")
    lines = _lines(text)
    joins = _wrapped(lines) if lines else []
    joins = _mid_sentence(lines, joins)
    firsts: list[_Line] = []
    pieces: list[list[str]] = []
    ends: list[int] = []
    for line, joined in zip(lines, joins, strict=True):
        if pieces and joined:
            glue = "" if line.text[0] in ",.;)”’" or _ends_opened(pieces[-1][-1]) else " "
            pieces[-1] += glue, line.text
            ends[-1] = line.end
        else:
            firsts.append(line)
            pieces.append([line.text])
            ends.append(line.end)
    size = len(firsts)
    kinds, levels, starts = ([getattr(line, name) for line in firsts] for name in ("kind", "level", "start"))
    return from_columns(Block, size, range(size), list(map("".join, pieces)), kinds, levels, starts, ends)


def unmark(text: str) -> str:
    """Take leftover inline tags and entities out of a piece of text: `85 m<sup>2</sup> &amp; up` is `85 m2 & up`."""
    for _ in range(DEEPEST_MARKUP):
        before = text
        if "<" in text:
            text = _TAG.sub(_tag_space, text)
        if "&" in text and _ENTITY.search(text):
            from html import unescape  # noqa: PLC0415  (few texts need the table of two thousand names)

            text = unescape(text)
        if text == before:
            break
    return text


def masked(text: str) -> str:
    """The text with the white space within leftover inline tags taken out of sight, character for character."""
    if "<" not in text:
        return text
    return _TAG.sub(lambda tag: "_".join(tag[0].split()).ljust(len(tag[0]), "_"), text)


def _tag_space(match: regex.Match[str]) -> str:
    return " " if match["name"].lower() in _SPACED_TAGS else ""


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    blank = False
    start = 0
    for raw in text.split("\n"):
        folded = legible(unmark(raw) if "<" in raw or "&" in raw else raw)
        if folded:
            folded, kind, level = unheaded(folded)
            starts = kind is not _PARAGRAPH or (not folded[0].isalpha() and _NUMBERED.match(folded) is not None)
            first = start + len(raw) - len(raw.lstrip())
            lines.append(_Line(first, start + len(raw.rstrip()), folded, blank, kind, level, starts))
        blank = not folded
        start += len(raw) + 1
    return lines


def unheaded(line: str) -> tuple[str, Kind, int]:
    """A line without the mark of a heading, what kind of block it begins by its mark, and its level."""
    # no mark is a letter
    if line[0].isalpha():
        return line, _PARAGRAPH, 0
    if has_list_mark(line):
        return line, _LIST_ITEM, 1
    if heading := _HEADING_MARK.match(line):
        return line[heading.end() :], _HEADING, len(heading[1])
    return line, _PARAGRAPH, 0


def _wrapped(lines: list[_Line]) -> list[bool]:
    """For every line, whether it goes on where a hard wrap cut the line above.

    A wrapping tool breaks a line only when the next word would have crossed the margin; the margin is the longest line
    of the text. Few lines of a text that is not wrapped happen to fill it.
    """
    joins = [False] * len(lines)
    margin = max((len(line.text) for line in lines if " " in line.text), default=0)
    if not _NARROWEST_WRAP <= margin <= WIDEST_WRAP:
        return joins
    followed = 0
    for place in range(1, len(lines)):
        above, line = lines[place - 1], lines[place]
        if line.after_blank or line.starts_block:
            continue
        first_word = line.text.partition(" ")[0]
        followed += 1
        # wrapped text in a list is indented, which eats up to four columns of the line
        joins[place] = len(above.text) + 1 + len(first_word) > margin - 4 and above.kind is not _HEADING
    return joins if sum(joins) >= max(2, _WRAP_EVIDENCE * followed) else [False] * len(lines)


def _mid_sentence(lines: list[_Line], joins: list[bool]) -> list[bool]:
    """Rejoin the lines into which a sentence fell at its links and bold words (a line per inline element)."""
    tight = [False] * len(lines)
    credits_at: set[int] = set()
    for place in range(1, len(lines)):
        above, line = lines[place - 1], lines[place]
        if line.after_blank or line.starts_block or above.kind is _HEADING:
            continue
        below = lines[place + 1].text if place + 1 < len(lines) else ""
        if place - 1 in credits_at:
            tight[place] = True
            continue
        tight[place] = _goes_on(above.text, line.text) and not _is_credit(line.text, below)
        if tight[place] and line.text[0].islower():
            beyond = lines[place + 2].text if place + 2 < len(lines) else ""
            if _is_by(line.text, below, beyond):
                credits_at.add(place)
            tight[place] = place not in credits_at and not _is_stamp(line.text, below)
    for place in range(len(lines) - 2, 0, -1):
        above, line = lines[place - 1], lines[place]
        # "... told" / "Reuters" / "on Monday": the middle starts with a capital, what follows it does not
        is_cut = tight[place + 1] and not tight[place] and place not in credits_at
        if is_cut and not line.after_blank and not line.starts_block:
            tight[place] = len(line.text) < 60 and above.text.count(" ") > 2 and is_open(above.text)
    return [a or b for a, b in zip(joins, tight, strict=True)]


def _goes_on(above: str, line: str) -> bool:
    first = line[0]
    if not is_open(above):
        return False
    if first in _CLOSING:
        # "»" and "”" open quotations too: in German and Danish books, in Swedish and Finnish
        return len(line) == 1 or not line[1].isalnum() or first in ",;)"
    if first == ".":
        return len(line) == 1 or line[1] in " \"'”’»)"
    return first.islower() and (above.count(" ") > 2 or line.count(" ") > 4)


def _is_credit(line: str, below: str) -> bool:
    """Whether a line in small letters is a byline ("di Ada Rossi"), and no piece of a sentence that goes on below."""
    return _CREDIT.fullmatch(line) is not None and not below[:1].islower()


def _is_by(line: str, below: str, beyond: str) -> bool:
    """Whether a line is the "von" of the name on the line below, and no piece of a sentence."""
    return _BY_ALONE.fullmatch(line) is not None and bool(_CREDITED.fullmatch(below)) and not beyond[:1].islower()


def _is_stamp(line: str, below: str) -> bool:
    """Whether a line in small letters says when a page was put up, and no sentence goes on below it."""
    return not below[:1].islower() and _STAMP.fullmatch(line) is not None


def _ends_opened(text: str) -> bool:
    """Whether a text ends with a mark that opens; “ closes what „ has opened."""
    return text[-1] == "(" or (text[-1] == "“" and "„" not in text)


def is_open(text: str) -> bool:
    """Whether a text ends without the mark that ends a sentence or announces something."""
    bare = text.rstrip(CLOSERS)
    return bool(bare) and bare[-1] not in TERMINAL
