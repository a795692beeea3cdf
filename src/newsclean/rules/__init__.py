"""Rules of the user's own: phrases and CSS selectors that drop, keep or name parts of a page, as data."""

from __future__ import annotations

from newsclean.rules.rule import NO_RULES, PhraseRule, Rules, SiteRule

__all__ = ["NO_RULES", "PhraseRule", "Rules", "SiteRule"]
