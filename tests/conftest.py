"""Settings of hypothesis: new examples at every run by hand, the same ones in CI, where luck must not decide.

And Ctrl-C: a shell has what it starts in the background ignore it, and so would the commands that the tests start.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Root may read and write everything: for this test, whoever runs it is somebody else."""
    if sys.platform == "win32":
        pytest.skip("rights are other things there")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)
