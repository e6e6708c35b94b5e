"""Pages from templates, and the words and figures that templates ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path, PurePath
from urllib.parse import quote, urlencode, urlsplit

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from earmark.web.helping import HELP
from earmark.words import wording
from earmark.words.citing import in_quotes
from earmark.words.safe import inline, show_safe
from records.claim import Provenance
from store.exports.csv import quoted_mention

FOLDER = Path(__file__).parent
_LINE = re.compile(r"[^\n\t]+")
SWAP = "target:'#main' select:'#main' swap:'outerHTML show:top'"
"""For htmx: a link or a form puts the content of its page in the place of this one's."""
MENU = (
    ("/claims", "Claims"),
    ("/pots", "Pots"),
    ("/timeline", "Timeline"),
    ("/documents", "Documents"),
    ("/check", "Check"),
    ("/review", "Review"),
    ("/audit", "Audit"),
    ("/runs", "Runs"),
    ("/about", "About"),
)


def page(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> Response:
    """Return a page. `context` is what its template names; the frame is added."""
    site = request.app.state.site
    path = request.url.path
    here = next((address for address, _ in MENU if path.startswith(address)), "")
    frame = {
        "menu": MENU,
        "here": here,
        "place": PurePath(site.stores.place).name,
        "write": site.write,
        "form_key": site.form_key,
        "path": path,
        "address": str(request.url),
        "home": str(request.base_url).rstrip("/"),
    }
    text = _templates().get_template(template).render({**frame, **context})
    return HTMLResponse(text, status)


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters.update(
        day=lambda value: wording.day(value) if isinstance(value, date) else "no date",
        instant=instant,
        amount=wording.claim_amount,
        mention_amount=wording.mention_amount,
        period=wording.claim_period,
        count=wording.count,
        in_quotes=in_quotes,
        signed=signed,
        inline=inline,
        teller=teller,
        source_name=source_name,
        quoted=quoted_mention,
        web_address=web_address,
        bytes_short=lambda value: f"{value[:12]}…",
        svg=Markup,
    )
    made.globals.update(link=link, swap=SWAP, help=HELP)
    return made


def _shown(value: object) -> object:
    """Show what acts or hides (bidirectional, zero-width, control characters) as an escape."""
    if value is None:
        return ""
    if type(value) is str:
        if value.isprintable():
            return value
        return _LINE.sub(lambda part: show_safe(part.group()), value)
    return value


def instant(value: datetime) -> str:
    """Return an instant as people write it: `28 Oct 2021, 10:02 UTC`."""
    return f"{wording.day(value.date())}, {value:%H:%M} UTC"


def signed(hundredths: int) -> str:
    """Return a score as people write it: `+0.26`, a loss with a real minus sign."""
    return f"{hundredths / 100:+.2f}".replace("-", "\N{MINUS SIGN}")


def teller(origin: Provenance) -> str:
    """Return who tells: the publisher, else the name of the file."""
    return origin.publisher or PurePath(origin.source).name or origin.source


def source_name(source: str) -> str:
    """Return an address of the web whole, and of a file its name without the way to it."""
    return web_address(source) or PurePath(source).name or source


def web_address(text: str) -> str:
    """Return an address that may stand in a link; empty for any that is not of the web."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""


def also(address: str, **query: object) -> str:
    """Return an address of this site that asks for more than it did; without a fragment."""
    asked = link("", **query)
    return f"{address}&{asked[1:]}" if "?" in address else f"{address}{asked}"


def link(path: str, **query: object) -> str:
    """Return an address on this site; parts that are None or empty are left out."""
    asked = {name: str(value) for name, value in query.items() if value not in (None, "", False)}
    fragment = asked.pop("fragment", "")
    address = quote(path, safe="/.:-_~") + (f"?{urlencode(asked)}" if asked else "")
    return f"{address}#{quote(fragment)}" if fragment else address
