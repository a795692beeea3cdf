"""Shards and accounts of long runs: complete or absent, the same whatever the workers, every input accounted for."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsclean.batch import job
from newsclean.batch.long_runs import ledger, making
from newsclean.batch.long_runs.corpus import Corpus
from newsclean.batch.outcome import Outcome, Source, Tally
from newsclean.batch.report import LEAST, Report, Totals
from newsclean.cli import main
from newsclean.errors import UsageError

STORY = "The council met on Tuesday evening to talk about the long delayed bridge and voted for it in the end."


def run(*args: str):
    return CliRunner().invoke(main, ["--force", "--threshold", "0", *args], prog_name="newsclean")


def files(folder: Path) -> dict[str, bytes]:
    """What a run wrote, but for its ledger."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "_ledger.sqlite"
    }


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    lines = [{"text": f"{STORY} It was line {n}.", "url": f"https://a.example/{n}", "id": n} for n in range(7)]
    lines[4] = {"id": 4}
    Path("pages/lines.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for n in range(5):
        Path(f"pages/{n}.txt").write_text(f"{STORY} It was page {n}.\n", encoding="utf-8")
    Path("pages/3.txt").write_bytes(b"")
    Path("pages/logo.png").write_bytes(b"\x89PNG")
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_shards_are_the_same_whatever_the_workers(form):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    outputs = []
    for jobs in ("1", "3"):
        result = run("pages", "-f", form, "-o", f"out{jobs}", "--shard-size", "5", "-j", jobs)
        assert result.exit_code == 1
        assert result.stdout == ""
        outputs.append(files(Path(f"out{jobs}")))
    assert outputs[0] == outputs[1]
    assert list(outputs[0]) == ["_failures.jsonl", "_report.json", *(f"shard-0000{n}.{form}" for n in range(3))]


@pytest.mark.usefixtures("here")
def test_every_input_is_in_a_shard_or_among_the_failures():
    run("pages", "-f", "jsonl", "-o", "out", "--shard-size", "5", "-j", "1")
    shards = [
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted(Path("out").glob("shard-*"))
    ]
    names = [[(record["source"], record.get("offset")) for record in shard] for shard in shards]
    assert names == [
        [("pages/0.txt", None), ("pages/1.txt", None), ("pages/2.txt", None), ("pages/4.txt", None)],
        [("pages/lines.jsonl", n) for n in (1, 2, 3, 4)],
        [("pages/lines.jsonl", n) for n in (6, 7)],
    ]
    assert shards[1][0]["input"] == {"id": 0}
    assert shards[1][0]["url"] == "https://a.example/0"
    failures = [json.loads(line) for line in Path("out/_failures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(failure["source"], failure["offset"]) for failure in failures] == [
        ("pages/3.txt", None),
        ("pages/lines.jsonl", 5),
    ]
    assert all(failure["error"] for failure in failures)


@pytest.mark.usefixtures("here")
def test_the_report_adds_up():
    run("pages", "-f", "jsonl", "-o", "out", "--shard-size", "4")
    report = json.loads(Path("out/_report.json").read_text(encoding="utf-8"))
    assert (report["articles"], report["failed"], report["skipped"]) == (10, 2, 1)
    assert report["words"] == sum(
        len(json.loads(line)["text"].split())
        for path in Path("out").glob("shard-*")
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    assert len(report["least"]) == 10
    assert report["least"] == sorted(report["least"], key=lambda page: (page["confidence"], page["source"]))
    assert report["options"]["force"] is True
    assert report["newsclean"]
    assert report["models"]


@pytest.mark.usefixtures("here")
def test_parquet_holds_what_json_lines_hold():
    parquet = pytest.importorskip("pyarrow.parquet")
    run("pages", "-f", "jsonl", "-o", "lines")
    run("pages", "-f", "parquet", "-o", "rows")
    (shard,) = Path("rows").glob("*.parquet")
    rows = parquet.read_table(shard).to_pylist()
    lines = [json.loads(line) for line in Path("lines/shard-00000.jsonl").read_text(encoding="utf-8").splitlines()]
    same = ["source", "url", "title", "text", "confidence", "model", "blocks"]
    assert [[row[name] for name in same] for row in rows] == [[line[name] for name in same] for line in lines]
    assert [row["offset"] for row in rows] == [line.get("offset") for line in lines]
    assert json.loads(rows[-1]["input"]) == lines[-1]["input"]


@pytest.mark.usefixtures("here")
def test_files_of_their_own_are_accounted_for_too():
    assert run("pages", "-o", "out").exit_code == 1
    written = set(files(Path("out")))
    assert {"0.txt", "4.txt", "lines.jsonl.txt/000000000001.txt", "_report.json", "_failures.jsonl"} <= written
    assert len(written) == 12


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-f", "parquet", "pages"], "-o FOLDER"),
        (["--resume", "pages"], "into a folder"),
        (["--resume", "pages/1.txt", "-o", "out/"], "into a folder"),
        (["--resume", "pages", "-f", "jsonl", "-o", "all.jsonl"], "into a folder"),
        (["--resume", "--overwrite", "pages", "-o", "out"], "choose one"),
        (["--resume", "pages", "-o", "out", "--report", "r.html"], "--report"),
    ],
)
def test_what_cannot_be_meant_is_said(args, said):
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.usefixtures("here")
def test_rows_without_pyarrow_are_refused_before_anything_is_written(monkeypatch):
    for module in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)
    result = run("pages", "-f", "parquet", "-o", "out")
    assert result.exit_code == 2
    assert result.stderr.endswith("--format: Parquet needs an extra package: pip install 'newsclean[parquet]'\n")
    assert not Path("out").exists()


