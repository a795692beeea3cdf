"""Article → a unified diff from its flattened input to its text output, made from the verdicts in one pass."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.model import Action
from newsclean.writing.controls import one_line, printable
from newsclean.writing.header import header_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.model import Article

_CONTEXT = 3
"""Unchanged lines around a change, as diff and git have it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """sign: " " in both, "-" in the input alone, "+" in the output alone."""

    sign: str
    text: str


def flattened(article: Article) -> str:
    """The input as the diff has it: every block on lines of its own, blank lines between."""
    return "".join(f"{line}\n" for line in _joined([_lines(verdict.block.text) for verdict in article.verdicts]))


def write_diff(article: Article, name: str) -> str:
    """The diff from the flattened input to the output of `write_text`; empty when they are the same.

    name: of the source. Applied to the flattened input with `patch`, it gives the output.
    """
    lines = list(_compare(article))
    # a block may be dropped and its words still stand at the same place, as the standfirst
    if [line.text for line in lines if line.sign != "+"] == [line.text for line in lines if line.sign != "-"]:
        return ""
    label = one_line(name)
    return "".join([f"--- {label}\n+++ {label} (clean)\n", *_hunks(lines)])


def _compare(article: Article) -> Iterator[_Line]:
    header = header_of(article)
    above = deque(
        _lines(part) for part in (header.title, header.standfirst, "\n".join(header.credits)) if part
    )  # fmt: skip
    body = deque(_lines(paragraph.text) for paragraph in article.paragraphs)
    seam = _Seam()
    for verdict in article.verdicts:
        lines = _lines(verdict.block.text)
        if verdict.action is Action.KEEP:
            while above:
                yield from seam.put(above.popleft(), "+")
            written = body.popleft()
            if written == lines:
                yield from seam.put(lines, " ")
            else:
                yield from seam.put(lines, "-")
                yield from seam.put(written, "+")
        elif verdict.action is Action.MOVE and lines in above:
            while above[0] != lines:
                yield from seam.put(above.popleft(), "+")
            yield from seam.put(above.popleft(), " ")
        else:
            yield from seam.put(lines, "-")
    while above:
        yield from seam.put(above.popleft(), "+")


class _Seam:
    """Puts the blank lines between parts where each side needs one."""

    def __init__(self) -> None:
        self._begun = {"-": False, "+": False}

    def put(self, lines: Sequence[str], sign: str) -> Iterator[_Line]:
        sides = "-+" if sign == " " else sign
        blank = [side for side in sides if self._begun[side]]
        if blank:
            yield _Line(" " if len(blank) == 2 else blank[0], "")
        for side in sides:
            self._begun[side] = True
        for line in lines:
            yield _Line(sign, line)


def _hunks(lines: Sequence[_Line]) -> Iterator[str]:
    changed = [place for place, line in enumerate(lines) if line.sign != " "]
    old = new = at = 0
    first = 0
    while first < len(changed):
        last = first
        while last + 1 < len(changed) and changed[last + 1] - changed[last] <= 2 * _CONTEXT + 1:
            last += 1
        start, end = max(changed[first] - _CONTEXT, 0), min(changed[last] + _CONTEXT + 1, len(lines))
        old += sum(line.sign != "+" for line in lines[at:start])
        new += sum(line.sign != "-" for line in lines[at:start])
        part = lines[start:end]
        of_old, of_new = sum(line.sign != "+" for line in part), sum(line.sign != "-" for line in part)
        yield f"@@ -{_range(old, of_old)} +{_range(new, of_new)} @@\n"
        yield from (f"{line.sign}{line.text}\n" for line in part)
        old, new, at, first = old + of_old, new + of_new, end, last + 1


def _range(before: int, count: int) -> str:
    """A range as unified diffs write it: an empty one stands after the line before it."""
    start = before + 1 if count else before
    return str(start) if count == 1 else f"{start},{count}"


def _lines(text: str) -> list[str]:
    return printable(text).strip("\n").split("\n")


def _joined(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    for place, part in enumerate(parts):
        if place:
            yield ""
        yield from part
