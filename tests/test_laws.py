"""The laws of the README's first lines, on sources nobody thought of."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import newsclean
from newsclean import Action, NewscleanError, Options

SAMPLES = sorted(path for path in (Path(__file__).parents[1] / "samples").iterdir() if path.is_file())
ARTICLES = [path for path in SAMPLES if path.name != "section-front.html"]
FORCED = Options(force=True)
WORD = regex.compile(r"\w+")

LAWS = settings(suppress_health_check=[HealthCheck.too_slow])

SENTENCES = st.sampled_from(
    [
        "The council voted on Tuesday to close the bridge until the spring.",
        "Nobody was hurt, a spokesman said.",
        "Read more: Ten quiet harbours",
        "Sign up for our newsletter",
        "Flat for sale, 2 rooms, 48m<sup>2</sup>",
        "By Jane Quill",
        "Published on 03.04.2024 09:15",
        "PORT ELLEN, April 2 (AP) – The ferry is late again, and its crew says it will be late all summer.",
        "Der Rat stimmte am Dienstag dafür, die Brücke zu sperren.",
        "市議会は火曜日、橋を春まで閉鎖することを決めた。",
        "© 2024 The Harbour Post. All rights reserved.",
        "Home",
        "Sport",
    ]
)
TEXTS = st.lists(SENTENCES | st.text(max_size=80), min_size=1, max_size=30).map("\n\n".join)
TAGS = st.sampled_from(["p", "div", "li", "h1", "h2", "td", "blockquote", "span", "a", "section", "article", "aside"])
PAGES = st.lists(st.tuples(TAGS, SENTENCES), min_size=1, max_size=30).map(
    lambda rows: "<html><body>" + "".join(f"<{tag} class=x>{text}</{tag}>" for tag, text in rows) + "</body></html>"
)


def cleaned(source: str | bytes) -> newsclean.Article | None:
    try:
        return newsclean.clean(source, options=FORCED)
    except NewscleanError:
        return None


def check(article: newsclean.Article) -> None:
    assert [verdict.block.index for verdict in article.verdicts] == list(range(len(article.verdicts)))
    for verdict in article.verdicts:
        assert (verdict.reason is not None) == (verdict.action is Action.DROP)
        assert (verdict.field is not None) == (verdict.action is Action.MOVE)
        assert 0 <= verdict.probability <= 1
    kept = [v.block.text for v in article.verdicts if v.action is Action.KEEP]
    assert len(kept) == len(article.paragraphs)
    head = article.dateline.text if article.dateline else ""
    for text, paragraph in zip(kept, article.paragraphs, strict=True):
        assert set(WORD.findall(paragraph.text)) <= set(WORD.findall(text)) | set(WORD.findall(head))


@LAWS
@given(TEXTS)
def test_every_block_of_a_text_has_one_verdict_and_no_word_is_invented(source: str) -> None:
    article = cleaned(source)
    if article is not None:
        check(article)


VOTE = "The council voted on Tuesday to close the bridge until the spring."
FERRY = "PORT ELLEN, April 2 (AP) – The ferry is late again, and its crew says it will be late all summer."
LIKE_HEADS = (
    f"<html><body><p>{VOTE}</p><p>{FERRY}</p><p>{VOTE}</p><table><tr><td>{FERRY}</td><td>{VOTE}</td></tr></table>"
    "</body></html>"
)
"""Two blocks that open with the same dateline and go on differently."""


@LAWS
@given(PAGES)
@example(LIKE_HEADS)
def test_every_block_of_a_page_has_one_verdict_and_no_word_is_invented(source: str) -> None:
    article = cleaned(source)
    if article is not None:
        check(article)


@LAWS
@given(st.binary(max_size=400))
def test_any_bytes_raise_only_our_errors(source: bytes) -> None:
    cleaned(source)


@LAWS
@given(st.text(max_size=400))
def test_any_text_raises_only_our_errors(source: str) -> None:
    for kind in ("auto", "html", "text"):
        try:
            article = newsclean.clean(source, options=Options(as_=kind, force=True))
        except NewscleanError:
            continue
        str(article)
        article.to_dict()


@LAWS
@given(TEXTS | PAGES)
def test_twice_the_same(source: str) -> None:
    first, second = cleaned(source), cleaned(source)
    assert first == second
    if first is not None:
        assert str(first) == str(second)
        assert pickle.loads(pickle.dumps(first)) == first


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_cleaning_a_cleaned_sample_changes_nothing(path: Path) -> None:
    once = str(newsclean.clean(path, options=FORCED))
    assert str(newsclean.clean(once, options=FORCED)) == once


LATE_DATELINE = """Nobody was hurt, a spokesman said.

