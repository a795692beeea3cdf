"""The command line: what goes to stdout, what to stderr, and the exit code."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsclean import __version__
from newsclean.cli import main

STORY = """\
The council of Orlov met on Tuesday evening to talk about the long delayed bridge over the river, and voted for it.

“We have waited eleven years for this evening, and I am glad to be able to say yes,” said the mayor after the vote.

The work is to begin in May and to take two summers, and the old ferry will carry people until the bridge is open.
"""
MENU = "Home\n\nNews\n\nLog in\n\n"
NUMPY_LOADS = 6.0
"""0.6 s in loads of numpy, which take 0.1 s on the machine where the limit was set, when it is idle."""

POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals are other things there")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    Path("story.txt").write_text(MENU + STORY, encoding="utf-8")
    Path("other.txt").write_text(STORY.replace("Orlov", "Malin"), encoding="utf-8")
    Path("empty.txt").write_text("", encoding="utf-8")
    Path("menu.txt").write_text(MENU, encoding="utf-8")
    return tmp_path


def run(*args: str, stdin: str | bytes | None = None):
    return CliRunner().invoke(main, args, input=stdin, prog_name="newsclean")


def command(*args: str, **kwargs) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "newsclean", *args], capture_output=True, check=False, **kwargs)


# Streams and exit codes


@pytest.mark.parametrize(
    ("args", "code", "stdout", "stderr"),
    [
        (["story.txt"], 0, ["bridge", "mayor", "ferry"], []),
        (["-q", "story.txt"], 0, ["bridge"], []),
        (["empty.txt"], 1, [], ["newsclean: empty.txt: empty"]),
        (["menu.txt"], 1, [], ["newsclean: menu.txt: no article", "--force", "--explain"]),
        (["missing.txt"], 1, [], ["newsclean: missing.txt: no such file"]),
        (["story.txt", "missing.txt", "other.txt"], 1, ["Orlov", "Malin"], ["newsclean: missing.txt: no such file"]),
        (["story.txt", "other.txt"], 0, ["==> story.txt <==", "==> other.txt <=="], []),
        (["-f", "markdown", "story.txt", "other.txt"], 0, ["<!-- story.txt -->", "<!-- other.txt -->"], []),
        (["-f", "json", "story.txt", "other.txt"], 2, [], ["Usage:", "-f jsonl"]),
        (["--url", "https://x.example/", "story.txt", "other.txt"], 2, [], ["--url"]),
        (["--threshold", "2", "story.txt"], 2, [], ["--threshold"]),
        (["--now", "yesterday", "story.txt"], 2, [], ["--now", "ISO 8601"]),
        (["--encoding", "klingon", "story.txt"], 2, [], ["klingon"]),
        (["--encoding", "klingon", "-j", "2", "story.txt", "other.txt"], 2, [], ["klingon"]),
        (["--jobs", "0", "story.txt"], 2, [], ["--jobs"]),
        (["--url", "https://a.example/\udcff", "story.txt"], 2, [], ["--url", "no UTF-8"]),
        (["--language", "\udcff", "story.txt"], 2, [], ["--language", "no UTF-8"]),
        *(
            ([*flag, "", "story.txt"], 2, [], ["it is empty"])
            for flag in ([], ["-o"], ["--report"], ["--files-from"], ["--site-memory"], ["--config"])
        ),
        (["--threshold", "nan", "story.txt"], 2, [], ["--threshold", "'nan' is no number"]),
        (["--timeout", "nan", "story.txt"], 2, [], ["--timeout", "'nan' is no number"]),
        (["--timeout", "inf", "story.txt"], 2, [], ["--timeout", "not in the range"]),
        (["--timeout", "1e308", "story.txt"], 2, [], ["--timeout", "not in the range"]),
        (["--max-bytes", "99999999999999999999", "story.txt"], 2, [], ["--max-bytes", "not in the range"]),
        (["--nonsense"], 2, [], ["--nonsense"]),
        (["-o", "story.txt", "story.txt"], 2, [], ["is an input"]),
        (["-o", "./story.txt", "other.txt", "story.txt"], 2, [], ["story.txt"]),
        (["-o", "empty.txt", "other.txt", "story.txt"], 2, [], ["is a file"]),
        (["-o", ".", "."], 2, [], ["is an input"]),
        (["story.txt", "other.txt", "-o", "q.jsonl"], 2, [], ["q.jsonl is called like jsonl", "-f jsonl, or -f text"]),
        (["story.txt", "-o", "new.MD"], 2, [], ["new.MD is called like markdown", "-f markdown"]),
        (["-f", "jsonl", "-o", "all.jsonl", "."], 2, [], ["lies among the inputs"]),
        (["--version"], 0, [f"newsclean {__version__}"], []),
        (["--help"], 0, ["Examples:", "Exit codes:"], []),
    ],
)
def test_what_goes_where(here, args, code, stdout, stderr):
    before = {path: path.read_bytes() for path in here.iterdir()}
    result = run(*args)
    assert result.exit_code == code, result.output
    assert [word for word in stdout if word not in result.stdout] == []
    assert [word for word in stderr if word not in result.stderr] == []
    assert bool(result.stdout) == bool(stdout)
    assert bool(result.stderr) == bool(stderr)
    assert "Traceback" not in result.output
    assert {path: path.read_bytes() for path in here.iterdir()} == before


def test_a_closed_file_costs_itself_alone(here, request):
    for args in (("story.txt", "other.txt", "menu.txt"), ("--nonsense",)):
        run(*args)  # all that is loaded later is loaded
    Path("menu.txt").chmod(0)
    here.chmod(0o755)
    request.getfixturevalue("nobody")
    result = run("story.txt", "menu.txt", "other.txt")
    assert (result.exit_code, result.stderr) == (1, "newsclean: menu.txt: cannot be read: Permission denied\n")
    assert result.stdout.count("==>") == 2
    assert run("story.txt", "--files-from", "menu.txt").stderr.endswith("menu.txt cannot be read: permission denied\n")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("args", [[], ["-"], ["--as", "text"], ["--as", "text", "-"]])
def test_stdin_gives_what_the_file_gives(args):
    assert run(*args, stdin=MENU + STORY).stdout == run("story.txt").stdout
    empty = run(*args, stdin="")
    assert (empty.exit_code, empty.stdout) == (1, "")
    assert empty.stderr.startswith("newsclean: <stdin>: empty")


@pytest.mark.usefixtures("here")
def test_menu_words_are_not_in_the_article():
    body = run("story.txt", "--no-header").stdout
    assert "Log in" not in body
    assert body.count("bridge over the river") == 1


@pytest.mark.usefixtures("here")
def test_force_writes_what_there_is():
    result = run("--force", "--threshold", "0", "menu.txt")
    assert result.exit_code == 0
    assert result.stderr == ""


@pytest.mark.usefixtures("here")
def test_gzip_is_read_as_it_is():
    Path("story.html.gz").write_bytes(gzip.compress((MENU + STORY).encode()))
    assert run("story.html.gz").stdout == run("story.txt").stdout


@pytest.mark.usefixtures("here")
def test_separated_articles_are_the_articles():
    both = run("story.txt", "other.txt").stdout
    one, other = run("story.txt").stdout, run("other.txt").stdout
    assert both == f"==> story.txt <==\n\n{one}\n==> other.txt <==\n\n{other}"


@pytest.mark.usefixtures("here")
def test_json_is_the_library_s():
    import newsclean

    data = json.loads(run("-f", "json", "story.txt").stdout)
    assert data == newsclean.clean(Path("story.txt")).to_dict()
    lines = run("-f", "jsonl", "story.txt", "empty.txt", "other.txt").stdout.splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["story.txt", "other.txt"]
    first = json.loads(lines[0])
    assert first.pop("source") == "story.txt"
    assert first == data


# Output files


@pytest.mark.usefixtures("here")
def test_one_input_to_a_file_or_a_folder():
    article = run("story.txt").stdout
    assert run("story.txt", "-o", "new/deep.txt").stdout == ""
    assert Path("new/deep.txt").read_text(encoding="utf-8") == article
    assert run("story.txt", "-o", "folder/").exit_code == 0
    assert Path("folder/story.txt").read_text(encoding="utf-8") == article
    assert run("-o", "piped.txt", stdin=MENU + STORY).exit_code == 0
    assert Path("piped.txt").read_text(encoding="utf-8") == article


@pytest.mark.usefixtures("here")
def test_an_output_called_like_another_format_is_taken_where_it_is_meant():
    assert run("story.txt", "-f", "text", "-o", "a.json").exit_code == 0
    assert run("story.txt", "--explain", "-o", "b.md").exit_code == 0
    assert run("story.txt", "-o", "c.jsonl/").exit_code == 0
    assert run("other.txt", "-o", "c.jsonl").exit_code == 0
    assert {path.name for path in Path("c.jsonl").iterdir()} == {"story.txt", "other.txt"}
    assert CliRunner(env={"NEWSCLEAN_FORMAT": "text"}).invoke(main, ["story.txt", "-o", "d.md"]).exit_code == 0


@pytest.mark.usefixtures("here")
def test_a_failed_input_leaves_the_old_output_alone():
    Path("old.txt").write_text("old")
    assert run("empty.txt", "-o", "old.txt").exit_code == 1
    assert Path("old.txt").read_text() == "old"
    assert run("empty.txt", "-o", "none.txt").exit_code == 1
    assert not Path("none.txt").exists()


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
@pytest.mark.usefixtures("here")
def test_a_folder_is_mirrored_in_any_form(form, suffix):
    pages = Path("pages")
    (pages / "a").mkdir(parents=True)
    (pages / "a" / "b.html").write_text(STORY, encoding="utf-8")
    (pages / "c.txt").write_text(STORY, encoding="utf-8")
    (pages / "c.html").write_text(STORY, encoding="utf-8")
    (pages / "bad.txt").write_bytes(b"")
    result = run("pages", "-o", "out", "-f", form, "-j", "2")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "newsclean: pages/bad.txt: empty" in result.stderr
    written = {path.relative_to("out").as_posix() for path in Path("out").rglob("[!_]*") if path.is_file()}
    c = {"txt": {"c.txt", "c.html.txt"}}.get(suffix, {f"c.txt.{suffix}", f"c.html.{suffix}"})
    assert written == {f"a/b.{suffix}", *c}
    alone = run("pages/a/b.html", "-f", form).stdout
    assert Path(f"out/a/b.{suffix}").read_text(encoding="utf-8") == alone


@pytest.mark.usefixtures("here")
def test_the_summary_counts_and_q_is_quiet():
    Path("pages").mkdir()
    Path("pages/a.txt").write_text(MENU + STORY, encoding="utf-8")
    Path("pages/logo.png").write_bytes(b"\x89PNG")
    result = run("pages", "-o", "out")
    heads, numbers = result.stderr.splitlines()[-2:]
    totals = dict(zip(heads.split(), numbers.split(), strict=True))
    assert (totals["articles"], totals["failed"], totals["skipped"]) == ("1", "0", "1")
    assert totals["kept"] == "3"
    assert totals["words"] == str(len(STORY.split()))
    assert result.exit_code == 0
    assert run("pages", "-o", "out", "-q", "--overwrite").stderr == ""
    detailed = run("pages", "-o", "out", "-v", "--overwrite").stderr
    assert "newsclean: pages/logo.png: skipped, no page by its name" in detailed
    assert "reason" in detailed


@pytest.mark.usefixtures("here")
def test_a_folder_as_json_lines_in_one_file():
    Path("pages").mkdir()
    for name in "cab":
        Path(f"pages/{name}.txt").write_text(STORY, encoding="utf-8")
    assert run("pages", "-f", "jsonl", "-o", "all.jsonl").exit_code == 0
    lines = Path("all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["pages/a.txt", "pages/b.txt", "pages/c.txt"]
    assert run("pages", "-f", "jsonl", "-q").stdout.splitlines() == lines


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["story.txt", "-o", "new.html", "--report", "./new.html"], "--report: ./new.html is the output itself"),
        (["pages", "-o", "out", "--report", "out/a.txt"], "--report: out/a.txt is called like a file of the output"),
        (
            ["pages", "-o", "out", "--report", "out/_report.json"],
            "called like a file of the output",
        ),
        (["pages", "-o", "out", "--report", "out/_ledger.sqlite"], "called like a file of the output"),
        (["pages", "-o", "out", "-f", "jsonl", "--report", "out/_failures.jsonl"], "called like a file of the output"),
        (["pages", "-o", "out", "--site-memory", "out/_sites.sqlite"], "called like a file of the output"),
        (["pages", "-o", "out", "--site-memory", "out"], "--site-memory: out is the output itself"),
        (["--files-from", "list", "-o", "list", "-f", "jsonl"], "--output: list is the list of --files-from itself"),
        (
            ["--files-from", "list", "-o", "out", "--report", "list"],
            "--report: list is the list of --files-from",
        ),
        (["story.txt", "--config", "my.toml", "-o", "my.toml"], "--output: my.toml is a file of the configuration"),
        (["story.txt", "--config", "my.toml", "-o", "mine.toml"], "--output: mine.toml is a file of the configuration"),
        (["story.txt", "--report", "x", "--site-memory", "x"], "--site-memory: x is the file of --report itself"),
        (
            ["pages", "--learn", "only", "--files-from", "list", "--site-memory", "list"],
            "list is the list",
        ),
    ],
)
def test_no_two_files_of_a_run_are_one(here, args, why):
    Path("pages").mkdir()
    Path("pages/a.html").write_text(STORY, encoding="utf-8")
    Path("list").write_text("story.txt\n")
    Path("my.toml").write_text('rules = ["mine.toml"]\n')
    Path("mine.toml").write_text("")
    before = {path: path.is_file() and path.read_bytes() for path in here.rglob("*")}
    result = run(*args)
    assert result.exit_code == 2, result.output
    assert why in result.stderr
    assert {path: path.is_file() and path.read_bytes() for path in here.rglob("*")} == before


@pytest.mark.usefixtures("here")
def test_a_list_is_not_written_over_by_an_article_of_its_name():
    Path("pages").mkdir()
    Path("pages/list.html").write_text(STORY, encoding="utf-8")
    Path("out").mkdir()
    Path("out/list.txt").write_text("pages\n")
    assert "would be written over" in run("--files-from", "out/list.txt", "-o", "out").stderr
    assert Path("out/list.txt").read_text() == "pages\n"
    assert run("pages", "-o", "review", "--report", "review/review.html").exit_code == 0


# Explanations


@pytest.mark.usefixtures("here")
def test_explain_shows_every_block_at_80_columns():
    result = run("--explain", "story.txt")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert max(map(len, lines)) <= 80
    assert [line[0] for line in lines[:6]] == ["-", "-", "-", "+", "+", "+"]
    assert all(0 <= float(line.split()[2]) <= 1 for line in lines[:6])
    assert "3 kept, 3 dropped" in lines[-1] + lines[-2]
    assert "\x1b" not in result.stdout
    full = run("--explain", "-v", "story.txt").stdout
    assert "until" in full.split()
    assert max(map(len, full.splitlines())) <= 80


@pytest.mark.usefixtures("here")
def test_explain_works_for_what_is_no_article():
    result = run("--explain", "menu.txt")
    assert result.exit_code == 1
    assert [line.split()[-1] for line in result.stdout.splitlines()[:2]] == ["Home", "News"]
    assert result.stderr.startswith("newsclean: menu.txt: no article")
    data = json.loads(run("--explain", "-f", "json", "menu.txt").stdout)
    assert [block["action"] for block in data["blocks"]] == ["drop"] * 3


@pytest.mark.usefixtures("here")
def test_color_is_for_terminals_or_when_asked(monkeypatch):
    assert "\x1b[" in run("--explain", "--color", "always", "story.txt").stdout
    assert "\x1b" not in run("--explain", "--color", "never", "story.txt").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("--explain", "story.txt").stdout


@pytest.mark.parametrize(
    "flags", [[], ["-f", "markdown"], ["-f", "json"], ["-f", "jsonl"], ["--explain"], ["-v", "--explain"]]
)
@pytest.mark.usefixtures("here")
def test_terminal_escapes_and_markup_of_a_page_have_no_effect(flags):
    hostile = STORY.replace("mayor", "[bold]mayor[/bold] [/] \x1b[31mred\x1b]0;title\x07 \x9b2J :smile:")
    Path("hostile.txt").write_text(hostile, encoding="utf-8")
    result = run(*flags, "hostile.txt")
    assert result.exit_code == 0
    assert not [c for c in result.stdout if not c.isprintable() and c != "\n"]
    if "--explain" not in flags:
        assert "bold" in result.stdout
        assert ":smile:" in result.stdout


@POSIX_ONLY
@pytest.mark.usefixtures("here")
def test_a_name_cannot_paint_the_terminal():
    name = "bad\x1b[31m\nname.txt"
    Path(name).write_bytes(b"")
    result = run(name)
    assert result.stderr.startswith("newsclean: bad[31m name.txt: empty")
    assert result.stderr.count("\n") == 1


@pytest.mark.usefixtures("here")
def test_a_bug_is_one_line(monkeypatch):
    def fail(*_, **__):
        raise TypeError("what\nis this")

    monkeypatch.setattr("newsclean.pipeline.clean_page", fail)
    result = run("story.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("newsclean: story.txt: internal error: TypeError")
    assert result.stderr.count("\n") == 1


# Real processes


def test_readers_that_stop_early_are_no_failure(here):
    Path("big.txt").write_text(STORY * 3000, encoding="utf-8")
    shell = f"{sys.executable} -m newsclean --force big.txt big.txt | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False, cwd=here)
    assert done.stderr == b""
    assert done.stdout == b"==> big.txt <==\n0\n"


def test_utf8_comes_out_in_any_locale(here):
    Path("latin.txt").write_bytes(STORY.replace("“", "Škoda dělá “").encode("windows-1250"))
    locales = [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ]
    results = [
        command(
            "latin.txt", "story.txt", "čau.txt", "--encoding", "windows-1250", env={**os.environ, **locale}, cwd=here
        )
        for locale in locales
    ]
    assert {result.returncode for result in results} == {1}
    assert len({result.stdout for result in results}) == 1
    assert "Škoda dělá" in results[0].stdout.decode("utf-8")
    assert all(b"Traceback" not in result.stderr for result in results)


def test_latin_1_stdin_is_read(here):
    done = command(
        input=STORY.replace("mayor", "señor alcalde años después")
        .replace("“", '"')
        .replace("”", '"')
        .encode("latin-1"),
        cwd=here,
    )
    assert done.returncode == 0
    assert "señor alcalde años" in done.stdout.decode("utf-8")


def test_hash_seed_and_jobs_do_not_matter(here):
    pages = Path("pages")
    pages.mkdir()
    for number in range(12):
        (pages / f"{number}.html").write_text(f"<p>Menu<p>{STORY.replace(chr(10), '<p>')}{number}", encoding="utf-8")
    answers = set()
    for seed, jobs in (("0", "1"), ("1", "3"), ("2", "2")):
        done = command("pages", "-f", "jsonl", "-j", jobs, "-v", env={**os.environ, "PYTHONHASHSEED": seed}, cwd=here)
        assert done.returncode == 0
        answers.add((done.stdout, done.stderr))
    assert len(answers) == 1


@POSIX_ONLY
def test_ctrl_c_leaves_no_half_written_file(here):
    pages = here / "pages"
    pages.mkdir()
    for number in range(3000):
        (pages / f"{number}.txt").write_text(STORY * 20, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "newsclean", "--force", "pages", "-o", "out", "-j", "2"],
        cwd=here,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(list(here.glob("out/*.txt"))) < 5:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.decode() == "newsclean: interrupted; the same command with --resume goes on from here\n"
    written = list((here / "out").rglob("[!_]*"))
    assert 5 <= len(written) < 3000
    assert {path.suffix for path in written} == {".txt"}
    assert all(path.read_text(encoding="utf-8").endswith("the bridge is open.\n") for path in written)


@POSIX_ONLY
@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("newsclean.cli", b""),
        ("click", b""),
        ("newsclean.cli.run", b""),
        ("newsclean.pipeline", b"newsclean: interrupted\n"),
    ],
)
def test_ctrl_c_while_it_is_loaded_is_quiet(here, module, said):
    project = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text(encoding="utf-8"))
    home, name = project["project"]["scripts"]["newsclean"].split(":")
    program = f"""
