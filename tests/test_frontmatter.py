"""The front matter of whole pages: what is declared and what is shown, weighed against each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsclean import clean
from newsclean.frontmatter import read_front_matter
from newsclean.frontmatter.compare import key
from newsclean.frontmatter.lexicon import read_table
from newsclean.frontmatter.on_page.evidence import Moment, choose, is_later, read_moment, title_day, url_day
from newsclean.frontmatter.on_page.title import without_site
from newsclean.frontmatter.tongue import guess_language
from newsclean.model import Action, Block, Claim, Declared, FrontMatter, Kind, Page, Reason, Verdict
from newsclean.options import Options
from newsclean.reading.declared import read_declared
from newsclean.reading.html import read_html

STORY = (
    "The ferry between the two islands will run every half hour from the first of June, the harbour board said.",
    "Until now passengers had to wait for as long as three hours, and many took the longer way over the bridge.",
    "The board expects that the new timetable will cost four million crowns a year, most of it for fuel and wages.",
)


def verdicts_of(page: Page, keep: tuple[str, ...] = STORY) -> tuple[Verdict, ...]:
    """Judge as a perfect judge would: the paragraphs of the story are kept, all else is dropped."""
    return tuple(
        Verdict(block, Action.KEEP, None, 0.9)
        if any(block.text.endswith(text) for text in keep)
        else Verdict(block, Action.DROP, Reason.NOT_THE_STORY, 0.1)
        for block in page.blocks
    )


def read_text(*lines: str, keep: tuple[str, ...] = STORY, options: Options | None = None, **page) -> FrontMatter:
    whole = Page(tuple(Block(index, line) for index, line in enumerate(lines)), **page)
    return read_front_matter(whole, verdicts_of(whole, keep), options or Options())


def read_page(html: str, url: str | None = None) -> FrontMatter:
    tree = LexborHTMLParser(html)
    blocks, layout = read_html(tree)
    page = Page(blocks, read_declared(tree), layout, url)
    return read_front_matter(page, verdicts_of(page), Options())


HEAD = (
    "Ferry to run every half hour from June",
    "Islanders have asked for more crossings since the bridge was closed to lorries.",
    "Written by Karen Holm",
    "Published on 03.05.2024 09:18 (updated on 04.05.2024)",
)


def test_flat_text_gives_every_field():
    """From flattened text, headline, standfirst, byline, dates and dateline come out, and their blocks are moved."""
    story = ("Copenhagen, May 3 (AP) – " + STORY[0], *STORY[1:])
    front = read_text("Menu", "News", *HEAD, *story, "More stories")
    assert front.title == HEAD[0]
    assert front.standfirst == HEAD[1]
    assert front.byline is not None
    assert front.byline.authors == ("Karen Holm",)
    assert (front.published, front.updated) == ("2024-05-03T09:18", "2024-05-04")
    assert front.dateline is not None
    assert front.dateline.place == "Copenhagen"
    assert front.dateline.rest == STORY[0]
    assert dict(front.moved) == {2: "title", 3: "standfirst", 4: "byline", 5: "published"}


def test_own_output_reads_the_same():
    """What newsclean writes above a story is read again as the same front matter."""
    first = read_text(*HEAD, *STORY)
    again = read_text(
        first.title, first.standfirst, "By Karen Holm", "Published 2024-05-03 09:18, updated 2024-05-04", *STORY
    )
    assert (again.title, again.standfirst, again.published, again.updated) == (
        first.title,
        first.standfirst,
        first.published,
        first.updated,
    )
    assert again.byline is not None
    assert first.byline is not None
    assert again.byline.authors == first.byline.authors


def test_a_story_without_anything_above_it_loses_nothing():
    """Where nothing stands above the story, nothing is moved and nothing is invented."""
    front = read_text(*STORY)
    assert dict(front.moved) == {}
    assert (front.title, front.standfirst, front.byline, front.published) == (None, None, None, None)


def test_sources_say_where_a_field_was_found():
    """Every field that is given names its source, and no other."""
    front = read_text(*HEAD, *STORY)
    assert dict(front.sources) == dict.fromkeys(("title", "standfirst", "byline", "published", "updated"), "visible")


@pytest.mark.parametrize("lines", [("Published", "3 May 2024"), ("3 May 2024",), ("Published: 3 May 2024",)])
def test_labels_on_a_line_of_their_own(lines):
    """A label and its date can stand on two lines."""
    assert read_text(HEAD[0], *lines, *STORY).published == "2024-05-03"


def test_update_label_on_a_line_of_its_own():
    """A date under "Last updated" is an update, not the publication."""
    front = read_text(HEAD[0], "Published", "3 May 2024", "Last updated", "4 May 2024", *STORY)
    assert (front.published, front.updated) == ("2024-05-03", "2024-05-04")


def test_only_an_update_dates_the_story_to_the_day():
    """A story that states only its last change is dated to that day, and the source says why."""
    front = read_text(HEAD[0], "Updated: 4 May 2024, 10:30", *STORY)
    assert (front.published, front.updated) == ("2024-05-04", "2024-05-04T10:30")
    assert front.sources["published"] == "updated"


@pytest.mark.parametrize(
    "line", ["Karen Holm", "Karen Holm and Ole Lund", "Karen Holm, 3 May 2024", "Author of the article:\nKaren Holm"]
)
def test_bare_names_below_the_headline(line):
    """A name alone between headline and story is its byline."""
    front = read_text(HEAD[0], *line.split("\n"), *STORY)
    assert front.byline is not None
    assert "Karen Holm" in front.byline.authors


@pytest.mark.parametrize("line", ["Harbour Board", "Share Article", "Half Hour Timetable", "Related Stories"])
def test_what_the_story_speaks_of_is_no_author(line):
    """Words of the story, and buttons, are nobody's name."""
    front = read_text(HEAD[0], line, "3 May 2024", *STORY)
    assert front.byline is None or not front.byline.authors


