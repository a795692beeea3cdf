"""Whether memory stays flat: what the command and its workers take after a tenth of the pages and after all of them.

    python benchmarks/memory.py [--pages 200000] [--idle]

The pages are generated, a few lines each, so that there can be many; their words are made up, so that no two pages are
alike and whatever is remembered of words and lines is filled. Resident memory is read from /proc (Linux). With --idle
the workers clean nothing and give back what they are given, which takes a tenth of the time: that tells of the command
alone, which reads, hands out, writes shards and keeps the ledger as ever.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import newsclean.cli.run
from newsclean.batch.job import Job
from newsclean.batch.outcome import Outcome, Source, Tally
from newsclean.cli import main as newsclean_main

SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re".split()


def words(state: int, count: int) -> tuple[int, str]:
    made = []
    for _ in range(count):
        state = (state * 1_664_525 + 1_013_904_223) % 2**32
        made.append("".join(SYLLABLES[(state >> shift) & 31] for shift in (7, 12, 17, 22)))
    return state, " ".join(made)


def page(number: int) -> str:
    state, title = words(number * 2_654_435_761 % 2**32, 5)
    state, one = words(state, 18)
    state, two = words(state, 14)
    return f"<nav><a href=/>{title[:9]}</a></nav><h1>{title}</h1><p>The {one} {number}.</p><p>The {two}.</p>"


def resident(pid: int) -> float:
    """Megabytes."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


@dataclass(frozen=True, slots=True)
class IdleJob(Job):
    """A job that cleans nothing."""

    def do(self, source: Source) -> Outcome:
        """Give the page back as a line of JSON."""
        line = json.dumps({"source": source.label, "text": str(source.opened.content)})
        tally = Tally(3, 1, 1, 30, (("menu", 1),), (source.offset or 0) % 97 / 100, "idle")
        return Outcome(source, f"{line}\n".encode(), tally)


def run_idly() -> None:
    newsclean.cli.run.Job = IdleJob
    newsclean_main()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=200_000)
    parser.add_argument("--idle", action="store_true")
    arguments = parser.parse_args()
    count = arguments.pages
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "pages.jsonl", Path(folder) / "out"
        with source.open("w", encoding="utf-8") as lines:
            for number in range(count):
                lines.write(json.dumps({"html": page(number), "url": f"https://s{number % 5000}.example/a"}) + "\n")
        shard = max(count // 200, 10)
        print(f"{count:,} pages of {source.stat().st_size // count} bytes, -f jsonl, shards of {shard}, two workers")
        # workers know the idle job by this module's name
        program = ["-c", "import memory; memory.run_idly()"] if arguments.idle else ["-m", "newsclean"]
        command = [sys.executable, *program, str(source), "-f", "jsonl", "-o", str(out), "-j", "2", "-q"]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path[1:]])}
        flags = ["--force", "--shard-size", str(shard)]
        began = time.monotonic()
        with subprocess.Popen([*command, *flags], env=env) as process:
            waited_for = [count // 10, count // 4, count // 2, count - shard]
            while process.poll() is None and waited_for:
                if (out / f"shard-{waited_for[0] // shard - 1:05d}.jsonl").exists():
                    workers = sorted(resident(child) for child in children(process.pid))
                    print(
                        f"after {waited_for.pop(0):,} pages: command {resident(process.pid):.1f} MB, workers "
                        f"{' and '.join(f'{worker:.1f}' for worker in workers[-2:])} MB",
                        flush=True,
                    )
                time.sleep(0.05)
        print(f"{time.monotonic() - began:.0f} s by the clock")


if __name__ == "__main__":
    main()
