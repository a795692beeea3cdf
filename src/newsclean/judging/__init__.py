"""Page → verdicts: which blocks are the story, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from newsclean.from_columns import from_columns
from newsclean.judging.adverts import adverts_in_story
from newsclean.judging.as_text import foreign_runs
from newsclean.judging.beyond import beyond_story
from newsclean.judging.boxes import boxed, heads_of_links, in_cards
from newsclean.judging.calls import called_upon
from newsclean.judging.company import announced, by_company
from newsclean.judging.confidence import page_facts, trust_of
from newsclean.judging.counters import counters_in_story
from newsclean.judging.entries import entries_of_story
from newsclean.judging.features import read_features
from newsclean.judging.labels import credits_of_kept, labels_of_kept
from newsclean.judging.links import doubtful_links, listed_links, teasers
from newsclean.judging.lists import lists_of_story
from newsclean.judging.presets import threshold_of
from newsclean.judging.prompts import around_prompts
from newsclean.judging.reasons import find_reasons
from newsclean.judging.repeats import labels_told_again, repeats_of_kept
from newsclean.judging.speakers import speakers_of_story
from newsclean.judging.tables import tables_of_story
from newsclean.judging.tagger import load_model, tag
from newsclean.judging.wishes import named_in_story, spared, to_drop, wanted
from newsclean.judging.within import rest_of_story
from newsclean.model import JOINT, Action, Reason, Verdict
from newsclean.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.judging.features import Features
    from newsclean.judging.tagger import Model
    from newsclean.judging.told import Told
    from newsclean.model import Page


CLEAN = 0.15
"""A text of which no block is less probable than this is clean already: nothing is dropped for a doubt alone.

Calibrated on the held-out folds of the development texts: foreign blocks that are there make the tagger sure of one.
"""


LEAST_STORY = 0.25
"""A page less probable than this to be an article is refused; on held-out pages that refuses hardly any article."""
_BALANCED = Options()
_NO_STORY = "it reads like a list of links, a message or a form"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on every block, how sure the judge is of the page, and which weights judged.

    model: their names; of an HTML page whose story was read as a text too, both with JOINT between them.
    refusal: why the page is no article, or None. told: what the texts of a flattened page say, if that is known.
    """

    verdicts: tuple[Verdict, ...]
    confidence: float
    model: str
    refusal: str | None = None
    told: Told | None = None


def judge(
    page: Page, options: Options, model: Model | None = None, of_texts: Model | None = None, known: Told | None = None
) -> Judgement:
    """Judge every block of a page: the tagger decides, a few rules correct it, then every drop gets its reason.

    model: other weights than those shipped, as cross-validation needs them. of_texts: those for the story of an HTML
    page read as a text. known: what texts say that have been read already; the page's may be among them.
    """
    if model is None:
        model = load_model("text" if page.layout is None else "html")
    if not page.blocks:
        return Judgement((), 0.0, model.name, _NO_STORY)
    features = read_features(page, model.vocabulary, known)
    probability = tag(features, model)
    kept: list[bool] = (probability >= threshold_of(options, model, is_text=page.layout is None)).tolist()
    is_default = options.threshold is None and options.preset != "precision"
    if page.layout is None and is_default and float(probability.min()) >= CLEAN:
        kept = [True] * len(kept)
    chances: list[float] = probability.tolist()
    is_corrected = options.threshold is None and options.preset != "recall"
    reasons = _corrected(page, features, kept, chances, is_default=is_default) if is_corrected else {}
    ruled = page.ruled.blocks
    for place, ruling in ruled.items():
        kept[place] = ruling.keep
        if not ruling.keep:
            reasons[place] = Reason.RULE
    for place in repeats_of_kept(page.blocks, kept, features, is_text=page.layout is None):
        if place not in ruled:
            kept[place] = False
            reasons[place] = Reason.DUPLICATE
    unwanted = named_in_story(page, kept, to_drop(options.drop)) if options.drop else {}
    for place, named in unwanted.items():
        if place not in ruled:
            kept[place] = False
            reasons[place] = named
    reasons = find_reasons(page, kept, reasons, features.said)
    if is_default:
        for place in {
            *rest_of_story(page, kept, chances, reasons),
            *tables_of_story(page, kept, chances, reasons),
            *labels_told_again(page, kept, chances, reasons),
            *lists_of_story(page, kept, chances, reasons),
            *entries_of_story(page, kept, reasons),
            *speakers_of_story(page, kept, reasons),
        }:
            if place not in ruled and place not in unwanted:
                kept[place] = True
                del reasons[place]
    judges = [model.name]

    def read_as_text(text: Page) -> tuple[Verdict, ...]:
        second = judge(text, _BALANCED, of_texts, known=features.told)
        judges.append(second.model)
        return second.verdicts

    if is_corrected:
        called = called_upon(page, kept, chances, reasons)
        as_text = foreign_runs(page, kept, chances, read_as_text)
        for place, named in {**called, **as_text}.items():
            if place not in ruled:
                kept[place] = False
                reasons[place] = named
    if options.keep:
        for place in spared(page.blocks, kept, reasons, wanted(options.keep)):
            kept[place] = True
            del reasons[place]
    keep, drop = Action.KEEP, Action.DROP
    size = len(kept)
    verdicts = from_columns(
        Verdict,
        size,
        page.blocks,
        [keep if is_kept else drop for is_kept in kept],
        [None if is_kept else reasons[place] for place, is_kept in enumerate(kept)],
        chances,
        repeat(None),
        [ruled[place].rule if place in ruled else None for place in range(size)] if ruled else repeat(None),
    )
    trust = trust_of(page, page_facts(page, features, probability, kept))
    refusal = _NO_STORY if trust.story < LEAST_STORY or not any(kept) else None
    return Judgement(
        verdicts, trust.confidence, JOINT.join(judges), refusal, features.told if page.layout is None else None
    )


def _corrected(
    page: Page, features: Features, kept: list[bool], chances: Sequence[float], *, is_default: bool
) -> dict[int, Reason]:
    """Change in `kept` what rules know better than the tagger, and give the Reasons that they name.

    chances: probability of every block. is_default: for the balanced preset.
    """
    reasons: dict[int, Reason] = {}

    def drop(places: Iterable[int], reason: Reason | None = None) -> None:
        for place in places:
            kept[place] = False
            if reason is not None:
                reasons[place] = reason

    is_text = page.layout is None
    said = features.said
    drop(list(labels_of_kept(said, kept, chances, is_text=is_text)))
    if not is_text:
        drop(list(credits_of_kept(page.blocks, said, kept, chances)))
    for place, named in around_prompts(page, said, kept).items():
        drop([place], named)
    drop(
        [*doubtful_links(page, kept, chances), *teasers(page, said, kept, chances), *listed_links(page, kept, chances)]
    )
    if is_text and is_default:
        mass: list[int] = features.mass.tolist()
        for place, stays in list(by_company(kept, chances, said, mass)):
            kept[place] = stays
        for place in list(announced(page.blocks, kept, chances, said, mass)):
            kept[place] = True
    drop(adverts_in_story(page.blocks, kept), Reason.LISTING)
    drop(counters_in_story(page.blocks, kept), Reason.NAVIGATION)
    for place, plain in beyond_story(page, kept, chances).items():
        drop([place], plain)
    for place, named in boxed(page, said, kept).items():
        drop([place], named)
    drop([*in_cards(page, kept, chances), *heads_of_links(page, kept)], Reason.RELATED)
    return reasons
