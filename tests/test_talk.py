"""Messages to and from workers: they arrive as they were sent, or not at all."""

from __future__ import annotations

import multiprocessing
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.batch.formats.containers import Reading
from newsclean.batch.formats.jsonlines import Line
from newsclean.batch.formats.parquet import Row
from newsclean.batch.outcome import Outcome, Source, Tally
from newsclean.batch.workers.talk import receive, send

PAGES = st.one_of(st.binary(max_size=20), st.integers(31_990, 200_000).map(bytes), st.text(max_size=20))
VALUES = st.dictionaries(st.text(max_size=4), PAGES | st.none() | st.lists(st.integers(), max_size=3), max_size=4)
SEALED = st.one_of(
    st.none(),
    st.builds(Line, st.just(Reading()), st.integers(0, 9), PAGES.filter(lambda page: isinstance(page, bytes))),
    st.builds(Row, st.just(Reading()), VALUES, st.just(frozenset({"a"}))),
)
SOURCES = st.builds(Source, st.text(max_size=9), content=st.none() | PAGES, sealed=SEALED, weight=st.integers(0, 9))
OUTCOMES = st.builds(Outcome, SOURCES, st.binary() | st.just(bytes(70_000)), st.none() | st.just(Tally(1, 2, 3, 4, ())))


def passed_on(message):
    """A message as it comes out at the other end."""
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        sender = threading.Thread(target=send, args=(ours, message))
        sender.start()
        received = receive(theirs)
        sender.join()
        assert not theirs.poll()
    return received


@given(st.lists(SOURCES | OUTCOMES, max_size=4))
def test_a_message_arrives_as_it_was_sent(message):
    assert passed_on(message) == message


@pytest.mark.parametrize("size", [10, 1_000_000])
def test_pages_arrive_as_bytes(size):
    (source,) = passed_on([Source("a", content=b"a" * size, sealed=Row(Reading(), {"html": b"b" * size}, frozenset()))])
    assert type(source.content) is bytes
    assert type(source.sealed.values["html"]) is bytes
    assert passed_on(None) is None
    lent = Row(Reading(), {"html": memoryview(b"b" * 40_000)}, frozenset({"html"}))
    (source,) = passed_on([Source("a", sealed=lent)])
    assert source.sealed.values == {"html": b"b" * 40_000}
    assert type(source.opened.content) is type(Source("a", sealed=lent).opened.content) is bytes


def test_who_sends_to_nobody_is_told():
    ours, theirs = multiprocessing.Pipe()
    theirs.close()
    with ours, pytest.raises(OSError):  # noqa: PT011  (which one depends on the system)
        send(ours, [Source("a", content=bytes(1_000_000))])


def test_a_message_that_breaks_off_is_none():
    ours, theirs = multiprocessing.Pipe()
    sender = threading.Thread(target=lambda: (send(ours, [Source("a")]), ours.send_bytes(b"\x01\0\0\0N"), ours.close()))
    sender.start()
    with theirs:
        assert receive(theirs) == [Source("a")]
        with pytest.raises((EOFError, OSError)):
            receive(theirs)
    sender.join()
