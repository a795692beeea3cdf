"""Configuration: which file is read, what it may say, and what comes before it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from newsclean.cli import main
from newsclean.cli.config import load_config
from newsclean.errors import UsageError
from newsclean.toml_lines import toml_lines

STORY = """\
Night ferry returns

The council of Orlov met on Tuesday evening to talk about the long delayed bridge over the river, and voted for it.

“We have waited eleven years for this evening, and I am glad to be able to say yes,” said the mayor after the vote.

The work is to begin in May and to take two summers, and the old ferry will carry people until the bridge is open.
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    work = tmp_path / "above" / "work"
    work.mkdir(parents=True)
    monkeypatch.chdir(work)
    for name in ("NO_COLOR", "NEWSCLEAN_FORMAT", "NEWSCLEAN_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    Path("story.txt").write_text(STORY, encoding="utf-8")
    return work


def run(*args: str, **env: str):
    return CliRunner().invoke(main, args, env=env, prog_name="newsclean")


def shown(*args: str, **env: str) -> dict[str, str]:
    """Key → value and origin, as --show-config has them."""
    done = run("--show-config", *args, **env)
    assert done.exit_code == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if " = " in line]
    return {key: rest for key, _, rest in (line.partition(" = ") for line in lines)}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_flag_comes_before_environment_before_file_before_default(here):
    file = write(here / "newsclean.toml", 'byline = "keep"\nformat = "markdown"\nlanguage = "de"\njobs = 2\n')
    values = shown("--language", "fr", NEWSCLEAN_FORMAT="jsonl", NEWSCLEAN_LANGUAGE="it")
    assert values["language"] == '"fr"  # command line'
    assert values["format"] == '"jsonl"  # environment, NEWSCLEAN_FORMAT'
    assert values["byline"] == f'"keep"  # {file}:1'
    assert values["jobs"] == f"2  # {file}:4"
    assert values["dateline"] == '"normalize"  # default'


def test_what_holds_is_toml_that_says_the_same(here):
    write(here / "newsclean.toml", 'header = false\nthreshold = 0.25\nlanguage = "x\\"y"\n')
    table = tomllib.loads(run("--show-config").stdout)
    assert (table["header"], table["threshold"], table["language"]) == (False, 0.25, 'x"y')
    write(here / "again.toml", run("--show-config").stdout)
    again = shown("--config", "again.toml")
    assert {key: value.split("  # ")[0] for key, value in again.items()} == {
        key: value.split("  # ")[0] for key, value in shown().items()
    }


def test_the_nearest_file_is_found_and_newsclean_toml_first(here):
    write(here.parent / "newsclean.toml", 'language = "aa"')
    assert shown()["language"].startswith('"aa"')
    write(here / "pyproject.toml", '[project]\nname = "x"\n')
    assert shown()["language"].startswith('"aa"')
    project = write(here / "pyproject.toml", '[project]\nname = "newsclean"\n\n[tool.newsclean]\nlanguage = "bb"\n')
    assert shown()["language"] == f'"bb"  # {project}:5'
    write(here / "newsclean.toml", 'language = "cc"')
    assert shown()["language"].startswith('"cc"')
    other = write(here / "other.toml", 'language = "dd"')
    assert shown("--config", str(other))["language"].startswith('"dd"')
    assert shown(NEWSCLEAN_CONFIG=str(other))["language"].startswith('"dd"')


def test_a_folder_above_that_is_closed_holds_no_configuration(here, request):
    assert run("story.txt").exit_code == 0
    here.chmod(0o755)
    here.parent.chmod(0o600)
    request.getfixturevalue("nobody")
    assert run("story.txt").exit_code == 0


def test_it_steers_the_output(here):
    assert run("story.txt").stdout.startswith("Night ferry returns\n")
    write(here / "newsclean.toml", 'format = "markdown"')
    assert run("story.txt").stdout.startswith("# Night ferry returns\n")
    write(here / "newsclean.toml", "header = false")
    assert run("story.txt").stdout.startswith("The council")
    assert run("--header", "story.txt").stdout.startswith("Night")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('\ntreshold = 0.3\nformat = "text"', "newsclean.toml:2: unknown key 'treshold'; did you mean 'threshold'?"),
        ("no_header = true", "newsclean.toml:1: unknown key 'no_header'; did you mean 'header'?"),
        ("xyzzy = 1", "newsclean.toml:1: unknown key 'xyzzy'; known are "),
        ('url = "https://a.example"', "newsclean.toml:1: 'url' is said for one run alone"),
        ("threshold = 7", "newsclean.toml:1: threshold: 7.0 is not in the range 0<=x<=1."),
        ('threshold = "0.3"', 'newsclean.toml:1: threshold: "0.3" is not a number'),
        ("timeout = inf", "newsclean.toml:1: timeout: inf is not in the range 0<x<=1000000."),
        ("timeout = nan", "newsclean.toml:1: timeout: nan is no number."),
        ("jobs = 1.5", "newsclean.toml:1: jobs: 1.5 is not a whole number"),
        ("quiet = 1", "newsclean.toml:1: quiet: 1 is not true or false"),
        ("\n\nformat = 'pdf'", "newsclean.toml:3: format: 'pdf' is not one of"),
        ("language = ['de']", 'newsclean.toml:1: language: ["de"] is not a string'),
        ("threshold = true", "newsclean.toml:1: threshold: true is not a number"),
        ("header.x = true", 'header: {"x": true} is not true or false'),
        ("language = 2020-05-07", 'language: "2020-05-07" is not a string'),
        ('keep = "caption"', 'keep: "caption" is no list; write ["caption"]'),
        ('keep = ["captoin"]', "keep: 'captoin' is no Reason; did you mean 'caption'?"),
        ('drop = ["hidden"]', "drop: nothing in a block that is kept says 'hidden'; choose among listing, "),
        ('output = "x"', "newsclean.toml:1: 'output' is said for one run alone, on the command line"),
        ("\nexplain = true", "newsclean.toml:2: 'explain' is said for one run alone"),
        ("precision = true", "unknown key 'precision'; write preset = \"precision\""),
        ("no-header = true", "unknown key 'no-header'; write header = false"),
        ("[tool.newsclean]\nformat = 'text'", "[tool.newsclean] is a table of pyproject.toml; here its keys stand"),
        ("format = ", "newsclean.toml is no TOML: "),
    ],
)
def test_what_is_wrong_is_named_with_its_line(here, text, why):
    write(here / "newsclean.toml", text)
    done = run("story.txt")
    assert done.exit_code == 2
    assert why in done.stderr
    assert not done.stdout


