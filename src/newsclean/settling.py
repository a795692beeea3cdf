"""Cleaning a text again changes nothing: what a second reading of the output would still do is done at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.body import with_dateline
from newsclean.model import Action, Paragraph, Reason
from newsclean.writing.text import write_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.model import Article, Verdict
    from newsclean.options import Options

    Reader = Callable[[str, Options], Article]

_PASSES = 4
"""Passes over a text's own output at most; a second is rarely needed."""


def settled(article: Article, read_again: Reader) -> Article:
    """Do to a text at once what a cleaning of the output would still do, so that cleaning it again changes nothing.

    read_again: cleans an output with some options, and settles nothing. The output is the one with a header, whatever
    the options say: of a body alone, a second reader may take the first line for a headline, and a line of the story
    is worth more than that.
    """
    if all(verdict.action is Action.KEEP for verdict in article.verdicts):
        return article
    options = replace(article.options, as_="text", header=True, byline="normalize", dateline="normalize")
    for _ in range(_PASSES):
        output = write_text(replace(article, options=options))
        if not output:
            break
        again = read_again(output, options)
        # the output is the header and then a block for each paragraph
        header = again.verdicts[: len(again.verdicts) - len(article.paragraphs)]
        later = again.verdicts[len(header) :]
        if len(later) != len(article.paragraphs) or write_text(again) == output:
            break
        if article.title and again.title is None:
            article = _untitled(article)
        else:
            article = _adopted(_credited(_headed(article, again, header), again), again, later)
    return article


def _headed(article: Article, again: Article, header: tuple[Verdict, ...]) -> Article:
    """The article with title and standfirst as a second reader has them. header: what became of its lines then."""
    if (article.title, article.standfirst) == (again.title, again.standfirst):
        return article
    names = [name for name in ("title", "standfirst") if getattr(article, name)]
    now = dict(zip(names, header, strict=False))
    verdicts = tuple(
        replace(now[verdict.field], block=verdict.block, probability=verdict.probability)
        if verdict.field in now and now[verdict.field].action is not Action.KEEP
        else verdict
        for verdict in article.verdicts
    )
    sources = {name: source for name, source in article.sources.items() if name not in names} | {
        name: source for name, source in again.sources.items() if name in names
    }
    return replace(article, title=again.title, standfirst=again.standfirst, verdicts=verdicts, sources=sources)


def _credited(article: Article, again: Article) -> Article:
    """The article with the people and agencies of its byline as a second reader has them."""
    first, second = article.byline, again.byline
    if first is None or second is None:
        return article
    byline = replace(first, authors=second.authors, agencies=second.agencies, editors=second.editors)
    return article if byline == first else replace(article, byline=byline)


def _untitled(article: Article) -> Article:
    """The article with the line that was taken for its title back in the body, as a second reader has it."""
    titles = [place for place, verdict in enumerate(article.verdicts) if verdict.field == "title"]
    if not titles:
        return article
    verdicts = list(article.verdicts)
    first, *copies = titles
    verdicts[first] = replace(verdicts[first], action=Action.KEEP, field=None)
    for place in copies:
        verdicts[place] = replace(verdicts[place], action=Action.DROP, reason=Reason.DUPLICATE, field=None)
    above = sum(verdict.action is Action.KEEP for verdict in verdicts[:first])
    block = verdicts[first].block
    body = list(article.paragraphs)
    body.insert(above, Paragraph(block.text, block.kind, block.level))
    sources = {name: source for name, source in article.sources.items() if name != "title"}
    return replace(article, title=None, verdicts=tuple(verdicts), paragraphs=tuple(body), sources=sources)


def _adopted(article: Article, again: Article, later: tuple[Verdict, ...]) -> Article:
    """The article with the kept blocks dropped or moved as a second cleaning has it."""
    pairs = iter(zip(article.paragraphs, later, strict=True))
    body: list[Paragraph] = []
    verdicts: list[Verdict] = []
    for verdict in article.verdicts:
        if verdict.action is Action.KEEP:
            paragraph, second = next(pairs)
            if second.action is Action.KEEP or verdict.rule is not None:
                body.append(paragraph)
            else:
                verdict = replace(second, block=verdict.block)  # noqa: PLW2901
        verdicts.append(verdict)
    dateline = None if article.dateline else again.dateline
    body = with_dateline(body, dateline, article.options)
    article = replace(
        article, paragraphs=tuple(body), verdicts=tuple(verdicts), dateline=article.dateline or again.dateline
    )
    if not any(verdict.action is Action.MOVE for verdict in later):
        return article
    return replace(
        article,
        title=again.title or article.title,
        standfirst=again.standfirst or article.standfirst,
        byline=again.byline or article.byline,
        published=again.published or article.published,
        updated=again.updated or article.updated,
        date_ambiguous=again.date_ambiguous,
        sources={**article.sources, **again.sources},
    )
