"""clean_many, and the recipes of the documentation: each is run, with its package where that is installed."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import SimpleNamespace

import pytest
import regex

import newsclean

RECIPES = dict(
    regex.findall(
        r"^## ([^\n]*+)\n\n```python\n(.*?)^```$",
        (Path(__file__).parent.parent / "docs" / "recipes.md").read_text(encoding="utf-8"),
        regex.MULTILINE | regex.DOTALL,
    )
)
NAMES = {title.split()[0]: title for title in RECIPES}
STORY = """\
The council of Orlov met on Tuesday evening to talk about the long delayed bridge over the river, and voted for it.

“We have waited eleven years for this evening, and I am glad to be able to say yes,” said the mayor after the vote.

The work is to begin in May and to take two summers, and the old ferry will carry people until the bridge is open.
"""
PAGES = [STORY, "", STORY.replace("Orlov", "Malin")]
TEXTS = [newsclean.clean(STORY).text, None, newsclean.clean(PAGES[2]).text]


def recipe(name: str) -> dict:
    """What a recipe defines."""
    names: dict = {}
    exec(compile(RECIPES[NAMES[name]], f"recipes.md, {name}", "exec"), names)
    return names


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """The pages as a Parquet file in the current folder."""
    parquet = pytest.importorskip("pyarrow.parquet")
    arrow = pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    parquet.write_table(arrow.table({"html": PAGES, "url": ["a", "b", "c"]}), "pages.parquet")


def clean_rows() -> list[dict]:
    return pytest.importorskip("pyarrow.parquet").read_table("clean.parquet").to_pylist()


def test_recipes_are_short_and_say_how_they_are_tested():
    assert len(RECIPES) == 7
    for title, code in RECIPES.items():
        assert len([line for line in code.splitlines() if line]) <= 10, title
        assert title.endswith(("(tested)", "(tested without the package)"))


@pytest.mark.usefixtures("pages")
def test_pandas():
    pytest.importorskip("pandas")
    recipe("pandas")
    rows = clean_rows()
    assert [row["text"] for row in rows] == TEXTS
    assert [row["error"][:5] for row in rows] == ["", "empty", ""]
    assert [row["url"] for row in rows] == ["a", "b", "c"]


@pytest.mark.usefixtures("pages")
def test_polars():
    pytest.importorskip("polars")
    recipe("Polars")
    assert [row["text"] for row in clean_rows()] == TEXTS


def test_datasets():
    added = recipe("Hugging")["add_text"]({"html": PAGES})
    assert added["text"] == TEXTS
    assert [error[:5] for error in added["error"]] == ["", "empty", ""]


def test_scrapy():
    pipeline = recipe("Scrapy")["CleanPipeline"]()
    item = pipeline.process_item({"url": "https://a.example/1", "body": STORY.encode()}, None)
    assert item["article"]["text"] == TEXTS[0]
    assert item["article"]["url"] == "https://a.example/1"
    assert pipeline.process_item({"url": "https://a.example/2", "body": b""})["error"].startswith("empty")


def test_datatrove():
    documents = [SimpleNamespace(text=page, metadata={}) for page in PAGES]
    assert [document.text for document in recipe("datatrove")["clean_documents"](documents)] == [TEXTS[0], TEXTS[2]]


@pytest.mark.parametrize(("name", "function"), [("PySpark", "clean_frames"), ("Ray", "clean_batch")])
def test_frames(name, function):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"html": PAGES, "url": ["a", "b", "c"]})
    called = recipe(name)[function]
    cleaned = called(frame) if name == "Ray" else next(called(iter([frame])))
    assert [text if isinstance(text, str) else None for text in cleaned["text"]] == TEXTS
    assert list(cleaned["url"]) == ["a", "b", "c"]


# clean_many itself

LATE = (0, 0.0, -1, float("inf"), float("nan"), "10")


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_outcomes_come_in_order_whatever_the_jobs(tmp_path, jobs):
    path = tmp_path / "page.txt"
    path.write_text(STORY, encoding="utf-8")
    named = newsclean.Source("mine", content=STORY.encode(), url="https://a.example/x")
    outcomes = list(newsclean.clean_many([STORY, path, tmp_path / "none", named, b"", 5], jobs=jobs))
    assert [outcome.source.name for outcome in outcomes] == [
        "#0", str(path), str(tmp_path / "none"), "mine", "#4", "#5",
    ]  # fmt: skip
    assert [bool(outcome.article) for outcome in outcomes] == [True, True, False, True, False, False]
    assert [bool(outcome.error) for outcome in outcomes] == [False, False, True, False, True, True]
    assert outcomes[0].article == newsclean.clean(STORY)
    assert outcomes[3].article.url == "https://a.example/x"
    assert all(outcome.source.content is None for outcome in outcomes)


@pytest.mark.parametrize("jobs", [0, 2])
def test_endless_sources_are_taken_as_there_is_room(jobs):
    taken = itertools.count()
    outcomes = newsclean.clean_many((f"{STORY} {next(taken)}" for _ in itertools.repeat(0)), jobs=jobs)
    assert len(list(itertools.islice(outcomes, 3))) == 3
    outcomes.close()
    assert next(taken) < 100


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"jobs": -1}, "jobs: -1 is no number of worker processes; give 1 or more"),
        ({"jobs": 1.5}, "jobs: 1.5 is no number"),
        ({"jobs": "2"}, "jobs: '2' is no number"),
        *(({"jobs": 1, "timeout": late}, "timeout: .* is no number of seconds above 0") for late in LATE),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused_before_a_source_is_taken(tmp_path, given, why):
    taken = iter([STORY])
    with pytest.raises(newsclean.UsageError, match=why):
        newsclean.clean_many(taken, **given)
    with pytest.raises(newsclean.UsageError, match=why):
        newsclean.learn_sites(taken, tmp_path / "memory", **given)
    assert list(taken) == [STORY]
    assert not (tmp_path / "memory").exists()


def test_a_source_may_take_longer_than_a_system_can_wait():
    (outcome,) = newsclean.clean_many([STORY], jobs=1, timeout=1e12)
    assert outcome.article


def test_an_option_that_cannot_be_meant_is_raised(tmp_path):
    with pytest.raises(newsclean.UsageError, match="klingon"):
        newsclean.learn_sites([b"x"], tmp_path / "m", jobs=0, options=newsclean.Options(encoding="klingon"))
    with pytest.raises(newsclean.UsageError, match="klingon"):
        list(newsclean.clean_many([b"x"], jobs=0, options=newsclean.Options(encoding="klingon")))
