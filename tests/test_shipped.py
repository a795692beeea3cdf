"""Files of the package are found wherever Python imports it from."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import newsclean
from newsclean.shipped import shipped_bytes, shipped_text

ROOT = Path(newsclean.__file__).parent


def test_a_file_of_the_package_is_read():
    assert shipped_bytes("judging/presets.json") == (ROOT / "judging" / "presets.json").read_bytes()
    names = ROOT / "frontmatter" / "names" / "agencies.txt"
    assert shipped_text("frontmatter/names/agencies.txt") == names.read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(OSError, match="nothing"):
        shipped_bytes("judging/nothing.bin")


def test_a_zipped_package_finds_its_files(tmp_path):
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("__init__.py", "judging/presets.json"):
            file.writestr(f"newsclean/{name}", "" if name.endswith(".py") else "[]")
        file.write(ROOT / "shipped.py", "newsclean/shipped.py")
    program = "from newsclean.shipped import shipped_text; print(shipped_text('judging/presets.json'))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(archive)}
    )
    assert done.stdout == "[]\n"
