"""Strings of documents on their way to a terminal: nothing in them may act, hide or reorder.

Source of the list: Unicode's control, bidirectional and zero-width characters, line and paragraph
separators, tags, and lone surrogates (file names that are not UTF-8 carry them).
"""

from __future__ import annotations

import json
import re

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_BREAK = re.compile(r"\s*[\r\n\t]\s*")
_SPACE = re.compile(r"[^\S\u0085\u001c-\u001f]+")


def show_safe(text: str) -> str:
    r"""Return `text` with every character that acts on a terminal as a visible escape (`\x1b`)."""
    # Nothing that prints is unsafe, and a page asks this of hundreds of words.
    return text if text.isprintable() else _UNSAFE.sub(_escape, text)


def one_line(text: str) -> str:
    """Return `text` on one line, safe to show: runs of white space become one space."""
    return show_safe(_SPACE.sub(" ", text).strip())


def inline(text: str) -> str:
    """Return a piece of a line, safe to show: line breaks become spaces, and its spaces stay."""
    return text if text.isprintable() else show_safe(_BREAK.sub(" ", text))


def json_text(data: object, *, indent: int | None = None) -> str:
    r"""Return JSON that keeps `£` readable and escapes what acts on a terminal (`\u001b`)."""
    return _UNSAFE.sub(_json_escape, json.dumps(data, ensure_ascii=False, indent=indent))


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= 0xFF:  # noqa: PLR2004 - Latin-1 fits two hex digits
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - the BMP


def _json_escape(match: re.Match[str]) -> str:
    # Inside JSON strings line breaks are escaped already; the ones left are its own layout.
    return "\n" if match.group() == "\n" else json.dumps(match.group())[1:-1]
