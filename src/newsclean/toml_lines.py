"""Where in a TOML text each key stands, so that an error can say its line; the parser itself does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = pattern(r"\s*+(\[\[?)\s*+([^\[\]#]++)(\]\]?)\s*+(?:#.*+)?")
_KEY = pattern(r"\s*+([\w-]++|\"[^\"]++\"|'[^']++')\s*+=")

Place = tuple[str | int, ...]


def toml_lines(text: str) -> Mapping[Place, int]:
    """The line, from 1, of every table header and bare key: ("phrase", 0, "drop") is a key of the first [[phrase]].

    Dotted keys are not taken apart, and a line of a multi-line string that looks like a key counts as one, unless the
    key is known already; the lines are for messages only.
    """
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.fullmatch(line)
        if header is not None and len(header[1]) == len(header[3]):
            table = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            if header[1] == "[[":
                lines.setdefault(table, number)
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key is not None:
            lines.setdefault((*table, key[1].strip("\"'")), number)
    return lines
