"""What a batch costs beside cleaning: overhead over bare clean(), reading, workers, pages per second by kind of input.

    python benchmarks/batch.py [--pages 400] [--many 3000] [--rounds 3] [--runs 1 2 ray] [--of FOLDER] [--json FILE]

The pages are generated and small (27 kB of HTML), so the batch has more to do beside each of them than beside real
ones, which `--of` takes from a folder of `.html` and `.html.gz` files, for the shares alone. Shares of CPU time are of
one and the same run each, see timed_job.py. What depends on the clock is done in turns, `--rounds` times, and medians
are told: where others use the machine, too, it says more about them. So each run by the clock tells how many cores it
had, too. One worker against two, and a Ray cluster that is started here, are measured on `--many` pages, with the start
of the processes and without; `--pages 0` leaves all else out. Memory is another matter, see memory.py.
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
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from tables import machine

try:
    import pyarrow as arrow  # noqa: ICN001  (as the package calls it)
    from pyarrow import parquet
except ImportError:
    arrow = None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WORDS = (
    "council bridge river evening vote budget harbour teacher winter minister station market festival engine forest "
    "village doctor island library museum railway captain election summer budget concert report"
).split()

HERE = Path(__file__).parent

RUNS = {"1": ("-j", "1"), "2": ("-j", "2"), "ray": ("--engine", "ray", "-j", "2")}


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


def read_pages(folder: Path, count: int) -> list[str]:
    """Pages of a folder, every so-manieth of them."""
    paths = sorted(path for path in folder.rglob("*.html*") if path.is_file())
    found = [path.read_bytes() for path in paths[:: max(1, len(paths) // count)][:count]]
    return [(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8", "replace") for data in found]


def write_pages(folder: Path, pages: Iterable[str]) -> None:
    folder.mkdir(parents=True)
    for number, html in enumerate(pages):
        (folder / f"{number:06d}.html").write_text(html, encoding="utf-8")


def write_inputs(folder: Path, pages: list[str]) -> dict[str, Path]:
    inputs = {"folder": folder / "pages", "jsonl": folder / "a.jsonl", "warc": folder / "a.warc.gz"}
    write_pages(inputs["folder"], pages)
    with inputs["jsonl"].open("w", encoding="utf-8") as lines, inputs["warc"].open("wb") as warc:
        for number, html in enumerate(pages):
            lines.write(json.dumps({"html": html, "url": f"https://a.example/{number}"}) + "\n")
            warc.write(gzip.compress(warc_record(number, html.encode()), 6))
    if arrow is None:
        return inputs
    inputs["parquet"] = folder / "a.parquet"
    rows = [{"html": html, "url": f"https://a.example/{number}"} for number, html in enumerate(pages)]
    parquet.write_table(arrow.Table.from_pylist(rows), inputs["parquet"], row_group_size=100)
    return inputs


def arguments_for(path: Path, out: Path, *flags: str) -> list[str]:
    return [str(path), "-f", "jsonl", "-o", f"{out}/", "-q", "--force", "--overwrite", "--shard-size", "100", *flags]


class Clocked(NamedTuple):
    """A run by the clock: seconds with start, pages per second without, and the cores that it had on the average."""

    seconds: float
    speed: float
    cores: float


def run_clocked() -> None:
    """Run the command, and tell on stdout how fast it was once the first pages were done."""
    import newsclean.batch.long_runs.corpus  # noqa: PLC0415  (not for those who measure)
    from newsclean.cli import main as newsclean_main  # noqa: PLC0415

    corpus = newsclean.batch.long_runs.corpus.Corpus
    take, enter = corpus.take, corpus.enter
    pages: list[tuple[float, int]] = []
    parts: list[tuple[float, int]] = []

    def taken(self: object, outcome: object) -> None:
        pages.append((time.perf_counter(), 1))
        take(self, outcome)

    def entered(self: object, entry: object) -> None:  # a cluster gives whole parts
        parts.append((time.perf_counter(), entry.report.articles))
        enter(self, entry)

    corpus.take, corpus.enter = taken, entered
    try:
        newsclean_main()
    except SystemExit as end:
        marks = pages or parts
        print(json.dumps(sum(count for _, count in marks[1:]) / (marks[-1][0] - marks[0][0])))
        sys.exit(end.code)


def clock(path: Path, out: Path, *flags: str) -> Clocked:
    """Run the command. The cores are those of its own processes, not of a Ray cluster's."""
    program = [sys.executable, "-c", "import batch; batch.run_clocked()", *arguments_for(path, out, *flags)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path[1:]])}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True, env=env)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Clocked(seconds, json.loads(done.stdout.splitlines()[-1]), spent / seconds)


def shares(path: Path, out: Path) -> dict[str, float]:
    command = [sys.executable, str(HERE / "timed_job.py"), *arguments_for(path, out, "-j", "1")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in {0, 1}:  # 1: some pages hold nothing to clean
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--many", type=int, default=3_000, help="pages for one worker against two, and Ray")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--runs", nargs="*", choices=sorted(RUNS), default=["1", "2"], help="what is to clean many")
    parser.add_argument("--of", type=Path, help="folder of pages in place of generated ones, for the shares alone")
    parser.add_argument("--json", type=Path, help="file for the figures, added to those that it holds")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        if arguments.pages:
            figures |= measure_kinds(Path(name), arguments)
        if arguments.runs and not arguments.of:
            figures |= measure_many(Path(name), arguments)
    if arguments.json:
        before = json.loads(arguments.json.read_text(encoding="utf-8")) if arguments.json.exists() else {}
        made = {name: {**told, "made": machine()} for name, told in figures.items()}
        arguments.json.write_text(json.dumps({**before, **made}, indent=1) + "\n", encoding="utf-8")


