"""Batches: what the inputs are, which names they take, and that one bad page costs only itself."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.batch.job import Job
from newsclean.batch.outcome import Outcome, Source, Tally
from newsclean.batch.report import Report
from newsclean.batch.sources import Inputs
from newsclean.batch.targets import target_names, whole_file, write_whole
from newsclean.batch.workers import crew
from newsclean.batch.workers.local import by_workers
from newsclean.errors import NewscleanError
from newsclean.options import Options

STORY = "The council met on Tuesday evening to talk about the long delayed bridge and voted for it in the end."

# Mechanics are tested here, whatever the judge says of such short pages.
KEEP_ALL = Job(Options(force=True, threshold=0.0))
JSON_LINES = Job(Options(force=True, threshold=0.0), form="jsonl")

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights there")


def grow(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{STORY} This one is called {name} for a good reason.\n", encoding="utf-8")
    return root


def inputs(*paths: Path | str, folder: Path | None = None, suffix: str = ".txt") -> Inputs:
    return Inputs.of([str(path) for path in paths], folder=folder, suffix=suffix, limit=1000)


def mapping(*paths: Path | str, out: Path) -> dict[str, str]:
    """Source name → target below `out`, checking that no two are alike."""
    sources = [source for source in inputs(*paths, folder=out) if source.target]
    targets = {source.name: source.target.relative_to(out).as_posix() for source in sources}
    assert len(set(targets.values())) == len(sources)
    return targets


# Names


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.html"], {"a.html": "a.txt"}),
        (["a.HTML.gz"], {"a.HTML.gz": "a.txt"}),
        (["a"], {"a": "a.txt"}),
        (["budget.2020"], {"budget.2020": "budget.2020.txt"}),
        (["a.html", "a.txt"], {"a.html": "a.html.txt", "a.txt": "a.txt"}),
        (["a.html", "a.htm"], {"a.html": "a.html.txt", "a.htm": "a.htm.txt"}),
        (
            ["a.html", "a.htm", "a.html.txt"],
            {"a.htm": "a.htm.txt", "a.html.txt": "a.html.txt", "a.html": "a.html.txt.txt"},
        ),
        (["a.html", "A.txt"], {"a.html": "a.html.txt", "A.txt": "A.txt"}),
        (["a.txt", "a.txt.gz"], {"a.txt": "a.txt", "a.txt.gz": "a.txt.gz.txt"}),
        ([".gz"], {".gz": ".gz.txt"}),
    ],
)
def test_output_names(names, expected):
    assert target_names(names, ".txt") == expected


NAME = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["a", "A", "b", ""]),
        st.lists(st.sampled_from([".txt", ".html", ".gz", ".md", ".x"]), max_size=3).map("".join),
    ),
).filter(bool)


@given(st.sets(NAME, max_size=8), st.sets(NAME, max_size=3), st.randoms(), st.sampled_from([".txt", ".md"]))
def test_no_two_inputs_take_one_name_in_any_order(names, taken, random, suffix):
    shuffled = list(names)
    random.shuffle(shuffled)
    targets = target_names(shuffled, suffix, taken)
    assert targets == target_names(sorted(names), suffix, taken)
    assert set(targets) == names
    folded = [target.casefold() for target in targets.values()]
    assert len(set(folded)) == len(folded)
    assert not {name.casefold() for name in taken} & set(folded)
    assert all(target.endswith(suffix) for target in targets.values())


# Inputs


def test_a_folder_is_mirrored(tmp_path):
    pages = grow(tmp_path / "pages", "a/b.html", "a/c/d.txt.gz", "z.htm", "a.html", "a/.hidden", ".git/config")
    assert mapping(pages, out=tmp_path / "out") == {
        f"{pages}/a.html": "a.txt",
        f"{pages}/z.htm": "z.txt",
        f"{pages}/a/b.html": "a/b.txt",
        f"{pages}/a/c/d.txt.gz": "a/c/d.txt",
    }


def test_no_article_is_called_like_the_report_of_the_run(tmp_path):
    pages = grow(tmp_path / "pages", "_report.html", "in/_report.html")
    for paths in ([pages], [pages / "_report.html", pages / "in"]):
        sources = list(inputs(*paths, folder=tmp_path / "out", suffix=".json"))
        assert {str(source.target.relative_to(tmp_path / "out")) for source in sources} == {
            "_report.html.json",
            "in/_report.json",
        }


def test_a_folder_called_like_an_output_file_keeps_its_name(tmp_path):
    pages = grow(tmp_path / "pages", "a.html", "a.txt/b.html")
    assert set(mapping(pages, out=tmp_path / "out").values()) == {"a.html.txt", "a.txt/b.txt"}


def test_relative_paths_are_mirrored_as_they_stand(tmp_path, monkeypatch):
    grow(tmp_path, "a/b.html", "c/b.html", "c/d/e.html", "b.html")
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "out"
    assert mapping("a/b.html", "c", "./b.html", out=out) == {
        "a/b.html": "a/b.txt",
        "c/b.html": "c/b.txt",
        "c/d/e.html": "c/d/e.txt",
        "./b.html": "b.txt",
    }


def test_other_paths_are_named_from_the_folder_that_holds_them_all(tmp_path):
    grow(tmp_path, "x/a/b.html", "x/c/b.html", "x/c/d.html")
    one, other = tmp_path / "x/a/b.html", tmp_path / "x/c"
    assert set(mapping(one, other, out=tmp_path / "out").values()) == {"a/b.txt", "c/b.txt", "c/d.txt"}
    assert set(mapping(one, out=tmp_path / "out").values()) == {"b.txt"}


def test_paths_are_taken_once(tmp_path):
    pages = grow(tmp_path / "pages", "a/b.html", "c.html")
    twice = [pages, pages / "a", f"{pages}/", pages / "a" / "b.html", pages / "a" / "b.html"]
    names = [Path(source.name).name for source in inputs(*twice)]
    assert sorted(names) == ["b.html", "c.html"]
    assert len(mapping(*twice, out=tmp_path / "out")) == 2


def test_a_named_file_and_its_folder_share_no_name(tmp_path):
    pages = grow(tmp_path / "pages", "a.html", "a.txt", "b.html")
    assert len(mapping(pages, pages / "a.html", out=tmp_path / "out")) == 3


def test_sources_come_in_a_fixed_order(tmp_path):
    pages = grow(tmp_path / "pages", "b.html", "a/z.html", "a/b/c.html", "c.html", "B.html")
    names = [os.path.relpath(source.name, pages) for source in inputs(pages)]
    assert names == ["B.html", "b.html", "c.html", "a/z.html", "a/b/c.html"]


def test_page_assets_are_passed_over_and_counted(tmp_path):
    pages = grow(tmp_path / "pages", "a.html", "a_files/logo.PNG", "a_files/main.css")
    sources = list(inputs(pages))
    assert sorted(Path(s.name).name for s in sources if s.skipped) == ["logo.PNG", "main.css"]
    assert [Path(s.name).name for s in sources if not s.skipped] == ["a.html"]
    assert inputs(pages).extent() == (pages / "a.html").stat().st_size


@needs_links
def test_links_make_no_loop_and_dangling_ones_are_named(tmp_path):
    pages = grow(tmp_path / "pages", "a/b.html", "real.html")
    (pages / "a" / "up").symlink_to(pages)
    (pages / "gone.html").symlink_to(tmp_path / "nowhere")
    (pages / "same.html").symlink_to(pages / "real.html")
    sources = {Path(s.name).name: s for s in inputs(pages)}
    assert sources["gone.html"].error == "this link leads nowhere"
    assert "link" in sources["up"].skipped
    assert not sources["same.html"].settled
    assert len(sources) == 5


def test_what_is_not_there_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    missing, empty = inputs(tmp_path / "missing.html", tmp_path / "empty")
    assert missing.error == "no such file or directory"
    assert empty.error == "there is no file in this folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names there")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path):
    pages = grow(tmp_path / "pages", "a.html")
    os.mkfifo(pages / "pipe")
    assert [s.skipped for s in inputs(pages) if s.name.endswith("pipe")] == ["no regular file"]


def test_a_stream_has_a_name_in_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x" * 2000)))
    (source,) = inputs("-", folder=tmp_path)
    assert source.target == tmp_path / "stdin.txt"
    assert source.content == b"x" * 1001  # one more than is allowed is enough to see that it is too large


# Never over an input


def test_the_output_folder_inside_the_input_is_no_input(tmp_path):
    pages = grow(tmp_path / "pages", "a.html", "clean/old.txt", "sub/clean/b.html")
    assert mapping(pages, out=pages / "clean") == {
        f"{pages}/a.html": "a.txt",
        f"{pages}/sub/clean/b.html": "sub/clean/b.txt",
    }


def test_no_target_is_an_input(tmp_path, monkeypatch):
    grow(tmp_path, "pages/2020/pages/x.html", "x.txt", "sub/x.html")
    monkeypatch.chdir(tmp_path)
    same = list(inputs("x.txt", folder=tmp_path))
    assert "written over" in same[0].error
    inside = list(inputs("pages/2020", folder=Path("pages")))
    assert not inside[0].settled
    assert inside[0].target == Path("pages/pages/x.txt")


@needs_links
def test_a_link_to_itself_costs_itself_alone(tmp_path):
    pages = grow(tmp_path / "pages", "in/a.html", "in/z.html")
    (pages / "in" / "loop").symlink_to("loop")
    sources = {Path(source.name).name: source for source in inputs(pages, folder=tmp_path / "out")}
    assert {name: source.error for name, source in sources.items()} == {
        "a.html": "",
        "loop": "this link leads nowhere",
        "z.html": "",
    }


@needs_links
def test_a_link_in_the_output_does_not_lead_back_to_an_input(tmp_path):
    pages = grow(tmp_path / "pages", "a.html")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").symlink_to(pages / "a.html")
    (source,) = inputs(pages, folder=out)
    assert "written over" in source.error


# Whole files


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "deep" / "er" / "a.txt"
    write_whole(target, "čau\n")
    assert target.read_bytes() == "čau\n".encode()

    def fail():
        with whole_file(target) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]
    assert target.read_bytes() == "čau\n".encode()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are other things there")
def test_files_get_the_usual_mode(tmp_path):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "a.txt", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names there")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, "x\n")
        assert os.read(reader, 10) == b"x\n"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


# Workers


class LastWill:
    """Something in whose destructor its process is told to leave."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)