@pytest.mark.parametrize(
    ("line", "title", "published"),
    [
        (f"{HEAD[0]} by Karen Holm", HEAD[0], None),
        (f"{HEAD[0]} by Karen Holm | May 3, 2024", HEAD[0], "2024-05-03"),
        (f"{HEAD[0]} by Karen Holm · May 3, 2024 at 9:18 am · One comment", HEAD[0], "2024-05-03T09:18"),
        (f"{HEAD[0]} by Karen Holm—10 min read", HEAD[0], None),
        (f"{HEAD[0]} Posted on 3 May 2024 by Karen Holm", HEAD[0], "2024-05-03"),
        (f"{HEAD[0]} published May 3, 2024 by Karen Holm", HEAD[0], "2024-05-03"),
    ],
)
def test_a_credit_behind_the_headline(line, title, published):
    """Flatteners leave the headline and its credit in one line."""
    front = read_text("Menu", line, *STORY)
    assert front.title == title
    assert front.byline is not None
    assert front.byline.authors == ("Karen Holm",)
    assert front.published == published


@pytest.mark.parametrize(
    "title", ["Die besten Jahre der alten Stadt von Anna Seghers", "La nuova vita in città di Ada Rossi"]
)
def test_of_and_a_name_belong_to_the_headline(title):
    """In German and Italian "of" and "by" are one word."""
    front = read_text("Menu", title, "3.5.2024", *STORY)
    assert front.title == title
    assert front.byline is None


def test_a_name_with_a_post_beside_the_date():
    front = read_text(HEAD[0], "3 May 2024", "Karen Holm Parliamentary editor", *STORY)
    assert front.byline is not None
    assert front.byline.authors == ("Karen Holm",)


CARDS = {
    "offers, each line twice": (HEAD[0], "Latest offers", *("Garden Shed Assistant",) * 2, "Northern Timber, Holmby"),
    "a card further down": (
        HEAD[0],
        "3 May 2024",
        "New",
        "Slim fit",
        "Blue",
        "Trail Runner Jacket",
        "49 €",
        "In stock",
    ),
    "a card below the first paragraph": (HEAD[0], "3 May 2024", STORY[0], "Our offers", "Hillside Lodge", "from 80 €"),
    "a photo's credit": (HEAD[0], "Nils Kvist/Getty Images"),
    "a photo's credit beside the date": (HEAD[0], "3 May 2024", "Nils Kvist via Canva"),
}


@pytest.mark.parametrize("lines", CARDS.values(), ids=CARDS)
def test_what_is_offered_is_no_author(lines):
    """In flattened text names alone credit the story in the lines below its headline, not in a foreign block."""
    assert read_text(*lines, *(line for line in STORY if line not in lines)).byline is None


def test_what_credits_the_story_further_down_says_so():
    """Behind foreign blocks a byline and a date still count where a word says what they are."""
    offers = ("Offers", "Oak table", "80 €", "Pine table", "60 €")
    front = read_text(HEAD[0], *offers, "By Karen Holm", "Published 3 May 2024", *STORY)
    assert front.byline is not None
    assert front.byline.authors == ("Karen Holm",)
    assert front.published == "2024-05-03"


@pytest.mark.parametrize(
    ("language", "line", "authors", "agencies"),
    [
        ("en", "by: Karen Holm", ("Karen Holm",), ()),
        ("ar", "كتبت: ياسمين عبد الرازق", ("ياسمين عبد الرازق",), ()),
        ("hi", "लेखक: रश्मि कुशवाहा, महोबा", ("रश्मि कुशवाहा",), ()),
        ("ru", "Дарья Ветлугина, корреспондент отдела культуры", ("Дарья Ветлугина",), ()),
        ("en", "Karen Holm with AAP", ("Karen Holm",), ("AAP",)),
        ("da", "/ritzau/", (), ("Ritzau",)),
        ("zh", "来源：新华社", (), ("新华社",)),
    ],
)
def test_credits_of_many_languages_beside_the_date(language, line, authors, agencies):
    lines = ("Ferry to run every half hour from June", "03.05.2024 09:18", line, *STORY)
    front = read_text(*lines, options=Options(language=language))
    assert front.byline is not None
    assert (front.byline.authors, front.byline.agencies) == (authors, agencies)


