"""Score the front matter of whole pages, from HTML and from flattened text, by source and language.

Usage: python benchmarks/metadata.py BENCH_FOLDER [--bad FIELD] [--limit N] [--languages]

BENCH_FOLDER holds `meta-dev.jsonl.gz` (pages with gold front matter) and `score/metascore.py` (the scorer). Flat text
is scored on what can be read in it. `--bad title|authors|agencies|date|updated|dateline` lists the misses.
"""

from __future__ import annotations

import argparse
import base64
import collections
import gzip
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from newsclean.errors import NewscleanError
from newsclean.frontmatter import read_front_matter
from newsclean.judging import judge
from newsclean.options import InputKind, Options
from newsclean.reading import read

Record = dict[str, Any]

COLUMNS = (
    "title_any",
    "authors_P",
    "authors_R",
    "authors_F1",
    "no_author_ok",
    "no_person_ok",
    "agency_slot",
    "date_ok",
    "date_wrong",
    "date_missing",
    "minute_ok",
    "updated_day_ok",
)
BAD = {
    "title": lambda outcome: outcome.get("title_any") == 0,
    "authors": lambda outcome: outcome.get("a_fp", 0) + outcome.get("a_fn", 0) > 0,
    "agencies": lambda outcome: outcome.get("agency_slot", 1) < 1,
    "date": lambda outcome: outcome.get("date_ok") == 0 or outcome.get("minute_ok") == 0,
    "updated": lambda outcome: outcome.get("updated_day_ok") == 0,
}


def load(folder: Path, limit: int | None) -> list[Record]:
    with gzip.open(folder / "meta-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:limit]


def html_of(record: Record, folder: Path) -> bytes:
    if "html_gz" in record:
        return gzip.decompress(base64.b64decode(record["html_gz"]))
    return gzip.decompress((folder / record["html_ref"]).read_bytes())


def front_matter(source: str | bytes, record: Record, kind: InputKind, times: list[float]) -> Record:
    """Read and judge a source, and give its front matter as the scorer wants it."""
    options = Options(as_=kind, language=record.get("lang"))
    try:
        page = read(source, url=record.get("url"), options=options)
    except NewscleanError as error:
        print("  ", record["id"], error)
        return {"dateline": None}
    verdicts = judge(page, options).verdicts
    started = time.process_time()
    front = read_front_matter(page, verdicts, options)
    times.append(time.process_time() - started)
    byline = front.byline
    return {
        "title": front.title,
        "authors": list(byline.authors) if byline else [],
        "agencies": list(byline.agencies) if byline else [],
        "published": front.published,
        "updated": front.updated,
        "dateline": front.dateline.to_dict() if front.dateline else None,
        "sources": dict(front.sources),
        "raw": byline.raw if byline else "",
        "moved": {index: (name, page.blocks[index].text[:80]) for index, name in front.moved.items()},
    }


def readable(record: Record) -> Record:
    """Keep of a record's gold what can be read in its visible text."""
    gold = dict(record["gold"])
    visible = gold["visible"]
    if not visible.get("title"):
        gold["title"] = None
    if gold.get("authors") and not visible.get("authors"):
        gold["authors"] = None
    if not visible.get("published"):
        gold["published"], gold["updated"] = None, None
    return {**record, "gold": gold}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--bad", choices=[*BAD, "dateline"])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--kinds", default="html,text")
    parser.add_argument("--src", default="fundus,wcxb-dev")
    parser.add_argument("--languages", action="store_true")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.bench / "score"))
    metascore = importlib.import_module("metascore")
    records = [r for r in load(arguments.bench, arguments.limit) if r["src"] in arguments.src]
    print("input  pages            n  " + "  ".join(f"{name[:12]:>12}" for name in COLUMNS))
    kinds: tuple[InputKind, ...] = ("html", "text")
    for kind in kinds:
        if kind not in arguments.kinds:
            continue
        times: list[float] = []
        answers = {}
        for record in records:
            source = html_of(record, arguments.bench) if kind == "html" else record["text"]
            answers[record["id"]] = front_matter(source, record, kind, times)
        groups = collections.defaultdict(list)
        for record in records:
            groups[record["src"]].append(record)
            if arguments.languages and record["src"] == "fundus":
                groups[f"{record['src']}:{record['lang']}"].append(record)
        for name, group in groups.items():
            gold = group if kind == "html" else [readable(record) for record in group]
            total, outcomes = metascore.score_pages(gold, lambda record, known=answers: known[record["id"]])
            cells = "  ".join(f"{total[c]:12.3f}" if c in total else " " * 11 + "-" for c in COLUMNS)
            print(f"{kind:5}  {name:12} {len(group):5}  {cells}")
            if ":" in name:
                continue
            print(
                "       datelines",
                metascore.score_page_datelines(group, lambda record, known=answers: known[record["id"]]),
            )
            for record, outcome in zip(gold, outcomes, strict=True):
                show(record, outcome, answers[record["id"]], arguments.bad)
        times.sort()
        print(f"       {1000 * times[len(times) // 2]:.2f} ms median, {1000 * times[len(times) * 9 // 10]:.2f} ms 90 %")


def show(record: Record, outcome: Record, answer: Record, bad: str | None) -> None:
    """List a page that missed the field asked for."""
    if bad == "dateline":
        missed = record["src"] == "fundus" and bool(record["gold"].get("dateline")) != bool(answer["dateline"])
    else:
        missed = bad is not None and BAD[bad](outcome)
    if missed:
        gold = {
            name: record["gold"].get(name)
            for name in ("title", "authors", "agencies", "published", "updated", "dateline")
        }
        print("  ", record["id"], json.dumps({"gold": gold, "got": answer}, ensure_ascii=False))


if __name__ == "__main__":
    main()
