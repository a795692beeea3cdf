"""Messages between a batch and its workers: what is large goes beside a message, as a copy into it would cost more."""

from __future__ import annotations

import pickle
from io import BytesIO
from typing import TYPE_CHECKING, Any

from newsclean.batch.outcome import Sent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LARGE = 32_000
"""Bytes from which a page goes beside the message."""

_NUMBER = 4
"""Bytes that tell how many pages come after a message."""


def send(pipe: Connection, message: object) -> None:
    """Send a message, and after it the pages that belong into it. Raises OSError when nobody listens."""
    text = BytesIO()
    lender = _Lender(text)
    lender.dump(message)
    pipe.send_bytes(len(lender.lent).to_bytes(_NUMBER, "little") + text.getbuffer())
    for page in lender.lent:
        pipe.send_bytes(page.raw())


def receive(pipe: Connection) -> Any:
    """The next message, once it is there whole. Raises EOFError or OSError when the other end is closed."""
    text = pipe.recv_bytes()
    pages = [pipe.recv_bytes() for _ in range(int.from_bytes(text[:_NUMBER], "little"))]
    return pickle.loads(memoryview(text)[_NUMBER:], buffers=pages)  # noqa: S301  (the other end is this program's own)


class _Lender(pickle.Pickler):
    """A pickler that keeps the large values of nouns apart (PEP 574).

    It is the message that decides so, and not the noun, which others may pickle who have nowhere to put them.
    """

    def __init__(self, file: BytesIO) -> None:
        self.lent: list[pickle.PickleBuffer] = []
        super().__init__(file, protocol=5, buffer_callback=self.lent.append)

    def reducer_override(self, noun: object) -> Any:
        """How a noun is pickled; anything else is as ever."""
        if not isinstance(noun, Sent):
            return NotImplemented
        kind, values = noun.__reduce__()
        return kind, tuple([_apart(value) if type(value) in _MAY_BE_LARGE else value for value in values])


_MAY_BE_LARGE = frozenset({bytes, dict})


def _apart(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _apart(each) for name, each in value.items()}
    return pickle.PickleBuffer(value) if isinstance(value, bytes | memoryview) and len(value) >= LARGE else value