def test_a_newsroom_above_does_not_hide_the_people_below():
    lines = (
        "by Harbour Times",
        "03.05.2024",
        "01747",
        "Share0",
        "…and the bridge closes",
        "By Karen Holm, Peter Berg",
        *STORY,
    )
    front = read_text("Ferry to run every half hour from June", *lines)
    assert front.byline is not None
    assert front.byline.authors == ("Karen Holm", "Peter Berg")


def test_a_section_between_the_day_and_the_label_is_nobody():
    line = "09.09.2024 Energie Von Bärbel Uhlenbrock (Text) und Jens Tamm (Fotos)"
    front = read_text("Ferry to run every half hour from June", line, *STORY, options=Options(language="de"))
    assert front.byline is not None
    assert front.byline.authors == ("Bärbel Uhlenbrock",)


def test_a_caption_credits_nobody():
    page = (
        "<h1>Ferry to run every half hour from June</h1><figure><figcaption>The pier. Photo by Theo Berg</figcaption>"
    )
    front = read_page(f"{page}</figure><p>03.05.2024</p>{''.join(f'<p>{text}</p>' for text in STORY)}")
    assert front.byline is None


def test_an_unknown_outlet_does_not_hide_the_agency():
    head = '<meta name="author" content="Vysočinské listy, ČTK"><h1>Ferry to run every half hour from June</h1>'
    front = read_page(f"{head}{''.join(f'<p>{text}</p>' for text in STORY)}")
    assert front.byline is not None
    assert (front.byline.authors, front.byline.agencies) == ((), ("ČTK",))


@pytest.mark.parametrize(("language", "button"), [("tr", "ABONE OL"), ("es", "EN VIVO"), ("sv", "LOGGA IN")])
def test_a_button_beside_the_date_is_nobody(language, button):
    lines = ("Ferry to run every half hour from June", "03.05.2024", button, *STORY)
    assert read_text(*lines, options=Options(language=language)).byline is None


@pytest.mark.parametrize(
    "caption",
    [
        "The lido at Ashcombe Park in Corvedale on Monday. Photograph: Lionel Strake/The Sentinel",
        "Antonio Quesada llena la cuba junto a su finca, el pasado viernes. MARTA ESCAÑUELA",
        "09.31 Schools near the harbour told to keep pupils inside until the storm has gone",
    ],
)
def test_a_caption_or_an_entry_of_a_log_is_no_headline(caption):
    front = read_text("Ferry to run every half hour", "Written by Karen Holm", caption, *STORY)
    assert front.title == "Ferry to run every half hour"


def test_the_day_of_a_comment_is_not_that_of_the_story():
    """Below a headline that opens a text a day alone counts near it; a comment in between has its own."""
    comments = ("Comments", "Olga", "That was about time.", "Reply", "Ole", "7 May 2024 21:15", "And the bridge?")
    assert read_text(HEAD[0], *comments, *STORY).published is None
    assert read_text(HEAD[0], "3 May 2024", *comments, *STORY).published == "2024-05-03"


def test_a_menu_above_leaves_more_room_for_credits():
    """Where a text begins with a menu, share bars and the like stand between the headline and the names below it."""
    menu = ("Home", "Sport", "Culture")
    bar = ("Share", "Save", "Print", "Listen", "4 min")
    front = read_text(*menu, HEAD[0], *bar, "Karen Holm", "3 May 2024", *STORY)
    assert front.byline is not None
    assert front.published == "2024-05-03"


def test_what_the_page_writes_in_small_letters_is_no_author():
    """A section that stands where a bare name could is known by its words elsewhere on the page."""
    lines = (HEAD[0], "Coastal Transport", "Published 3 May 2024", *STORY)
    below = ("How coastal towns keep their harbours", "Why public transport pays")
    assert read_text(*lines, *below).byline is None
    assert read_text(*lines).byline is not None


def test_a_person_of_the_story_is_no_author():
    """A caption that names somebody the story speaks of does not make them its author."""
    story = (*STORY, "“It is a good day,” said Nina Kvist, who has run the harbour kiosk for thirty years, on Tuesday.")
    front = read_text(HEAD[0], "Nina Kvist", "3 May 2024", *story, keep=story)
    assert front.byline is None or "Nina Kvist" not in front.byline.authors


def test_a_byline_below_the_story_of_another_card_is_left_alone():
    """A byline far from the first belongs to another story."""
    front = read_text(*HEAD, *STORY, "Also of interest", "Bridge closed again", "By Other Person")
    assert front.byline is not None
    assert front.byline.authors == ("Karen Holm",)


def test_byline_option_drop():
    """With byline="drop" the line still leaves the body, and no byline is given."""
    front = read_text(*HEAD, *STORY, options=Options(byline="drop"))
    assert front.byline is None
    assert "byline" in front.moved.values()


def html_page(head: str, above: str) -> str:
    story = "".join(f"<p>{text}</p>" for text in STORY)
    return f"<html><head>{head}</head><body><article>{above}{story}</article></body></html>"


