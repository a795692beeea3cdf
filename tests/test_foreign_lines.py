"""Short foreign lines between the paragraphs of a story, in twenty-one languages, from tests/cases/foreign."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import newsclean
from newsclean import Options
from newsclean.model import Action

CASES = Path(__file__).parent / "cases" / "foreign"
STORIES = [json.loads(line) for line in (CASES / "world.jsonl").read_text(encoding="utf-8").splitlines()]
FORMS = ("html", "text")
LINKED = frozenset({"app", "channel", "follow", "more", "newsletter", "share", "support"})
REASONS = {
    "advert": {"ad"},
    "app": {"share"},
    "bio": {"author-bio"},
    "channel": {"share"},
    "credit": {"caption", "credit"},
    "follow": {"share"},
    "more": {"related", "share"},
    "newsletter": {"newsletter"},
    "opinion": {"comment"},
    "related": {"related"},
    "rules": {"comment"},
    "share": {"share"},
    "support": {"paywall"},
    "tip": {"share"},
}


def known_failures() -> dict[tuple[str, str, str], str]:
    table = tomllib.loads((CASES / "known-failures.toml").read_text(encoding="utf-8"))
    return {
        (failure["form"], failure["kind"], language): failure["why"]
        for failure in table["failure"]
        for language in failure["languages"]
    }


FAILURES = known_failures()


def lines():
    for story in STORIES:
        for place, kind in enumerate(story["lines"]):
            for form in FORMS:
                why = FAILURES.get((form, kind, story["lang"]))
                marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
                yield pytest.param(story, kind, 1 + place % 3, form, marks=marks, id=f"{form}-{story['lang']}-{kind}")


def marked_up(line: str, kind: str) -> str:
    """The line as pages have it: what leads elsewhere is a link."""
    if kind == "related":
        mark = next(mark for mark in (" : ", ": ", "：") if mark in line)
        label, _, title = line.partition(mark)
        return f"<p>{label}{mark}<a href='/older'>{title}</a></p>"
    return f"<p><a href='/{kind}'>{line}</a></p>" if kind in LINKED else f"<p>{line}</p>"


def source(story: dict, kind: str, place: int, form: str) -> str:
    """A page, or a text, of the story with one of its foreign lines below as many paragraphs."""
    above, below, line = story["story"][:place], story["story"][place:], story["lines"][kind]
    if form == "text":
        return "\n\n".join([story["headline"], *above, line, *below])
    told = [f"<p>{paragraph}</p>" for paragraph in above], [f"<p>{paragraph}</p>" for paragraph in below]
    body = "".join([f"<h1>{story['headline']}</h1>", *told[0], marked_up(line, kind), *told[1]])
    return (
        f"<html lang='{story['lang']}'><head><title>{story['headline']}</title></head><body><nav><a href='/'>News</a>"
        f"</nav><article>{body}</article><footer>© 2026</footer></body></html>"
    )


@pytest.mark.parametrize(("story", "kind", "place", "form"), list(lines()))
def test_a_foreign_line_goes_and_the_story_stays(story, kind, place, form):
    article = newsclean.clean(source(story, kind, place, form), options=Options(as_=form))
    # a short headline above a text without credits may stay its first paragraph
    body = [paragraph.text for paragraph in article.paragraphs if paragraph.text != story["headline"]]
    assert body == story["story"]
    verdict = next(verdict for verdict in article.verdicts if verdict.block.text == story["lines"][kind])
    assert verdict.action is Action.DROP
    assert verdict.reason is not None
    assert verdict.reason.value in REASONS[kind]


@pytest.mark.parametrize("story", [pytest.param(story, id=story["lang"]) for story in STORIES])
def test_a_newsletter_goes_with_its_name_and_its_button(story):
    line = marked_up(story["lines"]["newsletter"], "newsletter")
    boxed = f"<div><h3>Die Hafenpost</h3>{line}<p><a href='/letter'>OK</a></p></div>"
    among = f"<p>Die Hafenpost</p>{line}<p><a href='/letter'>OK</a></p>"
    plain = source(story, "newsletter", 1, "html")
    for box in (boxed, among):
        article = newsclean.clean(plain.replace(line, box), options=Options(as_="html"))
        assert [paragraph.text for paragraph in article.paragraphs] == story["story"]


def test_failures_name_what_there_is():
    kinds = {kind for story in STORIES for kind in story["lines"]}
    languages = {story["lang"] for story in STORIES}
    assert all(form in FORMS and kind in kinds and language in languages for form, kind, language in FAILURES)
