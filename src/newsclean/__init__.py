"""Tell story from boilerplate on a news page, HTML or flattened text, and normalize its front matter.

>>> import newsclean
>>> article = newsclean.clean("page.html text or bytes or path")  # doctest: +SKIP
"""

from newsclean._version import __version__
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
