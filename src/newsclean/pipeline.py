"""clean(): the one place that knows the order, read → judge → front matter → article."""

from __future__ import annotations

from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING

from newsclean.errors import NotAnArticle
from newsclean.from_columns import from_columns
from newsclean.frontmatter import read_front_matter
from newsclean.inline import shifted
from newsclean.judging import judge
from newsclean.judging.rejoining import rejoined
from newsclean.model import Action, Article, Paragraph, Reason
from newsclean.options import Options
from newsclean.pictures import story_images
from newsclean.reading import read, read_flat
from newsclean.rules.restate import restate
from newsclean.writing.text import write_text

if TYPE_CHECKING:
    import os

    from bs4 import Tag

    from newsclean.judging import Judgement
    from newsclean.judging.tagger import Model
    from newsclean.judging.told import Told
    from newsclean.model import Dateline, FrontMatter, Page, Verdict

_DEFAULT = Options()


def clean(
    source: str | bytes | os.PathLike[str] | Tag, *, url: str | None = None, options: Options = _DEFAULT
) -> Article:
    """Clean one source: read it, judge its blocks and normalize its front matter.

    source: HTML or text as `str`, undecoded `bytes`, a path to a file (also gzipped), or a BeautifulSoup object or Tag.
    url: where the page came from; it helps to date the story and to read ambiguous dates.

    Raises UnreadableSource when the source is no text, and NotAnArticle when it holds no story.
    """
    return clean_page(read(source, url=url, options=options), options)


def clean_page(
    page: Page, options: Options = _DEFAULT, model: Model | None = None, of_texts: Model | None = None
) -> Article:
    """Clean a page that was read already.

    model: other weights than those shipped, as cross-validation needs them. of_texts: those for the story of an HTML
    page read as a text.

    Raises NotAnArticle when it holds no story.
    """
    page = rejoined(page, model)
    article, judgement = _cleaned(page, options, model, of_texts)
    refusal = None if page.ruled.story else judgement.refusal
    if page.layout is None:
        article = _settled(article, model, judgement.told)
    if options.site_memory is not None:
        article = _recalled(page, article)
    if not options.force and (refusal or not article.paragraphs):
        why = refusal or "none of its blocks belongs to a story"
        raise NotAnArticle(f"no article: {why}; --force gives what there is, --explain shows every block", article)
    return article


def _cleaned(
    page: Page, options: Options, model: Model | None, of_texts: Model | None = None, known: Told | None = None
) -> tuple[Article, Judgement]:
    """The article in one pass, and how it was judged."""
    judgement = judge(page, options, model, of_texts, known)
    front = restate(read_front_matter(page, judgement.verdicts, options), page, options)
    verdicts = _moved(judgement.verdicts, front)
    article = Article(
        title=front.title,
        standfirst=front.standfirst,
        byline=front.byline,
        dateline=front.dateline,
        published=front.published,
        updated=front.updated,
        language=page.language,
        url=page.url,
        paragraphs=_paragraphs(page, verdicts, front, options),
        verdicts=verdicts,
        page_declared=page.declared,
        confidence=judgement.confidence,
        model=judgement.model,
        date_ambiguous=front.date_ambiguous,
        sources=front.sources,
        options=options,
        images=story_images(page.images, verdicts) if page.images else (),
    )
    return article, judgement


def _recalled(page: Page, article: Article) -> Article:
    """The article without the blocks that come back on the pages of its site."""
    from newsclean.sites.recall import recall  # noqa: PLC0415  (loaded by those who have a memory)

    verdicts = recall(page, article)
    kept = [verdict for verdict in article.verdicts if verdict.action is Action.KEEP]
    body = zip(article.paragraphs, (verdicts[verdict.block.index] for verdict in kept), strict=True)
    return replace(
        article,
        paragraphs=tuple(paragraph for paragraph, verdict in body if verdict.action is Action.KEEP),
        verdicts=verdicts,
        images=story_images(page.images, verdicts) if page.images else (),
    )


_PASSES = 4
"""Passes over a text's own output at most; a second is rarely needed."""


def _settled(article: Article, model: Model | None, known: Told | None) -> Article:
    """Do to a text at once what a cleaning of the output would still do, so that cleaning it again changes nothing.

    known: what the texts of its blocks say.
    """
    if all(verdict.action is Action.KEEP for verdict in article.verdicts):
        return article
    options = replace(article.options, as_="text", header=True, byline="normalize", dateline="normalize")
    for _ in range(_PASSES):
        output = write_text(replace(article, options=options))
        if not output:
            break
        page = rejoined(read_flat(output, url=article.url, language=article.language), model)
        again = _cleaned(page, options, model, None, known)[0]
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
    body = _with_dateline(body, dateline, article.options)
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


def _moved(verdicts: tuple[Verdict, ...], front: FrontMatter) -> tuple[Verdict, ...]:
    """The verdicts with those on the blocks that went into the front matter."""
    if not front.moved:
        return verdicts
    changed = list(verdicts)
    for place, name in front.moved.items():
        changed[place] = replace(verdicts[place], action=Action.MOVE, reason=None, field=name, rule=None)
    return tuple(changed)


def _paragraphs(
    page: Page, verdicts: tuple[Verdict, ...], front: FrontMatter, options: Options
) -> tuple[Paragraph, ...]:
    """The body: kept blocks, the dateline at its head in the form asked for."""
    keep = Action.KEEP
    kept = [verdict.block for verdict in verdicts if verdict.action is keep]
    spans = [page.spans.get(block.index, ()) for block in kept] if page.spans else repeat(())
    body = from_columns(
        Paragraph,
        len(kept),
        [block.text for block in kept],
        [block.kind for block in kept],
        [block.level for block in kept],
        spans,
    )
    return tuple(_with_dateline(list(body), front.dateline, options))


def _with_dateline(body: list[Paragraph], dateline: Dateline | None, options: Options) -> list[Paragraph]:
    """The body with the dateline that opens one of its paragraphs in the form asked for; others may open alike."""
    if dateline is None or options.dateline == "keep":
        return body
    for place, paragraph in enumerate(body):
        if dateline.raw and paragraph.text == dateline.raw + dateline.rest:
            head = dateline.text if options.dateline == "normalize" else ""
            spans = shifted(paragraph.spans, len(dateline.raw), len(head))
            body[place] = replace(paragraph, text=head + dateline.rest, spans=spans)
            break
    return body
