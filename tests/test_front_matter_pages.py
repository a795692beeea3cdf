"""Title, people, agencies and days of whole invented pages, from tests/cases/front_matter/pages.jsonl.

The pages were written by somebody who had seen neither code nor tests, to be hard; `wrong` lists what is still read
wrongly, and a test fails when one of these starts to work.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean.frontmatter.agencies import canonical_agency
from newsclean.options import Options

PAGES = Path(__file__).parent / "cases/front_matter/pages.jsonl"
FORCED = Options(as_="html", force=True)
FIELDS = ("title", "authors", "agencies", "published", "updated")


def cases() -> list[Any]:
    with PAGES.open(encoding="utf-8") as lines:
        pages = list(map(json.loads, lines))
    return [
        pytest.param(
            page["id"],
            name,
            id=f"{page['id']}-{name}",
            marks=[pytest.mark.xfail(strict=True)] if name in page["wrong"] else [],
        )
        for page in pages
        for name in FIELDS
    ]


@lru_cache(maxsize=1)
def golds() -> dict[str, dict[str, Any]]:
    with PAGES.open(encoding="utf-8") as lines:
        return {page["id"]: page for page in map(json.loads, lines)}


@lru_cache(maxsize=100)
def cleaned(name: str) -> newsclean.Article:
    page = golds()[name]
    return newsclean.clean(page["html"], url=page["url"], options=FORCED)


def folded(text: str | None) -> str:
    return " ".join((text or "").casefold().translate({0x2019: "'", 0x2013: "-", 0x2014: "-"}).split())


@pytest.mark.parametrize(("name", "field"), cases())
def test_field(name: str, field: str) -> None:
    gold, article = golds()[name], cleaned(name)
    optional = {folded(canonical_agency(found)) for found in gold.get(f"{field}_optional", ())}
    if field == "title":
        assert folded(article.title) in {folded(gold["title"]), *map(folded, gold["title_alts"])}
    elif field == "authors":
        people = set(map(folded, article.byline.authors if article.byline else ()))
        assert people - optional == set(map(folded, gold["authors"]))
    elif field == "agencies":
        found = {folded(agency) for agency in (article.byline.agencies if article.byline else ())}
        if article.dateline and article.dateline.agency:
            found.add(folded(canonical_agency(article.dateline.agency)))
        assert found - optional == {folded(canonical_agency(agency)) for agency in gold["agencies"]}
    else:
        days = {(gold[field] or "")[:10], *(day[:10] for day in gold.get(f"{field}_alts", ()))}
        assert (getattr(article, field) or "")[:10] in days
