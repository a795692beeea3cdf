"""Runs of the command that are killed at any moment and gone on with, over and over."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KILLS = int(os.environ.get("NEWSCLEAN_KILLS", "3"))
"""How often a run is killed; 50 is what a release is tested with."""


def files(folder: str, *but: str) -> dict[str, bytes]:
    """What a run wrote, but for its ledger and other names."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and path.name not in {"_ledger.sqlite", *but}
    }


def done(command: Sequence[str]) -> None:
    """Run a command that finds some pages that hold nothing."""
    process = subprocess.run(command, capture_output=True, check=False)
    assert process.returncode == 1, process.stderr


def kill_and_resume(command: Callable[..., list[str]], compare: Callable[[], None], *, seed: int) -> None:
    """Kill runs with all their workers at random moments, go on with them, and compare whatever is there in the end.

    command: gives the arguments, with those given to it, of a run into the folder `out`, which is removed where a run
    came to its end. compare: is called then, and asserts that all is as if nothing had happened.
    """
    started = time.monotonic()
    done(command())
    took = time.monotonic() - started
    compare()
    shutil.rmtree("out")
    moments = random.Random(seed)
    broken_off = 0
    for kill in range(KILLS):
        resumed = ["--resume"] if Path("out/_ledger.sqlite").exists() else []
        process = subprocess.Popen(
            command(*resumed), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        time.sleep(moments.uniform(0.1, 1.1) * took)
        with contextlib.suppress(ProcessLookupError):  # it may have ended
            os.killpg(process.pid, signal.SIGKILL)
        _, stderr = process.communicate(timeout=60)
        assert process.returncode in {-signal.SIGKILL, 1}, stderr
        broken_off += process.returncode == -signal.SIGKILL
        if process.returncode == 1 or kill == KILLS - 1:
            done(command("--resume"))
            compare()
            shutil.rmtree("out")
    assert broken_off
