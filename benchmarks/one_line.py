"""Texts whose lines are all put on one, cleaned and scored as they are with their lines.

    python benchmarks/one_line.py BENCH --folds CACHE [--json FILE]

Every text is judged, and cut, by what never saw its domain: the models of `training/fit.py --folds`, and line ends
fitted here without its fold. `textscore` matches what is kept with the lines that were, by their words. The texts
that are scored are the development texts with a space in place of each line's end.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "benchmarks")]

from bench import FOLDS, fold_of, text_records
from newsclean import NewscleanError, Options
from newsclean.judging.tagger import parse_model
from newsclean.pipeline import clean_page
from newsclean.reading import gaps, read
from tables import machine

_FLAT = Options(as_="text", force=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--only-folds", default="0,1,2,3,4")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    sys.path.insert(0, str(given.bench / "score"))
    import textscore  # noqa: PLC0415

    texts = list(text_records(given.bench))
    scored: dict[str, list[Any]] = {"on one line": [], "with its lines": []}
    documents = []
    for fold in map(int, given.only_folds.split(",")):
        model = parse_model((given.folds / f"text-fold{fold}.npz").read_bytes())
        gaps._weights = _weights_without(given.bench, fold)  # noqa: SLF001
        for record in texts:
            if fold_of(record.get("url"), record["id"]) != fold:
                continue
            documents.append(record)
            flat = " ".join(line["text"] for line in record["lines"])
            for name, text in (("on one line", flat), ("with its lines", record["text"])):
                try:
                    kept = clean_page(read(text, url=None, options=_FLAT), _FLAT, model).text
                except NewscleanError:
                    kept = ""
                scored[name].append(textscore.score_doc(record, kept))
    figures = {name: textscore.aggregate(documents, rows) for name, rows in scored.items()}
    textscore.report(figures)
    if given.json:
        given.json.write_text(json.dumps({"made": machine(), "folds": FOLDS, "figures": figures}, indent=1) + "\n")


def _weights_without(bench: Path, fold: int) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "line_ends.bin"
        command = [sys.executable, ROOT / "training/line_ends.py", bench, "--without-fold", str(fold), "--to", made]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        weights = np.frombuffer(made.read_bytes(), np.int8).astype(np.int64)
    return lambda: weights


if __name__ == "__main__":
    main()
