"""Pages with rows put between the paragraphs of a story, in the forms that sites and flattened texts have them.

A row that begins with "@" is a link and one with "#" a heading.
"""

from __future__ import annotations

FORMS = ("box", "list", "paragraphs", "text")
"""An element of its own, its list, paragraphs like the story's, and all of it as a text."""


def marked_up(rows: list[str], form: str) -> str:
    """Rows as pages without telling names have them: in an element of their own, as its list, or among the story's."""
    tag = "li" if form == "list" else "p"
    lines = [
        f"<h3>{row[1:]}</h3>"
        if row[0] == "#" and form != "paragraphs"
        else f"<{tag}><a href='/x'>{row[1:]}</a></{tag}>"
        if row[0] == "@"
        else f"<{tag}>{row.lstrip('#')}</{tag}>"
        for row in rows
    ]
    if form == "list":
        head = lines.pop(0) if rows[0][0] == "#" else ""
        return f"<div>{head}<ul>{''.join(lines)}</ul></div>"
    return f"<div>{''.join(lines)}</div>" if form == "box" else "".join(lines)


def source(language: str, headline: str, above: list[str], rows: list[str], below: list[str], form: str) -> str:
    if form == "text":
        return "\n\n".join([headline, *above, *(row.lstrip("@#") for row in rows), *below])
    told = ["".join(f"<p>{paragraph}</p>" for paragraph in part) for part in (above, below)]
    return (
        f"<html lang='{language}'><head><title>{headline}</title></head><body><ul><li><a href='/'>News</a></li><li>"
        f"<a href='/s'>Sport</a></li></ul><main><h1>{headline}</h1><div>{told[0]}{marked_up(rows, form)}{told[1]}</div>"
        "</main><footer>© 2026</footer></body></html>"
    )
