"""Why blocks are dropped: what they say, what stands around them, and the company that they keep.

Pages are small and invented; a line that starts with "Story" is the story, and everything else was dropped.
"""

from __future__ import annotations

import json
import time
import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.judging.cues.lookup import Said, Strength, load_cues
from newsclean.judging.cues.packing import packed_cues
from newsclean.judging.cues.said import read_said, reason_said
from newsclean.judging.reasons import find_reasons
from newsclean.model import Block, Page, Reason
from newsclean.options import Options
from newsclean.reading import read

JUDGING = resources.files("newsclean.judging")
TABLES: dict[str, Any] = tomllib.loads(JUDGING.joinpath("cues", "cues.toml").read_text(encoding="utf-8"))
STORY = "Story of a quiet harbour, in which the pilot waits for the tide and nobody comes."


def reasons_of(page: Page) -> list[tuple[str, str]]:
    kept = [block.text.startswith("Story") for block in page.blocks]
    found = find_reasons(page, kept, {})
    return [(page.blocks[place].text, reason.value) for place, reason in sorted(found.items())]


def in_html(body: str) -> list[tuple[str, str]]:
    return reasons_of(read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html")))


def in_text(*lines: str) -> list[tuple[str, str]]:
    return reasons_of(Page(tuple(Block(place, line) for place, line in enumerate(lines))))


def cases(key: str) -> list[Any]:
    return [pytest.param(name, line, id=f"{name}: {line}") for name, table in TABLES.items() for line in table[key]]


@pytest.mark.parametrize(("name", "line"), cases("misses"))
def test_words_by_the_way_name_no_reason(name, line):
    assert reason_said(line) is None, name


@pytest.mark.parametrize(("name", "line"), cases("hits"))
def test_words_name_the_reason(name, line):
    assert reason_said(line) == Reason(name)


@pytest.mark.parametrize(
    "line",
    [
        "The harbour office said on Monday that the crane had been sold to a yard in the north.",
        "Kapitän Ruge fuhr um sechs Uhr aus, obwohl der Wind schon auf West gedreht hatte.",
        "Le maire a promis que le quai serait réparé avant la fin de l’automne.",
        "Паром вышел из гавани в шесть утра и вернулся только к вечеру.",
        "港の灯台は昨夜から消えたままで、漁師たちは沖に出ていない。",
        "Αύριο το πρωί θα φύγει το πρώτο πλοίο για το νησί.",
        "वह सुबह छह बजे घाट पर पहुँचा और शाम तक वहीं बैठा रहा।",
        "",
        "…",
        "12",
    ],
)
def test_prose_names_no_reason(line):
    assert reason_said(line) is None


def test_every_reason_of_the_table_is_one():
    assert {Reason(name) for name in TABLES} <= set(Reason)


def test_what_ships_is_what_the_lists_say():
    packed = json.loads(JUDGING.joinpath("cues", "cues.json").read_text(encoding="utf-8"))
    assert packed == json.loads(json.dumps(packed_cues(TABLES))), "run training/make_cues.py"


def test_stems_are_long_enough_to_be_found():
    short = [phrase for stems in load_cues().stems.values() for phrase, _ in stems if len(phrase) < 4]
    assert not short


@pytest.mark.parametrize(
    ("line", "strength"),
    [
        ("Read more", Strength.WHOLE),
        ("READ MORE »", Strength.WHOLE),
        ("Read more: Ten quiet harbours", Strength.OPENING),
        ("You may have missed: Ten quiet harbours", Strength.OPENING),
        ("Every Friday the news of the quay, straight to your inbox", Strength.OPENING),
        ("Jeden Freitag die Nachrichten vom Kai, kostenlos in Ihrem Postfach", Strength.OPENING),
        ("All of it can be found in our weekly newsletter", Strength.PART),
    ],
)
def test_strength_is_how_much_of_the_line_the_cue_is(line, strength):
    said = read_said([line])[0]
    assert said is not None
    assert said.strength is strength


@pytest.mark.parametrize("form", ["{}", "({} »", "12{}", "{}3"])
def test_every_line_of_the_lists_is_found_whatever_stands_around_it(form):
    lines = load_cues().lines
    found = read_said([form.format(line) for line in lines])
    assert [said and said.reason for said in found] == [said.reason for said in lines.values()]


def test_numbers_and_case_and_a_dotted_capital_do_not_matter():
    assert reason_said("COMMENTS (12)") is Reason.COMMENT
    assert reason_said("İLGİLİ HABERLER") is Reason.RELATED
    assert reason_said("İlgili") is reason_said("ilgili")
    assert reason_said("댓글 3") is Reason.COMMENT


def test_a_long_block_tells_of_what_a_short_one_asks():
    asks = "Sign up here and the letter comes on Fridays."
    said = read_said([asks, asks + " The baker of the old town tells how the ovens were carried to the quay." * 6])
    assert said == [Said(Reason.NEWSLETTER, Strength.OPENING, asks=True), None]


def test_a_long_block_is_not_named_by_one_word():
    long = "The baker of the old town tells how the ovens were carried down to the quay, one by one. " * 3
    assert reason_said(f"{long} Then came the cookies.") is None


def test_said_of_a_page_is_said_of_each_line():
    lines = [line for table in TABLES.values() for key in ("hits", "misses") for line in table[key]]
    together = [said.reason if said else None for said in read_said(lines)]
    assert together == [reason_said(line) for line in lines]


def test_labels_in_a_row_are_a_menu_and_headlines_other_stories():
    assert in_text("Harbour", "Islands", "Ferries", "Tides") == [
        ("Harbour", "navigation"),
        ("Islands", "navigation"),
        ("Ferries", "navigation"),
        ("Tides", "navigation"),
    ]
    found = in_text(STORY, "Ferry turns back after an hour at sea", "Old crane finds a new yard up north")
    assert [reason for _, reason in found] == ["related", "related"]


def test_what_stands_under_a_heading_is_part_of_it():
    found = in_text(
        STORY, "You may also like", "A seal on the slipway", "He has been there since Monday.", "© 2031 Post"
    )
    assert [reason for _, reason in found] == ["related", "related", "related", "copyright"]


def test_a_comment_thread_takes_in_its_names_and_times():
    found = in_html(
        f"<article><p>{STORY}</p></article><section id='x1'><h2>3 comments</h2>"
        "<p>tidewatcher</p><p>2 May 2031, 13:02</p><p>I saw it too, from the wall.</p><p>Reply</p>"
        "<p>M. Oyelaran</p><p>2 May 2031, 13:40</p><p>Nobody asked us about the noise.</p><p>Reply</p></section>"
    )
    assert {reason for _, reason in found} == {"comment"}


def test_names_of_elements_speak_for_what_is_in_them():
    found = in_html(
        f"<article><p>{STORY}</p></article><ol class='CommentList_ab12'><li><p>We never use cookies in our kitchen.</p>"
        "</li></ol>"
    )
    assert found == [("We never use cookies in our kitchen.", "comment")]


def test_names_of_elements_around_the_story_do_not_count():
    found = in_html(f"<div class='newsletter'><p>{STORY}</p><p>Some words about nothing much.</p></div>")
    assert found == [("Some words about nothing much.", "not-the-story")]


def test_pieces_of_generated_names_do_not_count():
    found = in_html(f"<p>{STORY}</p><div class='x__0ad8d q-9nav2'><p>Some words about nothing much.</p></div>")
    assert found == [("Some words about nothing much.", "not-the-story")]


def test_an_ad_stays_an_ad_and_a_link_to_the_rates_is_an_entry():
    found = in_html(
        f"<article><p>{STORY}</p><div>Advertisement</div><p>{STORY} More.</p></article>"
        "<footer><ul><li><a href='/a'>About us</a></li><li><a href='/b'>Advertising</a></li>"
        "<li><a href='/c'>Contact</a></li></ul></footer>"
    )
    assert ("Advertisement", "ad") in found
    assert ("Advertising", "navigation") in found


def test_the_header_of_the_page_is_navigation_and_that_of_the_article_is_not():
    found = in_html(
        f"<header><p>Words of the day, for the whole town.</p></header><article><header><p>Four minutes, more or less."
        f"</p></header><p>{STORY}</p></article>"
    )
    assert [reason for _, reason in found] == ["navigation", "not-the-story"]


def test_links_alone_are_told_by_their_length():
    found = in_html(
        f"<p>{STORY}</p><div><p><a href='/1'>Ferry turns back after an hour at sea</a></p>"
        "<p>Seen from the pier on a grey day, without a word.</p><p><a href='/2'>Tides</a></p></div>"
    )
    assert [reason for _, reason in found] == ["related", "not-the-story", "navigation"]


def test_captions_and_credits():
    found = in_html(
        f"<p>{STORY}</p><figure><figcaption>Two men on the quay at dawn</figcaption></figure><p>{STORY} More.</p>"
        f"<div><p>The crane, before it was sold in spring</p><p>Photo: A. Lensman</p></div><p>{STORY} End.</p>"
    )
    assert [reason for _, reason in found] == ["caption", "caption", "credit"]


def test_a_doubled_offer_and_the_lines_between_are_a_listing():
    found = in_text(
        STORY,
        "Flat for rent, 2 rooms, 48 m²",
        "Pier Lane, Old Town",
        "€ 910 per month",
        "Flat for rent, 2 rooms, 48 m2",
        "Pier Lane, Old Town",
        "€ 910 per month",
        STORY,
    )
    assert [reason for _, reason in found] == ["listing"] * 6


def test_a_copy_of_a_kept_paragraph_is_a_duplicate_and_hidden_text_hidden():
    page = read(
        f"<p>{STORY}</p><div hidden><p>{STORY}</p><p>Quite other words, that no one is shown.</p></div>",
        url=None,
        options=Options(as_="html"),
    )
    assert find_reasons(page, [True, False, False], {}) == {1: Reason.DUPLICATE, 2: Reason.HIDDEN}


def test_a_name_above_the_lines_about_an_author_belongs_to_them():
    found = in_text(STORY, "Jane Quill", "Jane Quill is a reporter at the Post.", STORY)
    assert [reason for _, reason in found] == ["author-bio", "author-bio"]


def test_one_ad_says_nothing_about_its_neighbours():
    found = in_text(STORY, "Advertisement", "The pilot, the tide and the long wait.", STORY)
    assert [reason for _, reason in found] == ["ad", "not-the-story"]


LINE = st.one_of(
    st.sampled_from([line for table in TABLES.values() for key in ("hits", "misses") for line in table[key]]),
    st.text(max_size=60),
    st.text("a ğİ港ก:.\n\x00©@9€", max_size=40),
)
HTML_PIECE = st.tuples(
    st.sampled_from(
        ["<p>", "<li>", "<nav>", "<footer><p>", "<aside class='related'>", "<div class='Comment_9ad' hidden>"]
    ),
    LINE,
    st.sampled_from(["</p>", "</nav>", "</div>", "</footer>", "</aside>", ""]),
)


def check_laws(page: Page, picks: list[bool], given_reasons: list[Reason | None]) -> None:
    size = len(page.blocks)
    kept = (picks * size)[:size] if picks else [False] * size
    known = {
        place: reason
        for place, reason in enumerate((given_reasons * size)[:size] if given_reasons else [])
        if reason is not None and not kept[place]
    }
    found = find_reasons(page, kept, known)
    assert list(found) == [place for place in range(size) if not kept[place]]
    assert all(isinstance(reason, Reason) for reason in found.values())
    assert {place: found[place] for place in known} == known
    assert found == find_reasons(page, kept, known)


PICKS = st.lists(st.booleans(), max_size=8)
GIVEN = st.lists(st.sampled_from([None, None, None, Reason.DUPLICATE, Reason.REPEATED_ON_SITE, Reason.AD]), max_size=6)


@given(st.lists(LINE, max_size=30), PICKS, GIVEN)
def test_every_dropped_line_gets_one_reason_and_keeps_a_known_one(lines, picks, given_reasons):
    check_laws(Page(tuple(Block(place, line) for place, line in enumerate(lines))), picks, given_reasons)


@given(st.lists(HTML_PIECE, min_size=1, max_size=20), PICKS, GIVEN)
def test_every_dropped_block_of_a_page_gets_one_reason(pieces, picks, given_reasons):
    html = "<p>words</p>" + "".join(part for piece in pieces for part in piece)
    check_laws(read(html, url=None, options=Options(as_="html")), picks, given_reasons)


def cost(lines: list[str]) -> float:
    page = Page(tuple(Block(place, line) for place, line in enumerate(lines)))
    times = []
    for _ in range(3):
        start = time.process_time()
        find_reasons(page, [False] * len(lines), {})
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    "line", ["Read more", "(((((((((" * 60, "1 2 3 € " * 40, "港" * 300, "cookie" * 90, "“”" * 300]
)
def test_cost_grows_with_the_page(line):
    cost([line])
    assert cost([line] * 4_000) < 40 * cost([line] * 400) + 0.05
