"""Whether a page and its flattened text give the same story: `python benchmarks/agreement.py BENCH [--pages N]`.

Pages of `meta-dev` stand in the set as HTML and as flattened text. Both are cleaned; word F1 between the two bodies
tells how far they agree. With `--folds`, neither model saw the page's domain.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import os
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import fmean, median
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "benchmarks")]

from align import words_of
from bench import fold_of
from newsclean import NewscleanError, Options
from newsclean.judging.tagger import Model, load_model, parse_model
from newsclean.pipeline import clean_page
from newsclean.reading import read
from tables import machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--folds", type=Path, help="cache folder of fit.py --folds")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    records = _records(given.bench)
    # the news pages first, then the others, evenly spread
    news = [record for record in records if record["src"] == "fundus"]
    others = [record for record in records if record["src"] != "fundus"]
    step = max(1, len(others) // max(1, given.pages - len(news)))
    by_set: dict[str, list[float]] = {}
    for record in [*news, *others[::step]][: given.pages]:
        f1 = agreement(record, given.bench, given.folds)
        if f1 is not None:
            by_set.setdefault(record["src"], []).append(f1)
    everything = [f1 for values in by_set.values() for f1 in values]
    figures = {
        name: {"pages": len(values), "mean": round(fmean(values), 4), "median": round(median(values), 4)}
        for name, values in {"all": everything, **by_set}.items()
    }
    for name, row in figures.items():
        print(
            f"{name:10} {row['pages']:4} pages  HTML against text, word F1: mean {row['mean']}, median {row['median']}"
        )
    if given.json:
        given.json.write_text(json.dumps({"made": machine(), "figures": figures}, indent=1) + "\n", encoding="utf-8")


def _records(bench: Path) -> list[dict[str, Any]]:
    with gzip.open(bench / "meta-dev.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def agreement(record: dict[str, Any], bench: Path, folds: Path | None) -> float | None:
    """Word F1 between the story of the HTML and that of the text; None where neither holds one."""
    if "html_gz" in record:
        data = gzip.decompress(base64.b64decode(record["html_gz"]))
    else:
        data = gzip.decompress((bench / record["html_ref"]).read_bytes())
    fold = fold_of(record["url"], record["id"])
    bodies = [
        _body(data, record["url"], "html", folds, fold),
        _body(record["text"], record["url"], "text", folds, fold),
    ]
    if not any(bodies):
        return None
    html, text = (Counter(words_of(body)) for body in bodies)
    return 2 * (html & text).total() / (html.total() + text.total())


@cache
def _models(folds: Path | None, fold: int) -> tuple[Model, Model]:
    """The models of HTML and of texts that never saw a fold, or those shipped."""
    html, text = (
        load_model(own) if folds is None else parse_model((folds / f"{own}-fold{fold}.npz").read_bytes())
        for own in ("html", "text")
    )
    return html, text


def _body(source: str | bytes, url: str, kind: str, folds: Path | None, fold: int) -> str:
    options = Options(as_=kind, force=True, max_bytes=100_000_000)
    try:
        page = read(source, url=url, options=options)
        html, text = _models(folds, fold)
        return clean_page(page, options, text if page.layout is None else html, text).text
    except NewscleanError:
        return ""


if __name__ == "__main__":
    main()
