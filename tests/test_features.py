"""What the tagger sees: columns that mean what they say, words and names as they stand, at a cost that grows evenly."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from tests.steps import calls_of

from newsclean.judging.blocks.hashing import KnownWords, hashes_of
from newsclean.judging.blocks.told import read_told
from newsclean.judging.blocks.words import LETTER, LONGEST_READ, forms_of, hashes_in, read_words
from newsclean.judging.corrections.repeats import labels_told_again, repeats_of_kept
from newsclean.judging.features import FLAT_FEATURES, HTML_FEATURES, Vocabulary, read_features
from newsclean.model import Kind, Reason
from newsclean.options import Options
from newsclean.reading import read

VOCABULARY = Vocabulary(
    KnownWords.of(["bridge", "council"]),
    np.array([12, 3, 4]),
    {"body": 1, "article": 2, "nav": 3, "main": 4, "menu": 5},
)
LONG = "The council voted on Tuesday to close the old bridge until the spring of next year, and nobody was pleased."


def columns_of(source: str, kind: str = "text") -> dict[str, list[float]]:
    rows = read_features(read(source, url=None, options=Options(as_=kind)), VOCABULARY).rows
    names = HTML_FEATURES if kind == "html" else FLAT_FEATURES
    assert rows.shape[1] == len(names)
    return {name: rows[:, place].tolist() for place, name in enumerate(names)}


def features_of(html: str):
    return read_features(read(html, url=None, options=Options(as_="html")), VOCABULARY)


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("Who pays?", "question", 1),
        ("Wer zahlt？", "question", 1),
        ("He pays.", "question", 0),
        ("Closed until spring …", "ends_ellipsis", 1),
        ("Closed until spring...", "ends_ellipsis", 1),
        ("Closed until spring [...]", "ends_ellipsis", 1),
        ("Closed until spring […]", "ends_ellipsis", 1),
        ("Closed until spring..", "ends_ellipsis", 0),
        ("..", "ends_ellipsis", 0),
        ("“We close it.”", "ends_terminal", 1),
        ("“We close it”", "ends_terminal", 0),
        ("Related:", "ends_colon", 1),
        ("関連：", "ends_colon", 1),
        ("apples, pears,", "ends_comma", 1),
        ("at 9:30 on 7.5 in 2024", "dates", 3),
        ("on 2020年5月7日", "dates", 3),
        ("call 555 1234567", "dates", 0),
        ("room 1234", "dates", 0),
        ("9:30", "dates", 1),
        ("“Bridge closed”", "first_upper", 1),
        ("“bridge closed”", "first_lower", 1),
        ("12 bridges", "first_digit", 1),
        ("Bridge", "one_word", 1),
        ("Two words", "one_word", 0),
        ("€ 12", "currency", 1),
        ("write to desk@paper.example", "address", 1),
        ("Home | News", "separator", 1),
    ],
)
def test_what_characters_say(line: str, column: str, value: float) -> None:
    assert columns_of(line)[column] == [value]


def test_shares_of_characters_are_counts_over_lengths() -> None:
    columns = columns_of("Abc 12, DE.")
    assert columns["upper"] == pytest.approx([3 / 11])
    assert columns["digits"] == pytest.approx([2 / 11])
    assert columns["letters"] == pytest.approx([5 / 11])
    assert columns["commas"] == pytest.approx([1 / 3])
    assert columns["title_words"] == pytest.approx([2 / 3])


def test_a_script_without_spaces_is_counted_by_its_characters() -> None:
    latin, han = columns_of("one"), columns_of("市議会は火曜日に橋を春まで閉鎖することを決めた")
    assert han["words"][0] > latin["words"][0]
    assert han["dense"] == [1]


def test_a_listing_shares_its_shape_and_the_story_its_words() -> None:
    listing = [f"Flat {n} rooms, {n}0 m2, {n}00 EUR" for n in range(2, 6)]
    columns = columns_of("\n\n".join([LONG, *listing, f"Built in 1924: {LONG}"]))
    assert columns["same_shape"][1:5] == [3, 3, 3, 3]
    assert columns["same_shape"][0] == columns["same_shape"][5] == 0
    assert min(columns["shared"][0], columns["shared"][5]) > max(columns["shared"][1:5])


def test_repeats_count_the_other_copies() -> None:
    columns = columns_of(f"Read more\n\n{LONG}\n\nread more\n\n{LONG} Yes.\n\nRead More")
    assert columns["repeats"] == [2, 0, 2, 0, 2]
    assert columns["repeats_near"] == [1, 0, 2, 0, 1]


def test_the_main_container_is_where_the_prose_is() -> None:
    main = f"<main><h1>Bridge</h1><p>{LONG}</p><p>{LONG} No.</p></main>"
    html = f"<nav><p>Home</p></nav>{main}<footer><p>Imprint</p></footer>"
    columns = columns_of(html, "html")
    assert columns["in_main"] == [0, 1, 1, 1, 0]
    assert columns["before_main"] == [1, 0, 0, 0, 0]
    assert columns["after_main"] == [0, 0, 0, 0, 1]
    assert columns["in_nav"] == [1, 0, 0, 0, 0]
    assert columns["in_footer"] == [0, 0, 0, 0, 1]
    assert columns["tag_h1"] == [0, 1, 0, 0, 0]
    assert columns["h1_seen"] == [0, 1, 1, 1, 1]


def test_links_are_measured_by_their_share_of_the_block() -> None:
    columns = columns_of("<p><a href='/'>Home</a></p><p>Home <a href='/'>News</a></p><p>None</p>", "html")
    assert columns["link_share"] == pytest.approx([1, 4 / 9, 0])
    assert columns["all_link"] == [1, 0, 0]


def test_kin_are_blocks_of_one_make() -> None:
    columns = columns_of(f"<div class=a><p>{LONG}</p><p>Two</p></div><div class=b><p>Three</p></div>", "html")
    assert columns["kin"][0] == columns["kin"][1] > columns["kin"][2]


def test_the_article_around_a_block_is_the_innermost() -> None:
    html = f"<article><p>{LONG}</p><p>{LONG} No.</p><article><p>Card</p></article></article><p>Outside</p>"
    columns = columns_of(html, "html")
    assert columns["same_article"] == [1, 1, 0, 0]
    assert columns["in_any_article"] == [1, 1, 1, 0]


def reference_words(text: str) -> list[str]:
    """Words by the definition, one pattern at a time."""
    dense = r"\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF"
    return regex.findall(rf"[{dense}]{{1,2}}+|[^\W_{dense}]++", text[:LONGEST_READ].lower())


@given(st.lists(st.text(min_size=1) | st.text("aİΣσß_-’ \0漢字かไท𝒜😀é\ud800", min_size=1), min_size=1, max_size=5))
def test_words_are_those_of_the_definition(texts: list[str]) -> None:
    words = read_words(texts)
    expected = [reference_words(text) for text in texts]
    # half of a surrogate pair is no word in either
    told = [*dict.fromkeys(word for tokens in expected for word in tokens)]
    known = KnownWords.of(told)
    number = known.numbers_of(words.hashes)
    assert sorted(number.tolist()) == list(range(1, len(told) + 1))
    forms = [told[at - 1] for at in number.tolist()]
    found = [[forms[at] for at in words.word[words.block == place]] for place in range(len(texts))]
    assert found == expected
    assert list(forms_of(texts)) == told
    assert words.rank.tolist() == [rank for tokens in expected for rank in range(len(tokens))]


def test_words_of_many_batches_are_numbered_once() -> None:
    texts = [f"bridge {n % 7} " * 300 for n in range(200)]
    words = read_words(texts)
    forms = ("bridge", "0", "1", "2", "3", "4", "5", "6")
    assert tuple(forms_of(texts)) == forms
    assert words.hashes.tolist() == sorted(hashes_of(forms).tolist())
    assert np.bincount(words.word)[words.hashes.searchsorted(hashes_of(("bridge",)))].tolist() == [60_000]
    assert np.bincount(words.block).tolist() == [600] * 200


def test_words_with_a_stem_are_found_in_every_batch() -> None:
    texts = [f"bridge {'x' * 1_000} newsletter{n} news " * 100 for n in range(4)]
    words = read_words(texts, KnownWords.of(["news", "brid"]))
    assert sorted(words.stemmed.values()) == sorted(["bridge", "news", *(f"newsletter{n}" for n in range(4))])
    numbers = list(words.stemmed)
    assert words.hashes.take(numbers).tolist() == hashes_of(words.stemmed.values()).tolist()


@given(st.lists(st.text("abcñ漢字𝒜", min_size=1, max_size=6), unique=True))
def test_every_word_has_a_hash_of_its_own(words: list[str]) -> None:
    hashes = hashes_of(words)
    assert len(set(hashes.tolist())) == len(words)
    known = KnownWords.of(words)
    assert list(known) == words
    assert known.numbers_of(hashes).tolist() == list(range(1, len(words) + 1))
    assert not known.numbers_of(hashes_of(["another", "word"])).any()


def test_a_word_with_a_space_in_it_has_no_hash() -> None:
    with pytest.raises(ValueError, match="space"):
        hashes_of(["two words"])


@given(st.lists(st.sampled_from(["nav", "articleBody", "MENU-main", "x", ""]), min_size=1, max_size=12), st.data())
def test_sums_of_names_are_those_of_the_names_listed(classes: list[str], data: st.DataObject) -> None:
    html = ""
    open_ = 0
    for name in classes:
        html += f"<div class='{name}' id='{name[:4]}'>text"
        open_ += 1
        closed = data.draw(st.integers(0, open_))
        html += "</div>" * closed
        open_ -= closed
    features = features_of(html)
    assert features.names is not None
    table = np.vstack([np.zeros(3), np.arange(1, 16).reshape(5, 3)])
    near, far = features.names.sums(table, 10 * table)
    for sums, bag, factor in ((near, features.near, 1), (far, features.far, 10)):
        expected = np.zeros_like(sums)
        np.add.at(expected, bag.block, factor * table[bag.number])
        assert np.array_equal(sums, expected)


def test_names_are_read_however_their_words_are_joined() -> None:
    for name in ("article-body", "articleBody", "ARTICLE_BODY", "article2body", "Article Body"):
        assert features_of(f"<div class='{name}'>{LONG}</div>").near.number.tolist() == [1, 2], name
    assert features_of(f"<div class='éarticlé'>{LONG}</div>").near.number.tolist() == []


def test_near_names_are_those_of_three_elements() -> None:
    features = features_of("<div class=nav><div class=menu><div class=main><p class=body>x</p></div></div></div>")
    assert (features.far.number.tolist(), features.near.number.tolist()) == ([3], [5, 4, 1])


@pytest.mark.parametrize(
    ("texts", "repeats"),
    [
        ([LONG, LONG.upper(), "other " * 9], [1]),
        ([LONG, f"“{LONG}”", LONG], [1, 2]),
        ([f"{LONG} one", f"{LONG} two"], []),
        ([f"... - {LONG}", LONG], [1]),
        (["* " * 40 + LONG, LONG], [1]),
        ([LONG * 50, f"“{LONG}” " * 50], [1]),
    ],
)
def test_a_repeat_says_the_same_letters(texts: list[str], repeats: list[int]) -> None:
    assert repeats_of(texts, [Kind.PARAGRAPH] * len(texts)) == repeats


def repeats_of(texts: list[str], kinds: list[Kind], dropped: int = -1, *, is_text: bool = False) -> list[int]:
    blocks = [SimpleNamespace(text=text, kind=kind) for text, kind in zip(texts, kinds, strict=True)]
    features = SimpleNamespace(mass=np.full(len(texts), 100), letters=read_words(texts).letters)
    return repeats_of_kept(blocks, [place != dropped for place in range(len(texts))], features, is_text=is_text)


@pytest.mark.parametrize("kind", [Kind.LIST_ITEM, Kind.TABLE_ROW, Kind.HEADING])
def test_rows_items_and_headings_may_be_told_twice_among_others(kind: Kind) -> None:
    plan = [LONG, "one " * 9, LONG, "two " * 9]
    kinds = [kind, Kind.PARAGRAPH, kind, Kind.PARAGRAPH]
    assert repeats_of(plan, kinds) == []
    assert repeats_of(plan, [Kind.QUOTE] * 4) == [2]
    assert repeats_of(plan, kinds, dropped=3) == [2]
    assert repeats_of(plan[:2] * 2, kinds) == [2, 3]


def test_short_lines_of_a_text_may_be_told_twice_among_others() -> None:
    short = "What to bring along when you come to stay here"
    kinds = [Kind.PARAGRAPH] * 4
    assert repeats_of([short, "one " * 9, short, "two " * 9], kinds) == [2]
    assert repeats_of([short, "one " * 9, short, "two " * 9], kinds, is_text=True) == []
    assert repeats_of([short, "one " * 9] * 2, kinds, is_text=True) == [2, 3]
    assert repeats_of([LONG, "one " * 9, LONG, "two " * 9], kinds, is_text=True) == [2]


@pytest.mark.parametrize(
    ("kept", "chance", "again"),
    [("KKKdK", 0.2, [3]), ("KKKdK", 0.05, []), ("KKKdd", 0.2, []), ("KKddK", 0.2, [])],
)
def test_a_doubted_label_comes_again_among_new_lines(kept: str, chance: float, again: list[int]) -> None:
    lines = [
        "Opening hours:",
        "The hall opens at nine.",
        "The bath is next door.",
        "Opening hours:",
        "It opens at ten.",
    ]
    page = read("\n\n".join(lines), url=None, options=Options(as_="text"))
    dropped = [place for place, letter in enumerate(kept) if letter == "d"]
    reasons = {place: Reason.DUPLICATE if place == 3 else Reason.NOT_THE_STORY for place in dropped}
    chances = [0.9 if letter == "K" else chance for letter in kept]
    assert labels_told_again(page, [letter == "K" for letter in kept], chances, reasons) == again


@given(st.lists(st.text("aåB -\01", max_size=8), min_size=1, max_size=6), st.lists(st.integers(0, 90_000), max_size=1))
def test_letters_of_blocks_are_added_up(texts: list[str], filler: list[int]) -> None:
    texts = [*texts, *("x" * length for length in filler), *texts]
    sums = read_words(texts).letters.tolist()
    told = [sum(ord(sign) for sign in text[:LONGEST_READ].lower() if LETTER.match(sign)) for text in texts]
    # the sign that ends a block counts as 1
    assert sums == [told_sum + 1 for told_sum in told]


def steps_of(html: str) -> int:
    """Calls that the features of a page take."""
    page = read(html, url=None, options=Options(as_="html"))
    read_features(page, VOCABULARY)
    return calls_of(lambda: read_features(page, VOCABULARY))


def part_of_page(number: int) -> str:
    text = f"<h2>Ward {number}</h2><p>Bridge {number}: {LONG}</p><a href='/'>More</a>"
    return f"<div class='part part-{number}'>{text}</div>"


def test_steps_grow_as_the_page_does() -> None:
    short, long = (steps_of("".join(map(part_of_page, range(size)))) for size in (100, 1_000))
    assert long <= 11 * short


def test_names_of_a_deep_page_are_kept_once() -> None:
    deep = "<div class='main-body'>" * 300 + "".join(f"<p>{n}</p>" for n in range(500)) + "</div>" * 300
    names = features_of(deep).names
    assert names is not None
    assert names.number.size <= 2


@given(st.text(max_size=60))
@example("The Bridge_2 isn't OPEN")
@example("橋を春まで閉鎖 abc")
def test_words_of_one_text_are_those_of_a_page(text: str) -> None:
    assert hashes_in(text).tolist() == read_words([text]).hashes.tolist()


TEXTS = st.lists(st.text("aåBц猫ก1 .:\U0001d7d8", min_size=1, max_size=12), min_size=1, max_size=8)


@given(TEXTS, TEXTS)
@example(["Read also: the tide", "(c) 2026", "猫が好き"], ["猫が好き", "7 May, 9:18 h", "Read also: the tide"])
def test_what_is_known_of_texts_is_what_reading_them_tells(known: list[str], texts: list[str]) -> None:
    quick, fresh = read_told(texts, read_told(known)), read_told(texts)
    assert quick.texts == fresh.texts
    assert quick.said == fresh.said
    for part in ("features", "mass", "lengths", "ends_sentence"):
        assert getattr(quick.characters, part).tolist() == getattr(fresh.characters, part).tolist()
    for part in ("hashes", "word", "block", "rank", "blocks", "counted", "letters"):
        assert np.array_equal(getattr(quick.words, part), getattr(fresh.words, part)), part
    assert quick.words.stemmed == fresh.words.stemmed
