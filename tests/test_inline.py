"""Links, emphasis and images: what is read of a page, and that the Markdown says it and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import newsclean
from newsclean.cli import main
from newsclean.inline import Image, Mark, Span, shifted
from newsclean.model import Action, Article, Block, Declared, Kind, Paragraph, Reason, Verdict
from newsclean.options import Options
from newsclean.pictures import story_images
from newsclean.reading import read
from newsclean.reading.addresses import FOLLOWED, WEB, absolute
from newsclean.writing.controls import one_line
from newsclean.writing.inline import write_image, write_inline
from newsclean.writing.markdown import write_markdown

URL = "https://news.example/2020/05/07/bridge.html"
ALL = Options(links=True, emphasis=True, images=True, force=True)
PARSER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
MARKS = {
    "link_open": Mark.LINK,
    "strong_open": Mark.STRONG,
    "em_open": Mark.EMPHASIS,
    "s_open": Mark.STRIKE,
}


def parsed(markdown: str) -> tuple[str, set[tuple[Mark, int]], list[tuple[str, int, int]]]:
    """The words a parser reads, which of their characters it marks how, and where each link leads and stands."""
    (inline,) = [token for token in PARSER.parse(markdown) if token.type == "inline"]
    text = ""
    marked: set[tuple[Mark, int]] = set()
    around: list[tuple[Mark, int]] = []
    links: list[tuple[str, int, int]] = []
    for token in inline.children:
        if token.type in MARKS:
            around.append((MARKS[token.type], len(text)))
            if token.type == "link_open":
                links.append((unquote(token.attrs["href"]), len(text), -1))
        elif token.type.endswith("_close"):
            mark, start = around.pop()
            marked |= {(mark, at) for at in range(start, len(text))}
            if mark is Mark.LINK:
                links[-1] = (*links[-1][:2], len(text))
        elif token.type == "code_inline":
            marked |= {(Mark.CODE, at) for at in range(len(text), len(text) + len(token.content))}
            text += token.content
        else:
            assert token.type == "text", token
            text += token.content
    assert not around
    return text, marked, links


# Markdown


@pytest.mark.parametrize(
    ("text", "spans", "written"),
    [
        ("a b c", [(2, 3, Mark.STRONG)], "a **b** c"),
        ("a b c", [(1, 4, Mark.EMPHASIS)], "a *b* c"),
        ("a b c", [(0, 5, Mark.STRONG), (2, 3, Mark.EMPHASIS)], "**a *b* c**"),
        ("ab", [(0, 2, Mark.STRONG), (0, 2, Mark.EMPHASIS)], "***ab***"),
        ("ab", [(0, 1, Mark.STRONG), (1, 2, Mark.STRONG)], "**ab**"),
        ("ab", [(0, 2, Mark.STRONG), (1, 2, Mark.STRONG)], "**ab**"),
        ("ab", [(0, 1, Mark.STRONG), (1, 2, Mark.EMPHASIS)], "**a**b"),
        ("Wort", [(0, 1, Mark.STRONG)], "**W**ort"),
        ("“no”body", [(0, 4, Mark.STRONG)], "**“no**”body"),
        ("他说“好”了", [(2, 5, Mark.STRONG)], "他说“**好**”了"),
        ("a — b", [(2, 3, Mark.EMPHASIS)], "a *—* b"),
        ("a—b", [(1, 2, Mark.EMPHASIS)], "a—b"),
        ("say a_b", [(4, 7, Mark.CODE)], "say `a_b`"),
        ("say a_b", [(6, 7, Mark.STRONG)], "say a\\_**b**"),
        ("`", [(0, 1, Mark.CODE)], "`` ` ``"),
        ("a``b", [(0, 4, Mark.CODE)], "`a``b`"),
        ("old news", [(0, 3, Mark.STRIKE)], "~~old~~ news"),
        ("a   ", [(1, 3, Mark.STRONG)], "a   "),
        ("ab", [(0, 9, Mark.STRONG)], "**ab**"),
        ("abcd", [(0, 2, Mark.STRONG), (1, 4, Mark.EMPHASIS)], "**a*b***cd"),
    ],
)
def test_emphasis_stands_where_a_parser_sees_it(text, spans, written):
    assert write_inline(text, [Span(*span) for span in spans]) == written
    assert parsed(written)[0] == text.strip()


@pytest.mark.parametrize(
    ("text", "link", "written"),
    [
        ("see it now", (4, 6, "https://a.example/"), "see [it](https://a.example/) now"),
        ("wow!it", (4, 6, "https://a.example/"), "wow\\![it](https://a.example/)"),
        ("[1]", (0, 3, "https://a.example/"), "[\\[1\\]](https://a.example/)"),
        ("it", (0, 2, "https://a.example/x (1)"), "[it](https://a.example/x%20\\(1\\))"),
        ("it", (0, 2, "https://a.example/?a=1&lt;=2&b"), "[it](https://a.example/?a=1\\&lt;=2&b)"),
        ("it", (0, 2, 'https://a.example/"<>`|\\^'), "[it](https://a.example/%22%3C%3E%60%7C%5C%5E)"),
        ("it", (0, 2, "https://a.example/\u202e\u00a0č"), "[it](https://a.example/%E2%80%AE%C2%A0č)"),
    ],
)
def test_links_lead_where_they_led(text, link, written):
    start, end, address = link
    assert write_inline(text, [Span(start, end, Mark.LINK, address)]) == written
    read_back, _, links = parsed(written)
    assert read_back == text
    assert links == [(unquote(address), start, end)]


def test_emphasis_around_a_whole_link_stands_inside_it():
    spans = [Span(1, 3, Mark.STRONG), Span(1, 3, Mark.LINK, "https://a.example/")]
    assert write_inline("aitb", spans) == "a[**it**](https://a.example/)b"


def test_code_around_a_link_gives_way_to_it():
    spans = [Span(0, 5, Mark.CODE), Span(0, 2, Mark.LINK, "https://a.example/")]
    assert write_inline("it is", spans) == "[it](https://a.example/) is"


def test_an_image_has_its_words_and_its_place():
    assert write_image("https://a.example/a(1).jpg", "[a] *b*") == "![\\[a\\] \\*b\\*](https://a.example/a\\(1\\).jpg)"


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]()#+-.!<>&|~=:;1 ab\"'“”，。—€ "), st.characters(exclude_categories=["Cs", "Cc"])
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: one_line(text) == text)
ADDRESSES = st.text(st.one_of(st.sampled_from("()[]<> \"'`\\|&;*_~%ab"), st.characters(exclude_categories=["Cs"])))


def nested(draw, low: int, high: int, edges: list[int], depth: int = 0) -> list[Span]:
    """Spans as elements nest them, outer ones first, between some of the places of a text."""
    spans = []
    while depth < 5 and draw(st.booleans()):
        inside = [edge for edge in edges if low <= edge <= high]
        if len(inside) < 2:
            break
        start = draw(st.sampled_from(inside[:-1]))
        end = draw(st.sampled_from([edge for edge in inside if edge > start]))
        mark = draw(st.sampled_from(list(Mark)))
        address = f"https://a.example/{draw(ADDRESSES)}" if mark is Mark.LINK else ""
        spans += [Span(start, end, mark, address), *nested(draw, start, end, edges, depth + 1)]
        low = end
    return spans


def outermost_links(text: str, spans: list[Span]) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for span in spans:
        said = text[span.start : span.end]
        start, end = span.start + len(said) - len(said.lstrip()), span.end - len(said) + len(said.rstrip())
        if span.mark is Mark.LINK and start < end and not (found and start < found[-1][2]):
            found.append((unquote(span.address), start, end))
    return found


def joined(links: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The links with those made one that touch and lead to one place."""
    found: list[tuple[str, int, int]] = []
    for address, start, end in links:
        if found and (found[-1][0], found[-1][2]) == (address, start):
            found[-1] = (address, found[-1][1], end)
        else:
            found.append((address, start, end))
    return found