LINKED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry to run every half hour from June",'
    '"author":[{"@type":"Person","name":"Karen Holm"},{"@type":"Organization","name":"Island Post"}],'
    '"datePublished":"2024-05-03T09:18:31+02:00","dateModified":"2024-05-03T09:18:50+02:00",'
    '"publisher":{"@type":"Organization","name":"Island Post"}}</script>'
)


def test_declared_front_matter():
    """Linked data gives headline, people and dates to the minute; an update within the minute is none."""
    front = read_page(html_page(LINKED, "<h1>Ferry to run every half hour from June</h1><div>By Karen Holm</div>"))
    assert front.title == HEAD[0]
    assert front.byline is not None
    assert front.byline.authors == ("Karen Holm",)
    assert (front.published, front.updated) == ("2024-05-03T09:18+02:00", None)
    assert front.moved[0] == "title"
    assert front.moved[1] == "byline"


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ([("Ferry runs | Island Post", "html-title"), ("Ferry runs", "h1")], "Ferry runs"),
        ([("Island Post: Ferry runs", "html-title")], "Ferry runs"),
        ([("Ferry runs - News - Island Post", "html-title"), ("Ferry runs", "og")], "Ferry runs"),
        ([("Island Post", "h1"), ("Ferry runs", "og")], "Ferry runs"),
        ([("Ferries: what now?", "html-title")], "Ferries: what now?"),
        ([("Ferry runs", "h1"), ("Why the ferry runs now", "json-ld"), ("Why the ferry runs now", "og")], "Ferry runs"),
    ],
)
def test_titles_lose_their_site_and_the_visible_one_wins(titles, expected):
    """The name of the site goes; between two wordings the one that the page shows is taken."""
    declared = Declared(titles=tuple(Claim(value, source) for value, source in titles), site_name="Island Post")
    front = read_text("Ferry runs", *STORY, declared=declared)
    assert front.title == expected


def test_a_first_paragraph_that_equals_the_description_stays_in_the_story():
    """Sites declare their first paragraph as the description; it is still the story's."""
    declared = Declared(titles=(Claim(HEAD[0], "og"),), descriptions=(Claim(STORY[0], "og"),))
    front = read_text(HEAD[0], *STORY, declared=declared)
    assert front.standfirst is None
    assert set(front.moved) == {0}


def test_a_standfirst_is_known_by_its_class():
    """Markup that names a standfirst is believed even without a byline below it."""
    front = read_page(html_page("", f'<h1>{HEAD[0]}</h1><p class="article__standfirst">{HEAD[1]}</p>'))
    assert front.standfirst == HEAD[1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-03T15:47:42.389Z", "2024-05-03T15:47+00:00"),
        ("2024-05-03T15:47:42+0200", "2024-05-03T15:47+02:00"),
        ("2024-05-03 15:47", "2024-05-03T15:47"),
        ("2024-05-03T00:00:00Z", "2024-05-03"),
        ("2024-05-03", "2024-05-03"),
        ("20240503T154700", "2024-05-03T15:47"),
        ("20240503", "2024-05-03"),
        ("1714751262", "2024-05-03T15:47+00:00"),
        ("May 3, 2024", "2024-05-03"),
        ("2024-02-30", None),
        ("1200-01-01", None),
        ("soon", None),
        ("", None),
    ],
)
def test_declared_moments(value, expected):
    """Dates in markup are read to the minute, their offset kept; midnight is a day, nonsense is nothing."""
    assert read_moment(value) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2024/05/03/ferry", "2024-05-03"),
        ("https://example.org/news/2024-5-3/ferry", "2024-05-03"),
        ("https://example.org/ferry-20240503.html", "2024-05-03"),
        ("https://example.org/2024/13/03/ferry", None),
        ("https://example.org/a/20249999", None),
        ("https://example.org/?d=/2024/05/03/", None),
        (None, None),
    ],
)
def test_days_in_addresses(url, expected):
    """The day in a path is read, other numbers are not."""
    assert url_day(url) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ferry to run every half hour | Islands | The Harbour Post | 28.04.2023", "2023-04-28"),
        ("Die Fähre fährt öfter - Hafenpost - 28. April 2023", "2023-04-28"),
        ("Ferry to run every half hour | The Harbour Post", None),
        ("What happened on 28 April 2023", None),
        ("28.04.2023", None),
        ("Flat to let | 120 m2", None),
        ("The year of the ferry | 2023", None),
        ("Ferry to run more often | April 2023", None),
    ],
)
def test_days_at_the_end_of_titles(title, expected):
    found = title_day([Claim(title, "og")], "de", None)
    assert found == (None if expected is None else Moment(expected, "og"))


def test_a_title_dates_a_story_that_nothing_else_dates():
    body = "".join(f"<p>{line}</p>" for line in STORY)
    page = "<html lang=en><head><title>Ferry every half hour | The Harbour Post | 28.04.2023</title>{}</head><body>{}"
    assert read_page(page.format("", body)).published == "2023-04-28"
    declared = "<meta property=article:published_time content=2023-04-29>"
    assert read_page(page.format(declared, body)).published == "2023-04-29"


