"""Source → Page: bytes to text, HTML or flattened text to blocks, and what the page declares about itself."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import UnreadableSource, UsageError
from newsclean.model import Page
from newsclean.reading.data_files import refuse_data
from newsclean.reading.declared import read_declared
from newsclean.reading.decode import decode
from newsclean.reading.gunzip import gunzip
from newsclean.reading.html import Marked, read_html
from newsclean.reading.one_line import cut_one_line
from newsclean.reading.scripted import declared_body
from newsclean.reading.sniff import INVISIBLE, is_html
from newsclean.reading.text import read_text
from newsclean.reading.tree import parse
from newsclean.rules.apply import host_of, mark, rule_page

if TYPE_CHECKING:
    from bs4 import Tag

    from newsclean.options import Options

_GZIP = b"\x1f\x8b"


def read(
    source: str | bytes | os.PathLike[str] | Tag, *, url: str | None, options: Options, http_charset: str | None = None
) -> Page:
    """Read a source into a Page.

    http_charset: what the transport said of bytes, where `options.encoding` says nothing.

    Raises UnreadableSource when the source cannot be opened, unpacked or decoded, is empty, no page, or larger than
    `options.max_bytes`; UsageError when it is of no type that can be read.
    """
    if isinstance(source, os.PathLike):
        source = _contents(source, options.max_bytes)
    data: bytes | None = None
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
        # before it is unpacked: of a source that is too large, not more was read than tells so
        _check_size(len(data), options.max_bytes)
        if data.startswith(_GZIP):
            data = gunzip(data, options.max_bytes)
        is_page = {"html": True, "text": False}.get(options.as_)
        source, is_utf8 = decode(data, encoding=options.encoding, http_charset=http_charset, html=is_page)
        data = data if is_utf8 else None
    elif not isinstance(source, str):
        return _read_html(_markup(source).encode("utf-8", "replace"), url, options)
    _check_size(len(source), options.max_bytes)
    if not source or source.isspace():
        raise UnreadableSource("empty: there is no text to clean")
    if options.as_ == "auto":
        refuse_data(source)
    if options.as_ == "html" or (options.as_ == "auto" and is_html(source)):
        if source[0] in INVISIBLE:
            # the parser would take them for words, and all that the head of the page declares for its text
            data, source = None, source.lstrip(INVISIBLE)
        return _read_html(data or source.encode("utf-8", "replace"), url, options)
    page = read_flat(source, url=url, language=options.language)
    ruled = rule_page(page.blocks, options.rules, host_of(url))
    return replace(page, ruled=ruled)


def read_flat(text: str, *, url: str | None, language: str | None) -> Page:
    """Read flattened text into a Page."""
    blocks, breaks = cut_one_line(text, read_text(text))
    return Page(blocks, url=url, language=language, breaks=breaks)


def _read_html(data: bytes, url: str | None, options: Options) -> Page:
    tree = parse(data)
    declared = read_declared(tree)
    host = host_of(url or declared.url)
    marks = mark(tree, options.rules.sites_for(host))
    marked = Marked(marks.elements.keys()) if marks.elements else None
    blocks, layout = read_html(tree, marked=marked)
    address, language = url or declared.url, options.language or declared.language
    body = declared_body(declared.article_body, blocks)
    scripting = bool(blocks) or body is not None
    if not scripting:
        blocks, layout = read_html(tree, scripting=False, marked=marked)
    if body is not None:
        return Page(body, declared, None, address, language, rule_page(body, options.rules, host, marks))
    if not blocks:
        raise UnreadableSource("no text: the HTML holds no words outside its scripts; save it from a browser instead")
    ruled = rule_page(blocks, options.rules, host, marks, marked.ranges if marked else {})
    page = Page(blocks, declared, layout, address, language, ruled)
    if not options.wants_inline:
        return page
    from newsclean.reading.inline import read_inline  # noqa: PLC0415  (loaded by those who ask for it)

    spans, images = read_inline(tree, blocks, address, options, scripting=scripting)
    return replace(page, spans=spans, images=images)


def _markup(source: object) -> str:
    """The HTML of a tree that the caller's scraper already holds."""
    bs4 = sys.modules.get("bs4")
    if bs4 is not None and isinstance(source, bs4.Tag):
        return str(source.decode(formatter="minimal"))
    raise UsageError(
        f"source: {type(source).__name__} is none of str, bytes, a path (os.PathLike), BeautifulSoup or Tag"
    )


def _contents(path: os.PathLike[str], limit: int) -> bytes:
    try:
        with Path(path).open("rb") as file:
            # one byte more than allowed tells a file that is too large without reading the rest of it
            return file.read(limit + 1)
    except OSError as error:
        raise UnreadableSource(f"cannot be read: {error.strerror or error}") from None


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise UnreadableSource(f"too large: more than {limit:,} bytes; raise max_bytes if it is meant")