@given(st.data(), HOSTILE)
def test_any_text_with_any_spans_reads_back(data, text):
    spans = nested(data.draw, 0, len(text), list(range(len(text) + 1)))
    read_back, marked, links = parsed(write_markdown(article(Paragraph(text, spans=tuple(spans)))))
    assert read_back == text
    assert marked <= {(span.mark, at) for span in spans for at in range(span.start, span.end)}
    assert joined(links) == joined(outermost_links(text, spans))


@given(st.data(), HOSTILE)
def test_spans_that_overlap_change_no_word(data, text):
    ends = st.integers(-2, len(text) + 2)
    spans = data.draw(st.lists(st.builds(Span, ends, ends, st.sampled_from(Mark), st.just("https://a.example/"))))
    assert parsed(write_markdown(article(Paragraph(text, spans=tuple(spans)))))[0] == text


@given(st.data())
def test_among_plain_words_every_span_is_written(data):
    words = data.draw(st.lists(st.sampled_from(["ab", "c", "čaj", "新闻"]), min_size=1, max_size=6))
    text = " ".join(words)
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == " "), len(text)]
    spans = [
        replace(span, end=len(text[: span.end].rstrip()))
        for span in nested(data.draw, 0, len(text), starts)
        if span.mark is not Mark.CODE
    ]
    read_back, marked, _ = parsed(write_inline(text, spans))
    assert read_back == text
    assert marked == {(span.mark, at) for span in spans for at in range(span.start, span.end)}


