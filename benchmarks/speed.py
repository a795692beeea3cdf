"""Time newsclean: `python benchmarks/speed.py BENCH [--pages N] [--json FILE]`.

newsclean and trafilatura take the same pages (articles of WCXB-dev, as bytes) one after the other in one process, BLAS
on one thread. Every page is cleaned by each of them several times in a row and the fastest run counts, so that neither
is timed while the other's code is in the caches or while the machine does something else. Times are of the processor,
not of the clock. Besides: what the stages take, how time grows with length, what memory a long page needs, flattened
text, and what the command needs for a small file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
sys.path.insert(0, str(Path(__file__).parent))

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from newsclean import NewscleanError, Options
from newsclean.frontmatter import read_front_matter
from newsclean.judging import judge
from newsclean.judging.features import read_features
from newsclean.judging.reasons import find_reasons
from newsclean.judging.tagger import load_model, tag
from newsclean.pipeline import clean
from newsclean.reading import read
from newsclean.reading.declared import read_declared
from newsclean.reading.decode import decode
from newsclean.reading.html import read_html
from newsclean.reading.nesting import flatten_nesting
from tables import machine

RUNS = 3
_HTML = Options(as_="html", force=True, max_bytes=100_000_000)
_TEXT = Options(as_="text", force=True, max_bytes=100_000_000)
_PAGE_END = ("Subscribe to our newsletter", "Follow us on Facebook", "Advertisement")
_SAMPLE = "The council votes\n\nThe council voted on Tuesday to close the bridge until the spring.\n\nRead more\n"


def cpu(run: Callable[[], Any], runs: int = RUNS) -> float:
    """Seconds of the processor that the fastest run takes."""
    fastest = float("inf")
    for _ in range(runs):
        start = time.process_time()
        run()
        fastest = min(fastest, time.process_time() - start)
    return fastest


def pages_of(bench: Path, most: int) -> list[tuple[bytes, str]]:
    """Articles of WCXB-dev with their addresses, evenly spread over the set."""
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((bench / "wcxb-dev/gold").glob("*.json"))]
    articles = [gold for gold in golds if gold["type"] == "article"]
    step = max(1, len(articles) // most)
    return [
        (gzip.decompress((bench / f"wcxb-dev/html/{gold['id']}.html.gz").read_bytes()), gold["url"])
        for gold in articles[::step][:most]
    ]


def time_stages(data: bytes, url: str) -> dict[str, float]:
    """Seconds of each stage of one page."""
    page = read(data, url=url, options=_HTML)
    model = load_model("html" if page.layout else "text")
    features = read_features(page, model.vocabulary)
    kept = (tag(features, model) >= model.threshold).tolist()
    verdicts = judge(page, _HTML).verdicts
    flat = flatten_nesting(decode(data, html=True)[0].encode("utf-8", "replace"))
    tree = LexborHTMLParser(flat)
    return {
        "decode": cpu(lambda: flatten_nesting(decode(data, html=True)[0].encode("utf-8", "replace"))),
        "parse": cpu(lambda: LexborHTMLParser(flat)),
        "declared": cpu(lambda: read_declared(tree)),
        "blocks": cpu(lambda: read_html(tree)),
        "features": cpu(lambda: read_features(page, model.vocabulary)),
        "network": cpu(lambda: tag(features, model)),
        "reasons": cpu(lambda: find_reasons(page, kept, {}, features.said)),
        "front matter": cpu(lambda: read_front_matter(page, verdicts, _HTML)),
    }


def time_pages(pages: list[tuple[bytes, str]]) -> dict[str, Any]:
    """Medians over pages, of newsclean, of trafilatura and of their ratio on each page."""
    ours, theirs, ratios, sizes = [], [], [], []
    stages: dict[str, list[float]] = {}
    for data, url in pages:
        try:
            for stage, seconds in time_stages(data, url).items():
                stages.setdefault(stage, []).append(seconds)
        except NewscleanError as error:
            print(f"{url}: {error}", file=sys.stderr)
            continue
        ours.append(cpu(lambda data=data, url=url: clean(data, url=url, options=_HTML)))
        theirs.append(cpu(lambda data=data, url=url: trafilatura.extract(data, url=url)))
        ratios.append(ours[-1] / theirs[-1])
        sizes.append(len(data))
    around = [seconds for seconds, size in zip(ours, sizes, strict=True) if 100_000 <= size <= 200_000]
    return {
        "pages": len(ours),
        "kilobytes": round(median(sizes) / 1000),
        "newsclean_ms": milli(median(ours)),
        "newsclean_ms_at_150_kB": milli(median(around)) if around else None,
        "trafilatura_ms": milli(median(theirs)),
        "ratio": round(median(ratios), 3),
        "stages_ms": {stage: milli(median(seconds)) for stage, seconds in stages.items()},
    }


def milli(seconds: float) -> float:
    return round(seconds * 1000, 2)


def long_page(kilobytes: int) -> bytes:
    """An invented page of about so many kilobytes, every part of it different from the others.

    Blocks stand somewhat closer, one in 280 bytes, than on the articles of WCXB-dev, one in 440.
    """
    parts = ["<html><head><title>The council votes again</title></head><body><main>"]
    size = 0
    number = 0
    while size < kilobytes * 1000:
        number += 1
        links = "".join(
            f"<li class='nav-item item-{link}'><a class='nav-link tracked' data-position='{link}'"
            f" href='https://news.example/city/council/bridges/{number}/{link}?from=story'><span>Bridge {number * link}"
            "</span></a></li>"
            for link in range(1, 4)
        )
        parts.append(
            f"<div class='story-part part-{number % 97}' id='part-{number}' data-kind='paragraphs'>"
            f"<h2 class='story-heading'>Ward {number}</h2>"
            f"<p class='story-text'>In ward {number} the council voted on {number % 28 + 1}/5/2024 by"
            f" {number * 7 % 61} votes to close bridge {number * 31} until the spring, and nobody was pleased."
            "</p>"
            f"<p class='story-text'>The engineers had counted {number * 13} cracks in it, most of them new, and their"
            f" report ({number * 3} pages long) says what each of them will cost.</p>"
            f"<ul class='links related'>{links}</ul>"
            f"<script>window.slots = window.slots || []; window.slots.push({{name: 'slot-{number}', sizes: [[300, 250],"
            f" [320, 50], [728, 90]], lazy: true, targeting: {{ward: {number}, section: 'city', kind: 'story'}}}});"
            "</script></div>"
            f"<style>.part-{number} .story-text {{font: 400 18px/1.6 serif; margin: 0 auto 24px; max-width: 680px}}"
            f" .part-{number} .nav-link {{color: #124; text-decoration: none}} .part-{number} .nav-link:hover {{color:"
            f" #a00}} @media (max-width: 600px) {{.part-{number} .story-text {{font-size: 16px; padding: 0 16px}}}}"
            f" #advert-{number} {{background: #f4f4f4; border: 1px solid #ddd; box-sizing: border-box; clear: both}}"
            f" #advert-{number}::before {{content: 'Advertisement'; display: block; font-size: 11px; color: #888}}"
            "</style>"
            f"<div class='advert' id='advert-{number}' data-slot='slot-{number}' style='min-height: 250px'></div>"
        )
        size += len(parts[-1])
    return "".join([*parts, "</main></body></html>"]).encode()


def long_text(kilobytes: int) -> str:
    """The same as flattened text, with a page end that is dropped at any length.

    What is kept of a text is judged a second time, so that cleaning it again changes nothing; a text of which all is
    kept is not, and takes half the time: one length must not be compared with the other so.
    """
    page = read(long_page(kilobytes), url=None, options=_HTML)
    return "\n\n".join([*(block.text for block in page.blocks), *_PAGE_END])


def time_growth(longest: int) -> list[dict[str, float]]:
    """Seconds and seconds per megabyte, each page ten times as long as the one before it."""
    rows = []
    kilobytes = 200
    while kilobytes <= longest:
        data, text = long_page(kilobytes), long_text(kilobytes)
        runs = RUNS if kilobytes <= 2_000 else 1
        html = cpu(lambda data=data: clean(data, options=_HTML), runs)
        flat = cpu(lambda text=text: clean(text, options=_TEXT), runs)
        rows.append(
            {
                "kilobytes": round(len(data) / 1000),
                "html_s": round(html, 3),
                "text_kilobytes": round(len(text) / 1000),
                "text_s": round(flat, 3),
            }
        )
        kilobytes *= 10
    return rows


def memory_of(kilobytes: int) -> float:
    """Most memory that a process needs for a long page, less what it needed for a short one, in sizes of the page."""
    # the kernel's own record of this process: what getrusage has may be left from the one that started it
    code = (
        "import re, sys, pathlib; sys.path.insert(0, sys.argv[1]); import speed;"
        "most = lambda: int(re.search(r'VmHWM:\\s+(\\d+) kB', pathlib.Path('/proc/self/status').read_text())[1]);"
        "speed.clean(speed.long_page(50), options=speed._HTML);"
        "before = most();"
        "speed.clean(pathlib.Path(sys.argv[2]).read_bytes(), options=speed._HTML);"
        "print(most() - before)"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.html"
        # made here: what making it takes would hide what cleaning it takes
        path.write_bytes(long_page(kilobytes))
        command = [sys.executable, "-c", code, str(Path(__file__).parent), str(path)]
        used = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return round(int(used) * 1024 / path.stat().st_size, 1)


def time_command() -> float:
    """Seconds of the processor that `newsclean FILE` takes for a small file, from start to end.

    Modules are compiled by the first run and read by the others, as those of an installed package are.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        path = Path(folder) / "small.txt"
        path.write_text(_SAMPLE, encoding="utf-8")
        fastest = float("inf")
        for _ in range(RUNS + 2):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, "-m", "newsclean", str(path)]
            subprocess.run(command, check=True, capture_output=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            fastest = min(fastest, used)
    return round(fastest, 3)


def time_texts(bench: Path, most: int) -> float:
    """Milliseconds for ten kilobytes of flattened news page, menus and all: the median of texts spread over the set."""
    with gzip.open(bench / "text-news-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    step = max(1, len(texts) // most)
    return milli(
        median(
            cpu(lambda text=text: clean(text, options=_TEXT)) * 10_000 / len(text.encode("utf-8"))
            for text in texts[::step][:most]
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--longest", type=int, default=2_000, help="kilobytes of the longest page")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    pages = pages_of(given.bench, given.pages)
    time_pages(pages[:3])
    results = time_pages(pages)
    print(f"{results['pages']} pages, median {results['kilobytes']} kB, {machine()['machine']}")
    print(f"  newsclean     {results['newsclean_ms']:8.2f} ms")
    print(f"  trafilatura   {results['trafilatura_ms']:8.2f} ms")
    print(f"  ratio         {results['ratio']:8.3f}   (median over pages)")
    for stage, value in results["stages_ms"].items():
        print(f"    {stage:13} {value:6.2f} ms")
    results["text_ms_per_10_kB"] = time_texts(given.bench, given.pages)
    print(f"  flattened news pages: {results['text_ms_per_10_kB']:.2f} ms per 10 kB")
    results["growth"] = time_growth(given.longest)
    for row in results["growth"]:
        print(
            f"  {row['kilobytes']:6} kB of HTML {row['html_s']:8.3f} s,"
            f" {row['text_kilobytes']:6} kB of text {row['text_s']:8.3f} s"
        )
    results["memory_in_page_sizes"] = memory_of(max(given.longest, 10_000))
    print(f"  memory: {results['memory_in_page_sizes']} times the page and a constant")
    results["command_s"] = time_command()
    print(f"  newsclean FILE, a small file: {results['command_s']:.3f} s")
    if given.json:
        results["made"] = machine()
        results["readme"] = (
            f"On {results['pages']} articles of WCXB-dev (median {results['kilobytes']} kB) newsclean takes"
            f" {results['newsclean_ms']:.1f} ms of the processor per page, trafilatura"
            f" {results['trafilatura_ms']:.1f} ms: a ratio of {results['ratio']:.2f}."
        )
        given.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