def test_evidence_is_weighed():
    """Two sources outweigh one, a time outweighs a bare day of the same day, and nothing gives nothing."""
    stamp = Moment("2026-01-01T10:00", "json-ld")
    story = [Moment("2024-05-03", "og"), Moment("2024-05-03T09:18", "meta")]
    assert choose([stamp, *story]) == story[1]
    assert choose([]) is None
    assert is_later("2024-05-03T09:19", "2024-05-03T09:18")
    assert not is_later("2024-05-03T09:18", "2024-05-03T09:18+02:00")
    assert not is_later("2024-05-03", "2024-05-03T09:18")


def test_site_names_are_cut_from_either_end():
    """Only a piece that names the site is cut."""
    assert without_site("Ferry runs | Island Post", frozenset({"island post"})) == "Ferry runs"
    assert without_site("Ferry runs - a report", frozenset({"island post"})) == "Ferry runs - a report"


@pytest.mark.parametrize("title", ["Il sindaco: «Il traghetto resta»", "‹Adieu›, sagt ‹er›"])
def test_a_mark_that_closes_a_quotation_is_no_separator(title):
    """» and › stand between headline and site too, but not where « and ‹ have opened."""
    assert without_site(title, frozenset({"island post"})) == title
    assert without_site(f"{title} » Island Post", frozenset({"island post"})) == title


LINE = st.text(max_size=60) | st.sampled_from(
    [*HEAD, *STORY, "By", "Published", "By Jane Doe", "3 May 2024", "©", "：", "1.1.2020 - "]
)


@given(st.lists(st.tuples(LINE, st.booleans(), st.sampled_from(list(Kind))), max_size=14))
def test_laws(rows):
    """On any page: moved blocks exist, carry known fields, nothing is invented, and twice is the same."""
    page = Page(tuple(Block(index, " ".join(text.split()), kind, 1) for index, (text, _, kind) in enumerate(rows)))
    verdicts = tuple(
        Verdict(block, Action.KEEP if kept else Action.DROP, None if kept else Reason.NOT_THE_STORY, 0.5)
        for block, (_, kept, _) in zip(page.blocks, rows, strict=True)
    )
    front = read_front_matter(page, verdicts, Options())
    assert front == read_front_matter(page, verdicts, Options())
    assert set(front.moved) <= set(range(len(rows)))
    assert set(front.moved.values()) <= {"title", "standfirst", "byline", "published"}
    texts = [block.text for block in page.blocks]
    assert front.title is None or any(key(front.title) in key(text) for text in texts)
    assert front.standfirst is None or front.standfirst in texts


def test_a_title_loses_the_name_of_the_site_where_the_page_shows_the_rest():
    """Old pages declare no more than `<title>`; what their body shows of it is the headline."""
    front = read_page(
        "<html><title>Harbour Herald: Ferry to run every half hour from June</title><body>"
        "<p>03.05.2024 09:18 Author: Karen Holm</p><p><b>Ferry to run every half hour from June</b></p>"
        + "".join(f"<p>{text}</p>" for text in STORY)
    )
    assert front.title == "Ferry to run every half hour from June"
    assert front.byline is not None
    assert front.byline.authors == ("Karen Holm",)


def test_credits_stand_below_the_heading_not_below_a_hidden_copy():
    """A copy of the headline inside the story does not hide the standfirst and the credits above it."""
    front = read_page(
        "<html lang=en><body><h1>Ferry to run every half hour from June</h1>"
        "<p class=standfirst>Islanders have asked for more crossings since the bridge closed to lorries</p>"
        "<p>By Karen Holm with AFP</p><p>Published 3 May 2024</p>"
        "<div style='display:none'><p>Ferry to run every half hour from June</p></div>"
        + "".join(f"<p>{text}</p>" for text in STORY)
    )
    assert front.standfirst == "Islanders have asked for more crossings since the bridge closed to lorries"
    assert front.byline is not None
    assert (front.byline.authors, front.byline.agencies) == (("Karen Holm",), ("AFP",))


def test_a_post_inside_the_story_dates_nothing():
    """The author and day below an embedded post stay where they are."""
    post = "— Karen Holm (@karenholm) January 22, 2024"
    front = read_page(
        f"<html lang=en><body><h1>Ferry to run every half hour from June</h1><p>By Ann Berg May 3, 2024</p>"
        f"<p>{STORY[0]}</p>"
        f"<p>The mayor answered with these words</p><blockquote><p>We row. Always did.</p>{post}</blockquote>"
        f"<p>{STORY[1]}</p><p>{STORY[2]}</p>"
    )
    assert front.published == "2024-05-03"
    assert "published" not in {name for index, name in front.moved.items() if index > 2}


