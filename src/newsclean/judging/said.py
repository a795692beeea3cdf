"""What blocks say of themselves, as columns for the tagger: one for each Reason that words can name.

The words stand in `cues.toml`, in many more languages than there are labelled pages in: what the tagger learns of a
newsletter line in one language so holds in all of them. A change of that file changes what the weights see, and so
asks for new ones (`training/README.md`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from newsclean.judging.cues import Said

_NAMED = (
    Reason.COOKIE,
    Reason.COMMENT,
    Reason.NEWSLETTER,
    Reason.PAYWALL,
    Reason.COPYRIGHT,
    Reason.AUTHOR_BIO,
    Reason.LISTING,
    Reason.RELATED,
    Reason.SHARE,
    Reason.AD,
    Reason.CREDIT,
    Reason.NAVIGATION,
)
_COLUMN = {reason: column for column, reason in enumerate(_NAMED)}

SAID_FEATURES = [f"says_{reason.value}" for reason in _NAMED]


def said_columns(said: Sequence[Said | None]) -> npt.NDArray[np.float32]:
    """How much of each block names each reason, in thirds from 0 to 3: a row of SAID_FEATURES per block."""
    rows = np.zeros((len(said), len(_NAMED)), dtype=np.float32)
    for place, found in enumerate(said):
        if found is not None and found.reason in _COLUMN:
            rows[place, _COLUMN[found.reason]] = int(found.strength)
    return rows
