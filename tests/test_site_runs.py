"""Site memory in runs of the command: first what is learned, then what is cleaned, the same however it is done."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.breaking_off import done, files, kill_and_resume

from newsclean.cli import main

PEOPLE = "Orlov Malin Bertrand Quist Yarrow Castell Domingo Eckhart Farkas Grimaldi Haddad Ibsen Jurado Kessler".split()
APPEAL = (
    "Nobody owns us and nothing here is for sale. Become a member, give what you like each month, and we can go on "
    "printing what others would rather not read."
)


def page(number: int) -> str:
    one, two = PEOPLE[number % 14], PEOPLE[(number * 5 + 3) % 14]
    told = [
        f"The council voted on Tuesday to rebuild the bridge that {one} closed {number + 3} years ago.",
        f"“Without bridge {number} there is no town,” said {two}, who came from far away to watch the vote.",
        f"{one} had argued in letter {number} that others would pay for the bridge, and {two} laughed at that.",
        APPEAL,
        f"The repairs will cost {number * 7 + 12} million, according to a report that {two} read out to the council.",
    ]
    body = "".join(f"<p>{text}</p>" for text in told)
    return f"<html><head><title>{one} against {two}, part {number}</title></head><body><article>{body}</article></body>"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    for part in range(3):
        lines = [
            {"html": page(number), "url": f"https://post{number % 2}.example/{number}"}
            for number in range(part * 20, part * 20 + 20)
        ]
        lines.append({"html": ""})
        Path(f"pages/{part}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    Path("one.html").write_text(page(7), encoding="utf-8")
    return tmp_path


def run(*args: str, stdin: str | None = None):
    return CliRunner().invoke(main, args, prog_name="newsclean", input=stdin)


def dropped(shard: Path) -> int:
    lines = [json.loads(line) for line in shard.read_text(encoding="utf-8").splitlines()]
    return sum(block["reason"] == "repeated-on-site" for line in lines for block in line["blocks"])


SHARDS = ("-f", "jsonl", "--shard-size", "9")


@pytest.mark.usefixtures("here")
def test_a_batch_learns_and_then_cleans_the_same_whatever_the_workers():
    for jobs in ("1", "3"):
        result = run("pages", *SHARDS, "-o", f"out{jobs}", "-j", jobs, "--site-memory", f"memory{jobs}")
        assert result.exit_code == 1
        assert result.stderr.count("newsclean: pages/0.jsonl:21:") == 1
    assert files("out1", "_report.json") == files("out3", "_report.json")
    assert Path("memory1").read_bytes() == Path("memory3").read_bytes()
    assert sum(dropped(shard) for shard in Path("out1").glob("shard-*")) == 60
    run("pages", *SHARDS, "-o", "plain")
    assert sum(dropped(shard) for shard in Path("plain").glob("shard-*")) == 0
    assert json.loads(Path("out1/_report.json").read_text(encoding="utf-8"))["site-memory"] == "memory1"


@pytest.mark.usefixtures("here")
def test_the_passes_can_be_done_apart_and_learning_again_changes_nothing():
    assert run("pages", *SHARDS, "-o", "both", "--site-memory", "both.sites").exit_code == 1
    learned = run("pages", "--site-memory", "apart.sites", "--learn", "only")
    assert learned.exit_code == 1
    assert learned.stdout == ""
    assert "newsclean: pages/1.jsonl:21: " in learned.stderr
    assert learned.stderr.splitlines()[-1] == "newsclean: apart.sites knows 60 pages of 2 sites"
    assert Path("apart.sites").read_bytes() == Path("both.sites").read_bytes()
    run("pages", *SHARDS, "-o", "cleaned", "--site-memory", "apart.sites", "--learn", "never")
    assert files("cleaned", "_report.json") == files("both", "_report.json")
    run("pages", *SHARDS, "-o", "again", "--site-memory", "both.sites")
    assert Path("apart.sites").read_bytes() == Path("both.sites").read_bytes()
    assert files("again", "_report.json") == files("both", "_report.json")


@pytest.mark.usefixtures("here")
def test_one_page_and_stdin_use_what_is_known_and_learn_nothing():
    run("pages", "--site-memory", "memory", "--learn", "only")
    before = Path("memory").read_bytes()
    url = ("--url", "https://www.post1.example/7")
    for args, stdin in ((["one.html"], None), (["-"], page(7)), ([], page(7))):
        assert APPEAL not in run(*args, *url, "--site-memory", "memory", stdin=stdin).stdout
        assert APPEAL in run(*args, *url, stdin=stdin).stdout
        assert APPEAL in run(*args, "--site-memory", "memory", stdin=stdin).stdout
    explained = run("one.html", *url, "--site-memory", "memory", "--explain", "-v").stdout
    assert "repeated-on-site" in explained
    assert "stands in 30 of 30 stories of post1.example" in explained
    assert Path("memory").read_bytes() == before
    assert run("one.html", "one.html", *SHARDS[:2], "--site-memory", "memory", "--learn", "never").exit_code == 0


@pytest.mark.usefixtures("here")
def test_a_configuration_may_name_the_memory():
    run("pages", "--site-memory", "memory", "--learn", "only")
    Path("newsclean.toml").write_text('site-memory = "memory"\nlearn = "never"\n', encoding="utf-8")
    assert APPEAL not in run("one.html", "--url", "https://post1.example/7").stdout


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["one.html", "--site-memory", "none"], "none: there is no such site memory"),
        (["one.html", "--site-memory", "one.html"], "is an input itself"),
        (["pages", "--site-memory", "pages/memory"], "lies among the inputs"),
        (["one.html", "--site-memory", "pages"], "is no file name"),
        (["one.html", "--site-memory", "pages/0.jsonl"], "is no site memory of newsclean"),
        (["pages", "-o", "out", "--site-memory", "pages.toml"], "is no site memory of newsclean"),
        (["one.html", "--site-memory", "s3://bucket/memory"], "is no file of this machine"),
        (["one.html", "-o", "out.txt", "--site-memory", "out.txt"], "is the output itself"),
        (["one.html", "-", "--site-memory", "memory"], "stdin can be read but once"),
        (["one.html", "--learn", "never"], "--site-memory FILE"),
        (["pages", "--site-memory", "memory", "--learn", "only", "-o", "out"], "--learn only"),
        (["pages", "--site-memory", "memory", "--learn", "only", "--resume"], "--learn only"),
    ],
)
def test_what_cannot_be_meant_is_said(args, said):
    Path("pages.toml").write_text("not a memory", encoding="utf-8")
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) <= 4
    assert Path("pages.toml").read_text(encoding="utf-8") == "not a memory"


@pytest.mark.usefixtures("here")
def test_a_run_goes_on_with_what_it_learned_whatever_became_of_the_memory():
    run("pages", *SHARDS, "-o", "calm", "--site-memory", "memory")
    run("pages", *SHARDS, "-o", "out", "--site-memory", "memory", "--overwrite")
    with contextlib.closing(sqlite3.connect("out/_ledger.sqlite")) as base, base:
        base.execute("DELETE FROM parts WHERE number > 2")
        base.execute("DELETE FROM failures WHERE part > 2")
    for shard in sorted(Path("out").glob("shard-*"))[3:]:
        shard.unlink()
    Path("memory").unlink()
    assert run("pages", *SHARDS, "-o", "out", "--site-memory", "memory", "--resume").exit_code == 1
    assert files("out", "_report.json") == files("calm", "_report.json")
    assert not Path("memory").exists()
    other = run("pages", *SHARDS, "-o", "out", "--site-memory", "other", "--resume")
    assert other.exit_code == 2
    assert "site-memory" in other.stderr
    plain = run("pages", *SHARDS, "-o", "out", "--overwrite")
    assert plain.exit_code == 1
    assert not Path("out/_sites.sqlite").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="process groups and signals are other things there")
@pytest.mark.usefixtures("here")
def test_killed_while_it_learns_or_cleans_and_resumed_it_is_as_if_undisturbed():
    def command(*args: str) -> list[str]:
        return [sys.executable, "-m", "newsclean", "pages", *SHARDS, "-q", "-j", "2", *args]

    done(command("-o", "calm", "--site-memory", "calm.sites"))

    def compare() -> None:
        assert files("out", "_report.json") == files("calm", "_report.json")
        assert Path("out.sites").read_bytes() == Path("calm.sites").read_bytes()

    kill_and_resume(lambda *more: command("-o", "out/", "--site-memory", "out.sites", *more), compare, seed=3)
