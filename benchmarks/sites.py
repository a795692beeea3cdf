"""Site memory: what it drops of what comes back on a site, and that it drops nothing of any story.

    python benchmarks/sites.py [--sites 14] [--pages 100] [--seed 1] [--jobs 2]
    python benchmarks/sites.py ../shared/bench [--json FILE]

Each site has its own habits: lines that stand on every page as paragraphs like any other (an offer to write, an appeal,
a legal line with a number that changes, the author's few words about themselves …), and stories made to be mistaken for
such lines: running stories that repeat their background, stories told again at another address, as they grew, for
printers or a page at a time, reports that differ in their numbers alone, phrases that stand in one story of twelve,
first sentences that stand on twenty other pages to point there. Every block is made here, so what it is is known.

With the development data, its pages are taken by site, as they are; and then pages of one language are taken for one
site, once as they are and once with the own lines of an invented site put among the paragraphs of their stories.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import random
import tempfile
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import bs4
import regex

from newsclean import Action, Options, SiteMemory, Source, clean_many, learn_sites
from tables import machine

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = tomllib.loads((Path(__file__).parent / "sites.toml").read_text(encoding="utf-8"))
LINES = ("newsletter", "appeal", "legal", "bio", "mistake", "comments", "origin", "app")
KINDS = ("plain", "running", "report", "live", "copies", "paged", "notice")
MIXED, WAR, MARKET = (60, 15, 8, 4, 4, 3, 6), (5, 80, 0, 10, 2, 1, 2), (10, 0, 80, 0, 4, 0, 6)
"""How likely each kind of story is: on most sites, on one that follows a single event, and on one of stock reports."""

DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"],
    "cs": ["pondělí", "úterý", "středu", "čtvrtek", "pátek"],
    "ja": ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日"],
}
SYLLABLES = "mar dol ven tis kor bel ran sul fen gor lim pas tor nev hal dru ost wen kil zar".split()
SIGNS = "山川田村松木森原島崎岡谷野沢池橋石井上中"


@dataclass
class Told:
    """A page: its address, its blocks in order with what each is, and its title."""

    url: str
    title: str
    story: str
    blocks: list[tuple[str, str]]
    language: str = "en"
    sidebar: list[tuple[str, str]] = field(default_factory=list)

    def html(self) -> str:
        """The page as a site serves it."""
        rows = "".join(
            f"<p class='t'>{escape(text)}</p>" if kind != "head" else f"<h2>{escape(text)}</h2>"
            for kind, text in self.blocks
        )
        side = "".join(
            f"<div><a href='/x'>{escape(head)}</a><p>{escape(lead)}</p></div>" for head, lead in self.sidebar
        )
        menu = "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("news", "town", "sport", "money", "people"))
        return (
            f"<!doctype html><html lang={self.language}><head><meta charset=utf-8><title>{escape(self.title)}</title>"
            f"</head><body><nav><ul>{menu}</ul></nav><article><h1>{escape(self.title)}</h1>{rows}</article>"
            f"<aside>{side}</aside><footer><p>© 2026</p></footer></body></html>"
        )

    def text(self) -> str:
        """The page flattened, its sidebar at the end."""
        side = [line for pair in self.sidebar for line in pair]
        return "\n\n".join([self.title, *(text for _, text in self.blocks), *side]) + "\n"

    @property
    def gold(self) -> str:
        """What a cleaner should give."""
        return "\n\n".join(text for kind, text in self.blocks if kind in {"story", "phrase"})


class Site:
    """An invented site with its habits."""

    def __init__(self, number: int, seed: int) -> None:
        self.pick = random.Random(f"{seed} {number}")
        self.language = list(WORDS)[number % len(WORDS)]
        self.words = WORDS[self.language]
        self.host = f"paper{number}.example"
        self.name = self._name(3).upper() if self.language != "ja" else self._name(2) + "新報"
        self.home = self._name(2)
        self.authors = [(self._person(), self.pick.choice(self.words["things"])) for _ in range(9)]
        shown = self.pick.sample(LINES, self.pick.randint(4, 6))
        self.lines = {kind: self.pick.choice(self.words[kind]) for kind in LINES if kind in shown}
        self.often = {kind: self.pick.uniform(0.3, 1.0) for kind in self.lines}
        self.running = [self._cast() for _ in range(2)]
        self.backgrounds = [[self._fill(s, cast) for s in self.words["background"]] for cast in self.running]
        self.weights = {5: WAR, 6: MARKET}.get(number % 7, MIXED)
        self.has_bylines = self.pick.random() < 0.7
        self.told: list[Told] = []

    def pages(self, count: int) -> list[Told]:
        """So many pages, or a few more where the last story is told on several."""
        while len(self.told) < count:
            self.told += self._story(len(self.told))
        leads = [(page.title, next(text for kind, text in page.blocks if kind == "story")) for page in self.told]
        for place, page in enumerate(self.told):
            page.sidebar = leads[place // 40 * 7 : place // 40 * 7 + 7]
        return self.told

    def _story(self, number: int) -> list[Told]:
        kind = self.pick.choices(list(KINDS), self.weights)[0]
        topic = 0 if self.weights is WAR else self.pick.randrange(len(self.running))
        cast = dict(self.running[topic]) if kind == "running" else self._cast()
        cast["spare"] = [self._person() for _ in range(3)]
        paragraphs = self._paragraphs(cast, {"notice": 2, "live": 24}.get(kind, self.pick.randint(5, 16)))
        if kind == "running":
            for text in self.backgrounds[topic]:
                paragraphs.insert(self.pick.randint(2, len(paragraphs)), text)
        if kind == "report":
            cast["firm"] = self._name(3)
            paragraphs[:] = [self._fill(s, cast) for s in self.words["report"]] + paragraphs[:2]
        if self.pick.random() < 0.3:
            paragraphs.insert(self.pick.randint(1, len(paragraphs)), self.pick.choice(self.words["notices"]))
        calls = [("phrase", self.words["stock_long"][0].format(home=self.home))] if self.pick.random() < 0.08 else []
        title = f"{cast['place']}: {cast['person']} – {cast['thing']} {number}"
        url = f"https://www.{self.host}/{self.pick.randrange(10**6)}/{number}"
        whole = [("story", text) for text in paragraphs] + calls
        if kind == "live":
            cuts = [6, 11, 17, 24]
            return [
                self.page(f"{url}-{n}", f"{title} ({n})", whole[24 - cut :], str(number)) for n, cut in enumerate(cuts)
            ]
        if kind == "copies":
            ways = (url, f"{url}/print", f"{url}?ref=letter", f"{url}?ref=front")
            return [self.page(way, title, whole, str(number)) for way in ways]
        if kind == "paged":
            intro, third = whole[:1], len(whole) // 3 + 1
            parts = [whole[at : at + third] for at in range(1, len(whole), third)]
            return [self.page(f"{url}/{n}", title, intro + part, str(number)) for n, part in enumerate(parts, 1)]
        return [self.page(url, title, whole, str(number))]

    def page(self, url: str, title: str, story: list[tuple[str, str]], name: str) -> Told:
        """The story with the site's own lines. story: pairs of "story" and a paragraph. name: of the story."""
        author, beat = self.pick.choice(self.authors)
        names = {"site": self.name, "home": self.home, "author": author, "beat": beat, "year": 2003 + len(author)}
        blocks = list(story)
        if self.has_bylines:
            blocks.insert(0, ("byline", self.words["byline"][0].format(author=author)))
        for kind, line in self.lines.items():
            if self.pick.random() > self.often[kind]:
                continue
            fixed = random.Random(line)
            numbers = {"n": fixed.randint(3, 90), "m": fixed.randint(3, 90)}
            if kind in {"legal", "comments"}:
                numbers = {"n": self.pick.randint(2, 900), "m": self.pick.randint(2, 900)}
            text = line.format(**names, **numbers, title=title)
            place = {"newsletter": min(3, len(blocks)), "app": len(blocks) // 2 + 1}.get(kind, len(blocks))
            blocks.insert(place, (kind, text))
        return Told(url, title, f"{self.host} {name}", blocks, self.language)

    def _cast(self) -> dict[str, object]:
        return {
            "place": self._name(2),
            "person": self._person(),
            "thing": self.pick.choice(self.words["things"]),
            "body": self.pick.choice(self.words["bodies"]),
        }

    def _paragraphs(self, cast: dict[str, object], count: int) -> list[str]:
        gap = "" if self.language == "ja" else " "
        pool: list[str] = []
        paragraphs = []
        for _ in range(count):
            said = []
            for _ in range(self.pick.randint(1, 3)):
                if not pool:
                    pool = self.pick.sample(self.words["sentences"], len(self.words["sentences"]))
                said.append(self._fill(pool.pop(), cast))
            paragraphs.append(gap.join(said))
        return paragraphs

    def _fill(self, sentence: str, cast: dict[str, object]) -> str:
        values = {**cast, "n": self.pick.randint(2, 99), "m": self.pick.randint(2, 99)}
        spare = cast.get("spare")
        if isinstance(spare, list) and self.pick.random() < 0.4:
            values["person"] = self.pick.choice(spare)
        return sentence.format(**values, day=self.pick.choice(DAYS[self.language]))

    def _person(self) -> str:
        return self._name(2) if self.language == "ja" else f"{self._name(2)} {self._name(2)}"

    def _name(self, length: int) -> str:
        signs = SIGNS if self.language == "ja" else SYLLABLES
        return "".join(self.pick.choice(signs) for _ in range(length)).capitalize()


@dataclass
class Case:
    """A page to clean: its source, the text that should remain, and what is known to be the site's own.

    story: the blocks of the story, where they are known one by one.
    """

    source: Source
    gold: str
    lines: dict[str, str]
    story: frozenset[str] = frozenset()


_SIGN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]|[^\W_]+?(?=[\p{Han}\p{Hiragana}\p{Katakana}]|\b)")


