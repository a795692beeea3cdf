"""Measure the presets: `python benchmarks/presets.py BENCH --folds CACHE [--write]`.

Articles of WCXB-dev and `silver`: every page is judged by the model of `training/fit.py --folds` that never saw its
domain. Word precision and recall are means over pages. `--write` puts the figures into
`src/newsclean/judging/presets.json`, from where `--help` prints them, and into the README.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import fmean

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "benchmarks")]

from bench import FOLDS, fold_models, load
from newsclean import NewscleanError, Options
from newsclean.pipeline import clean_page
from score import words_of

PRESETS = ("precision", "balanced", "recall")
FIGURES = ROOT / "src" / "newsclean" / "judging" / "presets.json"
MARKS = ("<!-- presets:start -->\n", "<!-- presets:end -->\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=ROOT / "training" / "cache")
    parser.add_argument("--sets", nargs="+", default=["wcxb", "silver"])
    parser.add_argument("--every", type=int, default=1, help="one page in so many")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    models, of_texts = fold_models(given.folds, "html"), fold_models(given.folds, "text")
    if len(models) < FOLDS:
        print(f"only folds {', '.join(map(str, models))} are there: pages of the others are left out", file=sys.stderr)
    scores: dict[str, list[tuple[float, float]]] = {name: [] for name in PRESETS}
    for name in given.sets:
        for example in list(load(given.bench, name, given.cache))[:: given.every]:
            gold = Counter(words_of(example.gold, example))
            if not gold or example.fold not in models or example.about.get("type", "article") != "article":
                continue
            for preset in PRESETS:
                options = replace(Options(force=True), preset=preset)
                try:
                    text = clean_page(example.page, options, models[example.fold], of_texts.get(example.fold)).text
                except NewscleanError as error:
                    print(f"{example.name}: {error}", file=sys.stderr)
                    text = ""
                found = Counter(words_of(text, example))
                shared = (found & gold).total()
                scores[preset].append((shared / max(found.total(), 1), shared / gold.total()))
    figures = {
        preset: {
            "precision": round(fmean(p for p, _ in pairs), 4),
            "recall": round(fmean(r for _, r in pairs), 4),
            "pages": len(pairs),
        }
        for preset, pairs in scores.items()
    }
    print(json.dumps(figures, indent=1))
    if given.write:
        held = json.loads(FIGURES.read_text(encoding="utf-8"))
        held["measured"] = figures
        FIGURES.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
        write_readme(figures)


def write_readme(figures: dict[str, dict[str, float]]) -> None:
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    start, end = (text.index(mark) for mark in MARKS)
    rows = ["| preset | word precision | word recall |", "|---|---|---|"]
    rows += [f"| `--{name}` | {f['precision']:.3f} | {f['recall']:.3f} |" for name, f in figures.items()]
    pages = next(iter(figures.values()))["pages"]
    table = "\n".join(
        [f"Means over {pages:,} articles of the development data, each unseen by the model that judged it:", "", *rows]
    )
    readme.write_text(f"{text[: start + len(MARKS[0])]}\n{table}\n\n{text[end:]}", encoding="utf-8")


if __name__ == "__main__":
    main()
