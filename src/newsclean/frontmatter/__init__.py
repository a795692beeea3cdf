"""Page + verdicts → front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.model import FrontMatter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Page, Verdict
    from newsclean.options import Options


def read_front_matter(page: Page, verdicts: Sequence[Verdict], options: Options) -> FrontMatter:
    """Read title, standfirst, byline, dates and dateline (stand-in)."""
    return FrontMatter()
