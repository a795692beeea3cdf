"""The layers of the tagger as trained (torch); `newsclean.judging.layers` runs them without it."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812  (torch's own name for it)
from torch import nn

from newsclean.judging.layers import DISTANCES, WINDOW

ASKED_WIDTH = 24
"""Numbers of a query or a key."""


class Convolution(nn.Module):
    """A block with those that stand `reach` above and below it."""

    def __init__(self, hidden: int, reach: int) -> None:
        super().__init__()
        self.reach = reach
        self.linear = nn.Linear(3 * hidden, hidden)

    def forward(self, state: torch.Tensor, mask: torch.Tensor, drop: nn.Module) -> torch.Tensor:
        """Activations of the layer; mask: pages × blocks, 1 where there is a block. Nothing is dropped here."""
        del drop
        length, reach = state.shape[1], self.reach
        padded = F.pad(state * mask[..., None], (0, 0, reach, reach))
        shifted = [padded[:, start : start + length] for start in (0, reach, 2 * reach)]
        return self.linear(torch.cat(shifted, -1))

    def parts(self) -> dict[str, nn.Linear]:
        """Its matrices by the names that the weights file has for them."""
        return {"": self.linear}


class Recurrence(nn.Module):
    """What is remembered down and up the page, in `units` units either way."""

    def __init__(self, hidden: int, units: int) -> None:
        super().__init__()
        self.units = units
        self.enter = nn.Linear(hidden, 4 * units)
        self.out = nn.Linear(2 * units, hidden)
        with torch.no_grad():
            # units that forget at once learn nothing of what stood far above
            self.enter.bias[: 2 * units] += 2

    def forward(self, state: torch.Tensor, mask: torch.Tensor, drop: nn.Module) -> torch.Tensor:
        """Activations of the layer; room after the end of a page passes the state on."""
        units = self.units
        gates, candidates = self.enter(state).split(2 * units, -1)
        keep = (gates * 0.25 + 0.5).clamp(0, 1)
        room = mask[..., None]
        keep = keep * room + (1 - room)
        taken = (1 - keep) * candidates.clamp(-1, 1)

        def turned(values: torch.Tensor) -> torch.Tensor:
            return torch.cat([values[..., :units], values[..., units:].flip(1)], -1)

        passed = torch.zeros_like(taken[:, 0])
        states = []
        for kept, new in zip(turned(keep).unbind(1), turned(taken).unbind(1), strict=True):
            passed = kept * passed + new
            states.append(passed)
        return self.out(drop(turned(torch.stack(states, 1))))

    def parts(self) -> dict[str, nn.Linear]:
        """Its matrices by the names that the weights file has for them."""
        return {".enter": self.enter, ".out": self.out}


class Attention(nn.Module):
    """What a block finds among those above and below that are like what it asks for."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.enter = nn.Linear(hidden, 2 * ASKED_WIDTH + hidden)
        self.out = nn.Linear(hidden, hidden)
        self.distance = nn.Parameter(torch.zeros(2 * DISTANCES + 1))

    def forward(self, state: torch.Tensor, mask: torch.Tensor, drop: nn.Module) -> torch.Tensor:
        """Activations of the layer."""
        sizes = [ASKED_WIDTH, ASKED_WIDTH, state.shape[-1]]
        queries, keys, values = self.enter(state).split(sizes, -1)
        place = torch.arange(state.shape[1])
        apart = place[None] - place[:, None]
        likeness = queries @ keys.transpose(1, 2) / ASKED_WIDTH**0.5
        likeness = likeness + self.distance[apart.clamp(-DISTANCES, DISTANCES) + DISTANCES]
        unseen = (mask[:, None, :] == 0) | (apart.abs() > WINDOW)
        shares = torch.softmax(likeness.masked_fill(unseen, -1e9), -1)
        return self.out(drop(shares @ values))

    def parts(self) -> dict[str, nn.Linear]:
        """Its matrices by the names that the weights file has for them."""
        return {".enter": self.enter, ".out": self.out}


def layer_of(name: str, hidden: int) -> nn.Module:
    """The layer that a plan calls by its name: c1, c2 … a convolution of that reach, r a recurrence, a attention."""
    if name.startswith("c"):
        return Convolution(hidden, int(name[1:]))
    return Recurrence(hidden, hidden) if name == "r" else Attention(hidden)
