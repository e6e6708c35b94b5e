"""Titles and authors out of a file's properties, those aside that programs fill in themselves."""

from __future__ import annotations

import re

from ingest.decode import storable
from records.document import How, Known

_JUNK_TITLE = re.compile(
    r"untitled.*|anonymous|unspecified|unknown|microsoft (?:word|powerpoint|excel)\b.*"
    r"|(?:slide|powerpoint presentation|document|title|layout|cover|print)\s*[0-9]*"
    r"|.*\.(?:docx?|pdf|pptx?|xlsx?|indd|qxd|rtf|odt|p65|fm)",
    re.IGNORECASE,
)
_JUNK_AUTHOR = re.compile(
    r"anonymous|unknown|unspecified|user|admin|administrator|author|owner|python-docx|.*\\.*",
    re.IGNORECASE,
)


def known_title(value: object, how: How) -> Known[str] | None:
    """Return a title that somebody gave; None for nothing, a file name or a program's own."""
    return _known(value, how, _JUNK_TITLE)


def known_author(value: object, how: How) -> Known[str] | None:
    """Return an author's name; None for nothing, and for names of accounts."""
    return _known(value, how, _JUNK_AUTHOR)


def _known(value: object, how: How, junk: re.Pattern[str]) -> Known[str] | None:
    text = " ".join(storable(value)[0].split()) if isinstance(value, str) else ""
    return Known(text, how) if text and not junk.fullmatch(text.strip("()")) else None
