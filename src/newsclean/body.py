"""The body of an article: its kept blocks, the dateline at the head of one of them in the form asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING

from newsclean.from_columns import from_columns
from newsclean.inline import shifted
from newsclean.model import Action, Paragraph

if TYPE_CHECKING:
    from newsclean.model import Dateline, FrontMatter, Page, Verdict
    from newsclean.options import Options


def paragraphs_of(
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
    return tuple(with_dateline(list(body), front.dateline, options))


def with_dateline(body: list[Paragraph], dateline: Dateline | None, options: Options) -> list[Paragraph]:
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
