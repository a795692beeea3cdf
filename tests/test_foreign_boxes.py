"""Boxes without names between the paragraphs of a story, from tests/cases/foreign/boxes.jsonl: polls, homes, weather.

A row that begins with "@" is a link and one with "#" a heading. Of a story's own lines between its paragraphs, in
tests/cases/foreign/own.toml, nothing goes.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from tests.inserted import FORMS, source

import newsclean
from newsclean import Options
from newsclean.model import Action

CASES = Path(__file__).parent / "cases" / "foreign"
STORIES = {
    story["lang"]: story for story in map(json.loads, (CASES / "world.jsonl").read_text(encoding="utf-8").splitlines())
}
BOXES = [json.loads(line) for line in (CASES / "boxes.jsonl").read_text(encoding="utf-8").splitlines()]
LONGER = tomllib.loads((CASES / "longer.toml").read_text(encoding="utf-8"))
OWN = tomllib.loads((CASES / "own.toml").read_text(encoding="utf-8"))["story"]
KNOWN = {
    (failure["form"], kind, language)
    for failure in tomllib.loads((CASES / "known-boxes.toml").read_text(encoding="utf-8"))["failure"]
    for kind, languages in failure["kinds"].items()
    for language in languages
}


def boxes():
    for box in BOXES:
        for form in FORMS:
            name = (form, box["kind"], box["lang"])
            marks = [pytest.mark.xfail(reason="no rule knows it and both judges believe it", strict=True)]
            yield pytest.param(box, form, marks=marks if name in KNOWN else [], id="-".join(name))


@pytest.mark.parametrize(("box", "form"), list(boxes()))
def test_a_box_goes_and_the_story_stays(box, form):
    story = STORIES[box["lang"]]
    told = [*story["story"], *LONGER[box["lang"]]]
    page = source(box["lang"], story["headline"], told[:4], box["rows"], told[4:], form)
    article = newsclean.clean(page, options=Options(as_="text" if form == "text" else "html"))
    gone = {verdict.block.text for verdict in article.verdicts if verdict.action is Action.DROP}
    assert {row.lstrip("@#") for row in box["rows"]} <= gone
    assert not gone & set(told)


def own_lines():
    for story in OWN:
        for form in ("list", "paragraphs", "text"):
            marks = [pytest.mark.xfail(reason="the judge takes them for foreign", strict=True)]
            known = (form, "own", story["name"]) in KNOWN
            yield pytest.param(story, form, marks=marks if known else [], id=f"{story['name']}-{form}")


@pytest.mark.parametrize(("story", "form"), list(own_lines()))
def test_a_story_keeps_its_own_lines(story, form):
    page = source("en", story["headline"], story["above"], story["lines"], story["below"], form)
    article = newsclean.clean(page, options=Options(as_="text" if form == "text" else "html"))
    gone = {verdict.block.text for verdict in article.verdicts if verdict.action is Action.DROP}
    assert not gone & {*story["above"], *story["lines"], *story["below"]}