def article(*paragraphs: Paragraph, images: tuple[Image, ...] = (), **fields) -> Article:
    empty = dict.fromkeys(["title", "standfirst", "byline", "dateline", "published", "updated", "language", "url"])
    return Article(**{**empty, **fields}, paragraphs=paragraphs, verdicts=(), page_declared=Declared(), images=images)


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.LIST_ITEM, Kind.QUOTE])
@given(data=st.data(), text=HOSTILE)
def test_marked_words_read_back_wherever_they_stand(kind, data, text):
    spans = nested(data.draw, 0, len(text), list(range(len(text) + 1)))
    written = write_markdown(
        article(Paragraph("- " * (kind is Kind.LIST_ITEM) + text, kind, 2, spans_from(spans, kind)))
    )
    assert parsed(written)[0] == text


def spans_from(spans: list[Span], kind: Kind) -> tuple[Span, ...]:
    by = 2 * (kind is Kind.LIST_ITEM)
    return tuple(replace(span, start=span.start + by, end=span.end + by) for span in spans)


@given(data=st.data(), cells=st.lists(HOSTILE.filter(lambda text: " | " not in f" {text} "), min_size=2, max_size=3))
def test_marked_cells_read_back(data, cells):
    text = " | ".join(cells)
    spans = nested(data.draw, 0, len(text), list(range(len(text) + 1)))
    row = Paragraph(text, Kind.TABLE_ROW, spans=tuple(spans))
    tokens = PARSER.parse(write_markdown(article(row, replace(row, spans=()))))
    read_back = [
        "".join(child.content for child in token.children if child.type in {"text", "code_inline"})
        for token in tokens
        if token.type == "inline"
    ]
    assert [cell.strip() for cell in read_back] == [*cells, *cells]


def test_headings_are_not_emphasised_twice():
    whole, part = Span(0, 8, Mark.STRONG), Span(0, 3, Mark.EMPHASIS)
    assert write_markdown(article(Paragraph("The rest", Kind.HEADING, 2, (whole, part)))) == "## *The* rest\n"


def test_images_stand_before_their_paragraph_and_break_no_list():
    items = [Paragraph("one", Kind.LIST_ITEM, 1), Paragraph("two", Kind.LIST_ITEM, 1)]
    images = tuple(Image(f"https://a.example/{n}.jpg", str(n), n) for n in range(4))
    written = write_markdown(article(Paragraph("Words."), *items, images=images))
    pictures = [f"![{n}](https://a.example/{n}.jpg)" for n in range(4)]
    assert written == (f"{pictures[0]}\n\nWords.\n\n{pictures[1]}\n\n- one\n- two\n\n{pictures[2]}\n\n{pictures[3]}\n")


