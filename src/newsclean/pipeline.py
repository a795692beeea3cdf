"""clean(): the one place that knows the order, read → judge → front matter → article."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.body import paragraphs_of
from newsclean.checks import check_path, check_text
from newsclean.errors import NotAnArticle
from newsclean.frontmatter import read_front_matter
from newsclean.judging import judge
from newsclean.judging.rejoining import rejoined
from newsclean.marks import without_halves
from newsclean.model import Action, Article
from newsclean.options import Options, check_options
from newsclean.pictures import story_images
from newsclean.reading import read, read_flat
from newsclean.rules.restate import restate
from newsclean.settling import settled

if TYPE_CHECKING:
    from bs4 import Tag

    from newsclean.judging import Judgement
    from newsclean.judging.blocks.told import Told
    from newsclean.judging.tagger import Model
    from newsclean.model import FrontMatter, Page, Verdict

_DEFAULT = Options()


def clean(
    source: str | bytes | os.PathLike[str] | Tag, *, url: str | None = None, options: Options = _DEFAULT
) -> Article:
    """Clean one source: read it, judge its blocks and normalize its front matter.

    source: HTML or text as `str`, undecoded `bytes`, a path to a file (also gzipped), or a BeautifulSoup object or Tag.
    url: where the page came from; it helps to date the story and to read ambiguous dates.

    Raises UnreadableSource when the source is no text, NotAnArticle when it holds no story, and UsageError when an
    argument or option cannot be meant.
    """
    check_options(options)
    check_text("url", url)
    if isinstance(source, os.PathLike):
        check_path(source)
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
        known = judgement.told

        def read_again(output: str, options: Options) -> Article:
            text = rejoined(read_flat(output, url=article.url, language=article.language), model)
            return _cleaned(text, options, model, None, known)[0]

        article = settled(article, read_again)
    if options.site_memory is not None:
        article = _recalled(page, article)
    if not options.force and (refusal or not article.paragraphs):
        why = refusal or "none of its blocks belongs to a story"
        hint = "force=True (--force) gives what there is, the error's article (--explain) shows every block"
        raise NotAnArticle(f"no article: {why}; {hint}", article)
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
        language=_encodable(page.language),
        url=_encodable(page.url),
        paragraphs=paragraphs_of(page, verdicts, front, options),
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


def _encodable(said: str | None) -> str | None:
    """What a caller may have said of a page, as some encoding can hold it."""
    return said if said is None or said.isascii() else without_halves(said)


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


def _moved(verdicts: tuple[Verdict, ...], front: FrontMatter) -> tuple[Verdict, ...]:
    """The verdicts with those on the blocks that went into the front matter."""
    if not front.moved:
        return verdicts
    changed = list(verdicts)
    for place, name in front.moved.items():
        changed[place] = replace(verdicts[place], action=Action.MOVE, reason=None, field=name, rule=None)
    return tuple(changed)
