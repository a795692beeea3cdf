"""Feeds, other XML and JSON are no pages, and are named as what they are."""

from __future__ import annotations

import json

import pytest

from newsclean.errors import UnreadableSource
from newsclean.options import Options
from newsclean.reading import read

STORY = "The council voted on Tuesday to close the bridge until the spring."
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
ITEM = f"<item><title>Bridge</title><description><![CDATA[<p>{STORY}</p><p>{STORY}</p>]]></description></item>" * 3


def blocks(source: str | bytes, as_: str = "auto") -> list[str]:
    return [block.text for block in read(source, url=None, options=Options(as_=as_)).blocks]


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (f'{XML}<rss version="2.0"><channel>{ITEM}</channel></rss>\n', "RSS"),
        (f'\ufeff \n<rss version="2.0"><channel>{ITEM}</channel></rss>', "RSS"),
        (f'{XML}<?xml-stylesheet href="a.xsl"?><!-- made today -->\n<feed xmlns="a"><p>{ITEM}</p></feed>', "Atom"),
        (f'{XML}<rdf:RDF xmlns="a">{ITEM}</rdf:RDF>', "RDF"),
        (f"{XML}<urlset><url><loc>https://example.org/</loc></url></urlset>", "sitemap"),
        (f"{XML}<sitemapindex><sitemap><loc>https://example.org/</loc></sitemap></sitemapindex>", "sitemap"),
        (f"{XML}<newsItem xmlns='a'><contentSet><p>{STORY}</p></contentSet></newsItem>\n", "XML .<newsItem>"),
        (f'{XML}<!DOCTYPE nitf SYSTEM "nitf.dtd">\n<nitf><body><p>{STORY}</p></body></nitf>', "XML .<nitf>"),
        (json.dumps({"title": "Bridge", "body": STORY}), "JSON: .*jsonl"),
        (json.dumps([{"body": f"<p>{STORY}</p>" * 4}], indent=2) + "\n", "JSON: .*jsonl"),
        ("\n".join([json.dumps({"body": STORY})] * 3), "JSON Lines"),
    ],
)
def test_data_are_refused_with_what_they_are(source: str, word: str) -> None:
    for given in (source, source.encode()):
        with pytest.raises(UnreadableSource, match=word) as caught:
            read(given, url=None, options=Options())
        assert "\n" not in str(caught.value)


def test_who_knows_better_is_believed() -> None:
    assert blocks(f'{XML}<rss version="2.0">{ITEM}</rss>', "html")
    assert blocks(json.dumps({"body": STORY}), "text")


@pytest.mark.parametrize(
    "page",
    [
        f'{XML}<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "a.dtd">\n<html xmlns="a"><p>{STORY}</p></html>',
        f"{XML}<html><body><p>{STORY}</p></body></html>",
        f"{XML}<div><p>{STORY}</p></div>",
        f"{XML}<br />\n<b>Warning</b>: old\n<html><body><p>{STORY}</p></body></html>",
        f"{XML}{STORY}",
        f"<feed> the cat. {STORY}",
        f"[Reuters] {STORY} [1]",
        f"[1] {STORY} [2]",
        f"{{ {STORY} }}",
        "[" * 100_000 + f"{STORY}" + "]" * 100_000,
    ],
)
def test_pages_and_texts_that_begin_alike_are_read(page: str) -> None:
    assert STORY in blocks(page)[-1]
