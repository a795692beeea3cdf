"""How many foreign boxes go and how many lines of a story's own stay: `python benchmarks/boxes.py [--show FORM]`.

The stories, boxes and lines in `benchmarks/boxes/` are invented, in fourteen languages, by somebody who had seen
neither the code nor its tests. Every box stands once between the paragraphs of a story, in each form of
`tests/inserted.py`. No class tells what it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from tests.inserted import FORMS, source

from newsclean import Options, clean
from newsclean.model import Action
from tables import machine

_FEWEST_ABOVE, _PLACES = 3, 4
"""Paragraphs above a box: three to six, in turn."""


def cases(name: str) -> list[dict[str, Any]]:
    """The lines of one of the files."""
    path = ROOT / "benchmarks/boxes" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def dropped(page: str, form: str) -> set[str]:
    """The texts that newsclean drops from a page."""
    article = clean(page, options=Options(as_="text" if form == "text" else "html", force=True))
    return {verdict.block.text for verdict in article.verdicts if verdict.action is Action.DROP}


def score_boxes(form: str, *, is_shown: bool) -> dict[str, int]:
    """Boxes that go as a whole from a story that stays whole, the rows that stay, and the paragraphs that are lost."""
    stories = cases("stories")
    score = dict.fromkeys(("boxes", "right", "rows", "rows_kept", "paragraphs_lost"), 0)
    for number, box in enumerate(cases("boxes")):
        of_language = [story for story in stories if story["lang"] == box["lang"]]
        about = [story for story in of_language if story["name"] == box.get("about")]
        story = (about or of_language)[number % len(about or of_language)]
        at = _FEWEST_ABOVE + number % _PLACES
        told = story["paragraphs"]
        gone = dropped(source(box["lang"], story["headline"], told[:at], box["rows"], told[at:], form), form)
        kept = [row for row in box["rows"] if row.lstrip("@#") not in gone]
        lost = sum(paragraph in gone for paragraph in told)
        score["boxes"] += 1
        score["right"] += not kept and not lost
        score["rows"] += len(box["rows"])
        score["rows_kept"] += len(kept)
        score["paragraphs_lost"] += lost
        if is_shown and (kept or lost):
            print(f"  {box['lang']} {box['kind']}: {kept}{f', {lost} paragraphs lost' if lost else ''}")
    return score


def score_own(form: str, *, is_shown: bool) -> dict[str, int]:
    """Stories with lines of their own that keep all of them."""
    score = {"stories": 0, "whole": 0}
    for story in cases("own"):
        page = source(story["lang"], story["headline"], story["above"], story["lines"], story["below"], form)
        gone = dropped(page, form) & {*story["above"], *story["lines"], *story["below"]}
        score["stories"] += 1
        score["whole"] += not gone
        if is_shown and gone:
            print(f"  {story['lang']} {story['kind']}: lost {sorted(gone)}")
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="append", choices=FORMS, default=[], help="list what went wrong in a form")
    parser.add_argument("--json", type=Path, help="write the figures here")
    given = parser.parse_args()
    results: dict[str, Any] = {}
    for form in FORMS:
        is_shown = form in given.show
        score = score_boxes(form, is_shown=is_shown) | score_own(form, is_shown=is_shown)
        results[form] = score
        print(
            f"{form:10} {score['right']:4} of {score['boxes']} boxes right, {score['rows_kept']:4} of {score['rows']}"
            f" rows kept, {score['paragraphs_lost']} paragraphs lost, {score['whole']} of {score['stories']} stories"
            " keep their own lines"
        )
    if given.json:
        given.json.write_text(json.dumps(results | {"made": machine()}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
