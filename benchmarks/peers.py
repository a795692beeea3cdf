"""Other tools on the same pages: `python benchmarks/peers.py BENCH [--json FILE]`.

Scores every peer that is installed (`pip install -e '.[benchmark]'` installs the pinned ones) on WCXB-dev articles,
silver (also by language) and segments-dev, with the measures of `score.py`, and its CPU time per page.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import importlib
import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean, median
from types import SimpleNamespace
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "training"))
sys.path.insert(0, str(ROOT / "benchmarks"))

from score import bag_f1, words_of
from tables import machine

Peer = Callable[[str], str]


def _trafilatura() -> Peer:
    module = importlib.import_module("trafilatura")
    return lambda html: module.extract(html, include_comments=False) or ""


def _readability() -> Peer:
    module, lxml_html = importlib.import_module("readability"), importlib.import_module("lxml.html")
    return lambda html: lxml_html.fromstring(module.Document(html).summary() or "<p></p>").text_content()


def _newspaper() -> Peer:
    module = importlib.import_module("newspaper")

    def run(html: str) -> str:
        article = module.Article("https://example.org/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return article.text

    return run


def _justext() -> Peer:
    module = importlib.import_module("justext")
    words = module.get_stoplist("English")
    return lambda html: "\n\n".join(p.text for p in module.justext(html, words) if not p.is_boilerplate)


def _resiliparse() -> Peer:
    module = importlib.import_module("resiliparse.extract.html2text")
    return lambda html: module.extract_plain_text(html, main_content=True)


def _goose() -> Peer:
    module = importlib.import_module("goose3")
    goose = module.Goose({"enable_image_fetching": False})
    return lambda html: goose.extract(raw_html=html).cleaned_text


def _boilerpy() -> Peer:
    module = importlib.import_module("boilerpy3.extractors")
    extractor = module.ArticleExtractor(raise_on_failure=False)
    return extractor.get_content


def _turbohtml() -> Peer:
    module = importlib.import_module("turbohtml")
    return lambda html: module.parse(html).main_text()


PEERS: dict[str, Callable[[], Peer]] = {
    "trafilatura": _trafilatura,
    "readability-lxml": _readability,
    "newspaper4k": _newspaper,
    "jusText (English)": _justext,
    "Resiliparse": _resiliparse,
    "goose3": _goose,
    "boilerpy3": _boilerpy,
    "turbohtml": _turbohtml,
}


def pages(bench: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(set, HTML, gold) of every page that is scored."""
    for path in sorted((bench / "wcxb-dev/gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["type"] == "article":
            html = gzip.decompress((bench / f"wcxb-dev/html/{gold['id']}.html.gz").read_bytes())
            yield "wcxb article", html.decode("utf-8", "replace"), {"text": gold["text"], "lang": "en"}
    for name, label in (("silver/pages", "silver"), ("segments-dev", "segments")):
        with gzip.open(bench / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                html = gzip.decompress(base64.b64decode(record["html_gz"])).decode("utf-8", "replace")
                yield label, html, record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--only", help="names of peers, comma-separated; a results file keeps its rows of the others")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    sys.path.insert(0, str(given.bench / "score"))
    metrics = importlib.import_module("metrics")
    everything = list(pages(given.bench))
    table: dict[str, Any] = {}
    if given.only and given.json and given.json.exists():
        table = json.loads(given.json.read_text(encoding="utf-8"))["peers"]
    for name, load in PEERS.items():
        if given.only and name not in given.only.split(","):
            continue
        try:
            extract = load()
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)
            continue
        scores: dict[str, list[float]] = {"wcxb article": [], "silver": []}
        languages: dict[str, list[float]] = {}
        chunks, times, failed = [], [], 0
        for group, html, gold in everything:
            started = time.process_time()
            try:
                text = extract(html)
            except Exception:  # noqa: BLE001  (a peer may raise anything; it then found nothing)
                text, failed = "", failed + 1
            times.append(time.process_time() - started)
            if group == "segments":
                chunks.append(metrics.score_chunks(text, gold))
            else:
                # lines that the reference leaves open count for nobody
                open_lines = {" ".join(row.split()) for row in gold.get("neutral", ())}
                text = "\n".join(row for row in text.split("\n") if " ".join(row.split()) not in open_lines)
                like = SimpleNamespace(language=gold["lang"])
                scores[group].append(bag_f1(words_of(text, like), words_of(gold["text"], like)))
                if group == "silver":
                    languages.setdefault(gold["lang"], []).append(scores[group][-1])
        segments = metrics.summarise_chunks(chunks)["f1"]
        row = {key: round(fmean(values), 4) for key, values in scores.items()}
        table[name] = {
            **row,
            "segments": round(segments, 4),
            "cpu_ms": round(1000 * median(times), 1),
            "failed": failed,
            "silver_by_language": {key: round(fmean(languages[key]), 4) for key in sorted(languages)},
        }
        print(f"{name:36} {table[name]}", flush=True)
    if given.json:
        given.json.write_text(json.dumps({"made": machine(), "peers": table}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
