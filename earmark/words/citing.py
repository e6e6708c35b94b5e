"""How a quote is cited: its words, who said them when, and what is needed to find it again."""

from __future__ import annotations

from earmark.words.fields import published_words
from records.claim import StoredMention
from store.exports.csv import quote_of

OPENING = ("\N{LEFT DOUBLE QUOTATION MARK}", '"')


def citation(stored: StoredMention) -> str:
    """Return the quote with everything that is needed to find it again."""
    origin = stored.provenance
    parts = [in_quotes(" ".join(quote_of(stored).split())), origin.publisher, origin.title]
    parts += [published_words(origin) if origin.published else None, origin.source]
    parts += [f"page {origin.page}" if origin.page is not None else None]
    fetched = origin.captured_at.isoformat(timespec="seconds")
    parts += [f"captured {fetched}", f"SHA-256 {origin.sha256}"]
    return ", ".join(part for part in parts if part)


def in_quotes(words: str) -> str:
    """Return words in quotation marks; as they are where they begin with some of their own."""
    return words if words.lstrip().startswith(OPENING) else f"“{words}”"
