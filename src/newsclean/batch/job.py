"""What is done with every source of a batch: clean it, write it out, and never let an error past."""

from __future__ import annotations

import errno
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsclean.batch.formats.unpack import ZSTD, unzstd
from newsclean.batch.outcome import Outcome, Tally
from newsclean.batch.remote import why_not
from newsclean.batch.targets import write_whole
from newsclean.checks import check_path
from newsclean.errors import NewscleanError, NotAnArticle, UnreadableSource, UsageError
from newsclean.options import Options
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from newsclean.batch.outcome import Source
    from newsclean.judging.evidence import Evidence
    from newsclean.model import Article, Page
    from newsclean.review.sketch import Sketch

_DEFAULT = Options()

_NO_ROOM = frozenset({errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Why a file cannot be written that is no fault of its page."""

SUFFIXES = {
    "text": ".txt",
    "markdown": ".md",
    "json": ".json",
    "jsonl": ".jsonl",
    "jsonld": ".jsonld",
    "parquet": ".parquet",
}
"""The output formats, and the suffixes of their files."""


@dataclass(frozen=True, slots=True)
class Job:
    """How every source is to be cleaned and written.

    form: "text", "markdown", "json", "jsonl", "jsonld", "parquet" (rows) or "article" (as it is). url: where the source
    came from. explain: write the verdicts in place of the article (JSON has them anyway), `full` with every word of
    every block and the evidence. diff: write what changes in its place. check: write nothing else, and take it for a
    failure when something is dropped. width: columns of an explanation. color: with terminal colours. sketch: also
    sketch the page for the review, room: bytes of HTML that its blocks may take there.
    """

    options: Options = _DEFAULT
    form: str = "text"
    url: str | None = None
    explain: bool = False
    full: bool = False
    diff: bool = False
    check: bool = False
    width: int = 80
    color: bool = False
    sketch: bool = False
    room: int | None = None

    def prepare(self) -> None:
        """Load what every source needs, so that the first one takes no longer than the others."""
        from newsclean import pipeline  # noqa: F401, PLC0415  (costly, and not needed where workers do it)

    def do(self, source: Source) -> Outcome:
        """Clean one source and write its article, to the source's target or into the outcome.

        Nothing is raised but what stops a program; whatever else goes wrong is the outcome's error, on one line.
        """
        try:
            source = source.opened
            return Outcome.settled(source) if source.settled else self._clean(source)
        except UsageError as error:
            return Outcome(source, error=one_line(str(error)), usage=True)
        except NewscleanError as error:
            ends = isinstance(error.__cause__, OSError) and error.__cause__.errno in _NO_ROOM
            return Outcome(source, error=one_line(str(error)), ends=ends)
        except Exception as error:  # noqa: BLE001  (a batch outlives any page)
            return Outcome(source, error=_internal(error))

    def render(self, article: Article, source: Source) -> bytes:
        """The article in the form asked for, in UTF-8."""
        if self.form == "jsonl":
            from newsclean.writing.json import write_json_line  # noqa: PLC0415  (loaded by those who ask for it)

            return write_json_line(article, source.name, _origin(source))
        return self._text(article, source).encode("utf-8")

    def _text(self, article: Article, source: Source) -> str:
        if self.form == "json":
            from newsclean.writing.json import write_json  # noqa: PLC0415  (loaded by those who ask for it)

            return write_json(article)
        if self.diff:
            from newsclean.writing.diff import write_diff  # noqa: PLC0415  (loaded by those who ask for it)

            diff = write_diff(article, source.label)
            return self._painted(diff) if self.color else diff
        if self.check:
            return ""
        if self.explain:
            from newsclean.view import explanation  # noqa: PLC0415  (rich is loaded by those who ask for it)

            evidence = self._evidence(source) if self.full else ()
            return explanation(article, width=self.width, color=self.color, full=self.full, evidence=evidence)
        if self.form == "jsonld":
            from newsclean.writing.jsonld import write_jsonld  # noqa: PLC0415  (loaded by those who ask for it)

            return write_jsonld(article)
        if self.form == "markdown":
            from newsclean.writing.markdown import write_markdown  # noqa: PLC0415  (loaded by those who ask for it)

            return write_markdown(article)
        return str(article)

    def _clean(self, source: Source) -> Outcome:
        from newsclean.pipeline import clean_page  # noqa: PLC0415  (costly, and not needed where workers do it)

        options = self.options
        if source.fetched and options.now is None:
            options = replace(options, now=source.fetched)
        try:
            article = clean_page(self._read(source, options), options)
        except NotAnArticle as error:
            written = self._deliver(source, error.article) if self.explain and error.article else b""
            why = one_line(str(error))
            return Outcome(source, written, error=why, sketch=self._sketch(source, error.article, why))
        tally, sketch = Tally.of(article), self._sketch(source, article)
        if self.form == "article":
            return Outcome(source, tally=tally, article=article)
        if self.form == "parquet":
            from newsclean.batch.formats.rows import row_of  # noqa: PLC0415  (loaded by those who ask for it)

            return Outcome(source, tally=tally, sketch=sketch, row=row_of(article, source, tally))
        why = _would_drop(tally) if self.check and tally.dropped else ""
        return Outcome(source, self._deliver(source, article), tally, why, sketch=sketch)

    def _evidence(self, source: Source) -> tuple[Evidence, ...]:
        """Why the tagger judged as it did, block by block; the page is read once more for that."""
        from newsclean.judging.evidence import weigh  # noqa: PLC0415  (loaded by those who ask for it)

        return weigh(self._read(source, self.options))

    def _read(self, source: Source, options: Options) -> Page:
        from newsclean.reading import read  # noqa: PLC0415  (costly, and not needed where workers do it)

        content, url = _content(source, options), source.url or self.url
        return read(content, url=url, options=options, http_charset=source.charset)

    @staticmethod
    def _painted(diff: str) -> str:
        from newsclean.view import painted_diff  # noqa: PLC0415  (rich is loaded by those who ask for it)

        return painted_diff(diff)

    def _sketch(self, source: Source, article: Article | None, error: str = "") -> Sketch | None:
        if article is None or not self.sketch:
            return None
        from newsclean.review.sketch import sketch  # noqa: PLC0415  (loaded by those who ask for it)

        return sketch(article, source.label, error=error, room=self.room)

    def _deliver(self, source: Source, article: Article) -> bytes:
        written = self.render(article, source)
        if source.target is None:
            return written
        try:
            write_whole(source.target, written)
        except OSError as error:
            raise NewscleanError(f"{source.target} cannot be written: {why_not(error)}") from error
        return b""


def _would_drop(tally: Tally) -> str:
    reasons = ", ".join(f"{count} {name}" for name, count in sorted(tally.reasons, key=lambda p: (-p[1], p[0])))
    return f"{tally.dropped} of its blocks would be dropped: {reasons}"


def _content(source: Source, options: Options) -> str | bytes | Path:
    """What there is to read; what nobody else unpacks is unpacked."""
    content = source.content
    if content is None:
        if source.path is None:
            raise UsageError("there is nothing to read")
        check_path(source.path)
        if isinstance(source.path, Path) and source.path.suffix.lower() != ".zst":
            return source.path
        try:
            with source.path.open("rb") as file:
                content = file.read(options.max_bytes + 1)
        except OSError as error:
            raise UnreadableSource(f"cannot be read: {why_not(error)}") from None
    if isinstance(content, bytes) and content.startswith(ZSTD) and len(content) <= options.max_bytes:
        return unzstd(content, options.max_bytes)
    return content


def _origin(source: Source) -> dict[str, Any]:
    """What the record that a page came from says about it; nothing for a file of its own."""
    origin: dict[str, Any] = {}
    if source.offset is not None:
        origin["offset"] = source.offset
    if source.fetched:
        origin["fetched"] = source.fetched
    if source.fields:
        from msgspec import Raw  # noqa: PLC0415  (few records have them)

        origin["input"] = Raw(source.fields.encode("utf-8"))
    return origin


def _internal(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return one_line(f"internal error: {type(error).__name__}{where}: {str(error)[:200]}; please report it")
