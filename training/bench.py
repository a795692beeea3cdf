"""The development data as labelled pages: what newsclean's own reader makes of each source, with a label per block."""

from __future__ import annotations

import base64
import gzip
import json
import pickle
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from align import share_matched, words_of
from newsclean.errors import NewscleanError
from newsclean.judging.tagger import parse_model
from newsclean.options import Options
from newsclean.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsclean.judging.tagger import Model
    from newsclean.model import Page

Made = TypeVar("Made")

FOLDS = 5
KEEP, DROP, IGNORE = 1, 0, -1
_HTML = Options(as_="html", max_bytes=100_000_000)
TEXT = Options(as_="text", max_bytes=100_000_000)
SILVER, SEGMENTS = "silver/pages.jsonl.gz", "segments-dev.jsonl.gz"
_SECOND_LEVEL = frozenset("co com net org gov ac edu ne or go gob nom".split())


@dataclass(slots=True)
class Example:
    """A page with a label per block.

    kind: "html" or "text". group: the set it comes from. domain: pages of one domain stay in one fold.
    labels: KEEP, DROP or IGNORE per block. gold: the reference text. about: whatever a scorer needs of the record.
    """

    name: str
    kind: str
    group: str
    domain: str
    language: str
    page: Page
    labels: list[int]
    gold: str
    about: dict[str, Any]

    @property
    def fold(self) -> int:
        """The fold that the page's domain belongs to."""
        return _fold(self.domain)


def domain_of(url: str | None, name: str) -> str:
    """The registered domain of a URL, nearly; the name where there is no URL."""
    host = (urlsplit(url).hostname or "") if url else ""
    parts = host.removeprefix("www.").split(".")
    if len(parts) < 2:
        return name
    return ".".join(parts[-3:] if parts[-2] in _SECOND_LEVEL and len(parts) > 2 else parts[-2:])


def fold_of(url: str | None, name: str) -> int:
    """The fold that a page belongs to by its URL, or by its name where there is none."""
    return _fold(domain_of(url, name))


def _fold(domain: str) -> int:
    return zlib.crc32(domain.encode()) % FOLDS


def fold_models(folder: Path, kind: str, folds: Iterable[int] = range(FOLDS)) -> dict[int, Model]:
    """The models of a kind that `fit.py --folds` has left in a folder, by the fold that they never saw."""
    files = {fold: folder / f"{kind}-fold{fold}.npz" for fold in folds}
    return {fold: parse_model(file.read_bytes()) for fold, file in files.items() if file.exists()}


def label_html(page: Page, gold: str, neutral: tuple[str, ...] = (), unwanted: tuple[str, ...] = ()) -> list[int]:
    """Label blocks by alignment with the reference; copies of kept blocks and neutral lines are not scored."""
    words = [words_of(block.text) for block in page.blocks]
    shares = share_matched(words, words_of(gold))
    labels = [KEEP if share >= 0.5 else DROP for share in shares]
    kept = {tuple(w) for w, label in zip(words, labels, strict=True) if label == KEEP}
    ignored = {tuple(words_of(line)) for line in neutral}
    dropped = {tuple(words_of(line)) for line in unwanted}
    for place, own in enumerate(words):
        key = tuple(own)
        if key in dropped:
            labels[place] = DROP
        elif not own or (labels[place] == DROP and (key in kept or key in ignored)):
            labels[place] = IGNORE
    return labels


def label_text(page: Page, text: str, lines: list[dict[str, str]]) -> list[int]:
    """Give each block the label that most of its scored characters have."""
    spans = []
    position = 0
    for line in lines:
        start = text.find(line["text"], position)
        if start >= 0:
            position = start + len(line["text"])
            spans.append((start, position, line["label"]))
    labels = []
    at = 0
    for block in page.blocks:
        while at < len(spans) and spans[at][1] <= block.start:
            at += 1
        votes = {"content": 0, "boilerplate": 0}
        probe = at
        while probe < len(spans) and spans[probe][0] < block.end:
            start, end, label = spans[probe]
            if label in votes:
                votes[label] += end - start
            probe += 1
        total = sum(votes.values())
        labels.append(IGNORE if not total else KEEP if votes["content"] >= votes["boilerplate"] else DROP)
    return labels


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def wcxb_pages(bench: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The records of WCXB with their pages."""
    for path in sorted((bench / "wcxb-dev/gold").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        yield record, gzip.decompress((bench / f"wcxb-dev/html/{record['id']}.html.gz").read_bytes())


def packed_pages(path: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The records of a set with the pages that they hold."""
    for record in _records(path):
        yield record, gzip.decompress(base64.b64decode(record["html_gz"]))


def read_wcxb(bench: Path) -> Iterator[Example]:
    for gold, data in wcxb_pages(bench):
        try:
            page = read(data, url=gold["url"], options=_HTML)
        except NewscleanError:
            continue
        yield Example(
            gold["id"], "html", "wcxb", domain_of(gold["url"], gold["id"]), "en", page,
            label_html(page, gold["text"]), gold["text"],
            {"type": gold["type"], "with": gold["with"], "without": gold["without"]},
        )  # fmt: skip


def read_silver(bench: Path) -> Iterator[Example]:
    for record, data in packed_pages(bench / SILVER):
        page = read(data, url=record["url"], options=_HTML)
        labels = label_html(page, record["text"], tuple(record["neutral"]), tuple(record["boilerplate"]))
        yield Example(
            record["id"], "html", "silver", domain_of(record["url"], record["id"]), record["lang"], page, labels,
            record["text"], {"source": record["source"], "neutral": record["neutral"]},
        )  # fmt: skip


def read_segments(bench: Path) -> Iterator[Example]:
    """Pages with a few labelled sentences: blocks that hold one are labelled, all others are left open."""
    for record, data in packed_pages(bench / SEGMENTS):
        page = read(data, url=record["url"], options=_HTML)
        labels = []
        for block in page.blocks:
            keep = any(" ".join(s.split()) in block.text for s in record["with"])
            drop = any(" ".join(s.split()) in block.text for s in record["without"])
            labels.append(IGNORE if keep == drop else KEEP if keep else DROP)
        about = {"with": record["with"], "without": record["without"]}
        yield Example(
            str(record["id"]), "html", "segments", domain_of(record["url"], str(record["id"])), "", page, labels, "",
            about,
        )  # fmt: skip


def text_records(bench: Path) -> Iterator[dict[str, Any]]:
    """The flattened texts, line by line with their labels."""
    for name in ("text-dev", "text-news-dev"):
        yield from _records(bench / f"{name}.jsonl.gz")


def read_texts(bench: Path) -> Iterator[Example]:
    for record in text_records(bench):
        page = read(record["text"], url=None, options=TEXT)
        labels = label_text(page, record["text"], record["lines"])
        about = {key: value for key, value in record.items() if key not in {"gold", "url"}}
        yield Example(
            record["id"], "text", record["track"], domain_of(record.get("url"), record["id"]),
            record.get("lang", "en"), page, labels, record["gold"], about,
        )  # fmt: skip


READERS = {"wcxb": read_wcxb, "silver": read_silver, "segments": read_segments, "texts": read_texts}


def load(bench: Path, name: str, cache: Path) -> list[Example]:
    """Read one set, from the cache where an earlier run left it; delete the cache when the reader changes."""
    return cached(cache / f"{name}.pickle", lambda: READERS[name](bench))


def cached(path: Path, make: Callable[[], Iterable[Made]]) -> list[Made]:
    """What an earlier run left in a file, or what is made now and left there."""
    if path.exists():
        return pickle.loads(path.read_bytes())
    made = list(make())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(made))
    return made
