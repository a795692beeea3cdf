"""Score newsclean on the development data: `python benchmarks/score.py BENCH [--folds CACHE]`.

With `--folds`, every page is judged by the model of `training/fit.py --folds` that never saw its domain.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "benchmarks")]

from align import words_of as dense_words
from bench import FOLDS, IGNORE, Example, load
from newsclean import NewscleanError, Options
from newsclean.judging.tagger import load_model, parse_model
from newsclean.model import Action
from newsclean.pipeline import clean_page
from tables import machine

if TYPE_CHECKING:
    from newsclean.judging.tagger import Model
    from newsclean.model import Article

_FORCED = Options(force=True)
DENSE_LANGUAGES = frozenset({"ja", "zh", "th"})


def cleaned(example: Example, model: Model, of_texts: Model | None = None) -> Article | None:
    """The article of a page by a model; a page that shows no body of its own is judged as text."""
    if example.kind == "html" and example.page.layout is None:
        model = load_model("text")
    try:
        return clean_page(example.page, _FORCED, model, of_texts)
    except NewscleanError as error:
        print(f"{example.name}: {error}", file=sys.stderr)
        return None


def score_html(
    examples: list[Example], by_fold: list[Model], texts_by_fold: list[Model], diffs: list[dict]
) -> dict[str, list[float]]:
    """Word F1 per page, by set, and by type or language."""
    scores: dict[str, list[float]] = defaultdict(list)
    for example in examples:
        article = cleaned(example, by_fold[example.fold], texts_by_fold[example.fold])
        text = article.text if article else ""
        if example.group == "silver" and article:
            # lines that the reference leaves open are not scored
            open_blocks = {i for i, label in enumerate(example.labels) if label == IGNORE}
            kept = [v for v in article.verdicts if v.action is Action.KEEP]
            text = "\n\n".join(
                p.text for p, v in zip(article.paragraphs, kept, strict=True) if v.block.index not in open_blocks
            )
        found, gold = words_of(text, example), words_of(example.gold, example)
        f1 = bag_f1(found, gold)
        keys = [example.group]
        if example.group == "wcxb":
            keys = [f"wcxb {example.about['type']}"]
        else:
            keys += [f"silver {example.language}", f"silver {example.about['source']}"]
        for key in keys:
            scores[key].append(f1)
        diffs.append(
            {
                "name": example.name,
                "set": keys[0],
                "f1": round(f1, 4),
                "confidence": article.confidence if article else 0,
            }
        )
    return scores


def words_of(text: str, example: Example) -> list[str]:
    """Words as the sets define them, by character where a script has no spaces."""
    return dense_words(text) if example.language in DENSE_LANGUAGES else re.findall(r"\w+", text.lower())


def bag_f1(found: list[str], gold: list[str]) -> float:
    """F1 of two multisets of words."""
    if not gold:
        return float(not found)
    common = (Counter(found) & Counter(gold)).total()
    precision, recall = common / max(len(found), 1), common / len(gold)
    return 2 * precision * recall / (precision + recall) if common else 0.0


def score_segments(
    examples: list[Example], by_fold: list[Model], texts_by_fold: list[Model], metrics: Any
) -> dict[str, float]:
    rows = []
    for example in examples:
        article = cleaned(example, by_fold[example.fold], texts_by_fold[example.fold])
        rows.append(metrics.score_chunks(article.text if article else "", example.about))
    return metrics.summarise_chunks(rows)


def score_texts(examples: list[Example], by_fold: list[Model], textscore: Any) -> dict[str, Any]:
    documents = [example.about for example in examples]
    scored = []
    for example in examples:
        article = cleaned(example, by_fold[example.fold])
        scored.append(textscore.score_doc(example.about, article.text if article else ""))
    return textscore.aggregate(documents, scored)


def worst(diffs: list[dict], most: int = 40) -> list[dict]:
    """The pages with the lowest scores, for whoever goes on."""
    return sorted(diffs, key=lambda row: row["f1"])[:most]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--folds", type=Path, help="cache folder of fit.py --folds")
    parser.add_argument("--only-folds", help="score pages of these folds alone, e.g. 0,1")
    parser.add_argument("--sets", default="wcxb,silver,segments,texts")
    parser.add_argument("--cache", type=Path, default=ROOT / "training/cache")
    parser.add_argument("--json", type=Path, help="write every figure, and every page's, here")
    given = parser.parse_args()
    sys.path.insert(0, str(given.bench / "score"))
    import metrics  # noqa: PLC0415
    import textscore  # noqa: PLC0415

    wanted = given.sets.split(",")
    only = set(map(int, given.only_folds.split(","))) if given.only_folds else set(range(FOLDS))
    result: dict[str, Any] = {}
    networks: dict[str, int] = {}
    diffs: list[dict] = []

    def pages(name: str) -> list[Example]:
        return [e for e in load(given.bench, name, given.cache) if e.fold in only]

    def fold_models(kind: str) -> list[Model]:
        if given.folds is None:
            return [load_model(kind)] * FOLDS
        models = [
            parse_model((given.folds / f"{kind}-fold{fold}.npz").read_bytes()) if fold in only else load_model(kind)
            for fold in range(FOLDS)
        ]
        networks[kind] = models[min(only)].networks.count
        return models

    if {"wcxb", "silver", "segments"} & set(wanted):
        html, flat = fold_models("html"), fold_models("text")
        for name in ("wcxb", "silver"):
            if name in wanted:
                for key, values in sorted(score_html(pages(name), html, flat, diffs).items()):
                    result[key] = {"pages": len(values), "word_f1": round(fmean(values), 4)}
                    print(f"{key:28} {len(values):5} pages  word F1 {fmean(values):.4f}")
        if "segments" in wanted:
            result["segments"] = score_segments(pages("segments"), html, flat, metrics)
            print("segments", {k: round(v, 4) for k, v in result["segments"].items()})
    if "texts" in wanted:
        figures = score_texts(pages("texts"), fold_models("text"), textscore)
        result["texts"] = figures
        textscore.report({"newsclean": figures})
        for track in ("N1", "N2"):
            print(track, figures.get(track, {}).get("by_language"))
    if given.json:
        given.json.write_text(
            json.dumps(
                {"made": machine(), "networks": networks, "figures": result, "worst_pages": worst(diffs)}, indent=1
            ),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
