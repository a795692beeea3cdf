"""Stores that fsspec opens: the same pages, names, shards, reports and resumed runs as on this machine."""

from __future__ import annotations

import errno
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsclean.batch.remote import Remote, is_remote, place_of
from newsclean.batch.sources import Inputs
from newsclean.cli import main

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'newsclean[remote]'")

STORY = "The council met on Tuesday evening to talk about the long delayed bridge and voted for it in the end."


@pytest.fixture
def memory():
    store = fsspec.filesystem("memory")
    yield store
    store.store.clear()
    store.pseudo_dirs[:] = [""]


def run(*args: str, stdin: str | None = None):
    return CliRunner().invoke(main, ["--force", "--threshold", "0", *args], input=stdin, prog_name="newsclean")


def grow(root: str) -> None:
    """Pages of every kind below a folder, here or on a store."""
    lines = [{"text": f"{STORY} It was line {n}.", "url": f"https://a.example/{n}", "id": n} for n in range(7)]
    lines[4] = {"id": 4}
    pages = {
        "a.txt": f"{STORY} It was a.\n".encode(),
        "b.txt.gz": gzip.compress(f"{STORY} It was b.\n".encode()),
        "empty.txt": b"",
        "logo.png": b"\x89PNG",
        ".hidden.txt": STORY.encode(),
        "sub/deep/c.html": f"<p>{STORY} It was c.</p>".encode(),
        "sub/lines.jsonl": "\n".join(map(json.dumps, lines)).encode(),
        "sub/lines.jsonl.gz": gzip.compress("\n".join(map(json.dumps, lines)).encode()),
    }
    for name, content in pages.items():
        put(f"{root}/{name}", content)


def put(name: str, content: bytes) -> None:
    if is_remote(name):
        with fsspec.open(name, "wb", auto_mkdir=True) if name.startswith("file:") else fsspec.open(name, "wb") as file:
            file.write(content)
    else:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)


def files(root: str) -> dict[str, bytes]:
    """What a run wrote, but for its ledger."""
    store, top = fsspec.core.url_to_fs(root)
    found = {path[len(top) :].strip("/"): store.cat_file(path) for path in sorted(store.find(top))}
    return {name: content for name, content in found.items() if not name.startswith("_ledger")}


# Addresses