import os, signal, sys
class Interrupts:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupts())
from {home} import {name}
{name}()"""
    done = subprocess.run([sys.executable, "-c", program, "story.txt"], capture_output=True, check=False, cwd=here)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", said)


@POSIX_ONLY
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_one_file_for_all_is_there_whole_or_not_at_all(here, name):
    pages = here / "pages"
    pages.mkdir()
    for number in range(3000):
        (pages / f"{number}.txt").write_text(STORY * 20, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "newsclean", "--force", "pages", "-f", "jsonl", "-o", "out/all.jsonl", "-j", "1"],
        cwd=here,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not [p for p in here.glob("out/.*.tmp") if p.stat().st_size > 10_000]:
        time.sleep(0.01)
    process.send_signal(signal.Signals[name])
    process.communicate(timeout=60)
    assert process.returncode == 128 + signal.Signals[name]
    assert list((here / "out").iterdir()) == []


@POSIX_ONLY
def test_closed_and_full_streams_are_said_in_a_line(here):
    shell = f"""{sys.executable} -m newsclean story.txt >&-; echo $?
        {sys.executable} -m newsclean - <&-; echo $?
        {sys.executable} -m newsclean story.txt empty.txt 2>&- | tail -n 1; echo ${{PIPESTATUS[0]}}
        {sys.executable} -m newsclean story.txt -o >(head -n 1); echo $?; sleep 0.2
        test -c /dev/full || exit; {sys.executable} -m newsclean story.txt > /dev/full; echo $?"""
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False, cwd=here)
    lines = done.stdout.decode().splitlines()
    assert [line for line in lines if len(line) < 2] == [
        "1",
        "1",
        "1",
        "0",
        *(["1"] if Path("/dev/full").exists() else []),
    ]
    assert done.stderr.decode().splitlines()[:2] == [
        "newsclean: standard output is closed",
        "newsclean: <stdin>: standard input is closed",
    ]
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("args", [["--help"], ["--version"], ["--reason", "ad"], ["--show-config"]])
def test_a_full_disk_is_said_in_a_line_by_what_only_tells(here, args):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsclean", *args], stdout=full, stderr=subprocess.PIPE, check=False, cwd=here
        )
    assert (done.returncode, done.stderr) == (1, b"newsclean: no space left on device\n")


@POSIX_ONLY
def test_a_working_folder_that_is_gone_stops_what_needs_it_alone(here):
    shell = f"""mkdir gone && cd gone && rmdir ../gone
        {sys.executable} -m newsclean --version; echo $?
        {sys.executable} -m newsclean {here}/story.txt | tail -n 1; echo ${{PIPESTATUS[0]}}
        {sys.executable} -m newsclean pages -o out; echo $?"""
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False, cwd=here)
    lines = done.stdout.decode().splitlines()
    assert [line for line in lines if len(line) < 2] == ["0", "0", "1"]
    assert lines[2] == STORY.splitlines()[-1]
    assert done.stderr == b"newsclean: the working folder is no longer there; go to another\n"


@POSIX_ONLY
def test_no_input_on_a_terminal_is_answered_with_the_usage(here):
    import pty

    leader, follower = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "newsclean"], stdin=follower, capture_output=True, check=False, cwd=here, timeout=30
        )
    finally:
        os.close(leader)
        os.close(follower)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"Usage: newsclean [OPTIONS] [PATH]...")


@POSIX_ONLY
@pytest.mark.parametrize(("no_color", "colored"), [("", True), ("1", False)])
def test_a_terminal_gets_color_and_a_progress_bar(here, no_color, colored):
    """Both streams on one terminal: an explanation in colour; stderr alone: a progress bar above the summary."""
    import pty

    Path("pages").mkdir()
    for number in range(3):
        Path(f"pages/{number}.txt").write_text(STORY, encoding="utf-8")
    Path("pages/bad.txt").write_bytes(b"")
    env = {**os.environ, "NO_COLOR": no_color, "TERM": "xterm-256color", "COLUMNS": "90"}

    def on_terminal(*args: str, stdout: int | None) -> str:
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "newsclean", *args], env=env, cwd=here, stdout=stdout or follower, stderr=follower
        )
        os.close(follower)
        shown = b""
        with contextlib.suppress(OSError):  # how a terminal says that the other end is closed
            while piece := os.read(leader, 65536):
                shown += piece
        os.close(leader)
        process.wait(timeout=30)
        return shown.decode()

    explained = on_terminal("--explain", "story.txt", stdout=None)
    assert ("\x1b[" in explained) == colored
    batch = on_terminal("pages", "-o", "out", stdout=subprocess.DEVNULL)
    assert "newsclean: pages/bad.txt: empty" in batch
    assert "cleaning" in batch
    assert "pages/s" in batch
    assert "articles" in batch.rsplit("\n", 3)[-3]


def test_start_up_is_quick(here):
    """A small file takes under 0.6 s of CPU; on a slow or busy machine, as often as much as numpy takes to load."""
    import resource

    def cpu(*args: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert subprocess.run([sys.executable, *args], capture_output=True, check=False, cwd=here).returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    limit = max(0.6, NUMPY_LOADS * min(cpu("-c", "import numpy") for _ in range(3)))
    assert min(cpu("-m", "newsclean", "story.txt") for _ in range(3)) < limit
