"""The HTML reader: what is a block, what is none, and what the walk survives."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from newsclean.errors import UnreadableSource, UsageError
from newsclean.model import Kind
from newsclean.options import Options
from newsclean.reading import read
from newsclean.reading.attributes import MOST_ATTRIBUTES, cut_attributes
from newsclean.reading.nesting import DEEPEST, MOST_ROOTS, flatten_nesting
from newsclean.reading.scripted import declared_body
from newsclean.reading.sniff import is_html
from newsclean.reading.tree import parse

HTML = Options(as_="html")


def texts(markup: str) -> list[str]:
    return [block.text for block in read(markup, url=None, options=HTML).blocks]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div>One<p>Two</p>Three</div>", ["One", "Two", "Three"]),
        ("<p>One <b>bold</b> and <a href=x>linked</a> words</p>", ["One bold and linked words"]),
        ("One<br>line<br><br>Two<br/> <br/>Three", ["One line", "Two", "Three"]),
        ("<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>", ["One", "Inner", "Two"]),
        ("<table><tr><td>Ann</td><td>12</td></tr><tr><td>Bob</td><td>9</td></tr></table>", ["Ann | 12", "Bob | 9"]),
        ("<figure><img src=x><figcaption>A dog</figcaption></figure>", ["A dog"]),
        ("<p>Seen</p><script>var a='<p>no</p>'</script><style>p{}</style>", ["Seen"]),
        ("<p>Seen</p><template><p>no</p></template><svg><text>no</text></svg>", ["Seen"]),
        ("<p>caf&eacute; &amp; more&nbsp;words</p>", ["café & more words"]),
        ("<p>Seen</p><noscript><p>Turn scripts on</p></noscript>", ["Seen"]),
        ("<noscript><p>All there is</p></noscript>", ["All there is"]),
        ("<p>unclosed<p>paragraphs<div>and a div", ["unclosed", "paragraphs", "and a div"]),
    ],
)
def test_blocks(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_layout_table_keeps_its_columns_apart() -> None:
    column = "The council met on Monday and spoke for hours about the bridge. " * 5
    found = texts(f"<table><tr><td>Menu</td><td>{column}</td><td>Advertisement</td></tr></table>")
    assert found == ["Menu", column.strip(), "Advertisement"]


def test_paragraphs_in_a_layout_table_are_no_table_rows() -> None:
    page = read("<table><tr><td><p>A paragraph.</p><p>Another.</p></td></tr></table>", url=None, options=HTML)
    assert [block.kind for block in page.blocks] == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_kinds_and_levels() -> None:
    page = read(
        "<h2>Head</h2><ul><li>a<ol><li>b</li></ol></li></ul><blockquote><p>q</p></blockquote><pre>code</pre>",
        url=None,
        options=HTML,
    )
    assert [(b.kind, b.level) for b in page.blocks] == [
        (Kind.HEADING, 2),
        (Kind.LIST_ITEM, 1),
        (Kind.LIST_ITEM, 2),
        (Kind.QUOTE, 0),
        (Kind.PREFORMATTED, 0),
    ]


@pytest.mark.parametrize(
    "attribute", ["hidden", 'aria-hidden="true"', 'style="display: none"', 'style="visibility:hidden"']
)
def test_hidden_elements_are_read_and_marked(attribute: str) -> None:
    page = read(f"<p>Seen</p><div {attribute}><p>Unseen</p></div>", url=None, options=HTML)
    assert page.layout is not None
    marked = [page.layout.hidden[element] for element in page.layout.block_element]
    assert ([block.text for block in page.blocks], marked) == (["Seen", "Unseen"], [False, True])


def test_block_ranges_of_elements_nest() -> None:
    page = read("<main><h1>T</h1><div><p>a</p><p>b</p></div></main><footer>f</footer>", url=None, options=HTML)
    layout = page.layout
    assert layout is not None
    inside = {layout.tags[e]: (layout.first_block[e], layout.end_block[e]) for e in range(len(layout.tags))}
    assert (inside["main"], inside["div"], inside["footer"]) == ((0, 3), (1, 3), (3, 4))


def test_a_soup_and_a_tag_are_read_as_their_markup_is() -> None:
    markup = "<html><body><nav>Menu</nav><div id=a><p>One</p><p>Two &amp; three</p></div></body></html>"
    soup = BeautifulSoup(markup, "html.parser")
    assert [b.text for b in read(soup, url=None, options=Options()).blocks] == texts(markup)
    assert [b.text for b in read(soup.find(id="a"), url=None, options=Options()).blocks] == ["One", "Two & three"]


def test_other_types_are_refused_by_name() -> None:
    with pytest.raises(UsageError, match="int is none of"):
        read(42, url=None, options=Options())  # type: ignore[arg-type]


def test_a_page_of_scripts_says_so() -> None:
    with pytest.raises(UnreadableSource, match="scripts"):
        read("<html><body><script>render()</script></body></html>", url=None, options=Options())


@pytest.mark.parametrize(
    "source",
    [
        "<!doctype html><p>x",
        "<html><p>x",
        "\n <!-- c --> <div>x</div>",
        "<?xml version='1.0'?><html>",
        "a <p>b</p><p>c</p><p>d</p>",
    ],
)
def test_html_is_told(source: str) -> None:
    assert is_html(source)


@pytest.mark.parametrize(
    "source",
    [
        "plain words",
        "a < b and b > c",
        "85m<sup>2</sup> flat<br>to let",
        "<3 you all",
        "He wrote </p> once. " + "word " * 2000,
    ],
)
def test_text_with_some_markup_is_told(source: str) -> None:
    assert not is_html(source)


def test_nesting_is_bounded_and_text_stays() -> None:
    count = 100_000
    data = flatten_nesting(b"<div>" * count + b"deep words" + b"</div>" * count)
    assert data.count(b"<div>") == DEEPEST
    assert b"deep words" in data
    assert texts("<div>" * count + "deep words") == ["deep words"]


def test_unclosed_formatting_is_bounded() -> None:
    markup = "".join(f"<font color={n}><p>word{n}" for n in range(5_000))
    assert len(texts(markup)) == 5_000


def test_what_is_left_out_takes_nothing_along() -> None:
    page = "<title>one</title><style>p > b { color: red }</style><h1>Two</h1><p>Three</p>"
    assert texts("<b>" * 10_000 + page) == ["Two", "Three"]
    assert texts("<div>" * 10_000 + "One<STYLE>p { color: red }</STYLE> and two<script >x()</script>") == [
        "One and two"
    ]


def test_ordinary_pages_pass_the_bound_untouched() -> None:
    data = b"<ul>" + b"<li><a href=x>item</a><br><img src=y>" * 5_000 + b"</ul>"
    assert flatten_nesting(data) is data


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<p><span>June 8, 2019</span><span>Annika Roe</span><a href=/i>Islands</a></p>",
            "June 8, 2019 Annika Roe Islands",
        ),
        ("<p><span>Oct</span><span>24</span> in <time>Ystad</time><span>Harbour</span></p>", "Oct 24 in Ystad Harbour"),
        ("<p>You<span>Tube</span> and <b>Mc</b><b>Donald</b></p>", "YouTube and McDonald"),
        ("<p><span>T</span><span>he</span> H<sub>2</sub>O of <span>5</span><span>0</span></p>", "The H2O of 50"),
        ("<pre><span>read</span><span>Page</span></pre>", "readPage"),
    ],
)
def test_words_of_inline_elements_that_stand_side_by_side_are_kept_apart(body: str, text: str) -> None:
    page = read(f"<html><body>{body}</body></html>", url=None, options=Options(as_="html"))
    assert [block.text for block in page.blocks] == [text]


def many_attributes(form: str) -> str:
    return " ".join(f"a{number}{form}" for number in range(8_000))


@pytest.mark.parametrize(
    "form", ["", "=1", "='1'", ' = "it\'s"', '=">"', "='a <b> c'", "<q", '="<b>x</b>"', "/", "='\"></p>'"]
)
@pytest.mark.parametrize("before", ["", "<div>words</div>" * 3_000])
def test_attributes_are_bounded_and_text_stays(form: str, before: str) -> None:
    markup = f"{before}<p id=one {many_attributes(form)}>The <b>first</b></p><p title='a > b'>The second</p>"
    data = cut_attributes(markup.encode())
    assert len(data) < len(markup) - 7_000 * len(f"a{form}")
    element = parse(markup.encode()).css_first("p#one")
    assert element is not None
    assert len(element.attributes) <= MOST_ATTRIBUTES
    assert texts(markup)[-2:] == ["The first", "The second"]


def test_attributes_that_are_large_stay_as_they_are() -> None:
    page = b"<p data-a='%b' data-b=\"%b\">words</p>" % (b"<i>one two</i> " * 9_000, b'{"it\'s": 1} ' * 9_000)
    assert cut_attributes(page) == page


def test_what_is_no_tag_is_not_cut() -> None:
    for opening, end in (("<script>if(a<b ", "</script>"), ("<!-- <b ", "-->"), ("<textarea><p ", "</TEXTAREA>")):
        page = f"{opening}{many_attributes('=1')}{end}<p>words</p>".encode()
        assert cut_attributes(page) == page
        both = cut_attributes(page + f"<p {many_attributes('=1')}>".encode())
        assert both.startswith(page)
        assert len(both) < len(page) + MOST_ATTRIBUTES * len(" a2000=1")


def test_attributes_of_body_tags_without_end_are_bounded() -> None:
    markup = "".join(f"<body a{number}=1><p>word {number}</p>" for number in range(3_000))
    body = parse(markup.encode()).body
    assert body is not None
    assert len(body.attributes) <= MOST_ROOTS
    assert len(texts(markup)) == 3_000


def test_a_declared_body_is_bounded_like_a_page() -> None:
    # one tag too deep, whose text is then not apart from what stands before it
    story = "<p></p>" * 1_000 + "<div>" * DEEPEST + "The council votes.<div> The mayor resigns."
    blocks = declared_body(story, ())
    assert blocks is not None
    assert [block.text for block in blocks] == ["The council votes. The mayor resigns."]


MANY = 3_000
SCRIPTED = b"<script>write('" + b"<div><b>" * MANY + b"');</script>"


@pytest.mark.parametrize(
    "page",
    [
        SCRIPTED,
        b"<style>" + b"<a>" * MANY + b"</style>",
        b"<!-- " + b"<div>" * MANY + b" -->",
        b"<p title='" + b"<div>" * MANY + b"'>",
        b"<svg viewBox=x>" + b"<path d='M0'/><g><use href='#a' /></g>" * MANY + b"</svg>" + SCRIPTED,
        b"<svg><title>Sun</title>" + b"<circle r=1 />" * MANY + b"</svg>" + SCRIPTED,
    ],
)
def test_what_only_looks_like_nesting_is_left_alone(page: bytes) -> None:
    assert flatten_nesting(page) == page


@pytest.mark.parametrize(
    "opening",
    [
        b"",
        b"<a title='<script>'>",
        b"<!--<script>-->",
        b"<!x <script>",
        b"</ <script>",
        b"<svg><script>",
        b"<svg><style>",
        b"<svg><g><script>",
        b"<svg><unknown><script>",
        b"<svg><title></svg></title><script>",
        b"<svg><desc><g></desc><script>",
        b"<svg><![CDATA[</svg>]]><script>",
        b"<math></svg><script>",
    ],
)
def test_what_a_parser_takes_for_nesting_is_bounded(opening: bytes) -> None:
    page = opening + b"<div>" * MANY + b"</script>"
    assert flatten_nesting(page).count(b"<div>") <= DEEPEST


@pytest.mark.parametrize(
    "opening",
    [b"", b"<svg/>", b"<svg><p>", b"<svg><title>", b"<svg><foreignObject>", b"<svg><title></title><p>", b"<math>"],
)
def test_a_slash_closes_nothing_outside_drawings(opening: bytes) -> None:
    assert flatten_nesting(opening + b"<path />" * MANY).count(b"<path") <= DEEPEST
    assert flatten_nesting(b"<svg>" + b"<path d=a/>" * MANY).count(b"<path") <= DEEPEST
