"""What a page declares about itself is listed with its source, whatever shape the page is in."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsclean.model import Declared
from newsclean.reading.declared import read_declared

LISTS = ("titles", "descriptions", "authors", "published", "updated", "publishers")
SINGLE = ("site_name", "url", "language", "kind", "article_body")


def cases(name):
    path = Path(__file__).parent / "cases" / "declared" / f"{name}.toml"
    found = tomllib.loads(path.read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


def read(html: str) -> Declared:
    return read_declared(LexborHTMLParser(html))


@pytest.mark.parametrize("case", [*cases("wild"), *cases("negative")])
def test_cases(case):
    """Every case gives the claims it names, in order, with their sources."""
    declared = read(case["html"])
    expected = {name: case[name] for name in (*LISTS, *SINGLE) if name in case}
    assert expected
    for name, value in expected.items():
        found = getattr(declared, name)
        assert ([f"{claim.source}: {claim.value}" for claim in found] if name in LISTS else found) == value, name


def test_visible_text_comes_with_the_claim():
    """A claim that an element shows carries the text shown."""
    (claim,) = read('<body><time datetime="2020-01-02"> 2 January\n 2020</time>').published
    assert (claim.value, claim.text) == ("2020-01-02", "2 January 2020")


def test_an_empty_page_declares_nothing():
    """Nothing declared is an empty Declared, not an error."""
    assert read("") == Declared()


def test_the_number_of_claims_is_bounded():
    """A page of teasers does not fill the result with hundreds of dates."""
    page = "".join(
        f'<time datetime="2020-01-{day % 28 + 1:02}T{day % 24:02}:{day % 60:02}">x</time>' for day in range(900)
    )
    assert 0 < len(read(page).published) <= 100


@pytest.mark.parametrize("depth", [50, 5_000, 200_000])
def test_deep_json_does_not_crash(depth):
    """Linked data nested beyond any sense is left out; the rest of the page is still read."""
    deep = "[" * depth + "]" * depth
    html = f'<title>Still here</title><script type="application/ld+json">{{"@graph":{deep}}}</script>'
    assert [claim.value for claim in read(html).titles] == ["Still here"]


def test_lone_surrogates_never_come_out():
    """Half of an escaped character pair becomes a replacement, so that the result can be written as UTF-8."""
    html = '<script type="application/ld+json">{"@type":"Article","headline":"Half \\ud83d of it"}</script>'
    (claim,) = read(html).titles
    claim.value.encode("utf-8")
    assert claim.value.startswith("Half ")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "@id", "author", "headline", "name", "datePublished", "publisher", "url", "x"]
            ),
            inner | st.sampled_from(["NewsArticle", "Person", "WebSite"]),
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_linked_data_is_read_without_error(value):
    """Whatever the linked data holds, the answer is a Declared of strings, the same twice."""
    html = f'<script type="application/ld+json">{json.dumps(value)}</script>'
    declared = read(html)
    assert declared == read(html)
    assert all(isinstance(claim.value, str) for name in LISTS for claim in getattr(declared, name))


@given(st.text(alphabet="<>\"=/ abmetaitlscrpon:{}[],'é", max_size=200))
def test_any_markup_is_read_without_error(text):
    """No markup, however broken, makes it fail."""
    assert isinstance(read(text), Declared)
