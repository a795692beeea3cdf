"""How sure the judge is of a page as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt


def confidence_of(probability: npt.NDArray[np.float64], mass: npt.NDArray[np.int64]) -> float:
    """One minus the share of the story that the judge expects to have wrong, by its own probabilities.

    probability: of each block. mass: of each block, any unit.
    """
    expected_story = float((probability * mass).sum())
    doubt = float((np.minimum(probability, 1 - probability) * mass).sum())
    return round(max(0.0, 1 - doubt / max(expected_story, 1.0)), 4)
