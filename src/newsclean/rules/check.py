"""Rules tried on their own hits and misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from newsclean.errors import RuleError
from newsclean.reading.html import read_html
from newsclean.rules.apply import after_label, holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.rules.rule import PhraseRule, Rules, SiteRule


def check_rules(rules: Rules) -> tuple[int, tuple[str, ...]]:
    """Try every hit and miss; how many there are, and one line for each that fails."""
    failures = [
        *(line for rule in rules.phrases for line in _check_phrase(rule)),
        *(line for rule in rules.sites for line in _check_site(rule)),
    ]
    every: tuple[PhraseRule | SiteRule, ...] = (*rules.phrases, *rules.sites)
    tried = sum(len(rule.hits) + len(rule.misses) for rule in every)
    return tried, tuple(failures)


def _check_phrase(rule: PhraseRule) -> Iterator[str]:
    for text, wanted in _cases(rule):
        try:
            if holds(rule, text) is not wanted:
                yield _failure(rule.name, text, wanted=wanted)
        except RuleError as error:
            yield f"{error}: {text!r}"


def _check_site(rule: SiteRule) -> Iterator[str]:
    labels = (*rule.byline_labels, *rule.date_labels)
    for text, wanted in _cases(rule):
        tree = LexborHTMLParser(text)
        found = any(tree.css(selector) for selector in rule.selectors) or (
            bool(labels) and after_label(read_html(tree)[0], labels) is not None
        )
        if found is not wanted:
            yield _failure(rule.name, text, wanted=wanted)


def _cases(rule: PhraseRule | SiteRule) -> Iterator[tuple[str, bool]]:
    yield from ((text, True) for text in rule.hits)
    yield from ((text, False) for text in rule.misses)


def _failure(name: str, text: str, *, wanted: bool) -> str:
    return f"rule {name!r} {'does not hit' if wanted else 'hits'} {text!r}"
