"""The gold pages: whole invented pages, each with the article that a reader would want from it.

A folder of tests/pages holds `source.html` or `source.txt` (one under tests/pages/samples/ stands for the file of that
name in samples/) and beside it what is expected:

    expected.txt    the body, paragraphs apart by blank lines, exactly as `Article.text`
    expected.json   title, standfirst, authors, agencies, published, updated, dateline_place; those that are tested
    dropped.toml    lines that must go, with the reason (or any of several); `kept_once` for a line that stands twice
    output.txt      what `newsclean FILE` prints, for a few

The files of tests/pages/no-article/ hold no story. What newsclean cannot do yet is listed in known-failures.toml.
`python tests/bless_pages.py` shows what changed.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import regex
from bs4 import BeautifulSoup

from newsclean import clean
from newsclean.errors import NotAnArticle
from newsclean.model import Action, Article, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
PAGES = HERE / "pages"
SAMPLES = HERE.parent / "samples"
FOLDERS = {
    path.parent.relative_to(PAGES).as_posix(): path.parent
    for path in sorted(PAGES.glob("**/expected.txt"), key=lambda path: path.as_posix())
}
NO_ARTICLE = {
    path.relative_to(path.parents[1]).as_posix(): path
    for path in (SAMPLES / "section-front.html", *sorted((PAGES / "no-article").glob("*.html")))
}
FIELDS = ("title", "standfirst", "authors", "agencies", "published", "updated", "dateline_place")
TAG = regex.compile(r"</?\w++[^<>]{0,200}+>")
DATELINE = regex.compile(r"^[^—]{2,60}+— ")
KNOWN = {
    (failure["page"], failure["check"]): failure["why"]
    for failure in tomllib.loads((PAGES / "known-failures.toml").read_text("utf-8")).get("failure", [])
}


def source_of(name: str) -> Path:
    """The file of a page: in its folder, or of the same name in samples/."""
    own = sorted(FOLDERS[name].glob("source.*"))
    return own[0] if own else SAMPLES / FOLDERS[name].name


@cache
def article_of(name: str) -> Article:
    return clean(source_of(name))


def expected_body(name: str) -> str:
    return (FOLDERS[name] / "expected.txt").read_text("utf-8").rstrip("\n")


def expected_fields(name: str) -> dict[str, Any]:
    path = FOLDERS[name] / "expected.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def actual_fields(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "standfirst": article.standfirst,
        "authors": list(article.byline.authors) if article.byline else [],
        "agencies": list(article.byline.agencies) if article.byline else [],
        "published": article.published,
        "updated": article.updated,
        "dateline_place": article.dateline.place if article.dateline else None,
    }


def expected_drops(name: str) -> list[dict[str, Any]]:
    path = FOLDERS[name] / "dropped.toml"
    return tomllib.loads(path.read_text("utf-8"))["dropped"] if path.exists() else []


def known(page: str, check: str) -> list[pytest.MarkDecorator]:
    why = KNOWN.get((page, check))
    return [pytest.mark.xfail(reason=why, strict=True)] if why else []


def cases(check: str, names: Iterator[str]) -> list[Any]:
    return [pytest.param(name, id=name, marks=known(name, check)) for name in names]


def squeezed(text: str) -> str:
    """Without markup left over in text, and without white space."""
    return "".join(TAG.sub("", text).split())


def readable_text(name: str) -> str:
    """What stands on the page, read by other means than newsclean's own: its text, and its JSON-LD's articleBody."""
    raw = source_of(name).read_bytes()
    if source_of(name).suffix == ".txt":
        return raw.decode("utf-8")
    soup = BeautifulSoup(raw, "html.parser")
    scripts = (json.loads(script.string) for script in soup.find_all("script", type="application/ld+json"))
    return soup.get_text() + "\n".join(script.get("articleBody", "") for script in scripts)


@pytest.mark.parametrize("name", FOLDERS)
def test_expected_body_stands_on_the_page_in_order(name):
    page = squeezed(readable_text(name))
    place = 0
    for paragraph in expected_body(name).split("\n\n"):
        for piece in DATELINE.sub("", paragraph).split(" | "):
            found = page.find(squeezed(piece), place)
            assert found >= 0, f"not on the page, or out of order: {piece}"
            place = found + len(squeezed(piece))


@pytest.mark.parametrize("name", FOLDERS)
def test_expected_drops_stand_on_the_page(name):
    page = squeezed(readable_text(name))
    kept = {squeezed(paragraph) for paragraph in expected_body(name).split("\n\n")}
    for drop in expected_drops(name):
        times = 2 if drop.get("kept_once") else 1
        assert page.count(squeezed(drop["line"])) >= times, drop["line"]
        assert drop.get("kept_once") or squeezed(drop["line"]) not in kept


@pytest.mark.parametrize("name", cases("body", FOLDERS))
def test_body(name):
    assert article_of(name).text == expected_body(name)


@pytest.mark.parametrize("name", cases("dropped", (name for name in FOLDERS if expected_drops(name))))
def test_dropped_lines_have_their_reason(name):
    verdicts = article_of(name).verdicts
    wrong = []
    for drop in expected_drops(name):
        line = squeezed(drop["line"])
        allowed = [drop["reason"]] if isinstance(drop.get("reason"), str) else drop.get("reason", list(Reason))
        same = [verdict for verdict in verdicts if squeezed(verdict.block.text) == line]
        around = same or [verdict for verdict in verdicts if line in squeezed(verdict.block.text)]
        kept = [verdict for verdict in around if verdict.action is Action.KEEP]
        reasons = [verdict.reason for verdict in around if verdict.action is Action.DROP]
        moved = any(verdict.action is Action.MOVE for verdict in around)
        if len(kept) > bool(drop.get("kept_once")):
            wrong.append(f"kept: {drop['line']}")
        elif not around or not (reasons or moved) or not {Reason(reason) for reason in allowed} >= set(reasons):
            wrong.append(f"{[str(reason) for reason in reasons]} is not {allowed}: {drop['line']}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        pytest.param(name, field, id=f"{name}-{field}", marks=known(name, field))
        for name in FOLDERS
        for field in FIELDS
        if field in expected_fields(name)
    ],
)
def test_front_matter(name, field):
    expected = expected_fields(name)[field]
    actual = actual_fields(article_of(name))[field]
    if field in {"published", "updated"} and actual:
        # the expectation has the precision that is printed; seconds and offset of the markup may follow
        actual = actual[: len(expected)]
    if field == "dateline_place" and actual:
        actual = actual.upper()
    assert actual == expected


@pytest.mark.parametrize("name", cases("output", (name for name in FOLDERS if (FOLDERS[name] / "output.txt").exists())))
def test_default_output(name):
    assert str(article_of(name)).rstrip("\n") == (FOLDERS[name] / "output.txt").read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize("name", cases("conservation", FOLDERS))
def test_every_block_has_one_verdict_and_every_paragraph_a_block(name):
    article = article_of(name)
    assert [verdict.block.index for verdict in article.verdicts] == list(range(len(article.verdicts)))
    assert all((verdict.reason is None) == (verdict.action is not Action.DROP) for verdict in article.verdicts)
    kept = [verdict for verdict in article.verdicts if verdict.action is Action.KEEP]
    assert len(kept) == len(article.paragraphs) > 0


@pytest.mark.parametrize("check", [pytest.param("same story", marks=known("samples/listings.html", "same story"))])
def test_the_same_story_comes_out_of_html_and_of_text(check):
    text, html = article_of("samples/listings.txt"), article_of("samples/listings.html")
    assert (text.title, text.standfirst, text.text) == (html.title, html.standfirst, html.text), check


@pytest.mark.parametrize("name", cases("refused", iter(NO_ARTICLE)))
def test_a_page_that_is_no_article_is_refused(name):
    with pytest.raises(NotAnArticle) as caught:
        clean(NO_ARTICLE[name])
    assert caught.value.article is not None
    assert caught.value.article.verdicts


def test_known_failures_name_checks_that_exist():
    checks = {"body", "dropped", "output", "conservation", "refused", "same story", *FIELDS}
    pages = {*FOLDERS, *NO_ARTICLE}
    assert {page for page, _ in KNOWN} <= pages
    assert {check for _, check in KNOWN} <= checks
