"""Files that ship inside the package: weights, word lists, templates."""

from __future__ import annotations

import os
from typing import Any

_ROOT = os.path.dirname(__file__)  # noqa: PTH120  (pathlib is loaded late, if at all)


def shipped_bytes(name: str) -> bytes:
    """Read a file of the package, from a folder or from an archive that Python imports from.

    name: its path below `newsclean/`, with slashes.

    Raises OSError when it is not there.
    """
    # importlib.resources can do more, and loads tempfile, random and zipfile for it: a tenth of a short run's time
    loader: Any = __spec__.loader
    data: bytes = loader.get_data(os.path.join(_ROOT, *name.split("/")))  # noqa: PTH118
    return data


def shipped_text(name: str) -> str:
    """The same as text."""
    return shipped_bytes(name).decode("utf-8")
