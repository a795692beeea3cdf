"""The Ray engine on a cluster of two nodes: the same bytes as here, and nothing is lost with a node."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsclean.cli import main

STORY = "The council met on Tuesday evening to talk about the long delayed bridge and voted for it in the end."

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install 'newsclean[ray]'"
)


@pytest.fixture(autouse=True)
def _no_token(monkeypatch):
    """Let it not matter whether whoever runs this has a token for clusters of their own."""
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")


@pytest.fixture
def nodes(_no_token):
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("ray_nodes.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.stdin.write("end\n")
            process.stdin.close()
            process.wait(60)


@pytest.fixture
def address(nodes):
    address = nodes.stdout.readline().strip()
    assert address, nodes.stderr.read()
    return address


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("pages/sub").mkdir(parents=True)
    for n in range(20):
        Path(f"pages/{n:02d}.txt").write_text(f"{STORY} It was page {n}.\n" if n % 9 else "", encoding="utf-8")
    lines = [json.dumps({"text": f"{STORY} It was line {n}.", "id": n}) if n % 30 else "{" for n in range(300)]
    Path("pages/lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    Path("pages/sub/lines.jsonl.gz").write_bytes(gzip.compress("\n".join(lines[:50]).encode()))
    Path("pages/logo.png").write_bytes(b"\x89PNG")
    if importlib.util.find_spec("fastwarc") is not None:
        Path("pages/a.warc.gz").write_bytes(b"".join(gzip.compress(warc_record(n)) for n in range(60)))
    return tmp_path


def warc_record(number: int) -> bytes:
    http = (
        f"HTTP/1.1 {200 if number % 7 else 404} OK\r\nContent-Type: text/html\r\n\r\n<p>{STORY} In {number}.".encode()
    )
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"WARC-Date: 2026-03-04T08:05:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode() + http + b"\r\n\r\n"  # fmt: skip


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "newsclean", "--force", "--threshold", "0", "pages", *args]


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*args), capture_output=True, text=True, check=False, timeout=300)


def told(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What a run said, but for how far it was every half minute."""
    return [line for line in done.stderr.splitlines() if " pages/s" not in line]