© 2024 The Harbour Post. All rights reserved.

The council voted on Tuesday to close the bridge until the spring.

PORT ELLEN, April 2 (AP) – The ferry is late again, and its crew says it will be late all summer.

© 2024 The Harbour Post. All rights reserved."""

LEADING_TITLE = "Read more: Ten quiet harbours\n\n0\n\nG\n\nRead more: Ten quiet harbours"

DOUBTFUL_TITLE = """Nobody was hurt, a spokesman said.

The council voted on Tuesday to close the bridge until the spring.

By Jane Quill"""

STRAY_AGENCY = (
    "Ferry to run every half hour from June\n\nBy Karen Holm\nReport\nDecember 20, 2025\n\n"
    "The ferry between the two islands will run every half hour from the first of June, the harbour board said.\n\n"
    "Until now passengers had to wait for as long as three hours, and many took the longer way over the bridge.\n\n"
    "The board expects that the new timetable will cost four million crowns a year, most of it for fuel and wages."
)
"""A word that is the name of an agency on a line of its own, but not in brackets behind a name."""

OTHER_HEADER = (
    "Picture: Fergus Tulloch\n\n"
    "“I have offered the same job to four people in two years,” said Alasdair Munro, who runs the hospital. “All of"
    " them said yes, and all of them rang back a month later in tears because they could not find a room.”\n\n"
    "Published on 04.03.2026 08:05 (updated on 04.03.2026)\n\n"
    "The cottages at Skarra Head have stood empty since 1989. Picture: Fergus Tulloch"
)

POSTED_TITLE = (
    "Keepers praise the mermaid of the lighthouse Posted on 3 Oct 2016 by Jane Roe\n\nBy Jane Roe\n\n"
    "A few weeks ago the painter Vera Orlova drew the lighthouse as a mermaid and showed the picture in the hall.\n\n"
    "The keeper answered that the tower had never looked better, and hung a print of it beside the logbook.\n\n"
    "Related stories\n\nHotel Riverside\n\nfrom 98 € a night\n\nSold out\n\n"
    "Visitors have asked for copies ever since, and the office now sells them for the upkeep of the stairs."
)
"""With a day and a byline glued to its headline, and the byline once more."""


@LAWS
@given(TEXTS)
@example(POSTED_TITLE)
@example(OTHER_HEADER)
@example(STRAY_AGENCY)
@example(LATE_DATELINE)
@example(DOUBTFUL_TITLE)
@example(LEADING_TITLE)
def test_cleaning_clean_text_changes_nothing(source: str) -> None:
    article = cleaned(source)
    if article is None or not str(article).strip():
        return
    once = str(article)
    again = cleaned(once)
    assert again is not None
    assert str(again) == once


BODY_WITH_HEADLINE = "会員登録\nログイン\n廃線の鉄橋、歩いて渡れる橋に 来春開通へ 地元の高校生が設計に参加\n村井千夏"
"""A line that a second reader takes for the headline of what is left."""

ROWS = "Yoga on the quay\n\nAll classes are free, and mats can be had at the door of the boathouse.\n\n" + "\n\n".join(
    f"October {day}, 12 noon to 1 pm, room 217, Carrie Vale" for day in (8, 15, 22, 29)
)


@LAWS
@given(TEXTS)
@example(BODY_WITH_HEADLINE)
@example(ROWS)
@example(POSTED_TITLE)
@example(OTHER_HEADER)
@example(LATE_DATELINE)
@example(DOUBTFUL_TITLE)
def test_a_body_alone_is_the_body_below_a_header(source: str) -> None:
    try:
        alone = newsclean.clean(source, options=replace(FORCED, header=False))
    except NewscleanError:
        return
    below = newsclean.clean(source, options=FORCED)
    assert alone.paragraphs == below.paragraphs
    assert alone.verdicts == below.verdicts


def test_the_same_in_fresh_processes_under_other_locales_and_hash_seeds() -> None:
    program = (
        "import sys, json, newsclean, pathlib\n"
        "for name in sys.argv[1:]:\n"
        "    a = newsclean.clean(pathlib.Path(name), options=newsclean.Options(force=True))\n"
        "    print(json.dumps(a.to_dict(), sort_keys=True))\n"
    )
    outputs = set()
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("12345", "POSIX")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "LANG": locale,
            "PYTHONIOENCODING": "utf-8",
        }
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, SAMPLES)], env=environment, capture_output=True, check=True
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") == len(SAMPLES)