def test_spans_follow_the_words_when_the_head_of_a_text_is_another():
    spans = (Span(0, 4, Mark.STRONG), Span(3, 8, Mark.LINK, "https://a.example/"), Span(9, 10, Mark.CODE))
    assert shifted(spans, 5, 2) == (Span(2, 5, Mark.LINK, "https://a.example/"), Span(6, 7, Mark.CODE))


# Reading

BODY = (
    "<p>The council of Larn said on Tuesday that the {0} over the river would open to traffic after years of work.</p>"
    "<p>Engineers had found cracks in the piers, and the money ran out twice before the region stepped in to help.</p>"
)


def page_of(inline: str, head: str = "", more: str = "") -> str:
    body = BODY.format(inline)
    return f"<html><head>{head}</head><body><article><h1>A bridge</h1>{body}{more}</article></body></html>"


def spans_of(
    inline: str, head: str = "", *, url: str | None = URL, options: Options = ALL
) -> list[tuple[str, str, str]]:
    page = read(page_of(inline, head), url=url, options=options)
    return [
        (str(span.mark), page.blocks[block].text[span.start : span.end], span.address)
        for block, spans in sorted(page.spans.items())
        for span in spans
    ]


@pytest.mark.parametrize(
    ("inline", "found"),
    [
        ("<b>bridge</b>", [("strong", "bridge", "")]),
        ("<strong> bridge </strong>", [("strong", "bridge", "")]),
        ("<em>br<code>id</code>ge</em>", [("emphasis", "bridge", ""), ("code", "id", "")]),
        ("<del>bridge</del>", [("strike", "bridge", "")]),
        ("<b></b><i> </i>bridge", []),
        ("<b>br<i>id</b>ge</i>", [("strong", "brid", ""), ("emphasis", "id", ""), ("emphasis", "ge", "")]),
        ('<b style="font-weight: normal">bridge</b>', []),
        ("<span>bridge</span>", []),
        ("<a>bridge</a>", []),
        (
            "<a href='/b?x=1&amp;utm_source=y'>bridge</a>",
            [("link", "bridge", "https://news.example/b?x=1&utm_source=y")],
        ),
        (
            "<a href='b'><b>bri</b>dge</a>",
            [("link", "bridge", "https://news.example/2020/05/07/b"), ("strong", "bri", "")],
        ),
        ("<a href='x'><img src='y'></a>bridge", []),
        ("<script>'<b>'</script><b>bridge</b>", [("strong", "bridge", "")]),
        ("<b>bri<script>x</script>dge</b>", [("strong", "bridge", "")]),
        ("<b>br\u00adidge\u202e</b>", [("strong", "bridge", "")]),
        ("<b>br\u200bidge\u200b</b>\u200b", [("strong", "bridge", "")]),
        ("\U000f0000<b>bri\U000f0001dge</b>", [("strong", "bri\U000f0001dge", "")]),
        ("<b>x<p>bridge</p>y</b>", [("strong", "x", ""), ("strong", "bridge", ""), ("strong", "y", "")]),
    ],
)
def test_what_a_page_marks_is_found(inline, found):
    assert spans_of(inline) == found


def test_reading_it_changes_nothing_else():
    inline = (
        "<b>bri<br><br>dge</b> <a href='x'><p>that</p></a><table><tr><td><b>a</b></td><td><i>b</i></td></tr></table>"
    )
    plain, marked = (read(page_of(inline), url=URL, options=options) for options in (Options(), ALL))
    assert replace(marked, spans={}, images=()) == plain
    assert not plain.spans
    assert marked.spans


@pytest.mark.parametrize(
    ("options", "marks"),
    [
        (Options(links=True), {"link"}),
        (Options(emphasis=True), {"strong"}),
        (Options(images=True), set()),
    ],
)
def test_only_what_is_asked_for_is_read(options, marks):
    assert {mark for mark, *_ in spans_of("<a href='x'><b>bridge</b></a>", options=options)} == marks


