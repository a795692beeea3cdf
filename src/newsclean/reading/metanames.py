"""Names of meta tags that state a field of the front matter; lower case, a line for each maker's way of naming them."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from newsclean.patterns import pattern

_NAMES = {
    "titles": (
        "og:title twitter:title title headline ob_headline citation_title article:title article_title"
        " dc.title dc:title dcterms.title dc.title.main sailthru.title parsely-title cxenseparse:title mrf:title"
        " fb_title hdl item-title"
    ),
    "descriptions": (
        "og:description twitter:description description dc.description dcterms.description sailthru.description"
        " lead standfirst"
    ),
    "authors": (
        "author authors byl byline article:author article:author_name article:authors article_author articleauthor"
        " article-author author_name author-name og:author og:article:author creator dc.creator dc.creator.name"
        " dc:creator dcterms.creator dc.author sailthru.author parsely-author cxenseparse:author citation_author"
        " mrf:authors rbauthors dcsext.author news_author vr:author newsauthor writer reporter"
    ),
    "published": (
        "article:published_time article:published article:published_date article:publish_date article.published"
        " article:create_at article:created_time article.created og:article:published_time og:published_time"
        " og:publish_date og:pubdate"
        " published_time published published_at publisheddate published_date publishdate publish-date publish_date"
        " publish_time publication_date publicationdate publication-date pubdate pub_date pub-date ptime"
        " datepublished date_published date-published datecreated date date.issued created created_at creation_date"
        " dc.date.issued dc.date.created dc.date.published dc.date.publication dc.date dc:date dc.issued dc.created"
        " dcterms.date dcterms.issued dcterms.created dcterms.available prism.publicationdate rnews:datepublished"
        " sailthru.date parsely-pub-date cxenseparse:recs:publishtime cxenseparse:publishtime"
        " cxenseparse:recs:published_time citation_publication_date citation_date citation_online_date"
        " originalpublicationdate article_date_original displaydate content:publishdate iso-8601-publish-date"
        " mediator_published_time mrf:published bt:pubdate article-pub-date release_date vr:published_time"
        " rnews:datecreated uploaddate ya:ovs:upload_date"
    ),
    "updated": (
        "article:modified_time article:modified article:modified_date article:updated_time article:updated"
        " article:update_at article.updated og:updated_time og:modified_time og:article:modified_time"
        " modified_time updated_time modified updated revised last-modified last_modified lastmodified lastmod"
        " last-updated last_updated lastupdate lastupdated datemodified date_modified date-modified dateupdated moddate"
        " modified_at updated_at utime dc.date.modified dc.date.updated dc.modified dcterms.modified"
        " prism.modificationdate rnews:datemodified cxenseparse:recs:modifiedtime cxenseparse:modifiedtime"
        " iso-8601-modified-date article_date_updated date.modified"
    ),
    "publishers": (
        "publisher dc.publisher dcterms.publisher article_publisher citation_publisher prism.publicationname source"
    ),
    "site_name": "og:site_name og:sitename application-name sitename site_name site-name cre twitter:app:name:iphone",
    "url": "og:url canonical parsely-link",
    "language": "og:locale language dc.language dcterms.language content-language lang inlanguage locale",
    "kind": "og:type",
    "json": "parsely-page parsely-metadata",
    "json-ld": "script:ld+json",
}

FIELDS = MappingProxyType({name: field for field, names in _NAMES.items() for name in names.split()})
"""Lower-case name of a meta tag → the field of `Declared` it speaks of."""

_PUBLISHED = pattern(
    r"(?:publi(?:sh(?:ed)?|cation)|pub|posted|issued?|released?)[-_.: ]?(?:date|day|time|at|on)(?![a-z])"
    r"|date[-_.: ]?pub"
)
_UPDATED = pattern(
    r"(?:modif(?:ied|ication)|updated?)[-_.: ]?(?:date|day|time|at|on)(?![a-z])|last[-_.: ]?(?:modif|updat)"
)
_NO_STORY = pattern(r"unpub|expir|until|event|build|cache|review|comment|last[-_.: ]?pub|search|import|next")
_LONGEST_NAME = 60


@lru_cache(maxsize=512)
def field_of(name: str) -> str | None:
    """Tell which field of `Declared` a meta tag speaks of, None for none.

    name: lower case. Makers put their own prefixes before "published-date" and the like, and their own marks in it.
    """
    field = FIELDS.get(name)
    if field is not None or len(name) > _LONGEST_NAME or _NO_STORY.search(name):
        return field
    if _UPDATED.search(name):
        return "updated"
    return "published" if _PUBLISHED.search(name) else None


WRITTEN_BY = frozenset(
    {
        "written by", "author", "by", "verfasst von", "geschrieben von", "von", "autor", "écrit par", "auteur",
        "par", "escrito por", "por", "scritto da", "autore", "door", "geschreven door", "skrevet av", "skrevet af",
        "skriven av", "skrivet av", "napisane przez", "napsal", "napsal(a)", "yazan", "написал автор", "автор",
        "ditulis oleh", "kirjoittanut", "szerző", "escrit per", "scris de", "执笔者", "作者", "執筆者", "글쓴이",
        "كتب بواسطة", "γράφτηκε από", "pubblicato da", "publié par", "publicado por", "posted by",
    }
)  # fmt: skip
"""Labels that Twitter cards put before the author, case folded."""
