"""Patterns are compiled when they are first used, and every one of them compiles."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
import regex

import newsclean.frontmatter
from newsclean.patterns import _Uncompiled, pattern, plain_pattern

READERS = [found.name for found in pkgutil.walk_packages(newsclean.frontmatter.__path__, "newsclean.frontmatter.")]


def test_a_pattern_does_what_a_compiled_one_does():
    lazy, compiled = pattern(r"(\d+)\s(may)", regex.IGNORECASE), regex.compile(r"(\d+)\s(may)", regex.IGNORECASE)
    text = "7 May, 8 MAY"
    assert lazy.findall(text) == compiled.findall(text) == [("7", "May"), ("8", "MAY")]
    assert lazy.sub(r"\2 \1", text) == "May 7, MAY 8"
    assert lazy.match(text)[1] == "7"
    assert lazy.pattern == compiled.pattern


def test_bytes_are_searched_too():
    assert pattern(rb"<p\b").search(b"<div><p class='a'>").start() == 5


def test_the_plain_engine_does_it_too():
    assert plain_pattern(r"(\d++)\s").sub(r"<\1>", "7 May") == "<7>May"


def test_nothing_is_compiled_before_it_is_used():
    broken = pattern(r"(unclosed")
    with pytest.raises(regex.error):
        broken.search("anything")


def test_an_unknown_member_is_an_attribute_error():
    with pytest.raises(AttributeError):
        pattern("a").serach("a")


@pytest.mark.parametrize("name", READERS)
def test_every_pattern_of_the_front_matter_compiles(name):
    module = importlib.import_module(name)
    for value in vars(module).values():
        if isinstance(value, _Uncompiled):
            assert value.search("") is None or value.pattern
