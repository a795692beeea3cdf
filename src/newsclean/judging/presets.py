"""Where the judge cuts: at a given threshold, at the model's own, or at a preset's.

The thresholds and what they were measured to do stand in `presets.json`; `benchmarks/presets.py` writes the figures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from newsclean.shipped import shipped_text

if TYPE_CHECKING:
    from newsclean.judging.tagger import Model
    from newsclean.options import Options


@dataclass(frozen=True, slots=True)
class Measured:
    """What a preset does on development pages that the judge had not seen, by words.

    precision: of the words kept, how many are the story's. recall: of the story's words, how many are kept.
    pages: how many were measured.
    """

    precision: float
    recall: float
    pages: int


def threshold_of(options: Options, model: Model, *, is_text: bool) -> float:
    """The probability from which a block is kept."""
    if options.threshold is not None:
        return options.threshold
    if options.preset == "balanced":
        return model.threshold
    return float(_presets()["thresholds"][options.preset]["text" if is_text else "html"])


def measured(preset: str) -> Measured | None:
    """The figures of a preset on HTML pages, or None while nobody has measured it."""
    figures = _presets()["measured"].get(preset)
    return Measured(figures["precision"], figures["recall"], figures["pages"]) if figures else None


@cache
def _presets() -> dict[str, Any]:
    text = shipped_text("judging/presets.json")
    presets: dict[str, Any] = json.loads(text)
    return presets