@pytest.mark.parametrize(
    ("address", "base", "full"),
    [
        ("b.html", URL, "https://news.example/2020/05/07/b.html"),
        ("/b#c", URL, "https://news.example/b#c"),
        ("?page=2", URL, f"{URL}?page=2"),
        ("#notes", URL, f"{URL}#notes"),
        ("//cdn.example/x", URL, "https://cdn.example/x"),
        ("//cdn.example/x", "", "https://cdn.example/x"),
        ("HTTPS://A.example/", "", "HTTPS://A.example/"),
        (" https://a.example/\n", "", "https://a.example/"),
        ("mailto:a@b.example", "", "mailto:a@b.example"),
        ("tel:+420123", "", "tel:+420123"),
        ("b.html", "", ""),
        ("", URL, ""),
        ("#", URL, ""),
        ("javascript:alert(1)", URL, ""),
        ("JaVa\n\tscript:alert(1)", URL, ""),
        ("\x01javascript:alert(1)", URL, ""),
        ("vbscript:x", URL, ""),
        ("data:text/html,<b>", URL, ""),
        ("blob:https://a.example/1", URL, ""),
        ("file:///etc/passwd", URL, ""),
        ("about:blank", URL, ""),
        ("mailto:", URL, ""),
        ("http://", URL, ""),
        ("http:///x", URL, ""),
        ("https:x", URL, ""),
        ("//[", URL, ""),
        (f"/{'x' * 5000}", URL, ""),
    ],
)
def test_addresses_are_absolute_and_safe_or_none(address, base, full):
    assert absolute(address, base, FOLLOWED) == full


def test_images_come_from_the_web_alone():
    assert absolute("mailto:a@b.example", URL, WEB) == ""


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ("", URL, "https://news.example/2020/05/07/b"),
        ("<base href='/x/'>", URL, "https://news.example/x/b"),
        ("<base href='https://a.example/x/'>", None, "https://a.example/x/b"),
        ("<base href='javascript:'>", URL, "https://news.example/2020/05/07/b"),
        ("<link rel=canonical href='https://a.example/y/z'>", None, "https://a.example/y/b"),
        ("", None, None),
    ],
)
def test_relative_addresses_start_where_the_page_says(head, url, address):
    expected = [("link", "bridge", address)] if address else []
    assert spans_of("<a href='b'>bridge</a>", head, url=url) == expected


def test_a_tree_that_is_held_already_gives_the_same():
    html = page_of("<a href='b'>bridge</a>")
    soup = BeautifulSoup(html, "html.parser")
    assert read(soup, url=URL, options=ALL).spans == read(html, url=URL, options=ALL).spans != {}


def test_a_text_keeps_what_it_has():
    text = "The [bridge](https://a.example/) *opened* on Tuesday, and nobody knows why it took so long."
    page = read(text, url=URL, options=ALL)
    assert (page.spans, page.images) == ({}, ())
    assert page.blocks[0].text == text


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("<img src='a.jpg'>", "https://news.example/2020/05/07/a.jpg"),
        ("<img src='a.jpg' width=1 height=1>", None),
        ("<img src='a.jpg' width='100%'>", "https://news.example/2020/05/07/a.jpg"),
        ("<img src='data:image/gif;base64,R0' data-src='/b.jpg'>", "https://news.example/b.jpg"),
        ("<img src='/blank.gif' data-original='/b.jpg'>", "https://news.example/b.jpg"),
        ("<img srcset='/s.jpg 300w, /l,1.jpg 1200w'>", "https://news.example/l,1.jpg"),
        ("<img srcset='/s.jpg, /l.jpg 2x'>", "https://news.example/l.jpg"),
        ("<img src='javascript:x'>", None),
        ("<img>", None),
        ("<noscript><img src='a.jpg'></noscript>", None),
        ("<picture><source srcset='x.webp'><img src='a.jpg'></picture>", "https://news.example/2020/05/07/a.jpg"),
    ],
)
def test_an_image_is_where_the_page_has_it(image, address):
    page = read(page_of("bridge", more=f"<figure>{image}</figure>"), url=URL, options=ALL)
    assert [found.address for found in page.images] == ([address] if address else [])


# The story's images


def verdicts_of(actions: str) -> list[Verdict]:
    """k kept, d dropped, c dropped as a caption, t moved to the title, b to the byline."""
    kinds = {
        "k": (Action.KEEP, None, None),
        "d": (Action.DROP, Reason.RELATED, None),
        "c": (Action.DROP, Reason.CAPTION, None),
        "t": (Action.MOVE, None, "title"),
        "b": (Action.MOVE, None, "byline"),
    }
    return [
        Verdict(Block(place, "x"), action, reason, 0.5, field)
        for place, (action, reason, field) in enumerate(kinds[letter] for letter in actions)
    ]


