"""Rewrite the README's benchmark tables from `benchmarks/results/`: `python benchmarks/tables.py`.

`score.py`, `peers.py`, `agreement.py`, `one_line.py`, `boxes.py` and `speed.py`, each with `--json`, fill the folder;
each file says when and on what machine it was made.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks/results"
README = ROOT / "README.md"
START, END = "<!-- benchmarks:start -->", "<!-- benchmarks:end -->"


def machine() -> dict[str, str]:
    """Day and machine of a measurement, for a results file."""
    cores = len(os.sched_getaffinity(0))
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {cores} cores, Python {platform.python_version()}",
    }


def _read(name: str) -> dict[str, Any] | None:
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _stamp(result: dict[str, Any]) -> str:
    made = result["made"]
    return f"{made['date']}, {made['machine']}"


def html_table(score: dict[str, Any], peers: dict[str, Any] | None) -> str:
    """Word F1 on pages, newsclean by held-out folds, the peers as they are."""
    figures = score["figures"]
    ours = [
        "**newsclean**, domains held out",
        f"**{figures['wcxb article']['word_f1']:.3f}**",
        f"**{figures['silver']['word_f1']:.3f}**",
        f"**{figures['segments']['f1']:.3f}**",
    ]
    rows = [ours]
    others = (peers or {"peers": {}})["peers"]
    for name, row in sorted(others.items(), key=lambda pair: -pair[1]["silver"]):
        rows.append([name, *(f"{row[key]:.3f}" for key in ("wcxb article", "silver", "segments"))])
    head = ["", "WCXB-dev articles, word F1", "news pages (`silver`), word F1", "segments-dev, F1"]
    return _table(head, rows)


def text_table(texts: dict[str, Any]) -> str:
    """Flattened text, by track."""
    keys = ["docF1", "R_in", "false_removal_ch", "word_F1", "exact_blocks", "clean_untouched"]
    names = {"N1": "news, flattened", "N2": "news, interleaved", "T1": "guides, flattened", "T2": "guides, interleaved"}
    rows = []
    for track, label in names.items():
        row = texts[track]
        rows.append([label, *(f"{row[key]:.3f}" if key in row else "" for key in keys)])
    head = ["", "F1 of removed lines", "recall inside the story", "story wrongly removed", "word F1"]
    return _table([*head, "foreign blocks all gone, story whole", "clean text left whole"], rows)


def boxes_line(boxes: dict[str, Any]) -> str:
    """What becomes of foreign boxes that no class tells, and of lines of a story's own."""
    forms = {"box": "an element of their own", "list": "its list", "paragraphs": "paragraphs", "text": "flattened text"}
    gone = ", ".join(f"{boxes[form]['right']} as {label}" for form, label in forms.items())
    own = [boxes[form]["whole"] for form in forms if form != "box"]
    return (
        f"Of {boxes['box']['boxes']} invented boxes of other things between the paragraphs of invented stories, in"
        f" fourteen languages, without a class that tells what they are, {gone} go whole with the story left whole;"
        f" of {boxes['box']['stories']} stories {own[0]}, {own[1]} and {own[2]} keep a list, paragraphs and lines of"
        f" their own ({_stamp(boxes)}; `benchmarks/boxes.py`)."
    )


def main() -> None:
    score, peers, speed, agreement, one_line, boxes = (
        _read(name) for name in ("score", "peers", "speed", "agreement", "one_line", "boxes")
    )
    if score is None:
        sys.exit("benchmarks/results/score.json is missing: run benchmarks/score.py --json first")
    networks = score["networks"]
    parts = [
        html_table(score, peers),
        (
            f"Pages of a domain are judged by a model that saw none of it ({_stamp(score)}; `benchmarks/score.py`):"
            f" {networks['html']} networks for HTML, {networks['text']} for text, as in the shipped models."
        ),
        text_table(score["figures"]["texts"]),
        "The same for text that was already flattened, where no markup is left.",
    ]
    if one_line is not None:
        row = "Flattened with all lines on one, as `get_text(' ')` does:"
        parts += [row, text_table(one_line["figures"]["on one line"])]
        parts.append(f"{_stamp(one_line)}; `benchmarks/one_line.py`.")
    if agreement is not None:
        row = agreement["figures"]["all"]
        parts.append(
            f"Of {row['pages']} pages that are there as HTML and as flattened text, the two stories agree by a word F1"
            f" of {row['mean']:.3f} (median {row['median']:.3f}; `benchmarks/agreement.py`)."
        )
    if boxes is not None:
        parts.append(boxes_line(boxes))
    if speed is not None and "readme" in speed:
        parts += [speed["readme"], f"{_stamp(speed)}; `benchmarks/speed.py`."]
    text = README.read_text(encoding="utf-8")
    head, rest = text.split(START)
    tail = rest.split(END)[1]
    README.write_text(f"{head}{START}\n\n" + "\n\n".join(parts) + f"\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
