"""Lots: the parts that other machines do are those of the local engine, wherever in the files they begin."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.batch.clusters import lots
from newsclean.batch.clusters.lots import Census, Lot, Span, lots_of, sources_of, take_census
from newsclean.batch.clusters.shard_work import Bench, Work, names_of
from newsclean.batch.formats.containers import Reading, Start, records_of
from newsclean.batch.job import Job
from newsclean.batch.long_runs.corpus import Corpus
from newsclean.batch.outcome import Outcome, Source, Tally
from newsclean.errors import UsageError

READING = Reading()


@pytest.fixture
def often(monkeypatch):
    monkeypatch.setattr(lots, "_APART", 3)


def warc_record(number: int, *, status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n<p>Page {number}{'.' * (number % 7 * 40)}".encode()
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"WARC-Date: 2026-03-04T08:05:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode() + http + b"\r\n\r\n"  # fmt: skip


def warc(count: int) -> list[bytes]:
    return [warc_record(n, status="404 Not Found" if n % 5 < 2 else "200 OK") for n in range(count)]


def json_lines(count: int) -> bytes:
    lines = [json.dumps({"text": f"Line {n}", "id": n}) if n % 4 else "{" for n in range(count)]
    return "\n\n".join(lines).encode()


def parquet_file(count: int) -> bytes:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    rows = [{"html": f"<p>Row {n}" if n % 6 else None, "id": n} for n in range(count)]
    parquet.write_table(arrow.Table.from_pylist(rows), file, row_group_size=4)
    return file.getvalue()


def lightened(sources: list[Source]) -> list[Source]:
    """The sources without their weights: the first one read bears that of what was passed over."""
    return [replace(source, weight=0) for source in sources]


FILES = {
    "a.jsonl": (json_lines, True),
    "a.jsonl.gz": (lambda count: gzip.compress(json_lines(count)), False),
    "a.parquet": (parquet_file, True),
    "a.warc": (lambda count: b"".join(warc(count)), True),
    "a.warc.gz": (lambda count: b"".join(map(gzip.compress, warc(count))), True),
    "whole.warc.gz": (lambda count: gzip.compress(b"".join(warc(count))), False),
}


@pytest.mark.usefixtures("often")
@pytest.mark.parametrize("name", FILES)
def test_reading_begins_where_the_census_says(tmp_path, name):
    make, can_begin = FILES[name]
    if "warc" in name:
        pytest.importorskip("fastwarc")
    path = tmp_path / name
    path.write_bytes(make(40))
    source = Source(name, path, weight=path.stat().st_size)
    records = list(records_of(source, READING))
    assert len({record.offset for record in records}) == len(records) == 40
    census = take_census(source, READING)
    assert census.sources == sum(not record.skipped for record in records)
    assert census.is_led == bool(records[0].skipped)
    assert bool(census.starts) is can_begin
    for start in census.starts:
        rest = list(records_of(source, READING, start))
        assert lightened(rest) == lightened(records[len(records) - len(rest) :])
        assert sum(not record.skipped for record in rest) == census.sources - start.before


@pytest.mark.parametrize("name", ["a.jsonl", "a.warc", "a.warc.gz"])
def test_a_file_that_changed_is_told(tmp_path, name):
    if "warc" in name:
        pytest.importorskip("fastwarc")
    path = tmp_path / name
    path.write_bytes(FILES[name][0](10))
    with pytest.raises(UsageError, match="changed while it was read"):
        list(records_of(Source(name, path), READING, Start(5, 77, 5)))


def test_a_lot_without_all_its_sources_is_told(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_lines(10))
    source = Source("a.jsonl", path)
    (lot,) = lots_of([(source, take_census(source, READING))], 100)
    path.write_bytes(json_lines(9))
    with pytest.raises(UsageError, match="input has changed"):
        list(sources_of(lot, READING, 100))


FILE = st.lists(st.booleans(), max_size=12)
"""A file by its records: whether each is passed over."""


@given(st.lists(FILE | st.booleans(), max_size=8), st.integers(1, 7), st.integers(1, 4))
def test_lots_are_the_parts_of_the_local_engine(tmp_path_factory, inputs, size, apart):
    held: dict[str, list[Source]] = {}
    sources = []
    for number, records in enumerate(inputs):
        if isinstance(records, bool):
            sources.append(Source(f"{number}.html", skipped="asset" if records else ""))
            continue
        name = f"{number}.jsonl"
        held[name] = [
            Source(name, offset=place, begin=place, skipped="404" if passed_over else "")
            for place, passed_over in enumerate(records)
        ]
        sources.append(Source(name, Path(name)))

    def records_from(source: Source, _: Reading, start: Start | None = None):
        return iter(held[source.name][start.begin if start else 0 :])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lots, "_APART", apart)
        patch.setattr(lots, "records_of", records_from)
        counted = [(s, take_census(s, READING) if s.name in held else None) for s in sources]
        found = [
            (lot.number, source.label) for lot in lots_of(counted, size) for source in sources_of(lot, READING, size)
        ]
    spread = [record for source in sources for record in held.get(source.name, [source])]
    with Corpus(tmp_path_factory.mktemp("out"), "jsonl", {}, shard_size=size) as corpus:
        assert found == [(source.part, source.label) for source in corpus.todo(spread)]


@dataclass(frozen=True, slots=True)
class Trouble(Job):
    """A job that does what the source is called."""

    def do(self, source: Source) -> Outcome:
        if source.name == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if source.name == "sleep":
            time.sleep(600)
        return Outcome(
            source, written=f"{source.name}\n".encode(), tally=Tally(1, 0, 0, 1, ()), usage=source.name == "usage"
        )


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other things there")
def test_on_a_bench_a_page_costs_itself_alone(tmp_path):
    work = Work(Trouble(form="jsonl"), READING, tmp_path, "jsonl", 100, 2.0)
    bench = Bench(work)
    try:
        for number, names in enumerate([["a", "die", "b", "sleep", "c"], ["d"]]):
            spans = tuple(Span(Source(name), number * 100 + place) for place, name in enumerate(names))
            made = bench.make(Lot(number, spans, len(names)))
            shard = tmp_path / f"shard-0000{number}.jsonl"
            assert made.sample == shard
            assert shard.read_text() == "".join(f"{name}\n" for name in names if len(name) == 1)
            assert made.entry.report.failed == len(made.entry.failures) == sum(len(name) > 1 for name in names)
            assert made.entry.digest == names_of(Lot(number, spans, len(names)), work)[0]
        with pytest.raises(UsageError):
            bench.make(Lot(3, (Span(Source("usage"), 300),), 1))
    finally:
        bench.close()
    assert {path.name for path in tmp_path.iterdir()} == {"shard-00000.jsonl", "shard-00001.jsonl"}


def test_another_version_is_refused(tmp_path):
    with pytest.raises(UsageError, match="install the same"):
        Bench(Work(Job(), READING, tmp_path, "jsonl", 100, 2.0, version="0.0.0"))


def test_a_lot_reads_but_little_in_vain():
    source = Source("a.warc.gz", Path("a.warc.gz"))
    census = Census(1000, starts=tuple(Start(n * 10, n * 10, n) for n in range(250, 1000, 250)))
    (first, *others) = lots_of([(Source("x.html"), None), (source, census)], 300)
    assert [span.start for span in first.spans] == [None, None]
    assert [lot.spans[0].start.before for lot in others] == [250, 500, 750]
    assert [lot.sources for lot in (first, *others)] == [300, 300, 300, 101]
