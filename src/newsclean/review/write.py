"""Sketches → one HTML file that needs nothing but a browser.

Page text enters the template as escaped text only. A content security policy allows the file's own script and style by
their hashes and nothing else, so that even markup that came through would load and run nothing.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from newsclean._version import __version__
from newsclean.model import Reason
from newsclean.shipped import shipped_text

if TYPE_CHECKING:
    from newsclean.review.batch import Account
    from newsclean.review.sketch import Sketch

_SIGNS = {"keep": "+", "drop": "\N{MINUS SIGN}", "move": "\N{RIGHTWARDS ARROW}"}
_SAID = {"keep": "kept", "drop": "dropped", "move": "moved"}


def write_review(account: Account, *, many: bool) -> str:
    """The review as an HTML document. many: there may have been more than one input."""
    return review_batch(account) if many or not account.pages else review_page(account.pages[0])


def review_page(page: Sketch) -> str:
    """The review of one page as an HTML document."""
    return _render("one.html", page=page, title=page.title or page.name)


def review_batch(account: Account) -> str:
    """The review of a batch as an HTML document; its pages are drawn when they are opened."""
    return _render("batch.html", account=account, title=f"{account.articles:,} articles")


def _render(template: str, **values: object) -> str:
    environment = Environment(
        loader=FunctionLoader(_asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["percent"] = _percent
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return environment.get_template(template).render(
        # both are files of this package, and written out as they are: the policy holds their hashes
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=policy,
        signs=_SIGNS,
        said=_SAID,
        reasons=[reason.value for reason in Reason],
        version=__version__,
        **values,
    )


def _asset(name: str) -> str:
    return shipped_text(f"review/assets/{name}")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
