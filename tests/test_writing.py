"""Writers: what stands where, and that nothing dangerous gets out."""

from __future__ import annotations

import json
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsclean.marks import legible
from newsclean.model import (
    Action,
    Article,
    Block,
    Byline,
    Dateline,
    Declared,
    Kind,
    Paragraph,
    Reason,
    Verdict,
)
from newsclean.options import Options
from newsclean.writing.controls import one_line, printable
from newsclean.writing.json import as_dict, write_json, write_json_line
from newsclean.writing.markdown import write_markdown
from newsclean.writing.text import write_text

FIELDS = [
    "schema",
    "newsclean",
    "model",
    "url",
    "language",
    "title",
    "standfirst",
    "byline",
    "published",
    "updated",
    "date_ambiguous",
    "dateline",
    "text",
    "paragraphs",
    "confidence",
    "sources",
    "blocks",
]


def article(*paragraphs: Paragraph | str, options: Options = Options(), **fields) -> Article:  # noqa: B008
    body = tuple(p if isinstance(p, Paragraph) else Paragraph(p) for p in paragraphs)
    empty = dict.fromkeys(
        ["title", "standfirst", "byline", "dateline", "published", "updated", "language", "url"], None
    )
    verdicts = tuple(Verdict(Block(i, p.text, p.kind, p.level), Action.KEEP, None, 0.9) for i, p in enumerate(body))
    return Article(
        **{**empty, "verdicts": verdicts, "page_declared": Declared(), **fields}, paragraphs=body, options=options
    )


FULL = {
    "title": "Bridge over the Orl to open in May",
    "standfirst": "Four years late, the crossing is done",
    "byline": Byline(authors=("Jana Malá", "Petr Dub"), agencies=("ČTK",), raw="Written by Jana Malá, Petr Dub, CTK"),
    "published": "2021-03-04T09:18",
    "updated": "2021-03-05",
}


def test_text_has_header_and_body():
    assert write_text(article("One.", "Two.", **FULL)) == (
        "Bridge over the Orl to open in May\n\n"
        "Four years late, the crossing is done\n\n"
        "By Jana Malá and Petr Dub (ČTK)\n"
        "Published 2021-03-04 09:18, updated 2021-03-05\n\n"
        "One.\n\nTwo.\n"
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Body.\n"),
        ({"title": "T"}, "T\n\nBody.\n"),
        ({"standfirst": "S"}, "S\n\nBody.\n"),
        ({"title": "T", "updated": "2021-03-05T10:00+02:00"}, "T\n\nUpdated 2021-03-05 10:00+02:00\n\nBody.\n"),
        ({"byline": Byline(agencies=("AP",))}, "By AP\n\nBody.\n"),
        ({"byline": Byline(editors=("Ed Itor",))}, "Body.\n"),
        ({"byline": Byline(authors=("A B", "C D", "E F"))}, "By A B, C D and E F\n\nBody.\n"),
    ],
)
def test_missing_fields_leave_no_hole(fields, expected):
    assert write_text(article("Body.", **fields)) == expected


@pytest.mark.parametrize(
    ("options", "gone", "there"),
    [
        (Options(header=False), ["Bridge", "Four", "By ", "Published"], ["One."]),
        (Options(byline="drop"), ["By ", "Written"], ["Published 2021", "Bridge"]),
        (Options(byline="keep"), ["By Jana"], ["Written by Jana Malá, Petr Dub, CTK"]),
    ],
)
def test_options_steer_the_header(options, gone, there):
    for written in (
        write_text(article("One.", options=options, **FULL)),
        str(article("One.", options=options, **FULL)),
    ):
        assert not [word for word in gone if word in written]
        assert all(word in written for word in there)


def test_an_empty_article_is_an_empty_text():
    assert write_text(article()) == ""
    assert write_markdown(article()) == ""


def test_no_control_character_is_written():
    nasty = "red \x1b[31malert\x07 \x9b2J\u202edesrever\u202c\r\nnext\x00 \ud800half \u2066isolated\u2069"
    for write in (write_text, write_markdown):
        written = write(article(nasty, title=nasty, standfirst=nasty, byline=Byline(authors=(nasty,))))
        assert not [c for c in written if unicodedata.category(c) == "Cc" and c != "\n"]
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(written)
        assert "[31malert" in written.replace("\\", "")
        written.encode()


def test_what_is_read_is_fit_to_be_written():
    read_text = {sign: legible(f"a{sign}b") for sign in map(chr, range(0x110000))}
    assert {sign for sign, text in read_text.items() if one_line(text) != text} == set()


def test_direction_marks_and_joiners_stay():
    text = "שלום\u200f — می\u200cخواهم — 👩\u200d🌾"
    assert text in write_text(article(text))


def test_json_loses_nothing_and_shows_nothing_dangerous():
    nasty = "a\x1b[31mb\x9bc\u202ed\u2028e\x85f"
    for written in (write_json(article(nasty)), write_json_line(article(nasty), "n\x1b").decode()):
        assert json.loads(written)["text"] == nasty
        assert not [c for c in written if unicodedata.category(c) == "Cc" and c != "\n"]
        assert not set("\u202e\u2028") & set(written)


def test_json_lines_are_one_line_with_the_source_first():
    line = write_json_line(article("A b.", "C\u2028d.", title="Čas\n"), "a/b.html").decode()
    assert len(line.splitlines()) == 1
    assert list(json.loads(line)) == ["source", *FIELDS]
    assert '"Čas' in line


