"""The diff from flattened input to output, and the check that nothing would be dropped."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean import Options
from newsclean.cli import main
from newsclean.model import Action, Article, Block, Byline, Declared, Paragraph, Reason, Verdict
from newsclean.writing.diff import flattened, write_diff
from newsclean.writing.text import write_text

SAMPLES = Path(__file__).parent.parent / "samples"
STORY = """\
The council of Orlov met on Tuesday evening to talk about the long delayed bridge over the river, and voted for it.

“We have waited eleven years for this evening, and I am glad to be able to say yes,” said the mayor after the vote.

The work is to begin in May and to take two summers, and the old ferry will carry people until the bridge is open.
"""


def apply(diff: str, old: str) -> str:
    """What `patch` makes of a text; every line and count of the diff is held against it."""
    lines, new, at = old.splitlines(), [], 0
    rows = diff.splitlines()[2:]
    place = 0
    while place < len(rows):
        start, olds, plus, news = re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", rows[place]).groups()
        olds, news = int(olds or 1), int(news or 1)
        begin = int(start) - (1 if olds else 0)
        new += lines[at:begin]
        assert len(new) + (1 if news else 0) == int(plus)
        at = begin
        place += 1
        while olds or news:
            sign, text = rows[place][0], rows[place][1:]
            if sign != "+":
                assert lines[at] == text
                at += 1
                olds -= 1
            if sign != "-":
                new.append(text)
                news -= 1
            place += 1
    return "".join(f"{line}\n" for line in [*new, *lines[at:]])


def bare(verdicts: list[Verdict], **fields) -> Article:
    empty = dict.fromkeys(["title", "standfirst", "byline", "dateline", "published", "updated", "language", "url"])
    body = tuple(Paragraph(v.block.text) for v in verdicts if v.action is Action.KEEP)
    return Article(
        **{**empty, "paragraphs": body, "verdicts": tuple(verdicts), "page_declared": Declared(), **fields}
    )  # fmt: skip


def verdict(place: int, text: str, action: Action) -> Verdict:
    reason = Reason.AD if action is Action.DROP else None
    return Verdict(Block(place, text), action, reason, 0.5, "title" if action is Action.MOVE else None)


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
def test_the_diff_of_a_page_leads_from_its_text_to_its_output(sample):
    article = newsclean.clean(SAMPLES / sample, options=Options(force=True))
    diff = write_diff(article, sample)
    if all(verdict.action is Action.KEEP for verdict in article.verdicts):
        assert diff == ""
        assert flattened(article) == write_text(article)
    else:
        assert diff.startswith(f"--- {sample}\n+++ {sample} (clean)\n@@ -")
        assert apply(diff, flattened(article)) == write_text(article)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["aaa", "bbb", "ccc", "d\u2028d", "@@ -1 +1 @@", "--- a"]), st.sampled_from(list(Action))
    ),
    max_size=30,
)


@given(ACTIONS, st.sampled_from([None, "aaa", "title"]), st.sampled_from([None, "bbb"]), st.booleans())
def test_any_diff_leads_from_input_to_output(blocks, title, standfirst, by):
    verdicts = [verdict(place, text, action) for place, (text, action) in enumerate(blocks)]
    article = bare(
        verdicts, title=title, standfirst=standfirst, byline=Byline(authors=("Mira",), raw="x") if by else None
    )
    diff = write_diff(article, "page")
    old, new = flattened(article), write_text(article)
    assert (apply(diff, old) if diff else old) == new
    assert bool(diff) is (old != new)


def test_what_stands_in_both_is_context():
    verdicts = [
        verdict(0, "Menu", Action.DROP),
        verdict(1, "Headline", Action.MOVE),
        verdict(2, "First.", Action.KEEP),
    ]
    assert write_diff(bare(verdicts, title="Headline"), "a.html") == (
        "--- a.html\n+++ a.html (clean)\n@@ -1,5 +1,3 @@\n-Menu\n-\n Headline\n \n First.\n"
    )


def test_changes_far_apart_stand_in_hunks_of_their_own():
    far = [verdict(place, f"Kept {place}.", Action.KEEP) for place in range(1, 9)]
    diff = write_diff(bare([verdict(0, "Ad", Action.DROP), *far, verdict(9, "Ad", Action.DROP)]), "a")
    assert diff.count("@@ -") == 2
    assert " Kept 4.\n" not in diff
    assert " Kept 1.\n" in diff


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    Path("clean.txt").write_text(STORY, encoding="utf-8")
    Path("foul.txt").write_text(f"{STORY}\nSubscribe to our newsletter\n\nShare on Facebook\n", encoding="utf-8")
    return tmp_path


def run(*args: str):
    return CliRunner().invoke(main, args, prog_name="newsclean")


@pytest.mark.usefixtures("here")
def test_the_command_shows_the_diff_and_colours_it_when_asked():
    plain = run("--diff", "foul.txt")
    assert plain.exit_code == 0
    assert "\n-Subscribe to our newsletter\n" in plain.stdout
    painted = run("--diff", "--color", "always", "foul.txt")
    assert "\x1b[31m-Subscribe to our newsletter\x1b[0m" in painted.stdout
    assert re.sub(r"\x1b\[[\d;]*m", "", painted.stdout) == plain.stdout
    assert run("--diff", "clean.txt").stdout == ""


@pytest.mark.usefixtures("here")
def test_escapes_of_a_page_do_not_reach_the_terminal():
    Path("evil.txt").write_text(f"\x1b[2J[bold]Buy[/bold]\x07\n\n{STORY}", encoding="utf-8")
    shown = run("--diff", "--color", "always", "--threshold", "1", "--force", "evil.txt").stdout
    assert "[2J[bold]Buy[/bold]" in shown
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown


@pytest.mark.usefixtures("here")
def test_the_check_fails_where_something_would_be_dropped():
    clean, foul = run("--check", "clean.txt"), run("--check", "foul.txt", "clean.txt")
    assert (clean.exit_code, clean.stdout, clean.stderr) == (0, "", "")
    assert foul.exit_code == 1
    assert foul.stdout == ""
    assert foul.stderr == "newsclean: foul.txt: 2 of its blocks would be dropped: 1 newsletter, 1 share\n"


def test_the_check_writes_nothing_and_reads_folders(here):
    shutil.copytree(here, here / "pages", ignore=lambda *_: {"pages"})
    done = run("--check", "pages", "-q", "-j", "1")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.count("would be dropped") == 1
    assert sorted(path.name for path in here.rglob("*") if path.is_file()) == ["clean.txt"] * 2 + ["foul.txt"] * 2


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["json", "jsonl", "jsonld", "markdown", "parquet"])
def test_the_check_writes_nothing_in_any_form(form):
    clean, foul = run("--check", "-f", form, "clean.txt"), run("--check", "-f", form, "foul.txt")
    assert (clean.exit_code, clean.stdout) == (0, "")
    assert (foul.exit_code, foul.stdout) == (1, "")


@pytest.mark.usefixtures("here")
def test_the_check_can_show_what_it_means():
    done = run("--check", "--diff", "foul.txt")
    assert done.exit_code == 1
    assert "\n-Share on Facebook\n" in done.stdout


@pytest.mark.parametrize(
    "flags",
    [["--diff", "--explain"], ["--diff", "-f", "json"], ["--check", "-o", "x"], ["--check", "--explain"]],
)
@pytest.mark.usefixtures("here")
def test_flags_that_contradict_each_other(flags):
    done = run(*flags, "foul.txt")
    assert done.exit_code == 2
    assert "leave" in done.stderr