def test_a_cookie_note_is_no_headline():
    """What asks the reader for something gives way to the next line that could be the headline."""
    note = "Sign in or subscribe to keep reading without limits"
    page = Page(tuple(Block(i, line) for i, line in enumerate(("News", note, *HEAD, *STORY))))
    verdicts = tuple(
        Verdict(v.block, Action.DROP, Reason.PAYWALL, 0.1) if v.block.text == note else v for v in verdicts_of(page)
    )
    assert read_front_matter(page, verdicts, Options()).title == HEAD[0]


def test_a_date_label_or_a_path_of_sections_is_no_headline():
    """ "Last updated: 5 hours ago" and "Home > News > Sea" stand where headlines stand."""
    assert read_text("Home > News > Sea", HEAD[0], "Last updated: 5 hours ago", HEAD[2], *STORY).title == HEAD[0]


def test_a_caption_with_a_day_gives_way_to_the_date_line():
    """The day in a caption is that of the picture."""
    caption = (
        "The old ferry, left, passes the new one at the pier of the northern island in the early morning of Thursday, "
        "April 27, 2023"
    )
    front = read_text(HEAD[0], caption, "By Karen Holm - Friday, April 28, 2023", *STORY)
    assert front.published == "2023-04-28"


@pytest.mark.parametrize(
    ("line", "story", "published"),
    [
        (
            "09/06/2026 14h20",
            "O prefeito disse que a ponte não abre antes de junho, e que uma parte das obras ficou",
            "06-09",
        ),
        (
            "09/06/2026 14:20",
            "Le maire a dit que le pont ne sera pas ouvert avant le mois de juin pour les camions",
            "06-09",
        ),
        (
            "09/06/2026 14:20",
            "The mayor said that the bridge will not be open for lorries before the end of the year",
            "09-06",
        ),
    ],
)
def test_the_words_of_a_story_tell_the_order_of_day_and_month(line, story, published):
    """Where nobody says the language, the small words of the story do; English alone leaves the order open."""
    story = story + ", " + story + "."
    front = read_text("Ponte 9 fica fechada", line, story, keep=(story,))
    assert front.published == f"2026-{published}T14:20"
    assert front.date_ambiguous == story.startswith("The")


@pytest.mark.parametrize(("line", "authors"), [("村井千夏", ("村井千夏",)), ("国際報道", ()), ("政治部門局", ())])
def test_a_bare_name_in_characters_stands_between_headline_and_date(line, authors):
    """Four characters beside the date line are a name, unless they name a section."""
    story = (
        "橋は1932年に完成した長さ184メートルの鉄橋で、川面からの高さは41メートルある。"
        "列車が走らなくなってからは立ち入り禁止となっていた。"
    )
    front = read_text(
        "鉄橋、歩いて渡れる橋に来春開通へ 地元の高校生が設計に参加", line, "2026年2月14日 6時00分", story, keep=(story,)
    )
    assert (front.byline.authors if front.byline else ()) == authors


@pytest.mark.parametrize(
    ("mode", "byline", "opening"),
    [
        ("normalize", "By Karen Holm (AP)", "COPENHAGEN, May 3 (AP) — The ferry"),
        ("keep", "Written by KAREN HOLM, Associated Press", "Copenhagen, May 3 (AP) - The ferry"),
        ("drop", "", "The ferry"),
    ],
)
def test_byline_and_dateline_are_written_as_asked(mode, byline, opening):
    """`--byline` and `--dateline` normalize, keep what was printed, or leave it out."""
    text = "\n\n".join(
        (
            HEAD[0],
            "Written by KAREN HOLM, Associated Press",
            HEAD[3],
            f"Copenhagen, May 3 (AP) - {STORY[0]}",
            *STORY[1:],
        )
    )
    article = clean(text, options=Options(as_="text", force=True, byline=mode, dateline=mode))
    assert article.text.startswith(opening)
    assert byline in str(article)
    assert bool(byline) == ("karen holm" in str(article).casefold())


@pytest.mark.parametrize(("line", "ambiguous"), [("Published 05/04/2024", True), ("Published 25/04/2024", False)])
def test_the_article_says_when_a_date_stayed_ambiguous(line, ambiguous):
    """`date_ambiguous` is part of the data, with the source of every field."""
    article = clean("\n\n".join((HEAD[0], "By Karen Holm", line, *STORY)), options=Options(as_="text", force=True))
    fields = article.to_dict()
    assert fields["date_ambiguous"] is ambiguous
    assert fields["sources"]["published"] == "visible"


@pytest.mark.parametrize("line", [line for line in read_table("function.txt").splitlines() if not line.startswith("#")])
def test_every_language_is_told_by_its_small_words(line):
    """The words listed for a language tell that language and no other."""
    code, _, words = line.partition(":")
    assert guess_language([" ".join(word.strip() for word in words.split("|"))]) == code


@pytest.mark.parametrize("name", ["article-lead", "intro", "teaser-text"])
def test_a_first_paragraph_named_lead_stays_in_the_story(name):
    """What the judge keeps and nothing but a class calls a standfirst is told nowhere else on most pages."""
    front = read_page(
        html_page("", f'<h1>{HEAD[0]}</h1><p>By Karen Holm</p><p class="{name}">{STORY[0]}</p>').replace(
            f"<p>{STORY[0]}</p>", "", 1
        )
    )
    assert front.standfirst is None
    assert "standfirst" not in front.moved.values()


