"""Texts whose lines were all put on one: the story comes out; where nothing is foreign, they stay as they are."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean import Action, Options
from newsclean.judging.evidence import weigh
from newsclean.judging.rejoining import rejoined
from newsclean.marks import legible
from newsclean.model import Kind
from newsclean.reading import read, read_flat
from newsclean.reading.gaps import FEATURES, codes_of, features_of, scores_of
from newsclean.reading.one_line import LONG, cut_one_line
from newsclean.reading.text import read_text, unmark
from newsclean.rules.parse import load_rules

SAMPLES = Path(__file__).parents[1] / "samples"
FORCED = Options(force=True, as_="text")
LISTINGS = (SAMPLES / "listings.txt").read_text(encoding="utf-8")
PLAIN = (SAMPLES / "plain.txt").read_text(encoding="utf-8")
WORDS = (
    "bridge The council, voted on Tuesday. “Never!” PORT ELLEN (AP) – 48 m2 12.5.2024 Home | - # ## 市議会。 & é 🌉"
).split()
WORDS += ["<b class=x>", "</b>"]
LONG_TEXTS = st.builds(
    lambda drawn, seed: " ".join(random.Random(seed).choices(drawn, k=600)),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.integers(0, 99),
)


SENTENCES = st.sampled_from(
    [line for line in (*LISTINGS.splitlines(), *PLAIN.splitlines()) if line]
    + ["Home", "Sport", "Read more: Ten quiet harbours", "By Jane Quill", "## Background", "© 2024 The Harbour Post."]
)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_listings_are_dropped_from_the_midst_of_a_line():
    story = newsclean.clean(LISTINGS, options=FORCED).text
    article = newsclean.clean(on_one_line(LISTINGS), options=FORCED)
    assert "Flat for" not in article.text
    assert "House for sale" not in article.text
    assert len(article.paragraphs) > 5
    kept = Counter(article.text.split())
    assert (Counter(story.split()) & kept).total() > 0.9 * len(story.split())


def test_front_matter_is_read_from_a_line():
    article = newsclean.clean(on_one_line(LISTINGS), options=FORCED)
    assert article.title.startswith("Austrian parliament approves 2.4 billion euro plan")
    assert article.byline.agencies == ("APA",)
    assert article.published == "2026-03-04T08:05"
    assert article.dateline.text == "VIENNA, March 3 (APA) — "


def test_a_story_alone_stays_on_its_line():
    body = on_one_line(newsclean.clean(PLAIN, options=FORCED).text)
    assert len(body) > LONG
    article = newsclean.clean(body, options=FORCED)
    assert [paragraph.text for paragraph in article.paragraphs] == [body]
    assert article.verdicts[0].block.start == 0
    assert article.verdicts[0].block.end == len(body)


@pytest.mark.parametrize("name", ["flattened.txt", "japanese.txt", "listings.txt", "plain.txt"])
def test_ordinary_texts_are_not_cut(name):
    assert not read(SAMPLES / name, url=None, options=FORCED).breaks


def test_a_long_paragraph_beside_others_is_not_cut():
    long = on_one_line(newsclean.clean(PLAIN, options=FORCED).text)[: LONG + 100]
    assert not read_flat(f"{long}\n\n{long[:900]}", url=None, language=None).breaks
    assert read_flat(f"{long}\n\n{long[:90]}", url=None, language=None).breaks


def test_a_line_without_end_is_left_as_it_is():
    page = read_flat("The council voted. Home News Sport " * 40_000, url=None, language=None)
    assert len(page.blocks) == 1


@pytest.mark.parametrize("words", ["The council voted. ", "a B ", "(A) - B ", "市 ", "<b x>", "# "])
def test_cutting_takes_steps_in_proportion_to_the_text(words):
    def steps(count):
        text, taken = words * count, 0

        def count_line(*_):
            nonlocal taken
            taken += 1
            return count_line

        blocks = read_text(text)
        sys.settrace(count_line)
        try:
            cut_one_line(text, blocks)
        finally:
            sys.settrace(None)
        return taken

    assert steps(4_000) < 2.5 * steps(2_000) + 1_000


def test_marks_of_headings_and_items_count_as_at_the_front_of_a_line():
    line = on_one_line(PLAIN) + " ## Background " + on_one_line(PLAIN) + " - one thing to do - another thing to do"
    kinds = {block.kind for block in read_flat(line, url=None, language=None).blocks}
    assert kinds == {Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM}


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("Share this article on Facebook PORT ELLEN, April 2 (AP) – The ferry is late again.", "PORT"),
        ("Written by Jane Quill OSLO (NTB) — The ferry is late again.", "OSLO"),
        ("(updated on 07.05.2020) Prague, May 6 (CTK) - The ferry is late again.", "Prague,"),
        ("Nobody was hurt. New York (Reuters) – The ferry is late again.", "New"),
    ],
)
def test_a_dateline_begins_a_line(line, begins):
    page = read_flat(f"{line} {on_one_line(PLAIN)}", url=None, language=None)
    (block,) = [block for block in page.blocks if "The ferry is late again" in block.text]
    assert block.text.startswith(begins)


@given(LONG_TEXTS)
def test_every_word_is_in_one_piece(text):
    page = read_flat(text, url=None, language=None)
    last = 0
    for block in page.blocks:
        assert last <= block.start < block.end <= len(text)
        assert not legible(unmark(text[last : block.start])).strip("#")
        last = block.end
    assert not legible(unmark(text[last:])).strip("#")
    assert [block.index for block in page.blocks] == list(range(len(page.blocks)))
    assert set(page.breaks) <= set(range(1, len(page.blocks)))


@given(LONG_TEXTS)
def test_joined_pieces_hold_the_same_words_and_places(text):
    page = read_flat(text, url=None, language=None)
    whole = rejoined(page)
    assert not whole.breaks
    assert rejoined(whole) is whole
    assert [block.index for block in whole.blocks] == list(range(len(whole.blocks)))
    marks = str.maketrans("", "", "# ")
    said, joined = ("".join(block.text.translate(marks) for block in each.blocks) for each in (page, whole))
    assert said == joined
    assert {block.start for block in whole.blocks} <= {block.start for block in page.blocks}


@given(st.lists(SENTENCES, min_size=40, max_size=60).map(" ".join))
def test_cleaning_a_cleaned_line_changes_nothing(text):
    once = str(newsclean.clean(text, options=FORCED))
    if once.strip():
        assert str(newsclean.clean(once, options=FORCED)) == once


@pytest.mark.parametrize("name", ["flattened.txt", "listings.txt"])
def test_the_output_of_a_line_cleaned_again_is_the_same(name):
    once = str(newsclean.clean(on_one_line((SAMPLES / name).read_text(encoding="utf-8")), options=FORCED))
    assert str(newsclean.clean(once, options=FORCED)) == once


def test_evidence_and_verdicts_are_of_the_same_blocks():
    line = on_one_line(LISTINGS)
    article = newsclean.clean(line, options=FORCED)
    assert len(weigh(read(line, url=None, options=FORCED))) == len(article.verdicts)


def test_a_rule_of_the_users_own_holds_for_its_piece(tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text('[[phrase]]\nname = "flats"\nkeep = "Flat for rent, 1 room"\n', encoding="utf-8")
    article = newsclean.clean(on_one_line(LISTINGS), options=Options(force=True, as_="text", rules=load_rules(rules)))
    ruled = [verdict for verdict in article.verdicts if verdict.rule == "flats"]
    assert ruled
    for verdict in ruled:
        assert verdict.action is Action.KEEP
        assert verdict.block.text.startswith("Flat for rent, 1 room")


def test_scores_do_not_depend_on_how_many_gaps_are_scored_at_once():
    rng = random.Random(3)
    codes = codes_of(rng.choices(WORDS, k=500))
    whole = features_of(codes, 0, 499)
    assert whole.min() >= 0
    assert whole.max() < FEATURES
    for first, last in ((0, 1), (0, 57), (57, 133), (480, 499)):
        assert np.array_equal(features_of(codes, first, last), whole[first:last])
    assert len(scores_of(codes)) == 499
    assert len(scores_of(codes[:1])) == 0


def test_a_text_of_one_word_has_no_gap():
    assert len(read_text("bridge" * 400)) == len(read_flat("bridge" * 400, url=None, language=None).blocks) == 1
