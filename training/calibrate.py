"""Fit what a page's verdicts say of it as a whole: `python training/calibrate.py BENCH --folds CACHE`.

Every page is judged by the model that never saw its domain; two logistic regressions then learn, from a few facts
about the verdicts, whether nine tenths of the words are right and whether the page is an article at all.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from align import words_of
from bench import IGNORE, KEEP, Example, fold_models, load
from interleave import flattened
from newsclean.judging import judge
from newsclean.judging.confidence import FACTS, page_facts
from newsclean.judging.features import read_features
from newsclean.judging.tagger import Model
from newsclean.model import Action
from newsclean.options import Options

TARGET = Path(__file__).parents[1] / "src/newsclean/judging/weights/confidence.json"
RIGHT = 0.9
_OPTIONS = Options(force=True)
NO_ARTICLE = frozenset({"listing", "collection"})
"""WCXB page types that hold no story; the others (products, services, forums, manuals) are left open."""


def _f1(example: Example, kept: np.ndarray) -> float:
    from collections import Counter  # noqa: PLC0415

    open_blocks = np.array(example.labels) == IGNORE if example.group == "silver" else np.zeros(len(kept), dtype=bool)
    found = Counter(
        w
        for block, keep in zip(example.page.blocks, kept & ~open_blocks, strict=True)
        if keep
        for w in words_of(block.text)
    )
    gold = Counter(words_of(example.gold))
    if example.gold == "":
        gold = Counter(
            w
            for b, label in zip(example.page.blocks, example.labels, strict=True)
            if label == KEEP
            for w in words_of(b.text)
        )
    common = (found & gold).total()
    return 2 * common / max(found.total() + gold.total(), 1)


def _facts(example: Example, model: Model, of_texts: Model | None) -> tuple[np.ndarray, np.ndarray]:
    verdicts = judge(example.page, _OPTIONS, model, of_texts).verdicts
    kept = np.array([verdict.action is Action.KEEP for verdict in verdicts])
    probability = np.array([verdict.probability for verdict in verdicts])
    return page_facts(example.page, read_features(example.page, model.vocabulary), probability, kept.tolist()), kept


def logistic(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, ridge: float = 1.0) -> dict[str, list[float]]:
    """Logistic regression by Newton's method, with a small ridge."""
    mean, scale = rows.mean(0), 1 / (rows.std(0) + 1e-6)
    design = np.concatenate([(rows - mean) * scale, np.ones((len(rows), 1))], axis=1)
    beta = np.zeros(design.shape[1])
    penalty = np.diag([ridge] * rows.shape[1] + [1e-6])
    for _ in range(40):
        p = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (weights * (p - labels)) + penalty @ beta
        hessian = (design * (weights * p * (1 - p))[:, None]).T @ design + penalty
        beta -= np.linalg.solve(hessian, gradient)
    rounded = lambda values: [round(float(value), 6) for value in values]  # noqa: E731
    return {"mean": rounded(mean), "scale": rounded(scale), "weights": rounded(beta[:-1]), "bias": rounded(beta[-1:])}


def apply(head: dict[str, list[float]], rows: np.ndarray) -> np.ndarray:
    score = ((rows - head["mean"]) * head["scale"]) @ np.array(head["weights"]) + head["bias"][0]
    return 1 / (1 + np.exp(-score))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--only-folds", default="0,1,2,3,4")
    parser.add_argument("--cache", type=Path, required=True)
    given = parser.parse_args()
    only = set(map(int, given.only_folds.split(",")))
    pages = [e for name in ("wcxb", "silver") for e in load(given.bench, name, given.cache)]
    texts = load(given.bench, "texts", given.cache)
    heads = {}
    trained = {kind: fold_models(given.folds, kind, sorted(only)) for kind in ("html", "text")}
    for kind, models in trained.items():
        rows, right, story, fold = [], [], [], []
        chosen = (
            [e for e in pages if e.page.layout is not None] if kind == "html" else [flattened(e) for e in pages] + texts
        )
        for example in chosen:
            if example.fold not in models:
                continue
            facts, kept = _facts(example, models[example.fold], trained["text"].get(example.fold))
            page_type = example.about.get("type", "article")
            rows.append(facts)
            right.append(_f1(example, kept) >= RIGHT if page_type == "article" else np.nan)
            story.append(1.0 if page_type == "article" else 0.0 if page_type in NO_ARTICLE else np.nan)
            fold.append(example.fold)
        table, folds = np.array(rows), np.array(fold)
        for name, target in (("confidence", np.array(right, dtype=float)), ("story", np.array(story))):
            known = ~np.isnan(target)
            x, y, f = table[known], target[known], folds[known]
            held = np.zeros(len(y))
            for number in sorted(set(f.tolist())):
                train = f != number if len(set(f.tolist())) > 1 else np.ones(len(f), dtype=bool)
                held[f == number] = apply(logistic(x[train], y[train], np.ones(train.sum())), x[f == number])
            heads[f"{kind}.{name}"] = logistic(x, y, np.ones(len(y)))
            _tell(kind, name, held, y)
    TARGET.write_text(json.dumps(heads, indent=1) + "\n", encoding="utf-8")
    print(", ".join(FACTS))


def _tell(kind: str, name: str, held: np.ndarray, y: np.ndarray) -> None:
    if name == "confidence":
        for bound in (0.5, 0.8, 0.9, 0.95):
            above = held >= bound
            print(f"{kind} confidence >= {bound}: {above.mean():.3f} of pages, {y[above].mean():.3f} of them right")
        return
    for bound in (0.05, 0.1, 0.2, 0.25, 0.3):
        refused = held < bound
        print(
            f"{kind} story < {bound}: refuses {refused[y == 0].mean():.3f} of the pages that are none,"
            f" {refused[y == 1].mean():.4f} of the articles"
        )


if __name__ == "__main__":
    main()