LONG = (
    "The board expects that the timetable will cost four million crowns a year, most of it for fuel, less for wages.",
    "Until now the passengers had to wait for as long as three hours, and many took the longer way over the bridges.",
)
"""Paragraphs long enough to be known as prose by their length."""


def moved_of_sure(*lines: str, keep: tuple[str, ...]) -> dict[int, str]:
    """List what is moved of a text whose judge is sure of every line."""
    page = Page(tuple(Block(index, line) for index, line in enumerate(lines)))
    verdicts = tuple(
        Verdict(v.block, v.action, v.reason, 0.99 if v.action is Action.KEEP else 0.01) for v in verdicts_of(page, keep)
    )
    return dict(read_front_matter(page, verdicts, Options()).moved)


def test_prose_between_a_paragraph_and_the_credits_makes_it_the_story():
    """The day of a comment further down does not make a standfirst of the first paragraph."""
    moved = moved_of_sure(HEAD[0], *LONG, "karen_h", "2012-03-23 22:27", *STORY, keep=(*LONG, *STORY))
    assert "standfirst" not in moved.values()


def test_rows_with_a_year_are_no_credits():
    """Used cars below the first paragraph do not move the start of the story, and a headline, below them."""
    cars = ("Octavia 2.0 diesel, made 2016", "Fabia 1.2 petrol, made 2017")
    inner = "How did the two islands end up with one ferry between them for thirty years?"
    assert moved_of_sure(LONG[0], *cars, inner, LONG[1], *STORY, keep=(*LONG, inner, *STORY)) == {}


@pytest.mark.parametrize(
    "way",
    [
        "Home / Harbour / Ferry to run every half hour from June",
        "Island PostFerry to run every half hour from June",
        "Island Post | Island Post | News | Ferry to run every half hour from June",
    ],
)
def test_of_the_way_to_a_headline_and_the_headline_the_latter_is_taken(way):
    """Breadcrumbs of flattened pages end with the headline that follows a line or two below."""
    front = read_text(way, "8 March 2025", "Ferry to run every half hour from June", *STORY)
    assert front.title == "Ferry to run every half hour from June"


def test_the_second_half_of_a_headline_is_not_taken_for_it():
    """A heading of the story may repeat what stands behind the colon."""
    title = "The half-hourly ferry: What the new timetable means"
    assert read_text(title, "By Ada Rossi", "What the new timetable means", *STORY).title == title


def test_a_visible_headline_loses_the_name_that_the_address_has():
    """The `<title>` of a flattened page is the headline and the name of the site."""
    url = "https://www.island-post.example/ferry-half-hour"
    front = read_text("Ferry to run every half hour from June – Island Post", "8 March 2025", *STORY, url=url)
    assert front.title == "Ferry to run every half hour from June"


@pytest.mark.parametrize(
    "title",
    [
        "Von Kiel bis Aachen: Was die Fähre jede halbe Stunde ändert",
        "Por qué la barca sale cada media hora desde junio",
        "Di Maio: «Il traghetto ogni mezz'ora è una vittoria»",
        "De Wever laat de veerboot elk half uur varen",
        "By the numbers: a ferry every half hour",
    ],
)
def test_a_headline_may_begin_like_a_byline(title):
    """ "Von", "por", "di" and "de" begin many a headline of flattened text."""
    front = read_text("Home", "Sport", title, "Ada Rossi", "8 March 2025", *STORY)
    assert front.title == title


def test_a_subheading_that_repeats_the_headline_stays():
    """Below the story's first paragraph a line that ends with the headline is a part of the story."""
    front = read_text(HEAD[0], *HEAD[2:], STORY[0], f"After long talks: {HEAD[0]}", *STORY[1:])
    assert dict(front.moved) == {0: "title", 1: "byline", 2: "published"}


@pytest.mark.parametrize(
    "inner",
    [
        "How did the two islands end up with one ferry between them for thirty years?",
        "Boats for the northern island are built here",
        "Key points of the new ferry timetable",
    ],
)
def test_a_heading_within_a_body_alone_is_no_headline(inner):
    """Corpora keep the headline elsewhere; a heading of the story does not take its place."""
    moved = moved_of_sure("Published 11 Dec 2025", LONG[0], STORY[2], inner, *STORY[:2], keep=(*LONG, inner, *STORY))
    assert moved == {0: "published"}


def test_a_dateline_is_found_though_a_line_above_the_headline_was_kept():
    """The paragraphs whose heads are read for a dateline stand below the headline."""
    prompt = "You find all that you saved in your own part of the page, under the heart."
    notes = (prompt, "Saved just now", "All of it is yours")
    story = ("COPENHAGEN (AP) – " + STORY[0], *STORY[1:])
    front = read_text(*notes, *HEAD, *story, keep=(*notes, *STORY))
    assert front.dateline is not None
    assert front.dateline.place == "COPENHAGEN"


