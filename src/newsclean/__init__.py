"""Tell story from boilerplate on a news page, HTML or flattened text, and normalize its front matter.

What the library offers is loaded as it is asked for: a command that is only about to begin can be broken off at once.

>>> import newsclean
>>> article = newsclean.clean("page.html text or bytes or path")  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

from newsclean._version import __version__

if TYPE_CHECKING:
    from newsclean.batch.learning import learn_sites, merge_sites
    from newsclean.batch.many import clean_many
    from newsclean.batch.outcome import Outcome, Source
    from newsclean.errors import NewscleanError, NotAnArticle, UnreadableSource, UsageError
    from newsclean.frontmatter.byline import parse_byline
    from newsclean.frontmatter.dateline import parse_dateline
    from newsclean.frontmatter.dates import parse_dates
    from newsclean.model import Action, Article, Block, Byline, Dateline, Dates, Declared, Kind, Page, Reason, Verdict
    from newsclean.options import Options
    from newsclean.pipeline import clean
    from newsclean.sites.memory import SiteMemory

__all__ = [
    "Action",
    "Article",
    "Block",
    "Byline",
    "Dateline",
    "Dates",
    "Declared",
    "Kind",
    "NewscleanError",
    "NotAnArticle",
    "Options",
    "Outcome",
    "Page",
    "Reason",
    "SiteMemory",
    "Source",
    "UnreadableSource",
    "UsageError",
    "Verdict",
    "__version__",
    "clean",
    "clean_many",
    "learn_sites",
    "merge_sites",
    "parse_byline",
    "parse_dateline",
    "parse_dates",
]

_NAMES = {
    "batch.learning": "learn_sites merge_sites",
    "batch.many": "clean_many",
    "batch.outcome": "Outcome Source",
    "errors": "NewscleanError NotAnArticle UnreadableSource UsageError",
    "frontmatter.byline": "parse_byline",
    "frontmatter.dateline": "parse_dateline",
    "frontmatter.dates": "parse_dates",
    "model": "Action Article Block Byline Dateline Dates Declared Kind Page Reason Verdict",
    "options": "Options",
    "pipeline": "clean",
    "sites.memory": "SiteMemory",
}
_HOMES = {name: f"{__name__}.{module}" for module, names in _NAMES.items() for name in names.split()}


if not TYPE_CHECKING:  # else any name would be one of ours to a type checker

    def __getattr__(name: str) -> object:
        """What is asked for by name, from the module that has it."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value  # asked for again, it is there
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
