"""The nouns of a batch: a Source, and the Outcome of cleaning it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, Self

from newsclean.checks import check_text, check_time
from newsclean.errors import UsageError
from newsclean.model import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.batch.remote import AnyPath
    from newsclean.model import Article
    from newsclean.review.sketch import Sketch
    from newsclean.sites.sighting import Sighting


class Sent:
    """A noun that is sent between processes page by page: pickled by its fields in their order, not by their names."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        names: tuple[str, ...] = self.__slots__
        return type(self), tuple([getattr(self, name) for name in names])

    def but(self, **changes: Any) -> Self:
        """The same but for some fields; in less time than `dataclasses.replace`, for this is done for every page."""
        other = object.__new__(type(self))
        names: tuple[str, ...] = self.__slots__
        for name in names:
            object.__setattr__(other, name, changes.pop(name) if name in changes else getattr(self, name))
        if changes:
            raise TypeError(f"{type(self).__name__} has no {', '.join(changes)}")
        return other


class Sealed(Protocol):
    """A record that nobody has read yet, so that the process that cleans its page does so, not the one that found it.

    That way a page crosses from one to the other in as few bytes as can be, or not at all.
    """

    @property
    def held(self) -> int:
        """Bytes of it that are in memory."""

    def opened(self, source: Source) -> Source:
        """The record as a source, in place of the one that it is sealed in; what is wrong with it is its error."""


@dataclass(frozen=True, slots=True)
class Source(Sent):
    """One input: a file, a stream, or a record of an archive or table.

    name: how messages and JSON Lines call it. path: the file; None for a stream or record. content: its bytes or text,
    where they had to be read ahead (a stream is open in one process only). target: the file that its article goes to;
    None for stdout. error: why it cannot be read at all. skipped: why it is passed over.
    offset: of a record its place in the file `name`: the byte in a WARC file, the line (from 1) in JSON Lines, the row
    (from 0) in Parquet. url, fetched (ISO 8601), charset: as the record or the transport says. fields: what else the
    record holds, as a JSON object. weight: bytes of input that it stands for, to tell how far a run is.
    part: of a long run, the part of the output that it belongs to. begin: of a record where reading can begin so that
    it comes first, a byte or a row group; None where only at the front of its file.
    sealed: the record itself, as long as nobody has read it; content, url and fields are in there.

    Raises UsageError when one of those that programs give is of another type.
    """

    name: str
    path: AnyPath | None = None
    content: bytes | str | None = None
    target: AnyPath | None = None
    error: str = ""
    skipped: str = ""
    offset: int | None = None
    url: str | None = None
    fetched: str | None = None
    charset: str | None = None
    fields: str = ""
    weight: int = 0
    part: int = 0
    begin: int | None = None
    sealed: Sealed | None = None

    def __post_init__(self) -> None:
        """Refuse what could only be a mistake, where it is made: later it is an error within a worker process."""
        if not isinstance(self.name, str):
            raise UsageError(f"name: {self.name!r} is no str")
        check_text("url", self.url)
        check_text("charset", self.charset)
        if self.path is not None and not hasattr(self.path, "open"):
            raise UsageError(f"path: {self.path!r} is no pathlib.Path; write Path(…), or content=… for the page itself")
        if self.content is not None and not isinstance(self.content, bytes | str):
            raise UsageError(
                f"content: {type(self.content).__name__} is neither bytes nor str; of a tree give str(tree)"
            )
        check_time("fetched", self.fetched)

    @property
    def held(self) -> int:
        """How much of it is in memory, in bytes or characters."""
        return len(self.content or "") + (self.sealed.held if self.sealed is not None else 0)

    @property
    def opened(self) -> Source:
        """The source itself, its record read."""
        return self if self.sealed is None else self.sealed.opened(self)

    @property
    def label(self) -> str:
        """The name that tells it from every other source of a run."""
        return self.name if self.offset is None else f"{self.name}:{self.offset}"

    @property
    def settled(self) -> bool:
        """Nothing is left to be done about it."""
        return bool(self.error or self.skipped)


@dataclass(frozen=True, slots=True)
class Tally(Sent):
    """What was done to the blocks of one page.

    words: of the body, between white space. reasons: of the dropped blocks, how many for each, by name of the Reason.
    confidence: how sure the judge is, 0 to 1. model: name of the weights that judged.
    """

    kept: int
    dropped: int
    moved: int
    words: int
    reasons: tuple[tuple[str, int], ...]
    confidence: float = 1.0
    model: str = ""

    @classmethod
    def of(cls, article: Article) -> Tally:
        """Count an article's verdicts."""
        actions = [verdict.action for verdict in article.verdicts]
        reasons = Counter([verdict.reason for verdict in article.verdicts if verdict.reason is not None])
        # white space is folded there, so that its words can be counted without being cut out
        body = " ".join([paragraph.text for paragraph in article.paragraphs if paragraph.text])
        return cls(
            kept=actions.count(Action.KEEP),
            dropped=actions.count(Action.DROP),
            moved=actions.count(Action.MOVE),
            words=body.count(" ") + 1 if body else 0,
            reasons=tuple(sorted([(reason.value, count) for reason, count in reasons.items()])),
            confidence=round(article.confidence, 4),
            model=article.model,
        )


@dataclass(frozen=True, slots=True)
class Outcome(Sent):
    """What came of one source.

    written: the article in the form asked for, in UTF-8, unless it went to `source.target`. tally: of the article.
    error: one line for people, empty when all went well. usage: the error is the caller's, and every other source has
    it too. ends: the output has no more room, so every other source would have the error too, until somebody makes
    some. sketch: of the page for the review, where the job asks for one and the page could be read. article: where the
    caller is a program that wants it as it is. row: the article as a row of a table. sighting: what the page tells of
    its site, where that is to be learned.
    """

    source: Source
    written: bytes = b""
    tally: Tally | None = None
    error: str = ""
    usage: bool = False
    ends: bool = False
    sketch: Sketch | None = None
    article: Article | None = None
    row: Mapping[str, Any] | None = field(default=None, hash=False)
    sighting: Sighting | None = None

    @classmethod
    def settled(cls, source: Source) -> Outcome:
        """The outcome of a source that nothing is left to be done about."""
        return cls(source, error=source.error)