def test_who_is_said_to_have_written_a_page_wins_over_declared_people_that_it_does_not_show():
    """Pages declare the owner of the site or the author of a recipe where the line below the headline has others."""
    declared = Declared(authors=(Claim("Site Owner", "json-ld"), Claim("Site Owner", "meta")))
    front = read_text("Ferry to run every half hour from June", "By Ada Rossi", *STORY, declared=declared)
    assert front.byline is not None
    assert front.byline.authors == ("Ada Rossi",)
    front = read_text(
        "Ferry to run every half hour from June",
        "By Ada Rossi",
        *STORY,
        "Site Owner runs this site.",
        declared=declared,
    )
    assert front.byline is not None
    assert front.byline.authors == ("Site Owner",)
    both = Declared(authors=(Claim("Recipe Cook", "json-ld"), Claim("Ada Rossi", "og")))
    front = read_text(
        "Ferry to run every half hour from June", "By Ada Rossi", *STORY, "Recipe Cook stirs.", declared=both
    )
    assert front.byline is not None
    assert front.byline.authors == ("Ada Rossi",)


def people_of(front: FrontMatter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is credited: authors and agencies."""
    return (front.byline.authors, front.byline.agencies) if front.byline else ((), ())


HEADLINE = "Ferry to run every half hour from June"


@pytest.mark.parametrize(
    ("language", "line", "authors"),
    [
        ("ro", "A consemnat Ioana Dragomir", ("Ioana Dragomir",)),
        ("pl", "autorka: Joanna Zielińska", ("Joanna Zielińska",)),
        ("de", "Das Gespräch führte Jonas Petermann.", ("Jonas Petermann",)),
        ("vi", "Nguyễn Thị Mai – Hoàng Nam", ("Nguyễn Thị Mai", "Hoàng Nam")),
        ("vi", "Nguyễn Thị Mai", ("Nguyễn Thị Mai",)),
        ("de", "Artikel mit Freunden teilen:", ()),
        ("en", "Harbour Timetable", ()),
    ],
)
def test_the_last_line_of_a_story_may_credit_it(language, line, authors):
    """Interviews, wire desks and Vietnamese papers name the author below the last paragraph."""
    front = read_text(HEADLINE, "8/3/2025", *STORY, line, keep=(*STORY, line), options=Options(language=language))
    assert people_of(front)[0] == authors
    assert (front.moved.get(5) == "byline") is bool(authors)


@pytest.mark.parametrize(
    ("tail", "authors", "agencies"),
    [
        (" (APA)", (), ("APA",)),
        (" (©NTB)", (), ("NTB",)),
        (" (APA, Elfriede Zechmeister, 26.1.2025)", ("Elfriede Zechmeister",), ("APA",)),
        ("【佐々木由美、中村健太】", ("佐々木由美", "中村健太"), ()),
        (" (more on page 4)", (), ()),
        (" (Foto: Ada Rossi/dpa)", (), ()),
    ],
)
def test_brackets_behind_the_last_sentence_may_credit_a_story(tail, authors, agencies):
    """The paragraph that they end stays as it is."""
    last = STORY[2] + tail
    options = Options(language="ja" if tail[0] == "【" else None)
    front = read_text(HEADLINE, "8 March 2025", *STORY[:2], last, keep=(*STORY[:2], last), options=options)
    assert people_of(front) == (authors, agencies)
    assert 4 not in front.moved


@pytest.mark.parametrize(
    ("language", "line", "authors", "agencies"),
    [
        ("cs", "17. února 2020 5:00 | Otakar Kovařík, komentátor", ("Otakar Kovařík",), ()),
        ("tr", "Kaynak: İHA Muhabir: Sevda Altınok Yayınlanma: 06.08.2024 - 21:14", ("Sevda Altınok",), ("İHA",)),
        ("fa", "کد خبر: ۴۱۲۲۰۸ | خبرنگار: زهرا موسوی", ("زهرا موسوی",), ()),
        ("en", "8 March 2025 | Harbour news", (), ()),
    ],
)
def test_a_line_of_dates_and_codes_may_name_the_author_too(language, line, authors, agencies):
    """Portals print everything that they know about a story on one line."""
    front = read_text(HEADLINE, line, *STORY, options=Options(language=language))
    assert people_of(front) == (authors, agencies)


def test_a_sentence_of_the_story_with_by_in_it_is_no_byline():
    """A date and "led by" do not make one."""
    said = "The board raised the money on June 14, 2022, led by Harbour Street."
    assert people_of(read_text(HEADLINE, STORY[0], said, *STORY[1:], keep=(*STORY, said))) == ((), ())


def test_who_reviewed_a_page_is_not_its_author():
    """Some pages declare their reviewer as author where a line names another."""
    declared = Declared(authors=(Claim("Gus Delacroix", "json-ld"),))
    front = read_text(HEADLINE, "Author Abbie Lind", "Reviewed by Gus Delacroix", *STORY, declared=declared)
    assert people_of(front)[0] == ("Abbie Lind",)
