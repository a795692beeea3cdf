"""Make the weights: `python training/fit.py BENCH` trains on the development data and writes what newsclean ships.

`--folds` trains one model per fold on the other folds' domains instead, into the cache, for `benchmarks/score.py`.
"""

from __future__ import annotations

import argparse
import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import torch  # noqa: E402  (after its threads are bounded)

from bench import FOLDS, Example, load  # noqa: E402
from export import weights_file  # noqa: E402
from flatteners import flat_examples, mended_labels  # noqa: E402
from interleave import interleave  # noqa: E402
from items import make_item, make_vocabulary  # noqa: E402
from network import Shape, Tagger, train  # noqa: E402
from newsclean.judging.tagger import parse_model  # noqa: E402
from transplant import transplant  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = Path(__file__).parents[1] / "src/newsclean/judging/weights"
CACHE = Path(__file__).parent / "cache"

VERSION = "2026.11"
SEEDS = {"html": 3, "text": 3}
"""Networks of a model, whose logits are averaged."""
HIDDEN = {"html": 32, "text": 48}
PLAN = {
    "html": tuple("c1 c2 c4 c8 c16 c1".split()),
    "text": tuple("c1 c2 c4 a r c8 c16 c1 r".split()),
}
"""The layers: c and a reach, a convolution; a, attention; r, a recurrence down and up the page."""
WORDS = {"html": 1500, "text": 2500}
NAMES = {"html": 1000, "text": 0}
EPOCHS = {"html": 11, "text": 7}
DROP = {"html": 0.15, "text": 0.2}
"""Share of the hidden numbers that training leaves out each time."""
MADE = 6_000
"""Interleaved texts made for the text model."""
PLANTED = 600
"""Pages with foreign blocks made for the HTML model."""
THRESHOLD = {"html": 0.5, "text": 0.35}
WEIGHT = {
    "article": 1.0,
    "other": 0.5,
    "silver": 2.0,
    "flat": 0.5,
    "news": 1.5,
    "made": 0.7,
    "planted": 0.7,
    "segments": 0.5,
    "text": 1.0,
}


def _weight(example: Example) -> float:
    if example.group == "wcxb":
        return WEIGHT["article"] if example.about["type"] == "article" else WEIGHT["other"]
    if example.group.endswith("-flat"):
        return WEIGHT["flat"]
    if example.group in {"N1", "N2"}:
        return WEIGHT["news"]
    return WEIGHT.get(example.group, WEIGHT["text"])


def training_set(kind: str, examples: list[Example], flat: list[Example], seed: int) -> list[Example]:
    """What a model of a kind trains on, out of the labelled pages it may see; flat: those with markup, flattened."""
    html = [e for e in examples if e.kind == "html" and e.page.layout is not None]
    if kind == "html":
        return html + transplant(html, PLANTED, seed)
    texts = [e for e in examples if e.kind == "text"]
    articles = [e for e in html if e.group == "silver" or (e.group == "wcxb" and e.about["type"] == "article")]
    return texts + flat + interleave(texts + articles, MADE, seed)


def fit(
    kind: str, examples: list[Example], flatten: Callable[[int], list[Example]] | None, *, name: str, seeds: int
) -> bytes:
    """Train the networks of one model and return its weights file.

    flatten: gives the flattened pages of a seed, of which text is learned too.
    """
    nets: list[Tagger] = []
    vocabulary = None
    for seed in range(1, seeds + 1):
        chosen = training_set(kind, examples, flatten(seed) if flatten else [], seed)
        if vocabulary is None:
            base = [e for e in chosen if e.group != "made"]
            vocabulary = make_vocabulary(base, words=WORDS[kind], names=max(NAMES[kind], 1))
        items = [make_item(e, vocabulary, _weight(e)) for e in chosen]
        names = len(vocabulary.names) + 1 if NAMES[kind] else 0
        shape = Shape(items[0].rows.shape[1], HIDDEN[kind], len(vocabulary.words) + 1, names, PLAN[kind])
        nets.append(train(items, shape, seed=seed, epochs=EPOCHS[kind], drop=DROP[kind]))
    assert vocabulary is not None
    return weights_file(nets, vocabulary, name=name, threshold=THRESHOLD[kind])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path, help="folder of the development data")
    parser.add_argument("--kind", choices=("html", "text"), action="append", help="one model only")
    parser.add_argument("--folds", help="train for cross-validation: fold numbers, or 'all'")
    parser.add_argument("--seeds", type=int, help="networks of a model, if not as many as are shipped")
    parser.add_argument("--cache", type=Path, default=CACHE)
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    examples = [e for name in ("wcxb", "silver", "segments", "texts") for e in load(given.bench, name, given.cache)]
    for kind in given.kind or ("html", "text"):
        started = time.monotonic()
        seeds = given.seeds or SEEDS[kind]
        folds = [None] if given.folds is None else range(FOLDS) if given.folds == "all" else given.folds.split(",")
        for number in folds:
            fold = None if number is None else int(number)
            folder, ending = (SHIPPED, "") if fold is None else (given.cache, f"-fold{fold}")
            seen = [e for e in examples if e.fold != fold]
            flatten = None
            if kind == "text":
                # the HTML model of the same pages, trained first
                teacher = parse_model((folder / f"html{ending}.npz").read_bytes())
                flatten = partial(flat_examples, given.bench, examples, mended_labels(seen, teacher), given.cache)
            data = fit(kind, seen, flatten, name=f"{kind}-{VERSION}{ending}", seeds=seeds)
            (folder / f"{kind}{ending}.npz").write_bytes(data)
            print(f"{kind}{ending}: {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
