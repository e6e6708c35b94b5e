"""HTML, told by its first tag; its reader is loaded with the first page."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.metadata import version

from ingest.look import Look
from ingest.reading import Format, Reading
from records.document import Capture, Reader

# Source of the signatures: WHATWG MIME Sniffing, widened by tags that saved articles begin with.
_SKIPPED = r"(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*"
_PAGE = re.compile(
    _SKIPPED + r"<(?:!doctype\s+html|html|head|body|title|meta|link|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    _SKIPPED + r"<(?:script|style|section|header|nav|div|table|iframe|font|center|h[1-6]|p|b|a|br|"
    r"ul|ol|blockquote|img|span)(?:\s[^<]*>|/?>)",
    re.IGNORECASE | re.DOTALL,
)


def _read(capture: Capture) -> Reading:
    reading: Reading = import_module("ingest.web.page").read_html(capture)
    return reading


def _is_html(look: Look) -> bool:
    """Tell by the first tag; Markdown may begin with a fragment of HTML."""
    return bool(_PAGE.match(look.head)) or (
        bool(_FRAGMENT.match(look.head)) and not look.named((".md", ".markdown"))
    )


_LIBRARIES = " ".join(f"{name} {version(name)}" for name in ("trafilatura", "lxml", "jusText"))
FORMAT = Format(
    "text/html",
    "web pages",
    (".html", ".htm", ".xhtml"),
    Reader("html", f"3 {_LIBRARIES}"),
    _is_html,
    _read,
)
