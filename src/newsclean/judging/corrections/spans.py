"""What several rules ask of blocks: where dropped ones stand, how much is kept above, how sentences end."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from newsclean.model import Block

ENDS = ".!?…。！？।؟۔"
"""Signs at the end of a sentence."""
UNCLEAR = frozenset({Reason.NOT_THE_STORY, Reason.RELATED, Reason.NAVIGATION, Reason.SHARE, Reason.CAPTION})
"""Reasons that a block may have for no more than its looks or its place among others."""


def dropped_runs(kept: Sequence[bool]) -> list[tuple[int, int]]:
    """Where runs of dropped blocks start and stop."""
    padded = np.ones(len(kept) + 2, dtype=np.int8)
    padded[1:-1] = kept
    turns: npt.NDArray[np.int64] = np.diff(padded).nonzero()[0]
    return list(zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True))


def told_before(blocks: Sequence[Block], kept: Sequence[bool]) -> list[int]:
    """Characters kept above each block, and of all at the end."""
    lengths = (len(block.text) if is_kept else 0 for block, is_kept in zip(blocks, kept, strict=True))
    return list(accumulate(lengths, initial=0))
