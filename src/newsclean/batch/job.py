"""What is done with every source of a batch: clean it, write it out, and never let an error past."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.batch.outcome import Outcome, Tally
from newsclean.batch.sources import why_not
from newsclean.batch.targets import write_whole
from newsclean.errors import NewscleanError, NotAnArticle, UsageError
from newsclean.options import Options
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from newsclean.batch.outcome import Source
    from newsclean.model import Article
    from newsclean.review.sketch import Sketch

_DEFAULT = Options()

SUFFIXES = {"text": ".txt", "markdown": ".md", "json": ".json", "jsonl": ".jsonl"}
"""The output formats, and the suffixes of their files."""


@dataclass(frozen=True, slots=True)
class Job:
    """How every source is to be cleaned and written.

    form: "text", "markdown", "json" or "jsonl". url: where the source came from. explain: write the verdicts in place
    of the article (JSON has them anyway), `full` with every word of every block. width: columns of an explanation.
    color: with terminal colours. sketch: also sketch the page for the review, room: bytes of HTML
    that its blocks may take there.
    """

    options: Options = _DEFAULT
    form: str = "text"
    url: str | None = None
    explain: bool = False
    full: bool = False
    width: int = 80
    color: bool = False
    sketch: bool = False
    room: int | None = None

    def do(self, source: Source) -> Outcome:
        """Clean one source and write its article, to the source's target or into the outcome.

        Nothing is raised but what stops a program; whatever else goes wrong is the outcome's error, on one line.
        """
        if source.settled:
            return Outcome.settled(source)
        try:
            return self._clean(source)
        except UsageError as error:
            return Outcome(source, error=one_line(str(error)), usage=True)
        except NewscleanError as error:
            return Outcome(source, error=one_line(str(error)))
        except Exception as error:  # noqa: BLE001  (a batch outlives any page)
            return Outcome(source, error=_internal(error))

    def render(self, article: Article, name: str) -> str:
        """The article in the form asked for. name: of its source."""
        if self.form == "json":
            from newsclean.writing.json import write_json  # noqa: PLC0415  (loaded by those who ask for it)

            return write_json(article)
        if self.form == "jsonl":
            from newsclean.writing.json import write_json_line  # noqa: PLC0415  (loaded by those who ask for it)

            return write_json_line(article, name)
        if self.explain:
            from newsclean.view import explanation  # noqa: PLC0415  (rich is loaded by those who ask for it)

            return explanation(article, width=self.width, color=self.color, full=self.full)
        if self.form == "markdown":
            from newsclean.writing.markdown import write_markdown  # noqa: PLC0415  (loaded by those who ask for it)

            return write_markdown(article)
        return str(article)

    def _clean(self, source: Source) -> Outcome:
        from newsclean.pipeline import clean  # noqa: PLC0415  (costly, and not needed where workers do it)

        page = source.content if source.content is not None else source.path
        if page is None:
            raise UsageError("there is nothing to read")
        try:
            article = clean(page, url=self.url, options=self.options)
        except NotAnArticle as error:
            written = self._deliver(source, error.article) if self.explain and error.article else ""
            why = one_line(str(error))
            return Outcome(source, written, error=why, sketch=self._sketch(source, error.article, why))
        return Outcome(source, self._deliver(source, article), Tally.of(article), sketch=self._sketch(source, article))

    def _sketch(self, source: Source, article: Article | None, error: str = "") -> Sketch | None:
        if article is None or not self.sketch:
            return None
        from newsclean.review.sketch import sketch  # noqa: PLC0415  (loaded by those who ask for it)

        return sketch(article, source.name, error=error, room=self.room)

    def _deliver(self, source: Source, article: Article) -> str:
        written = self.render(article, source.name)
        if source.target is None:
            return written
        try:
            write_whole(source.target, written)
        except OSError as error:
            raise NewscleanError(f"{source.target} cannot be written: {why_not(error)}") from error
        return ""


def _internal(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return one_line(f"internal error: {type(error).__name__}{where}: {str(error)[:200]}; please report it")
