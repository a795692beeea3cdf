"""The JSON Schema holds for what is written, and for nothing else; the schema.org form; Markdown that reads back."""

from __future__ import annotations

import copy
import dataclasses
import json
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import newsclean
from newsclean import Options
from newsclean.marks import without_list_mark
from newsclean.model import Action, Article, Byline, Dateline, Declared, Kind, Paragraph, Reason
from newsclean.writing.json import write_json, write_json_line
from newsclean.writing.jsonld import as_news_article, write_jsonld
from newsclean.writing.markdown import write_markdown

jsonschema = pytest.importorskip("jsonschema")
markdown_it = pytest.importorskip("markdown_it")

ROOT = Path(__file__).parent
PAGES = sorted(
    path
    for folder in (ROOT.parent / "samples", ROOT / "pages")
    for path in folder.rglob("*")
    if path.is_file() and path.suffix in {".html", ".txt"} and not path.name.startswith("expected")
)
SCHEMA = json.loads(resources.files("newsclean").joinpath("article.schema.json").read_text(encoding="utf-8"))
CHECK = jsonschema.Draft202012Validator(SCHEMA)


def cleaned(path: Path, **options) -> Article:
    return newsclean.clean(path, options=Options(force=True, **options))


def bare(**fields) -> Article:
    empty = dict.fromkeys(["title", "standfirst", "byline", "dateline", "published", "updated", "language", "url"])
    return Article(**{**empty, "paragraphs": (), "verdicts": (), "page_declared": Declared(), **fields})


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_written_is_as_the_schema_says(path):
    article = cleaned(path)
    assert [error.message for error in CHECK.iter_errors(json.loads(write_json(article)))] == []
    assert [error.message for error in CHECK.iter_errors(json.loads(write_json_line(article, "x")))] == []


def test_an_empty_article_is_too():
    assert CHECK.is_valid(json.loads(write_json(bare())))


def test_the_schema_knows_every_field_and_reason_in_order():
    data = cleaned(ROOT.parent / "samples" / "listings.html").to_dict()
    assert list(SCHEMA["properties"]) == list(data) == SCHEMA["required"]
    blocks = SCHEMA["properties"]["blocks"]["items"]
    assert list(blocks["properties"]) == list(data["blocks"][0])
    assert blocks["properties"]["reason"]["enum"] == [*map(str, Reason), None]
    assert blocks["properties"]["kind"]["enum"] == list(map(str, Kind))
    assert blocks["properties"]["action"]["enum"] == list(map(str, Action))
    for name in ("byline", "dateline"):
        assert list(SCHEMA["properties"][name]["properties"]) == list(data[name])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("title"),
        lambda data: data.update(schema=2),
        lambda data: data.update(published="5 March 2026"),
        lambda data: data.update(confidence=1.5),
        lambda data: data["byline"].pop("authors"),
        lambda data: data["byline"].update(age=3),
        lambda data: data["blocks"][0].update(action="filter"),
        lambda data: data["blocks"][0].update(action="keep", reason="ad"),
        lambda data: data["blocks"][0].update(action="drop", reason=None),
        lambda data: data["blocks"][0].update(action="move", reason=None, field=None),
        lambda data: data["paragraphs"][0].update(kind="poem"),
    ],
)
def test_what_is_not_as_the_schema_says_is_seen(spoil):
    data = copy.deepcopy(cleaned(ROOT.parent / "samples" / "listings.html").to_dict())
    assert CHECK.is_valid(data)
    spoil(data)
    assert not CHECK.is_valid(data)


# schema.org


