"""The tagger as trained: residual layers over the blocks of a page (torch)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  (torch's own name for it)
from torch import nn

from layers import layer_of

BAGS = ("head", "first", "near", "far")
LONGEST = 2_500
"""Blocks of the longest page trained on."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network: input columns, hidden width, vocabulary sizes, embedding widths; plan: of its layers."""

    columns: int
    hidden: int
    words: int
    names: int
    plan: tuple[str, ...]
    word_width: int = 12
    name_width: int = 12


@dataclass(slots=True)
class Item:
    """One page ready for training: rows, bags, labels, block weights, and the weight of the page."""

    rows: torch.Tensor
    bags: dict[str, tuple[torch.Tensor, torch.Tensor]]
    labels: torch.Tensor
    scored: torch.Tensor
    mass: torch.Tensor
    weight: float = 1.0
    extra: dict[str, float] = field(default_factory=dict)


class Tagger(nn.Module):
    """Rows and bags of one or more pages → a logit per block."""

    def __init__(self, shape: Shape, mean: torch.Tensor, scale: torch.Tensor, drop: float = 0.15) -> None:
        super().__init__()
        self.shape = shape
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        widths = {
            "head": shape.word_width,
            "first": shape.word_width,
            "near": shape.name_width,
            "far": shape.name_width,
        }
        self.used = [name for name in BAGS if (shape.names if name in {"near", "far"} else shape.words) > 0]
        sizes = {"head": shape.words, "first": shape.words, "near": shape.names, "far": shape.names}
        self.embed = nn.ModuleDict({name: nn.EmbeddingBag(sizes[name], widths[name], mode="sum") for name in self.used})
        for name in self.used:
            nn.init.normal_(self.embed[name].weight, std=0.1)
        self.enter = nn.Linear(shape.columns + sum(widths[name] for name in self.used), shape.hidden)
        self.layers = nn.ModuleList([layer_of(name, shape.hidden) for name in shape.plan])
        self.context = nn.Linear(2 * shape.hidden, shape.hidden)
        self.leave = nn.Linear(2 * shape.hidden, 1)
        self.drop_in = nn.Dropout(0.1)
        self.drop = nn.Dropout(drop)

    def normalize(self, rows: torch.Tensor) -> torch.Tensor:
        """Columns at mean 0 and spread 1, clipped as in `newsclean.judging.tagger`."""
        return ((rows - self.mean) * self.scale).clamp(-4, 4)

    def forward(self, rows: torch.Tensor, bags: dict, mask: torch.Tensor) -> torch.Tensor:
        """The logits of padded pages, pages × blocks."""
        pages, length, _ = rows.shape
        parts = [self.drop_in(self.normalize(rows))]
        for name in self.used:
            numbers, offsets, sizes = bags[name]
            summed = self.embed[name](numbers, offsets).view(pages, length, -1)
            if name in {"head", "first"}:
                summed = summed / sizes.view(pages, length, 1).clamp(min=1)
            parts.append(summed)
        state = self.drop(F.relu(self.enter(torch.cat(parts, -1))))
        keep = mask[..., None]
        for layer in self.layers:
            state = state + F.relu(layer(state, mask, self.drop))
        state = state * keep
        mean = state.sum(1) / keep.sum(1).clamp(min=1)
        most = state.amax(1)
        context = F.relu(self.context(torch.cat([mean, most], -1)))[:, None].expand(pages, length, -1)
        return self.leave(torch.cat([state, context], -1)).squeeze(-1)


def collate(items: list[Item], used: list[str], rng: random.Random | None = None, name_drop: float = 0.0) -> dict:
    """Pad pages to one length; in training some pages lose all their class names, others some."""
    length = max(len(item.labels) for item in items)
    pages = len(items)
    rows = torch.zeros(pages, length, items[0].rows.shape[1])
    labels, scored, mass, mask = (torch.zeros(pages, length) for _ in range(4))
    for at, item in enumerate(items):
        size = len(item.labels)
        rows[at, :size], labels[at, :size], scored[at, :size] = item.rows, item.labels, item.scored
        mass[at, :size], mask[at, :size] = item.mass, 1
    bags = {}
    for name in used:
        numbers, counts = [], torch.zeros(pages, length, dtype=torch.long)
        lost = {}
        for at, item in enumerate(items):
            own, block = item.bags[name]
            if rng is not None and name in {"near", "far"}:
                if at not in lost:
                    lost[at] = 1.0 if rng.random() < name_drop else 0.2
                kept = torch.rand(len(own)) >= lost[at]
                own, block = own[kept], block[kept]
            numbers.append(own)
            counts[at, : len(item.labels)] = torch.bincount(block, minlength=len(item.labels))
        sizes = counts.view(-1)
        bags[name] = (torch.cat(numbers), torch.cumsum(sizes, 0) - sizes, sizes)
    weight = torch.tensor([item.weight for item in items])
    return {
        "rows": rows,
        "labels": labels,
        "scored": scored,
        "mass": mass,
        "mask": mask,
        "bags": bags,
        "weight": weight,
    }


def _batches(items: list[Item], rng: random.Random, room: int) -> list[list[int]]:
    order = [at for at in range(len(items)) if len(items[at].labels) <= LONGEST]
    order.sort(key=lambda at: len(items[at].labels) * rng.uniform(0.8, 1.25))
    batches, batch, longest = [], [], 0
    for at in order:
        size = len(items[at].labels)
        if batch and (len(batch) >= 16 or max(longest, size) * (len(batch) + 1) > room):
            batches.append(batch)
            batch, longest = [], 0
        batch.append(at)
        longest = max(longest, size)
    if batch:
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def loss_of(net: Tagger, batch: dict) -> torch.Tensor:
    """Cross-entropy weighted by the root of a block's mass, plus half of one minus soft F1 of the page."""
    logits = net(batch["rows"], batch["bags"], batch["mask"])
    labels, scored, mass = batch["labels"], batch["scored"], batch["mass"]
    weight = (mass + 0.5).sqrt() * scored
    entropy = F.binary_cross_entropy_with_logits(logits, labels, reduction="none") * weight
    entropy = entropy.sum(1) / weight.sum(1).clamp(min=1)
    probability = torch.sigmoid(logits) * scored
    hit = (probability * mass * labels).sum(1)
    soft = 1 - 2 * hit / ((probability * mass).sum(1) + (mass * labels * scored).sum(1) + 1)
    has_story = ((labels * scored).sum(1) > 0).float()
    return ((entropy + 0.5 * soft * has_story) * batch["weight"]).mean()


def train(
    items: list[Item],
    shape: Shape,
    *,
    seed: int,
    epochs: int,
    rate: float = 5e-3,
    name_drop: float = 0.3,
    room: int = 6000,
    drop: float = 0.15,
) -> Tagger:
    """Train one network; the same seed and items give the same weights on the same machine."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    every = torch.cat([item.rows for item in items])
    mean, spread = every.mean(0), every.std(0) + 1e-4
    net = Tagger(shape, mean, 1 / spread, drop)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    plan = [_batches(items, rng, room) for _ in range(epochs)]
    steps = sum(map(len, plan))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.2)
    for epoch in plan:
        net.train()
        for numbers in epoch:
            batch = collate([items[at] for at in numbers], net.used, rng, name_drop)
            loss = loss_of(net, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return net.eval()


@torch.no_grad()
def predict(net: Tagger, item: Item) -> np.ndarray:
    batch = collate([item], net.used)
    return torch.sigmoid(net(batch["rows"], batch["bags"], batch["mask"]))[0].numpy()