@pytest.mark.usefixtures("here")
def test_a_second_run_says_what_to_use():
    first = run("pages", "-f", "jsonl", "-o", "out")
    before = files(Path("out"))
    again = run("pages", "-f", "jsonl", "-o", "out")
    assert again.exit_code == 2
    assert "--resume" in again.stderr
    assert "--overwrite" in again.stderr
    assert files(Path("out")) == before
    resumed = run("pages", "-f", "jsonl", "-o", "out", "--resume")
    assert resumed.exit_code == first.exit_code == 1
    assert resumed.stderr.splitlines()[-1] == first.stderr.splitlines()[-1]
    assert resumed.stderr.splitlines()[0] == "newsclean: 2 inputs failed in earlier runs, named in out/_failures.jsonl"
    assert "earlier runs" not in first.stderr
    assert files(Path("out")) == before


@pytest.mark.usefixtures("here")
def test_overwrite_leaves_nothing_of_the_earlier_run_but_what_is_not_its_own():
    run("pages", "-f", "jsonl", "-o", "out", "--shard-size", "2")
    Path("out/notes.txt").write_text("mine")
    Path("out/.newsclean-1-a.tmp").write_text("left behind")
    assert run("pages", "-f", "jsonl", "-o", "out", "--overwrite").exit_code == 1
    assert list(files(Path("out"))) == ["_failures.jsonl", "_report.json", "notes.txt", "shard-00000.jsonl"]


@pytest.mark.usefixtures("here")
def test_the_account_of_an_earlier_run_is_no_input():
    run("pages", "-f", "jsonl", "-o", "earlier/out", "--shard-size", "4")
    Path("earlier/out/_sites.sqlite").write_bytes(b"SQLite format 3")
    result = run("earlier", "-v", "-f", "jsonl", "-o", "anew")
    assert result.exit_code == 0, result.stderr
    for name in ("_failures.jsonl", "_ledger.sqlite", "_report.json", "_sites.sqlite"):
        assert f"newsclean: earlier/out/{name}: skipped, the account of a run, no page" in result.stderr
    assert json.loads(Path("anew/_report.json").read_text(encoding="utf-8"))["articles"] == 10


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("change", "args", "said"),
    [
        (lambda: None, ["--threshold", "0.5"], "options"),
        (lambda: None, ["--shard-size", "9"], "shard-size"),
        (lambda: Path("pages/0.txt").write_text("longer than before"), [], "inputs"),
        (lambda: Path("pages/00.txt").write_text("new"), [], "inputs"),
        (lambda: Path("pages/lines.jsonl").unlink(), [], "inputs"),
        (lambda: Path("out/_ledger.sqlite").write_bytes(b"no ledger at all" * 100), [], "no ledger"),
    ],
)
def test_resume_stops_when_things_have_changed(change, args, said):
    run("pages", "-f", "jsonl", "-o", "out", "--shard-size", "3")
    change()
    result = run("pages", "-f", "jsonl", "-o", "out", "--resume", *(args or ["--shard-size", "3"]))
    assert result.exit_code == 2
    assert said in result.stderr
    assert "--overwrite" in result.stderr