@dataclass(frozen=True, slots=True)
class Trouble(Job):
    """A job that does what the source is called."""

    def do(self, source: Source) -> Outcome:
        if source.name.startswith("die"):
            os.kill(os.getpid(), signal.SIGKILL)
        if source.name.startswith("leave"):
            os._exit(3)
        if source.name.startswith("sleep"):
            time.sleep(600)
        if source.name.startswith("let go"):
            LastWill()
        if source.name.startswith("write") and source.target is not None:
            with whole_file(source.target) as file:
                file.write(b"half of it")
                file.flush()
                self.do(Source(source.name.removeprefix("write and ")))
        return Outcome(source, written=f"{source.name}\n".encode(), tally=Tally(1, 0, 0, 1, ()))


@dataclass(frozen=True, slots=True)
class Stillborn(Job):
    """A job that no worker can do."""

    def prepare(self) -> None:
        os._exit(4)


@dataclass(frozen=True, slots=True)
class Sleeper(Job):
    """A job that no worker gets ready for."""

    def prepare(self) -> None:
        time.sleep(600)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other things there")
@pytest.mark.parametrize("workers", [1, 3])
def test_a_dead_worker_costs_only_its_page(workers):
    names = ["a", "die", "b", "leave", "c", "die2", *(f"n{i}" for i in range(40))]
    outcomes = list(by_workers(Trouble(), map(Source, names), workers))
    assert [outcome.source.name for outcome in outcomes] == names
    failed = {outcome.source.name: outcome.error for outcome in outcomes if outcome.error}
    assert set(failed) == {"die", "die2", "leave"}
    assert "signal 9" in failed["die"]
    assert "exit code 3" in failed["leave"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_takes_too_long_costs_only_itself(workers):
    names = ["a", "b", "c", "d", "sleep", "e", "sleep2", *(f"n{i}" for i in range(30))]
    outcomes = list(by_workers(Trouble(), map(Source, names), workers, timeout=1.0))
    assert [outcome.source.name for outcome in outcomes] == names
    failed = {outcome.source.name: outcome.error for outcome in outcomes if outcome.error}
    why = "took longer than 1 s; timeout=… (--timeout SECONDS) gives it more time"
    assert failed == dict.fromkeys(["sleep", "sleep2"], why)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other things there")
def test_a_worker_that_is_killed_while_it_writes_leaves_no_half_of_a_file(tmp_path):
    sources = [Source(f"write and {what}", target=tmp_path / what / "a.txt") for what in ("sleep", "die", "go on")]
    outcomes = list(by_workers(Trouble(), sources, 1, timeout=1.0))
    assert [bool(outcome.error) for outcome in outcomes] == [True, True, False]
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")] == ["go on/a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other things there")
def test_a_worker_that_is_told_to_leave_amid_a_destructor_leaves_and_says_nothing(capfd):
    outcomes = list(by_workers(Trouble(), map(Source, ["a", "let go", "b"]), 1, timeout=30.0))
    assert [outcome.error for outcome in outcomes if outcome.source.name != "let go"] == ["", ""]
    assert "exit code 1" in outcomes[1].error
    assert capfd.readouterr().err == ""


def test_a_reader_that_takes_long_costs_no_page():
    outcomes = by_workers(Trouble(), (Source(f"n{i}{'x' * 200_000}") for i in range(30)), 1, timeout=0.5)
    done = [next(outcomes)]
    time.sleep(1.5)  # the worker meanwhile waits for somebody to take what it has
    done.extend(outcomes)
    assert [outcome.error for outcome in done] == [""] * 30


def test_what_was_read_ahead_is_let_go():
    sources = (Source(f"n{i}", content=b"x" * 100_000) for i in range(40))
    assert [outcome.source.content for outcome in by_workers(Trouble(), sources, 2)] == [None] * 40


def test_a_script_is_not_run_again_by_its_workers(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        f"import newsclean\nprint('once')\npages = [{STORY!r}] * 3\n"
        "print([o.error[:10] for o in newsclean.clean_many(pages, jobs=2, options=newsclean.Options(force=True))])\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120)
    assert (done.stdout, done.stderr) == ("once\n['', '', '']\n", "")


def test_workers_that_cannot_start_are_no_endless_loop():
    with pytest.raises(NewscleanError, match=r"do not start: the last died \(exit code 4\)"):
        list(by_workers(Stillborn(), [Source("a")], 1))


def test_a_worker_that_is_slow_to_start_is_waited_for(monkeypatch):
    """To the crew, five minutes pass from when the worker is hired until it is looked at for the first time."""
    looks = iter([0.0])
    monkeypatch.setattr(crew, "monotonic", lambda: next(looks, 300.0))
    (outcome,) = by_workers(Trouble(), [Source("a")], 1)
    assert (outcome.written, outcome.error) == (b"a\n", "")


def test_workers_that_never_get_ready_are_given_up(monkeypatch):
    monkeypatch.setattr(crew, "_START", 0.2)
    with pytest.raises(NewscleanError, match=r"do not start: the last was not ready after 0\.2 s"):
        list(by_workers(Sleeper(), [Source("a")], 1))


def test_sources_are_taken_only_as_there_is_room():
    taken = []

    def endless():
        number = 0
        while True:
            taken.append(number)
            yield Source(f"n{number}")
            number += 1

    outcomes = by_workers(Trouble(), endless(), 2)
    first = [next(outcomes).source.name for _ in range(5)]
    outcomes.close()
    assert first == ["n0", "n1", "n2", "n3", "n4"]
    assert len(taken) < 5 + 2 * 24 + 2


def test_settled_sources_need_no_worker():
    sources = [Source(f"n{i}", error="gone") for i in range(100)]
    assert [outcome.error for outcome in by_workers(Job(), sources, 2)] == ["gone"] * 100


def test_one_worker_gives_the_same_bytes_as_several(tmp_path):
    pages = grow(tmp_path / "pages", *(f"{i % 3}/{i}.txt" for i in range(20)))
    (pages / "bad.txt").write_bytes(b"")
    one = list(by_workers(JSON_LINES, inputs(pages), 1))
    assert one == list(by_workers(JSON_LINES, inputs(pages), 3))
    assert one == list(map(JSON_LINES.do, inputs(pages)))
    assert sum(bool(outcome.written) for outcome in one) == 20


def test_memory_does_not_grow_with_the_number_of_sources():
    """400 pages of 100 kB pass through while never more than a few are held."""
    sources = (Source(f"n{number}{'x' * 100_000}") for number in range(400))
    tracemalloc.start()
    done = sum(len(outcome.written) for outcome in by_workers(Trouble(), sources, 2))
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done > 40_000_000
    assert highest < 10_000_000


# Jobs


@pytest.mark.parametrize(
    "error",
    [TypeError("x\ny \x1b[31m"), RecursionError("deep"), MemoryError(), KeyError("k"), FileNotFoundError(2, "gone")],
)
def test_a_bug_costs_one_line(monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr("newsclean.pipeline.clean_page", fail)
    outcome = Job().do(Source("a.html", content=b"A story."))
    assert outcome.error.startswith(f"internal error: {type(error).__name__} at test_batch.py:")
    assert outcome.error.endswith("please report it")
    assert outcome.error.isprintable()


def test_a_target_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    page = grow(tmp_path, "a.txt") / "a.txt"
    outcome = KEEP_ALL.do(Source("a.txt", page, target=tmp_path / "file" / "a.txt"))
    assert outcome.error == f"{tmp_path / 'file' / 'a.txt'} cannot be written: file exists"
    assert outcome.tally is None


@pytest.mark.parametrize(("number", "ends"), [(errno.ENOSPC, True), (errno.EROFS, True), (errno.EACCES, False)])
def test_a_full_disk_is_no_fault_of_the_page(tmp_path, monkeypatch, number, ends):
    def full(*_):
        raise OSError(number, os.strerror(number))

    page = grow(tmp_path, "a.txt") / "a.txt"
    monkeypatch.setattr("newsclean.batch.job.write_whole", full)
    outcome = KEEP_ALL.do(Source("a.txt", page, target=tmp_path / "b.txt"))
    assert (outcome.error, outcome.ends) == (
        f"{tmp_path / 'b.txt'} cannot be written: {os.strerror(number).lower()}",
        ends,
    )


# Reports


TALLY = Tally(3, 2, 1, 100, (("ad", 1), ("share", 1)))


def test_reports_add_up():
    source = Source("a")
    done = Report.of(Outcome(source, tally=TALLY))
    failed = Report.of(Outcome(source, error="empty"))
    skipped = Report.of(Outcome.settled(Source("b", skipped="no page")))
    total = sum([done, failed, done, skipped], Report())
    assert total == Report(2, 1, 1, 6, 4, 2, 200, (("ad", 2), ("share", 2)), ((1.0, "a"),))
    assert [report.exit_code for report in (done, skipped, failed, total, Report())] == [0, 0, 1, 1, 0]