def words(text: str) -> Counter[str]:
    """The words of a text; in scripts without spaces its signs."""
    return Counter(_SIGN.findall(text.casefold()))


def word_f1(text: str, gold: str) -> float:
    got, wanted = words(text), words(gold)
    both = (got & wanted).total()
    return 2 * both / max(got.total() + wanted.total(), 1)


def measure(name: str, cases: list[Case], jobs: int) -> dict[str, float]:
    """Clean the pages without a memory and with one that was learned from them; print and return what that changed."""
    sources = [case.source for case in cases]
    options = Options(force=True)
    with tempfile.TemporaryDirectory() as folder:
        memory = Path(folder, "sites")
        learn_sites(sources, memory, jobs=jobs, options=options)
        size = memory.stat().st_size
        before = list(clean_many(sources, jobs=jobs, options=options))
        known = replace(options, site_memory=SiteMemory(memory))
        after = list(clean_many(sources, jobs=jobs, options=known))
    kept, left, lost = Counter[str](), Counter[str](), []
    f1: list[tuple[float, float]] = []
    other = 0
    for case, one, two in zip(cases, before, after, strict=True):
        if one.article is None or two.article is None:
            continue
        f1.append((word_f1(one.article.text, case.gold), word_f1(two.article.text, case.gold)))
        for old, new in zip(one.article.verdicts, two.article.verdicts, strict=True):
            if old.action is not Action.KEEP:
                continue
            text = old.block.text
            kind = case.lines.get(text)
            if kind:
                kept[kind] += 1
                left[kind] += new.action is Action.KEEP
            elif new.action is Action.DROP:
                if text in case.story or (not case.story and is_in(text, case.gold)):
                    lost.append((case.source.url, old.probability, text))
                else:
                    other += 1
    print(f"{name}: {len(f1)} pages, {len({urlsplit(s.url or '').hostname for s in sources})} sites, {size:,} bytes")
    count = max(len(f1), 1)
    print(f"  word F1 {sum(a for a, _ in f1) / count:.4f} without, {sum(b for _, b in f1) / count:.4f} with memory")
    print(f"  pages better {sum(b > a for a, b in f1)}, worse {sum(b < a for a, b in f1)}")
    phrases = kept.pop("phrase", 0), left.pop("phrase", 0)
    print(f"  own lines kept: {kept.total()} without, {left.total()} with; other blocks dropped: {other}")
    if kept:
        print("   ", ", ".join(f"{kind} {kept[kind]} → {left[kind]}" for kind in sorted(kept)))
    if phrases[0]:
        print(f"  stock phrases in stories kept: {phrases[0]} without, {phrases[1]} with")
    print(f"  blocks of stories lost: {len(lost)}")
    for url, probability, text in lost[:20]:
        print(f"    {probability:.2f} {url} {text[:100]}", flush=True)
    return {
        "pages": len(f1),
        "word_f1_without": round(sum(a for a, _ in f1) / count, 4),
        "word_f1_with": round(sum(b for _, b in f1) / count, 4),
        "better": sum(b > a for a, b in f1),
        "worse": sum(b < a for a, b in f1),
        "own_lines_without": kept.total(),
        "own_lines_with": left.total(),
        "story_blocks_lost": len(lost),
    }


