"""TOML tables → rules, with the place of whatever is wrong."""

from __future__ import annotations

import difflib
import tomllib
from typing import TYPE_CHECKING, Any

import regex
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from newsclean.errors import UsageError
from newsclean.rules.rule import PhraseRule, Rules, SiteRule
from newsclean.toml_lines import toml_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Where = Callable[..., str]

KEYS = ("phrase", "site", "rules")

_PHRASE_KEYS = ("name", "drop", "keep", "regex", "site", "hits", "misses")
_SELECTOR_KEYS = ("drop", "keep", "story", "title", "byline", "date")
_SITE_KEYS = ("name", "host", *_SELECTOR_KEYS, "byline-labels", "date-labels", "hits", "misses")


def load_rules(path: Path) -> Rules:
    """Read the rules in a TOML file, or in all `.toml` files of a folder, in the order of their names.

    Raises UsageError when the path cannot be read, or at the first thing that is wrong in a file.
    """
    if path.is_dir():
        rules = Rules()
        for file in sorted(path.glob("*.toml")):
            more = load_rules(file)
            rules = Rules(rules.phrases + more.phrases, rules.sites + more.sites)
        return rules
    try:
        text = path.read_bytes().decode("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError as error:  # also what tomllib and the decoder raise
        raise UsageError(f"{path} is no TOML: {error}") from None
    lines = toml_lines(text)

    def where(*keys: str | int) -> str:
        return f"{path}:{lines[keys]}" if keys in lines else str(path)

    for key in table:
        if key not in KEYS:
            raise UsageError(f"{where(key)}: unknown key {key!r}{_nearest(key, KEYS)}")
    return parse_rules(table, where, path.parent)


def parse_rules(table: Mapping[str, Any], where: Where, folder: Path) -> Rules:
    """Read `[[phrase]]` and `[[site]]` tables, and the files and folders that `rules` names.

    where: gives the place of a key for messages. folder: that named files are looked for in.

    Raises UsageError at the first thing that is wrong.
    """
    phrases = [_phrase(entry, number, where) for number, entry in enumerate(_tables(table, "phrase", where))]
    sites = [_site(entry, number, where) for number, entry in enumerate(_tables(table, "site", where))]
    for name in _strings(table, "rules", where, "rules"):
        more = load_rules(folder / name)
        phrases += more.phrases
        sites += more.sites
    return Rules(tuple(phrases), tuple(sites))


def _tables(table: Mapping[str, Any], key: str, where: Where) -> list[dict[str, Any]]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise UsageError(f"{where(key)}: {key} is no list of tables; begin each with [[{key}]]")
    return value


def _phrase(entry: dict[str, Any], number: int, where: Where) -> PhraseRule:
    at = ("phrase", number)
    _check_keys(entry, _PHRASE_KEYS, at, where)
    if ("drop" in entry) == ("keep" in entry):
        raise UsageError(f"{where(*at)}: a phrase rule has either drop or keep")
    action = "keep" if "keep" in entry else "drop"
    phrases = _strings(entry, action, where, *at, action)
    if not phrases:
        raise UsageError(f"{where(*at, action)}: {action}: there is no phrase in the list, so the rule says nothing")
    is_regex = entry.get("regex", False)
    if not isinstance(is_regex, bool):
        raise UsageError(f"{where(*at, 'regex')}: regex: {is_regex!r} is not true or false")
    for phrase in phrases:
        if not phrase.strip():
            raise UsageError(f"{where(*at, action)}: {action}: an empty phrase is in every block")
        if is_regex:
            _check_pattern(phrase, where(*at, action))
    return PhraseRule(
        name=_name(entry, where, at) or phrases[0],
        keep=action == "keep",
        phrases=phrases,
        regex=is_regex,
        hosts=_strings(entry, "site", where, *at, "site"),
        hits=_strings(entry, "hits", where, *at, "hits"),
        misses=_strings(entry, "misses", where, *at, "misses"),
    )


def _site(entry: dict[str, Any], number: int, where: Where) -> SiteRule:
    at = ("site", number)
    _check_keys(entry, _SITE_KEYS, at, where)
    lists = {key: _strings(entry, key, where, *at, key) for key in _SITE_KEYS if key != "name"}
    hosts = lists.pop("host")
    if not hosts:
        raise UsageError(f'{where(*at)}: a site rule has a host, as in host = "*.example.com"')
    probe = LexborHTMLParser("<p></p>")
    for key in _SELECTOR_KEYS:
        for selector in lists[key]:
            try:
                probe.css(selector)
            except SelectolaxError:
                raise UsageError(f"{where(*at, key)}: {key}: {selector!r} is no CSS selector") from None
    rule = SiteRule(
        name=_name(entry, where, at) or hosts[0],
        hosts=hosts,
        **{key.replace("-", "_"): value for key, value in lists.items()},
    )
    if not (rule.selectors or rule.byline_labels or rule.date_labels):
        raise UsageError(f"{where(*at)}: a site rule has selectors or labels, or it says nothing")
    return rule


def _check_keys(entry: dict[str, Any], known: tuple[str, ...], at: tuple[str | int, ...], where: Where) -> None:
    for key in entry:
        if key not in known:
            raise UsageError(f"{where(*at, key)}: unknown key {key!r}{_nearest(key, known)}")


def _check_pattern(pattern: str, place: str) -> None:
    try:
        empty = regex.compile(pattern).search("") is not None
    except regex.error as error:
        raise UsageError(f"{place}: {pattern!r} is no pattern: {error}") from None
    if empty:
        raise UsageError(f"{place}: {pattern!r} matches nothing at all, and so is in every block")


def _name(entry: dict[str, Any], where: Where, at: tuple[str | int, ...]) -> str:
    name = entry.get("name", "")
    if not isinstance(name, str):
        raise UsageError(f"{where(*at, 'name')}: name: {name!r} is no string")
    return name


def _strings(entry: Mapping[str, Any], key: str, where: Where, *at: str | int) -> tuple[str, ...]:
    """One string or a list of them."""
    value = entry.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise UsageError(f"{where(*at)}: {key}: {value!r} is neither a string nor a list of strings")
    return tuple(values)


def _nearest(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word.replace("_", "-"), known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
