"""Fit the weights of newsclean.reading.gaps: between which words of a text a line ended.

    python training/line_ends.py BENCH [--without-fold N] [--to FILE]

Data: the lines of the development texts, put on one. `--without-fold` leaves the domains of a fold out, for
benchmarks/one_line.py. Seeded: the same data and library versions give the same weights.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from bench import fold_of, text_records
from newsclean.reading.gaps import FEATURES, STEPS, codes_of, features_of
from newsclean.reading.one_line import word_spans

ROOT = Path(__file__).parents[1]
EPOCHS, BATCH, RATE, SLOWER = 3, 16_384, 0.02, 0.4


def gaps_of(lines: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The features of all gaps between the words of some lines, and which of them are between two lines."""
    words: list[str] = []
    ends: list[int] = []
    for line in lines:
        words += [line[start:end] for start, end in word_spans(line, 0, len(line))]
        ends.append(len(words) - 1)
    features = features_of(codes_of(words), 0, len(words) - 1)
    truth = np.zeros(len(words), np.float32)
    truth[[end for end in ends if end >= 0]] = 1
    return features, truth[:-1]


def fitted(features: torch.Tensor, truth: torch.Tensor) -> np.ndarray:
    """The weights, as whole steps."""
    torch.manual_seed(0)
    weights = torch.nn.EmbeddingBag(FEATURES, 1, mode="sum")
    torch.nn.init.zeros_(weights.weight)
    optimizer = torch.optim.Adam(weights.parameters(), lr=RATE)
    for epoch in range(EPOCHS):
        total = 0.0
        order = torch.randperm(len(truth))
        for batch in order.split(BATCH):
            scores = weights(features[batch]).squeeze(1)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, truth[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        for group in optimizer.param_groups:
            group["lr"] *= SLOWER
        print(f"epoch {epoch + 1}: loss {total / len(truth):.4f}")
    steps = weights.weight.detach().squeeze(1).numpy() * STEPS
    return np.clip(np.round(steps), -127, 127).astype(np.int8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--without-fold", type=int)
    parser.add_argument("--to", type=Path, default=ROOT / "src/newsclean/reading/line_ends.bin")
    given = parser.parse_args()
    torch.set_num_threads(1)
    parts = [
        gaps_of([line["text"] for line in record["lines"]])
        for record in text_records(given.bench)
        if fold_of(record.get("url"), record["id"]) != given.without_fold
    ]
    features, truth = (torch.from_numpy(np.concatenate(part)) for part in zip(*parts, strict=True))
    given.to.write_bytes(fitted(features, truth).tobytes())


if __name__ == "__main__":
    main()
