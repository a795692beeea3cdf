"""What one speaker of a transcript says stays with what the others say."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.speakers import speakers_of_story
from newsclean.model import Reason
from newsclean.options import Options
from newsclean.reading import read

SAID = [
    "ADA ROSSI, HOST: The ferry is late again, and its crew says it will be late all summer.",
    "JAN BERG: We have waited for a second engine since the spring of last year.",
    "UNIDENTIFIED PASSENGER #1: Yeah.",
    "ROSSI: And who pays for the hotel rooms of those who cannot cross?",
    "BERG: The company does, and it has booked the whole of the old school.",
    "UNIDENTIFIED PASSENGER #2: Whoo (ph).",
    "ROSSI: Thank you for the talk.",
    "BERG: Thank you.",
]
SHORT = [2, 5]


def back(lines: list[str], dropped: list[int], *, reason: Reason = Reason.CAPTION) -> list[int]:
    page = read("\n\n".join(lines), url=None, options=Options(as_="text"))
    kept = [place not in dropped for place in range(len(page.blocks))]
    return speakers_of_story(page, kept, dict.fromkeys(dropped, reason))


@pytest.mark.parametrize(
    ("lines", "dropped", "found"),
    [
        (SAID, SHORT, SHORT),
        (["Good morning.", *SAID], [0, 3], [3]),
        (SAID, [0, 1, 2, 3, 4], []),
        (SAID[:7], SHORT, []),
        ([f"PRICE: {place} crowns" for place in range(9)], [3], []),
        ([line.replace(":", " said") for line in SAID], SHORT, []),
    ],
)
def test_lines_of_speakers_stay_together(lines: list[str], dropped: list[int], found: list[int]) -> None:
    assert back(lines, dropped) == found


def test_what_has_a_reason_of_its_own_stays_dropped() -> None:
    assert back(SAID, SHORT, reason=Reason.AD) == []
