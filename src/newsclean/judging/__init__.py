"""Page → verdicts: which blocks are the story, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from newsclean.from_columns import from_columns
from newsclean.judging.confidence import page_facts, trust_of
from newsclean.judging.corrections import corrected, restored
from newsclean.judging.corrections.as_text import foreign_runs
from newsclean.judging.corrections.calls import called_upon
from newsclean.judging.corrections.repeats import repeats_of_kept
from newsclean.judging.features import read_features
from newsclean.judging.presets import threshold_of
from newsclean.judging.reasons import find_reasons
from newsclean.judging.tagger import load_model, tag
from newsclean.judging.wishes import named_in_story, spared, to_drop, wanted
from newsclean.model import JOINT, Action, Reason, Verdict
from newsclean.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsclean.judging.blocks.told import Told
    from newsclean.judging.tagger import Model
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
    reasons = corrected(page, features, kept, chances, is_default=is_default) if is_corrected else {}
    ruled = page.ruled.blocks
    for place, ruling in ruled.items():
        kept[place] = ruling.keep
        if not ruling.keep:
            reasons[place] = Reason.RULE

    def drop(named: Mapping[int, Reason]) -> None:
        for place in named.keys() - ruled.keys():
            kept[place] = False
            reasons[place] = named[place]

    def keep(places: Iterable[int]) -> None:
        for place in places:
            kept[place] = True
            del reasons[place]

    drop(dict.fromkeys(repeats_of_kept(page.blocks, kept, features, is_text=page.layout is None), Reason.DUPLICATE))
    unwanted = named_in_story(page, kept, to_drop(options.drop)) if options.drop else {}
    drop(unwanted)
    reasons = find_reasons(page, kept, reasons, features.said)
    if is_default:
        keep(restored(page, kept, chances, reasons) - ruled.keys() - unwanted.keys())
    judges = [model.name]

    def read_as_text(text: Page) -> tuple[Verdict, ...]:
        second = judge(text, _BALANCED, of_texts, known=features.told)
        judges.append(second.model)
        return second.verdicts

    if is_corrected:
        called = called_upon(page, kept, chances, reasons)
        drop(called | foreign_runs(page, kept, chances, read_as_text))
    if options.keep:
        keep(spared(page.blocks, kept, reasons, wanted(options.keep)))
    size = len(kept)
    verdicts = from_columns(
        Verdict,
        size,
        page.blocks,
        [Action.KEEP if is_kept else Action.DROP for is_kept in kept],
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
