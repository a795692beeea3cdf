"""Bylines: cases from tests/cases/bylines, names, agencies, and the law that the normal form reads back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.frontmatter.agencies import canonical_agency, is_agency, is_newsroom
from newsclean.frontmatter.byline import LONGEST_LINE, parse_byline, split_names, write_byline
from newsclean.frontmatter.bylines.names import normalize_name
from newsclean.frontmatter.lexicon import read_entries
from newsclean.model import Byline

CASES = Path(__file__).parent / "cases" / "bylines"


def cases(name):
    with (CASES / f"{name}.toml").open("rb") as file:
        return [pytest.param(case, id=case["line"][:60]) for case in tomllib.load(file)["case"]]


def read(case):
    byline = parse_byline(case["line"], case.get("language")) or Byline()
    return byline.authors, byline.agencies, byline.editors, byline.location


def expected(case):
    lists = (tuple(case.get(name, ())) for name in ("authors", "agencies", "editors"))
    return (*lists, case.get("location"))


@pytest.mark.parametrize("case", cases("wild"))
def test_wild(case):
    assert read(case) == expected(case)


@pytest.mark.parametrize("case", cases("negative"))
def test_negative(case):
    authors, agencies, _, _ = read(case)
    assert (authors, agencies) == ((), ())


@pytest.mark.parametrize("case", cases("known-failures"))
@pytest.mark.xfail(strict=True)
def test_known_failures(case):
    assert read(case) == expected(case)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("JANE DOE", "Jane Doe"),
        ("jane doe", "Jane Doe"),
        ("JAN VAN DER BERG", "Jan van der Berg"),
        ("VAN DER BERG, JAN", "Jan van der Berg"),
        ("RONALD McDONALD", "Ronald McDonald"),
        ("SEAN O'NEILL", "Sean O'Neill"),
        ("SEAN O’NEILL", "Sean O’Neill"),
        ("JEAN-LUC PETIT", "Jean-Luc Petit"),
        ("Doe, Jane", "Jane Doe"),
        ("Doe, Jane T.", "Jane T. Doe"),
        ("ROBERT KENNEDY JR.", "Robert Kennedy Jr."),
        ("WILLIAM JAMES III", "William James III"),
        ("J. R. DOE", "J. R. Doe"),
        ("JÖRG MÜLLER", "Jörg Müller"),
        ("АННА ИВАНОВА", "Анна Иванова"),
        ("Jane MacDonald", "Jane MacDonald"),
        ("bell hooks", "Bell Hooks"),
        ("王小红", "王小红"),
        ("山田 太郎", "山田 太郎"),
        ("Kim Jong-un", "Kim Jong-un"),
    ],
)
def test_names(name, normal):
    assert normalize_name(name) == normal
    assert normalize_name(normal) == normal


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Associated Press", "AP"),
        ("The Associated Press", "AP"),
        ("CTK", "ČTK"),
        ("DPA", "dpa"),
        ("رويترز", "Reuters"),
        ("ロイター", "Reuters"),
        ("新華社", "新华社"),
        ("A.P.", "AP"),
        ("Hina", "Hina"),
        ("hInA", None),
        ("Ani", None),
        ("Jane Doe", None),
        ("", None),
    ],
)
def test_agencies(name, short):
    assert is_agency(name) == short
    assert canonical_agency(name) == (short or name)


@pytest.mark.parametrize(
    "name",
    ["MND Staff", "Redaktion", "La rédaction", "Staff Reporter", "example.com", "BBC News", "Web Desk", "編集部"],
)
def test_newsrooms(name):
    assert is_newsroom(name)


@pytest.mark.parametrize("name", ["Jane Doe", "AP", "王小红", ""])
def test_no_newsrooms(name):
    assert not is_newsroom(name)


def test_the_site_itself_is_a_newsroom():
    assert is_newsroom("Northwind", "Northwind")
    assert not is_newsroom("Jane Doe", "Northwind")


@pytest.mark.parametrize(
    ("declared", "authors", "agencies"),
    [
        ("Jane Doe, John Roe", ("Jane Doe", "John Roe"), ()),
        ("DOE, JANE", ("Jane Doe",), ()),
        ("AFP", (), ("AFP",)),
        ("Admin", (), ()),
        ("By Jane Doe", ("Jane Doe",), ()),
        ("Jane Doe and Reuters", ("Jane Doe",), ("Reuters",)),
        ("山田太郎", ("山田太郎",), ()),
        ("https://example.com/author/jane", (), ()),
        ("", (), ()),
    ],
)
def test_declared_names(declared, authors, agencies):
    byline = split_names(declared)
    assert (byline.authors, byline.agencies) == (authors, agencies)


people = st.sampled_from(
    [
        "Jane Doe",
        "Jan van der Berg",
        "María José de la Cruz",
        "Sean O'Neill",
        "Олена Коваль",
        "J. R. Doe",
        "Robert Roe Jr.",
    ]
)
wires = st.sampled_from(["AP", "ČTK", "dpa", "Reuters", "ТАСС", "Europa Press"])


@settings(deadline=None)
@given(
    st.lists(people, max_size=4, unique=True),
    st.lists(wires, max_size=2, unique=True),
    st.sampled_from(["en", "de", "cs", "es", "uk", None]),
)
def test_the_normal_form_reads_back(authors, agencies, language):
    line = write_byline(Byline(tuple(authors), tuple(agencies)))
    byline = parse_byline(line, language) or Byline()
    assert (byline.authors, byline.agencies) == (tuple(authors), tuple(agencies))


@settings(deadline=None)
@given(st.text(max_size=LONGEST_LINE), st.sampled_from(["en", "de", "ja", None]))
def test_any_line_is_read(line, language):
    byline = parse_byline(line, language)
    assert byline is None or byline.raw == line
    assert isinstance(split_names(line, language), Byline)


LABELS = [
    entry
    for entry in read_entries("credits.txt")
    if entry.kind == "by" and not entry.stem and entry.language not in {"zh", "ja", "ko"}
]


@pytest.mark.parametrize("entry", LABELS, ids=lambda entry: f"{entry.language}-{entry.word}")
def test_every_word_for_by_opens_a_byline(entry):
    byline = parse_byline(f"{entry.word.capitalize()}: Maren Holt", entry.language)
    assert byline is not None
    assert byline.authors == ("Maren Holt",)


@pytest.mark.parametrize("language", ["en", "de", "fr", "nl", "id"])
@pytest.mark.parametrize("name", ["Tim Garrow", "Don Whitfield", "Dawn Miller", "Pan Wei", "Maj Lindqvist", "Jan List"])
def test_names_that_are_words_elsewhere(name, language):
    """A title, a newsroom or an adverb of another language is a first name here."""
    byline = parse_byline(f"By {name}", language)
    assert byline is not None
    assert byline.authors == (name,)


def test_a_place_before_the_word_for_reporting():
    byline = parse_byline("Aus Kiew berichtet Olga Brandt", "de")
    assert byline is not None
    assert (byline.authors, byline.location) == (("Olga Brandt",), "Kiew")


@pytest.mark.parametrize("line", ["Por favor, inicie sesión", "Von wegen, anna und otto"])
def test_small_words_behind_by_are_nobody(line):
    byline = parse_byline(line, "es" if line.startswith("Por") else "de")
    assert byline is None or not byline.authors
