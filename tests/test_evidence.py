"""What weighed for and against a block, measured on the network itself; and what the Reasons stand for."""

from __future__ import annotations

import dataclasses
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
import regex
from click.testing import CliRunner

from newsclean import Options
from newsclean.cli import main
from newsclean.judging.evidence import LEAST, columns_of, weigh
from newsclean.judging.features import FLAT_FEATURES, HTML_FEATURES, read_features
from newsclean.judging.tagger import load_model, logits_of
from newsclean.model import Action, Article, Block, Declared, Page, Paragraph, Reason, Verdict
from newsclean.pipeline import clean_page
from newsclean.reading import read
from newsclean.view import explanation

SAMPLES = Path(__file__).parent.parent / "samples"


def page_of(name: str) -> Page:
    return read(SAMPLES / name, url=None, options=Options())


@pytest.mark.parametrize("names", [FLAT_FEATURES, HTML_FEATURES], ids=["text", "html"])
def test_every_feature_is_in_one_group(names):
    columns = columns_of(names)
    assert sorted(place for places in columns.values() for place in places) == list(range(len(names)))
    assert len(columns) >= 9
    assert "other" not in columns


def test_links_are_links_wherever_they_stand():
    named = {HTML_FEATURES[place] for place in columns_of(HTML_FEATURES)["links"]}
    assert {"link_share", "own_links", "up3_links"} <= named
    assert not any(name.startswith("in_") for name in named)


@pytest.mark.parametrize("name", ["listings.txt", "listings.html"])
def test_a_weight_is_what_the_score_loses_without_the_group(name):
    page = page_of(name)
    model = load_model("text" if page.layout is None else "html")
    features = read_features(page, model.vocabulary)
    names = FLAT_FEATURES if page.layout is None else HTML_FEATURES
    length = columns_of(names)["length"]
    whole, without = np.zeros(len(page.blocks)), np.zeros(len(page.blocks))
    for number in range(model.networks.count):
        network = model.networks.one(number)
        rows = features.rows.copy()
        for place in length:
            rows[:, place] = network.mean[..., place].item()
        whole += logits_of(features, network)[0] / model.networks.count
        without += logits_of(dataclasses.replace(features, rows=rows), network)[0] / model.networks.count
    told = 0
    for evidence, lost in zip(weigh(page), whole - without, strict=True):
        weights = dict(evidence.weighed_for) | dict(evidence.weighed_against)
        if abs(lost) >= LEAST:
            assert weights["length"] == pytest.approx(lost, abs=0.006)
            told += 1
        else:
            assert "length" not in weights
    assert told > 5


@pytest.mark.parametrize("name", ["listings.txt", "listings.html"])
def test_what_weighs_stands_in_order_on_its_side(name):
    page = page_of(name)
    kept = {v.block.index for v in clean_page(page, Options(force=True)).verdicts if v.probability > 0.9}
    found = weigh(page)
    for evidence in found:
        assert all(weight >= LEAST for _, weight in evidence.weighed_for)
        assert all(weight <= -LEAST for _, weight in evidence.weighed_against)
        for side in (evidence.weighed_for, evidence.weighed_against):
            sizes = [abs(weight) for _, weight in side]
            assert sizes == sorted(sizes, reverse=True)
    balance = [sum(w for _, w in e.weighed_for) + sum(w for _, w in e.weighed_against) for e in found]
    assert min(balance[place] for place in kept) > -3
    assert (
        np.mean([balance[place] for place in kept]) > np.mean([b for p, b in enumerate(balance) if p not in kept]) + 5
    )


def test_a_page_without_blocks_has_no_evidence():
    assert weigh(Page(())) == ()


def run(*args: str):
    return CliRunner().invoke(main, args, prog_name="newsclean")


def test_the_command_tells_it_when_asked_for_more():
    plain, full = (run("--explain", *more, str(SAMPLES / "listings.txt")).stdout for more in ([], ["-v"]))
    assert "against: " not in plain
    told = regex.findall(r"^    (?:for|against): .*", full, regex.MULTILINE)
    assert len(told) > 20
    assert all(regex.search(r"[a-z] [+-]\d+\.\d", line) for line in told)
    assert max(map(len, full.splitlines())) <= 80
    assert "decided" not in full


def test_the_rule_and_the_repeat_that_decided_are_named():
    verdicts = (
        Verdict(Block(0, "Said once in the story."), Action.KEEP, None, 0.9),
        Verdict(Block(1, "An app [red]to[/red] get"), Action.DROP, Reason.RULE, 0.9, rule="telephone\x1b[31m app"),
        Verdict(Block(2, "SAID once in the story."), Action.DROP, Reason.DUPLICATE, 0.9),
    )
    empty = dict.fromkeys(["title", "standfirst", "byline", "dateline", "published", "updated", "language", "url"])
    body = (Paragraph("Said once in the story."),)
    article = Article(**empty, paragraphs=body, verdicts=verdicts, page_declared=Declared())
    shown = explanation(article, full=True)
    assert "says what block 1 says" in shown
    assert "by the rule 'telephone" in shown
    assert "[red]to[/red]" in shown
    assert "\x1b" not in shown
    assert "says what block" not in explanation(article)


# What the Reasons stand for


def test_every_reason_has_its_page():
    import tomllib

    guide = tomllib.loads(resources.files("newsclean").joinpath("cli/reason_guide.toml").read_text(encoding="utf-8"))
    assert list(guide) == [str(reason) for reason in Reason]
    for reason in Reason:
        done = run("--reason", str(reason))
        assert done.exit_code == 0
        assert done.stdout.startswith(f"{reason}\n")
        said = " ".join(done.stdout.split())
        assert guide[reason]["example"] in said
        assert guide[reason]["what"] in said
        assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_reason_that_there_is_not():
    done = run("--reason", "quiz")
    assert done.exit_code == 2
    assert "newsletter" in done.stderr
