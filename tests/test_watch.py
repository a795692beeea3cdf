"""How far a run is: true numbers, one display on a terminal, a line now and then where there is none."""

from __future__ import annotations

import io

import pytest
import regex

from newsclean.batch.outcome import Outcome, Source, Tally
from newsclean.cli.watch import Display, Lines, Pace


def outcome(n: int, *, error: str = "", skipped: str = "", confidence: float = 1.0) -> Outcome:
    tally = None if error or skipped else Tally(1, 0, 0, 1, (), confidence)
    return Outcome(Source(f"page {n}", weight=100, skipped=skipped), error=error, tally=tally)


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by what is added to it."""
    now = [0.0]
    monkeypatch.setattr("newsclean.cli.watch.monotonic", lambda: now[0])
    return now


def test_the_numbers_are_true(clock):
    pace = Pace(extent=1000, _start=0.0)
    for n in range(4):
        pace.note(outcome(n, error="empty" if n == 2 else "", confidence=1 - n / 10))
    pace.note(outcome(9, skipped="no page"))
    clock[0] = 2.0
    assert pace.told() == "4 done, 1 failed, 2.0 pages/s, 0:00:02 left"
    assert pace.share == 0.5
    assert pace.least == (0.7, "page 3")


def test_the_speed_is_that_of_late(clock):
    pace = Pace(extent=100_000, _start=0.0)
    for second in range(200):
        clock[0] = float(second)
        for n in range(10 if second < 100 else 1):
            pace.note(outcome(n))
        told = pace.told()
    assert ", 1.0 pages/s" in told


@pytest.mark.parametrize("extent", [0, 50])
def test_nothing_is_promised_that_nobody_knows(extent):
    pace = Pace(extent=extent)
    pace.note(outcome(1))
    assert "left" not in pace.told()


def test_a_log_gets_a_line_every_thirty_seconds(clock):
    stream = io.StringIO()
    lines = Lines(10_000, stream=stream)
    with lines:
        for second in range(100):
            clock[0] = float(second)
            lines.advance(outcome(second), "newsclean: page 5: empty" if second == 5 else "")
    told = stream.getvalue().splitlines()
    assert [line.split(",")[0] for line in told] == [
        "newsclean: page 5: empty", "newsclean: 31 done", "newsclean: 61 done", "newsclean: 91 done",
    ]  # fmt: skip


def test_what_was_done_before_is_no_work_left(clock):
    lines = Lines(1000, stream=io.StringIO(), every=1.0)
    lines.passed(800)
    lines.advance(outcome(1))
    clock[0] = 1.0
    lines.advance(outcome(2))
    assert lines._pace.share == 1.0


@pytest.mark.parametrize("columns", ["30", "80", "200"])
def test_the_display_fits_its_terminal_and_shows_what_is_there(clock, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("TERM", "xterm")
    stream = io.StringIO()
    with Display(1000, stream=stream, color=False) as display:
        for n in range(8):
            clock[0] += 1
            display.advance(outcome(n, confidence=0.5), "newsclean: [bold]bad[/] page: empty" if n == 3 else "")
    shown = stream.getvalue()
    assert "newsclean: [bold]bad[/] page: empty" in shown
    frames = regex.sub(r"\x1b\[[\d?]*+[A-Za-z]", "\n", shown.replace("\r", "\n")).split("\n")
    drawn = [line for line in frames if line.startswith("cle")]
    assert len(drawn) >= 8
    assert max(len(line) for line in drawn) <= int(columns)
    assert ("8 done, 0 failed, " in drawn[-1]) == (columns != "30")
    assert any("least certain 0.50 page 0" in line for line in frames)
