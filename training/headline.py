"""Fit the weights of newsclean.frontmatter.on_page.headline: which line of flattened text is the headline.

Usage: python training/headline.py BENCH_FOLDER

Data: the flat text of `meta-dev.jsonl.gz` and the flattened pages of `silver/pages.jsonl.gz`, with and without their
address, some with a `<title>` line on top, some as newsclean writes them, and bodies alone, with and without their
headline. The model is linear: a softmax over the lines of a page and "none", first on a line's own features, then with
its best rivals above and below. Prints five-fold cross-validated shares by publisher, then the weights to paste.
Seeded: the same data give the same weights.
"""

from __future__ import annotations

import argparse
import base64
import collections
import gzip
import json
import random
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
import torch
from selectolax.lexbor import LexborHTMLParser

from newsclean.frontmatter.compare import key
from newsclean.frontmatter.on_page.headline import rivals
from newsclean.frontmatter.on_page.headline_lines import candidates, headline_of
from newsclean.frontmatter.on_page.visible import credit_blocks
from newsclean.frontmatter.on_page.zone import find_zone
from newsclean.judging import judge
from newsclean.model import Page
from newsclean.options import Options
from newsclean.reading.html import read_html
from newsclean.reading.text import read_text

FOLDS = 5
RIDGE = 0.0005


class Example(NamedTuple):
    """The candidate lines of one page: their features, and which of them are the headline."""

    publisher: str
    kind: str
    weight: float
    places: list[int]
    features: np.ndarray
    right: np.ndarray


def lines_of(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def example(publisher: str, kind: str, weight: float, titles: set[str], text: str, url: str | None) -> Example | None:
    page = Page(read_text(text), url=url)
    zone = find_zone(page, judge(page, Options()).verdicts)
    found = candidates(page, zone, credit_blocks(page, zone, None))
    if not found:
        return None
    right = np.array([key(headline_of(page.blocks[place].text)) in titles for place, _ in found], float)
    return Example(publisher, kind, weight, [place for place, _ in found], np.array([f for _, f in found]), right)


def examples(bench: Path) -> list[Example]:
    chance = random.Random(0)
    silver = lines_of(bench / "silver" / "pages.jsonl.gz")
    bodies = {record["id"]: record["text"] for record in silver}
    found = []
    for record in lines_of(bench / "meta-dev.jsonl.gz"):
        gold, news = record["gold"], record["src"] == "fundus"
        if not gold.get("title"):
            continue
        publisher = record.get("publisher") or urlsplit(record["url"]).netloc
        titles = {key(title) for title in [gold["title"], *gold.get("title_alts", [])]}
        found.append(example(publisher, record["src"], 1.0 if news else 0.3, titles, record["text"], None))
        found.append(example(publisher, "with address", 0.5 if news else 0.1, titles, record["text"], record["url"]))
        if chance.random() < 0.3:
            top = gold["title"] + chance.choice([" - Site Name", " | Daily News", ""])
            found.append(example(publisher, "with title line", 0.3, titles, f"{top}\n{record['text']}", None))
        body = bodies.get(record["id"])
        if body is None and not news:
            body = json.loads((bench / "wcxb-dev" / "gold" / f"{record['id'][5:]}.json").read_text("utf-8"))["text"]
        if body and chance.random() < 0.5:
            head = [gold["title"]]
            head += ["The people of the town have waited for this since the spring."] * (chance.random() < 0.4)
            head += ["By Jane Doe"] * (chance.random() < 0.7) + ["Published 2020-05-07 09:18"] * (chance.random() < 0.7)
            found.append(example(publisher, "own output", 0.2, titles, "\n\n".join([*head, body]), None))
        if body:
            # without a headline, as corpora hold them that keep it elsewhere
            paragraphs = body.split("\n\n")
            first = chance.choice((0, 0, chance.randrange(len(paragraphs))))
            head = ["By Jane Doe"] * (chance.random() < 0.3) + ["Published 2020-05-07 09:18"] * (chance.random() < 0.3)
            bare = "\n\n".join([*head, *paragraphs[first:]])
            found.append(example(publisher, "body alone", 0.1, set(), bare, None))
            whole = "\n".join([gold["title"], *paragraphs])
            found.append(example(publisher, "title and body", 0.1, titles, whole, None))
    for record in silver:
        if record["source"] != "fundus" and record["title"]:
            markup = gzip.decompress(base64.b64decode(record["html_gz"])).decode("utf-8", "replace")
            blocks, _ = read_html(LexborHTMLParser(markup))
            text = "\n".join(block.text for block in blocks)
            publisher = record["id"].partition(":")[2]
            found.append(example(publisher, "silver", 1.0, {key(record["title"])}, text, None))
    return [one for one in found if one is not None]


def fit(data: list[Example]) -> tuple[np.ndarray, float]:
    """Fit by maximum likelihood over the lines of each page and "none"."""
    size, width = max(len(one.right) for one in data), data[0].features.shape[1]
    inputs, right = torch.zeros(len(data), size, width), torch.zeros(len(data), size + 1)
    mask = torch.full((len(data), size), -1e9)
    for row, one in enumerate(data):
        count = len(one.right)
        inputs[row, :count] = torch.tensor(one.features, dtype=torch.float32)
        right[row, :count] = torch.tensor(one.right, dtype=torch.float32)
        mask[row, :count] = 0.0
        right[row, size] = float(not one.right.any())
    shares = torch.tensor([one.weight for one in data])
    weights, none = torch.zeros(width, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, none], max_iter=60)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.cat([inputs @ weights + mask, none.expand(len(data), 1)], 1)
        likelihood = torch.logsumexp(torch.log_softmax(scores, 1) + torch.log(right + 1e-9), 1)
        value = -(shares * likelihood).sum() / shares.sum() + RIDGE * (weights**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return weights.detach().numpy(), none.item()


def with_rivals(data: list[Example], weights: np.ndarray) -> list[Example]:
    wider = []
    for one in data:
        scored = list(zip(one.places, (one.features @ weights).tolist(), strict=True))
        extra = np.array([rivals(scored, place, own) for place, own in scored])
        wider.append(one._replace(features=np.hstack([one.features, extra])))
    return wider


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    data = examples(parser.parse_args().bench)
    publishers = sorted({one.publisher for one in data})
    random.Random(0).shuffle(publishers)
    fold = {publisher: place % FOLDS for place, publisher in enumerate(publishers)}
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for number in range(FOLDS):
        train = [one for one in data if fold[one.publisher] != number]
        alone, _ = fit(train)
        among, none = fit(with_rivals(train, alone))
        for one in with_rivals([one for one in data if fold[one.publisher] == number], alone):
            scores = one.features @ among
            best = int(scores.argmax())
            counts[one.kind]["none" if scores[best] < none else "right" if one.right[best] else "wrong"] += 1
    for kind, count in counts.items():
        shares = "  ".join(f"{name} {count[name] / count.total():.3f}" for name in ("right", "wrong", "none"))
        print(f"{kind:16} {count.total():4}  {shares}")
    alone, _ = fit(data)
    among, none = fit(with_rivals(data, alone))
    print("_ALONE =", tuple(round(float(weight), 2) for weight in alone))
    print("_AMONG =", tuple(round(float(weight), 2) for weight in among))
    print("_LEAST =", round(none, 2))


if __name__ == "__main__":
    main()
