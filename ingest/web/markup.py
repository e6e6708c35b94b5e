"""HTML bytes to a tree, with what the parser could not hold and what the page no longer says."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree, html

from ingest.decode import Decoded, decode
from ingest.shorten import shorten
from ingest.web.words import MONEY
from ingest.web.zones import is_hidden
from records.document import Gap

_HEAD = 4096  # browsers look for the charset in 1,024 bytes; saved pages put their comments first
_CHARSET = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*(?P<meta>[\w.:-]+)"
    rb"|<\?xml\b[^>]*?\bencoding\s*=\s*[\"'](?P<xml>[\w.:-]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_CONTROL = re.compile(r"[\0-\x08\x0b\x0e-\x1f\x7f]")  # all but tab, line feed, form feed, return
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STRUCK = ("del", "s", "strike")
_INLINE = ("span", "b", "i", "em", "strong", "a", "font", "small", "u", "mark", "label", "sub")
_RAW = ("script", "style", "noframes")
_TAIL = 40  # bytes by which the end of a page is known


class Markup(NamedTuple):
    """A parsed page.

    Attributes:
        tree: Root of the tree.
        decoded: How its bytes became characters.
        gaps: What the tree does not hold, and what was taken out of it.
    """

    tree: html.HtmlElement
    decoded: Decoded
    gaps: tuple[Gap, ...]


def parse(content: bytes, charset: str | None = None) -> Markup | None:
    """Parse a page; None when there is no element in it.

    Control characters become U+FFFD here, for the libraries below delete them. Digits in `<sup>`
    become superscript digits, or footnote 3 after `£2.1` would read `£2.13`. Struck-out text is
    taken out and declared as a gap: the page shows that it no longer says it. So are amounts that
    do not show.

    Args:
        content: All bytes.
        charset: The label of the encoding that came with them; it outranks the page's own.
    """
    decoded = decode(content, charset, _declared(content))
    source = _CONTROL.sub("\ufffd", decoded.text).encode()
    tree, cut_at = _tree(source, huge=False)
    if cut_at:
        tree, cut_at = _tree(source, huge=True)
    if tree is None:
        return None
    _raise_digits(tree)
    gaps = [*_cut(cut_at), *_swallowed(tree, source), *_take_out(tree)]
    return Markup(tree, decoded, tuple(gaps))


def _declared(content: bytes) -> str | None:
    match = _CHARSET.search(_COMMENT.sub(b"", content[:_HEAD]))
    label = match and (match["meta"] or match["xml"])
    return label.decode("ascii", "replace") if label else None


def _tree(source: bytes, *, huge: bool) -> tuple[html.HtmlElement | None, int]:
    """Return the root, and the line from which the parser dropped everything (0 for none).

    libxml2 stops at its limits without an exception (nesting of 256, text of 10 MB; with `huge`
    2,048 and 1 GB): only the parser's own error log knows.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=huge)
    try:
        tree = html.document_fromstring(source, parser=parser)
    except etree.ParserError:
        return None, 0
    limits = [entry.line for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    return tree, min(limits, default=0)


def _cut(line: int) -> list[Gap]:
    if not line:
        return []
    why = "nested too deeply, or too long in one piece, for the HTML reader"
    return [Gap(f"the page from line {line} of its HTML to its end", why)]


def _raise_digits(tree: html.HtmlElement) -> None:
    for element in tree.iter("sup"):
        for part in element.iter():
            if isinstance(part.tag, str) and part.text:
                part.text = part.text.translate(_SUPERSCRIPTS)
            if part is not element and part.tail:
                part.tail = part.tail.translate(_SUPERSCRIPTS)


def _swallowed(tree: html.HtmlElement, source: bytes) -> list[Gap]:
    """Name a comment, a script or the like that has no end and takes the rest of the page in."""
    end = source[-_TAIL:].decode("utf-8", "replace").strip()
    for element in tree.iter(etree.Comment, *_RAW):
        if len(end) > 1 and (element.text or "").rstrip().endswith(end):
            what = "comment" if element.tag is etree.Comment else f"<{element.tag}>"
            return [
                Gap(
                    f"the page from line {element.sourceline} of its HTML to its end",
                    f"a {what} begins there and has no end",
                )
            ]
    return []


def _take_out(tree: html.HtmlElement) -> list[Gap]:
    """Remove struck-out words, and amounts that do not show within a line, and name them."""
    gaps = []
    for element in list(tree.iter(*_STRUCK, *_INLINE)):
        words = element.text_content().strip()
        struck = element.tag in _STRUCK
        if not (struck or (is_hidden(element) and MONEY.search(words))):
            continue
        if element.getparent() is not None:
            element.drop_tree()
        if words:
            kind = "struck-out" if struck else "hidden"
            why = "the page shows it as no longer said" if struck else "the page does not show it"
            gaps.append(Gap(f"{kind} text “{shorten(words)}”", why))
    return gaps
