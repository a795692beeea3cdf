"""Datelines: cases from tests/cases/datelines, and the laws of raw, rest and normal form."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.frontmatter.dateline import parse_dateline

CASES = Path(__file__).parent / "cases" / "datelines"
FIELDS = ("place", "region", "date", "agency", "text", "rest")


def cases(name):
    with (CASES / f"{name}.toml").open("rb") as file:
        return [pytest.param(case, id=case["line"][:60]) for case in tomllib.load(file)["case"]]


@pytest.mark.parametrize("case", cases("wild"))
def test_wild(case):
    dateline = parse_dateline(case["line"], case["language"])
    assert dateline is not None
    assert {name: getattr(dateline, name) or "" for name in FIELDS} == {name: case.get(name, "") for name in FIELDS}
    assert dateline.raw + dateline.rest == case["line"]


@pytest.mark.parametrize("case", cases("wild"))
def test_the_normal_form_reads_back(case):
    first = parse_dateline(case["line"], case["language"])
    assert first is not None
    second = parse_dateline(first.text + first.rest, case["language"])
    assert second is not None
    assert (second.text, second.rest) == (first.text, first.rest)


@pytest.mark.parametrize("case", cases("negative"))
def test_negative(case):
    assert parse_dateline(case["line"], case["language"]) is None


@pytest.mark.parametrize("case", cases("known-failures"))
@pytest.mark.xfail(strict=True)
def test_known_failures(case):
    dateline = parse_dateline(case["line"], case["language"])
    assert dateline is not None
    assert dateline.date == case.get("date")


@pytest.mark.parametrize(
    ("line", "language", "published", "date"),
    [
        ("PRAGUE, May 6 (ČTK) - The prime minister met the delegation.", "en", "2020-05-07T09:18", "2020-05-06"),
        ("PRAGUE, Dec. 31 (ČTK) - The prime minister met the delegation.", "en", "2021-01-01", "2020-12-31"),
        ("（中央社台北7日電）行政院今天通過新的預算案。", "zh", "2020-05-08", "2020-05-07"),
        ("（中央社台北30日電）行政院今天通過新的預算案。", "zh", "2020-05-01", "2020-04-30"),
    ],
)
def test_the_year_comes_from_the_publication(line, language, published, date):
    dateline = parse_dateline(line, language, published=published)
    assert dateline is not None
    assert dateline.date == date


def test_the_normal_form_of_the_reference():
    dateline = parse_dateline("Prague, May 6 (CTK) – The prime minister met the delegation on Wednesday.", "en")
    assert dateline is not None
    assert dateline.text == "PRAGUE, May 6 (ČTK) — "


def test_white_space_is_folded():
    dateline = parse_dateline("PRAGUE  (AP)\u00a0—  The  prime minister met the delegation on Wednesday.", "en")
    assert dateline is not None
    assert dateline.raw + dateline.rest == "PRAGUE (AP) — The prime minister met the delegation on Wednesday."


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "de", "ja", "ar", None]))
def test_any_line_is_read(line, language):
    dateline = parse_dateline(line, language)
    assert dateline is None or dateline.raw + dateline.rest == " ".join(line.split())