@pytest.mark.usefixtures("here")
def test_a_run_that_did_nothing_is_not_in_the_way():
    assert run("pages", "-f", "jsonl", "-o", "out", "--encoding", "klingon").exit_code == 2
    assert run("pages", "-f", "jsonl", "-o", "out").exit_code == 1
    assert (Path("out") / "shard-00000.jsonl").exists()


def test_two_runs_do_not_write_into_one_folder(tmp_path):
    with Corpus(tmp_path, "jsonl", {}, shard_size=2), pytest.raises(UsageError, match="another run"):
        Corpus(tmp_path, "jsonl", {}, shard_size=2, mode="resume")
    with Corpus(tmp_path, "jsonl", {}, shard_size=2, mode="resume"):
        pass


def test_an_output_folder_that_cannot_be_written_is_no_other_run(here, request):
    pages = ["pages/0.txt", "pages/1.txt", "-f", "jsonl"]
    assert run(*pages, "-o", "out/").exit_code == 0  # all that is loaded later is loaded
    Path("taken/_ledger.sqlite").mkdir(parents=True)
    result = run(*pages, "-o", "taken")
    assert result.stderr == "newsclean: taken cannot be written: is a directory\n"
    Path("locked").mkdir()
    Path("locked").chmod(0o555)
    here.chmod(0o755)
    request.getfixturevalue("nobody")
    for name in ("locked", "locked/new"):
        result = run(*pages, "-o", f"{name}/")
        assert (result.exit_code, result.stderr) == (1, f"newsclean: {name} cannot be written: permission denied\n")


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR | 4 << 8])
@pytest.mark.usefixtures("here")
def test_a_disk_that_fails_at_the_beginning_is_no_other_run(monkeypatch, code):
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = code

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(ledger, "_opened", fail)
    result = run("pages", "-f", "jsonl", "-o", "out")
    assert (result.exit_code, result.stderr) == (1, "newsclean: out cannot be written: database or disk is full\n")


def test_a_running_run_is_not_overwritten(tmp_path):
    source = Source("a", part=0)
    with Corpus(tmp_path, "jsonl", {}, shard_size=1) as corpus:
        corpus.take(Outcome(source, written=b"a\n", tally=Tally(1, 0, 0, 1, ())))
        corpus.take(Outcome(source.but(part=1), written=b"b\n", tally=Tally(1, 0, 0, 1, ())))
        with pytest.raises(UsageError, match="another run is writing there"):
            Corpus(tmp_path, "jsonl", {}, shard_size=1, mode="overwrite")
        corpus.finish()
    assert [path.read_text() for path in sorted(tmp_path.glob("shard-*"))] == ["a\n", "b\n"]
    with Corpus(tmp_path, "jsonl", {}, shard_size=1, mode="resume") as corpus:
        assert (corpus.is_done(0), corpus.is_done(1)) == (True, True)


@pytest.mark.usefixtures("here")
def test_overwrite_begins_anew_whatever_the_ledger_is():
    run("pages", "-f", "jsonl", "-o", "out", "--shard-size", "3")
    Path("out/_ledger.sqlite").write_bytes(b"no ledger at all" * 100)
    assert run("pages", "-f", "jsonl", "-o", "out", "--shard-size", "9", "--overwrite").exit_code == 1
    assert len(list(Path("out").glob("shard-*"))) == 2
    again = run("pages", "-f", "jsonl", "-o", "out", "--shard-size", "9", "--resume")
    assert again.exit_code == 1, again.stderr


