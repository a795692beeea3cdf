"""Where the command begins: `newsclean`, and `python -m newsclean`.

To load it takes a quarter of a second, in which a Ctrl-C ends it as quietly as later.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

_INTERRUPTED = 130


def main() -> None:
    """Load the command and run it."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else somebody meant Ctrl-C to do nothing here
        signal.signal(signal.SIGINT, _leave)
    from newsclean.cli import main as command  # noqa: PLC0415  (takes its time)

    try:
        signal.signal(signal.SIGINT, before)
        command(prog_name="newsclean")
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _leave(*_: object) -> NoReturn:
    """End at once: nothing is begun, and an exception could get lost in what is half loaded."""
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