def test_a_json_line_is_what_json_makes_of_the_same():
    full = article("A “b” c.", "Ď\x7f\\e\t", sources={"title": "og"}, **FULL)
    made = json.dumps({"source": "a/é", "offset": 3, **as_dict(full)}, ensure_ascii=False, separators=(",", ":"))
    assert write_json_line(full, "a/é", {"offset": 3}).decode() == made.replace("\x7f", "\\u007f") + "\n"


def test_a_json_line_outlives_halves_of_characters():
    line = write_json_line(article("A \ud83d b."), "n\udcff", {"offset": 3, "input": msgspec.Raw(b'{"id":[1,2.50]}')})
    data = json.loads(line)
    assert (data["source"], data["text"]) == ("n\ufffd", "A \ufffd b.")
    assert (data["offset"], data["input"]) == (3, {"id": [1, 2.5]})


def test_to_dict_has_the_documented_fields_in_order():
    dateline = Dateline("Brno", None, "--03-04", "ČTK", "Brno, March 4 (CTK) - ", "BRNO, March 4 (ČTK) — ", "rest")
    verdicts = (
        Verdict(Block(0, "T"), Action.MOVE, None, 0.5, "title"),
        Verdict(Block(1, "Buy now"), Action.DROP, Reason.AD, 0.123456),
    )
    full = article("x", dateline=dateline, verdicts=verdicts, sources={"title": "og", "byline": "visible"}, **FULL)
    data = full.to_dict()
    assert data == as_dict(full)
    assert list(data) == FIELDS
    assert list(article("x").to_dict()) == FIELDS
    assert list(data["dateline"]) == ["place", "region", "date", "agency", "raw", "text"]
    assert list(data["byline"]) == ["authors", "agencies", "editors", "location", "raw"]
    assert data["sources"] == {"byline": "visible", "title": "og"}
    assert data["blocks"][1]["reason"] == "ad"
    assert data["blocks"][1]["probability"] == 0.1235
    assert json.loads(json.dumps(data)) == data


def test_markdown_keeps_the_shape_of_the_story():
    written = write_markdown(
        article(
            "Intro.",
            Paragraph("Why", Kind.HEADING, 2),
            Paragraph("first", Kind.LIST_ITEM, 1),
            Paragraph("deeper", Kind.LIST_ITEM, 3),
            Paragraph("second", Kind.LIST_ITEM, 1),
            Paragraph("Said one.", Kind.QUOTE),
            Paragraph("Said two.", Kind.QUOTE),
            Paragraph("x = 1\n```\ny", Kind.PREFORMATTED),
            Paragraph("Loud", Kind.HEADING, 1),
            **FULL,
        )
    )
    assert written == (
        "# Bridge over the Orl to open in May\n\n"
        "*Four years late, the crossing is done*\n\n"
        "By Jana Malá and Petr Dub (ČTK)\\\n"
        "Published 2021-03-04 09:18, updated 2021-03-05\n\n"
        "Intro.\n\n"
        "## Why\n\n"
        "- first\n  - deeper\n- second\n\n"
        "> Said one.\n>\n> Said two.\n\n"
        "````\nx = 1\n```\ny\n````\n\n"
        "## Loud\n"
    )


def test_table_rows_of_one_width_make_a_table():
    rows = [Paragraph(text, Kind.TABLE_ROW) for text in ("Team | Points", "*Orel* | 4|5", " | 7")]
    written = write_markdown(article(*rows))
    parsed = MarkdownIt("commonmark").enable("table").parse(written)
    assert [t.type for t in parsed].count("tr_open") == 3
    assert ["".join(c.content for c in t.children) for t in parsed if t.type == "inline"] == [
        "Team",
        "Points",
        "*Orel*",
        "4|5",
        "",
        "7",
    ]


def test_table_rows_of_other_widths_stay_lines():
    rows = [Paragraph(text, Kind.TABLE_ROW) for text in ("a | b", "c")]
    assert write_markdown(article(*rows)) == "a | b\\\nc\n"


def read_back(markdown: str) -> list[tuple[str, str]]:
    """What a CommonMark parser makes of it: the enclosing block's tag and the text of every inline run."""
    blocks = []
    enclosing = ""
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type.endswith("_open") and token.type != "paragraph_open":
            enclosing = token.tag
        elif token.type == "inline":
            pieces = [child.content if child.type == "text" else "\n" for child in token.children]
            blocks.append((enclosing, "".join(pieces)))
            assert {child.type for child in token.children} <= {"text"}, token.children
        elif token.type in {"fence", "code_block", "html_block", "hr"}:
            blocks.append((token.type, token.content))
    return blocks


LINE = st.text(
    st.one_of(st.sampled_from("\\`*_{}[]()#+-.!<>&|~=:;1 ab\"'"), st.characters(exclude_categories=["Cs", "Cc"])),
    min_size=1,
    max_size=40,
).filter(lambda text: one_line(text) == text)


@given(LINE)
def test_markdown_reads_back_as_the_same_words(line):
    assert read_back(write_markdown(article(line))) == [("", line)]


@given(LINE)
def test_markdown_headings_items_and_quotes_read_back(line):
    assert read_back(write_markdown(article(Paragraph(line, Kind.HEADING, 3)))) == [("h3", line)]
    items = [Paragraph(line, Kind.LIST_ITEM, 1), Paragraph(line, Kind.LIST_ITEM, 2)]
    assert read_back(write_markdown(article(*items))) == [("li", line)] * 2
    assert read_back(write_markdown(article(Paragraph(line, Kind.QUOTE)))) == [("blockquote", line)]


@given(st.text(max_size=60))
def test_printable_text_is_printable_and_done_once(text):
    once = printable(text)
    assert printable(once) == once
    once.encode()
    assert len(one_line(text).splitlines()) <= 1
