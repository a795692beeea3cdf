"""One frozen Options for everything a caller can set."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import Literal

from newsclean.checks import check_reasons, check_share, check_text, check_time
from newsclean.errors import UsageError
from newsclean.rules import NO_RULES, Rules
from newsclean.sites.memory import SiteMemory

InputKind = Literal["auto", "html", "text"]
LineMode = Literal["keep", "drop", "normalize"]
Preset = Literal["precision", "balanced", "recall"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "as_": ("auto", "html", "text"),
    "byline": ("keep", "drop", "normalize"),
    "dateline": ("keep", "drop", "normalize"),
    "preset": ("precision", "balanced", "recall"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a caller can set; change one with `dataclasses.replace`.

    as_: how to read the source: "html", "text", or "auto" to tell from its first characters.
    encoding: the charset of bytes when the caller knows better than the page (any WHATWG label).
    language: a BCP 47 code that overrides what the page declares; steers dates and bylines, never the judge.
    threshold: keep a block from this probability on, between 0 and 1; None is the model's own, calibrated one.
        Lower keeps more (and some boilerplate), higher keeps less (and loses some of the story).
    preset: where the judge cuts while no threshold is given: "balanced" at the model's own, "precision" where less
        boilerplate is kept, "recall" where less of the story is lost.
    keep: Reasons for which nothing is dropped ("caption", "author-bio" …); captions and credits of other stories'
        pictures are dropped all the same.
    drop: Reasons for which also that is dropped which the judge takes for the story, where a block's own words, its
        kind or the markup around it name one of them.
    links, emphasis, images: keep these of an HTML page's story, for Markdown; other forms are words alone.
    header: write title, standfirst, byline and dates above the body.
    byline, dateline: "normalize" writes the normal form, "keep" what the page printed, "drop" leaves it out.
    now: ISO 8601 time of reading that relative dates ("2 hours ago") are counted from; None leaves them unread.
    force: give an Article even when the judge says that the page is none; otherwise NotAnArticle is raised.
    rules: phrases and site rules of the user's own; see `newsclean.rules`.
    site_memory: what comes back on the pages of sites, to be dropped; see `newsclean.SiteMemory`.
    max_bytes: the largest source taken, in bytes after decompression.
    """

    as_: InputKind = "auto"
    encoding: str | None = None
    language: str | None = None
    threshold: float | None = None
    preset: Preset = "balanced"
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    links: bool = False
    emphasis: bool = False
    images: bool = False
    header: bool = True
    byline: LineMode = "normalize"
    dateline: LineMode = "normalize"
    now: str | None = None
    force: bool = False
    rules: Rules = NO_RULES
    site_memory: SiteMemory | None = None
    max_bytes: int = 20_000_000

    @property
    def wants_inline(self) -> bool:
        """Whether a page is to be read for what stands inside its blocks."""
        return self.links or self.emphasis or self.images

    def __post_init__(self) -> None:
        """Refuse values that could only be a mistake.

        Raises UsageError, which is also a ValueError.
        """
        for name, allowed in _CHOICES.items():
            value = getattr(self, name)
            if value not in allowed:
                raise UsageError(f"{name.rstrip('_')}: {value!r} is none of {', '.join(allowed)}")
        for name in ("encoding", "language"):
            check_text(name, getattr(self, name))
        check_share("threshold", self.threshold)
        check_reasons("keep", self.keep)
        check_reasons("drop", self.drop)
        both = sorted(set(self.keep) & set(self.drop))
        if both:
            raise UsageError(f"keep and drop: {both[0]} cannot be both")
        check_time("now", self.now)
        if not isinstance(self.rules, Rules):
            raise UsageError(
                f"rules: {self.rules!r} is no Rules; newsclean.rules.parse.load_rules reads them from files"
            )
        if self.site_memory is not None and not isinstance(self.site_memory, SiteMemory):
            raise UsageError(f"site_memory: {self.site_memory!r} is no SiteMemory; open its file as SiteMemory(path)")
        if not isinstance(self.max_bytes, Integral) or self.max_bytes <= 0:
            raise UsageError(f"max_bytes: {self.max_bytes!r} is not a positive number of bytes")


def check_options(options: object) -> None:
    """Refuse what are no Options. Raises UsageError."""
    if not isinstance(options, Options):
        raise UsageError(f"options: {options!r} is no Options; write Options(…), or leave it out")
