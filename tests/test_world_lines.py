"""Datelines, bylines and date lines of the world's languages, from tests/cases/*/world.jsonl."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsclean.frontmatter.agencies import canonical_agency
from newsclean.frontmatter.byline import parse_byline
from newsclean.frontmatter.dateline import parse_dateline
from newsclean.frontmatter.dates import parse_dates

CASES = Path(__file__).parent / "cases"


def cases(kind, name="world"):
    with (CASES / kind / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [pytest.param(case, id=case["line"][:60]) for case in map(json.loads, lines)]


def check_dateline(case):
    gold = case["gold"]
    dateline = parse_dateline(case["line"], case["lang"])
    if gold is None:
        assert dateline is None
        return
    assert dateline is not None
    assert {name: getattr(dateline, name) for name in ("place", "region", "date", "agency")} == {
        name: gold.get(name) for name in ("place", "region", "date", "agency")
    }
    assert dateline.rest.startswith(gold["rest"])


def check_byline(case):
    gold = case["gold"]
    byline = parse_byline(case["line"], case["lang"])
    names = [name.casefold() for name in byline.authors] if byline else []
    assert names == [name.casefold() for name in gold["authors"]]
    assert list(byline.agencies if byline else ()) == [canonical_agency(name) for name in gold["agencies"]]
    if gold.get("editors"):
        assert byline is not None
        assert list(byline.editors) == gold["editors"]


def check_dates(case):
    gold = case["gold"]
    dates = parse_dates(case["line"], case["lang"], case.get("url"))
    assert (dates.published if dates else None) == gold["published"]
    assert (dates.updated if dates else None) == gold["updated"]


@pytest.mark.parametrize("case", cases("datelines"))
def test_dateline(case):
    check_dateline(case)


@pytest.mark.parametrize("case", cases("bylines"))
def test_byline(case):
    check_byline(case)


@pytest.mark.parametrize("case", cases("dates"))
def test_dates(case):
    check_dates(case)


@pytest.mark.parametrize("case", cases("datelines", "world-failures"))
@pytest.mark.xfail(strict=True)
def test_datelines_still_read_wrongly(case):
    check_dateline(case)


@pytest.mark.parametrize("case", cases("bylines", "world-failures"))
@pytest.mark.xfail(strict=True)
def test_bylines_still_read_wrongly(case):
    check_byline(case)


@pytest.mark.parametrize("case", cases("dates", "world-failures"))
@pytest.mark.xfail(strict=True)
def test_dates_still_read_wrongly(case):
    check_dates(case)
