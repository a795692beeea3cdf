"""Page + verdicts → front matter; and the line readers it is made of."""

from __future__ import annotations

from newsclean.frontmatter.page import read_front_matter

__all__ = ["read_front_matter"]
