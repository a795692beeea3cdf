"""An article as a row of a table, and the table's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsclean._version import __version__

if TYPE_CHECKING:
    from types import ModuleType

    from newsclean.batch.outcome import Source, Tally
    from newsclean.model import Article


def row_of(article: Article, source: Source, tally: Tally) -> dict[str, Any]:
    """The article as a flat row; `blocks` has the verdict on every block, `input` what else the record held."""
    byline, dateline = article.byline, article.dateline
    return {
        "source": source.name.encode("utf-8", "replace").decode("utf-8"),
        "offset": source.offset,
        "fetched": source.fetched,
        "input": source.fields or None,
        "newsclean": __version__,
        "model": article.model,
        "url": article.url,
        "language": article.language,
        "title": article.title,
        "standfirst": article.standfirst,
        "authors": list(byline.authors) if byline else [],
        "agencies": list(byline.agencies) if byline else [],
        "editors": list(byline.editors) if byline else [],
        "published": article.published,
        "updated": article.updated,
        "date_ambiguous": article.date_ambiguous,
        "dateline": dateline.raw if dateline else None,
        "place": dateline.place if dateline else None,
        "text": article.text,
        "confidence": round(article.confidence, 4),
        "kept": tally.kept,
        "dropped": tally.dropped,
        "moved": tally.moved,
        "blocks": [verdict.to_dict() for verdict in article.verdicts],
    }


def schema_of(arrow: ModuleType) -> Any:
    """The columns of `row_of` as an Arrow schema: the same for every shard, whatever is in it."""
    text, whole, words = arrow.string(), arrow.int64(), arrow.list_(arrow.string())
    block = arrow.struct(
        [
            ("index", whole),
            ("action", text),
            ("reason", text),
            ("probability", arrow.float64()),
            ("field", text),
            ("rule", text),
            ("kind", text),
            ("level", whole),
            ("text", text),
        ]
    )
    special = {
        **dict.fromkeys(["offset", "kept", "dropped", "moved"], whole),
        **dict.fromkeys(["authors", "agencies", "editors"], words),
        "date_ambiguous": arrow.bool_(),
        "confidence": arrow.float64(),
        "blocks": arrow.list_(block),
    }
    return arrow.schema([(name, special.get(name, text)) for name in _COLUMNS])


_COLUMNS = tuple(
    (
        "source offset fetched input newsclean model url language title standfirst authors agencies editors published "
        "updated date_ambiguous dateline place text confidence kept dropped moved blocks"
    ).split()
)
