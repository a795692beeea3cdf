"""Ctrl-C and SIGTERM between any two steps: no half-written file stays behind."""

from __future__ import annotations

import contextlib
import gc
import sys
from pathlib import Path
from typing import Self

import pytest

from newsclean.batch.long_runs.corpus import Corpus
from newsclean.batch.long_runs.ledger import Ledger
from newsclean.batch.outcome import Outcome, Source
from newsclean.batch.remote import Remote
from newsclean.batch.targets import whole_file, write_whole
from newsclean.sites.gathering import Gathering
from newsclean.sites.sighting import Seen, Sighting

WATCHED = {
    "contextlib",
    "newsclean.batch.long_runs.corpus",
    "newsclean.batch.long_runs.making",
    "newsclean.batch.remote",
    "newsclean.batch.long_runs.shards",
    "newsclean.batch.targets",
    "newsclean.sites.gathering",
}
"""Modules between whose steps the interrupts come: those that make files, and what they make them with."""


class Interrupts:
    """Raises KeyboardInterrupt before the `at`-th step of the code in its block, as a signal may."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __enter__(self) -> Self:
        self._before = sys.gettrace()
        sys.settrace(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _called(self, frame, _event, _arg):
        if frame.f_globals.get("__name__") not in WATCHED:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return self._stepped

    def _stepped(self, _frame, event, _arg):
        if event == "opcode":
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self._stepped


def corpus_of(form):
    def write(folder):
        with Corpus(folder, form, {}, shard_size=1) as corpus:
            for n in range(2):
                written = f'{{"n": {n}}}\n'.encode() if form == "jsonl" else b""
                corpus.take(Outcome(Source(f"{n}", part=n), written, row={} if form == "parquet" else None))
            corpus.finish()

    return write


def lines(folder):
    with whole_file(folder / "all.jsonl") as file:
        file.write(b"{}\n")


def store(folder):
    write_whole(Remote((folder / "far.txt").as_uri()), "Far.\n")


def memory(folder):
    with Gathering() as gathering:
        gathering.add(Sighting("a.example", b"key", Seen((), ((1, 0),), (), ()).packed()))
        gathering.write(folder / "known.sites")


@pytest.mark.filterwarnings("ignore:unclosed file")
@pytest.mark.parametrize(
    ("write", "stride"),
    [
        pytest.param(corpus_of("jsonl"), 1, id="shards"),
        pytest.param(lines, 1, id="file"),
        pytest.param(store, 1, id="store"),
        pytest.param(memory, 7, id="memory"),  # SQLite waits for the disk each time
    ],
)
def test_an_interrupt_at_any_step_leaves_files_whole_or_absent(write, stride, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    # what pytest noted of them would hold half-done writers beyond this test
    monkeypatch.setattr("sys.unraisablehook", lambda _: None)
    monkeypatch.setattr("os.fsync", lambda _: None)  # it would take most of the time, and is no step of ours
    monkeypatch.setattr("newsclean.batch.long_runs.corpus.Ledger", lambda *_, **__: Ledger(Path(":memory:")))
    for name in ("calm", "temp"):
        (tmp_path / name).mkdir()
    write(tmp_path / "calm")
    gc.collect()
    gc.freeze()  # what was there before need not be looked through at every step
    at, ended = 0, False
    while not ended:
        at += stride
        folder = tmp_path / f"{at}"
        folder.mkdir()
        with contextlib.suppress(KeyboardInterrupt), Interrupts(at) as interrupts:
            write(folder)
        ended = interrupts.left > 0
        gc.collect()  # as the end of the program does
        left = [path.name for path in (*folder.rglob("*"), *Path(tmp_path / "temp").iterdir())]
        assert not [name for name in left if name.endswith(".tmp")], at
    gc.unfreeze()
    assert at > 10
