"""What a batch costs beside cleaning: pages per second by kind of input, overhead over bare clean(), memory.

    python benchmarks/batch.py [--pages 400] [--jobs 1 2] [--memory 20000]

The pages are generated and small (about 20 kB of HTML), so the batch has more to do beside each of them than beside
real ones. CPU seconds are those of the parent and of all workers, start included; they say more than the clock where
others use the machine too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import newsclean
from newsclean.batch.containers import Reading, spread
from newsclean.batch.outcome import Source

try:
    import pyarrow as arrow  # noqa: ICN001  (as the package calls it)
    from pyarrow import parquet
except ImportError:
    arrow = None

WORDS = (
    "council bridge river evening vote budget harbour teacher winter minister station market festival engine forest "
    "village doctor island library museum railway captain election summer budget concert report"
).split()

FEW = 20
"""Pages of the run that tells what starting costs."""


def page(number: int) -> str:
    """A page of its own, with a menu, a story of forty paragraphs and a list of other stories."""
    state = number * 2_654_435_761 % 2**32

    def words(count: int) -> str:
        nonlocal state
        picked = []
        for _ in range(count):
            state = (state * 1_664_525 + 1_013_904_223) % 2**32
            picked.append(WORDS[(state >> 16) % len(WORDS)])
        return " ".join(picked)

    menu = "".join(f"<li><a href='/{n}'>{words(2)}</a></li>" for n in range(40))
    story = "".join(f"<p>The {words(30)}, said the {words(12)}, and the {words(25)}.</p>" for _ in range(40))
    more = "".join(f"<li><a href='/s/{n}'>{words(9)}</a></li>" for n in range(40))
    return (
        f"<!doctype html><html lang=en><head><title>{words(7)}</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>{words(7)} {number}</h1>{story}</article><aside><ul>{more}</ul></aside></body></html>"
    )


def spent() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def warc_record(number: int, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
            f"WARC-Date: 2026-03-04T08:05:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode()
        + http
        + b"\r\n\r\n"
    )


def write_inputs(folder: Path, count: int) -> dict[str, Path]:
    inputs = {"folder": folder / "pages", "jsonl": folder / "a.jsonl", "warc": folder / "a.warc.gz"}
    inputs["folder"].mkdir()
    with inputs["jsonl"].open("w", encoding="utf-8") as lines, inputs["warc"].open("wb") as warc:
        for number in range(count):
            html = page(number)
            (inputs["folder"] / f"{number:06d}.html").write_text(html, encoding="utf-8")
            lines.write(json.dumps({"html": html, "url": f"https://a.example/{number}"}) + "\n")
            warc.write(gzip.compress(warc_record(number, html.encode()), 6))
    if arrow is None:
        return inputs
    inputs["parquet"] = folder / "a.parquet"
    rows = [{"html": page(number), "url": f"https://a.example/{number}"} for number in range(count)]
    parquet.write_table(arrow.Table.from_pylist(rows), inputs["parquet"], row_group_size=100)
    return inputs


def command(path: Path, out: Path, jobs: int) -> tuple[float, float]:
    """Clock and CPU seconds of one run of the command."""
    began, clock = spent(), time.perf_counter()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "newsclean",
            str(path),
            "-f",
            "jsonl",
            "-o",
            f"{out}/",
            "-j",
            str(jobs),
            "-q",
            "--force",
        ],
        check=True,
    )
    return time.perf_counter() - clock, spent() - began


def memory(count: int) -> None:
    """Resident memory of the parent and the largest worker after a tenth of the pages and after all."""
    html = page(1)
    sizes = []

    def sources():
        for number in range(count):
            yield html.replace("council", f"council{number}", 3)

    for number, _ in enumerate(newsclean.clean_many(sources(), jobs=2), 1):
        if number in {count // 10, count}:
            pids = [os.getpid(), *map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())]
            rss = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4 // 1024 for pid in pids]
            sizes.append((number, rss[0], max(rss[1:])))
    for number, parent, worker in sizes:
        print(f"after {number:,} pages: parent {parent} MB, largest worker {worker} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--memory", type=int, default=0, help="also watch memory over so many pages")
    arguments = parser.parse_args()
    count = arguments.pages
    with tempfile.TemporaryDirectory() as name:
        inputs = write_inputs(Path(name), count)
        size = sum(path.stat().st_size for path in inputs["folder"].iterdir()) / 1e6
        options = newsclean.Options(force=True)
        newsclean.clean(page(0), options=options)
        paths = sorted(inputs["folder"].iterdir())
        began = spent()
        for path in paths:
            json.dumps(newsclean.clean(path, options=options).to_dict())
        bare = spent() - began
        print(
            f"{count} pages, {size:.1f} MB; clean() and json alone: {bare:.2f} s CPU, {bare / count * 1e3:.2f} ms each"
        )
        few = Path(name) / "few"
        few.mkdir()
        for path in paths[:FEW]:
            (few / path.name).hardlink_to(path)
        starts: dict[int, float] = {}
        for kind, path in inputs.items():
            began = spent()
            read = sum(1 for _ in spread([Source(str(path), path)], Reading())) if path.is_file() else 0
            reading = spent() - began
            for jobs in arguments.jobs:
                clock, cpu = command(path, Path(name) / f"out-{kind}-{jobs}", jobs)
                if jobs not in starts:
                    starts[jobs] = command(few, Path(name) / f"out-few-{jobs}", jobs)[1] - FEW * bare / count
                each = (cpu - starts[jobs]) / count
                share = f"; reading {reading / count / each:.1%} of it" if read else ""
                print(
                    f"{kind:8} -j {jobs}: {count / clock:6.1f} pages/s, {size / clock:5.1f} MB/s; start "
                    f"{starts[jobs]:.2f} s of CPU, then {each * 1e3:.2f} ms a page, {each * count / bare - 1:+.1%} on "
                    f"it alone{share}"
                )
    if arguments.memory:
        memory(arguments.memory)


if __name__ == "__main__":
    main()