def files(folder: str) -> dict[str, bytes]:
    """What a run wrote, but for its ledger."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and "_ledger" not in path.relative_to(folder).as_posix()
    }


@needs_ray
@pytest.mark.usefixtures("here")
def test_a_cluster_writes_what_this_machine_writes(address, tmp_path):
    for args in [("-f", "jsonl", "--shard-size", "23"), ("-f", "text")]:
        name = f"out-{args[1]}"
        calm = run(*args, "-o", f"{name}-calm/", "-j", "1")
        far = run(*args, "-o", f"{name}/", "--engine", "ray", "--ray-address", address)
        assert far.returncode == calm.returncode == 1, far.stderr
        assert told(far) == told(calm)
        assert files(name) == files(f"{name}-calm")
        again = run(*args, "-o", f"{name}/", "--engine", "ray", "--ray-address", address)
        assert again.returncode == 2
        assert "--resume" in again.stderr
        resumed = run(*args, "-o", f"{name}/", "--resume", "-q", "-j", "1")  # what one engine began, the other ends
        assert resumed.returncode == 1
        assert resumed.stderr.endswith(f"named in {name}/_failures.jsonl\n")
    sharded = ("-f", "jsonl", "--shard-size", "23", "--engine", "ray", "--ray-address", address)
    shards = sorted(Path("out-jsonl-calm").glob("shard-*"))
    addressed = run(*sharded, "-o", f"file://{tmp_path}/store")
    assert addressed.returncode == 1, addressed.stderr
    assert [Path("store", shard.name).read_bytes() for shard in shards] == [shard.read_bytes() for shard in shards]
    for path in (*sorted(Path("store").glob("shard-*"))[1:4], *sorted(Path("store/_ledger").glob("part-*"))[1:]):
        path.unlink()
    resumed = run(*sharded, "-o", f"file://{tmp_path}/store", "--resume")
    assert resumed.returncode == 1, resumed.stderr
    assert [Path("store", shard.name).read_bytes() for shard in shards] == [shard.read_bytes() for shard in shards]
    Path("pages/00.txt").write_text("no longer empty", encoding="utf-8")
    changed = run(*sharded, "-o", "out-jsonl/", "--resume")
    assert changed.returncode == 2
    assert "the inputs are not what they were" in changed.stderr


APPEAL = (
    "Nobody owns us and nothing here is for sale. Become a member, give what you like each month, and we can go on "
    "printing what others would rather not read."
)
PEOPLE = "Orlov Malin Bertrand Quist Yarrow Castell Domingo Eckhart Farkas Grimaldi Haddad Ibsen Jurado Kessler".split()


def told_on_a_site(number: int) -> dict[str, str]:
    """A story of its own on one of two sites that print the same appeal below all that they print."""
    one, two = PEOPLE[number % 14], PEOPLE[(number * 5 + 3) % 14]
    told = [
        f"The council voted on Tuesday to rebuild the bridge that {one} closed {number + 3} years ago.",
        f"“Without bridge {number} there is no town,” said {two}, who came from far away to watch the vote.",
        f"{one} had argued in letter {number} that others would pay for the bridge, and {two} laughed at that.",
        f"The repairs will cost {number * 7 + 12} million, according to a report that {two} read out to the council.",
        APPEAL,
    ]
    body = "".join(f"<p>{text}</p>" for text in told)
    html = f"<html><head><title>{one} against {two}, part {number}</title></head><body><article>{body}</article></body>"
    return {"html": html, "url": f"https://post{number % 2}.example/{number}"}


@needs_ray
@pytest.mark.usefixtures("here")
def test_what_is_learned_on_a_cluster_is_what_is_learned_here(address):
    Path("sites").mkdir()
    for part in range(3):
        records = [told_on_a_site(number) for number in range(part * 20, part * 20 + 20)]
        Path(f"sites/{part}.jsonl").write_text("\n".join(map(json.dumps, [*records, {"html": ""}])), encoding="utf-8")

    def run_on(*args: str) -> subprocess.CompletedProcess[str]:
        asked = [sys.executable, "-m", "newsclean", "sites", *args]
        return subprocess.run(asked, capture_output=True, text=True, check=False, timeout=300)

    ray = ("--engine", "ray", "--ray-address", address)
    shards = ("-f", "jsonl", "--shard-size", "7")
    here = run_on(*shards, "-o", "here/", "-j", "1", "--site-memory", "here.sites")
    far = run_on(*shards, "-o", "far/", *ray, "--site-memory", "far.sites")
    assert far.returncode == here.returncode == 1, far.stderr
    assert told(far) == told(here)
    assert Path("far.sites").read_bytes() == Path("here.sites").read_bytes()
    written = files("far")
    report = json.loads(written.pop("_report.json"))
    assert {**report, "site-memory": "here.sites"} == json.loads(files("here")["_report.json"])
    assert written == {name: content for name, content in files("here").items() if name != "_report.json"}
    assert report["reasons"]["repeated-on-site"] == 60
    only = run_on(*ray, "--site-memory", "far.sites", "--learn", "only")  # again, and so nothing new
    assert only.returncode == 1
    assert only.stderr.endswith("newsclean: far.sites knows 60 pages of 2 sites\n")
    assert Path("far.sites").read_bytes() == Path("here.sites").read_bytes()


@needs_ray
@pytest.mark.usefixtures("here")
def test_a_node_that_is_lost_takes_nothing_with_it(nodes, address):
    args = ("-f", "jsonl", "--shard-size", "7")
    assert run(*args, "-o", "calm/", "-q", "-j", "1").returncode == 1
    process = subprocess.Popen(
        command(*args, "-o", "out/", "--engine", "ray", "--ray-address", address, "-q"),
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and len(list(Path("out").glob("shard-*"))) < 4:
        time.sleep(0.01)
    done_before = len(list(Path("out").glob("shard-*")))
    nodes.stdin.write("lose\n")
    nodes.stdin.flush()
    assert nodes.stdout.readline() == "lost\n"
    _, stderr = process.communicate(timeout=300)
    assert process.returncode == 1, stderr
    assert files("out") == files("calm")
    assert done_before < len(list(Path("out").glob("shard-*")))


@needs_ray
@pytest.mark.usefixtures("here")
def test_ctrl_c_says_how_to_go_on(address):
    process = subprocess.Popen(
        command("-f", "jsonl", "--shard-size", "5", "-o", "out/", "--engine", "ray", "--ray-address", address, "-q"),
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not list(Path("out").glob("shard-*")):
        time.sleep(0.01)
    process.send_signal(2)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "newsclean: interrupted; the same command with --resume goes on" in stderr
    assert "Traceback" not in stderr
    last = run(
        "-f", "jsonl", "--shard-size", "5", "-o", "out/", "--engine", "ray", "--ray-address", address, "--resume"
    )
    assert last.returncode == 1
    run("-f", "jsonl", "--shard-size", "5", "-o", "calm/", "-j", "1")
    assert files("out") == files("calm")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--engine", "ray", "pages"], "-o FOLDER"),
        (["--engine", "ray", "pages", "-f", "jsonl", "-o", "all.jsonl"], "-o FOLDER"),
        (["--engine", "ray", "pages", "-f", "jsonl", "-o", "memory://out/"], "no other machine sees memory://"),
        (["--engine", "ray", "pages", "-o", "out", "--report", "r.html"], "--report"),
        (["--ray-address", "auto", "pages", "-o", "out"], "--engine ray"),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_cannot_be_meant_is_said(args, said):
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 2
    assert said in result.stderr


@needs_ray
@pytest.mark.usefixtures("here")
def test_a_cluster_that_is_not_there_is_told():
    done = run("-f", "jsonl", "-o", "out/", "--engine", "ray", "--ray-address", "127.0.0.1:9")
    assert done.returncode == 2
    assert "Error: --ray-address: no Ray cluster answers at 127.0.0.1:9: ConnectionRefusedError" in done.stderr


@pytest.mark.usefixtures("here")
def test_without_ray_the_command_that_installs_it_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    result = CliRunner().invoke(main, ["--engine", "ray", "pages", "-f", "jsonl", "-o", "out"])
    assert result.exit_code == 2
    assert "pip install 'newsclean[ray]'" in result.stderr
