"""What people see on a terminal: explanations and the summary of a batch, drawn with rich.

Page text only ever enters as `Text` or plain strings stripped of control characters, never as markup.
"""

from __future__ import annotations

import io
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, TextIO

import regex
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsclean.model import Action, Reason
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsclean.batch.report import Report
    from newsclean.judging.evidence import Evidence
    from newsclean.model import Article, Verdict

_SIGNS = {Action.KEEP: "+", Action.DROP: "-", Action.MOVE: ">"}
_STYLES = {Action.KEEP: "green", Action.DROP: "red", Action.MOVE: "cyan"}
_DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}
_NOT_WORD = regex.compile(r"[\W_]++")
_NARROWEST = 60
_INDENT = "    "
_WHY_WIDTH = 16
"""Columns of the longest Reason, `repeated-on-site`."""
_TOLD = 3
"""Groups told of what weighed for a block, and of what weighed against it."""


def explanation(
    article: Article,
    *,
    width: int = 80,
    color: bool = False,
    full: bool = False,
    evidence: Sequence[Evidence] = (),
) -> str:
    """Every block with what became of it: a sign, the action, the probability, the Reason or field, and its text.

    width: columns to fill, at least 60. color: with terminal colours. full: wrap the text in place of cutting it, and
    name the rule or the block repeated that decided. evidence: what weighed for and against each block.
    """
    console = plain_console(io.StringIO(), color=color, width=max(width, _NARROWEST))
    originals = _originals(article) if full else {}
    repeated = {originals.get(_words(v)) for v in article.verdicts if v.reason is Reason.DUPLICATE}
    for place, verdict in enumerate(article.verdicts):
        _print_verdict(console, verdict, full=full)
        if full:
            found = evidence[place] if place < len(evidence) else None
            if verdict.block.index in repeated:
                _print_ground(console, f"block {verdict.block.index + 1}, which is repeated")
            if verdict.reason is Reason.REPEATED_ON_SITE:
                from newsclean.sites.recall import told_of  # noqa: PLC0415  (for those who have a memory)

                _print_ground(console, told_of(article, verdict))
            for line in _grounds(verdict, originals, found):
                _print_ground(console, line)
    if article.verdicts:
        console.print()
    for paragraph in (_account(article), _found_in(article)):
        for line in textwrap.wrap(paragraph, console.width, break_on_hyphens=False):
            console.print(Text(line))
    return console.file.getvalue() if isinstance(console.file, io.StringIO) else ""


def painted_diff(diff: str) -> str:
    """A unified diff with terminal colours."""
    console = plain_console(io.StringIO(), color=True)
    for line in diff.splitlines():
        style = "bold" if line.startswith(("---", "+++")) else _DIFF_STYLES.get(line[:1], "")
        console.print(Text(line, style=style), soft_wrap=True)
    return console.file.getvalue() if isinstance(console.file, io.StringIO) else ""


def summary(report: Report, *, stream: TextIO, color: bool, full: bool = False) -> None:
    """The totals of a batch as a table on a stream. full: a second table has the dropped blocks by Reason."""
    console = plain_console(stream, color=color)
    table = Table(box=None, pad_edge=False, header_style="bold")
    cells = {
        "articles": report.articles,
        "failed": report.failed,
        "skipped": report.skipped,
        "kept": report.kept,
        "dropped": report.dropped,
        "moved": report.moved,
        "words": report.words,
    }
    for heading, number in cells.items():
        table.add_column(heading, justify="right", style="red" if heading == "failed" and number else "")
    table.add_row(*(f"{number:,}" for number in cells.values()))
    console.print(table)
    if full and report.reasons:
        reasons = Table(box=None, pad_edge=False, header_style="bold")
        reasons.add_column("reason")
        reasons.add_column("dropped", justify="right")
        for reason, number in sorted(report.reasons, key=lambda pair: (-pair[1], pair[0])):
            reasons.add_row(reason, f"{number:,}")
        console.print()
        console.print(reasons)


def plain_console(stream: TextIO, *, color: bool, width: int | None = None, terminal: bool | None = None) -> Console:
    """A console that reads nothing into its text; whether there is colour is decided by the caller."""
    return Console(
        file=stream,
        width=width,
        force_terminal=color if terminal is None else terminal,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _print_verdict(console: Console, verdict: Verdict, *, full: bool) -> None:
    style = _STYLES[verdict.action]
    why = verdict.reason.value if verdict.reason else verdict.field or ""
    head = f"{_SIGNS[verdict.action]} {verdict.action.value} {verdict.probability:.2f} {why:<{_WHY_WIDTH}} "
    room = console.width - cell_len(head)
    text = Text(one_line(verdict.block.text), style="dim" if verdict.action is Action.DROP else "")
    if full:
        lines = list(text.wrap(console, room)) or [text]
    else:
        text.truncate(room, overflow="ellipsis")
        lines = [text]
    for number, line in enumerate(lines):
        start = Text(head, style=style) if number == 0 else Text(" " * len(head))
        row = Text.assemble(start, line)
        row.rstrip()
        console.print(row, soft_wrap=True)


def _originals(article: Article) -> dict[str, int]:
    """The blocks that are not dropped, by what they say."""
    shown = (verdict for verdict in reversed(article.verdicts) if verdict.action is not Action.DROP)
    return {_words(verdict): verdict.block.index for verdict in shown}


def _words(verdict: Verdict) -> str:
    """What a block says, whatever stands between the words."""
    return _NOT_WORD.sub("", verdict.block.text.lower())


def _grounds(verdict: Verdict, originals: Mapping[str, int], evidence: Evidence | None) -> Iterator[str]:
    """Lines that say what a verdict rests on."""
    if verdict.rule is not None:
        yield f"by the rule {verdict.rule!r}"
    if verdict.reason is Reason.DUPLICATE:
        original = originals.get(_words(verdict))
        if original is not None:
            yield f"says what block {original + 1} says"
    if evidence is not None:
        for name, weights in (("for", evidence.weighed_for), ("against", evidence.weighed_against)):
            if weights:
                yield f"{name}: " + ", ".join(f"{group} {weight:+.1f}" for group, weight in weights[:_TOLD])


def _print_ground(console: Console, line: str) -> None:
    lines = textwrap.wrap(
        one_line(line),
        console.width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT * 2,
        break_on_hyphens=False,
    )
    for part in lines:
        console.print(Text(part, style="dim"), soft_wrap=True)


def _account(article: Article) -> str:
    actions = Counter(verdict.action for verdict in article.verdicts)
    reasons = Counter(verdict.reason.value for verdict in article.verdicts if verdict.reason)
    why = ", ".join(f"{number} {reason}" for reason, number in sorted(reasons.items(), key=lambda p: (-p[1], p[0])))
    dropped = f"{actions[Action.DROP]} dropped" + (f" ({why})" if why else "")
    counts = f"{actions[Action.KEEP]} kept, {dropped}, {actions[Action.MOVE]} moved"
    return f"{counts}; confidence {article.confidence:.2f}, model {article.model or 'unnamed'}"


def _found_in(article: Article) -> str:
    """Where each field of the front matter was found; empty where there is none."""
    sources = ", ".join(f"{name} {source}" for name, source in article.sources.items())
    doubt = "; day and month of the date could also be the other way round" if article.date_ambiguous else ""
    return f"found in: {one_line(sources)}{doubt}" if sources else ""
