"""Runs that are broken off: nothing is lost, nothing is there twice, and people are told how to go on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.breaking_off import done, files, kill_and_resume

STORY = "The council met on Tuesday evening to talk about the long delayed bridge and voted for it in the end."
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups and signals are other things there")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pages = Path("pages")
    pages.mkdir()
    for n in range(150):
        (pages / f"{n:03d}.txt").write_text(f"{STORY} It was page {n}.\n" if n % 40 else "", encoding="utf-8")
    lines = [json.dumps({"text": f"{STORY} It was line {n}.", "id": n}) for n in range(150)]
    (pages / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "newsclean", "--force", "--threshold", "0", "-q", "-j", "2", "pages", *args]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("args", [("-f", "jsonl", "--shard-size", "23"), ("-f", "text")])
def test_killed_at_any_moment_and_resumed_it_is_as_if_undisturbed(args):
    done(command(*args, "-o", "calm"))
    calm = files("calm")

    def compare() -> None:
        assert files("out") == calm

    kill_and_resume(lambda *more: command(*args, "-o", "out/", *more), compare, seed=5)


@pytest.mark.usefixtures("here")
def test_ctrl_c_ends_within_two_seconds_and_says_how_to_go_on():
    process = subprocess.Popen(
        command("-f", "jsonl", "--shard-size", "5", "-o", "out/"), stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list(Path("out").glob("shard-*")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    told = time.monotonic()
    _, stderr = process.communicate(timeout=60)
    assert time.monotonic() - told < 2
    assert process.returncode == 130
    assert "newsclean: interrupted; the same command with --resume goes on" in stderr.decode()
    assert b"Traceback" not in stderr
    left = {path.name.split("-")[0] for path in Path("out").iterdir()}
    assert left <= {"shard", "_ledger.sqlite"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_told_to_end_it_leaves_what_can_be_resumed(name):
    process = subprocess.Popen(command("-f", "jsonl", "--shard-size", "5", "-o", "out/"), stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list(Path("out").glob("shard-*")):
        time.sleep(0.01)
    process.send_signal(signal.Signals[name])
    process.communicate(timeout=60)
    assert process.returncode == 128 + signal.Signals[name]
    assert not list(Path("out").rglob("*.tmp"))
    for args in (["-o", "out/", "--resume"], ["-o", "calm/"]):
        subprocess.run(command("-f", "jsonl", "--shard-size", "5", *args), capture_output=True, check=False)
    assert files("out") == files("calm")