def measure_kinds(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """What each kind of input costs, in CPU, and how fast it is by the clock."""
    pages = [page(number) for number in range(arguments.pages)]
    if arguments.of:
        pages = read_pages(arguments.of, arguments.pages)
    inputs, out = write_inputs(folder / "in", pages), folder / "out"
    size = sum(path.stat().st_size for path in inputs["folder"].iterdir()) / 1e6 / len(pages)
    print(f"{len(pages)} pages of {size * 1e3:.0f} kB")
    parts = {kind: [] for kind in inputs}
    clocks = {kind: [] for kind in inputs}
    for _ in range(arguments.rounds):
        for kind, path in inputs.items():
            parts[kind].append(shares(path, out))
            if not arguments.of:
                clocks[kind].append(clock(path, out, "-j", "2"))
    told = {kind: tell_shares(kind, rounds, size) for kind, rounds in parts.items()}
    if not arguments.of:
        for kind, rounds in clocks.items():
            tell_clock(f"{kind} -j 2", rounds, arguments.pages, size)
    return {f"{len(pages)} pages of {size * 1e3:.0f} kB": told}


def measure_many(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """How fast many pages in a folder are cleaned by one worker, two, and Ray, by the clock and in turns."""
    many, out = folder / "many", folder / "out"
    write_pages(many, map(page, range(arguments.many)))
    size = sum(path.stat().st_size for path in many.iterdir()) / 1e6 / arguments.many
    against = {run: [] for run in arguments.runs}
    for _ in range(arguments.rounds):
        for run, rounds in against.items():
            rounds.append(clock(many, out, *RUNS[run]))
    print(f"{arguments.many} pages in a folder")
    told: dict[str, Any] = {
        run: tell_clock(" ".join(RUNS[run][-4:]), rounds, arguments.many, size) for run, rounds in against.items()
    }
    if {"1", "2"} <= against.keys():
        told["two to one"] = tell_ratio("two workers do {} times the work of one", against["1"], against["2"])
    if {"2", "ray"} <= against.keys():
        told["ray to two"] = tell_ratio("Ray does {} of what two workers do", against["2"], against["ray"])
    return {f"{arguments.many} pages in a folder": told}


def tell_clock(name: str, told: list[Clocked], pages: int, size: float) -> dict[str, float]:
    """How fast a run was by the clock. size: of a page, in megabytes."""
    seconds, speed, cores = (median(part) for part in zip(*told, strict=True))
    print(
        f"{name:12} {speed:6.1f} pages/s, {speed * size:5.2f} MB/s by the clock; {pages / seconds:6.1f} pages/s with "
        f"start; had {cores:.2f} cores",
        flush=True,
    )
    return {
        "pages_per_s": round(speed, 1),
        "pages_per_s_with_start": round(pages / seconds, 1),
        "cores": round(cores, 2),
    }


def tell_ratio(sentence: str, before: list[Clocked], after: list[Clocked]) -> dict[str, float]:
    """Tell how much faster a run is than another, without the start and with it."""
    pairs = list(zip(before, after, strict=True))
    going = median(other.speed / one.speed for one, other in pairs)
    whole = median(one.seconds / other.seconds for one, other in pairs)
    print(f"{sentence.format(f'{going:.2f}')} by the clock, {whole:.2f} with start", flush=True)
    return {"going": round(going, 3), "with_start": round(whole, 3)}


def tell_shares(kind: str, told: list[dict[str, float]], size: float) -> dict[str, float]:
    """What a kind of input costs, in CPU; each share is the median of those of the rounds."""
    costs = {name: median(part[name] for part in told) for name in told[0]}

    def share(count: Callable[[dict[str, float]], float]) -> float:
        return median(map(count, told))

    def of_worker(part: dict[str, float]) -> float:
        return part["bare"] + part["around"] + part["talk"]

    in_all = share(lambda part: of_worker(part) + part["parent"])
    over = share(lambda part: (of_worker(part) + part["parent"]) / part["bare"] - 1)
    reading = share(lambda part: part["reading"] / (of_worker(part) + part["parent"]))
    speedup = share(lambda part: 2 * of_worker(part) / (of_worker(part) + part["parent"]))
    milliseconds = {name: f"{seconds * 1e3:.2f} ms" for name, seconds in costs.items()}
    print(
        f"{kind:8} bare {milliseconds['bare']} of CPU a page; the batch {over:+.1%}: around it "
        f"{milliseconds['around']}, pipes {milliseconds['talk']}, parent {milliseconds['parent']}, "
        f"reading {reading:.1%} of it all; {1 / in_all:.0f} pages/s and "
        f"{size / in_all:.2f} MB/s a core; two workers on two free cores would do {speedup:.2f} times the work of one",
        flush=True,
    )
    return {
        **{f"{name}_ms": round(seconds * 1e3, 3) for name, seconds in costs.items() if name != "pages"},
        "overhead": round(over, 4),
        "reading": round(reading, 4),
        "pages_per_s_a_core": round(1 / in_all, 1),
        "mb_per_s_a_core": round(size / in_all, 2),
    }


if __name__ == "__main__":
    main()