def is_in(text: str, gold: str) -> bool:
    """Whether most of a block's runs of five words stand in the reference."""
    own, all_ = _SIGN.findall(text.casefold()), _SIGN.findall(gold.casefold())
    size = min(5, len(own))
    runs = {tuple(all_[at : at + size]) for at in range(len(all_) - size + 1)}
    found = [tuple(own[at : at + size]) in runs for at in range(len(own) - size + 1)]
    return sum(found) * 2 > len(found)


def invented(sites: int, pages: int, seed: int, *, as_text: bool) -> list[Case]:
    cases = []
    for number in range(sites):
        for page in Site(number, seed).pages(pages):
            source = Source(page.url, content=page.text() if as_text else page.html(), url=page.url)
            lines = {text: kind for kind, text in page.blocks if kind in {*LINES, "phrase"}}
            story = frozenset(text for kind, text in page.blocks if kind == "story")
            cases.append(Case(source, page.gold, lines, story))
    return cases


def published(bench: Path) -> list[tuple[str, str, bytes, str]]:
    """Pages of the development data that have a reference: language, address, HTML, reference."""
    rows = []
    with gzip.open(bench / "silver/pages.jsonl.gz", "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            html = gzip.decompress(base64.b64decode(record["html_gz"]))
            rows.append((record["lang"], record["url"] or "", html, record["text"]))
    for path in sorted((bench / "wcxb-dev/gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["type"] == "article":
            html = gzip.decompress((bench / f"wcxb-dev/html/{gold['id']}.html.gz").read_bytes())
            rows.append(("en", gold["url"], html, gold["text"]))
    return rows


def by_site(rows: list[tuple[str, str, bytes, str]]) -> list[Case]:
    groups = defaultdict(list)
    for _, url, html, gold in rows:
        groups[urlsplit(url).hostname].append(Case(Source(url, content=html, url=url), gold, {}))
    return [case for host, cases in groups.items() if host and len(cases) > 1 for case in cases]


def as_one(rows: list[tuple[str, str, bytes, str]], language: str, *, planted: bool) -> list[Case]:
    """Pages of a language as those of one site, which may have lines of its own."""
    site = Site(list(WORDS).index(language), 7)
    cases = []
    for number, (spoken, _, html, gold) in enumerate(rows):
        if spoken != language:
            continue
        url = f"https://{site.host}/{number}"
        lines = {text: kind for kind, text in site.page(url, "", [], "").blocks if kind in LINES} if planted else {}
        content = with_lines(html, gold, list(lines)) if planted else html
        cases.append(Case(Source(url, content=content, url=url), gold, lines))
    return cases


def with_lines(html: bytes, gold: str, lines: list[str]) -> bytes:
    """A page with lines among the paragraphs of its story, looking as these do."""
    tree = bs4.BeautifulSoup(html, "html.parser")
    told = " ".join(gold.split())
    story = [p for p in tree.find_all("p") if len(p.get_text()) > 60 and " ".join(p.get_text(" ").split())[:50] in told]
    for line, at in zip(lines, (2, len(story) // 2, -1, -1, -1, -1), strict=False):
        if len(story) > 3:
            paragraph = tree.new_tag("p", attrs=dict(story[0].attrs))
            paragraph.string = line
            story[min(at, len(story) - 1)].insert_after(paragraph)
    return tree.encode()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("bench", nargs="?", type=Path)
    parser.add_argument("--sites", type=int, default=14)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    groups: dict[str, Callable[[], list[Case]]] = {}
    if args.bench is None:
        for form in ("html", "text"):
            as_text = form == "text"
            groups[f"invented sites, {form}"] = partial(invented, args.sites, args.pages, args.seed, as_text=as_text)
    else:
        rows = published(args.bench)
        groups["pages by site"] = partial(by_site, rows)
        for language in ("en", "de", "ja"):
            groups[f"{language}, taken for one site"] = partial(as_one, rows, language, planted=False)
            groups[f"{language}, with own lines"] = partial(as_one, rows, language, planted=True)
    figures = {name: measure(name, cases(), args.jobs) for name, cases in groups.items()}
    if args.json:
        results = {"figures": figures, "made": machine()}
        args.json.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
