"""Date lines: cases from tests/cases/dates, the law that the normal form reads back, and what the options decide."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.frontmatter.dates import LONGEST_LINE, date_spans, parse_dates, write_dates
from newsclean.frontmatter.days.calendars import ethiopian_day, jalali_day
from newsclean.frontmatter.days.zones import zone_offset

CASES = Path(__file__).parent / "cases" / "dates"


def cases(name):
    with (CASES / f"{name}.toml").open("rb") as file:
        return [pytest.param(case, id=case["line"][:60]) for case in tomllib.load(file)["case"]]


def read(case):
    dates = parse_dates(case["line"], case.get("language"), case.get("url"))
    return (dates.published or "", dates.updated or "") if dates else ("", "")


@pytest.mark.parametrize("case", cases("wild"))
def test_wild(case):
    assert read(case) == (case.get("published", ""), case.get("updated", ""))


@pytest.mark.parametrize("case", cases("negative"))
def test_negative(case):
    assert parse_dates(case["line"], case.get("language")) is None


@pytest.mark.parametrize("case", cases("known-failures"))
@pytest.mark.xfail(strict=True)
def test_known_failures(case):
    assert read(case) == (case.get("published", ""), case.get("updated", ""))


@pytest.mark.parametrize(
    ("line", "language", "url", "published", "ambiguous"),
    [
        ("07.05.2020", "en", None, "2020-05-07", False),
        ("07/05/2020", "fr", None, "2020-05-07", False),
        ("07/05/2020", "en", None, "2020-07-05", True),
        ("07/05/2020", "en-US", None, "2020-07-05", False),
        ("07/05/2020", "en-GB", None, "2020-05-07", False),
        ("07/05/2020", "en", "https://www.example.co.uk/a", "2020-05-07", False),
        ("07/05/2020", "en", "https://example.com/2020/05/07/a", "2020-05-07", False),
        ("07/05/2020", "en", "https://example.com/20200705/a", "2020-07-05", False),
        ("Thursday 07/05/2020", "en", None, "2020-05-07", False),
        ("07/25/2020", "fr", None, "2020-07-25", False),
    ],
)
def test_order_of_day_and_month(line, language, url, published, ambiguous):
    dates = parse_dates(line, language, url)
    assert dates is not None
    assert (dates.published, dates.ambiguous) == (published, ambiguous)


def test_order_from_the_other_date_of_the_line():
    dates = parse_dates("Posted 05/07/2020, updated 25/07/2020", "en")
    assert dates is not None
    assert (dates.published, dates.updated, dates.ambiguous) == ("2020-07-05", "2020-07-25", False)


def test_the_caller_decides_the_order():
    dates = parse_dates("05/07/2020", "en", day_first=True)
    assert dates is not None
    assert (dates.published, dates.ambiguous) == ("2020-07-05", False)


@pytest.mark.parametrize(
    ("line", "language", "now", "published"),
    [
        ("8 января, 17:46", "ru", "2024-01-09T10:00", "2024-01-08T17:46"),
        ("30 December, 17:46", "en", "2024-01-09T10:00", "2023-12-30T17:46"),
        ("2 hours ago", "en", "2024-01-09T10:00", "2024-01-09T08:00"),
        ("vor 3 Tagen", "de", "2024-01-09T10:00", "2024-01-06"),
        ("Hier à 18h30", "fr", "2024-01-09T10:00", "2024-01-08T18:30"),
    ],
)
def test_what_needs_now(line, language, now, published):
    assert parse_dates(line, language) is None
    dates = parse_dates(line, language, now=now)
    assert dates is not None
    assert dates.published == published


def test_a_year_comes_from_the_address():
    dates = parse_dates("8 января, 17:46", "ru", "https://example.ru/2024/01/08/a")
    assert dates is not None
    assert dates.published == "2024-01-08T17:46"


@pytest.mark.parametrize(
    ("name", "day", "country", "offset"),
    [
        ("ET", "2021-07-01", None, "-04:00"),
        ("ET", "2021-12-01", None, "-05:00"),
        ("IST", None, None, "+05:30"),
        ("IST", None, "ie", "+01:00"),
        ("GMT+2", None, None, "+02:00"),
        ("UTC-3:30", None, None, "-03:30"),
        ("XYZ", None, None, None),
    ],
)
def test_zones(name, day, country, offset):
    assert zone_offset(name, day, country=country) == offset


def test_calendars_agree_with_known_days():
    assert jalali_day(1403, 1, 1) == "2024-03-20"
    assert jalali_day(1399, 12, 30) == "2021-03-20"
    assert jalali_day(1400, 12, 31) is None
    assert ethiopian_day(2016, 1, 1) == "2023-09-12"


def test_jalali_days_follow_one_another():
    start = date.fromisoformat(jalali_day(1395, 1, 1))
    lengths = [31] * 6 + [30] * 5
    passed = 0
    for month, length in enumerate(lengths, 1):
        for day in range(1, length + 1):
            assert jalali_day(1395, month, day) == (start + timedelta(days=passed)).isoformat()
            passed += 1


days = st.dates(date(1990, 1, 1), date(2049, 12, 31)).map(date.isoformat)
times = st.times().map(lambda time: time.strftime("T%H:%M"))
offsets = st.sampled_from(["", "+02:00", "-05:30", "+00:00"])
moments = st.one_of(days, st.tuples(days, times, offsets).map("".join))


@settings(deadline=None)
@given(moments, st.one_of(st.none(), moments), st.sampled_from(["en", "cs", "zh", "ar", None]))
def test_the_normal_form_reads_back(published, updated, language):
    dates = parse_dates(write_dates(published, updated), language)
    assert dates is not None
    assert (dates.published, dates.updated) == (published, updated)


@settings(deadline=None)
@given(st.text(max_size=LONGEST_LINE))
def test_any_line_is_read(line):
    dates = parse_dates(line)
    assert dates is None or dates.published or dates.updated
    assert all(0 <= start < end for start, end in date_spans(line))


def test_writing_nothing():
    assert write_dates(None, None) == ""
    assert write_dates(None, "2020-05-07") == "Updated 2020-05-07"


@pytest.mark.parametrize(
    ("line", "language", "published"),
    [
        ("March 12, 2021 noon", "en", "2021-03-12T12:00"),
        ("12 mars 2021, à midi", "fr", "2021-03-12T12:00"),
        ("12 mars 2021, Midi Libre", "fr", "2021-03-12"),
        ("Afternoon of March 12, 2021", "en", "2021-03-12"),
        ("12 de marzo de 2021, 2:30 de la tarde", "es", "2021-03-12T14:30"),
    ],
)
def test_noon_and_halves_of_the_day(line, language, published):
    dates = parse_dates(line, language)
    assert dates is not None
    assert dates.published == published