def test_a_news_article_has_what_is_known():
    article = bare(
        title="Bridge approved",
        standfirst="After eleven years",
        byline=Byline(authors=("Mira Halden",), agencies=("ČTK",), editors=("Jon Bree",), raw="By Mira Halden (ČTK)"),
        published="2026-03-04T18:20+01:00",
        updated="2026-03-05",
        dateline=Dateline(place="Orlov", region="Lower Hills", date="--03-04", text="ORLOV, March 4 (ČTK) — "),
        language="en",
        url="https://orlov.example/bridge",
        paragraphs=(Paragraph("One two."), Paragraph("Three.")),
    )
    assert as_news_article(article) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": "https://orlov.example/bridge",
        "inLanguage": "en",
        "headline": "Bridge approved",
        "abstract": "After eleven years",
        "author": [{"@type": "Person", "name": "Mira Halden"}],
        "editor": [{"@type": "Person", "name": "Jon Bree"}],
        "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": "ČTK"}],
        "datePublished": "2026-03-04T18:20+01:00",
        "dateModified": "2026-03-05",
        "dateline": "ORLOV, March 4 (ČTK)",
        "locationCreated": {
            "@type": "Place",
            "name": "Orlov",
            "containedInPlace": {"@type": "Place", "name": "Lower Hills"},
        },
        "articleBody": "One two.\n\nThree.",
        "wordCount": 3,
    }


def test_what_is_unknown_is_left_out():
    assert as_news_article(bare(byline=Byline(raw="Staff"))) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
    }


def test_it_may_stand_in_a_script_element():
    text = "</script><script>alert(1)</script> \u2028 \x1b[31m"
    written = write_jsonld(bare(title=text))
    assert "<" not in written
    assert "\x1b" not in written
    assert "\u2028" not in written
    assert json.loads(written)["headline"] == text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_newsclean_reads_back_the_dates_and_title_it_writes(path):
    article = cleaned(path)
    if not article.title:
        pytest.skip("this page has no title")
    page = f'<html><head><script type="application/ld+json">{write_jsonld(article)}</script></head><body></body></html>'
    body = "<p>The council met on Tuesday evening to talk about the long delayed bridge, and voted for it.</p>"
    declared = newsclean.clean(page.replace("<body>", f"<body>{body}"), options=Options(force=True)).page_declared
    assert [claim.value for claim in declared.titles][:1] == [" ".join(article.title.split())]
    assert [claim.value for claim in declared.published][:1] == [article.published] * bool(article.published)


# Markdown


def parsed(markdown: str) -> list:
    return markdown_it.MarkdownIt("commonmark").enable("table").parse(markdown)


def inline(tokens) -> list[str]:
    """The text of every inline run and code block, white space folded."""
    runs = [
        "".join(" " if child.type.endswith("break") else child.content for child in token.children)
        if token.type == "inline"
        else token.content
        for token in tokens
        if token.type in {"inline", "fence"}
    ]
    return [" ".join(run.split()) for run in runs if run.strip()]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_markdown_reads_back_as_the_same_words(path):
    article = dataclasses.replace(cleaned(path), options=Options(header=False))
    tokens = parsed(write_markdown(article))
    assert not [token.type for token in tokens if token.type in {"html_block", "hr", "code_block"}]
    read = " ".join(inline(tokens)).replace(" | ", " ")
    assert read.split() == article.text.replace(" | ", " ").split()


KINDS = {
    Kind.PARAGRAPH: "paragraph_open",
    Kind.HEADING: "heading_open",
    Kind.LIST_ITEM: "list_item_open",
    Kind.QUOTE: "blockquote_open",
    Kind.PREFORMATTED: "fence",
}
HARD = st.text(st.sampled_from("ab1 .*_`#>+-=|[]()<>&;!\\~:\n\t"), min_size=1, max_size=40).filter(
    lambda text: any(sign.isalnum() for sign in text)
)


@given(st.sampled_from(sorted(KINDS)), HARD)
@example(Kind.LIST_ITEM, "- 1")
def test_any_paragraph_reads_back_as_itself(kind, text):
    text = " ".join(text.split())
    tokens = parsed(write_markdown(bare(paragraphs=(Paragraph(text, kind, 1),))))
    assert tokens[0].type in {KINDS[kind], "bullet_list_open"}
    # the mark that an item of a flattened list begins with is the one that Markdown writes
    assert inline(tokens) == [without_list_mark(text) if kind is Kind.LIST_ITEM else text]
    children = [child.type for token in tokens if token.type == "inline" for child in token.children]
    assert set(children) <= {"text", "text_special"}