@pytest.mark.parametrize(
    ("name", "remote"),
    [
        ("s3://news/a.html", True),
        ("memory://a", True),
        ("file:///a", True),
        ("zip://a.html::s3://news/a.zip", True),
        ("simplecache::gs://news/a.html", True),
        ("a.html", False),
        ("C:\\news\\a.html", False),
        ("c:/news", False),
        ("notes: on http://a.example", False),
        ("a::b", False),
        ("-", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_a_path(name, remote):
    assert is_remote(name) is remote


@pytest.mark.parametrize(
    ("folder", "inner", "expected"),
    [
        ("s3://news", "a.html", "s3://news/a.html"),
        ("s3://news/2026/", "a/b.html", "s3://news/2026/a/b.html"),
        ("memory://", "a.html", "memory://a.html"),
        ("file:///", "a.html", "file:///a.html"),
        ("zip://pages::s3://news/a.zip", "a.html", "zip://pages/a.html::s3://news/a.zip"),
        ("simplecache::s3://news/2026", "a.html", "simplecache::s3://news/2026/a.html"),
        ("s3://news/2026", "", "s3://news/2026"),
    ],
)
def test_what_lies_below_an_address(folder, inner, expected):
    place = place_of(folder) / inner
    assert str(place) == expected
    if inner:
        assert place.name == Path(inner).name
        assert place.parent / place.name == place


def test_the_name_of_a_web_page_is_without_its_query():
    place = Remote("https://a.example/2026/story.html?from=feed#top")
    assert (place.name, place.suffix, place.is_web) == ("story.html", ".html", True)


# Reading


@pytest.mark.usefixtures("memory")
def test_a_store_gives_the_pages_that_a_folder_gives(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    grow("pages")
    grow("memory://news/pages")
    here = run("-f", "jsonl", "-j", "1", "pages")
    there = run("-f", "jsonl", "memory://news/pages")
    assert there.exit_code == here.exit_code == 1
    assert there.stdout.replace("memory://news/pages", "pages") == here.stdout
    assert there.stderr.replace("memory://news/pages", "pages") == here.stderr
    assert len(there.stdout.splitlines()) == 15


@pytest.mark.usefixtures("memory")
def test_lists_and_their_entries_may_be_on_a_store():
    grow("memory://news/pages")
    put("memory://lists/today", b"memory://news/pages/a.txt\nmemory://news/pages/none.txt\nmemory://news/pages/sub/\n")
    result = run("-f", "jsonl", "--files-from", "memory://lists/today")
    names = [json.loads(line)["source"] for line in result.stdout.splitlines()]
    assert names[:2] == ["memory://news/pages/a.txt", "memory://news/pages/sub/lines.jsonl"]
    assert names[-1] == "memory://news/pages/sub/deep/c.html"
    assert "newsclean: memory://news/pages/none.txt: cannot be read: no such file or folder\n" in result.stderr
    missing = run("--files-from", "memory://lists/none")
    assert missing.exit_code == 2
    assert "memory://lists/none cannot be read: no such file" in missing.stderr


@pytest.mark.usefixtures("memory")
def test_what_is_not_there_is_named():
    put("memory://news/empty/x.css", b"")
    for name, why in [
        ("memory://news/none.html", "cannot be read: no such file or folder"),
        ("memory://news/none.warc.gz", "cannot be read: no such file or folder"),
        ("memory://news/none/", "cannot be read: no such file or folder"),
        ("nostore://news/a.html", "cannot be read: nostore:// failed, ValueError: Protocol not known: nostore"),
    ]:
        result = run(name)
        assert result.exit_code == 1
        assert f": {why}" in result.stderr
    assert "no page by its name" in run("-v", "memory://news/empty/").stderr


def test_a_missing_package_is_one_line_with_the_command(monkeypatch, tmp_path):
    result = run("s3://news/a.html")
    if result.exit_code and "extra package" in result.stderr:  # where s3fs is not installed
        assert result.stderr == (
            "newsclean: s3://news/a.html: s3:// needs an extra package: pip install 'newsclean[s3]'\n"
        )
    for module in ("fsspec", "fsspec.core"):
        monkeypatch.setitem(sys.modules, module, None)
    result = run("memory://news/a.html")
    assert result.stderr.endswith("memory:// needs an extra package: pip install 'newsclean[remote]'\n")
    for scheme, extra in (("s3", "s3"), ("gs", "gs"), ("https", "http"), ("hdfs", "remote,parquet")):
        result = run(f"{scheme}://news/a.html")
        assert result.stderr.endswith(f"{scheme}:// needs an extra package: pip install 'newsclean[{extra}]'\n")
    for args in (["-o", "memory://out/", "-"], ["--files-from", "memory://list"]):
        result = run(*args, stdin=STORY)
        assert result.exit_code == 2
        assert result.stderr.endswith("memory:// needs an extra package: pip install 'newsclean[remote]'\n")
    assert run(str(tmp_path)).exit_code == 1  # paths of this machine need no fsspec


@pytest.mark.usefixtures("memory")
def test_the_account_of_an_earlier_run_on_a_store_is_no_input():
    put("memory://news/a.txt", f"{STORY} It was a.\n".encode())
    assert run("memory://news/", "-f", "jsonl", "-o", "memory://earlier/out/").exit_code == 0
    assert [json.loads(line)["source"] for line in run("memory://earlier/", "-f", "jsonl").stdout.splitlines()] == [
        "memory://earlier/out/shard-00000.jsonl"
    ]


def test_an_error_of_a_store_is_one_line(memory, monkeypatch):
    put("memory://news/a.html", b"x")

    def fail(*_, **__):
        raise RuntimeError("rate\nlimit \x1b[31m")

    monkeypatch.setattr(type(memory), "_open", fail)
    result = run("memory://news/a.html")
    assert result.exit_code == 1
    assert result.stderr.endswith("cannot be read: memory:// failed, RuntimeError: rate\n")


def test_a_store_that_fails_while_it_is_read_costs_the_rest_of_the_file(memory, monkeypatch):
    line = json.dumps({"text": STORY}).encode()
    put("memory://news/a.jsonl", (line + b"\n") * 40_000)

    class Broken(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 2_000_000:
                raise TimeoutError("the store is gone")
            return super().read(size)

    monkeypatch.setattr(type(memory), "_open", lambda *_, **__: Broken(memory.store["/news/a.jsonl"].getvalue()))
    place = Remote("memory://news/a.jsonl")
    with place.open() as file:
        file.read(100)
        with pytest.raises(OSError, match="TimeoutError: the store is gone") as caught:
            file.read()
    assert caught.value.errno == errno.EIO


@pytest.mark.usefixtures("memory")
def test_large_files_are_not_read_whole():
    put("memory://news/a.txt", b"x" * 300_000)
    result = run("--max-bytes", "1000", "memory://news/a.txt")
    assert "too large: more than 1,000 bytes" in result.stderr


@pytest.mark.usefixtures("memory")
def test_warc_and_parquet_are_read_from_a_store(tmp_path):
    pytest.importorskip("fastwarc")
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    body = f"<p>{STORY}</p>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    record = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2026-03-04T08:05:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode() + http
    put("memory://news/a.warc.gz", gzip.compress(record + b"\r\n\r\n") * 3 + gzip.compress(record)[:-20])
    parquet.write_table(arrow.Table.from_pylist([{"html": body.decode(), "id": n} for n in range(3)]), tmp_path / "a")
    put("memory://news/a.parquet", (tmp_path / "a").read_bytes())
    result = run("-f", "jsonl", "memory://news")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["text"] for record in records] == [STORY] * 6
    assert [record["offset"] for record in records[:3]] == [0, 1, 2]
    assert result.stderr.count("truncated") == 1


# Names and places


def test_addresses_are_mirrored_from_the_folder_that_holds_them_all(memory, tmp_path):
    for name in ("news/a/b.html", "news/c/b.html", "news/c/b.txt", "old/b.html"):
        memory.pipe_file(f"/{name}", b"x")
    (tmp_path / "d.html").write_text("x")

    def names(*paths: str) -> dict[str, str]:
        inputs = Inputs.of(paths, folder=place_of("memory://out"), suffix=".txt", limit=1000)
        return {source.name: str(source.target).removeprefix("memory://out/") for source in inputs}

    assert set(names("memory://news").values()) == {"a/b.txt", "c/b.html.txt", "c/b.txt"}
    assert set(names("memory://news/a/b.html").values()) == {"b.txt"}
    assert set(names("memory://news/c/", "memory://old/b.html").values()) == {
        "news/c/b.html.txt",
        "news/c/b.txt",
        "old/b.txt",
    }
    mixed = names("memory://old/b.html", str(tmp_path / "d.html"))
    assert mixed["memory://old/b.html"] == "memory/old/b.txt"
    assert mixed[str(tmp_path / "d.html")].endswith("/d.txt")


def test_no_address_climbs_out_of_the_output(memory, tmp_path):
    inputs = Inputs.of(["s3://news/../../up.html", "s3://news//a.html"], folder=tmp_path, suffix=".txt", limit=1000)
    assert [source.target for source in inputs] == [None, None]
    assert all("empty or dotted part" in source.error for source in inputs)
    memory.store["/news/../up.html"] = memory.store["/news//a.html"] = object()  # as object stores allow it
    entries = [Remote("memory://news") / name for name in ("..", "")]
    assert entries[1] == Remote("memory://news")
    one, other = Inputs.of(
        ["https://a.example/a?id=1", "https://a.example/a?id=2"], folder=tmp_path, suffix=".txt", limit=1000
    )
    assert one.target == tmp_path / "a.txt"
    assert "another input has this name" in other.error


@pytest.mark.usefixtures("memory")
def test_the_output_is_no_input_and_no_input_is_written_over():
    grow("memory://news/pages")
    assert run("memory://news/pages", "-o", "memory://news/pages/clean/").exit_code == 1
    again = run("memory://news/pages", "-o", "memory://news/pages/clean/", "--overwrite")
    assert again.stderr.count("clean/") == 0
    for args, said in [
        (["memory://news/pages/a.txt", "-o", "memory://news/pages/a.txt"], "is an input itself"),
        (["memory://news/pages", "-f", "jsonl", "-o", "memory://news/pages/all.jsonl"], "lies among the inputs"),
        (["memory://news/pages", "-o", "memory://news/pages/a.txt"], "is a file; several inputs need a folder"),
        (["memory://news/pages/a.txt", "--report", "memory://r.html"], "no file of this machine"),
    ]:
        result = run(*args)
        assert result.exit_code == 2
        assert said in result.stderr
    over = run("memory://news/pages/a.txt", "memory://news/pages/empty.txt", "-o", "memory://news/pages/")
    assert over.stderr.count("would be written over an input") == 2


# Writing


@pytest.mark.parametrize("form", ["text", "jsonl", "parquet"])
def test_output_on_a_store_is_what_it_is_here(memory, tmp_path, monkeypatch, form):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    grow("pages")
    here = run("pages", "-f", form, "-o", "out/", "--shard-size", "5", "-j", "1")
    there = run("pages", "-f", form, "-o", "memory://out/run", "--shard-size", "5")
    assert (there.exit_code, there.stderr) == (here.exit_code, here.stderr)
    written = files("memory://out/run")
    assert written == files(f"file://{tmp_path}/out")
    assert {"_report.json", "_failures.jsonl"} < set(written)
    assert len(memory.ls("/out/run/_ledger")) == 1 + (1 if form == "text" else 4)


@pytest.mark.usefixtures("memory")
def test_one_file_goes_to_a_store_too():
    grow("memory://news")
    assert run("memory://news/a.txt", "-o", "memory://out/a.md", "-f", "markdown").exit_code == 0
    assert STORY in files("memory://out")["a.md"].decode()
    run("memory://news", "-f", "jsonl", "-o", "memory://out/all.jsonl")
    assert len(files("memory://out")["all.jsonl"].splitlines()) == 15
    piped = run("-", "-o", "memory://out/stdin.txt", stdin=STORY)
    assert piped.exit_code == 0
    assert STORY in files("memory://out")["stdin.txt"].decode()


@pytest.mark.usefixtures("memory")
def test_a_run_on_a_store_is_gone_on_with(monkeypatch):
    grow("memory://news")
    args = ["memory://news", "-f", "jsonl", "--shard-size", "3"]
    run(*args, "-o", "memory://calm")
    put_file, puts = Remote._put, []

    def fail_later(place, local):
        puts.append(place.name)
        if len(puts) > 6:  # settings, three shards with their entries less one
            raise KeyboardInterrupt
        put_file(place, local)

    monkeypatch.setattr(Remote, "_put", fail_later)
    broken = run(*args, "-o", "memory://out")
    assert broken.exit_code == 130
    assert "--resume" in broken.stderr
    monkeypatch.undo()
    assert set(files("memory://out")) == {f"shard-0000{n}.jsonl" for n in range(3)}
    said = run(*args, "-o", "memory://out")
    assert said.exit_code == 2
    assert "--overwrite" in said.stderr
    other = run(*args, "-o", "memory://out", "--resume", "--no-header")
    assert other.exit_code == 2
    assert "another options" in other.stderr
    assert run(*args, "-o", "memory://out", "--resume").exit_code == 1
    assert files("memory://out") == files("memory://calm")
    put("memory://news/0.txt", STORY.encode())
    changed = run(*args, "-o", "memory://out", "--resume")
    assert changed.exit_code == 2
    assert "the inputs are not what they were" in changed.stderr


@pytest.mark.usefixtures("memory")
def test_overwrite_on_a_store_leaves_what_is_not_its_own():
    grow("memory://news")
    run("memory://news", "-f", "jsonl", "-o", "memory://out", "--shard-size", "2")
    put("memory://out/notes.txt", b"mine")
    assert run("memory://news", "-f", "jsonl", "-o", "memory://out", "--overwrite").exit_code == 1
    assert set(files("memory://out")) == {"_failures.jsonl", "_report.json", "notes.txt", "shard-00000.jsonl"}


def test_a_file_is_put_whole_or_not_at_all(tmp_path):
    target = Remote(f"file://{tmp_path}/deep/er/a.txt")

    def write(content: bytes, error: type[BaseException] | None = None) -> None:
        with target.written_whole() as file:
            file.write(content)
            assert not (tmp_path / "deep/er/a.txt").exists() or (tmp_path / "deep/er/a.txt").read_bytes() == b"one"
            if error is not None:
                raise error

    write(b"one")
    with pytest.raises(KeyboardInterrupt):
        write(b"half", KeyboardInterrupt)
    assert target.read_bytes() == b"one"
    write(b"two")
    assert [path.name for path in (tmp_path / "deep/er").iterdir()] == ["a.txt"]
    assert target.read_bytes() == b"two"


def test_workers_read_and_write_a_store_that_all_processes_see(tmp_path):
    grow(f"file://{tmp_path}/pages")
    (tmp_path / "pages" / "up").symlink_to(tmp_path / "pages")
    (tmp_path / "pages" / "same.txt").symlink_to(tmp_path / "pages" / "a.txt")
    common = [
        sys.executable,
        "-m",
        "newsclean",
        "--force",
        "--threshold",
        "0",
        "-q",
        "-f",
        "jsonl",
        "--shard-size",
        "5",
    ]
    for out, jobs, source in [("one", "1", f"{tmp_path}/pages"), ("two", "2", f"file://{tmp_path}/pages")]:
        done = subprocess.run(
            [*common, "--shard-size", "5", "-j", jobs, source, "-o", f"file://{tmp_path}/{out}"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
    written = {name: text.replace(b"file://", b"") for name, text in files(f"file://{tmp_path}/two").items()}
    assert written == files(f"file://{tmp_path}/one")
    assert sum(len(text.splitlines()) for name, text in written.items() if name.startswith("shard")) == 16