def test_a_file_that_is_not_there_or_not_text(here):
    done = run("--config", "no.toml", "story.txt")
    assert (done.exit_code, "no.toml cannot be read: no such file" in done.stderr) == (2, True)
    (here / "odd.toml").write_bytes(b"\xff\xfe\x00")
    assert "is no UTF-8 text" in run("--config", "odd.toml", "story.txt").stderr


@pytest.mark.usefixtures("here")
def test_a_wrong_variable_is_named():
    done = run("story.txt", NEWSCLEAN_THRESHOLD="high")
    assert done.exit_code == 2
    assert "NEWSCLEAN_THRESHOLD: 'high'" in done.stderr
    assert "'--threshold': 'high'" in run("story.txt", "--threshold", "high", NEWSCLEAN_THRESHOLD="0.5").stderr


def test_rules_in_force_are_counted(here):
    write(here / "more.toml", '[[site]]\nhost = "a.example"\nstory = "article"\n')
    write(here / "newsclean.toml", 'rules = ["more.toml"]\n[[phrase]]\ndrop = "get our app"\n')
    shown_lines = run("--show-config").stdout.splitlines()
    assert shown_lines[-2].startswith('rules = ["more.toml"]  # ')
    assert shown_lines[-1] == "# rules in force: 1 for phrases, 1 for sites"
    assert not any("rules" in line for line in run("--show-config", "--config", "none.toml").stdout.splitlines())


def test_a_format_for_articles_is_in_nobody_s_way(here):
    write(here / "newsclean.toml", 'format = "json"\n')
    assert run("story.txt").stdout.startswith("{")
    diff = run("--diff", "story.txt", "--threshold", "1")
    assert (diff.exit_code, diff.stdout[:4]) == (1, "")
    assert run("--diff", "--force", "--threshold", "1", "story.txt").stdout.startswith("--- ")
    write(here / "newsclean.toml", 'format = "parquet"\n')
    assert run("--check", "story.txt").exit_code == 0


@pytest.mark.usefixtures("here")
def test_the_environment_asks_no_questions():
    done = run("story.txt", NEWSCLEAN_VERSION="1", NEWSCLEAN_SHOW_CONFIG="1", NEWSCLEAN_CHECK_RULES="1")
    assert done.stdout.startswith("Night ferry returns\n")


@pytest.mark.usefixtures("here")
def test_help_is_there_though_the_file_is_broken():
    Path("newsclean.toml").write_text("oh no")
    assert run("--help").exit_code == 0


def test_a_project_file_named_without_a_table_says_nothing(here):
    config = load_config(str(write(here / "pyproject.toml", "[project]\n")), here)
    assert dict(config.table) == {}


def test_a_wrong_file_above_is_named(here):
    write(here.parent / "newsclean.toml", "= 1")
    with pytest.raises(UsageError, match="is no TOML"):
        load_config(None, here)


def test_lines_of_tables_and_keys():
    text = 'a = 1\n[[phrase]]\ndrop = "x"\n[[phrase]] # two\n\n"keep" = "y = 1"\n[tool.news]\nb = [\n1]\n'
    assert toml_lines(text) == {
        ("a",): 1,
        ("phrase",): 2,
        ("phrase", 0): 2,
        ("phrase", 0, "drop"): 3,
        ("phrase", 1): 4,
        ("phrase", 1, "keep"): 6,
        ("tool", "news"): 7,
        ("tool", "news", "b"): 8,
    }


@given(st.text(alphabet="[]=\"' \na.#-", max_size=200))
def test_lines_are_found_in_any_text(text):
    assert all(1 <= line <= len(text.splitlines()) for line in toml_lines(text).values())
