"""Quotes: does every quoted word stand in its document's text, at its offsets, on its page?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from records.mention import SPAN_FIELDS
from store.audit.figures import contradicts
from store.audit.report import Book, Finding, Verdict
from store.rows import unpack_words

Row = Mapping[str, Any]
FIELDS = ("amount", "timeframe", *SPAN_FIELDS, "relation", "newness")
_SHOWN = 400  # code points of what is quoted in full
_SHORT = 80
BACKUP = "Do not print this quote; go back to a backup."


class Pages:
    """The pages of a layout."""

    def __init__(self, packed: bytes) -> None:
        """Unpack what `store.rows.pack_words` wrote."""
        self._words = unpack_words(packed)

    def first(self, start: int, end: int) -> int | None:
        """Return the first page that some words stand on; None for a text without pages."""
        pages = (word.page for word in self._words if word.start < end and start < word.end)
        return min(pages, default=None)


def check_mention(book: Book, document: int, mention: Row, text: str, pages: Pages | None) -> None:
    """Check the quotes of one mention.

    Args:
        book: For what is found.
        document: The number of its document.
        mention: Its row.
        text: The document's.
        pages: The document's; None where its row is not what was written.
    """

    def say(field: str, verdict: Verdict, what: str, expected: str, found: str) -> None:
        start = mention.get(f"{field}_start")
        where = f"d{document}, {field} at {start} (table mentions, row {mention['id']})"
        name = f"m{mention['number']}"
        book.findings.append(
            Finding("quotes", name, verdict, what, where, BACKUP, expected[:_SHOWN], found[:_SHOWN])
        )

    for field, verdict, what, expected, found in _wrong(mention, text):
        say(field, verdict, what, expected, found)
    quote = mention["amount_text"]
    if pages:
        page = pages.first(mention["amount_start"], mention["amount_end"])
        if page != mention["page"]:
            named = f"page {mention['page']}", f"page {page}"
            say("amount", "moved", "it stands on another page", *named)
    bounds = tuple(mention[name] for name in _BOUNDS)
    if contradicts(quote, bounds):
        sums = " to ".join(str(bound) for bound in bounds if bound is not None)
        what = f'the amount is no figure of "{quote[:_SHORT]}"'
        say("amount", "changed", what, quote, f"{sums} {mention['currency']}, in minor units")
    book.checked["quotes"] += sum(mention[name] is not None for name in _QUOTES)


_BOUNDS = ("low_minor", "low_text", "high_minor", "high_text")
_QUOTES = tuple(f"{field}_text" for field in FIELDS)
_PARTS = tuple((field, f"{field}_start", f"{field}_end", f"{field}_text") for field in FIELDS)


def _wrong(row: Row, text: str) -> Iterator[tuple[str, Verdict, str, str, str]]:
    for field, first, last, words in _PARTS:
        start, end, quote = row[first], row[last], row[words]
        if start is None and end is None and quote is None:
            continue
        verdict = _verdict(text, start, end, quote)
        if verdict:
            there = text[max(start or 0, 0) : max(end or 0, 0)]
            yield field, verdict[0], verdict[1], quote or "", there
    start, sentence = row["sentence_start"], row["sentence"]
    there = text[max(start, 0) : max(start, 0) + len(sentence)]
    if there != sentence or start < 0:
        what = "the sentence around the amount is not the text there"
        yield "sentence", "changed", what, sentence, there


def _verdict(
    text: str, start: int | None, end: int | None, quote: str | None
) -> tuple[Verdict, str] | None:
    if start is None or end is None or not quote or start < 0:
        return "changed", "its offsets or its words are missing"
    if text[start:end] == quote and end - start == len(quote):
        return None
    times = text.count(quote)
    if not times:
        return "gone", f'"{quote[:_SHORT]}" stands nowhere in the text'
    if times > 1:
        return "ambiguous", f'"{quote[:_SHORT]}" stands elsewhere in the text, more than once'
    return "moved", f'"{quote[:_SHORT]}" stands elsewhere in the text'
