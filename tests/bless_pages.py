"""Shows how the gold pages come out now against what is expected, and on request takes that as the new expectation.

python tests/bless_pages.py [--write] [PAGE]...

Without --write nothing changes; the exit code is 1 when something differs. With it, expected.txt, the fields named in
expected.json, and output.txt are rewritten: read the diff before committing. dropped.toml is kept by hand.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from typing import TYPE_CHECKING

from newsclean import NewscleanError
from test_pages import FOLDERS, actual_fields, article_of, expected_fields

if TYPE_CHECKING:
    from pathlib import Path


def current(name: str) -> dict[Path, str]:
    """The expectations of a page as newsclean would write them today, by file."""
    folder, article = FOLDERS[name], article_of(name)
    now = {folder / "expected.txt": article.text + "\n"}
    if wanted := expected_fields(name):
        actual = actual_fields(article)
        for field in ("published", "updated"):
            if field in wanted and actual[field]:
                actual[field] = actual[field][: len(wanted[field])]
        if actual["dateline_place"]:
            actual["dateline_place"] = actual["dateline_place"].upper()
        fields = {field: actual[field] for field in wanted}
        now[folder / "expected.json"] = json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
    if (folder / "output.txt").exists():
        now[folder / "output.txt"] = str(article).rstrip("\n") + "\n"
    return now


def main() -> int:
    """Show the diff of the pages named, or of all, and write it when asked."""
    arguments = argparse.ArgumentParser(description="Compare the gold pages with what comes out now.")
    arguments.add_argument("page", nargs="*", help="folders under tests/pages; default: all")
    arguments.add_argument("--write", action="store_true", help="take what comes out now as the expectation")
    chosen = arguments.parse_args()
    if unknown := set(chosen.page) - set(FOLDERS):
        arguments.error(f"no such page: {', '.join(sorted(unknown))}")
    changed = 0
    for name in chosen.page or FOLDERS:
        try:
            now = current(name)
        except NewscleanError as error:
            sys.stdout.write(f"{name}: {error}\n")
            changed += 1
            continue
        for path, text in now.items():
            before = path.read_text("utf-8")
            if before == text:
                continue
            changed += 1
            lines = (before.splitlines(keepends=True), text.splitlines(keepends=True))
            sys.stdout.writelines(difflib.unified_diff(*lines, f"{name}/{path.name}", "now", n=0))
            if chosen.write:
                path.write_text(text, "utf-8")
    sys.stdout.write(f"{changed} expectations {'rewritten' if chosen.write else 'differ'}\n")
    return 0 if chosen.write or not changed else 1


if __name__ == "__main__":
    raise SystemExit(main())