def test_a_part_that_is_not_ended_is_not_there(tmp_path):
    sources = [Source(f"n{n}") for n in range(5)]

    def lines(mode: str, most: int) -> list[str]:
        with Corpus(tmp_path, "jsonl", {}, shard_size=2, mode=mode) as corpus:
            todo = list(corpus.todo(sources))
            for source in todo[:most]:
                corpus.take(Outcome(source, written=f"{source.name}\n".encode(), tally=Tally(1, 0, 0, 1, ())))
            if most >= len(todo):
                corpus.finish()
        return [source.name for source in todo]

    assert lines("", 3) == ["n0", "n1", "n2", "n3", "n4"]
    assert [path.name for path in tmp_path.glob("*.jsonl")] == ["shard-00000.jsonl"]
    assert not list(tmp_path.glob(".*"))
    assert lines("resume", 9) == ["n2", "n3", "n4"]
    assert [path.read_text() for path in sorted(tmp_path.glob("shard-*"))] == ["n0\nn1\n", "n2\nn3\n", "n4\n"]
    assert lines("resume", 9) == []


def test_reports_come_back_from_json_and_keep_the_least_certain():
    outcomes = [
        Outcome(Source("s", offset=n), tally=Tally(1, 2, 3, 4, (("ad", 2),), round(0.9 - n / 100, 2), "m"))
        for n in range(LEAST + 5)
    ]
    outcomes += [Outcome(Source("gone"), error="gone"), Outcome(Source("logo", skipped="no page"))]
    total = sum(map(Report.of, outcomes), Report())
    totals = Totals()
    for outcome in outcomes * 30:
        totals.add(outcome)
    assert totals.report == sum([total] * 30, Report())
    assert Report.from_dict(json.loads(json.dumps(total.to_dict()))) == total
    assert (total.articles, total.words, total.reasons) == (25, 100, (("ad", 50),))
    assert total.models == ("m",)
    assert [name for _, name in total.least] == [f"s:{n}" for n in range(LEAST + 4, 4, -1)]


@pytest.mark.usefixtures("here")
def test_where_there_is_no_room_for_a_page_the_run_ends_and_goes_on_later(monkeypatch):
    run("pages", "-q", "-j", "1", "-o", "calm")
    write, done = job.write_whole, []

    def full(path, text):
        if len(done) == 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done.append(path)
        write(path, text)

    def here(work, sources, *_):
        yield from map(work.do, sources)

    with monkeypatch.context() as patch:
        patch.setattr(job, "write_whole", full)
        patch.setattr("newsclean.batch.workers.local.by_workers", here)
        result = run("pages", "-q", "-j", "1", "-o", "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].endswith(
        "cannot be written: no space left on device; the same command with --resume goes on from here"
    )
    assert run("pages", "-q", "-j", "1", "-o", "out", "--resume").exit_code == 1
    assert files(Path("out")) == files(Path("calm"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("full", ["shard", "ledger"])
def test_a_full_disk_is_one_line_that_says_how_to_go_on(monkeypatch, full):
    args = ("pages", "-f", "jsonl", "--shard-size", "3", "-q", "-j", "1")
    run(*args, "-o", "calm")
    finish, enter = making.Making.finish, ledger.Ledger.enter

    def no_room_for_a_shard(part):
        if part.number == 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return finish(part)

    def no_room_for_the_ledger(book, entry):
        if entry.number == 1:  # as SQLite has it when the disk is full
            pages = book._base.execute("PRAGMA page_count").fetchone()[0]
            book._base.execute(f"PRAGMA max_page_count = {pages}")
            entry = replace(entry, failures=["x" * 100_000])
        enter(book, entry)

    with monkeypatch.context() as patch:
        if full == "shard":
            patch.setattr(making.Making, "finish", no_room_for_a_shard)
        else:
            patch.setattr(ledger.Ledger, "enter", no_room_for_the_ledger)
        result = run(*args, "-o", "out")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()[-1:]
    why = "no space left on device" if full == "shard" else "database or disk is full"
    assert line == f"newsclean: out cannot be written: {why}; the same command with --resume goes on from here"
    assert run(*args, "-o", "out", "--resume").exit_code == 1
    assert files(Path("out")) == files(Path("calm"))
