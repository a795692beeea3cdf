"""What the tagger doubts in a flattened text, by the company it keeps.

Foreign blocks come in runs. A line that is dropped for a doubt alone, with kept ones all around it, is mostly the
story's (a subheading, an item of a list); a short one kept in doubt beside foreign ones is mostly theirs (the first or
the last of a run).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.judging.corrections.spans import dropped_runs
from newsclean.judging.cues.lookup import Strength

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.judging.cues.lookup import Said
    from newsclean.model import Block

_REACH = 2
"""Blocks above and below that are all kept where a dropped line stands alone."""
_LONGEST_RUN = 2
_ALONE, _TWO_ALONE = 0.1, 0.15
"""Probability that a line alone needs to stay, and two lines alone on the mean. Of 269 such lines of held-out texts 188
were the story's; at their start and end four of five were not."""
_DOUBTED = 0.5
"""Probability that a line needs to stay beside one that is foreign for sure."""
_FOREIGN = 0.1
_SHORT = 10 * 5
"""Fifths of a word up to which it is a line, and no paragraph, which would be a loss."""
_ANNOUNCING = 5 * 5
"""Fifths of a word of a sentence that announces what follows; a label with a colon opens a box as often."""
_ANNOUNCES = (":", "：", "次の通り。", "次のとおり。", "以下の通り。", "以下のとおり。", "如下。", "다음과 같다.")
_ANNOUNCED, _FOLLOWING = 0.01, 0.002
"""Probability of the first announced line, and of those that follow it. Of 60 lines of held-out texts that stay so 55
were the story's; a foreign block that happens to stand below a colon begins at 0.008 and less."""


def by_company(
    kept: Sequence[bool], probability: Sequence[float], said: Sequence[Said | None], mass: Sequence[int]
) -> Iterator[tuple[int, bool]]:
    """Places of doubtful blocks of a text and whether they are to be kept, where their company says otherwise.

    kept: what the tagger and the rules before have decided. said: the reasons that the blocks name. mass: of the
    blocks, in fifths of a word.
    """
    for start, stop in dropped_runs(kept):
        chances = probability[start:stop]
        least = _ALONE if len(chances) == 1 else _TWO_ALONE
        if (
            len(chances) <= _LONGEST_RUN
            and max(chances) < _DOUBTED
            and sum(chances) >= least * len(chances)
            and not any(said[start:stop])
            and _is_alone(kept, start, stop)
        ):
            yield from ((place, True) for place in range(start, stop))
        elif min(chances) < _FOREIGN:
            for place in (start - 1, stop):
                if 0 <= place < len(kept) and probability[place] < _DOUBTED and mass[place] <= _SHORT:
                    yield place, False


def announced(
    blocks: Sequence[Block],
    kept: Sequence[bool],
    probability: Sequence[float],
    said: Sequence[Said | None],
    mass: Sequence[int],
) -> Iterator[int]:
    """Places of dropped lines of a text that a kept sentence right above them announces: "The results:".

    Below them the story goes on; at the end of a text such lines are links and forms.
    """
    for start, stop in dropped_runs(kept):
        if start == 0 or stop == len(kept) or probability[start] < _ANNOUNCED:
            continue
        if mass[start - 1] < _ANNOUNCING or not blocks[start - 1].text.endswith(_ANNOUNCES):
            continue
        for place in range(start, stop):
            named = said[place]
            prompts = named is not None and (named.asks or named.strength is not Strength.PART)
            if prompts or probability[place] < _FOLLOWING:
                break
            yield place


def _is_alone(kept: Sequence[bool], start: int, stop: int) -> bool:
    """Whether all blocks near those from start to stop are kept, and some above and below."""
    above, below = kept[max(0, start - _REACH) : start], kept[stop : stop + _REACH]
    return bool(above) and bool(below) and all(above) and all(below)
