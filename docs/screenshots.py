"""Make the README's pictures from real runs: `python docs/screenshots.py [FOLDER]`; default `docs/images`.

Terminal pictures are SVG, drawn by rich from what the command writes. The picture of the review page needs Playwright
and Chromium, and is left as it is where they are not there.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
WIDTH = 80
SHOTS = {
    "explain.svg": (["--explain", "samples/listings.txt"], "published", 26),
    "evidence.svg": (["--explain", "-v", "samples/listings.txt"], "Economists", 24),
    "diff.svg": (["--diff", "samples/listings.txt"], "", 34),
}
"""Picture → flags, what the first line shown holds, and how many lines are shown."""

_FONT_FACES = re.compile(r"@font-face\s*\{\{.*?\}\}", re.DOTALL)
"""They would load fonts from elsewhere; without them the reader's own monospaced font is used."""


def terminal(flags: list[str], start: str, count: int) -> str:
    """A run of the command as SVG."""
    command = [sys.executable, "-m", "newsclean", "--color", "always", *flags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    lines = done.stdout.splitlines()
    first = next(number for number, line in enumerate(lines) if start in line)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ newsclean {' '.join(flags)}", style="bold"))
    if first:
        console.print(Text("…", style="dim"))
    for line in lines[first : first + count]:
        console.print(Text.from_ansi(line), overflow="ellipsis", no_wrap=True, crop=True)
    if first + count < len(lines):
        console.print(Text("…", style="dim"))
    return console.export_svg(
        title="newsclean", code_format=_FONT_FACES.sub("", CONSOLE_SVG_FORMAT), unique_id="newsclean"
    )


def review(picture: Path) -> None:
    """The review page of a sample in a browser."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  (may not be there)
    except ImportError:
        chromium = None
    if chromium is None:
        print(f"{picture}: left as it is, there is no browser to take it with", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "review.html"
        command = [sys.executable, "-m", "newsclean", "--report", str(page_file), "samples/listings.html"]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 760})
        page.goto(page_file.as_uri())
        page.get_by_label("Find").fill("night trains")
        page.screenshot(path=picture)
        browser.close()


def main() -> None:
    """Make all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (flags, start, count) in SHOTS.items():
        (folder / name).write_text(terminal(flags, start, count), encoding="utf-8")
    review(folder / "review.png")


if __name__ == "__main__":
    main()
