"""Arguments of a program's that cannot be meant are refused in one line that says what is wanted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup, Tag

import newsclean
from newsclean import Options, Reason, UnreadableSource, UsageError
from newsclean.batch.formats.unpack import unzstd
from newsclean.cli.preset_flags import DROPPED_BY_NAME
from newsclean.model import FrontMatter, Ruled, Ruling
from newsclean.reading import read
from newsclean.writing.json import write_json
from newsclean.writing.jsonld import write_jsonld
from newsclean.writing.markdown import write_markdown

STORY = "\n\n".join(
    f"The council met on {day} evening, and the mayor said that work on the bridge was to begin within two weeks."
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday")
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY.split("\n\n"))


def refusal(call, *args, **settings) -> str:
    with pytest.raises(UsageError) as caught:
        call(*args, **settings)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"now": "yesterday"}, "now: 'yesterday' is no ISO 8601 time"),
        ({"now": 3}, "now: 3 is no ISO 8601 time"),
        ({"threshold": "0.5"}, "threshold: '0.5' is not between 0 and 1"),
        ({"threshold": float("nan")}, "threshold: nan is not between 0 and 1"),
        ({"max_bytes": "x"}, "max_bytes: 'x' is not a positive number of bytes"),
        ({"max_bytes": 1.5}, "max_bytes: 1.5 is not"),
        ({"max_bytes": 0}, "max_bytes: 0 is not"),
        ({"keep": None}, "keep: None is no tuple of Reasons; write one as ('caption',)"),
        ({"keep": "caption"}, "keep: 'caption' is a str, where a tuple of Reasons is wanted; write ('caption',)"),
        ({"drop": ["caption"]}, "drop: ['caption'] is no tuple"),
        ({"drop": (3,)}, "drop: (3,) is no tuple"),
        ({"encoding": 3}, "encoding: 3 is no str"),
        ({"language": 3}, "language: 3 is no str"),
        ({"site_memory": "x"}, "site_memory: 'x' is no SiteMemory"),
        ({"rules": None}, "rules: None is no Rules"),
        ({"rules": {}}, "rules: {} is no Rules"),
        ({"as_": []}, "as: [] is none of auto, html, text"),
    ],
)
def test_options_of_the_wrong_kind_are_refused_when_they_are_made(options, why):
    assert refusal(Options, **options).startswith(why)
    assert refusal(replace, Options(), **options).startswith(why)


@pytest.mark.parametrize("source", [None, 3, ["<p>"]])
def test_a_source_of_no_kind_is_refused(source):
    assert refusal(newsclean.clean, source).startswith(f"source: {type(source).__name__} is none of str, bytes, ")


def test_what_stands_beside_a_source_is_checked(tmp_path):
    why = "options: None is no Options; write Options(…), or leave it out"
    assert refusal(newsclean.clean, STORY, options=None) == why
    assert refusal(newsclean.clean_many, [STORY], options=None) == why
    assert refusal(newsclean.learn_sites, [STORY], tmp_path / "m", options=None) == why
    assert refusal(newsclean.clean, STORY, url=3) == "url: 3 is no str; give one, or None"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": None}, "name: None is no str"),
        ({"path": "s/plain.txt"}, "path: 's/plain.txt' is no pathlib.Path; write Path(…)"),
        ({"content": 3}, "content: int is neither bytes nor str"),
        ({"url": 3}, "url: 3 is no str"),
        ({"charset": b"utf-8"}, "charset: b'utf-8' is no str"),
        ({"fetched": "yesterday"}, "fetched: 'yesterday' is no ISO 8601 time"),
    ],
)
def test_a_source_is_checked_where_it_is_made(fields, why):
    assert refusal(newsclean.Source, **{"name": "a", **fields}).startswith(why)


@pytest.mark.parametrize(
    "sources", [STORY, b"x", Path("x"), newsclean.Source("x"), BeautifulSoup("<p>", "html.parser")]
)
def test_one_source_is_no_list_of_them(sources, tmp_path):
    why = f"sources: {type(sources).__name__} is a single source; give a list, [source]"
    assert refusal(newsclean.clean_many, sources, jobs=0) == why
    assert refusal(newsclean.learn_sites, sources, tmp_path / "m", jobs=0) == why


def test_what_yields_nothing_is_no_list_of_sources():
    assert refusal(newsclean.clean_many, None) == "sources: NoneType is no list of sources, nor yields any"


@pytest.mark.parametrize("jobs", [0, 1])
@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html><html lang=en><head><title>Bridge</title></head><body>{PARAGRAPHS}</body></html>",
        f"<article>{PARAGRAPHS}</article>",
        "<span>" + STORY.replace("\n\n", "<br>") + "</span>",
    ],
)
def test_many_trees_are_cleaned_as_one_is(page, jobs):
    options = newsclean.Options(force=True)
    tree = BeautifulSoup(page, "html.parser")
    trees = [tree, next(tag for tag in tree if isinstance(tag, Tag))]
    outcomes = list(newsclean.clean_many(trees, jobs=jobs, options=options))
    assert [outcome.source.name for outcome in outcomes] == ["#0", "#1"]
    assert [outcome.article for outcome in outcomes] == [newsclean.clean(tree, options=options) for tree in trees]


@pytest.mark.parametrize("name", ["a\0b", "a\0b.html.zst"])
def test_a_path_with_a_null_character_is_one_of_no_file(name):
    with pytest.raises(UnreadableSource, match="there is no such file"):
        newsclean.clean(Path(name))
    (outcome,) = newsclean.clean_many([Path(name)], jobs=0)
    assert "there is no such file" in outcome.error


@pytest.mark.parametrize("read", [newsclean.parse_byline, newsclean.parse_dateline, newsclean.parse_dates])
def test_readers_of_lines_take_strings_alone(read):
    assert refusal(read, None).startswith("line: NoneType is no str")
    assert refusal(read, 3).startswith("line: int is no str")
    assert refusal(read, b"By Mira Halden").startswith("line: bytes is no str")
    assert refusal(read, "By Mira Halden", 3).startswith("language: 3 is no str")
    assert refusal(read, "By Mira Halden", "en", 3).startswith("url: 3 is no str")
    assert read("") is None


def test_times_that_stand_beside_a_line_are_checked():
    assert refusal(newsclean.parse_dates, "x", now="soon").startswith("now: 'soon' is no ISO 8601 time")
    assert refusal(newsclean.parse_dateline, "x", published=3).startswith("published: 3 is no str")


def test_numbers_of_other_packages_and_names_of_reasons_are_taken():
    assert Options(threshold=np.float32(0.5), max_bytes=np.int64(9)).threshold == 0.5
    assert Options(threshold=0, now="2026-03-04", keep=(Reason.AD,), drop=("hidden",)).keep == ("ad",)


def test_what_no_block_says_of_itself_cannot_be_dropped_for_it():
    for reason in Reason:
        options = Options(drop=(reason.value,), force=True)
        if reason.value in DROPPED_BY_NAME.choices:
            assert newsclean.clean(STORY, options=options).paragraphs
        else:
            why = refusal(newsclean.clean, STORY, options=options)
            assert why.startswith(f"drop: nothing in a block that is kept says '{reason}'; choose among listing, ")


@pytest.mark.parametrize("jobs", [0, 1])
@pytest.mark.parametrize("page", [STORY, f'<article>{PARAGRAPHS}<p><a href="b">Bridge</a> plans</p></article>'])
def test_half_a_surrogate_pair_in_what_a_caller_says_is_replaced(page, jobs):
    options, url = Options(language="e\ud800", force=True, links=True), "http://x.example/\ud800"
    source = newsclean.Source("\udc80", content=page, url=url)
    (outcome,) = newsclean.clean_many([source], jobs=jobs, options=options)
    for article in (newsclean.clean(page, url=url, options=options), outcome.article):
        assert (article.url, article.language) == ("http://x.example/\ufffd", "e\ufffd")
        assert json.dumps(article.to_dict(), ensure_ascii=False).encode()
        assert (write_markdown(article) + write_json(article) + write_jsonld(article) + str(article)).encode()


def test_what_comes_out_can_be_hashed():
    page = f"<html><head><title>Bridge</title></head><body><article>{PARAGRAPHS}</article></body></html>"
    options = Options(force=True, links=True)
    read_once, read_twice = (read(page, url=None, options=options) for _ in range(2))
    assert read_once.layout is not None
    assert len({read_once, read_twice}) == 1
    assert len({newsclean.clean(page, options=options) for _ in range(2)}) == 1
    assert len({newsclean.clean(page, options=replace(options, force=force)) for force in (True, False)}) == 2
    assert len({outcome for _ in range(2) for outcome in newsclean.clean_many([page], jobs=0)}) == 1
    assert hash(FrontMatter(moved={1: "title"})) == hash(FrontMatter(moved={1: "title"}))
    assert hash(Ruled({1: Ruling(keep=True, rule="x")})) == hash(Ruled())


def test_messages_name_the_option_and_the_flag():
    with pytest.raises(newsclean.NotAnArticle, match=r"force=True \(--force\) .* article \(--explain\)"):
        newsclean.clean("<p>Home</p><p><a href=/>Menu</a></p>")
    zstandard = pytest.importorskip("zstandard")
    with pytest.raises(UnreadableSource, match=r"raise max_bytes \(--max-bytes\) to take it"):
        unzstd(zstandard.compress(b"x" * 100), 50)