@pytest.mark.parametrize(
    ("actions", "place", "around", "found"),
    [
        ("tkk", 2, (0, 3), 1),  # between two paragraphs
        ("tkk", 1, (0, 3), 0),  # below the title
        ("tkck", 2, (2, 3), 1),  # with a caption of its own
        ("tkdk", 2, (2, 3), None),  # with a card of another story
        ("tkdk", 2, (0, 4), None),  # beside it
        ("tbk", 1, (1, 2), None),  # the author's face
        ("dtkk", 0, (0, 4), None),  # above the story
        ("tkkd", 4, (3, 4), None),  # below it
        ("tkc", 2, (2, 3), 1),  # at its end, with a caption
        ("dd", 1, (0, 2), None),
    ],
)
def test_images_among_what_is_kept_are_the_story_s(actions, place, around, found):
    images = [Image("https://a.example/1.jpg", "", place, around)] * 2
    kept = story_images(images, verdicts_of(actions))
    assert [image.place for image in kept] == ([] if found is None else [found])


# The whole way

STORY = page_of(
    "<a href='/works'><b>bridge</b></a>",
    "<title>A bridge</title>",
    "<figure><img src='/b.jpg' alt='The bridge'><figcaption>The bridge in May</figcaption></figure>"
    + BODY.format("ferry"),
)


def test_a_page_becomes_markdown_with_what_was_asked_for():
    rich = write_markdown(newsclean.clean(STORY, url=URL, options=ALL))
    assert "said on Tuesday that the [**bridge**](https://news.example/works) over" in rich
    assert "\n\n![The bridge](https://news.example/b.jpg)\n\n" in rich
    plain = newsclean.clean(STORY, url=URL, options=Options(force=True))
    assert not {"](", "**"} & set(write_markdown(plain))
    assert "news.example/works" not in write_markdown(plain)
    assert newsclean.clean(STORY, url=URL, options=ALL).to_dict() == plain.to_dict()


def test_a_dateline_in_normal_form_leaves_links_where_they_were():
    story = STORY.replace("<p>The council", "<p><b>Larn, May 6 (CTK)</b> - <i>The</i> council", 1)
    written = write_markdown(newsclean.clean(story, url=URL, options=ALL))
    assert "LARN, May 6 (ČTK) — *The* council of Larn said on Tuesday that the [**bridge**](https" in written


def test_who_asks_for_none_of_it_loads_none_of_it():
    program = (
        "import sys, newsclean; newsclean.clean(sys.stdin.read(), options=newsclean.Options(force=True)); "
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=STORY, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "newsclean.reading.html" in loaded
    assert not {"newsclean.reading.inline", "newsclean.writing.inline"} & set(loaded)


def run(*args: str):
    return CliRunner().invoke(main, args, prog_name="newsclean")


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(STORY, encoding="utf-8")
    return "page.html"


def test_the_command_writes_them_in_markdown(page):
    done = run("-f", "markdown", "--links", "--emphasis", "--images", "--url", URL, "--force", page)
    assert done.stdout == write_markdown(newsclean.clean(STORY, url=URL, options=ALL))


@pytest.mark.parametrize("flag", ["--links", "--emphasis", "--images"])
def test_flags_that_would_change_nothing_are_refused(page, flag):
    done = run(flag, "--force", page)
    assert done.exit_code == 2
    assert f"{flag} is for Markdown: add -f markdown" in done.stderr


def test_a_configuration_may_ask_for_them_whatever_is_written(page, tmp_path):
    (tmp_path / "newsclean.toml").write_text("links = true\nforce = true\n")
    assert run(page).stdout == run("--config", os.devnull, "--force", page).stdout
    assert "](https://news.example/works)" in run("-f", "markdown", "--url", URL, page).stdout
    assert "](https" not in run("-f", "markdown", "--no-links", "--url", URL, page).stdout
